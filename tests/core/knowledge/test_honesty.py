"""Lints on what is said: each with the sentence that it is for, and one beside it that is right."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.knowledge.honesty import claim_warnings, source_warnings
from bot.core.knowledge.reading import grade
from bot.core.model import Source
from tests.core.matching.samples import claim

GOOD = replace(claim("one", "depth", "q"), claim="A statement.", lead="Press.", answer="Do it.", sources=("kubo2019",))


def warned(**changed: Any) -> list[str]:
    return [message for _, _, message in claim_warnings(replace(GOOD, **changed))]


@pytest.mark.parametrize(
    "why",
    [
        "It grew 6.7%.", "It grew in 17 men.", "Ten trained women did it.", "The odds rose 13-fold.", "It was 311/284 then.",
        "In 999 people it was so [kubo2019]. In 12 adults it was not.",
    ],
)  # fmt: skip
def test_a_figure_without_a_source_is_told(why: str) -> None:
    (told,) = warned(why=why)
    assert "has no source; put its [source-id] into this sentence" in told


@pytest.mark.parametrize(
    "why",
    [
        "It grew 6.7% [kubo2019].", "Start at 8 to 12 reps.", "Arithmetic: about 71% of the weight.", "As a rule of thumb, 10%.",
        "One trial, seen in a summary and not cited, had 23 lifters.", "At 90 degrees it is so.",
    ],
)  # fmt: skip
def test_a_figure_with_its_source_or_owner_is_none(why: str) -> None:
    assert warned(why=why) == []


@pytest.mark.parametrize(
    "unknown",
    ["Nobody has tested it.", "No one knows.", "No study compared them.", "No published trial did.", "It has never been measured."],
)  # fmt: skip
def test_a_sentence_that_speaks_for_the_world_is_told_dated_or_not(unknown: str) -> None:
    assert len(warned(unknown=unknown)) == len(warned(unknown=unknown, checked="2026-11")) == 1


def test_we_found_none_needs_its_month() -> None:
    unknown = "We looked for a trial and found none."
    assert "add a line `checked: 2026-11`" in warned(unknown=unknown)[0]
    assert warned(unknown=unknown, checked="2026-11") == []
    assert warned(unknown="We know of no study (not looked for again).") == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"lead": ""}, "'one' has no lead"),
        ({"lead": "Maybe, it depends."}, "does not open with a doubt"),
        ({"lead": "Nobody has shown it."}, "does not open with a doubt"),
        (
            {"lead": "Individualised periodisation necessitates considerable physiological deliberation."},
            "reads at grade",
        ),
        ({"leads": ("how_long: No: it takes two weeks.",)}, "'how_long' is no question for yes or no"),
        ({"leads": ("bad: No: not really.",)}, "'bad' says too little after 'no'"),
        (
            {"leads": ("bad: Individualised periodisation necessitates considerable physiological deliberation.",)},
            "'bad' reads at grade",
        ),
        ({"claim": "Is it bad?"}, "a question cannot be judged"),
        ({"answer": "Beware: do not quote this."}, "is for writers"),
        ({"answer": "TODO: look this up."}, "'TODO' is for writers"),
        ({"why": "Note to writers: keep it short."}, "'Note to writers' is for writers"),
        ({"unknown": "Cite it with its caveat."}, "'Cite it' is for writers"),
        ({"do": ("Administer progressively individualised rehabilitation protocols.",)}, "reads at grade"),
    ],
)
def test_what_a_reader_should_not_meet_is_told(changed: dict[str, Any], told: str) -> None:
    assert told in warned(**changed)[0]


def test_sources_are_held_to_the_same() -> None:
    good = Source("s1", "A title", "Doe J", caveat="Ten men.")
    assert not list(source_warnings(good))
    assert "has no authors" in dict(source_warnings(replace(good, authors="")))["id"]
    for note in ("Do NOT quote it.", "DOI inferred from the URL.", "Figure from https://x.org/y", "End not visible."):
        assert "is for writers" in dict(source_warnings(replace(good, caveat=note)))["caveat"]


def test_the_grade_rises_with_long_sentences_and_long_words() -> None:
    assert grade("") == 0.0
    assert grade("Sit back. Push the plate.") < 1
    assert grade("Sit back; push the plate; stop early.") == pytest.approx(
        grade("Sit back. Push the plate. Stop early.")
    )
    # 13 words, 1 sentence, 17 syllables: 0.39 * 13 + 11.8 * 17 / 13 - 15.59
    assert grade("Push the plate away and then lower it again until your hips roll.") == pytest.approx(4.91, abs=0.01)
