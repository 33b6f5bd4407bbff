"""Reading a few words that ask one thing more of the last answer."""

import pytest

from bot.core.asking import Kind, Questions
from bot.core.few_words import TIMES, Asks, FewWords, ReadsFewWords
from bot.core.following import Listed
from bot.core.going_on import GoingOn
from tests.support.lists import LANGUAGE

READS = ReadsFewWords(Listed(LANGUAGE.following))
QUESTIONS, GOING_ON = Questions(LANGUAGE.asking), GoingOn(LANGUAGE.following)


def read(text: str) -> FewWords | None:
    return READS.read(text, QUESTIONS.asked(GOING_ON.bare(text)))


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("what else", Asks.ELSE),
        ("anything else i can try", Asks.ELSE),
        ("any other tips?", Asks.ELSE),
        ("so whats the number", Asks.NUMBER),
        ("just give me a number", Asks.NUMBER),
        ("ballpark?", Asks.NUMBER),
        ("is that per leg or both", Asks.PER),
        ("each side?", Asks.PER),
        ("what if it flares up", Asks.WORSENS),
        ("what if the pain gets worse", Asks.WORSENS),
        ("and what if it comes back", Asks.WORSENS),
        ("left knee", Asks.DETAIL),
        ("anterior approach", Asks.DETAIL),
        ("had it for 3 years", Asks.DETAIL),
        ("doc says its nothing serious", Asks.REASSURED),
        ("the scan was clear", Asks.REASSURED),
        ("its under control with pills", Asks.DETAIL),
        ("my doctor said never", Asks.FORBIDDEN),
        ("and after the op", Asks.AFTERWARDS),
        ("what if i skip it", Asks.SKIPS),
        ("what if i dont do that", Asks.SKIPS),
        ("is that per week or per session", Asks.PER),
        ("so how much on the horizontal", Asks.MACHINE),
        ("and on the vertical one?", Asks.MACHINE),
    ],
)
def test_what_a_few_words_ask_is_read(text: str, asks: Asks) -> None:
    found = read(text)
    assert found is not None
    assert found.asks is asks


@pytest.mark.parametrize(
    ("text", "kind", "own"),
    [
        ("how heavy", Kind.HOW_MUCH, ()),
        ("how long should i wait", Kind.HOW_LONG, ()),
        ("how many sets", Kind.HOW_MANY, ("sets",)),
        ("and how often?", Kind.HOW_OFTEN, ()),
    ],
)
def test_a_bare_question_for_a_figure_is_read(text: str, kind: Kind, own: tuple[str, ...]) -> None:
    assert read(text) == FewWords(Asks.FIGURE, own, kind)


def test_a_weight_that_is_named_is_told() -> None:
    assert read("so how much weight") == FewWords(Asks.FIGURE, (), Kind.HOW_MUCH, unit="weight")


@pytest.mark.parametrize(
    ("text", "figure", "unit"),
    [
        ("is twice enough", 2, TIMES),
        ("and once?", 1, TIMES),
        ("is a minute enough", 1, "minut"),
        ("and 5 mins?", 5, "minut"),
        ("what about 3 times a week", 3, TIMES),
        ("is 2 enough", 2, ""),
    ],
)
def test_a_figure_that_is_put_to_an_answer_is_read(text: str, figure: int, unit: str) -> None:
    found = read(text)
    assert found is not None
    assert (found.asks, found.figure, found.unit) == (Asks.ENOUGH, figure, unit)


@pytest.mark.parametrize(
    "text",
    [
        "what else does the hack squat train",
        "how heavy is the sled",
        "how many sets of squats",
        "is 40kg ok",
        "my left knee hurts",
        "does the doctor say its nothing serious",
        "what if i get stuck",
        "which machine is better, horizontal or vertical",
        "is a belt enough",
        "what does the doctor say when its never",
        "how long should i rest",
        "what if i skip breakfast",
        "",
    ],
)
def test_what_stands_by_itself_is_none_of_it(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "line", "holds", "more"),
    [
        ("is twice enough", "Press twice a week with a day or two between.", True, None),
        ("is once enough", "Press twice a week.", False, False),
        ("is 3 times too much", "Press twice a week.", False, True),
        ("is a minute enough", "Rest two to three minutes; one to two are enough while you are new.", False, None),
        ("and 5 mins?", "Rest two to three minutes between sets.", False, True),
        ("is 2 seconds enough", "Two to three seconds down, then push up.", True, None),
        ("is 2 enough", "Start with the empty sled, often 34-57 kg.", False, None),
        ("is 10 enough", "Add until 8 to 12 slow reps feel like work.", True, None),
    ],
)
def test_a_figure_is_held_beside_those_of_a_line(text: str, line: str, holds: bool, more: bool | None) -> None:
    found = read(text)
    assert found is not None
    assert READS.holds(found, line) is holds
    assert READS.more_than(found, line) is more


def test_what_names_the_complaint_comes_before_what_tells_that_it_got_worse() -> None:
    lines = ["No worse the next day? Add a little.", "A new clunk? Tell your surgeon.", "It clunks when you sit."]
    assert READS.worse(lines, ["clunks"]) == [lines[1], lines[0]]
