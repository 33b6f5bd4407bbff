"""How much of a long loop runs: a share in `make test`, and all of it, or many times more, in `make soak`."""

from collections.abc import Callable, Iterable
from itertools import islice
from typing import TypeVar

import pytest
from hypothesis import settings

T = TypeVar("T")
Test = TypeVar("Test", bound=Callable[..., object])
USUAL = 100
"""What `examples` counts by, and the most that a test which asks for no number draws in `make test`."""


def examples(few: int) -> settings:
    """Return settings for as many examples as `few` is of a hundred, where any other test draws a hundred or more or less."""
    return settings(max_examples=few * _drawn() // USUAL, deadline=None)


def soaks() -> bool:
    """Say whether this is `make soak`, which goes round every long loop."""
    return _drawn() > USUAL


def share(rows: Iterable[T], of: int, first: int = 0) -> list[T]:
    """Return each `of`-th of `rows`, and in `make soak` all; a test that asks for it is marked `loop`, so that it runs there."""
    return list(rows if soaks() else islice(rows, first, None, of))


def some(names: str, rows: Iterable[object], of: int, first: int = 0) -> Callable[[Test], Test]:
    """Return what parametrises a test with a share of `rows`, and with all in `make soak`."""

    def parametrised(test: Test) -> Test:
        marked: Test = pytest.mark.loop(pytest.mark.parametrize(names, share(rows, of, first))(test))
        return marked

    return parametrised


def _drawn() -> int:
    return settings.default.max_examples if settings.default else USUAL
