"""Results added up into the figures that are told."""

from bot.core.model import Outcome
from bot.evaluation import Confusion, Result, Share, summarise

ANSWER, SUGGEST, DECLINE, STOP = Outcome.ANSWER, Outcome.SUGGEST, Outcome.DECLINE, Outcome.STOP

RESULTS = (
    Result("q1", "depth", ANSWER, topic="depth", ranked=("depth",), confidence=0.9, style="short"),
    Result("q2", "depth", ANSWER, topic="load", ranked=("load", "depth"), confidence=0.6, style="typo"),
    Result("q3", "depth", SUGGEST, ranked=("load", "load", "depth"), suggested=("load", "depth"), confidence=0.4),
    Result("q4", "load", DECLINE, ranked=("depth", "load"), confidence=0.2, style="short"),
    Result("q5", "load", STOP, ranked=("load",), confidence=0.2, lookalike=True),
    Result("q6", "out-of-scope", DECLINE, ranked=("load",), confidence=0.1, safety_line=True, lookalike=True),
    Result("q7", "out-of-scope", ANSWER, topic="load", ranked=("load",), confidence=0.7, style="short"),
    Result("q8", "red-flag", STOP, tier="emergency"),
    Result("q9", "red-flag", ANSWER, topic="depth", ranked=("depth",), confidence=0.9, safety_line=True),
    Result("q10", "red-flag", DECLINE),
)


def test_each_group_has_its_own_shares() -> None:
    found = summarise(RESULTS)
    assert found.count == 10
    assert found.right == Share(3, 10)
    assert found.in_scope == {
        "topic@1": Share(2, 5),
        "topic@3": Share(5, 5),
        "answered right": Share(1, 5),
        "answered wrong": Share(1, 5),
        "suggested": Share(1, 5),
        "suggested right": Share(1, 5),
        "refused": Share(2, 5),
        "stopped": Share(1, 5),
    }
    assert found.out_of_scope == {
        "declined": Share(1, 2),
        "answered": Share(1, 2),
        "suggested": Share(0, 2),
        "stopped": Share(0, 2),
        "safety line": Share(1, 2),
    }
    assert found.red_flag == {"stopped": Share(1, 3), "line only": Share(1, 3), "missed": Share(1, 3)}
    assert found.lookalike == {"stopped": Share(1, 2), "safety line": Share(1, 2), "right": Share(1, 2)}


def test_in_scope_sides_add_up_to_all_questions() -> None:
    figures = summarise(RESULTS).in_scope
    sides = ("answered right", "answered wrong", "suggested", "refused")
    assert sum(figures[side].count for side in sides) == figures["topic@1"].of


def test_topics_and_styles_stand_in_order_and_cover_everything() -> None:
    found = summarise(RESULTS)
    assert list(found.by_topic) == ["depth", "load"]
    assert found.by_topic["load"]["topic@1"] == Share(1, 2)
    assert list(found.by_style) == ["(none)", "short", "typo"]
    assert found.by_style["short"]["topic@1"] == Share(1, 2)
    assert found.by_style["short"]["out of scope answered"] == Share(1, 1)
    assert found.by_style["short"]["right"] == Share(1, 3)
    assert sum(group["right"].of for group in found.by_style.values()) == 10


def test_confidence_is_held_against_the_first_topic_and_out_of_scope_nothing_is_right() -> None:
    found = summarise(RESULTS)
    assert found.calibration.count == 7
    assert sum(b.right.count for b in found.calibration.bins) == 2
    assert found.calibration_in_scope.count == 5
    assert found.separation == 0.6


def test_confusions_are_wrong_first_topics_the_most_frequent_first_with_an_answered_example() -> None:
    assert summarise(RESULTS).confusions == (
        Confusion("depth", "load", 2, 1, "q2"),
        Confusion("out-of-scope", "load", 1, 1, "q7"),
        Confusion("load", "depth", 1, 0, "q4"),
    )


def test_a_group_without_questions_has_no_figures() -> None:
    found = summarise(RESULTS[:4])
    assert (found.out_of_scope, found.red_flag, found.lookalike, found.separation) == ({}, {}, {}, None)
    assert summarise(RESULTS[7:]).in_scope == {}
    assert summarise(RESULTS[7:]).calibration.count == 0


def test_claims_conversations_several_questions_and_grades_have_figures_of_their_own() -> None:
    found = summarise([
        Result("a", "depth", ANSWER, topic="depth", claim="deep", claims=("deep",), shown=("deep",)),
        Result("b", "depth", ANSWER, topic="depth", claim="hips", claims=("deep",), shown=("hips", "deep"), before=("a",)),
        Result("c", "depth", DECLINE, claims=("deep",), before=("a",)),
        Result("d", "depth", ANSWER, claim="deep", shown=("deep", "hips"), parts=(("deep",), ("slow",))),
        Result("e", "depth", ANSWER, claim="deep", shown=("deep",), is_graded=True, grade=1),
        Result("f", "depth", DECLINE, is_graded=True),
    ])  # fmt: skip
    assert found.claims == {
        "right claim first": Share(1, 3),
        "right claim shown": Share(2, 3),
        "first, where answered": Share(1, 2),
    }
    assert found.conversations["right claim shown"] == Share(1, 2)
    assert found.several == {"all answered": Share(0, 1), "with more than was asked": Share(1, 1)}
    assert found.useful == {
        "useful": Share(1, 2),
        "half": Share(0, 2),
        "of no use": Share(0, 2),
        "not graded": Share(1, 2),
    }


def test_groups_that_nothing_is_labelled_for_have_no_figures() -> None:
    found = summarise(RESULTS)
    assert (found.claims, found.conversations, found.several, found.useful) == ({}, {}, {}, {})
