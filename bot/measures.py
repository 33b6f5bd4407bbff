"""What a running bot counts of itself, for whoever wants to see it: it names nobody, and costs next to nothing unseen.

Everything that happens is told here by name; `watch` says who listens. Nobody does unless the host opened a port.
"""

import time
from types import TracebackType
from typing import Protocol


class Listener(Protocol):
    """Takes what is counted and measured. Called from any thread."""

    def count(self, name: str, *labels: str) -> None:
        """Count one more of `name` with its `labels`, in the order in which the listener knows them."""

    def took(self, stage: str, seconds: float) -> None:
        """Take down how long a stage of an answer took."""


_listener: Listener | None = None


def watch(listener: Listener | None) -> None:
    """Tell `listener` everything from now on; None: nobody."""
    global _listener  # noqa: PLW0603 -- one process, one bot
    _listener = listener


def count(name: str, *labels: str) -> None:
    """Count one more of `name`."""
    if _listener is not None:
        _listener.count(name, *labels)


def took(stage: str, seconds: float) -> None:
    """Take down how long a stage of an answer took, where `Stage` cannot measure it."""
    if _listener is not None:
        _listener.took(stage, seconds)


class Stage:
    """Measures a stage of an answer by the clock: `with Stage("gate"): ...`."""

    __slots__ = ("_name", "_started")

    def __init__(self, name: str) -> None:
        self._name = name
        self._started = 0.0

    def __enter__(self) -> None:
        if _listener is not None:
            self._started = time.perf_counter()

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if _listener is not None and self._started:
            _listener.took(self._name, time.perf_counter() - self._started)
