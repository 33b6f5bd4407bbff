"""Texts to numbers by hash: the same as a dictionary says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.safety import numbered
from bot.core.safety.numbered import Numbered
from bot.core.safety.state import State


@given(st.dictionaries(st.text(), st.integers(0, 2**31 - 1)), st.text())
def test_it_says_what_the_dictionary_says(numbers: dict[str, int], other: str) -> None:
    found = Numbered.of(numbers)
    assert len(found) == len(numbers)
    assert {text: found.get(text) for text in numbers} == numbers
    assert found.get(other) == numbers.get(other)


@given(st.dictionaries(st.text(max_size=9), st.integers(0, 2**31 - 1)), st.lists(st.text(max_size=9)))
def test_many_texts_at_once_get_what_each_gets(numbers: dict[str, int], others: list[str]) -> None:
    found, asked = Numbered.of(numbers), [*numbers, *others, *map(str, range(100))]
    assert found.several(asked) == [found.get(text) for text in asked]


def test_a_short_text_is_no_longer_one() -> None:
    found = Numbered.of({"": 1, "\0": 2, "numbnes": 3})
    assert [found.get(text) for text in ("", "\0", "\0\0", "numbnes", "numbness", "numbne")] == [
        1,
        2,
        None,
        3,
        None,
        None,
    ]


def test_it_survives_as_a_state() -> None:
    state = State()
    Numbered.of({"numb": 3, "my \ud800": 0}).dump(state, "words")
    again = State.load(state.dump("key"), "key")
    assert again is not None
    found = Numbered.restore(again, "words")
    assert (found.get("numb"), found.get("my \ud800"), found.get("deep")) == (3, 0, None)


def test_a_state_that_lacks_a_number_is_refused() -> None:
    state = State()
    Numbered.of({"a": 1, "b": 2}).dump(state, "words")
    state.numbers("words").pop()
    with pytest.raises(ValueError, match="2 hashes and 1 numbers"):
        Numbered.restore(state, "words")


def test_two_texts_that_cannot_be_told_apart_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbered, "_hashed", lambda _: bytes(8))
    with pytest.raises(ValueError, match="one hash"):
        Numbered.of({"a": 1, "b": 2})
