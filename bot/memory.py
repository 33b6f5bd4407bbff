"""Has the C library give memory back to the system that the program does not need any more."""

import ctypes
import gc
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""The names of glibc's `mallopt` (malloc.h)."""
_TOP = 128 * 1024


def give_back_at_once(own_mapping: int = _TOP, top: int = _TOP) -> None:
    """Let everything of `own_mapping` bytes or more go back as soon as it is not needed, and threads share one heap.

    Left to itself glibc raises the first bound to what it has seen, and gives each thread a heap, which keeps holes: some
    30 MB of an idle bot (`tests/benchmarks/start.py`). What is free at the heap's top may stay up to `top` bytes.
    To be called before there are threads. Does nothing on systems without glibc.
    """
    with suppress(OSError, AttributeError, TypeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, own_mapping)
        libc.mallopt(_TRIM_THRESHOLD, top)
        libc.mallopt(_ARENA_MAX, 1)


_ROOM = 1 << 20


def leave_room() -> None:
    """Let a megabyte stay that is free, instead of giving it back at once: each question needs some of it again.

    Each reading from a socket takes 256 KB for a moment; asking the system for them, and for clean pages, costs more than
    what is read. To be called when what was only needed at the start is gone. Does nothing on systems without glibc.
    """
    with suppress(OSError, AttributeError, TypeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, _ROOM)
        libc.mallopt(_TRIM_THRESHOLD, _ROOM)


_LARGE = 2 << 20
_COLLAPSE = 25
"""`MADV_COLLAPSE` (Linux 6.1)."""
_FULL = 0.9
"""Of a mapping that is worth it: what is not in memory yet would be taken with the rest."""
_MAPPING = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw-p 00000000 00:00 0 +(\[heap\])?\n")
_RESIDENT = re.compile(r"Rss: +(\d+) kB")


def in_large_pages() -> None:
    """Have Linux put what is in memory now into pages of 2 MB: a question reads from all over it, and finds it sooner.

    Takes some milliseconds of the system for each page: not for an event loop. Does nothing where the system cannot.
    """
    with suppress(OSError, AttributeError, TypeError, ValueError):
        madvise = ctypes.CDLL(None).madvise
        madvise.argtypes = ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int
        for start, end in full_mappings(Path("/proc/self/smaps").read_text(encoding="utf-8", errors="replace")):
            for place in range(-(-start // _LARGE) * _LARGE, end - _LARGE + 1, _LARGE):
                madvise(place, _LARGE, _COLLAPSE)


def full_mappings(told: str) -> Iterator[tuple[int, int]]:
    """Yield where the mappings of `told` (/proc/self/smaps) begin and end that are the program's own, and nearly all in memory."""
    for mapping in _MAPPING.finditer(told):
        start, end = int(mapping[1], 16), int(mapping[2], 16)
        resident = _RESIDENT.search(told, mapping.end())
        if resident is not None and int(resident[1]) * 1024 >= _FULL * (end - start):
            yield start, end


def keep() -> None:
    """Spare the garbage collector whatever is there now.

    It looks through everything again whenever as much as a quarter of that has been made, and holds all else up for a
    tenth of a second; the knowledge is no garbage.
    """
    gc.collect()
    gc.freeze()


def keep_too() -> None:
    """Spare it what has come since, without looking through all of that: while questions are answered."""
    gc.collect(1)
    gc.freeze()


_building = 0
_counting = threading.Lock()
_NO_FULL_LOOKS = 1 << 20


@contextmanager
def building() -> Iterator[None]:
    """Spare the garbage collector what is being made, from whatever thread, until the context ends: best after `keep_too`.

    Whoever makes much that stays brings it to look through everything again and again, each time more, and that holds up
    all threads. Young values it looks at as ever.
    """
    global _building  # noqa: PLW0603 -- the collector is one for all, too
    young, middle, _ = gc.get_threshold()
    with _counting:
        _building += 1
        if _building == 1:
            gc.set_threshold(young, middle, _NO_FULL_LOOKS)
    try:
        yield
    finally:
        with _counting:
            _building -= 1
            if not _building:
                gc.set_threshold(young, middle, _FULL_LOOKS)


_FULL_LOOKS = gc.get_threshold()[2]


def give_back() -> None:
    """Let what is free by now go back. Does nothing on systems without glibc."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
