import pytest

from bot.core.matching.segments import MOST_PIECES, last_question, questions
from bot.core.text import clean


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("how deep, and should I lock out?", ["how deep", "should i lock out?"]),
        ("How wide should my feet be? Also do I need a belt", ["how wide should my feet be?", "also do i need a belt"]),
        ("how deep should i go and how many reps", ["how deep should i go", "how many reps"]),
        ("is it bad? my mate says so. should i stop", ["is it bad?", "should i stop"]),
        ("1. how deep\n2. how wide", ["how deep", "how wide"]),
    ],
)
def test_a_message_is_cut_into_its_questions(text: str, pieces: list[str]) -> None:
    assert questions(clean(text)) == pieces


@pytest.mark.parametrize(
    "text",
    ["", "why", "how deep should i go", "my back hurts, and my knees too", "push fast and come back slow", "deep?"],
)
def test_what_asks_one_thing_is_left_whole(text: str) -> None:
    assert questions(clean(text)) == []


def test_no_message_has_more_than_a_handful() -> None:
    assert len(questions("how deep should i go? " * 200)) == MOST_PIECES


def test_the_last_question_of_a_story_is_found() -> None:
    assert (
        last_question(clean("I row a lot. Is that fine? How deep should I go. thanks a lot")) == "how deep should i go."
    )
    assert last_question(clean("I row a lot and so on. And the seat?")) == "and the seat?"


@pytest.mark.parametrize("text", ["", "how deep should i go?", "i row a lot. it hurts.", "i row a lot. why?"])
def test_a_single_sentence_or_one_that_asks_nothing_has_no_last_question(text: str) -> None:
    assert last_question(clean(text)) == ""
