"""What was asked, answered, declined and liked over time: counts a day, and the same in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.intervals import Share
from bot.sentences import say

ANSWERED, SUGGESTED, DECLINED, HELPFUL, UNHELPFUL = "answer", "suggest", "decline", "helpful", "not helpful"
MOST_TOPICS = 8


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts for each of `days`, in order; `topics` with how often they were answered, most first."""

    days: tuple[date, ...]
    answered: tuple[int, ...]
    suggested: tuple[int, ...]
    declined: tuple[int, ...]
    helpful: tuple[int, ...]
    unhelpful: tuple[int, ...]
    topics: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """How much was asked."""
        return sum(self.answered) + sum(self.suggested) + sum(self.declined)

    @property
    def alt_text(self) -> str:
        """What the picture shows, for whoever does not see it; at most 1024 characters, Discord's limit."""
        span = f"{_said(self.days[0])} to {_said(self.days[-1])} {self.days[-1]:%Y}" if self.days else "no days"
        if not self.total:
            return say("moderators.stats.none_asked", span=span)
        busiest = max(range(len(self.days)), key=lambda i: self.answered[i] + self.suggested[i] + self.declined[i])
        most = self.answered[busiest] + self.suggested[busiest] + self.declined[busiest]
        text = say(
            "moderators.stats.questions_from",
            span=span,
            total=self.total,
            answered=sum(self.answered),
            suggested=sum(self.suggested),
            declined=sum(self.declined),
            day=_said(self.days[busiest]),
            most=most,
            helpful=sum(self.helpful),
            unhelpful=sum(self.unhelpful),
        )
        if self.topics:
            text += " Most answered: " + ", ".join(f"{title} ({count})" for title, count in self.topics[:5]) + "."
        return text[:1024]


def _said(day: date) -> str:
    """Return a day as people say it: "4 Nov"."""
    return f"{day.day} {day:%b}"


def stats(
    last: date,
    days: int,
    outcomes: Iterable[tuple[str, str, int]],
    presses: Iterable[tuple[str, str, int]],
    topics: Mapping[str, int],
) -> Stats:
    """Return the counts of the `days` days up to `last`. `outcomes` and `presses` hold (ISO day, name, count)."""
    span = tuple(last - timedelta(days=back) for back in range(days - 1, -1, -1))
    index = {day.isoformat(): i for i, day in enumerate(span)}
    series = {name: [0] * days for name in (ANSWERED, SUGGESTED, DECLINED, HELPFUL, UNHELPFUL)}
    for day, name, count in (*outcomes, *presses):
        if day in index and name in series:
            series[name][index[day]] += count
    ordered = sorted(topics.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_TOPICS]
    return Stats(
        span,
        tuple(series[ANSWERED]),
        tuple(series[SUGGESTED]),
        tuple(series[DECLINED]),
        tuple(series[HELPFUL]),
        tuple(series[UNHELPFUL]),
        tuple(ordered),
    )


def rating(up: int, down: int) -> float:
    """Return the share of presses that found a claim helpful, drawn to a half where there are few.

    The lower the worse: the upper bound of the score interval at 90%, so that one angry press does not put a claim at the head
    of the queue, and many do.
    """
    return Share(up, up + down).within(_Z_90)[1]


_Z_90 = 1.645
"""The normal deviate that leaves 5% on each side."""
