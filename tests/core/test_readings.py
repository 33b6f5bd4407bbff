"""Reading a short message in the light of the last answer."""

from collections.abc import Mapping

import pytest

from bot.core.chatter import Chatter
from bot.core.followup import read
from bot.core.model import Claim, Confidence, Match, Ranking, Verdict
from bot.core.readings import rank_after, rank_together
from tests.support.lists import LISTS

CHATTER = Chatter(LISTS.small_talk)

SURE = 0.67
LAST = Claim(
    id="twist",
    topic="single-leg",
    title="Twisting",
    claim="Hips twist.",
    verdict=Verdict.MIXED,
    confidence=Confidence.LOW,
    answer="They may.",
    questions=("do my hips twist",),
)
TOPICS = {"twist": "single-leg", "weaker": "single-leg", "hip": "conditions", "depth": "depth", "setup": "setup"}


def ranked(*found: tuple[str, float], also: tuple[str, ...] = ()) -> Ranking:
    matches = tuple(Match(claim, TOPICS[claim], confidence) for claim, confidence in found)
    first = matches[0].confidence if matches else 0.0
    return Ranking(matches, first >= SURE, first >= 0.3, also)


def after(text: str, readings: Mapping[str, Ranking]) -> Ranking:
    """Rank `text` after LAST; `readings` by what is ranked, where "T" stands for the topic's title, "L" for the claim's."""
    said = read(text).text or text
    known = {text: "alone", said: "said", f"{said} leg press": "press", f"One leg {said}": "T", f"Twisting {said}": "L"}

    def rank(asked: str) -> Ranking:
        return readings.get(known[asked], readings["alone"] if asked == text else ranked())

    return rank_after(text, read(text), LAST, "One leg", rank, chatter=CHATTER)


def test_a_question_that_is_clear_by_itself_changes_the_subject() -> None:
    found = after("how deep should i go", {"alone": ranked(("depth", 0.9)), "T": ranked(("weaker", 0.99))})
    assert found.matches[0].claim == "depth"


def test_a_long_message_stands_by_itself_however_unsure() -> None:
    text = "how deep should i go when the man beside me goes deeper than that"
    found = after(text, {"alone": ranked(("weaker", 0.4)), "T": ranked(("weaker", 0.99))})
    assert not found.sure


def test_what_points_back_means_the_last_subject_where_it_leads_there_by_itself_too() -> None:
    readings = {"alone": ranked(("setup", 0.9), ("weaker", 0.01)), "T": ranked(("weaker", 0.99))}
    assert after("how do i set it up", readings).matches[0].claim == "weaker"
    assert after("how do i set the seat", readings).matches[0].claim == "setup"


def test_the_last_answer_breaks_a_tie() -> None:
    readings = {"alone": ranked(("depth", 0.4), ("weaker", 0.3)), "T": ranked(("weaker", 0.9))}
    found = after("which one is worse", readings)
    assert found.sure
    assert found.matches[0].claim == "weaker"


@pytest.mark.parametrize("text", ["who won the game", "what about my dog", "and for biceps"])
def test_a_foreign_question_is_not_answered_by_the_words_of_the_last_answer(text: str) -> None:
    readings = {"alone": ranked(("depth", 0.02)), "T": ranked(("twist", 0.99)), "L": ranked(("twist", 0.99))}
    assert not after(text, readings).sure


@pytest.mark.parametrize("text", ["does it build more", "and after surgery"])
def test_what_topic_and_title_agree_on_is_meant_where_it_is_something_else(text: str) -> None:
    beside = ranked(("weaker", 0.9))
    readings = {"alone": ranked(("depth", 0.4)), "press": ranked(("depth", 0.9)), "T": beside, "L": beside}
    assert after(text, readings).matches[0].claim == "weaker"


@pytest.mark.parametrize("text", ["exactly", "idk man", "will try that"])
def test_a_reaction_asks_nothing(text: str) -> None:
    beside = ranked(("weaker", 0.9))
    assert not after(text, {"alone": ranked(("weaker", 0.2)), "T": beside, "L": beside}).sure


def test_a_statement_is_no_follow_up_question() -> None:
    readings = {"alone": ranked(("weaker", 0.1)), "T": ranked(("weaker", 0.99))}
    assert not after("my wallet is numb after buying that", readings).sure


@pytest.mark.parametrize(("confidence", "sure"), [(0.5, True), (0.1, False)])
def test_a_short_statement_counts_where_it_nearly_says_it_by_itself(confidence: float, sure: bool) -> None:
    readings = {"alone": ranked(("weaker", confidence)), "T": ranked(("weaker", 0.94))}
    assert after("my left is weaker", readings).sure is sure


def test_something_else_is_asked_of_the_last_topic_first() -> None:
    readings = {
        "alone": ranked(("hip", 0.4), ("weaker", 0.1)),
        "said": ranked(("hip", 0.2)),
        "press": ranked(("hip", 0.74)),
        "T": ranked(("weaker", 0.98)),
        "L": ranked(("twist", 0.9)),
    }
    assert after("and my hips", readings).matches[0].claim == "weaker"


def test_most_readings_win_over_one() -> None:
    readings = {
        "alone": ranked(("depth", 0.9)),
        "said": ranked(("depth", 0.9)),
        "press": ranked(("depth", 0.8)),
        "T": ranked(("weaker", 0.95)),
    }
    assert after("and the depth", readings).matches[0].claim == "depth"


@pytest.mark.parametrize(("confidence", "offered"), [(0.2, True), (0.02, False)])
def test_what_goes_on_and_stays_unclear_is_offered_what_is_near_at_all(confidence: float, offered: bool) -> None:
    found = after("what about my dog", {"alone": ranked(("depth", confidence))})
    assert not found.sure
    assert found.near is offered


def test_words_put_before_a_follow_up_ask_nothing_of_their_own() -> None:
    readings = {"alone": ranked(("weaker", 0.4)), "T": ranked(("weaker", 0.9), also=("depth",))}
    assert after("is it worse", readings).also == ()


def test_a_message_without_words_is_ranked_as_nothing() -> None:
    assert after("?!", {"alone": ranked()}).matches == ()


UNSURE = ranked(("hip", 0.2))


def together(text: str, both: Ranking, *, alone: Ranking = UNSURE, before: str = "my feet go dead") -> Ranking:
    return rank_together(text, before, alone, "twist", {f"{before}, {text}": both}.__getitem__, chatter=CHATTER)


def test_a_message_that_says_too_little_is_read_with_the_one_before() -> None:
    found = together("toes only", ranked(("hip", 0.9), also=("depth",)))
    assert found.sure
    assert found.matches[0].claim == "hip"
    assert found.also == (), "what was put before it asks nothing"


def test_the_last_answer_comes_again_only_where_the_message_is_near_to_something() -> None:
    again = ranked(("twist", 0.9))
    assert not together("my dog too", again).sure
    assert together("for bigger legs", again, alone=ranked(("depth", 0.4))).sure
    assert not together("how deep", again, alone=ranked(("depth", 0.66))).sure, "that is about something else"


@pytest.mark.parametrize(
    ("text", "before", "alone"),
    [
        ("how deep then", "my feet go dead", ranked(("depth", 0.9))),
        ("toes only", "", ranked(("hip", 0.2))),
        ("thanks", "my feet go dead", ranked(("hip", 0.2))),
        ("what does my dog need", "my feet go dead", ranked(("hip", 0.2))),
    ],
)
def test_what_is_clear_long_or_chatter_stands_by_itself(text: str, before: str, alone: Ranking) -> None:
    assert together(text, ranked(("weaker", 0.99)), alone=alone, before=before) is alone


def test_an_unsure_reading_with_the_one_before_changes_nothing() -> None:
    alone = ranked(("hip", 0.4))
    assert together("toes only", ranked(("depth", 0.5)), alone=alone) is alone
