"""Reading short messages that only mean something after an answer."""

import pytest

from bot.core.followup import FollowUp, Kind, behind_refusal, chosen, read


@pytest.mark.parametrize(
    ("text", "focus"),
    [
        ("why?", "why"),
        ("but why", "why"),
        ("y", "why"),
        ("how come?", "why"),
        ("why is that bad", "why"),
        ("ok explain please", "why"),
        ("tell me more", "why"),
        ("source?", "sources"),
        ("Sources pls", "sources"),
        ("got a study for that?", "sources"),
        ("says who", "sources"),
        ("what's the evidence", "sources"),
        ("how do I fix that", "do"),
        ("and how do i fix it?", "do"),
        ("what should i do then", "do"),
        ("any tips?", "do"),
        ("how?", "do"),
        ("how do i do that safely", "do"),
        ("what else can i try", "do"),
        ("and then?", "do"),
        ("is that proven?", "sources"),
        ("are you sure?", "sources"),
        ("really??", "sources"),
        ("is that bad?", "why"),
        ("should i be worried", "why"),
        ("can you say that shorter", ""),
        ("tl;dr", ""),
    ],
)
def test_a_question_for_a_part_of_the_answer_is_read(text: str, focus: str) -> None:
    assert read(text) == FollowUp(Kind.PART, focus=focus)


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("and with one leg?", "one leg"),
        ("what about pregnant", "pregnant"),
        ("ok and the knees", "knees"),
        ("how about a horizontal one?", "a horizontal one"),
        ("what if my heels lift", "my heels lift"),
        ("is it the same for women", "women"),
        ("and when I'm tired", "i'm tired"),
    ],
)
def test_the_last_question_put_to_something_else_is_read(text: str, aspect: str) -> None:
    assert read(text) == FollowUp(Kind.ASPECT, text=aspect)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "why does my back hurt after leg press",
        "is locking out bad",
        "how deep should I go on the leg press",
        "what about my friend who went to a different gym and saw a man press with his knees",
        "how do I set up the seat",
        "💀",
    ],
)
def test_a_full_question_stands_by_itself(text: str) -> None:
    assert read(text).kind is Kind.NEW


@pytest.mark.parametrize(
    "text",
    [
        "what if it still rolls",
        "and if my heels keep lifting",
        "it still pinches",
        "my hips keep coming up",
        "but if they still cave in",
    ],
)
def test_what_still_happens_asks_for_what_comes_next(text: str) -> None:
    assert read(text).kind is Kind.NEXT


@pytest.mark.parametrize("text", ["should i still press", "is it still ok"])
def test_what_is_still_asked_is_not_what_did_not_help(text: str) -> None:
    assert read(text).kind is Kind.NEW


@pytest.mark.parametrize(
    ("text", "choice"),
    [
        ("the first one", "a"), ("1", "a"), ("2nd please", "b"), ("i meant the second one!", "b"), ("Third.", "c"),
        ("the last one", "c"), ("number 2", "b"), ("yes, the first", "a"),
        ("first time on it", ""), ("4", ""), ("none", ""), ("two legs", ""), ("", ""), ("the first one or the second", ""),
    ],
)  # fmt: skip
def test_a_number_chooses_from_what_was_offered(text: str, choice: str) -> None:
    assert chosen(text, ("a", "b", "c")) == choice


def test_nothing_can_be_chosen_where_so_many_were_not_offered() -> None:
    assert chosen("the third", ("a", "b")) == ""
    assert chosen("the last", ()) == ""


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("nah too scary what can i do instead", "what can i do instead"),
        ("no thanks, what else is there", "what else is there"),
        ("too hard", ""),
        ("i don't want to do that", ""),
        ("what can i do instead", ""),
        ("my knee is too sore what can i do", ""),
    ],
)
def test_what_is_asked_behind_a_refusal_is_read(text: str, rest: str) -> None:
    assert behind_refusal(text, ("what", "how", "do")) == rest
