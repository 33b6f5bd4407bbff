"""Reading what goes on from an answer, and what the answer's claim says to it."""

import pytest

from bot.core.asking import Kind
from bot.core.claim_lines import Said, literally
from bot.core.going_on import Act, GoingOn, More, Read
from tests.support.hips import LAST
from tests.support.lists import LANGUAGE

GOING_ON = GoingOn(LANGUAGE.following)


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("why, what happens if i do", Act.WHY),
        ("but what would happen if i don't", Act.WHY),
        ("whats so bad about that", Act.WHY),
        ("what if i cant recline it, the seat is fixed", Act.LACKS),
        ("already on the last hole", Act.LACKS),
        ("mine doesn't have any", Act.LACKS),
        ("no belt squat in my gym", Act.LACKS),
        ("i only have dumbbells up to 20kg", Act.HAS),
        ("all i've got is bands", Act.HAS),
        ("is it worse for my back", Act.NONE),
        ("how deep should i go", Act.NONE),
    ],
)
def test_what_a_message_does_with_the_answer_is_read(text: str, act: Act) -> None:
    read = GOING_ON.read(text)
    assert read is not None
    assert read.act is act


@pytest.mark.parametrize(
    ("text", "own", "back"),
    [
        ("is it worse for my back", ("back",), True),
        ("so when would you use one", (), True),
        ("for how long", (), False),
        ("is a belt any good", ("belt",), False),
    ],
)
def test_the_words_that_name_a_subject_are_told_from_the_rest(text: str, own: tuple[str, ...], back: bool) -> None:
    read = GOING_ON.read(text)
    assert read is not None
    assert (read.own, read.back) == (own, back)


def test_a_unit_is_looked_for_and_names_no_subject() -> None:
    assert GOING_ON.read("so thats like 5kg?") == Read(Act.NONE, (), ("kg",), True, True)


def test_a_long_message_stands_by_itself() -> None:
    assert GOING_ON.read("word " * 13) is None
    assert GOING_ON.read("?!") is None


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("new question: how wide", "how wide"),
        ("ok different question, do i need a belt", "do i need a belt"),
        ("changing the subject - feet?", "feet?"),
        ("Another question", ""),
        ("on another note, is it safe", "is it safe"),
        ("different machines or one?", None),
        ("new shoes or old ones", None),
        ("another set or rest?", None),
    ],
)
def test_an_opening_that_changes_the_subject_is_heard(text: str, rest: str | None) -> None:
    assert GOING_ON.another(text) == rest


@pytest.mark.parametrize(
    "text", ["that was for my friend, not me", "its for my mum", "asking for a friend", "i meant for my dad"]
)
def test_what_was_about_somebody_else_is_heard(text: str) -> None:
    assert GOING_ON.is_not_theirs(text)


@pytest.mark.parametrize("text", ["how wide should my feet be", "does it work for me", "what about my friend's plates"])
def test_other_messages_are_about_them(text: str) -> None:
    assert not GOING_ON.is_not_theirs(text)


def test_a_claim_says_the_sentence_that_holds_the_words_of_the_message() -> None:
    read = Read(Act.NONE, ("feet",), (), True)
    assert GOING_ON.said(LAST, read, None, literally) == Said(("Put your feet lower.",), "do")
    read = Read(Act.NONE, ("pelvis",), (), True)
    assert GOING_ON.said(LAST, read, None, literally) == Said(("The pelvis tucks.",), "why")


def test_a_question_without_words_of_its_own_looks_for_the_figure_that_it_asks_for() -> None:
    read = Read(Act.NONE, (), (), True)
    said = GOING_ON.said(LAST, read, Kind.HOW_LONG, literally)
    assert said.lines == ("It takes one to two minutes to see on a video.",)
    assert GOING_ON.said(LAST, read, Kind.SHOULD, literally) == Said((), "do")
    assert GOING_ON.said(LAST, read, Kind.BAD, literally) == Said((), "why")


@pytest.mark.parametrize(
    "text",
    [
        "what should i avoid",
        "ok and which lifts should i stay away from",
        "anything i shouldn't do?",
        "is there anything to avoid",
        "what not to do",
        "so what machines must i skip then",
    ],
)
def test_what_to_leave_out_is_heard(text: str) -> None:
    assert GOING_ON.leaves_out(text)


@pytest.mark.parametrize("text", ["what should i avoid eating before legs", "should i avoid it", "what should i do"])
def test_other_questions_do_not_ask_what_to_leave_out(text: str) -> None:
    assert not GOING_ON.leaves_out(text)


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("even if it's light?", More.UNDER, "even if it is light"),
        ("what about on the last set", More.UNDER, "what about on the last set"),
        ("and if my back rounds", More.CASE, "and if my back rounds"),
        ("no i mean for my knees", More.MEANT, "for my knees"),
        ("for knees, i mean", More.MEANT, "for knees"),
        ("it doesn't hurt", More.TOLD, "it does not hurt"),
        ("the seated one is free", More.TOLD, "the seated one is free"),
    ],
)
def test_more_is_said_of_what_was_asked(text: str, kind: More, said: str) -> None:
    assert GOING_ON.more(text) == (kind, said)


@pytest.mark.parametrize("text", ["when should i breathe", "i mean it", "what about knee wraps", "is it bad", "", "?"])
def test_nothing_more_is_said(text: str) -> None:
    assert GOING_ON.more(text) is None


def test_a_question_that_only_picks_is_told() -> None:
    assert GOING_ON.picks("and which one builds more")
    assert GOING_ON.picks("so which?")
    assert not GOING_ON.picks("which machine is best")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("mon wed fri", "3 days a week"),
        ("Monday, Wednesday and Friday?", "3 days a week?"),
        ("tue/fri ok?", "2 days a week ok?"),
        ("mon and tues?", "mon and tues?"),
        ("sun mon thurs", "sun mon thurs"),
        ("only on monday", "only on monday"),
        ("im 5 foot 1", "im 5 foot 1 tall"),
        ("I'm only 6ft4", "I'm only 6ft4 tall"),
        ("im 5 foot 1 and my knees hurt", "im 5 foot 1 and my knees hurt"),
        ("my foot slides 1 inch", "my foot slides 1 inch"),
    ],
)
def test_weekdays_that_are_apart_are_counted_and_a_height_is_read_as_one(text: str, read: str) -> None:
    assert GOING_ON.in_figures(text) == read


def test_without_words_for_days_a_text_stays_as_it_is() -> None:
    assert GoingOn().in_figures("mon wed fri") == "mon wed fri"
