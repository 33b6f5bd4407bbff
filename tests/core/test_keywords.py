"""A word or two look a heading up: one claim is the answer, several are what may be meant."""

from collections.abc import Sequence

import pytest

from bot.core.keywords import CERTAIN, Headings, heading_first, looked_up
from bot.core.model import Answer, Claim, Confidence, Knowledge, Match, Outcome, Ranking, Topic, Verdict
from bot.core.text import stem


def _claim(name: str, title: str) -> Claim:
    return Claim(name, "gear", title, "C.", Verdict.MIXED, Confidence.LOW, "A.", ("q",))


KNOWLEDGE = Knowledge(
    {
        each.id: each
        for each in (
            _claim("belt", "Do you need a belt"),
            _claim("belt-squat", "The belt squat"),
            _claim("shoes", "What goes on your feet"),
            _claim("wedge", "A wedge under the heels of your shoes"),
            _claim("rests", "How long to rest"),
        )
    },
    {"gear": Topic("gear", "Gear", "D.", "belt")},
)


def _concepts(line: Sequence[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in line)


HEADINGS = Headings(KNOWLEDGE, _concepts)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("belt", ["belt", "belt-squat"]),
        ("Belt?", ["belt", "belt-squat"]),
        ("belts", ["belt", "belt-squat"]),
        ("belt squat", ["belt-squat"]),
        ("shoes", ["shoes", "wedge"]),  # by its name, though its title says feet
        ("rest", ["rests"]),
        ("belt rest", []),  # no heading has both
        ("creatine", []),
        ("belt squat rest shoes", []),  # more words than a keyword has
        ("does it help belt", []),
        ("the", []),
        ("", []),
    ],
)
def test_a_claim_is_found_by_the_words_of_its_heading_the_fullest_first(text: str, claims: list[str]) -> None:
    assert HEADINGS.claims(text) == claims


@pytest.mark.parametrize(("text", "leading"), [("gear", "belt"), ("GEAR!", "belt"), ("gear bag", ""), ("", "")])
def test_a_topic_is_found_by_its_whole_title(text: str, leading: str) -> None:
    assert HEADINGS.topic(text) == leading


def _ranked(outcome: Outcome, *claims: str, fits: float = 0.1) -> Answer:
    shown = claims[0] if outcome is Outcome.ANSWER else None
    return Answer("", outcome, "", claim=shown, candidates=tuple(Match(c, "gear", 0.1) for c in claims), fits=fits)


@pytest.mark.parametrize(
    ("answer", "text", "shown"),
    [
        (_ranked(Outcome.DECLINE, "belt"), "belt squat", ["belt-squat"]),
        (_ranked(Outcome.DECLINE, "belt-squat", "belt"), "belt", ["belt-squat", "belt"]),  # as the matcher ranks them
        (_ranked(Outcome.DECLINE, "rests"), "gear", ["belt"]),
        (_ranked(Outcome.DECLINE, "rests"), "creatine", []),
        (_ranked(Outcome.SUGGEST, "rests", "belt"), "rest", ["rests"]),
        (
            _ranked(Outcome.SUGGEST, "belt", "shoes"),
            "rest",
            ["rests", "belt", "shoes"],
        ),  # the matcher thinks of others first
        (_ranked(Outcome.ANSWER, "rests", fits=0.8), "belt", ["belt", "belt-squat", "rests"]),
        (_ranked(Outcome.ANSWER, "rests", fits=0.8), "belt squat", []),  # two words are enough for the matcher
        (_ranked(Outcome.ANSWER, "rests", fits=0.95), "belt", []),
        (_ranked(Outcome.ANSWER, "belt", fits=0.8), "belt", []),
        (_ranked(Outcome.STOP), "belt", []),
    ],
)
def test_what_is_looked_up_stands_where_the_answer_is_not_certain(answer: Answer, text: str, shown: list[str]) -> None:
    assert looked_up(answer, text, HEADINGS) == shown


@pytest.mark.parametrize(
    ("text", "confidence"), [("belt", CERTAIN), ("rest", 0.4), ("is a belt needed", 0.4), ("", 0.4)]
)
def test_an_entry_of_a_list_is_certain_where_the_first_claim_has_it_in_its_heading(
    text: str, confidence: float
) -> None:
    ranking = heading_first(
        Ranking((Match("belt", "gear", 0.4), Match("shoes", "gear", 0.3)), near=True), text, HEADINGS
    )
    assert (ranking.matches[0], ranking.sure) == (Match("belt", "gear", confidence), confidence == CERTAIN)
    assert heading_first(Ranking(), text, HEADINGS) == Ranking()
