"""How long there still is to answer what is in hand: one deadline from the arrival of an event to its answer."""

import time
from contextvars import ContextVar

ANSWER_SECONDS = 2.5
"""From the arrival to the answer, whatever the database does: Discord takes the first response for three seconds."""
SENDING_SECONDS = 0.3
"""Kept for building the message and sending it."""
FORGOTTEN_SECONDS = 60.0

_until: ContextVar[float] = ContextVar("answer_until", default=float("inf"))


def begin(age: float = 0.0) -> None:
    """Start the deadline of what has just arrived, `age` seconds after Discord made it; its tasks inherit it."""
    _until.set(time.monotonic() + ANSWER_SECONDS - min(max(age, 0.0), ANSWER_SECONDS))


def never() -> None:
    """Take off the deadline: nobody waits."""
    _until.set(float("inf"))


def left(most: float = float("inf")) -> float:
    """Return the seconds that are left before the answer has to be sent, at most `most`, never below 0."""
    return max(0.0, min(most, _remaining() - SENDING_SECONDS))


def sendable() -> float:
    """Return the seconds in which Discord still takes the answer, never below 0; `inf` outside an interaction."""
    return max(0.0, _remaining() + SENDING_SECONDS)


def passed() -> float | None:
    """Return the seconds since the arrival of what is in hand; None where nothing is that has a deadline."""
    remaining = _remaining()
    return None if remaining == float("inf") else ANSWER_SECONDS - remaining


def _remaining() -> float:
    remaining = _until.get() - time.monotonic()
    # What began so long ago has been answered: this is something else that was started by it.
    return remaining if remaining > -FORGOTTEN_SECONDS else float("inf")
