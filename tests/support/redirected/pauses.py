"""Takes down how long each piece of work holds the event loop of a process, for `tests/benchmarks/wire.py`."""

import asyncio
import atexit
import gc
import heapq
import json
import signal
import threading
import time
from pathlib import Path
from typing import Any

KEPT = 12


def watch(path: str) -> None:
    """Write the longest pieces of work to `path` at the end: seconds by the clock, of the processor,
    those of the garbage collector among them, and what it was."""
    longest: list[tuple[float, float, int, float, str]] = []
    run: Any = asyncio.Handle._run
    number = 0

    collecting = began = 0.0
    of_the_loop = threading.get_ident()

    def collects(phase: str, _told: Any) -> None:
        nonlocal collecting, began
        if threading.get_ident() != of_the_loop:
            return
        if phase == "start":
            began = time.thread_time()
        else:
            collecting += time.thread_time() - began

    gc.callbacks.append(collects)

    def timed(handle: Any) -> None:
        nonlocal number, collecting
        collecting = 0.0
        clock, processor = time.perf_counter(), time.thread_time()
        run(handle)
        clock, processor = time.perf_counter() - clock, time.thread_time() - processor
        if processor > 0.003 or clock > 0.01:
            number += 1
            owner = getattr(handle._callback, "__self__", handle._callback) if handle._callback else handle
            found = (processor, clock, number, collecting, repr(owner)[:300])
            (heapq.heappush if len(longest) < KEPT else heapq.heappushpop)(longest, found)

    asyncio.Handle._run = timed  # type: ignore[assignment,method-assign]
    signal.signal(signal.SIGUSR1, lambda *_: longest.clear())  # what comes before counts as starting
    atexit.register(
        lambda: Path(path).write_text(
            json.dumps(
                [
                    {"processor": p, "clock": c, "collector": g, "what": what}
                    for p, c, _, g, what in sorted(longest, reverse=True)
                ]
            )
        )
    )
