"""What the weight on a sled adds up to: both sides, the sled itself, and what of it acts along the rails."""

import math

from bot.core.drawing import scene, style, svg
from bot.sentences import say

HEIGHT = 440
_SLOPE = 45.0
_ALONG = math.sin(math.radians(_SLOPE))


def draw() -> str:
    """Return the SVG."""
    row = 152.0
    parts = [scene.panel(0, HEIGHT, style.CARD, "")]
    parts += [svg.line([complex(30, row), complex(394, row)], style.STEEL, 12)]
    parts += [_disc(complex(x, row)) for x in (64, 128, 296, 360)]
    parts += [
        svg.box(176, row - 40, 72, 80, style.STEEL_DARK, radius=10),
        svg.words(complex(212, row + 9), "sled", fill="#FFFFFF", bold=True, anchor="middle", size=style.SMALL),
        svg.words(complex(26, 56), "Plates and sled", size=style.TITLE, bold=True),
        svg.words(complex(26, 266), "4 × 20 kg = 80 kg", bold=True),
        svg.words(complex(26, 304), "4 × 45 lb = 180 lb", bold=True),
        svg.words(complex(26, 348), "+ the sled", bold=True, fill=style.CARE),
        svg.words(complex(26, 388), "= what moves", bold=True),
        scene.panel(430, HEIGHT, style.GOOD_SOFT, _slope(complex(470, 330))),
        svg.words(complex(456, 104), "Along the rails", bold=True, size=style.TITLE),
        svg.words(
            complex(456, 400),
            say("pictures.plate_sums.about_of_it_all", rest=100 * round(_ALONG, 1)),
            bold=True,
            fill=style.GOOD,
        ),
    ]
    return svg.document(style.WIDTH, HEIGHT, parts)


def _disc(centre: complex) -> str:
    return (
        svg.box(centre.real - 24, centre.imag - 62, 48, 124, style.IRON, radius=12)
        + svg.words(centre - 8j, "20", fill="#FFFFFF", bold=True, anchor="middle", size=style.SMALL)
        + svg.words(centre + 22j, "kg", fill="#FFFFFF", bold=True, anchor="middle", size=style.SMALL)
    )


def _slope(foot: complex) -> str:
    """Return a sled on a 45-degree rail: the weight straight down, and the shorter part of it along the rail."""
    top = foot + 210 - 210j
    middle = foot + 120 - 120j
    down, along = 116.0, 116.0 * _ALONG
    back = svg.unit(foot - top)
    return (
        svg.line([foot, top], style.STEEL, 14)
        + svg.line([foot, foot + 230], style.STEEL_DARK, 8)
        + svg.box(middle.real - 30, middle.imag - 52, 60, 48, style.STEEL_DARK, radius=8)
        + svg.arrow(
            [middle - 20j, middle + (down / 2 - 20) * 1j, middle + (down - 20) * 1j], style.CARE, halo=style.GOOD_SOFT
        )
        + svg.arrow(
            [middle - 20j, middle - 20j + back * along / 2, middle - 20j + back * along],
            style.GOOD,
            halo=style.GOOD_SOFT,
        )
        + svg.words(middle + 20 + (down - 26) * 1j, "all of it", fill=style.CARE, bold=True, size=style.SMALL)
    )
