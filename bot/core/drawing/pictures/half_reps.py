"""Half reps with many plates, and whole ones with fewer."""

from bot.core.drawing import machine, scene, style, svg
from bot.core.drawing.looks import FIRST, THIRD
from bot.core.drawing.view import View
from bot.core.geometry import Pose
from bot.sentences import say

HEIGHT = 480


def draw() -> str:
    """Return the SVG."""
    seat = {"backrest": 25.0, "foot_height": 0.02}
    shallow = scene.posed(scene.setup_at("sled", knee_bend=32, **seat))
    whole = scene.posed(scene.setup_at("sled", knee_bend=84, **seat))
    left, right = View(236, 190 + 338j), View(236, 592 + 338j)
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARE_SOFT, scene.person_on_machine(left, shallow, look=THIRD)),
            _way(left, shallow, 34.0, style.CARE, style.CARE_SOFT),
            scene.panel(
                402,
                HEIGHT,
                style.GOOD_SOFT,
                scene.person_on_machine(right, whole, look=FIRST, rig=machine.Rig(discs=0.6)),
            ),
            _way(right, whole, 118.0, style.GOOD, style.GOOD_SOFT),
            scene.heading(26, "care", "Half a rep", "many plates"),
            scene.heading(428, "tick", "A whole one", "fewer plates"),
            scene.footer(HEIGHT, say("pictures.half_reps.your_quads_work_less_straighter_knee")),
        ],
    )


def _way(view: View, pose: Pose, length: float, colour: str, halo: str) -> str:
    """Return how far the sled came, as a bar with two ends along the rail."""
    rail = view.direction(pose.rail_direction)
    start = view.at(pose.ankle) - rail * 1j * 96
    ends = [start, start + rail * length]
    across = rail * 1j * 13
    return "".join(
        svg.line(line, ink, width)
        for ink, width in ((halo, 17), (colour, 8))
        for line in (ends, [ends[0] - across, ends[0] + across], [ends[1] - across, ends[1] + across])
    )
