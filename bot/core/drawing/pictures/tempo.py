"""The pace of a rep as the way of the sled over time: two to three seconds down, no bounce, up firmly."""

from bot.core.drawing import scene, style, svg
from bot.sentences import say

HEIGHT = 440
_TOP, _BOTTOM = 130.0, 320.0


def draw() -> str:
    """Return the SVG."""
    down = [complex(70, _TOP), complex(150, _TOP + 22), complex(330, _BOTTOM - 30), complex(410, _BOTTOM)]
    turn = [complex(410, _BOTTOM), complex(440, _BOTTOM + 5), complex(470, _BOTTOM)]
    up = [complex(470, _BOTTOM), complex(520, _BOTTOM - 44), complex(590, _TOP + 26), complex(640, _TOP)]
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, ""),
            svg.line([complex(50, _TOP - 30), complex(50, _BOTTOM + 46), complex(760, _BOTTOM + 46)], style.STEEL, 4),
            svg.words(complex(66, _TOP - 16), "sled up", size=style.SMALL, fill=style.MUTED),
            svg.words(complex(754, _BOTTOM + 36), "time", size=style.SMALL, fill=style.MUTED, anchor="end"),
            svg.path(svg.curve(down), stroke=style.CARE, width=11),
            svg.path(svg.curve(turn), stroke=style.INK, width=11),
            svg.path(svg.curve(up), stroke=style.GOOD, width=11),
            svg.circle(turn[1], 12, style.INK),
            svg.words(complex(236, _TOP + 44), "down: 2 to 3 seconds", bold=True, fill=style.CARE),
            svg.words(complex(330, _BOTTOM - 4), "turn softly,", bold=True, anchor="end"),
            svg.words(complex(330, _BOTTOM + 28), "no bounce", bold=True, anchor="end"),
            svg.words(complex(600, _BOTTOM - 60), "up: push", bold=True, fill=style.GOOD),
            svg.words(complex(600, _BOTTOM - 28), "firmly", bold=True, fill=style.GOOD),
            scene.heading(26, "", say("pictures.tempo.one_rep")),
            scene.footer(HEIGHT, say("pictures.tempo.from_half_second_to_eight")),
        ],
    )
