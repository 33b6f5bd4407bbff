"""The four heads of the quadriceps, on a right thigh seen from the front."""

from bot.core.drawing import scene, style, svg
from bot.sentences import say

HEIGHT = 540
_LATERALIS = style.GOOD
_RECTUS = "#E9B949"
_MEDIALIS = style.CARE
_INTERMEDIUS = "#38AE9F"
_FADED = "#B08E77"
_TENDON = "#EADFCB"

_LEG = (
    -84 + 0j, -92 + 60j, -88 + 150j, -66 + 240j, -52 + 300j, -50 + 345j, -54 + 374j, -24 + 382j, 24 + 382j, 54 + 374j, 50 + 345j, 56 + 300j,
    74 + 240j, 86 + 150j, 88 + 60j, 86 + 0j, 0 - 14j,
)  # fmt: skip
_OUTER = (-66 + 44j, -80 + 90j, -76 + 150j, -56 + 226j, -34 + 268j, -16 + 276j, -24 + 220j, -30 + 140j, -38 + 76j)
_INNER = (34 + 92j, 64 + 150j, 70 + 206j, 62 + 252j, 40 + 286j, 18 + 292j, 12 + 250j, 22 + 180j)
_MIDDLE = (0 + 40j, -24 + 78j, -28 + 140j, -18 + 214j, -4 + 262j, 8 + 262j, 20 + 214j, 30 + 140j, 26 + 78j)
_DEEP = (0 + 70j, -30 + 96j, -32 + 160j, -20 + 224j, -4 + 264j, 8 + 264j, 22 + 224j, 34 + 160j, 30 + 96j)


def draw() -> str:
    """Return the SVG."""
    front, under = 228 + 92j, 582 + 92j
    return svg.document(
        style.WIDTH,
        HEIGHT,
        [
            scene.panel(0, HEIGHT, style.CARD, _thigh(front)),
            _muscle(front, _OUTER, _LATERALIS, (-58 + 84j, -62 + 140j, -44 + 220j)),
            _muscle(front, _INNER, _MEDIALIS, (44 + 128j, 52 + 200j, 38 + 256j)),
            _muscle(front, _MIDDLE, _RECTUS, (0 + 66j, 1 + 140j, 3 + 230j)),
            _name(front, -66 + 130j, -206 + 88j, "vastus", "lateralis"),
            _name(front, 56 + 220j, 88 + 262j, "vastus", "medialis"),
            _name(front, 12 + 96j, 106 + 66j, "rectus", "femoris"),
            scene.panel(442, HEIGHT, style.PANEL, _thigh(under)),
            _muscle(under, _OUTER, _LATERALIS, (-58 + 84j, -62 + 140j, -44 + 220j), faded=True),
            _muscle(under, _INNER, _MEDIALIS, (44 + 128j, 52 + 200j, 38 + 256j), faded=True),
            _muscle(under, _DEEP, _INTERMEDIUS, (0 + 104j, 1 + 160j, 2 + 220j)),
            _name(under, 20 + 130j, 100 + 100j, "vastus", "inter-", "medius"),
            _label(front, -2 + 320j, -206 + 330j, "kneecap"),
            _label(front, -2 + 356j, -206 + 384j, "tendon"),
            svg.arrow([front + 2 + 70j, front + 16 + 8j, front + 30 - 44j], style.INK, 5),
            svg.words(front + 46 - 22j, "to the hip", bold=True, size=style.SMALL),
            scene.heading(26, "", "Thigh"),
            scene.heading(466, "", "Deeper"),
            scene.footer(HEIGHT, say("pictures.quads.rectus_femoris_crosses_hip_as_well")),
        ],
    )


def _thigh(origin: complex) -> str:
    leg = svg.smooth([origin + point for point in _LEG], style.SKIN)
    kneecap = svg.smooth(
        [origin + point for point in (-26 + 306j, 0 + 286j, 28 + 306j, 22 + 340j, 0 + 352j, -20 + 340j)], style.SOLE
    )
    shorts = [origin + point for point in (-96 - 8j, -98 + 40j, 0 + 34j, 94 + 40j, 92 - 8j, 0 - 16j)]
    above = [origin + point for point in (-20 + 262j, 22 + 262j, 18 + 300j, -18 + 300j)]
    below = [origin + point for point in (-15 + 342j, 15 + 342j, 11 + 378j, -11 + 378j)]
    tendon = svg.polygon(above, _TENDON) + svg.polygon(below, _TENDON)
    return leg + svg.smooth(shorts, style.SHORTS) + tendon + kneecap


def _muscle(
    origin: complex, outline: tuple[complex, ...], fill: str, fibre: tuple[complex, ...], *, faded: bool = False
) -> str:
    """Return a muscle with three of its fibres drawn, so that shape and not only colour tells it apart."""
    shape = svg.curve([origin + point for point in outline], closed=True)
    body = svg.path(shape, _FADED if faded else fill, stroke=style.CARD, width=2.5)
    if faded:
        return body
    strands = "".join(svg.curve([origin + point + shift for point in fibre]) for shift in (-9, 0, 9))
    return body + svg.path(strands, stroke=style.CARD, width=1.5)


def _label(origin: complex, spot: complex, place: complex, word: str) -> str:
    """Return a small name on the left and a line from it to what it names."""
    text = svg.words(origin + place, word, size=style.SMALL)
    return (
        svg.line([origin + spot, origin + place + 116 - 10j], style.INK, 2.5)
        + svg.circle(origin + spot, 5, style.INK)
        + text
    )


def _name(origin: complex, spot: complex, place: complex, *lines: str) -> str:
    """Return a name beside the thigh and a line from it to its muscle."""
    left = place.real < 0
    anchor = "start"
    text = "".join(
        svg.words(origin + place + 30j * row, line, bold=True, anchor=anchor) for row, line in enumerate(lines)
    )
    near = place + (112 if left else -8) + 2j
    return svg.line([origin + spot, origin + near], style.INK, 2.5) + svg.circle(origin + spot, 6, style.INK) + text
