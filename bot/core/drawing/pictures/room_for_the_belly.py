"""Room for a belly: feet wider, so that the thighs come down beside it."""

from bot.core.drawing import front, scene, style, svg
from bot.core.drawing.looks import FOURTH
from bot.sentences import say

HEIGHT = 544


def draw() -> str:
    """Return the SVG."""
    left, right = 200 + 164j, 602 + 164j
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARE_SOFT, front.legs(left, feet=44, knees=42, look=FOURTH, belly=62)),
            scene.panel(402, HEIGHT, style.GOOD_SOFT, front.legs(right, feet=104, knees=122, look=FOURTH, belly=62)),
            scene.heading(26, "care", "Narrow", say("pictures.room_for_the_belly.thighs_meet_belly_early")),
            scene.heading(428, "tick", "Wider, toes out", say("pictures.room_for_the_belly.thighs_pass_beside_it")),
            scene.footer(HEIGHT, say("pictures.room_for_the_belly.your_depth_counts_as_it_is")),
        ],
    )
