import tracemalloc
from dataclasses import replace

import pytest

from bot.core.matching import Matcher, build
from bot.core.model import OutOfScopeGroup, Ranking
from tests.core.matching.samples import CLAIMS, claim

SAUNA = claim("sauna", "this-server", "is there a sauna", "when is the sauna open", "sauna opening hours")
UNLIKE = ["is it bad to lock my knees", "wide or narrow stance on leg press", "lower back pain from the sled"]


def test_a_servers_claim_is_found_and_the_base_answers_as_before(small: Matcher) -> None:
    joined = build([SAUNA], small)
    assert joined.rank("sauna hours?").matches[0].claim == "sauna"
    assert joined.rank("when does the sauna open").near
    assert not any(match.claim == "sauna" for match in small.rank("sauna hours?").matches)
    for text in UNLIKE:
        assert joined.rank(text).matches[0].claim == small.rank(text).matches[0].claim
        assert joined.rank(text).sure == small.rank(text).sure


def test_the_base_is_neither_fitted_again_nor_copied(shipped_matcher: Matcher, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.core.matching.matcher.fit_claims", lambda *_: pytest.fail("fitted anew"))
    build([SAUNA], shipped_matcher)
    tracemalloc.start()
    try:
        joined = build([SAUNA], shipped_matcher)
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert joined.rank("is there a sauna").sure
    assert size < len(shipped_matcher.dump()) / 10


def test_a_servers_claim_is_answered_when_only_its_subject_is_named(shipped_matcher: Matcher) -> None:
    joined = build([SAUNA], shipped_matcher)
    for text in ("sauna?", "sauna hours?", "when does the sauna open"):
        ranking = joined.rank(text)
        assert (ranking.sure, ranking.matches[0].claim) == (True, "sauna")
    for text in ("how do i row properly", "best protein powder", "how do i bench more"):
        assert joined.rank(text).near == shipped_matcher.rank(text).near


def test_an_added_question_moves_to_its_claim(small: Matcher) -> None:
    text = "do suspenders help"
    assert small.rank(text).matches[0].claim != "how-much-weight" or not small.rank(text).sure
    base = next(each for each in CLAIMS if each.id == "how-much-weight")
    joined = build([replace(base, questions=(*base.questions, text))], small)
    assert joined.rank(text).matches[0].claim == "how-much-weight"
    assert joined.rank("how many plates should i put on").matches[0].claim == "how-much-weight"


def test_a_question_that_went_to_another_claim_is_won_over(small: Matcher) -> None:
    text = "should my feet lock out"
    assert small.rank(text).matches[0].claim == "locking-out"
    base = next(each for each in CLAIMS if each.id == "foot-height")
    joined = build([replace(base, questions=(*base.questions, text))], small)
    assert joined.rank(text).matches[0].claim == "foot-height"


def test_a_replaced_claim_takes_the_place_of_the_bases(small: Matcher) -> None:
    own = claim("breathing", "setup", "do we have an oxygen bar", "oxygen bar where")
    joined = build([own], small)
    assert joined.rank("where is the oxygen bar").matches[0].claim == "breathing"
    assert not joined.rank("should i hold my breath for heavy sets").sure


def test_a_hidden_claim_is_neither_listed_nor_answered_by_its_neighbour(small: Matcher) -> None:
    text = "feet high or low on the platform"
    assert small.rank(text).matches[0].claim == "foot-height"
    joined = build([], small, hidden={"foot-height"})
    ranking = joined.rank(text)
    assert "foot-height" not in {match.claim for match in ranking.matches}
    assert not ranking.sure


def test_hiding_a_topics_only_claim_takes_the_topic_away(small: Matcher) -> None:
    ranking = build([], small, hidden={"breathing"}).rank("how do i breathe on the leg press")
    assert "setup" not in {match.topic for match in ranking.matches}
    assert not ranking.sure


def test_hiding_everything_leaves_nothing_to_rank(small: Matcher) -> None:
    joined = build([], small, hidden={each.id for each in CLAIMS})
    assert joined.rank("how deep") == Ranking()
    assert joined.explain("how deep").why


def test_a_servers_out_of_scope_examples_are_not_answered(small: Matcher) -> None:
    text = "leg press depth guide"
    assert small.rank(text).sure
    joined = build([], small, out_of_scope=(OutOfScopeGroup("marked", (text,)),))
    assert not joined.rank(text).sure
    assert joined.rank("is it bad to lock my knees").sure == small.rank("is it bad to lock my knees").sure


def test_a_servers_own_words_are_not_repaired_away(small: Matcher) -> None:
    joined = build([claim("lop", "this-server", "where is the lop", "lop opening hours")], small)
    assert joined.explain("where is the lop").repairs == ()


def test_nothing_of_its_own_gives_the_base(small: Matcher) -> None:
    assert build([], small).rank("how deep should i go") == small.rank("how deep should i go")


def test_claims_without_words_change_nothing(small: Matcher) -> None:
    joined = build([claim("empty", "this-server", "💀")], small)
    for text in UNLIKE:
        assert joined.rank(text).matches[0] == small.rank(text).matches[0]


def test_a_base_over_a_base_is_refused(small: Matcher) -> None:
    with pytest.raises(ValueError, match="use its base"):
        build([SAUNA], build([SAUNA], small))


def test_too_many_phrasings_over_a_base_are_refused(small: Matcher) -> None:
    many = claim("many", "this-server", *(f"question number {i}" for i in range(2_001)))
    with pytest.raises(ValueError, match="2000 is the limit"):
        build([many], small)


def test_over_an_empty_base_the_claims_stand_alone() -> None:
    assert build([SAUNA], build([])).rank("is there a sauna").matches[0].claim == "sauna"


def test_the_same_overlay_gives_the_same_ranking(small: Matcher) -> None:
    texts = [*UNLIKE, "sauna hours?"]
    assert [build([SAUNA], small).rank(text) for text in texts] == [build([SAUNA], small).rank(text) for text in texts]
