"""Calf raises on a sled, and their hazard: the front of the foot on the lower edge, or only the toes."""

from bot.core.drawing import machine, scene, style, svg
from bot.core.drawing.looks import FIRST, FOURTH
from bot.core.drawing.view import View
from bot.core.geometry import Pose
from bot.sentences import say

HEIGHT = 480


def draw() -> str:
    """Return the SVG."""
    good = scene.posed(scene.setup_at("sled", backrest=25.0, foot_height=-0.15, knee_bend=8))
    edge = scene.posed(scene.setup_at("sled", backrest=25.0, foot_height=-0.19, knee_bend=8))
    left, right = View(236, 190 + 336j), View(236, 592 + 336j)
    stopped = machine.Rig(plate_below=0.10, stop=good.setup.plate_distance - 0.06, stop_colour=style.GOOD)
    loose = machine.Rig(plate_below=0.10)
    heel = right.at(edge.ankle)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(left, good, look=FIRST, rig=stopped)),
            _heel_arrow(left, good),
            scene.panel(402, HEIGHT, style.CARE_SOFT, scene.person_on_machine(right, edge, look=FOURTH, rig=loose)),
            svg.arrow([heel - 62 - 64j, heel - 40 - 34j, heel - 14 + 6j], style.CARE, halo=style.CARE_SOFT),
            svg.words(heel - 70 - 76j, "foot slips", fill=style.CARE, bold=True, anchor="middle", halo=style.CARE_SOFT),
            scene.heading(26, "tick", say("pictures.calf_raise.ball_of_foot"), say("pictures.calf_raise.stops_set")),
            scene.heading(428, "care", "Toes only", say("pictures.calf_raise.nothing_stops_sled")),
            scene.footer(HEIGHT, say("pictures.calf_raise.calf_raises")),
        ],
    )


def _heel_arrow(view: View, pose: Pose) -> str:
    heel = view.at(pose.ankle - pose.plate_direction * 0.09)
    along = view.direction(pose.rail_direction)
    return svg.arrow(
        [heel - along * 44 + 14j, heel - along * 10 + 14j, heel + along * 30 + 14j], style.GOOD, 6, halo=style.GOOD_SOFT
    )
