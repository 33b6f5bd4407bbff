"""Where a set ends: with one or two good reps left, before hips lift or depth shrinks."""

from bot.core.drawing import scene, style, svg
from bot.sentences import say

HEIGHT = 372
_DONE, _LEFT = 9, 2


def draw() -> str:
    """Return the SVG."""
    parts = [scene.panel(0, HEIGHT, style.CARD, "")]
    for rep in range(_DONE + _LEFT):
        place = complex(70 + 66 * rep, 196)
        if rep < _DONE:
            parts += [
                svg.circle(place, 27, style.GOOD),
                svg.words(place + 10j, str(rep + 1), fill="#FFFFFF", bold=True, anchor="middle"),
            ]
        else:
            parts.append(
                svg.circle(place, 25, style.CARD, extra=f'stroke="{style.INK}" stroke-width="4" stroke-dasharray="7 6"')
            )
    edge = complex(70 + 66 * _DONE - 33, 196)
    parts += [
        svg.line([edge - 56j, edge + 56j], style.CARE, 6),
        svg.words(edge + 94j, "end here", fill=style.CARE, bold=True, anchor="end"),
        svg.words(complex(70 + 66 * _DONE + 33, 290), "two left", bold=True, anchor="middle"),
        svg.words(complex(48, 290), say("pictures.two_left.clean_reps"), bold=True, fill=style.GOOD),
        scene.heading(26, "", say("pictures.two_left.when_set_ends")),
        scene.footer(HEIGHT, say("pictures.two_left.sooner_if_hips_lift_or_depth")),
    ]
    return svg.document(style.WIDTH, HEIGHT, parts)
