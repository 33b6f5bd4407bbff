"""A process for work that others hand in: started when there is some, stopped when it takes too long, ended when idle.

A thread cannot be stopped, and what holds the interpreter there holds up every answer. A process can, and does not.
"""

import asyncio
import atexit
import contextlib
import logging
import multiprocessing
import os
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from multiprocessing import resource_tracker, util
from typing import Any, ClassVar, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from bot.errors import BotError
from bot.sentences import say

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

IDLE_SECONDS = 60.0
"""A process that had no work for that long is ended: at rest the bot is one process."""
LEAST_PRIORITY = 5
"""Added to the process's niceness: the answers have the processor first."""


class WorkerError(BotError):
    """The work was not done: it took too long, or its process ended or could not be started."""


class WorkerTimeoutError(WorkerError):
    """The work took longer than it may, and was stopped."""


class Worker:
    """One process at most, of its own, that does one piece of work after the other. Safe to use from several threads.

    What is called, its arguments and its result cross to another process, so that they must be picklable.
    """

    _lock: ClassVar[threading.RLock] = threading.RLock()
    _running: ClassVar[int] = 0

    def __init__(self, *, idle_seconds: float = IDLE_SECONDS) -> None:
        """Start nothing yet."""
        self._idle_seconds = idle_seconds
        self._pool: ProcessPool | None = None
        self._open = 0
        self._timer: threading.Timer | None = None

    def call(self, seconds: float, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `work` returns, waiting for it; raise what it raises, or WorkerError. Not for an event loop."""
        future = self._scheduled(seconds, work, args, kwargs)
        try:
            return future.result()
        except (TimeoutError, ProcessExpired, CancelledError, OSError) as error:
            raise _worded(error) from error

    async def run(self, seconds: float, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what `work` returns, or raise as `call` does. Cancelling it stops the process."""
        # The first call starts the pool's threads and pickles the arguments: both beside the event loop's answers.
        future = await asyncio.to_thread(self._scheduled, seconds, work, args, kwargs)
        try:
            return await asyncio.wrap_future(future)
        except (TimeoutError, ProcessExpired, OSError) as error:
            raise _worded(error) from error

    def close(self) -> None:
        """End the process, whatever it does; the next work starts another one."""
        with self._lock:
            pool, self._pool = self._pool, None
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            self._ended(pool)

    def _scheduled(
        self, seconds: float, work: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> "Future[T]":
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            if self._pool is None:
                # spawn: a fork of a process with threads and an event loop may hang.
                context = multiprocessing.get_context("spawn")
                self._pool = ProcessPool(max_workers=1, context=context, initializer=_be_patient)
                Worker._running += 1
                atexit.register(self.close)
            self._open += 1
            try:
                future: Future[T] = self._pool.schedule(work, args=args, kwargs=kwargs, timeout=seconds)
            except BaseException:
                self._open -= 1
                raise
        future.add_done_callback(self._done)
        return future

    def _done(self, _future: "Future[Any]") -> None:
        with self._lock:
            self._open -= 1
            if self._open == 0 and self._pool is not None and self._timer is None:
                self._timer = threading.Timer(self._idle_seconds, self._rest)
                self._timer.daemon = True
                self._timer.start()

    def _rest(self) -> None:
        """End a process that has nothing to do."""
        with self._lock:
            if self._open or self._pool is None:
                return
            pool, self._pool, self._timer = self._pool, None, None
        pool.close()  # type: ignore[no-untyped-call]
        self._ended(pool)

    def _ended(self, pool: ProcessPool) -> None:
        """Wait for the end of a process, and of the one that the standard library starts beside the first."""
        atexit.unregister(self.close)
        pool.join()
        with Worker._lock:
            Worker._running -= 1
            if Worker._running == 0:
                stop = getattr(resource_tracker._resource_tracker, "_stop", None)  # noqa: SLF001 -- no public way
                with contextlib.suppress(Exception):  # it is a convenience of a few megabytes
                    if stop is not None:
                        # First the locks of pools that an exception still holds: else they complain once it lets go.
                        util._run_finalizers(0)  # type: ignore[attr-defined]  # noqa: SLF001 -- no public way
                        stop()


def _be_patient() -> None:
    """Let the answers' process go first."""
    if hasattr(os, "nice"):
        os.nice(LEAST_PRIORITY)


def _worded(error: BaseException) -> WorkerError:
    if isinstance(error, TimeoutError):
        return WorkerTimeoutError(say("host.worker.too_long"))
    log.warning("A worker process failed: %s", type(error).__name__)
    return WorkerError(say("host.worker.ended"))


READER = Worker()
"""Reads what servers hand in."""
DRAWER = Worker()
"""Draws and decodes pictures. Both are one for the whole process: what a machine has room for asks not who wants it."""
