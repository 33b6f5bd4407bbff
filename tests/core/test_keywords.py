"""A word or two look a heading up: one claim is the answer, several are what may be meant."""

from collections.abc import Sequence

import pytest

from bot.core.keywords import CERTAIN, Headings, entry, looked_up
from bot.core.model import Claim, Confidence, Knowledge, Match, Ranking, Topic, Verdict
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


@pytest.mark.parametrize(
    ("ranked", "answered", "fits", "text", "shown"),
    [
        (["belt"], None, 0.1, "belt squat", ["belt-squat"]),
        (["belt-squat", "belt"], None, 0.1, "belt", ["belt-squat", "belt"]),  # as the matcher ranks them
        (["rests"], None, 0.1, "gear", ["belt"]),
        (["rests"], None, 0.1, "creatine", []),
        (["rests", "belt"], None, 0.1, "rest", ["rests"]),
        (["belt", "shoes"], None, 0.1, "rest", ["rests"]),
        (["rests"], "rests", 0.8, "belt", ["belt", "belt-squat", "rests"]),
        (["rests"], "rests", 0.8, "belt squat", []),  # two words are enough for the matcher
        (["rests"], "rests", 0.95, "belt", []),
        (["belt"], "belt", 0.8, "belt", []),
        (["rests"], "rests", 0.8, "gear", []),
    ],
)
def test_what_is_looked_up_stands_where_the_answer_is_not_certain(
    ranked: list[str], answered: str | None, fits: float, text: str, shown: list[str]
) -> None:
    assert looked_up(text, ranked, HEADINGS, answered=answered, fits=fits) == shown


@pytest.mark.parametrize(
    ("text", "confidence"), [("belt", CERTAIN), ("gear", CERTAIN), ("rest", 0.4), ("is a belt needed", 0.4), ("", 0.4)]
)
def test_an_entry_of_a_list_is_certain_where_its_first_claim_is_what_is_looked_up(text: str, confidence: float) -> None:
    ranking = entry(Ranking((Match("belt", "gear", 0.4), Match("shoes", "gear", 0.3)), near=True), text, HEADINGS)
    assert (ranking.matches[0], ranking.sure) == (Match("belt", "gear", confidence), confidence == CERTAIN)
    assert entry(Ranking(), text, HEADINGS) == Ranking()
