from bot.core.weighing import NONE, Weighing

WEIGHING = Weighing({"leads": 2.0, "last": 1.0, "none": 0.5, "sure_asks": 1.0})


def test_the_shares_of_all_claims_and_of_none_are_one() -> None:
    shares = WEIGHING.shares({"a": {"leads": 1.0}, "b": {"last": 1.0}, NONE: {"none": 1.0}})
    assert round(sum(shares.values()), 9) == 1.0
    assert sorted(shares, key=lambda claim: -shares[claim]) == ["a", "b", NONE]


def test_evidence_without_a_weight_counts_nothing() -> None:
    assert WEIGHING.shares({"a": {"unheard": 9.0}, "b": {}}) == {"a": 0.5, "b": 0.5}


def test_what_is_clearly_more_probable_is_taken_in_place_of_what_was_given() -> None:
    found = WEIGHING.clearly({"a": {"last": 1.0, "leads": 1.0}, "b": {}, NONE: {}}, "b")
    assert found is not None
    assert (found.claim, found.against) == ("a", "b")
    assert found.counted == (("leads", 2.0), ("last", 1.0))
    assert found.share > 7 * found.against_share


def test_what_is_hardly_more_probable_is_left() -> None:
    assert WEIGHING.clearly({"a": {"last": 1.0}, "b": {}}, "b") is None


def test_a_question_that_is_clear_alone_gives_way_to_less() -> None:
    heavy = {"a": {"last": 1.0, "leads": 1.4}}
    assert WEIGHING.clearly(heavy | {"b": {"last": 1.0}}, "b") is not None
    assert WEIGHING.clearly(heavy | {"b": {"sure_asks": 1.0}}, "b") is not None
    assert Weighing({"leads": 2.0}).clearly({"a": {"leads": 1.3}, "b": {"sure_asks": 1.0}}, "b") is None
    assert Weighing({"leads": 2.0}).clearly({"a": {"leads": 1.3}, "b": {}}, "b") is not None


def test_none_is_never_answered_in_place_of_a_claim() -> None:
    assert WEIGHING.clearly({"a": {}, NONE: {"none": 20.0}}, "a") is None


def test_it_is_asked_back_for_what_is_more_probable_than_none() -> None:
    evidence = {"a": {"leads": 1.0}, "b": {"last": 1.5}, "c": {}, NONE: {}}
    assert WEIGHING.possible(evidence) == ["a", "b"]
    assert WEIGHING.possible({"a": {}, NONE: {"none": 1.0}}) == []


def test_without_weights_nothing_is_weighed() -> None:
    assert not Weighing({})
    assert WEIGHING
