"""The shipped knowledge on the development questions: bars with room below the figures of docs/matching.md."""

import json
from pathlib import Path

import pytest

from bot.core.matching import Matcher
from bot.core.model import Knowledge

QUESTIONS = Path(__file__).parents[2] / "questions" / "dev.jsonl"


@pytest.fixture(scope="module")
def asked(shipped_matcher: Matcher) -> list[tuple[set[str], list[str], bool, float]]:
    """For each question that is no alarm: the right labels, the topics in order, whether it is answered, how surely."""
    found = []
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        if question["label"] == "red-flag":
            continue
        ranking = shipped_matcher.rank(question["text"])
        topics = list(dict.fromkeys(match.topic for match in ranking.matches))
        confidence = ranking.matches[0].confidence if ranking.matches else 0.0
        found.append(({question["label"], *question["also"]}, topics, ranking.sure, confidence))
    return found


def test_the_right_topic_comes_first(asked: list[tuple[set[str], list[str], bool, float]]) -> None:
    inside = [(labels, topics) for labels, topics, _, _ in asked if "out-of-scope" not in labels]
    first = sum(bool(topics) and topics[0] in labels for labels, topics in inside)
    three = sum(bool(labels & set(topics[:3])) for labels, topics in inside)
    assert first / len(inside) >= 0.85
    assert three / len(inside) >= 0.95


def test_answers_are_mostly_right_and_hardly_ever_out_of_scope(
    asked: list[tuple[set[str], list[str], bool, float]],
) -> None:
    inside = [each for each in asked if "out-of-scope" not in each[0]]
    outside = [each for each in asked if "out-of-scope" in each[0]]
    right = sum(sure and topics[0] in labels for labels, topics, sure, _ in inside)
    wrong = sum(sure and topics[0] not in labels for labels, topics, sure, _ in inside)
    assert right / len(inside) >= 0.70
    assert wrong / len(inside) <= 0.08
    assert sum(sure for *_, sure, _ in outside) / len(outside) <= 0.08


def test_confidence_means_what_it_says(asked: list[tuple[set[str], list[str], bool, float]]) -> None:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for labels, topics, _, confidence in asked:
        right = "out-of-scope" not in labels and bool(topics) and topics[0] in labels
        bins.setdefault(min(int(confidence * 10), 9), []).append((confidence, right))
    gaps = [abs(sum(c for c, _ in each) - sum(right for _, right in each)) for each in bins.values()]
    assert sum(gaps) / len(asked) <= 0.10


def test_every_phrasing_finds_its_own_topic(shipped_matcher: Matcher, shipped: Knowledge) -> None:
    missed = [
        question
        for claim in shipped.claims.values()
        for question in claim.questions[::7]
        if shipped_matcher.rank(question).matches[0].topic != claim.topic
    ]
    assert missed == []


def test_decoys_and_examples_are_not_answered(shipped_matcher: Matcher, shipped: Knowledge) -> None:
    listed = [question for group in shipped.out_of_scope for question in group.questions[::4]]
    answered = [question for question in listed if shipped_matcher.rank(question).sure]
    assert len(answered) <= len(listed) * 0.01
