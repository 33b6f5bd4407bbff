"""What the gate is scored on stays out of what it works from."""

from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from bot.bootstrap import load_knowledge, shipped_knowledge, shipped_state
from bot.store.cache import FileCache
from tests.safety.shipped import HERE, QUESTIONS, bank_rules, lines

NEAR = 92
"""From this token_sort_ratio on a sentence counts as a copy."""


def copies(texts: list[str], held_out: list[str]) -> list[tuple[str, str]]:
    """Return which of `texts` are near one of `held_out`: token_sort_ratio, with the tokens of each sorted once."""
    likeness = process.cdist(_sorted(texts), _sorted(held_out), scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.uint8)
    return [(texts[row], held_out[column]) for row, column in zip(*np.nonzero(likeness), strict=True)]


def _sorted(texts: list[str]) -> list[str]:
    return [" ".join(sorted(text.lower().split())) for text in texts]


def said(row: dict[str, Any]) -> list[str]:
    """Return the sentence of a row, or what a dialogue is scored on: all but the stop that opens it."""
    return [row["text"]] if "text" in row else [each["text"] for each in row["next"]]


def test_the_bank_holds_no_copy_of_a_sentence_it_is_scored_on() -> None:
    rules = bank_rules()
    bank = [*(phrasing.text for phrasing in rules.phrasings), *rules.harmless]
    held_out = [text for path in sorted(HERE.glob("*.jsonl")) for row in lines(path) for text in said(row)]
    held_out += [row["text"] for row in lines(QUESTIONS / "dev.jsonl")]
    assert len(held_out) > 500
    assert copies(bank, held_out) == []


def test_the_knowledge_holds_no_copy_of_a_sentence_that_the_gate_is_scored_on() -> None:
    knowledge = load_knowledge(shipped_knowledge(), FileCache(None, shipped_state()))
    questions = [question for claim in knowledge.claims.values() for question in claim.questions]
    questions += [question for group in knowledge.out_of_scope for question in group.questions]
    alarms = [row["text"] for row in lines(HERE / "vignettes.jsonl")]
    alarms += [row["text"] for row in lines(QUESTIONS / "dev.jsonl") if row["label"] == "red-flag"]
    assert copies(questions, alarms) == []


def test_no_wording_is_both_alarm_and_harmless() -> None:
    rules = bank_rules()
    alarms = {phrasing.text.lower() for phrasing in rules.phrasings}
    assert alarms.isdisjoint(text.lower() for text in rules.harmless)


def test_every_flag_has_wordings_and_the_bank_is_large() -> None:
    rules = bank_rules()
    counts = {rule.id: sum(phrasing.rule == rule.id for phrasing in rules.phrasings) for rule in rules.rules}
    assert min(counts.values()) >= 7, counts
    assert sum(counts.values()) >= 1_000
    assert len(rules.harmless) >= 1_000


def test_every_flag_of_the_specification_has_a_rule() -> None:
    ids = {rule.id.rstrip("abc") for rule in bank_rules().rules}
    assert {f"R{number:02}" for number in range(1, 34)} <= ids
