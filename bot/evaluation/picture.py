"""The confusion matrix as a picture: what was asked down the side, what came back across, counts in the cells."""

from collections import Counter
from collections.abc import Sequence

from bot.core.drawing import style
from bot.core.drawing.svg import box, document, words
from bot.core.model import Outcome
from bot.evaluation.rows import OUT_OF_SCOPE, RED_FLAG
from bot.evaluation.scores import Result, Side
from bot.sentences import say

CELL = 46.0
GAP = 18.0
MARGIN = 40.0
SIDE = 190.0
HEAD = 96.0
TURNED = 150.0
TYPE = 20.0
LEGEND = 56.0

LEGIBLE = 4.5
"""Contrast of text (WCAG 2.2, 1.4.3). White or black reaches it on every ground, since the two stand 21 apart."""

SUGGESTED, DECLINED, STOPPED = "suggested", "declined", "stopped"
_OUTCOMES = {Outcome.SUGGEST: SUGGESTED, Outcome.DECLINE: DECLINED, Outcome.STOP: STOPPED}
_RIGHT_FOR = {OUT_OF_SCOPE: DECLINED, RED_FLAG: STOPPED}
_SILENT = "#5B6875"


def confusion_picture(results: Sequence[Result], topics: Sequence[str]) -> str:
    """Return the matrix as SVG text; `topics` gives the order, those that do not occur are left out.

    Blue with a frame is right, orange is wrong, grey neither (a suggestion, or a topic that was declined); the deeper,
    the larger the cell's share of its row. The counts stand in the cells, so nothing is told by colour alone. An answer
    that meets a further label of its question counts as one with the first.
    """
    cells = Counter((result.label, _came_back(result)) for result in results)
    totals = Counter(result.label for result in results)
    seen = {name for pair in cells for name in pair}
    shown = [*(topic for topic in topics if topic in seen), *sorted(seen - {*topics, *_RIGHT_FOR, *_OUTCOMES.values()})]
    rows = [*(name for name in shown if name in totals), *(name for name in _RIGHT_FOR if name in totals)]
    places = {name: i * CELL for i, name in enumerate(shown)}
    places |= {name: len(shown) * CELL + GAP + i * CELL for i, name in enumerate(_OUTCOMES.values())}
    left, top = MARGIN + SIDE, MARGIN + HEAD + TURNED
    right_edge = left + (len(shown) + len(_OUTCOMES)) * CELL + GAP
    parts = [_title(results)]
    parts += [_turned(left + x + CELL / 2 + 7, top - 12, name) for name, x in places.items()]
    parts.append(words(complex(right_edge + 84, top - 12), "right", size=TYPE, bold=True, anchor="end"))
    y = top
    for i, row in enumerate(rows):
        if i and row in _RIGHT_FOR and rows[i - 1] not in _RIGHT_FOR:
            y += GAP
        base = complex(0, y + CELL / 2 + 7)
        parts.append(words(left - 12 + base, row, size=TYPE, anchor="end"))
        for name, x in places.items():
            parts.append(
                _cell(left + x, y, cells[row, name], totals[row], _colour(row, name), right=_is_right(row, name))
            )
        good = cells[row, _RIGHT_FOR.get(row, row)]
        parts.append(words(right_edge + 84 + base, f"{good}/{totals[row]}", size=TYPE, anchor="end"))
        y += CELL
    parts.append(_legend(left, y + 20))
    return document(right_edge + 84 + MARGIN, y + 20 + LEGEND + MARGIN / 2, parts)


def _came_back(result: Result) -> str:
    if result.outcome is not Outcome.ANSWER:
        return _OUTCOMES[result.outcome]
    return result.label if result.in_scope and result.side is Side.ANSWERED_RIGHT else result.topic or ""


def _is_right(row: str, column: str) -> bool:
    return column == _RIGHT_FOR.get(row, row)


def _colour(row: str, column: str) -> str:
    if _is_right(row, column):
        return style.GOOD
    quiet = column == SUGGESTED or (column == DECLINED and row != RED_FLAG)
    return _SILENT if quiet else style.CARE


def _title(results: Sequence[Result]) -> str:
    many = f"{len(results):,} question" + ("" if len(results) == 1 else "s")
    heading = words(complex(MARGIN, MARGIN + 34), say("terminal.picture.what_was_asked"), size=style.TITLE, bold=True)
    note = words(
        complex(MARGIN, MARGIN + 68), say("terminal.picture.row_for_each_label", many=many), size=TYPE, fill=style.MUTED
    )
    return heading + note


def _turned(x: float, y: float, name: str) -> str:
    """Return a column's name reading upwards; the deep slant keeps it legible and off its neighbours."""
    return f'<g transform="rotate(-60 {x:.1f} {y:.1f})">{words(complex(x, y), name, size=TYPE)}</g>'


def _cell(x: float, y: float, count: int, total: int, colour: str, *, right: bool) -> str:
    # The square root keeps a single question visible in a row of forty.
    ground = _mixed(style.PANEL, colour, 0.15 + 0.85 * (count / total) ** 0.5) if count else style.PANEL
    frame = f'stroke="{style.GOOD}" stroke-width="2.5"' if right else ""
    square = box(x + 2, y + 2, CELL - 4, CELL - 4, ground, radius=5, extra=frame)
    if not count:
        return square
    ink = next(fill for fill in (style.INK, "#FFFFFF", "#000000") if contrast(fill, ground) >= LEGIBLE)
    return square + words(complex(x + CELL / 2, y + CELL / 2 + 7), str(count), size=TYPE, fill=ink, anchor="middle")


def _legend(x: float, y: float) -> str:
    parts = []
    for colour, meaning, right in (
        (style.GOOD, "right (framed)", True),
        (style.CARE, "wrong", False),
        (_SILENT, "neither", False),
    ):
        frame = f'stroke="{style.GOOD}" stroke-width="2.5"' if right else ""
        parts.append(box(x, y, 28, 28, _mixed(style.PANEL, colour, 0.7), radius=5, extra=frame))
        parts.append(words(complex(x + 38, y + 21), meaning, size=TYPE, fill=style.MUTED))
        x += 38 + 11 * len(meaning) + 28
    parts.append(words(complex(x, y + 21), say("terminal.picture.deeper_more_of_its_row"), size=TYPE, fill=style.MUTED))
    return "".join(parts)


def _mixed(ground: str, colour: str, share: float) -> str:
    pairs = zip(_channels(ground), _channels(colour), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio" and "relative luminance")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    """Return an sRGB channel (0 to 1) as a share of light (IEC 61966-2-1)."""
    bend = 0.04045
    return channel / 12.92 if channel <= bend else ((channel + 0.055) / 1.055) ** 2.4


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
