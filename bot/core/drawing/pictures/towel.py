"""A towel behind the lower back: thin and flat, or a thick roll."""

from bot.core.drawing import figure, scene, style, svg
from bot.core.drawing.looks import THIRD
from bot.core.drawing.view import View
from bot.core.geometry import Pose
from bot.sentences import say

HEIGHT = 480
_TOWEL = "#7A4FA3"


def draw() -> str:
    """Return the SVG."""
    pose = scene.posed(scene.setup_at("sled", backrest=30.0, foot_height=0.02, knee_bend=70))
    left, right = View(300, 248 + 350j), View(300, 650 + 350j)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(left, pose, look=THIRD)),
            _towel(left, pose, 0.018),
            scene.panel(402, HEIGHT, style.CARE_SOFT, scene.person_on_machine(right, pose, look=THIRD)),
            _towel(right, pose, 0.070),
            scene.heading(26, "tick", "Thin and flat", say("pictures.towel.thinner_than_finger")),
            scene.heading(428, "care", "Thick roll", say("pictures.towel.presses_on_one_spot")),
            scene.panel_foot(HEIGHT, say("pictures.towel.it_gives_your_hips_no_more")),
        ],
    )


def _towel(view: View, pose: Pose, thick: float) -> str:
    """Return a towel as thick as that (metres) between the lower back and the pad."""
    back = pose.trunk_direction * 1j
    at = back * (figure.BACK * pose.person.height - thick / 2)
    low, high = (at + pose.trunk_direction * share * pose.person.height for share in (0.085, 0.16))
    return svg.line([view.at(low), view.at(high)], "#FFFFFF", view.size(thick) + 6) + svg.line(
        [view.at(low), view.at(high)], _TOWEL, view.size(thick)
    )
