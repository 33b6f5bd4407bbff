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
    assert first / len(inside) >= 0.87
    assert three / len(inside) >= 0.96


def test_answers_are_mostly_right_and_hardly_ever_out_of_scope(
    asked: list[tuple[set[str], list[str], bool, float]],
) -> None:
    inside = [each for each in asked if "out-of-scope" not in each[0]]
    outside = [each for each in asked if each[0] == {"out-of-scope"}]
    right = sum(sure and topics[0] in labels for labels, topics, sure, _ in inside)
    wrong = sum(sure and topics[0] not in labels for labels, topics, sure, _ in inside)
    assert right / len(inside) >= 0.72
    assert wrong / len(inside) <= 0.06
    assert sum(sure for *_, sure, _ in outside) / len(outside) <= 0.05


@pytest.mark.parametrize("text", ["bmins b", "how deep should i go", "qqxz"])
def test_claims_are_listed_by_their_score_however_many_are_worth_the_same(shipped_matcher: Matcher, text: str) -> None:
    engine = shipped_matcher.engine
    assert engine is not None
    scores = engine.read_words(text)[0].claims.tolist()
    best_first = sorted(range(len(scores)), key=lambda number: -scores[number])
    listed = [engine.number(match.claim) for match in shipped_matcher.rank(text).matches]
    heads, others = listed[:3], listed[3:]
    assert others == [number for number in best_first if number not in heads][: len(others)]


def test_confidence_means_what_it_says(asked: list[tuple[set[str], list[str], bool, float]]) -> None:
    bins: dict[int, list[tuple[float, bool]]] = {}
    for labels, topics, _, confidence in asked:
        right = "out-of-scope" not in labels and bool(topics) and topics[0] in labels
        bins.setdefault(min(int(confidence * 10), 9), []).append((confidence, right))
    gaps = [abs(sum(c for c, _ in each) - sum(right for _, right in each)) for each in bins.values()]
    assert sum(gaps) / len(asked) <= 0.07


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


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        (
            "how low do i lower the sled? and also, should i lock my knees at the top?",
            {"depth", "lockout"},
        ),
        ("how deep should i go on leg press and where do i put my feet", {"depth", "stance"}),
        ("is the leg press as good as squats? and does it grow the quads", {"vs-squat", "quads"}),
        ("how wide should my stance be and should i lock out?", {"stance", "lockout"}),
        ("is leg press bad for knees? is it ok when pregnant?", {"knee-pain", "conditions"}),
    ],
)
def test_a_message_with_two_questions_gets_both_answers(
    shipped_matcher: Matcher, shipped: Knowledge, text: str, topics: set[str]
) -> None:
    ranking = shipped_matcher.rank(text)
    assert ranking.sure
    assert {shipped.claims[claim].topic for claim in (ranking.matches[0].claim, *ranking.also)} == topics


STORY = (
    "so yesterday was leg day, i did deadlifts 5x5, then bulgarian split squats, then some leg extensions and calf "
    "raises, the usual. my gym is packed at 6 so i always end up waiting for machines, and by the time i got to the leg "
    "press i was cooked. loaded 3 plates a side like always. there is this older guy who trains at the same time and he "
    "watched me and said i should never straighten my legs all the way because my knees will snap backwards. i have "
    "always straightened them, for five years, never had pain, never had an issue, and i do the same on squats and "
    "extensions. i looked online and half the people say one thing and half say the other, so i am none the wiser. what "
    "do you lot think, is locking out my knees at the top actually dangerous"
)


@pytest.mark.parametrize(
    "text",
    [
        "pain going down my leg after leg press",
        "pain runs from my back down the leg when pressing",
        "pain in my lower back going into the buttock and leg",
        "my leg tingles after leg press",
        "pain travels down the back of my leg",
        "sharp pain shooting down leg when i push",
    ],
)
def test_pain_down_the_leg_is_no_sore_muscle(shipped_matcher: Matcher, text: str) -> None:
    ranking = shipped_matcher.rank(text)
    assert ranking.sure
    assert ranking.matches[0].claim in {"pain-down-the-leg", "sciatica"}


def test_a_story_that_names_other_exercises_gets_the_answer_to_its_last_line(shipped_matcher: Matcher) -> None:
    ranking = shipped_matcher.rank(STORY)
    assert (ranking.sure, ranking.matches[0].topic) == (True, "lockout")


def test_small_talk_before_a_question_does_not_hide_it(shipped_matcher: Matcher) -> None:
    ranking = shipped_matcher.rank("nice weather today, isn't it? how deep should i go on leg press?")
    assert (ranking.sure, ranking.matches[0].topic) == (True, "depth")
