"""What was asked, answered, declined and liked over time, as a picture; in words it is `Stats.alt_text`."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.core.drawing import style
from bot.core.drawing.page import text_width, wrapped
from bot.core.drawing.svg import box, document, line, number, words
from bot.core.stats import Stats
from bot.sentences import say

MARGIN = 44.0
LEFT = 92.0
CHART_TOP, CHART_HEIGHT = 232.0, 300.0
MOST_BARS = 45
"""More days than that are drawn by the week, so that a bar can still be seen on a phone."""
WEEK = 7
TOPIC_ROW = 50.0
TOPIC_NAME = 270.0
BEFORE_MEANING, BETWEEN_MEANINGS = 36.0, 24.0
"""From where a colour begins to its meaning, and from there to the next colour."""
SUGGESTED_FILL = "#8FBFDD"
"""Between the two blues of the style, so that the three parts differ in lightness, too."""


@dataclass(frozen=True, slots=True)
class _Bar:
    first: date
    answered: int
    suggested: int
    declined: int

    @property
    def total(self) -> int:
        return self.answered + self.suggested + self.declined


def stats_picture(stats: Stats) -> str:
    """Return the picture as SVG: a bar a day (a week, for long spans), what feedback said, and the topics."""
    parts = [*_heading(stats), *_chart(_bars(stats))]
    y = CHART_TOP + CHART_HEIGHT + 92
    feedback = say("pictures.stats.helpful_times", sum=sum(stats.helpful), sum_2=sum(stats.unhelpful))
    parts.append(words(complex(MARGIN, y), feedback, size=style.LABEL, bold=True))
    if stats.topics:
        y += 58
        parts.append(words(complex(MARGIN, y), say("pictures.stats.answered_most"), size=style.LABEL, bold=True))
        y += 18
        parts += _topics(stats.topics, y)
        y += TOPIC_ROW * len(stats.topics)
    return document(style.WIDTH, y + 36, parts)


def _heading(stats: Stats) -> list[str]:
    span = f"{_day(stats.days[0])} to {_day(stats.days[-1])} {stats.days[-1].year}"
    asked = f"{stats.total} question{'' if stats.total == 1 else 's'}"
    legend = (
        (style.GOOD, f"answered {sum(stats.answered)}"),
        (SUGGESTED_FILL, f"did you mean {sum(stats.suggested)}"),
        (style.CARE, f"not answered {sum(stats.declined)}"),
    )
    parts = [
        words(complex(MARGIN, 66), say("pictures.stats.what_was_asked_here"), size=style.TITLE, bold=True),
        words(complex(MARGIN, 108), f"{span}: {asked}", size=style.SMALL, fill=style.MUTED),
    ]
    taken = sum(text_width(meaning, style.SMALL) for _, meaning in legend)
    room = style.WIDTH - 2 * MARGIN - len(legend) * BEFORE_MEANING - (len(legend) - 1) * BETWEEN_MEANINGS
    size = math.floor(style.SMALL * min(1.0, room / taken))
    x = MARGIN
    for colour, meaning in legend:
        parts.append(box(x, 136, 26, 26, colour, radius=5))
        parts.append(words(complex(x + BEFORE_MEANING, 158), meaning, size=size))
        x += BEFORE_MEANING + text_width(meaning, size) + BETWEEN_MEANINGS
    return parts


def _bars(stats: Stats) -> list[_Bar]:
    together = 1 if len(stats.days) <= MOST_BARS else WEEK
    return [
        _Bar(
            stats.days[at],
            sum(stats.answered[at : at + together]),
            sum(stats.suggested[at : at + together]),
            sum(stats.declined[at : at + together]),
        )
        for at in range(0, len(stats.days), together)
    ]


def _chart(bars: Sequence[_Bar]) -> list[str]:
    most = max((bar.total for bar in bars), default=0)
    step = nice_step(most)
    top = max(step, math.ceil(most / step) * step)
    bottom, right = CHART_TOP + CHART_HEIGHT, style.WIDTH - MARGIN
    scale = CHART_HEIGHT / top
    parts = []
    for value in range(0, top + 1, step):
        y = bottom - value * scale
        parts.append(line([complex(LEFT, y), complex(right, y)], style.PANEL if value else style.MUTED, 2))
        parts.append(words(complex(LEFT - 14, y + 8), str(value), size=style.SMALL, fill=style.MUTED, anchor="end"))
    slot = (right - LEFT) / len(bars)
    width = min(60.0, slot * 0.78)
    for place, bar in enumerate(bars):
        x, y = LEFT + slot * place + (slot - width) / 2, bottom
        for count, fill in ((bar.answered, style.GOOD), (bar.suggested, SUGGESTED_FILL), (bar.declined, style.CARE)):
            if count:
                y -= count * scale
                # A hair of ground between the parts keeps them apart without their colours.
                parts.append(box(x, y, width, max(1.0, count * scale - 1.5), fill))
    each = "a week" if len(bars) > 1 and (bars[1].first - bars[0].first).days == WEEK else "a day"
    parts.append(words(complex(LEFT, CHART_TOP - 22), f"Questions {each}", size=style.SMALL, fill=style.MUTED))
    return [*parts, *_days(bars, slot, bottom)]


def _days(bars: Sequence[_Bar], slot: float, bottom: float) -> list[str]:
    places = sorted({0, len(bars) // 2, len(bars) - 1})
    parts = []
    for place in places:
        anchor = "start" if place == 0 and len(bars) > 1 else "end" if place == len(bars) - 1 > 0 else "middle"
        shift = {"start": 0.0, "middle": slot / 2, "end": slot}[anchor]
        where = complex(LEFT + slot * place + shift, bottom + 36)
        parts.append(words(where, _day(bars[place].first), size=style.SMALL, fill=style.MUTED, anchor=anchor))
    return parts


def _topics(topics: Sequence[tuple[str, int]], top: float) -> list[str]:
    most = max(count for _, count in topics)
    room = style.WIDTH - 2 * MARGIN - TOPIC_NAME - 70
    parts = []
    for row, (title, count) in enumerate(topics):
        y = top + TOPIC_ROW * row
        parts.append(words(complex(MARGIN, y + 32), _short(title), size=style.SMALL))
        length = max(4.0, room * count / most)
        parts.append(box(MARGIN + TOPIC_NAME, y + 10, length, 28, style.GOOD, radius=5))
        at = complex(MARGIN + TOPIC_NAME + length + 12, y + 32)
        parts.append(words(at, number(count), size=style.SMALL, fill=style.MUTED))
    return parts


def nice_step(most: int) -> int:
    """Return the distance of the lines on the scale: 1, 2 or 5 times a power of ten, at most five of them."""
    step, factors = 1, (2.0, 2.5, 2.0)
    turn = 0
    while most > 5 * step:
        step = round(step * factors[turn % 3])
        turn += 1
    return step


def _short(title: str) -> str:
    lines = wrapped(title, TOPIC_NAME - 24, style.SMALL)
    return lines[0] + ("…" if len(lines) > 1 else "") if lines else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
