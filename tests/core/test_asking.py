"""Which kind of question is asked, and which first line a claim has for it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap import default_cache, load_language
from bot.core.asking import KINDS, NO_QUESTIONS, Kind, Questions, Sought, compiled, longest_first, opening_of
from bot.core.knowledge.schema import AskedWord
from bot.core.model import Claim, Confidence, Verdict
from bot.core.text import stem


@pytest.fixture(scope="module")
def questions() -> Questions:
    return Questions(load_language(default_cache()).asking)


def stems(line: Sequence[str]) -> frozenset[str]:
    return frozenset(map(stem, line))


LOCKOUT = Claim(
    "lock", "lockout", "Locking out your knees", "Straightening the knees to lockout is wrong.",
    Verdict.MIXED, Confidence.MODERATE, "Answer.", ("q",),
    leads=(
        "bad: No: straightening healthy knees slowly has not been shown to harm them.",
        "can: Yes: you can lock out your knees slowly and softly.",
        "how_much: Two degrees.",
        "choice: Soft, for both.",
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("is it bad to sit close", "bad"),
        ("will a towel ruin my spine?", "bad"),
        ("Am I allowed to skip a set?", "can"),
        ("is it ok if my toes hang off", "can"),
        ("should I hold the handles", "should"),
        ("shouldn't I hold the handles", "should"),
        ("should I avoid the handles", "avoid"),
        ("do I have to tense my belly", "need"),
        ("does the seat matter", "does"),
        ("belt or no belt?", "choice"),
        ("is it better to pull or push", "choice"),
        ("which seat is best", "choice"),
        ("how heavy should the first set be", "how_much"),
        ("what weight for a beginner", "how_much"),
        ("how many sets", "how_many"),
        ("how long until it eases", "how_long"),
        ("how many times a week", "how_often"),
        ("how low do the hips go", "how_deep"),
        ("why is my seat wet", "why"),
        ("a pad behind me, worth it?", "should"),
        ("tight hips, do I stretch", "should"),
        ("would a towel help", "does"),
        ("can the seat cause a rash", "bad"),
        ("worth it for the first weeks?", "should"),
        ("foot placement for short legs", "where"),
        ("best hand position", "where"),
        ("normal that the seat creaks?", "does"),
        ("what makes my seat wet", "why"),
        ("do i need shoes for it", "need"),
        ("what is making it squeak", "why"),
        ("how do I unlock it", "how"),
        ("when can I go again", "when"),
        ("where do my hands go", "where"),
        ("what is a stack", "means"),
        ("what if it sticks", "what"),
        ("My coach is away. He said nothing. Should I wait?", "should"),
        ("my knees click, is that bad", "bad"),
        ("is it bad or not", "bad"),
        ("one or two sets, is that ok", "can"),
        ("knees to chest bad?", "bad"),
        ("high feet dangerous for my knees?", "bad"),
        ("head off the pad ok?", "can"),
        ("belt necessary?", "need"),
        ("drop sets useful?", "should"),
        ("wide stance better?", "does"),
    ],
)
def test_the_kind_is_read_from_the_words(questions: Questions, text: str, kind: str) -> None:
    asked = questions.asked(text)
    assert asked is not None
    assert asked.kind.value == kind


@pytest.mark.parametrize(
    "text", ["", "knee sleeves", "my hips lift at the bottom.", "???", "the seat is wet", "knees bad"]
)
def test_what_asks_in_no_known_words_has_no_kind(questions: Questions, text: str) -> None:
    assert questions.asked(text) is None


@pytest.mark.parametrize(
    ("text", "fuller"),
    [
        ("Bouncing bad?", ("is bouncing bad?", "bouncing")),
        ("belt, necessary?", ("is belt, necessary?", "belt")),
        ("safe?", ("is safe?",)),
        ("is bouncing bad?", ()),
        ("bouncing bad", ()),
        ("I bounce. Bad?", ()),
        ("my knees touch my chest at the very bottom of each rep bad?", ()),
    ],
)
def test_a_question_without_its_verb_is_said_in_other_ways(
    questions: Questions, text: str, fuller: tuple[str, ...]
) -> None:
    assert questions.in_full(text) == fuller


def said(questions: Questions, text: str, claim: Claim = LOCKOUT) -> str:
    asked = questions.asked(text)
    assert asked is not None, text
    return questions.lead(claim, asked, stems)


def test_a_claim_says_what_it_has_for_the_kind(questions: Questions) -> None:
    assert said(questions, "is it bad to straighten my knees") == LOCKOUT.leads[0].partition(": ")[2]
    assert said(questions, "can I lock out") == LOCKOUT.leads[1].partition(": ")[2]
    assert said(questions, "how much bend is left") == "" or said(questions, "how much") == "Two degrees."
    assert said(questions, "soft or hard") == "Soft, for both."
    assert said(questions, "why lock out") == ""


@pytest.mark.parametrize(
    "text",
    [
        "is it bad to not straighten my knees",
        "is it bad if I never lock out",
        "is it bad to straighten my knees after an operation",
        "is it bad to keep a bend",
        "can I lock out while pregnant",
        "can I go without locking out",
        "can I say something",
        "can I tell my friend",
    ],
)
def test_no_yes_or_no_to_what_the_line_does_not_speak_of(questions: Questions, text: str) -> None:
    assert said(questions, text) == ""


def test_no_yes_or_no_against_the_verdict(questions: Questions) -> None:
    against = replace(LOCKOUT, verdict=Verdict.SUPPORTED, confidence=Confidence.HIGH)
    assert said(questions, "is it bad to lock out my knees", against).startswith("Straightening healthy knees")
    assert said(questions, "can I lock out my knees", against).startswith("Yes: ")
    denied = replace(LOCKOUT, verdict=Verdict.UNSUPPORTED, confidence=Confidence.LOW)
    assert said(questions, "can I lock out my knees", denied).startswith("You can lock out")
    assert said(questions, "is it bad to lock out my knees", denied).startswith("No: ")


def test_an_opening_is_yes_or_no_with_its_mark() -> None:
    assert opening_of("No: a belt is fine.") == ("no", "A belt is fine.")
    assert opening_of("Yes, it counts.") == ("yes", "It counts.")
    assert opening_of("No belt is needed.") == ("", "No belt is needed.")


def test_the_schema_knows_the_kinds() -> None:
    assert get_args(AskedWord) == KINDS == tuple(kind.value for kind in Kind)


def test_a_phrase_of_no_word_is_refused() -> None:
    with pytest.raises(ValueError, match="may stand for nothing"):
        compiled(["is?", "so? .."])


@given(st.text(max_size=300))
def test_any_text_can_be_read(questions: Questions, text: str) -> None:
    asked = questions.asked(text)
    assert asked is None or questions.lead(LOCKOUT, asked, stems) in {
        "",
        *(
            found
            for each in LOCKOUT.leads
            for line in [each.partition(": ")[2]]
            for found in (line, opening_of(line)[1])
        ),
    }


def test_without_data_nothing_has_a_kind() -> None:
    assert NO_QUESTIONS.asked("is it bad") is None


@given(
    st.lists(
        st.sampled_from(
            ["is", "are", "it", "not", "bad", "a", "how", "deep", "should", "i", "or", "what", "the", "", ""]
        ),
        max_size=7,
    )
)
def test_phrases_that_are_sought_one_by_one_find_what_all_of_them_together_do(words: list[str]) -> None:
    line = "".join(f"{word or '|'} " for word in words)
    there = frozenset(line.split())
    for phrases in (
        ("is|are it not? bad", "^ how deep", "is bad"),
        (".. bad or", "the? .. what $", "what"),
        ("not? should|or i",),
    ):
        sought = [Sought(said, Kind.BAD, 0, order) for order, said in enumerate(longest_first(phrases))]
        found = [
            (match.start(), each.order, match[0])
            for each in sought
            if each.may_stand_in(there) and (match := each.pattern.search(line))
        ]
        whole = compiled(phrases).search(line)
        assert (min(found)[2] if found else None) == (whole[0] if whole else None)
