import re
from itertools import pairwise

import font_source_sans_pro
import numpy as np
import pytest

from bot.core.drawing import PICTURES, Picture, style
from bot.core.drawing.looks import FIRST, SECOND, Look
from bot.core.drawing.pictures import positions
from bot.core.my_depth import depth_request, my_depth
from bot.pictures import RenderError, render
from bot.pictures.render import fonts
from tests.support.examples import some
from tests.support.pixels import changed, close_to, drawn, pixels, rendered

MAX_BYTES = 60_000
EVERY = [pytest.param(picture, id=name) for name, picture in PICTURES.items()]
_TEXT = re.compile(r"<text .*?</text>", re.DOTALL)
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+"')


def without_text(svg: str) -> str:
    return _TEXT.sub("", svg)


def only_text(svg: str, *, beyond: int = 0) -> str:
    """The words alone, in one colour on nothing, with a margin of `beyond` pixels around the card."""
    width, height = (float(side) for side in _SIZE.search(svg).groups())  # type: ignore[union-attr]
    words = "".join(
        re.sub(r'(fill|stroke)="#\w+"', r'\1="#000000"', text) for text in _TEXT.findall(svg) if "stroke=" not in text
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-beyond} {-beyond} {width + 2 * beyond} {height + 2 * beyond}" '
        f'width="{width + 2 * beyond}" height="{height + 2 * beyond}" font-family="{style.FONT}">{words}</svg>'
    )


@some("picture", EVERY, 3)
def test_a_picture_is_small_enough_for_a_phone(picture: Picture) -> None:
    assert len(rendered(picture.svg)) <= MAX_BYTES


@some("picture", EVERY, 3, 1)
def test_words_are_really_drawn(picture: Picture) -> None:
    # resvg drops every word without a sound when it has no font
    ink = changed(pixels(rendered(picture.svg)), pixels(rendered(without_text(picture.svg))))
    letters = sum(len(re.sub(r"<.*?>", "", text)) for text in _TEXT.findall(picture.svg))
    assert ink.sum() > letters * 40


@some("picture", EVERY, 3, 2)
def test_no_word_is_covered_by_what_is_drawn_after_it(picture: Picture) -> None:
    wanted = pixels(drawn(only_text(picture.svg)))[:, :, 3] > 200
    shown = changed(pixels(drawn(picture.svg)), pixels(drawn(without_text(picture.svg))), by=20)
    assert (wanted & shown).sum() >= 0.97 * wanted.sum()


@some("picture", EVERY, 3)
def test_no_word_runs_off_the_card(picture: Picture) -> None:
    beyond = 150
    ink = pixels(drawn(only_text(picture.svg, beyond=beyond)))[:, :, 3] > 20
    inside = np.zeros_like(ink)
    inside[beyond + 4 : -beyond - 4, beyond + 8 : -beyond - 8] = True
    assert ink.any()
    assert not (ink & ~inside).any()


@pytest.mark.parametrize(
    ("name", "look"),
    [("positions", positions.LOOK), ("backrest", FIRST), ("two-up-one-down", FIRST), ("setting-the-stop", SECOND)],
)
def test_both_figures_are_drawn(name: str, look: Look) -> None:
    found = pixels(rendered(PICTURES[name].svg))
    middle = found.shape[1] // 2
    for half in (found[:, :middle], found[:, middle:]):
        for colour in (look.skin, look.shirt, look.shorts, style.SHOE):
            assert close_to(half, colour, within=24).sum() > 200


def test_the_head_is_whole_in_every_panel_of_the_two_positions() -> None:
    hair = close_to(pixels(rendered(PICTURES["positions"].svg)), positions.LOOK.hair, within=24)
    middle = hair.shape[1] // 2
    left, right = hair[:, :middle].sum(), hair[:, middle:].sum()
    assert left == pytest.approx(right, rel=0.05)


@some("picture", EVERY, 3, 1)
def test_fewer_colours_are_not_to_be_seen(picture: Picture) -> None:
    full, reduced = pixels(drawn(picture.svg)), pixels(rendered(picture.svg))
    assert np.abs(full - reduced).mean() < 3
    assert (np.abs(full - reduced).max(axis=2) > 48).mean() < 0.002


@some("picture", EVERY, 3, 2)
def test_the_card_brings_its_own_ground_and_clear_corners(picture: Picture) -> None:
    found = pixels(rendered(picture.svg))
    assert found[0, 0, 3] == 0  # nothing outside the rounded corner
    assert (found[40:-40, 40:-40, 3] == 255).all()


OWN = [
    (machine, height, roll)
    for machine in ("sled", "horizontal", "vertical")
    for height, roll in (("145", "hip 75"), ("178", "knee 80"), ("205", "knee 60"))
]


@some("machine, height, roll", OWN, 4)  # each of both once
def test_own_depth_pictures_are_small_and_whole(machine: str, height: str, roll: str) -> None:
    svg = my_depth(depth_request(machine, "", "", height, roll)).svg
    assert len(rendered(svg)) <= MAX_BYTES
    ink = pixels(drawn(only_text(svg, beyond=150)))[:, :, 3] > 20
    assert not ink[:, :158].any()
    assert not ink[:, -158:].any()
    found = pixels(rendered(svg))
    assert close_to(found, style.HAIR, within=24).sum() > 400
    assert not close_to(found[:3], style.HAIR, within=24).any()


SHALLOW_OR_SMALL = [
    ("sled", "2", "middle", "180", "knee 11"),
    ("sled", "1", "high", "230", "knee 12"),
    ("sled", "3", "high", "178", "hip 75"),
    ("sled", "5", "low", "121", "knee 20"),
    ("horizontal", "5", "high", "200", "knee 90"),
    ("horizontal", "5", "high", "225", "knee 60"),
    ("vertical", "3", "high", "230", "knee 12"),
    ("vertical", "", "low", "121", "knee 30"),
]


@pytest.mark.parametrize("typed", SHALLOW_OR_SMALL)
def test_nothing_of_an_own_depth_is_drawn_behind_its_title(typed: tuple[str, str, str, str, str]) -> None:
    svg = my_depth(depth_request(*typed)).svg
    ground = pixels(drawn(without_text(svg)))
    assert close_to(ground[22:66, 40:-40], style.CARD, within=2).all()


@pytest.mark.parametrize("typed", SHALLOW_OR_SMALL)
def test_the_degrees_of_hip_and_knee_stand_apart(typed: tuple[str, str, str, str, str]) -> None:
    svg = my_depth(depth_request(*typed)).svg
    places = re.findall(r'<text x="([\d.]+)" y="([\d.]+)" font-size="32"[^>]*middle" fill="#\w{6}">', svg)
    assert len(places) == 2
    for (x, y), (other_x, other_y) in pairwise(places):
        assert abs(float(x) - float(other_x)) >= 70 or abs(float(y) - float(other_y)) >= 30


def test_a_width_can_be_asked_for() -> None:
    assert pixels(render.rendered(PICTURES["stance"].svg, 400)).shape[1] == 400


@pytest.mark.parametrize("svg", ["", "no svg", "<svg", "<html></html>", '<svg xmlns="http://www.w3.org/2000/svg"'])
def test_what_is_no_svg_is_a_render_error(svg: str) -> None:
    with pytest.raises(RenderError, match="could not be drawn"):
        rendered(svg)


def test_a_missing_font_is_an_error_and_not_a_picture_without_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(font_source_sans_pro, "font_directory", "/nowhere")
    fonts.cache_clear()
    try:
        with pytest.raises(RenderError, match=r"SourceSansPro-Regular\.ttf is missing"):
            render.rendered(PICTURES["stance"].svg)
    finally:
        fonts.cache_clear()
