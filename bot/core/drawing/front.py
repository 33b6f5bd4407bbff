"""Legs and trunk seen from the foot plate: what a friend in front of the machine sees. Lengths in pixels."""

import cmath
import math

from bot.core.drawing import style, svg
from bot.core.drawing.looks import Look
from bot.core.drawing.svg import Pixel

_HIPS, _KNEES, _FEET = 8.0, 138.0, 274.0
"""How far below the place of the drawing hips, knees and feet are."""


def legs(place: Pixel, *, feet: float, knees: float, look: Look, belly: float = 0.0) -> str:
    """Return both legs from the hips to the foot plate; `feet` and `knees`: from the middle to each of them.

    `belly`: half the width of a belly between the thighs, 0 for none that is in the way.
    """
    trunk = svg.box(place.real - 62, place.imag - 22, 124, 60, look.shirt, radius=26)
    hips = svg.box(place.real - 66, place.imag + 4, 132, 52, look.shorts, radius=24)
    round_one = svg.circle(place + 30j, belly, look.shirt, extra='stroke="#FFFFFF" stroke-width="3"') if belly else ""
    plate = svg.box(place.real - 168, place.imag + _FEET + 18, 336, 22, style.STEEL_DARK, radius=8)
    both = "".join(_leg(place, side, feet, knees, look) for side in (-1, 1))
    return plate + trunk + hips + round_one + both


def plumb(place: Pixel, feet: float, knees: float, colour: str) -> str:
    """Return a dashed line from each knee to its foot."""
    ends = [(place + side * knees + _KNEES * 1j, place + side * feet + (_FEET + 6) * 1j) for side in (-1, 1)]
    return "".join(svg.line([knee, foot], colour, 5, dashes="9 7") + svg.circle(knee, 8, colour) for knee, foot in ends)


def _leg(place: Pixel, side: int, feet: float, knees: float, look: Look) -> str:
    hip = place + side * 40 + _HIPS * 1j + 24j
    knee = place + side * knees + _KNEES * 1j
    foot = place + side * feet + _FEET * 1j
    hem = hip + (knee - hip) * 0.62
    thick = look.girth
    return (
        svg.line([knee, foot], look.skin, 38 * thick)
        + svg.line([knee + (foot - knee) * 0.72, foot], style.SOCK, 34 * thick)
        + svg.line([hip, knee], look.skin, 58 * thick)
        + svg.line([hip, hem], look.shorts, 64 * thick)
        + svg.circle(knee, 15 * thick, look.skin_shade)
        + _shoe(foot + 10j, side * 14.0)
    )


def _shoe(centre: Pixel, turn: float) -> str:
    around = cmath.rect(1.0, math.radians(turn))
    outline = [centre + around * point for point in (-24 + 12j, -26 - 6j, -14 - 26j, 14 - 26j, 26 - 6j, 24 + 12j)]
    return svg.smooth(outline, style.SHOE) + svg.line(
        [centre + around * (-24 + 14j), centre + around * (24 + 14j)], style.SOLE, 7
    )
