"""Writing SVG text: numbers, escapes and the few shapes that the drawings are made of. Coordinates are pixels, y down."""

import math
from collections.abc import Iterable, Sequence
from html import escape

from bot.core.drawing import style

Pixel = complex
"""A point in pixels, x + iy with y pointing down."""


def number(value: float) -> str:
    """`value` to a tenth, without a needless ".0" or "-0"."""
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


def at(point: Pixel) -> str:
    """Return a point as path data."""
    return f"{number(point.real)} {number(point.imag)}"


def document(width: float, height: float, parts: Iterable[str]) -> str:
    """Return a whole SVG file with a rounded card as its ground."""
    card = box(0, 0, width, height, style.CARD, radius=28)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}" font-family="{style.FONT}">'
        f"{card}{''.join(parts)}</svg>\n"
    )


def box(x: float, y: float, width: float, height: float, fill: str, *, radius: float = 0, extra: str = "") -> str:
    """Return a rectangle with rounded corners."""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}" '
        f'rx="{number(radius)}" fill="{fill}"{_spaced(extra)}/>'
    )


def circle(centre: Pixel, radius: float, fill: str, *, extra: str = "") -> str:
    """Return a filled circle."""
    return f'<circle cx="{number(centre.real)}" cy="{number(centre.imag)}" r="{number(radius)}" fill="{fill}"{_spaced(extra)}/>'


def path(
    data: str, fill: str = "none", *, stroke: str = "", width: float = style.LINE, dashes: str = "", extra: str = ""
) -> str:
    """Return a path; lines have round ends and joins. `dashes`: "0" for square ends, else the pattern of a dashed line."""
    line = ""
    if stroke:
        cap = "butt" if dashes and not dashes.startswith("1 ") else "round"
        line = f' stroke="{stroke}" stroke-width="{number(width)}" stroke-linecap="{cap}" stroke-linejoin="round"'
        line += f' stroke-dasharray="{dashes}"' if dashes and dashes != "0" else ""
    return f'<path d="{data}" fill="{fill}"{line}{_spaced(extra)}/>'


def line(points: Sequence[Pixel], stroke: str, width: float = style.LINE, *, dashes: str = "") -> str:
    """Return an open line through points."""
    return path("M" + "L".join(at(point) for point in points), stroke=stroke, width=width, dashes=dashes)


def polygon(points: Sequence[Pixel], fill: str, *, stroke: str = "", width: float = style.LINE, extra: str = "") -> str:
    """Return a closed shape with straight sides; a stroke of its own colour rounds its corners."""
    data = "M" + "L".join(at(point) for point in points) + "Z"
    return path(data, fill, stroke=stroke, width=width, extra=extra)


def curve(points: Sequence[Pixel], *, closed: bool = False) -> str:
    """Path data of a smooth line through points (Catmull-Rom, as cubic Bezier pieces)."""
    count = len(points)
    pieces = [f"M{at(points[0])}"]
    for index in range(count if closed else count - 1):
        before = points[index - 1] if closed or index else points[0]
        here = points[index]
        after = points[(index + 1) % count]
        beyond = points[(index + 2) % count] if closed or index + 2 < count else after
        pieces.append(f"C{at(here + (after - before) / 6)} {at(after - (beyond - here) / 6)} {at(after)}")
    if closed:
        pieces.append("Z")
    return "".join(pieces)


def smooth(points: Sequence[Pixel], fill: str, *, extra: str = "") -> str:
    """Return a closed smooth shape through points."""
    return path(curve(points, closed=True), fill, extra=extra)


def words(
    where: Pixel,
    content: str,
    *,
    size: float = style.LABEL,
    fill: str = style.INK,
    bold: bool = False,
    anchor: str = "start",
    halo: str = "",
) -> str:
    """Return a line of text, its baseline at `where`; `halo` is the colour of an outline that keeps it legible on shapes."""
    weight = ' font-weight="700"' if bold else ""
    place = "" if anchor == "start" else f' text-anchor="{anchor}"'
    body = f'x="{number(where.real)}" y="{number(where.imag)}" font-size="{number(size)}"{weight}{place}'
    text = escape(content)
    behind = ""
    if halo:
        behind = f'<text {body} fill="{halo}" stroke="{halo}" stroke-width="8" stroke-linejoin="round">{text}</text>'
    return f'{behind}<text {body} fill="{fill}">{text}</text>'


def arrow(points: Sequence[Pixel], stroke: str, width: float = style.BOLD_LINE, *, halo: str = style.CARD) -> str:
    """Return a smooth line through points with a head at its last one, on a pale outline."""
    tip = points[-1]
    direction = tip - points[-2]
    direction /= abs(direction)
    size = width * 2.4
    neck = tip - direction * size
    head = [tip, neck + direction * 1j * size * 0.62, neck - direction * 1j * size * 0.62]
    shaft = curve([*points[:-1], neck])
    return (
        path(shaft, stroke=halo, width=width + 7)
        + polygon(head, halo, stroke=halo, width=9)
        + path(shaft, stroke=stroke, width=width)
        + polygon(head, stroke, stroke=stroke, width=2)
    )


def angle(centre: Pixel, radius: float, start: Pixel, end: Pixel, stroke: str, *, halo: str = style.CARD) -> str:
    """Two arms from a centre and the arc between them (the shorter way round), on a pale outline."""
    one, other = centre + unit(start) * radius, centre + unit(end) * radius
    arc_one, arc_other = centre + unit(start) * radius * 0.7, centre + unit(end) * radius * 0.7
    sweep = 1 if (start.conjugate() * end).imag > 0 else 0
    bend = number(radius * 0.7)
    data = f"M{at(one)}L{at(centre)}L{at(other)}M{at(arc_one)}A{bend} {bend} 0 0 {sweep} {at(arc_other)}"
    return path(data, stroke=halo, width=10) + path(data, stroke=stroke, width=5) + circle(centre, 7, stroke)


def check_mark(centre: Pixel, radius: float) -> str:
    """Return a tick on a round ground."""
    tick = [centre + radius * offset for offset in (-0.45 + 0.05j, -0.12 + 0.38j, 0.48 - 0.34j)]
    return circle(centre, radius, style.GOOD) + line(tick, "#FFFFFF", radius * 0.26)


def cross_mark(centre: Pixel, radius: float) -> str:
    """Return a cross on a square ground, so that shape tells it from a tick as well as colour."""
    reach = radius * 0.4
    ground = box(centre.real - radius, centre.imag - radius, 2 * radius, 2 * radius, style.CARE, radius=radius * 0.35)
    return (
        ground
        + line([centre - reach - reach * 1j, centre + reach + reach * 1j], "#FFFFFF", radius * 0.26)
        + line([centre - reach + reach * 1j, centre + reach - reach * 1j], "#FFFFFF", radius * 0.26)
    )


def care_mark(centre: Pixel, radius: float) -> str:
    """Return an exclamation mark on a triangle: take care, which is less than wrong."""
    corners = [centre + radius * offset for offset in (-0.95j, 0.95 + 0.72j, -0.95 + 0.72j)]
    return (
        polygon(corners, style.CARE, stroke=style.CARE, width=radius * 0.3)
        + line([centre - radius * 0.38j, centre + radius * 0.14j], "#FFFFFF", radius * 0.24)
        + circle(centre + radius * 0.52j, radius * 0.14, "#FFFFFF")
    )


def number_mark(figure: str, centre: Pixel, radius: float) -> str:
    """Return a figure on a round ground: which step comes when."""
    return circle(centre, radius, style.INK) + words(
        centre + radius * 0.5j, figure, size=radius * 1.55, fill="#FFFFFF", bold=True, anchor="middle"
    )


def unit(vector: complex) -> complex:
    """`vector` scaled to length 1."""
    return vector / math.hypot(vector.real, vector.imag)


def _spaced(extra: str) -> str:
    return f" {extra}" if extra else ""
