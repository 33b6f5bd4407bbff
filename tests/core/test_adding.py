"""Reading what a message adds to what was asked before it."""

import pytest

from bot.core.adding import Added, Adding, Adds
from bot.core.going_on import Following
from tests.support.lists import LANGUAGE

ADDING = Adding(LANGUAGE.following)


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("the machine in my gym hasnt got any", Added(Adds.MISSES)),
        ("my gym's machine doesn't have them", Added(Adds.MISSES)),
        ("what if it doesnt hurt", Added(Adds.PAINLESS)),
        ("but it doesnt hurt, can i train", Added(Adds.PAINLESS)),
        ("it only hurts when I go deep", Added(Adds.WHEN, kind="how_deep")),
        ("only when i go heavy", Added(Adds.WHEN, kind="how_much")),
        ("my knee hurts at the bottom", Added(Adds.WHEN, ("knee",), "how_deep")),
        ("im a 50kg girl never lifted", Added(Adds.OF_ME)),
        ("why not deeper?", Added(Adds.REFUSES)),
        ("i only started last month", Added(Adds.OF_ME)),
        ("why not more?", Added(Adds.REFUSES)),
        ("and in centimetres?", Added(Adds.UNIT, units=("centimetres",))),
        ("how long will it take to heal", Added(Adds.HEALS)),
        ("more on the right side", Added(Adds.SPOT)),
        ("its a dull ache across the middle", Added(Adds.SPOT)),
        ("both sides actually", Added(Adds.SPOT)),
        ("its on the inside", Added(Adds.SPOT)),
        ("brand new to weights", Added(Adds.OF_ME)),
        ("no experience", Added(Adds.OF_ME)),
        ("but im not in pain at the moment", Added(Adds.PAINLESS)),
    ],
)
def test_what_a_message_adds_is_read(text: str, added: Added) -> None:
    assert ADDING.read(text) == added


@pytest.mark.parametrize(
    "text",
    [
        "does it hurt when i go deep?",
        "why not squat instead",
        "that's right",
        "on the left side of the sled there is a lever",
        "left or right side first?",
        "im allergic to chalk",
        "is it the same in winter",
        "how deep should i go",
        "word " * 13,
        "",
    ],
)
def test_what_stands_by_itself_adds_nothing(text: str) -> None:
    assert ADDING.read(text) is None


def test_nothing_is_read_without_words() -> None:
    assert Adding(Following()).read("it only hurts when I go deep") is None


@pytest.mark.parametrize(
    ("text", "states"),
    [("my back is bad tho", True), ("is my back bad", False), ("my back?", False), ("and how", False)],
)
def test_a_statement_is_told_from_a_question(text: str, states: bool) -> None:
    assert ADDING.states(text) is states
