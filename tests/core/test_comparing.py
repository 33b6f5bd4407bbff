"""Which other exercise a text compares with the leg press, what it asks of both, and which claim answers that."""

from dataclasses import replace

import pytest

from bot.core.comparing import ASKED, Comparing
from bot.core.model import Claim, Exercise, Exercises, Match, Ranking
from bot.core.sayings import words_around
from bot.core.word_lists import ConditionWords
from tests.support.hips import LAST

EXERCISES = Exercises(
    (
        Exercise("squats", ("squat/squats",), "either", {"order": "order"}),
        Exercise("hack squats", ("hack squat/squats",), "hack"),
        Exercise("front squats", ("front squat/squats",), "either", {"order": "order"}),
        Exercise("hip thrusts", ("hip thrust/thrusts",), near=("glutes",)),
    ),
    {"order": ("before/after",), "instead": ("instead",), "choice": ("or", "versus")},
    ("leg press",),
    ("sore/hurts",),
    ("squat shoes",),
)
COMPARING = Comparing(EXERCISES, words_around(ConditionWords()), ("the", "for"))


def claims(*ids: str) -> dict[str, Claim]:
    return {each: replace(LAST, id=each) for each in ids}


def ranking(claim: str, *, sure: bool = True) -> Ranking:
    return Ranking((Match(claim, LAST.topic, 0.9),), sure=sure, near=True)


@pytest.mark.parametrize(
    ("text", "relation", "claim", "rest"),
    [
        ("leg press or squats", "choice", "either", ""),
        ("squats before or after the leg press", "order", "order", ""),
        ("hack squat versus leg press for calves", "choice", "hack", "calves"),
        ("hip thrusts instead of a leg press", "instead", "", "of a"),
        ("front squats or squats or leg press", "choice", "either", ""),
    ],
)
def test_what_is_asked_of_two_exercises(text: str, relation: str, claim: str, rest: str) -> None:
    found = COMPARING.read(text, text.split())
    assert found is not None
    assert (found.relation, found.claim, found.rest) == (relation, claim, rest)


@pytest.mark.parametrize(
    "text", ["leg press or running", "squats", "squats or hack squats or leg press", "squat shoes or trainers"]
)
def test_no_other_exercise_nothing_asked_and_two_answers_compare_nothing(text: str) -> None:
    assert COMPARING.read(text, text.split()) is None


def test_what_hurts_is_heard() -> None:
    sore, calm = (COMPARING.read(text, ()) for text in ("squats or leg press, my knee hurts", "squats or leg press"))
    assert sore is not None
    assert calm is not None
    assert sore.sore
    assert not calm.sore


def test_the_claim_about_both_answers_in_place_of_any_other() -> None:
    found = COMPARING.read("leg press or squats", ("leg", "press"))
    assert found is not None
    given = COMPARING.led(found, ranking("sets"), claims("either", "sets"), lambda *_: 0.0)
    assert given.sure
    assert [match.claim for match in given.matches] == ["either", "sets"]


def test_what_speaks_of_all_else_that_is_named_stands_unless_it_answers_something_else_of_the_two() -> None:
    found = COMPARING.read("leg press or squats for calves", ("calves",))
    assert found is not None
    there = claims("either", "order", "calves")
    assert COMPARING.led(found, ranking("calves"), there, lambda *_: 1.0).matches[0].claim == "calves"
    assert COMPARING.led(found, ranking("calves"), there, lambda *_: 0.5).matches[0].claim == "either"
    assert COMPARING.led(found, ranking("order"), there, lambda *_: 1.0).matches[0].claim == "either"


def test_what_speaks_of_the_exercise_needs_to_speak_of_less_of_the_rest() -> None:
    found = COMPARING.read("leg press or squats for calves", ("calves",))
    assert found is not None
    there = claims("either", "calves")
    there["calves"] = replace(there["calves"], why="In squats they work a little.")
    assert COMPARING.led(found, ranking("calves"), there, lambda *_: 0.5).matches[0].claim == "calves"


def test_a_story_compares_nothing() -> None:
    assert COMPARING.read("leg press or squats " + "and on " * 10, ()) is None


def test_where_nobody_has_written_of_both_no_other_claim_answers_and_those_nearest_are_named() -> None:
    found = COMPARING.read("hip thrusts or leg press", ())
    assert found is not None
    given = COMPARING.led(found, ranking("sets"), claims("glutes", "sets"), lambda *_: 1.0)
    assert not given.sure
    assert not given.near
    assert given.about_us
    assert given.matches[0] == Match("glutes", LAST.topic, ASKED)


def test_a_claim_that_a_server_hid_is_no_answer() -> None:
    found = COMPARING.read("leg press or squats", ())
    assert found is not None
    assert not COMPARING.led(found, ranking("sets"), claims("sets"), lambda *_: 0.0).sure


@pytest.mark.parametrize(
    ("text", "last", "claim"),
    [
        ("which one before the leg press", "either", "order"),
        ("before or after", "hack", "hack"),
        ("before or after", "elsewhere", ""),
        ("before hip thrusts", "either", ""),
        ("before violins", "either", ""),
        ("leg press", "either", ""),
        ("before " * 10, "either", ""),
    ],
)
def test_what_is_asked_of_the_two_that_an_answer_was_about(text: str, last: str, claim: str) -> None:
    comparing = Comparing(EXERCISES, words_around(ConditionWords()), ("the", "which", "one"))
    assert comparing.of_both(text, last) == claim
