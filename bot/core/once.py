"""What was read of one message, remembered while it is answered: several parts of the answer ask for the same of its text."""

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

T = TypeVar("T")


class _Memory(threading.local):
    read: dict[tuple[Callable[[str], Any], str], Any] | None = None


_memory = _Memory()
_NOT_YET: Any = object()


@contextlib.contextmanager
def one_message() -> Iterator[None]:
    """Remember, within the context and in this thread alone, what `once` is asked for; then nothing of it stays."""
    before = _memory.read
    _memory.read = {}
    try:
        yield
    finally:
        _memory.read = before


def once(read: Callable[[str], T], text: str) -> T:
    """Return what `read` makes of `text`: the same value again within one message, so that nobody may change it."""
    memory = _memory.read
    if memory is None:
        return read(text)
    key = (read, text)
    found: T = memory.get(key, _NOT_YET)
    if found is _NOT_YET:
        found = memory[key] = read(text)
    return found
