"""The same question in polite company: the patterns, and what is counted of them."""

from bot.core.model import Outcome
from bot.evaluation import OUT_OF_SCOPE, Labelled, Result
from bot.evaluation.perturbations import KINDS, difference, perturbed


def test_there_are_twelve_kinds_and_each_pattern_holds_the_question_once() -> None:
    assert len(KINDS) == 12
    assert all(pattern.count("{}") == 1 for patterns in KINDS.values() for pattern in patterns)


def test_the_patterns_go_round_and_the_label_stays() -> None:
    rows = [Labelled(f"question {i} {{}}", "depth") for i in range(len(KINDS["bot"]) + 1)]
    said = perturbed(rows, "bot")
    assert said[0].text == "hey bot, question 0 {}"
    assert said[-1].text == f"hey bot, question {len(rows) - 1} {{}}"
    assert {row.label for row in said} == {"depth"}


def result(label: str, outcome: Outcome, topic: str | None = None) -> Result:
    return Result("a question", label, outcome, topic=topic)


def test_what_was_right_and_is_not_any_more_is_lost() -> None:
    right, wrong = result("depth", Outcome.ANSWER, "depth"), result("depth", Outcome.ANSWER, "tempo")
    declined, outside = result("depth", Outcome.DECLINE), result(OUT_OF_SCOPE, Outcome.ANSWER, "depth")
    plain = [right, right, right, declined, result(OUT_OF_SCOPE, Outcome.DECLINE)]
    found = difference("name", plain, [right, wrong, declined, right, outside])
    assert (found.right.count, found.right.of) == (2, 4)
    assert (found.wrong.count, found.outside.count, found.outside.of) == (1, 1, 1)
    assert found.lost == (wrong, declined)
