"""One id through a question's way, so that its lines in the log are found again; it is made up, and says nothing of anybody."""

import random
from contextvars import ContextVar

_id: ContextVar[str] = ContextVar("way", default="")


def begin() -> None:
    """Give what has just arrived an id of its own; its tasks inherit it."""
    _id.set(f"{random.getrandbits(32):08x}")


def end() -> None:
    """Take the id off: this is nobody's question."""
    _id.set("")


def current() -> str:
    """Return the id of the question in hand, "" where there is none."""
    return _id.get()
