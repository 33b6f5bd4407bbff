"""How long there still is to answer what is in hand: one deadline from the arrival of an event to its answer."""

import time
from contextvars import ContextVar

ANSWER_SECONDS = 2.5
"""From the arrival to the answer, whatever the database does: Discord takes the first response for three seconds."""
SENDING_SECONDS = 0.3
"""Kept for building the message and sending it."""
FORGOTTEN_SECONDS = 60.0


class _Deadline:
    """When an answer is due, by the monotonic clock; and whether Discord knows that it takes longer."""

    __slots__ = ("extended", "until")

    def __init__(self, until: float) -> None:
        self.until = until
        self.extended = False


_NOBODY_WAITS = _Deadline(float("inf"))
_deadline: ContextVar[_Deadline] = ContextVar("deadline", default=_NOBODY_WAITS)


def begin(age: float = 0.0) -> None:
    """Start the deadline of what has just arrived, `age` seconds after Discord made it; its tasks inherit it."""
    _deadline.set(_Deadline(time.monotonic() + ANSWER_SECONDS - min(max(age, 0.0), ANSWER_SECONDS)))


def never() -> None:
    """Take off the deadline: nobody waits."""
    _deadline.set(_NOBODY_WAITS)


def until() -> float:
    """Return the seconds until it is over, never below 0; `inf` where nobody waits."""
    return max(0.0, _remaining())


def extend() -> None:
    """Note that Discord knows that the answer takes longer, and takes it for a quarter of an hour."""
    if (due := _deadline.get()) is not _NOBODY_WAITS:
        due.extended = True


def left(most: float = float("inf")) -> float:
    """Return the seconds that are left before the answer has to be sent, at most `most`, never below 0."""
    return max(0.0, min(most, _remaining() - SENDING_SECONDS))


def sendable() -> float:
    """Return the seconds in which Discord still takes the answer, never below 0; `inf` where it knows of no end."""
    if _deadline.get().extended:
        return float("inf")
    return max(0.0, _remaining() + SENDING_SECONDS)


def passed() -> float | None:
    """Return the seconds since the arrival of what is in hand; None where nothing is that has a deadline."""
    remaining = _remaining()
    return None if remaining == float("inf") else ANSWER_SECONDS - remaining


def _remaining() -> float:
    remaining = _deadline.get().until - time.monotonic()
    # What began so long ago has been answered: this is something else that was started by it.
    return remaining if remaining > -FORGOTTEN_SECONDS else float("inf")
