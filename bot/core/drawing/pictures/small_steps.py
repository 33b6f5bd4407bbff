"""Adding weight: steps of 6% when the last one is easy, never one big jump."""

from bot.core.drawing import scene, style, svg
from bot.sentences import say

HEIGHT = 440


def draw() -> str:
    """Return the SVG."""
    steps = []
    for index in range(5):
        x, height = 40 + 64 * index, 150 * 1.06**index
        steps.append(svg.box(x, 372 - height, 60, height, style.GOOD, radius=6))
    low, high = (
        svg.box(462, 372 - 120, 120, 120, style.STEEL_DARK, radius=6),
        svg.box(610, 372 - 252, 120, 252, style.CARE, radius=6),
    )
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.GOOD_SOFT, "".join(steps)),
            svg.words(complex(26, 100), say("pictures.small_steps.to_at_time"), bold=True, fill=style.GOOD),
            scene.panel(422, HEIGHT, style.CARE_SOFT, low + high),
            svg.arrow([complex(520, 238), complex(540, 170), complex(596, 138)], style.CARE, halo=style.CARE_SOFT),
            scene.heading(26, "tick", "Small steps"),
            scene.heading(448, "care", "One big jump"),
            scene.footer(HEIGHT, say("pictures.small_steps.same_depth")),
        ],
    )
