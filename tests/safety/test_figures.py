"""The figures that the gate must keep on every labelled set that lies in this checkout."""

import json

import pytest

from bot.bootstrap import load_knowledge, shipped_knowledge, shipped_state
from bot.core.model import Tier
from bot.evaluation.safety import SafetyScore, Sentence, score
from bot.service.answerer import WARNING_SIGNS
from bot.store.cache import FileCache
from tests.conftest import shared_files
from tests.safety.shipped import HERE, QUESTIONS, lines, red_flags, sentences, shipped_gate
from tests.support.examples import share


def scored(chosen: list[Sentence]) -> SafetyScore:
    assert chosen
    return score(chosen, shipped_gate())


def test_every_vignette_stops_at_its_tier_or_higher_and_no_negative_does() -> None:
    result = scored(sentences("vignettes.jsonl"))
    assert result.stopped.share == 1, result.unstopped + result.missed
    assert result.too_low == ()
    assert result.alarmed == ()


def test_the_development_questions_red_flags_are_stopped_or_lined() -> None:
    result = scored(red_flags())
    assert result.stopped.share >= 0.85
    assert result.covered.share >= 0.95


def test_lookalikes_among_the_development_questions_are_not_stopped() -> None:
    rows = [row for row in lines(QUESTIONS / "dev.jsonl") if row.get("lookalike")]
    assert len(rows) >= 20
    assert not [row["text"] for row in rows if shipped_gate().check(row["text"]).stop]


def test_the_development_questions_that_are_none_are_hardly_ever_stopped() -> None:
    rows = [row for row in lines(QUESTIONS / "dev.jsonl") if row["label"] != "red-flag"]
    stopped = [row["text"] for row in rows if shipped_gate().check(row["text"]).stop]
    assert len(stopped) <= 0.015 * len(rows), stopped  # one is a pregnancy that R31 means to stop


# Regression only: both sets have been looked at since their first score (docs/safety.md gives the first scores).
@pytest.mark.parametrize("name", ["frozen_2026_11_22.jsonl", "own_2026_11_22.jsonl"])
def test_plainly_worded_emergencies_are_stopped(name: str) -> None:
    field = "wording" if name.startswith("frozen") else "style"
    plain = [one for one in sentences(name, **{field: "plain"}) if one.tier in {Tier.EMERGENCY, None}]
    result = scored(plain)
    assert result.stopped.share >= 0.95
    assert result.covered.share == 1
    assert result.false_alarms.share <= 0.03


def test_inventive_sentences_are_stopped_or_lined_and_their_lookalikes_are_not() -> None:
    result = scored(
        sentences("frozen_2026_11_22.jsonl", wording="inventive")
        + sentences("own_2026_11_22.jsonl", style="inventive")
        + sentences("own_2026_11_22_second.jsonl", style="inventive")
    )
    assert result.stopped.share >= 0.75
    assert result.covered.share >= 0.93
    assert result.false_alarms.share <= 0.04


def test_most_ways_to_ask_about_warning_signs_are_known_and_none_is_stopped() -> None:
    knowledge = load_knowledge(shipped_knowledge(), FileCache(None, shipped_state()))
    asked = knowledge.claims[WARNING_SIGNS].questions
    screenings = [shipped_gate().check(text) for text in asked]
    assert not any(one.stop for one in screenings)
    assert sum(one.about_signs for one in screenings) >= 0.7 * len(asked)


def test_no_label_stands_without_a_tier() -> None:
    for path in sorted(set(HERE.glob("*.jsonl")) - set(HERE.glob("dialogues_*.jsonl"))):
        for row in lines(path):
            Sentence.of(row["text"], row["tier"], row["positive"])


@pytest.mark.shared
@pytest.mark.loop
def test_ordinary_messages_pass() -> None:
    folder = shared_files()
    assert folder
    parts = json.loads((folder / "benchmarks" / "clinc150_dev.json").read_text(encoding="utf-8"))
    texts = [text for rows in parts.values() for text, _ in rows]
    texts += [
        row["text"]
        for row in lines(QUESTIONS / "dev.jsonl")
        if row["label"] == "out-of-scope" and not row.get("lookalike")
    ]
    texts = share(texts[::3], 3)  # docs/safety-figures.md has the figures of them all
    screenings = [shipped_gate().check(text) for text in texts]
    assert sum(one.stop is not None for one in screenings) <= 0.003 * len(texts)
    assert sum(one.line for one in screenings) <= 0.03 * len(texts)
