"""From lists of words and small patterns to regular expressions."""

import re

import pytest

from bot.core.small_patterns import any_pattern, either, fault_of, grouped


def test_words_stand_for_themselves_in_their_order() -> None:
    assert re.fullmatch(either(("a.b", "if so")), "a.b")
    assert not re.fullmatch(either(("a.b", "if so")), "axb")
    assert either(("if so", "what's")) == "if so|what's"


def test_a_bracket_groups_and_keeps_nothing() -> None:
    assert grouped(r"stra(ss|ß)e \(x [(] (?=a)") == r"stra(?:ss|ß)e \(x [(] (?=a)"
    found = re.fullmatch(any_pattern(("neighbou?r", "(step )?dad")), "step dad")
    assert found is not None
    assert found.groups() == ()


@pytest.mark.parametrize("wrong", ["a(b", "a[b", "*"])
def test_what_is_no_pattern_is_told(wrong: str) -> None:
    assert "position" in fault_of(wrong)
    assert not fault_of("a(b|c)?")
