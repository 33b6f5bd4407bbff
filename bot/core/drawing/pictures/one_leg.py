"""One leg at a time: the foot in line with its own hip, the idle one faint beside it, or in the middle, where the hips turn."""

import cmath
import math

from bot.core.drawing import scene, style, svg
from bot.core.drawing.pictures.stance import plate, shoe
from bot.sentences import say

HEIGHT = 480
_HIP = 56.0
"""From the middle to a hip, pixels."""


def draw() -> str:
    """Return the SVG."""
    left, right = 200 + 222j, 602 + 222j
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, plate(left, 242.0)),
            _idle(shoe(left - _HIP, -8.0)),
            shoe(left + _HIP, 8.0),
            _hips(left + 168j, 0.0, style.GOOD),
            svg.line([left + _HIP + 66j, left + _HIP + 152j], style.GOOD, 5, dashes="9 7"),
            scene.panel(402, HEIGHT, style.CARE_SOFT, plate(right, 242.0)),
            _idle(shoe(right - 84, -8.0)),
            shoe(right, 0.0),
            _hips(right + 168j, 13.0, style.CARE),
            scene.heading(26, "tick", say("pictures.one_leg.in_line_with_its_hip")),
            scene.heading(428, "care", "In the middle"),
            svg.words(left + 220j, "hips level", fill=style.GOOD, bold=True, anchor="middle"),
            svg.words(right + 220j, "hips twist", fill=style.CARE, bold=True, anchor="middle"),
        ],
    )


def _idle(foot: str) -> str:
    """Return a shoe that rests on the plate and does not push: faint."""
    return f'<g opacity="0.3">{foot}</g>'


def _hips(centre: complex, turn: float, colour: str) -> str:
    """Return the pelvis as a bar with both hip joints, turned by degrees."""
    reach = cmath.rect(_HIP, math.radians(turn))
    ends = [centre - reach, centre + reach]
    return svg.line(ends, colour, 16) + "".join(
        svg.circle(end, 17, colour) + svg.circle(end, 7, "#FFFFFF") for end in ends
    )
