"""A week of leg training: two or three hard sets, twice, with days between."""

from bot.core.drawing import scene, style, svg
from bot.sentences import say

HEIGHT = 400
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_TRAINED = (0, 3)


def draw() -> str:
    """Return the SVG."""
    parts = [scene.panel(0, HEIGHT, style.CARD, "")]
    for index, day in enumerate(_DAYS):
        x = 28 + 107 * index
        trained = index in _TRAINED
        parts.append(svg.box(x, 104, 100, 196, style.GOOD_SOFT if trained else style.PANEL, radius=12))
        parts.append(svg.words(complex(x + 50, 140), day, bold=trained, size=style.SMALL + 2, anchor="middle"))
        if trained:
            parts += [svg.box(x + 18, 160 + 42 * row, 64, 32, style.GOOD, radius=8) for row in range(3)]
        else:
            parts.append(svg.words(complex(x + 50, 222), "rest", size=style.SMALL, fill=style.MUTED, anchor="middle"))
    parts += [
        svg.words(complex(28, 340), say("pictures.a_week.to_sets_of_to"), bold=True, fill=style.GOOD),
        scene.heading(26, "", say("pictures.drawn.title_a_week")),
        scene.footer(HEIGHT, say("pictures.a_week.squats_and_lunges_count_too")),
    ]
    return svg.document(style.WIDTH, HEIGHT, parts)
