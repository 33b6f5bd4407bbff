"""Where the hands belong: on the handles, never on the knees."""

from bot.core.drawing import scene, style, svg
from bot.core.drawing.looks import FIRST, FOURTH
from bot.core.drawing.view import View
from bot.sentences import say

HEIGHT = 480


def draw() -> str:
    """Return the SVG."""
    seat = {"backrest": 30.0, "foot_height": 0.02}
    pose = scene.posed(scene.setup_at("sled", knee_bend=66, **seat))
    left, right = View(236, 190 + 338j), View(236, 592 + 338j)
    on_knee = pose.knee + (pose.knee - pose.hip) * 0.06 + 0.05j
    knee = right.at(on_knee)
    away = right.direction(pose.ankle - pose.hip) / abs(pose.ankle - pose.hip)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(left, pose, look=FIRST)),
            scene.panel(402, HEIGHT, style.CARE_SOFT, scene.person_on_machine(right, pose, look=FOURTH, grip=on_knee)),
            svg.arrow(
                [knee + 14 - 40j, knee + 14 - 40j + away * 26, knee + 14 - 40j + away * 58],
                style.CARE,
                halo=style.CARE_SOFT,
            ),
            svg.words(
                knee - 16 - 104j, "shoved straight", fill=style.CARE, bold=True, anchor="middle", halo=style.CARE_SOFT
            ),
            scene.heading(26, "tick", "On the handles"),
            scene.heading(428, "cross", "On the knees"),
            scene.footer(HEIGHT, say("pictures.hands.need_your_hands_to_finish")),
        ],
    )
