"""How much one member may send of something within a day: in memory, bounded, nothing written."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from bot.errors import UserError

DAY_SECONDS = 86_400.0
MOST_MEMBERS = 10_000


class Allowance:
    """At most `most` of `what` by a member within a day; `clock` gives seconds."""

    def __init__(self, most: int, what: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._what = what
        self._clock = clock
        self._taken: OrderedDict[int, deque[float]] = OrderedDict()

    def take(self, member: int) -> None:
        """Count one. Raises UserError, saying when to come back, where the member has had all of today's."""
        now = self._clock()
        times = self._taken.setdefault(member, deque())
        self._taken.move_to_end(member)
        while times and times[0] <= now - DAY_SECONDS:
            times.popleft()
        if len(times) >= self._most:
            hours = max(1, round((times[0] + DAY_SECONDS - now) / 3600))
            raise UserError(
                f"That makes {self._most} {self._what} within a day, thank you. "
                f"Come back in {hours} hour{'' if hours == 1 else 's'}."
            )
        times.append(now)
        self.expire()
        while len(self._taken) > MOST_MEMBERS:
            self._taken.popitem(last=False)

    def expire(self) -> None:
        """Forget the members whose last one was a day ago."""
        oldest = self._clock() - DAY_SECONDS
        while self._taken and next(iter(self._taken.values()))[-1] <= oldest:
            self._taken.popitem(last=False)
