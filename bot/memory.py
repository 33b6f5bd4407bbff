"""Has the C library give memory back to the system that the program does not need any more."""

import ctypes
import gc
from contextlib import suppress

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""The names of glibc's `mallopt` (malloc.h)."""
_TOP = 128 * 1024


def give_back_at_once(own_mapping: int = _TOP) -> None:
    """Let everything of `own_mapping` bytes or more go back as soon as it is not needed, and threads share one heap.

    Left to itself glibc raises the first bound to what it has seen, and gives each thread a heap, which keeps holes: some
    30 MB of an idle bot (`tests/benchmarks/start.py`). To be called before there are threads. Does nothing on systems
    without glibc.
    """
    with suppress(OSError, AttributeError, TypeError):
        libc = ctypes.CDLL(None)
        libc.mallopt(_MMAP_THRESHOLD, own_mapping)
        libc.mallopt(_TRIM_THRESHOLD, _TOP)
        libc.mallopt(_ARENA_MAX, 1)


def keep() -> None:
    """Spare the garbage collector whatever is there now.

    It looks through everything again whenever as much as a quarter of that has been made, and holds all else up for a
    tenth of a second; the knowledge is no garbage.
    """
    gc.collect()
    gc.freeze()


def give_back() -> None:
    """Let what is free by now go back. Does nothing on systems without glibc."""
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
