"""The fitted state as bytes."""

from array import array

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.safety.state import State, narrow

KEY = "made from these rules"


def some() -> State:
    return State(
        {"words": "numb\ncan’t\n\ud800", "none": ""},
        {"rows": array("i", [3, -1, 2**31 - 1])},
        {"weights": array("d", [0.1, -2.5e300]), "empty": array("d")},
        {"shares": array("f", [0.5, -2.0])},
        {"hashes": array("Q", [2**64 - 1])},
        {"places": array("H", [0, 2**16 - 1])},
    )


def test_texts_and_numbers_come_back_as_they_were() -> None:
    assert State.load(some().dump(KEY), KEY) == some()


def test_lines_of_an_empty_text_are_none() -> None:
    assert some().lines("none") == []
    assert some().lines("words") == ["numb", "can’t", "\ud800"]


@pytest.mark.parametrize(
    ("numbers", "kind"),
    [([], "H"), ([0, 2**16 - 1], "H"), ([3, 2**16], "i"), ([-1, 5], "i"), ([2**31 - 1], "i")],
)
def test_whole_numbers_take_no_more_room_than_they_need(numbers: list[int], kind: str) -> None:
    kept = narrow(np.array(numbers, dtype=np.int64))
    state = State()
    state.put("rows", kept)
    again = State.load(state.dump(KEY), KEY)
    assert again is not None
    assert again.numbers("rows") == kept == array(kind, numbers)
    assert again.numbers("rows").typecode == kind


def test_numbers_that_are_not_there_are_told() -> None:
    with pytest.raises(KeyError, match="rows"):
        some().numbers("nowhere-rows")


def test_a_state_of_other_rules_is_refused() -> None:
    assert State.load(some().dump(KEY), "made from other rules") is None


@given(place=st.integers(0, len(some().dump(KEY)) - 1), bit=st.integers(0, 7))
def test_a_single_wrong_bit_is_noticed(place: int, bit: int) -> None:
    data = bytearray(some().dump(KEY))
    data[place] ^= 1 << bit
    assert State.load(bytes(data), KEY) is None


@given(length=st.integers(0, len(some().dump(KEY)) - 1))
def test_a_state_that_was_cut_off_is_noticed(length: int) -> None:
    assert State.load(some().dump(KEY)[:length], KEY) is None


@given(data=st.binary(max_size=200))
def test_anything_else_is_no_state(data: bytes) -> None:
    assert State.load(data, KEY) is None
