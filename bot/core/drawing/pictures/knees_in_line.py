"""Knees from the front: over the toes, or caving in."""

from bot.core.drawing import front, scene, style, svg
from bot.core.drawing.looks import SECOND, THIRD
from bot.sentences import say

HEIGHT = 480


def draw() -> str:
    """Return the SVG."""
    left, right = 200 + 120j, 602 + 120j
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, front.legs(left, feet=78, knees=84, look=SECOND)),
            front.plumb(left, 78, 84, style.GOOD),
            scene.panel(402, HEIGHT, style.CARE_SOFT, front.legs(right, feet=78, knees=28, look=THIRD)),
            svg.arrow([right - 106 + 138j, right - 84 + 138j, right - 54 + 138j], style.CARE, halo=style.CARE_SOFT),
            svg.arrow([right + 106 + 138j, right + 84 + 138j, right + 54 + 138j], style.CARE, halo=style.CARE_SOFT),
            scene.heading(26, "tick", "Over the toes"),
            scene.heading(428, "care", "Caving in"),
            scene.footer(HEIGHT, say("pictures.knees_in_line.little_wobble_is_no_disaster")),
        ],
    )
