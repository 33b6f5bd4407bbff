"""A squat and a leg press beside each other: standing, the trunk holds itself up; on the press the pad does."""

import cmath
import math

from bot.core.drawing import figure, scene, style, svg
from bot.core.drawing.looks import FIRST
from bot.core.drawing.view import View
from bot.core.geometry import MACHINES, Pose, Setup
from bot.sentences import say

HEIGHT = 490
_THIGH, _SHANK, _TRUNK = 12.0, 112.0, 62.0
"""Directions above the floor in degrees, of a squat to about parallel: hip to knee, knee to ankle turned round, trunk."""


def draw() -> str:
    """Return the SVG."""
    squat, leg = _squat()
    press = scene.posed(scene.setup_at("sled", backrest=25.0, foot_height=0.02, knee_bend=80))
    left, right = View(224, 196 + 300j), View(230, 600 + 338j)
    hand = squat.shoulder + 0.02 + 0.10j
    bar = left.at(squat.shoulder - 0.05 + 0.03j)
    floor = left.at(leg.ankle - 0.039j * squat.person.height)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(
                0,
                HEIGHT,
                style.CARD,
                svg.line([complex(30, floor.imag + 8), complex(380, floor.imag + 8)], style.STEEL_DARK, 10)
                + figure.trunk(left, squat, FIRST)
                + figure.head(left, squat, FIRST)
                + figure.leg(left, squat, leg, look=FIRST)
                + svg.circle(bar, left.size(0.20), style.IRON)
                + svg.circle(bar, left.size(0.145), style.DISC)
                + svg.circle(bar, left.size(0.030), style.STEEL_LIGHT)
                + figure.arm(left, squat, hand, look=FIRST),
            ),
            scene.panel(402, HEIGHT, style.PANEL, scene.person_on_machine(right, press, look=FIRST)),
            scene.heading(26, "", "Squat", say("pictures.press_and_squat.your_trunk_holds_you_up")),
            scene.heading(428, "", "Leg press", say("pictures.press_and_squat.pad_holds_you")),
            scene.footer(HEIGHT, say("pictures.press_and_squat.cousins_not_twins")),
        ],
    )


def _squat() -> tuple[Pose, figure.Leg]:
    """Return a person in a squat, facing right, and their leg; on no machine, so the pose is made by hand."""
    person = scene.ILLUSTRATED
    knee = cmath.rect(person.thigh, math.radians(_THIGH))
    ankle = knee - cmath.rect(person.shank, math.radians(180 - _SHANK))
    trunk = cmath.rect(1.0, math.radians(_TRUNK))
    pose = Pose(
        person=person, setup=Setup(MACHINES["sled"], 180 - _TRUNK, 0.0, 0.0), hip=0j, knee=knee, ankle=ankle,
        lumbosacral=trunk * person.length("pelvis"), shoulder=trunk * person.length("trunk"), trunk_thigh=_TRUNK - _THIGH,
        knee_bend=180 - _SHANK + _THIGH, hip_bend=180 - _TRUNK + _THIGH, pelvis_roll=0.0, ankle_angle=_SHANK - 90,
    )  # fmt: skip
    return pose, figure.Leg(0j, knee, ankle, 1 + 0j)
