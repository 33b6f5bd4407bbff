"""Reading what a message adds to what was asked before it."""

import pytest

from bot.core.adding import Added, Adding, Adds
from bot.core.following import Following, Listed
from tests.support.lists import LANGUAGE

ADDING = Adding(Listed(LANGUAGE.following))


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
        ("do i need to get it checked", Added(Adds.DOCTOR)),
        ("when would you go to a physio", Added(Adds.DOCTOR)),
        ("so do i have to quit for today", Added(Adds.HALTS)),
        ("is it okay to keep going", Added(Adds.CARRIES)),
        ("can i finish my set", Added(Adds.CARRIES)),
        ("and is this really that risky", Added(Adds.HARMS)),
        ("could it do damage", Added(Adds.HARMS)),
        ("is that safe", Added(Adds.HARMS, calm=True)),
        ("is it normal", Added(Adds.HARMS, calm=True, normal=True)),
        ("i only got 20 minutes", Added(Adds.HURRIED)),
        ("no time for that", Added(Adds.HURRIED)),
        ("would a foam roller help", Added(Adds.HELPS, ("foam", "roller"))),
        ("how long until thats over", Added(Adds.GONE)),
        ("i really hate lunges", Added(Adds.DISLIKES, ("lunges",))),
        ("what about for an old man", Added(Adds.WHOM, ("old", "man"))),
    ],
)
def test_what_a_message_adds_is_read(text: str, added: Added) -> None:
    assert ADDING.read(text) == added
    assert ADDING.is_for_a_doctor(text) is (added.adds is Adds.DOCTOR)


@pytest.mark.parametrize(
    "text",
    [
        "does it hurt when i go deep?",
        "why not squat instead",
        "that's right",
        "on the left side of the sled there is a lever",
        "left or right side first?",
        "why is that bad",
        "is it bad for my knees",
        "is it safe to train twice a day on one plate",
        "my doctor told me to see you",
        "should i stop before my hips roll",
        "does it help with climbing stairs",
        "for how long",
        "im allergic to chalk",
        "is it the same in winter",
        "how deep should i go",
        "word " * 13,
        "",
    ],
)
def test_what_stands_by_itself_adds_nothing(text: str) -> None:
    assert ADDING.read(text) is None
    assert not ADDING.is_for_a_doctor(text)


def test_nothing_is_read_without_words() -> None:
    assert Adding(Listed(Following())).read("it only hurts when I go deep") is None


@pytest.mark.parametrize(
    ("text", "states"),
    [("my back is bad tho", True), ("is my back bad", False), ("my back?", False), ("and how", False)],
)
def test_a_statement_is_told_from_a_question(text: str, states: bool) -> None:
    assert ADDING.states(text) is states
