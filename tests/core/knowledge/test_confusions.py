"""What a question would find if it did not stand in the knowledge."""

from collections.abc import Iterable
from statistics import mean
from typing import Any

import pytest

from bot.core.knowledge.confusions import CrossCheck, cross_check
from bot.core.model import Claim, Confidence, Knowledge, Match, Ranking, Topic, Verdict

DEPTH = ("how deep should the sled go", "how deep is deep enough", "how deep do you go", "what depth is deep")
LOCKOUT = ("is locking out bad", "locking out my knees", "should i be locking out", "is locking bad for knees")


def claim(id_: str, topic: str, *questions: str) -> Claim:
    return Claim(id_, topic, id_, id_, Verdict.MIXED, Confidence.LOW, "An answer.", questions)


def knowledge(*claims: Claim) -> Knowledge:
    topics = {each.topic: Topic(each.topic, each.topic, "", each.id) for each in claims}
    return Knowledge({each.id: each for each in claims}, topics)


class SharedWords:
    """Ranks claims by how many words their questions share with the text on average: nothing here can be tuned."""

    def __init__(self, claims: Iterable[Claim], **_also: Any) -> None:
        self.claims = list(claims)

    def rank(self, text: str) -> Ranking:
        words = set(text.split())
        shared = {each.id: mean(len(words & set(q.split())) for q in each.questions) for each in self.claims}
        ordered = sorted(self.claims, key=lambda each: -shared[each.id])
        return Ranking(tuple(Match(each.id, each.topic, 0.5) for each in ordered))


def crossed(claims: list[Claim], folds: int) -> CrossCheck:
    return cross_check(knowledge(*claims), folds, fit=SharedWords)


def test_claims_that_are_asked_apart_are_not_confused() -> None:
    found = crossed([claim("deep", "depth", *DEPTH), claim("straight", "lockout", *LOCKOUT)], 4)
    assert found.confusions == ()
    assert (found.first.count, found.first.of) == (8, 8)
    assert found.within_three.count == 8


def test_a_question_worded_like_another_claims_is_named_with_the_words_that_mislead_and_those_that_would_help() -> None:
    stray = "is locking my knees bad when deep"
    found = crossed([claim("deep", "depth", *DEPTH, stray), claim("straight", "lockout", *LOCKOUT)], 5)
    (confusion,) = found.confusions
    assert (confusion.asked, confusion.taken_for, confusion.of) == ("deep", "straight", 5)
    assert confusion.questions == (stray,)
    assert "locking" in confusion.shared
    assert "deep" not in confusion.telling
    assert "how" in confusion.telling
    assert (found.first.count, found.first.of) == (8, 9)
    assert found.within_three.count == 9


def test_the_pair_with_the_most_questions_comes_first() -> None:
    strays = [*LOCKOUT[:3], "how wide do you stand"]
    found = crossed(
        [
            claim("deep", "depth", *DEPTH, *strays),
            claim("straight", "lockout", *LOCKOUT),
            claim("wide", "stance", "how wide should you stand", "how wide do you stand then"),
        ],
        7,
    )
    pairs = [(each.asked, each.taken_for, len(each.questions)) for each in found.confusions]
    assert pairs[0] == ("deep", "straight", 3)
    assert [count for _, _, count in pairs] == sorted((count for _, _, count in pairs), reverse=True)
    assert len(pairs) > 1


def test_claims_of_one_topic_may_take_each_others_questions() -> None:
    found = crossed([claim("deep", "depth", *DEPTH), claim("low", "depth", *DEPTH[1:])], 3)
    assert found.confusions == ()
    assert found.first.count == found.first.of == 7


def test_a_claim_with_one_question_is_left_whole_and_told() -> None:
    found = crossed([claim("deep", "depth", *DEPTH), claim("alone", "other", "what of belts")], 3)
    assert found.single == ("alone",)
    assert found.first.of == 4


def test_every_question_is_held_back_exactly_once_and_never_seen_by_the_matcher_that_judges_it() -> None:
    whole = knowledge(claim("deep", "depth", *DEPTH), claim("straight", "lockout", *LOCKOUT[:2]))
    fits: list[set[str]] = []

    def fit(claims: Iterable[Claim], **also: Any) -> SharedWords:
        claims = list(claims)
        assert all(each.questions for each in claims)
        fits.append({question for each in claims for question in each.questions})
        return SharedWords(claims, **also)

    cross_check(whole, 3, fit=fit)
    everything = {*DEPTH, *LOCKOUT[:2]}
    held = [question for seen in fits for question in everything - seen]
    assert sorted(held) == sorted(everything)


def test_folds_are_told_as_they_are_done() -> None:
    heard: list[int] = []
    cross_check(knowledge(claim("deep", "depth", *DEPTH)), 3, fit=SharedWords, on_fold=heard.append)
    assert heard == [0, 1, 2]


def test_the_bots_own_matcher_judges_unless_another_is_named() -> None:
    found = cross_check(knowledge(claim("deep", "depth", *DEPTH), claim("straight", "lockout", *LOCKOUT)), 4)
    assert found.first.of == 8
    assert found.first.count > 4


def test_the_same_knowledge_gives_the_same_confusions() -> None:
    whole = knowledge(claim("deep", "depth", *DEPTH, "is locking bad"), claim("straight", "lockout", *LOCKOUT))
    assert cross_check(whole, 3) == cross_check(whole, 3)


def test_one_fold_is_refused() -> None:
    with pytest.raises(ValueError, match="two folds"):
        cross_check(knowledge(claim("deep", "depth", *DEPTH)), 1)
