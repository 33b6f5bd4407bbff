"""Three kinds of back trouble from behind: dull on both sides, one spot that catches, and down the leg."""

from bot.core.drawing import scene, style, svg
from bot.core.drawing.looks import FIRST, FOURTH, SECOND, Look
from bot.sentences import say

HEIGHT = 560


def draw() -> str:
    """Return the SVG."""
    parts = []
    shown = (
        ("Both sides", "dull, hours later", "keep moving", FIRST, style.PANEL),
        ("One spot", say("pictures.sore_or_injured.in_rep"), "swap the exercise", SECOND, style.CARD),
        ("Down the leg", "shoots, tingles", "stop, be seen", FOURTH, style.CARE_SOFT),
    )
    for index, (title, what, then, look, tint) in enumerate(shown):
        x = 267.0 * index
        centre = complex(x + 133, 132)
        parts += [scene.panel(x, HEIGHT, tint, _back(centre, look)), _trouble(index, centre)]
        parts += [
            svg.words(complex(x + 133, 56), title, bold=True, size=31, anchor="middle"),
            svg.words(complex(x + 133, 92), what, size=style.SMALL, fill=style.MUTED, anchor="middle"),
            svg.words(
                complex(x + 133, 492),
                then,
                bold=True,
                size=style.SMALL + 2,
                anchor="middle",
                fill=style.CARE if index == 2 else style.GOOD,  # noqa: PLR2004 -- the last
            ),
        ]
    parts.append(scene.footer(HEIGHT, say("pictures.sore_or_injured.guide_never_diagnosis")))
    return svg.document(style.WIDTH, HEIGHT, parts)


def _back(centre: complex, look: Look) -> str:
    """Return a back from the shoulders to the calves."""
    shoulders = [
        centre + point for point in (-64 + 26j, -30 + 2j, 30 + 2j, 64 + 26j, 52 + 84j, 44 + 130j, -44 + 130j, -52 + 84j)
    ]
    arms = "".join(
        svg.line([centre + side * 62 + 34j, centre + side * 78 + 96j, centre + side * 74 + 150j], look.skin, 24)
        for side in (-1, 1)
    )
    legs = "".join(
        svg.line([centre + side * 25 + 160j, centre + side * 30 + 268j], look.skin, 40)
        + svg.line([centre + side * 30 + 262j, centre + side * 30 + 318j], look.skin_shade, 32)
        + svg.line([centre + side * 25 + 160j, centre + side * 28 + 216j], look.shorts, 48)
        for side in (-1, 1)
    )
    hips = [centre + point for point in (-46 + 122j, 46 + 122j, 54 + 164j, 40 + 186j, 0 + 176j, -40 + 186j, -54 + 164j)]
    neck = svg.line([centre - 14j, centre + 12j], look.skin_shade, 34)
    return arms + legs + neck + svg.smooth(shoulders, look.shirt) + svg.smooth(hips, look.shorts)


def _trouble(kind: int, centre: complex) -> str:
    ring = f'fill-opacity="0.35" stroke="{style.CARE}" stroke-width="4"'
    if kind == 0:
        return "".join(svg.circle(centre + side * 22 + 104j, 19, style.CARE, extra=ring) for side in (-1, 1))
    if kind == 1:
        spot = centre + 24 + 108j
        rays = (-1, -1j, 1, 1j)
        return svg.circle(spot, 10, style.CARE) + "".join(
            svg.line([spot + ray * 17, spot + ray * 29], style.CARE, 5) for ray in rays
        )
    way = [centre + point for point in (16 + 108j, 30 + 160j, 34 + 214j, 33 + 264j, 31 + 308j)]
    return svg.arrow(way, style.CARE, 8)
