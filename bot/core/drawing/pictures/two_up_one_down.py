"""Push with both legs, lower with one, then swap."""

import cmath
import math

from bot.core.drawing import figure, scene, style, svg
from bot.core.drawing.view import View
from bot.core.geometry import Pose
from bot.sentences import say

HEIGHT = 500


def draw() -> str:
    """Return the SVG."""
    seat = {"backrest": 25.0, "foot_height": 0.02}
    up = scene.posed(scene.setup_at("sled", knee_bend=42, **seat))
    down = scene.posed(scene.setup_at("sled", knee_bend=62, **seat))
    left, right = View(258, 206 + 348j), View(258, 608 + 348j)
    rail = left.direction(up.rail_direction)
    start = left.at(up.ankle) - rail * 1j * 150 - rail * 110
    end = right.at(down.ankle) - rail * 1j * 140 - rail * 4
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, scene.person_on_machine(left, up, far=_beside(up))),
            svg.arrow([start, start + rail * 45, start + rail * 90], style.GOOD),
            scene.panel(402, HEIGHT, style.PANEL, scene.person_on_machine(right, down, far=_resting(down))),
            svg.arrow([end, end - rail * 45, end - rail * 90], style.CARE),
            scene.heading(26, "", "Up: both legs", "push"),
            scene.heading(428, "", "Down: one leg", say("pictures.two_up_one_down.lower_slowly")),
            scene.footer(HEIGHT, say("pictures.two_up_one_down.free_foot_hovers")),
        ],
    )


def _beside(pose: Pose) -> figure.Leg:
    """Return the far leg, a little higher on the plate so that both are seen."""
    shift = pose.plate_direction * 0.10
    return _reaching(pose, pose.ankle + shift)


def _resting(pose: Pose) -> figure.Leg:
    """Return the far leg, its foot hovering just off the plate."""
    away = pose.plate_direction * 1j
    return _reaching(pose, pose.ankle + away * 0.065 + pose.plate_direction * 0.10)


def _reaching(pose: Pose, ankle: complex) -> figure.Leg:
    """Return a leg from the pose's hip to another ankle, the knee on the same side."""
    thigh, shank = pose.person.thigh, pose.person.shank
    line = ankle - pose.hip
    reach = abs(line)
    angle = math.acos((thigh**2 + reach**2 - shank**2) / (2 * thigh * reach))
    return figure.Leg(pose.hip, pose.hip + line / reach * cmath.rect(thigh, angle), ankle, pose.plate_direction)
