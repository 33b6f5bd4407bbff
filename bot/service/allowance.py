"""How much of something one member, or one place, may have: within a day, or how fast. In memory, bounded, nothing written."""

import math
import time
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from cachetools import TLRUCache

from bot.errors import UserError
from bot.sentences import say

DAY_SECONDS = 86_400.0
MOST_MEMBERS = 10_000
_ROUNDING = 1e-6


class Allowance:
    """At most `most` of `what` by a member within a day; `clock` gives seconds."""

    def __init__(self, most: int, what: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._what = what
        self._clock = clock
        self._taken: TLRUCache[int, deque[float]] = TLRUCache(
            MOST_MEMBERS, lambda _member, times, _now: times[-1] + DAY_SECONDS, timer=clock
        )

    def take(self, member: int) -> None:
        """Count one. Raises UserError, saying when to come back, where the member has had all of today's."""
        now = self._clock()
        times = self._taken.get(member, deque())
        while times and times[0] <= now - DAY_SECONDS:
            times.popleft()
        if len(times) >= self._most:
            hours = max(1, round((times[0] + DAY_SECONDS - now) / 3600))
            raise UserError(
                say(
                    "card.allowance.enough_for_a_day",
                    most=self._most,
                    what=self._what,
                    hours=hours,
                    s="" if hours == 1 else "s",
                )
            )
        times.append(now)
        self._taken[member] = times

    def expire(self) -> None:
        """Forget the members whose last one was a day ago."""
        self._taken.expire()


class Pace:
    """How fast something may come from one member or one place: `burst` at once, then one more every `every` seconds.

    `clock` gives seconds. Who was quick is forgotten as soon as it makes no difference any more.
    """

    def __init__(self, burst: int, every: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._burst = burst
        self._every = every
        self._clock = clock
        # By whom, the moment from which on nothing of it counts any more (the generic cell rate algorithm, ITU-T I.371);
        # whoever came last stands last. A plain dictionary: four of these are asked with each question.
        self._until: dict[Hashable, float] = {}

    def __len__(self) -> int:
        return len(self._until)

    def wait(self, who: Hashable) -> int:
        """Count one and return 0; where it comes too fast, return the whole seconds after which the next one may come."""
        now, held = self._clock(), self._until.pop(who, 0.0)
        until = max(now, held) + self._every
        early = until - now - self._burst * self._every
        self._until[who] = until if early <= _ROUNDING else held
        oldest = next(iter(self._until))  # one goes for each that comes, once it makes no difference
        if len(self._until) > MOST_MEMBERS or self._until[oldest] <= now:
            del self._until[oldest]
        return 0 if early <= _ROUNDING else math.ceil(early)

    def expire(self) -> None:
        """Forget everybody whose pace makes no difference any more."""
        now = self._clock()
        self._until = {who: until for who, until in self._until.items() if until > now}


@dataclass(frozen=True, slots=True)
class Paces:
    """The pace of one kind of thing: of each member, and of each server."""

    member: Pace
    server: Pace

    def check(self, server: Hashable, member: Hashable) -> None:
        """Count one. Raises UserError, saying when to come back, where it comes too fast from either.

        `server` None: direct messages, which are many places.
        """
        if member is not None and (seconds := self.member.wait(member)):
            raise UserError(say("card.allowance.too_fast", shown=_shown(seconds)))
        if server is not None and (seconds := self.server.wait(server)):
            raise UserError(say("card.allowance.too_much", shown=_shown(seconds)))

    def expire(self) -> None:
        """Forget whose pace makes no difference any more."""
        self.member.expire()
        self.server.expire()


def _shown(seconds: int) -> str:
    return f"{seconds} second{'' if seconds == 1 else 's'}"
