"""The top of a rep: a soft end, and knees pushed past straight. The dashed line is a straight leg."""

from bot.core.drawing import figure, scene, style, svg
from bot.core.drawing.looks import SECOND, THIRD, Look
from bot.core.drawing.view import View
from bot.core.geometry import Pose
from bot.sentences import say

HEIGHT = 506
_SEAT = {"backrest": 25.0, "foot_height": 0.02}
_SOFT, _PAST = 24.0, 20.0
"""Degrees from straight, more than is usual, so that a phone shows which way the knee goes."""


def draw() -> str:
    """Return the SVG."""
    soft = scene.posed(scene.setup_at("sled", knee_bend=_SOFT, **_SEAT))
    past = scene.posed(scene.setup_at("sled", knee_bend=_PAST, **_SEAT))
    left, right = View(240, 190 + 336j), View(240, 592 + 336j)
    beyond = _past_straight(past)
    knee = right.at(beyond.knee)
    across = svg.unit(right.direction(past.ankle - past.hip)) * 1j
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, _leg(left, soft, figure.leg_of(soft), style.GOOD, SECOND)),
            scene.panel(402, HEIGHT, style.CARE_SOFT, _leg(right, past, beyond, style.CARE, THIRD)),
            svg.arrow([knee - across * 104, knee - across * 70, knee - across * 34], style.CARE, halo=style.CARE_SOFT),
            scene.heading(26, "tick", "Soft end", say("pictures.knees.few_degrees_short")),
            scene.heading(428, "cross", "Past straight", say("pictures.knees.fast_and_heavy_is_hazard")),
            scene.footer(HEIGHT, say("pictures.knees.healthy_knees")),
        ],
    )


def _leg(view: View, pose: Pose, leg: figure.Leg, colour: str, look: Look) -> str:
    hip, ankle = view.at(pose.hip), view.at(pose.ankle)
    return (
        scene.person_on_machine(view, pose, look=look, near=leg)
        + svg.line([hip, ankle], style.CARD, 10)
        + svg.line([hip, ankle], style.INK, 4, dashes="9 7")
        + svg.circle(view.at(leg.knee), 9, colour)
    )


def _past_straight(pose: Pose) -> figure.Leg:
    """Return the leg with its knee as far on the wrong side of straight as the pose has it on the right one."""
    line = svg.unit(pose.ankle - pose.hip)
    mirrored = pose.hip + ((pose.knee - pose.hip) / line).conjugate() * line
    return figure.Leg(pose.hip, mirrored, pose.ankle, pose.plate_direction)
