"""Tells how old an interaction is by Discord's own clock, so that what is replayed too late is left alone."""

import time
from collections import deque
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

import discord

KEPT_ANSWERS = 16
SECOND = 1.0
"""What a `Date` header leaves open: it names whole seconds."""


@lru_cache(maxsize=4)
def dated(header: str) -> datetime:
    """Return the time that a `Date` header names; those of one second are alike. Raises ValueError for what is no date."""
    return parsedate_to_datetime(header)


class Freshness:
    """Discord's time, learned from the `Date` of its answers and the ids of its events; the host's date is never asked.

    Both say only how late it is at least: a header is cut to the second, an event may have waited. So the latest of
    what they say counts. What is replayed says an early time, and teaches nothing wrong. Ages come out too small
    rather than too large: what can still be answered is never taken for old.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Measure what passes with `clock`, in seconds from any moment."""
        self._clock = clock
        self._dated: deque[float] = deque(maxlen=KEPT_ANSWERS)
        self._seen = float("-inf")

    def told(self, date: str) -> None:
        """Learn from the `Date` header of an answer; what is no date teaches nothing."""
        try:
            self._dated.append(dated(date).timestamp() - self._clock())
        except ValueError:
            return

    def age(self, created: float) -> float:
        """Return how many seconds ago Discord made what it dates `created`; 0.0 before any answer was dated."""
        if not self._dated:
            return 0.0
        ahead = created - self._clock()
        surely = max(self._dated)
        # An id from more than a second after the latest answer is nobody's clock, but a wrong id.
        if ahead <= surely + SECOND:
            self._seen = max(self._seen, ahead)
        return max(0.0, min(max(self._seen, surely), surely + SECOND) - ahead)


def made_at(snowflake: object) -> float:
    """Return when Discord made an id, in seconds since 1970. Raises TypeError or ValueError for what is no id."""
    if not isinstance(snowflake, int | str):
        raise TypeError("no id")
    return ((int(snowflake) >> 22) + discord.utils.DISCORD_EPOCH) / 1000
