"""A member's own machine at the depth that their own test found."""

from itertools import zip_longest

from bot.core.drawing import scene, style, svg
from bot.core.drawing.view import View
from bot.core.geometry import Pose
from bot.sentences import say

_WORDS = 464
_ROW = 40
_BELOW_TITLE = 72
_RADIUS = 0.30
"""Metres from the hip to the arc of its angle."""
_LABEL = 84 + 36j
"""Pixels that the degrees of an angle take."""
_VIEWS = {
    "sled": (330.0, 340 + 348j),
    "horizontal": (290.0, 280 + 296j),
    "vertical": (236.0, 390 + 352j),
}


def own_depth(stop: Pose, lowest: Pose, title: str, lines: tuple[str, ...]) -> str:
    """Return the SVG of a stop that a member found.

    `stop` is drawn whole; `lowest`, the pose with the knees at the chest, only as a dashed thigh. `lines` go below.
    """
    view = _view(stop)
    hip = view.at(stop.hip)
    thigh = view.direction(lowest.knee - lowest.hip)
    ghost = svg.line([hip, hip + thigh / abs(thigh) * view.size(0.40)], style.CARE, 6, dashes="1 11")
    over = ghost + scene.trunk_thigh_label(view, stop, style.GOOD, radius=_RADIUS)
    over += scene.knee_label(view, stop, style.INK, offset=_beside_knee(view, stop))
    start = complex(26, _WORDS - 9)
    signs = (svg.line([start, start + 32], style.GOOD, 6), _dashes(1))
    return _card(stop, title, over, list(zip_longest(signs[: len(lines)], lines, fillvalue="")))


def _dashes(row: int) -> str:
    start = complex(26, _WORDS + _ROW * row - 9)
    return svg.line([start, start + 32], style.CARE, 5, dashes="1 10")


def _view(shown: Pose) -> View:
    """Return the usual view of the machine, from further away where the scene would reach into the title."""
    scale, origin = _VIEWS[shown.setup.machine.key]
    scale *= min(1.0, 1.80 / shown.person.height)
    return View(min(scale, (origin.imag - _BELOW_TITLE) / scene.highest(shown)), origin)


def _beside_knee(view: View, shown: Pose) -> complex:
    """Return where the knee's degrees stand: in front of the knee, behind it where those of the hip are in the way."""
    knee = view.at(shown.knee)
    out = svg.unit(svg.unit(knee - view.at(shown.hip)) + svg.unit(knee - view.at(shown.ankle)))
    away = knee + out * 40 + 10j - scene.trunk_thigh_place(view, shown, _RADIUS)
    taken = abs(away.real) < _LABEL.real and abs(away.imag) < _LABEL.imag
    return -out * 52 + 10j if taken else out * 40 + 10j


def _card(shown: Pose, title: str, over: str, rows: list[tuple[str, str]]) -> str:
    """Return the figure, what is drawn over it, and rows of a sign and words below."""
    height = _WORDS + _ROW * len(rows) + 26
    top = _WORDS - 46
    ground = f"M0 {top}H{style.WIDTH}V{height - 28}q0 28 -28 28H28q-28 0 -28 -28Z"
    text = "".join(
        sign + svg.words(complex(76, _WORDS + _ROW * row), words, size=style.SMALL)
        for row, (sign, words) in enumerate(rows)
    )
    return svg.document(
        style.WIDTH,
        height,
        [
            scene.person_on_machine(_view(shown), shown),
            over,
            svg.path(ground, style.PANEL),
            svg.words(complex(26, 52), title, size=style.TITLE, bold=True, halo=style.CARD),
            text,
            svg.words(complex(76, height - 22), _CAVEAT, size=style.SMALL, fill=style.MUTED),
        ],
    )


_CAVEAT = say("pictures.depth.caveat")
