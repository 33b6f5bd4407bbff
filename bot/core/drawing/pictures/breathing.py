"""When to breathe: in on the way down, out through the push."""

from bot.core.drawing import figure, scene, style, svg
from bot.core.drawing.looks import SECOND
from bot.core.drawing.view import View
from bot.core.geometry import Pose
from bot.sentences import say

HEIGHT = 480


def draw() -> str:
    """Return the SVG."""
    seat = {"backrest": 25.0, "foot_height": 0.02}
    down = scene.posed(scene.setup_at("sled", knee_bend=78, **seat))
    up = scene.posed(scene.setup_at("sled", knee_bend=40, **seat))
    left, right = View(236, 196 + 338j), View(236, 598 + 338j)
    rail = left.direction(down.rail_direction)
    coming = left.at(down.ankle) - rail * 1j * 120 + rail * 50
    going = right.at(up.ankle) - rail * 1j * 120 - rail * 70
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, scene.person_on_machine(left, down, look=SECOND)),
            svg.arrow([coming, coming - rail * 40, coming - rail * 86], style.CARE),
            _breath(left, down, style.CARE, inwards=True),
            scene.panel(402, HEIGHT, style.GOOD_SOFT, scene.person_on_machine(right, up, look=SECOND)),
            svg.arrow([going, going + rail * 40, going + rail * 86], style.GOOD, halo=style.GOOD_SOFT),
            _breath(right, up, style.GOOD, inwards=False),
            scene.heading(26, "one", "Down: in"),
            scene.heading(428, "two", "Push: out"),
            scene.footer(HEIGHT, say("pictures.breathing.fresh_breath_for_every_rep")),
        ],
    )


def _breath(view: View, pose: Pose, colour: str, *, inwards: bool) -> str:
    """Return three lines of air before the mouth, their heads at it or away from it."""
    mouth = view.at(figure.crown(pose)) + 34 + 4j
    parts = []
    for index, aside in enumerate((-14, 2, 18)):
        near, far = mouth + aside * 1j, mouth + (54 + 10 * (index == 1)) + (aside * 1.7 - 6) * 1j
        ends = [far, (far + near) / 2, near] if inwards else [near, (far + near) / 2, far]
        parts.append(svg.arrow(ends, colour, 4))
    return "".join(parts)
