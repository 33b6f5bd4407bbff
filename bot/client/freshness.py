"""Tells interactions that still can be answered from those that Discord replays too late."""

from collections import deque
from collections.abc import Callable
from datetime import datetime


class Freshness:
    """Tells interactions that still can be answered from those that Discord replays too late.

    Their ids carry Discord's time, which is compared with this machine's. A machine whose clock runs wrong would see
    all of them as old (or a stale one as new), so the age that the freshest recent event seems to have is taken off,
    once there are enough events to tell a wrong clock from a replay.
    """

    ENOUGH = 24

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._ages: deque[float] = deque(maxlen=self.ENOUGH)

    def age(self, created: datetime) -> float:
        """Return the age in seconds of something that Discord made at `created`, and learn from it."""
        seen = (self._clock() - created).total_seconds()
        self._ages.append(seen)
        freshest = min(self._ages)
        return seen - (freshest if len(self._ages) == self.ENOUGH else min(0.0, freshest))
