"""Reading what goes on from an answer, and what the answer's claim says to it."""

from collections.abc import Sequence

import pytest

from bot.core.asking import Kind
from bot.core.going_on import Act, Before, GoingOn, More, Read, Said, Turn, speaks_of, steps_left, turn
from bot.core.model import Claim, Confidence, Match, Ranking, Verdict
from tests.support.lists import LANGUAGE

GOING_ON = GoingOn(LANGUAGE.following)


def claim(name: str, title: str, *, do: tuple[str, ...] = (), leads: tuple[str, ...] = ()) -> Claim:
    return Claim(
        id=name,
        topic="depth",
        title=title,
        claim="Hips that lift mean that they ran out of bend.",
        verdict=Verdict.MIXED,
        confidence=Confidence.LOW,
        lead="Stop a bit higher.",
        leads=leads,
        answer="The pelvis tucks. It takes one to two minutes to see on a video.",
        why="Bend runs out at the hip.",
        do=do,
        questions=("q",),
    )


LAST = claim(
    "hips", "Hips peeling off", do=("Recline the back rest.", "Put your feet lower.", "Still lifting? Another seat.")
)
WITHOUT = claim("no-hips", "No peeling")
OTHER = claim("belt", "Wearing a belt")
TOPICS = "depth"


def same(line: object) -> frozenset[str]:
    return frozenset()


def ranked(name: str = "", *, sure: bool = True, near: bool = True) -> Ranking:
    return Ranking((Match(name, TOPICS, 0.9),), sure, near) if name else Ranking((), False, near)


def after(
    text: str, found: Ranking, *, related: tuple[Claim, ...] = (), asks: bool = True, title: str = ""
) -> Turn | None:
    read = GOING_ON.read(text)
    assert read is not None
    before = Before(LAST, related, lambda: GOING_ON.said(LAST, read, None, same))
    return turn(
        read, found, before, joined=lambda: Ranking((), False, False), means=same, kind=None, asks=asks, title=title
    )


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
    assert GOING_ON.said(LAST, read, None, same) == Said(("Put your feet lower.",), "do")
    read = Read(Act.NONE, ("pelvis",), (), True)
    assert GOING_ON.said(LAST, read, None, same) == Said(("The pelvis tucks.",), "why")


def test_a_question_without_words_of_its_own_looks_for_the_figure_that_it_asks_for() -> None:
    read = Read(Act.NONE, (), (), True)
    said = GOING_ON.said(LAST, read, Kind.HOW_LONG, same)
    assert said.lines == ("It takes one to two minutes to see on a video.",)
    assert GOING_ON.said(LAST, read, Kind.SHOULD, same) == Said((), "do")
    assert GOING_ON.said(LAST, read, Kind.BAD, same) == Said((), "why")


def test_steps_that_name_what_is_lacking_are_left_out_but_the_last_resort() -> None:
    assert steps_left(LAST, Read(Act.LACKS, ("seat", "recline"), (), True), same) == (
        "Put your feet lower.",
        "Still lifting? Another seat.",
    )
    assert steps_left(LAST, Read(Act.LACKS, (), (), True), same) == LAST.do[1:]


def test_other_words_for_the_same_thing_count() -> None:
    assert speaks_of(["Recline it."], ("tilt",), same) == 0
    assert speaks_of(["Recline it."], ("tilt",), lambda line: frozenset({"lean"} & {"lean"} if line else ())) == 1


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


def test_two_words_that_name_one_thing_count() -> None:
    def means(line: Sequence[str]) -> frozenset[str]:
        return frozenset({"curl-up"} if {"sit", "ups"} <= set(line) or {"curl", "ups"} <= set(line) else ())

    assert speaks_of(["Curl-ups made it stronger."], ("sit", "ups"), means) == 2
    assert speaks_of(["Curl-ups made it stronger."], ("sit", "tall"), means) == 0


def test_why_gets_the_reasons_and_an_obstacle_what_is_left() -> None:
    assert after("why, what happens if i do", ranked()) == Turn(said=Said((), "why"))
    left = after("what if i cant recline it", ranked())
    assert left is not None
    assert left.steps == LAST.do[1:]
    assert left.claim == ""


def test_whoever_lacks_it_gets_the_claim_about_lacking_it() -> None:
    assert after("mine doesn't have any", ranked(), related=(OTHER, WITHOUT)) == Turn(claim="no-hips")


def test_a_question_that_names_another_subject_stands_by_itself() -> None:
    assert after("is a belt any good", ranked("belt")) is None
    assert after("does it click when i do it", ranked("belt"), title="Clicks") is None


def test_few_words_stay_with_the_last_answer_whatever_they_find_alone() -> None:
    found = after("so when would you use one", ranked("belt"))
    assert found is not None
    assert (found.claim, found.said) == ("", Said((), "why"))
    found = after("is it worse for my hips", ranked("belt"))
    assert found is not None
    assert found.said is not None
    assert found.said.lines


def test_the_same_claim_again_says_what_is_new() -> None:
    found = after("and for the pelvis?", ranked("hips"))
    assert found is not None
    assert found.said == Said(("The pelvis tucks.",), "why")


def test_foreign_words_lead_nowhere() -> None:
    assert after("how do i bake that bread", ranked(near=False)) is None
    assert after("i only have a dog", ranked(near=False), asks=False) is None


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
    assert not GOING_ON.picks("which machine is best")
