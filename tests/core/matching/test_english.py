"""Everyday English is told word by word as the whole list would tell it."""

import pytest

from bot.core.matching.english import is_ordinary, ordinary


def test_each_word_of_the_list_is_ordinary_and_none_beside_it() -> None:
    listed = ordinary()
    changed = {
        other
        for word in sorted(listed)[::9]
        for ending in ("", "s", "es", "ed", "ing", "er", "ers", "est", "ly", "ies", "ied", "ily", "ier", "e", "y")
        for other in (word[:-1] + ending, word + ending, word + word[-1] + ending)
    }
    assert {word for word in listed if not is_ordinary(word)} == set()
    assert {word for word in changed if is_ordinary(word)} == changed & listed


@pytest.mark.parametrize("word", ["", "s", "es", "ing", "xyz", "zzing"])
def test_an_ending_alone_is_no_word(word: str) -> None:
    assert is_ordinary(word) == (word in ordinary())
    assert not is_ordinary(word)
