"""Heels flat on the plate, or floating off it."""

import cmath
import math

from bot.core.drawing import figure, scene, style, svg
from bot.core.drawing.looks import FIRST, SECOND
from bot.core.drawing.view import View
from bot.sentences import say

HEIGHT = 480
_LIFT = 24.0
"""How far the drawn sole tips off the plate, degrees."""


def draw() -> str:
    """Return the SVG."""
    seat = {"backrest": 25.0, "foot_height": -0.02}
    flat = scene.posed(scene.setup_at("sled", knee_bend=84, **seat))
    deep = scene.posed(scene.setup_at("sled", knee_bend=104, **seat))
    away = deep.plate_direction * 1j
    toe = deep.plate_direction * cmath.rect(1.0, math.radians(-_LIFT))
    lifted = figure.Leg(deep.hip, deep.knee + away * 0.01, deep.ankle + away * 0.048, toe)
    left, right = View(236, 190 + 338j), View(236, 592 + 338j)
    heel = right.at(lifted.ankle - toe * 0.05 - away * 0.03)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(left, flat, look=FIRST)),
            scene.panel(402, HEIGHT, style.CARE_SOFT, scene.person_on_machine(right, deep, look=SECOND, near=lifted)),
            svg.arrow([complex(602, 110), heel - 60 - 50j, heel - 12 - 12j], style.CARE, halo=style.CARE_SOFT),
            svg.words(
                complex(602, 96), "the heel floats", fill=style.CARE, bold=True, anchor="middle", halo=style.CARE_SOFT
            ),
            scene.heading(26, "tick", "Heels flat"),
            scene.heading(428, "care", say("pictures.heels.too_low_for_them")),
            scene.footer(HEIGHT, say("pictures.heels.stop_higher")),
        ],
    )
