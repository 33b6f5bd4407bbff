"""What `legpress check` says of the gate's files."""

from dataclasses import replace
from zlib import crc32

import pytest

from bot.core.model import Tier
from bot.core.safety import SafetyRules
from bot.core.safety.lint import lint, long_lines
from bot.core.safety.values import Concept, Kind, Phrasing
from tests.safety.shipped import bank_rules, shipped_gate, shipped_rules


def with_concept(name: str, concept: Concept) -> SafetyRules:
    return replace(bank_rules(), concepts={**bank_rules().concepts, name: concept}, phrasings=(), harmless=())


def test_a_flag_that_does_not_say_where_it_was_read_is_named() -> None:
    read = {name: each for name, each in bank_rules().read_at.items() if name != "R25"}
    rules = replace(bank_rules(), read_at=read, phrasings=(), harmless=())
    assert any("R25 does not say where it was read" in sentence for sentence in lint(rules, shipped_gate()))


def test_the_shipped_files_have_nothing_to_mend_and_no_question_that_is_answered_stops() -> None:
    rules = shipped_rules()
    answered = rules.harmless[len(bank_rules().harmless) :]  # the knowledge's own questions
    assert len(answered) > 1_000
    # `make check`, which CI runs beside this, reads all 15,000 of what is harmless: ten seconds. Here it is one in thirty-two.
    share = tuple(text for text in rules.harmless if crc32(text.encode()) % 32 == 0)
    assert len(share) > 250
    assert len(set(share) & set(answered)) > 125
    assert lint(replace(rules, harmless=share), shipped_gate()) == []


@pytest.mark.parametrize(
    ("name", "concept", "says"),
    [
        ("IDLE", Concept(Kind.BODY, ("spleen",)), "no rule uses the class IDLE"),
        ("WIDE", Concept(Kind.BODY, ("(a|b|c|d|e|f|g) " * 3,)), "stands for 343 phrases"),
        ("COMMON", Concept(Kind.BODY, ("am",)), "'am' stands in nearly every message"),
        ("TWICE", Concept(Kind.BODY, ("perineum",)), "'perineum' stands in SADDLE and TWICE"),
    ],
)
def test_a_class_that_is_not_good_is_named(name: str, concept: Concept, says: str) -> None:
    assert any(says in sentence for sentence in lint(with_concept(name, concept), shipped_gate()))


def test_an_entry_that_is_shared_on_purpose_is_no_fault() -> None:
    rules = with_concept("TWICE", Concept(Kind.BODY, (), shared=("perineum",)))
    assert not any("'perineum'" in sentence for sentence in lint(rules, shipped_gate()))


def test_a_wording_that_does_not_stop_and_a_harmless_one_that_does_are_named() -> None:
    rules = replace(
        bank_rules(),
        phrasings=(Phrasing("R01", Tier.EMERGENCY, "how wide should my feet be on the plate"),),
        harmless=("my crotch is numb and i cant pee since my back went",),
    )
    found = "\n".join(lint(rules, shipped_gate()))
    assert "'how wide should my feet be on the plate' does not stop" in found
    assert "'my crotch is numb and i cant pee since my back went' stops" in found


def test_a_new_flag_without_enough_wordings_is_named() -> None:
    found = "\n".join(lint(replace(bank_rules(), phrasings=(), harmless=(), groups={}), shipped_gate()))
    assert "R35 has 0 wordings about oneself; write at least 25" in found
    assert "R48 has 0 harmless neighbours; write at least 15" in found


def test_a_line_that_nobody_can_read_at_a_glance_is_named() -> None:
    assert long_lines("a.yaml", b"short\n" + b"x" * 201) == ["a.yaml:2: the line has 201 characters; break it at 200"]
