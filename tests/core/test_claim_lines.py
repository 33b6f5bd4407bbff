"""Which lines of a claim speak of what a message names."""

from collections.abc import Sequence

from bot.core.claim_lines import literally, speaks_of, steps_left
from tests.support.hips import LAST


def test_steps_that_name_what_is_lacking_are_left_out_but_the_last_resort() -> None:
    assert steps_left(LAST, ("seat", "recline"), literally) == (
        "Put your feet lower.",
        "Still lifting? Another seat.",
    )
    assert steps_left(LAST, (), literally) == LAST.do[1:]


def test_other_words_for_the_same_thing_count() -> None:
    assert speaks_of(["Recline it."], ("tilt",), literally) == 0
    assert speaks_of(["Recline it."], ("tilt",), lambda line: frozenset({"lean"} & {"lean"} if line else ())) == 1


def test_two_words_that_name_one_thing_count() -> None:
    def means(line: Sequence[str]) -> frozenset[str]:
        return frozenset({"curl-up"} if {"sit", "ups"} <= set(line) or {"curl", "ups"} <= set(line) else ())

    assert speaks_of(["Curl-ups made it stronger."], ("sit", "ups"), means) == 2
    assert speaks_of(["Curl-ups made it stronger."], ("sit", "tall"), means) == 0
