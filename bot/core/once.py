"""What was read of one message, remembered while it is answered: several parts of the answer ask for the same of its text."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")

_memory = threading.local()


@contextlib.contextmanager
def one_message() -> Iterator[None]:
    """Remember, within the context and in this thread alone, what `once` is asked for; then nothing of it stays."""
    before = getattr(_memory, "read", None)
    _memory.read = {}
    try:
        yield
    finally:
        _memory.read = before


def once(read: Callable[[str], T], text: str) -> T:
    """Return what `read` makes of `text`: the same value again within one message, so that nobody may change it."""
    memory: dict[tuple[Callable[[str], Any], str], T] | None = getattr(_memory, "read", None)
    if memory is None:
        return read(text)
    key = (read, text)
    if key not in memory:
        memory[key] = read(text)
    return memory[key]
