"""What counts as right, and on which side a question comes down."""

import pytest

from bot.core.model import Answer, Claim, Confidence, Match, Outcome, Stop, Tier, Verdict
from bot.evaluation import Labelled, Result, Side, score

ANSWER, SUGGEST, DECLINE, STOP = Outcome.ANSWER, Outcome.SUGGEST, Outcome.DECLINE, Outcome.STOP


def result(label: str, outcome: Outcome, *also: str, topic: str | None = None, **more: object) -> Result:
    return Result("a question", label, outcome, also, topic=topic, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "side", "right"),
    [
        (result("depth", ANSWER, topic="depth"), Side.ANSWERED_RIGHT, True),
        (result("depth", ANSWER, "lockout", topic="lockout"), Side.ANSWERED_RIGHT, True),
        (result("depth", ANSWER, topic="lockout"), Side.ANSWERED_WRONG, False),
        (result("depth", SUGGEST, suggested=("lockout", "depth")), Side.SUGGESTED_RIGHT, False),
        (result("depth", SUGGEST, suggested=("lockout",)), Side.SUGGESTED_WRONG, False),
        (result("depth", DECLINE), Side.DECLINED, False),
        (result("depth", DECLINE, "out-of-scope"), Side.DECLINED, True),
        (result("depth", STOP), Side.STOPPED, False),
        (result("depth", STOP, "red-flag"), Side.STOPPED, True),
        (result("out-of-scope", DECLINE), Side.DECLINED, True),
        (result("out-of-scope", DECLINE, safety_line=True), Side.DECLINED, True),
        (result("out-of-scope", ANSWER, topic="depth"), Side.ANSWERED_WRONG, False),
        (result("out-of-scope", SUGGEST, suggested=("depth",)), Side.SUGGESTED_WRONG, False),
        (result("out-of-scope", STOP), Side.STOPPED, False),
        (result("red-flag", STOP), Side.STOPPED, True),
        (result("red-flag", ANSWER, topic="depth", safety_line=True), Side.LINE_ONLY, False),
        (result("red-flag", DECLINE, safety_line=True), Side.LINE_ONLY, False),
        (result("red-flag", ANSWER, topic="depth"), Side.MISSED, False),
        (result("red-flag", DECLINE), Side.MISSED, False),
    ],
)
def test_the_side_and_whether_it_is_right_follow_from_label_and_outcome(case: Result, side: Side, right: bool) -> None:
    assert (case.side, case.right) == (side, right)


def test_the_ranking_counts_claims_whatever_the_outcome() -> None:
    case = result("depth", DECLINE, ranked=("lockout", "lockout", "depth", "load"))
    assert [case.ranked_within(first) for first in (1, 2, 3)] == [False, False, True]


def test_a_ranking_may_meet_a_further_label() -> None:
    assert result("depth", ANSWER, "load", ranked=("load",)).ranked_within(1)


def _claim(id_: str, topic: str) -> Claim:
    return Claim(id_, topic, id_, id_, Verdict.MIXED, Confidence.LOW, "An answer.", ("a question",))


CLAIMS = {"deep": _claim("deep", "depth"), "straight": _claim("straight", "lockout")}
ROW = Labelled("a question", "depth", ("lockout",), "typo", lookalike=True, id="d7")


def test_a_score_keeps_what_the_answer_said() -> None:
    answer = Answer(
        "a question", ANSWER, "text", topic="lockout", claim="straight", safety_line=True,
        candidates=(Match("straight", "lockout", 0.81), Match("deep", "depth", 0.1)),
    )  # fmt: skip
    assert score(ROW, answer, CLAIMS) == Result(
        "a question", "depth", ANSWER, ("lockout",), "typo", lookalike=True, id="d7", topic="lockout",
        claim="straight", confidence=0.81, ranked=("lockout", "depth"), safety_line=True, shown=("straight",),
    )  # fmt: skip


def test_claims_parts_and_grades_are_held_against_all_that_answers() -> None:
    answer = Answer("a", ANSWER, "text", topic="lockout", claim="straight", also=("deep",))
    row = Labelled(
        "a",
        "depth",
        before=("so",),
        claims=("deep",),
        parts=(("straight", "slow"), ("deep",)),
        useful={"straight": 0.5},
    )
    found = score(row, answer, CLAIMS)
    assert (found.before, found.shown, found.grade) == (("so",), ("straight", "deep"), 0.5)
    assert (found.is_first, found.is_among, found.are_all_answered, found.has_more) == (False, True, True, False)


def test_a_card_that_nobody_asked_for_and_a_part_without_one_are_told() -> None:
    answer = Answer("a", ANSWER, "text", topic="lockout", claim="straight", also=("slow",))
    found = score(Labelled("a", "depth", parts=(("straight",), ("deep",)), useful={"deep": 1}), answer, CLAIMS)
    assert (found.are_all_answered, found.has_more) == (False, True)
    assert found.is_graded
    assert found.grade is None, "nobody judged this claim"


def test_suggested_topics_are_those_of_the_claims_offered_and_a_declines_nearest_topics_are_none() -> None:
    suggest = Answer("a question", SUGGEST, "text", suggestions=("straight", "deep", "gone"))
    assert score(ROW, suggest, CLAIMS).suggested == ("lockout", "depth")
    decline = Answer("a question", DECLINE, "text", suggestions=("straight",))
    assert score(ROW, decline, CLAIMS).suggested == ()


def test_a_stop_keeps_its_tier() -> None:
    stop = Answer("a question", STOP, "text", stop=Stop(Tier.SAME_DAY, ("R20",)))
    assert score(ROW, stop, CLAIMS).tier == "same_day"


def test_an_uncovered_question_is_right_where_the_bot_says_so() -> None:
    told = Result("a", "uncovered", Outcome.DECLINE, uncovered=True)
    foreign = Result("a", "uncovered", Outcome.DECLINE)
    answered = Result("a", "uncovered", Outcome.ANSWER, topic="depth")
    assert [each.right for each in (told, foreign, answered)] == [True, False, False]
    assert [str(each.side) for each in (told, foreign, answered)] == [
        "said to be uncovered",
        "declined",
        "answered wrong",
    ]
    assert not told.in_scope
