"""Where the feet can go: the plate as seen from the seat."""

import cmath
import math

from bot.core.drawing import scene, style, svg
from bot.sentences import say

HEIGHT = 456
_SHOULDERS = 60.0
"""Half the distance between the feet in a shoulder-wide stance, pixels."""
_PLATE = 242.0
"""Width of the plate, the same in every panel, pixels."""


def draw() -> str:
    """Return the SVG."""
    shown = (("", "Narrow", 30.0, 4.0, style.PANEL), ("tick", "Shoulders", _SHOULDERS, 12.0, style.GOOD_SOFT),
             ("", "Wide", 74.0, 22.0, style.PANEL))  # fmt: skip
    widths = (253, 292, 255)
    parts, x = [], 0
    for (mark, title, half, turn, tint), width in zip(shown, widths, strict=True):
        centre = complex(x + width / 2, 206)
        parts += [
            scene.panel(x, HEIGHT, tint, plate(centre, _PLATE)),
            shoe(centre - half, -turn),
            shoe(centre + half, turn),
            _shoulder_width(centre + 142j),
            _title(x, width, mark, title),
        ]
        x += width
    parts += [
        svg.words(complex(399, 384), say("pictures.stance.width_of_shoulders"), size=style.SMALL, anchor="middle"),
        scene.footer(HEIGHT, say("pictures.stance.mostly_comfort")),
    ]
    return svg.document(style.WIDTH, HEIGHT, parts)


def _title(x: float, width: float, mark: str, title: str) -> str:
    if mark:
        return svg.check_mark(complex(x + 30, 44), 20) + svg.words(complex(x + 60, 55), title, size=32, bold=True)
    return svg.words(complex(x + width / 2, 55), title, size=32, bold=True, anchor="middle")


def _shoulder_width(centre: complex) -> str:
    """Return a bar as wide as the shoulders, with an upright at each end."""
    left, right = centre - _SHOULDERS, centre + _SHOULDERS
    return (
        svg.line([left - 8j, left + 8j], style.INK)
        + svg.line([left, right], style.INK)
        + svg.line([right - 8j, right + 8j], style.INK)
    )


def plate(centre: complex, width: float) -> str:
    """Return the foot plate as seen from the seat."""
    left, top = centre.real - width / 2, centre.imag - 122
    ribs = "".join(
        svg.line([complex(left + 22, top + y), complex(left + width - 22, top + y)], style.STEEL, 3)
        for y in range(36, 240, 43)
    )
    return (
        svg.box(left, top, width, 244, style.STEEL_DARK, radius=24)
        + svg.box(left + 8, top + 8, width - 16, 228, style.STEEL_LIGHT, radius=18)
        + ribs
    )


def shoe(centre: complex, turn: float) -> str:
    """Return a shoe from behind and above, its toes up and turned out by `turn` degrees."""
    around = cmath.rect(1.0, math.radians(turn))

    def spot(x: float, y: float) -> complex:
        return centre + 0.72 * complex(x, y) * around

    sole = [spot(-24, 72), spot(-27, 40), spot(-23, 6), spot(-32, -38), spot(-22, -78), spot(0, -90), spot(22, -78), spot(32, -38),
            spot(23, 6), spot(27, 40), spot(24, 72), spot(0, 82)]  # fmt: skip
    upper = [spot(-18, 66), spot(-21, 36), spot(-18, 6), spot(-25, -36), spot(-16, -70), spot(0, -80), spot(16, -70), spot(25, -36),
             spot(18, 6), spot(21, 36), spot(18, 66), spot(0, 74)]  # fmt: skip
    opening = [spot(-13, 58), spot(-14, 34), spot(0, 24), spot(14, 34), spot(13, 58), spot(0, 64)]
    laces = "".join(svg.line([spot(-10, y), spot(10, y)], style.SOLE, 4) for y in (8, -8, -24))
    return svg.smooth(sole, style.SOLE) + svg.smooth(upper, style.SHOE) + svg.smooth(opening, style.SOCK) + laces
