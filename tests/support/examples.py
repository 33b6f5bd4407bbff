"""How much of a long loop runs: a share in `make test`, and all of it, or many times more, in `make soak`."""

from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")
USUAL = 100
"""Examples of a test that asks for no number, in `make test`."""


def examples(few: int) -> settings:
    """Return settings for `few` examples in `make test`, and for as many times more as `make soak` draws of any other."""
    return settings(max_examples=few * _drawn() // USUAL, deadline=None)


def soaks() -> bool:
    """Say whether this is `make soak`, which goes round every long loop."""
    return _drawn() > USUAL


def share(rows: Iterable[T], of: int, first: int = 0) -> list[T]:
    """Return each `of`-th of `rows`, and in `make soak` all; a test that asks for it is marked `loop`, so that it runs there."""
    return list(rows if soaks() else islice(rows, first, None, of))


def _drawn() -> int:
    return settings.default.max_examples if settings.default else USUAL
