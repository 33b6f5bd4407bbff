"""How long drawing takes beside what resvg alone needs.

The measure: for each picture a plain SVG of the same size in pixels, with as many shapes and the same words, drawn by
resvg alone in the same run. Everything of ours (geometry, SVG text, resvg, fewer colours) may take half as long again:

    pytest tests/benchmarks/test_pictures.py --hypothesis-profile=soak --benchmark-enable --benchmark-group-by=group --benchmark-columns=min,median

Processor time counts, so that what else the machine does changes little.
"""

import re
import time

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.core.drawing import PICTURES, Picture
from bot.pictures import rendered
from bot.pictures.render import drawn
from tests.support.examples import some

EVERY = [pytest.param(picture, id=name) for name, picture in PICTURES.items()]


def plain(svg: str) -> str:
    """Circles and squares in rows, as many as the drawing's shapes, and its words."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    assert size
    width, height = float(size[1]), float(size[2])
    shapes = len(re.findall(r"<(?:path|circle|rect)\b", svg))
    words = re.findall(r'<text [^>]*font-size="([\d.]+)"[^>]*>([^<]*)</text>', svg)
    columns = max(1, round((shapes * width / height) ** 0.5))
    cell = width / columns
    parts = [f'<rect width="{width}" height="{height}" fill="#EFEBE0"/>']
    for index in range(shapes):
        x, y, reach = (index % columns + 0.5) * cell, (index // columns + 0.5) * cell, cell * 0.45
        if index % 2:
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{reach:.1f}" fill="#0072B2"/>')
        else:
            corners = (
                f"M{x - reach:.1f} {y:.1f}L{x:.1f} {y - reach:.1f}L{x + reach:.1f} {y:.1f}L{x:.1f} {y + reach:.1f}Z"
            )
            parts.append(f'<path d="{corners}" fill="#2A9D8F"/>')
    parts += [
        f'<text x="20" y="{40 + 34 * row}" font-size="{letters}">{said}</text>'
        for row, (letters, said) in enumerate(words)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="Source Sans Pro">{"".join(parts)}</svg>'
    )


@some("picture", EVERY, 6)  # --hypothesis-profile=soak measures them all
@pytest.mark.benchmark(timer=time.process_time, min_rounds=15)
def test_benchmark_a_new_picture(picture: Picture, benchmark: BenchmarkFixture) -> None:
    benchmark.group = picture.name
    assert benchmark(lambda: rendered(picture.draw())).startswith(b"\x89PNG")


@some("picture", EVERY, 6)
@pytest.mark.benchmark(timer=time.process_time, min_rounds=15)
def test_benchmark_a_plain_svg_of_the_same_size(picture: Picture, benchmark: BenchmarkFixture) -> None:
    benchmark.group = picture.name
    beside = plain(picture.svg)
    assert benchmark(lambda: drawn(beside)).startswith(b"\x89PNG")
