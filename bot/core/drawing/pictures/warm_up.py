"""Warming up on the machine: empty, half, three quarters, then today's weight."""

from bot.core.drawing import scene, style, svg
from bot.sentences import say

HEIGHT = 430
_SETS = (("empty", 0, "find your stop"), ("half", 2, "easy set"), ("3/4", 3, "short set"), ("today", 4, "working sets"))


def draw() -> str:
    """Return the SVG."""
    parts = [scene.panel(0, HEIGHT, style.CARD, "")]
    for index, (name, discs, what) in enumerate(_SETS):
        x = 104 + 198 * index
        level = 268.0
        fill = style.GOOD if index == len(_SETS) - 1 else style.INK
        parts += [
            svg.line([complex(x - 78, level), complex(x + 78, level)], style.STEEL, 10),
            svg.box(x - 16, level - 34, 32, 34, style.STEEL_DARK, radius=6),
        ]
        for disc in range(discs):
            reach = 26 + 15 * disc
            parts += [svg.box(x + side * reach - 6, level - 20 - 56, 12, 92, style.IRON, radius=5) for side in (-1, 1)]
        parts += [
            svg.words(complex(x, 152), name, bold=True, size=style.TITLE, fill=fill, anchor="middle"),
            svg.words(complex(x, 334), what, size=style.SMALL, anchor="middle", fill=fill, bold=fill == style.GOOD),
        ]
        if index:
            parts.append(
                svg.arrow([complex(x - 118, 141), complex(x - 108, 141), complex(x - 78, 141)], style.STEEL_DARK, 4)
            )
    parts += [
        scene.heading(26, "", say("pictures.warm_up.warm_up_on_machine")),
        scene.footer(HEIGHT, say("pictures.warm_up.rest_little_before_working_sets")),
    ]
    return svg.document(style.WIDTH, HEIGHT, parts)
