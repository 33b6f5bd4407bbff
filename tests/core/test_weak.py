"""Methods that do not keep their object alive."""

import gc
import weakref

import pytest

from bot.core.weak import weakly


class Whole:
    """Something that hands a method of its own to its part."""

    def __init__(self) -> None:
        self.part = weakly(self.double)

    def double(self, number: int) -> int:
        """Return twice the number."""
        return 2 * number


def test_a_part_calls_its_whole_and_does_not_keep_it() -> None:
    gc.disable()
    try:
        whole = Whole()
        part, seen = whole.part, weakref.ref(whole)
        assert part(4) == 8
        del whole
        assert seen() is None
        with pytest.raises(ReferenceError):
            part(4)
    finally:
        gc.enable()
