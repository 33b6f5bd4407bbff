from bot.core.matching import Matcher


def test_the_words_that_counted_are_named_strongest_first(small: Matcher) -> None:
    explanation = small.explain("is it bad to lock my knees at the top")
    first = explanation.contenders[0]
    assert first.claim == "locking-out"
    assert first.evidence[0].words in {"lock", "knees"}
    weights = [each.weight for each in first.evidence]
    assert weights == sorted(weights, reverse=True)
    assert first.nearest == "is it bad to lock my knees on the leg press"


def test_repairs_and_unknown_words_are_named(small: Matcher) -> None:
    explanation = small.explain("how deep shuold i go, zorblax")
    assert [(repair.typed, repair.read) for repair in explanation.repairs] == [("shuold", "should")]
    assert explanation.strange == ("zorblax",)


def test_the_runner_up_and_why_it_lost_are_told(small: Matcher) -> None:
    explanation = small.explain("how deep should i go on the leg press")
    first, second, *_ = explanation.contenders
    assert f"'{first.claim}' leads" in explanation.why
    assert f"before '{second.claim}'" in explanation.why


def test_a_decline_says_that_it_reads_like_something_else(small: Matcher) -> None:
    explanation = small.explain("who is training tonight")
    assert explanation.out_of_scope > 0.5
    assert "out of scope" in explanation.why
    assert explanation.near < explanation.sure


def test_it_tells_the_same_confidence_as_the_ranking(small: Matcher) -> None:
    for text in ("how deep", "why?", "sled weight", "zzz"):
        ranked = [match.confidence for match in small.rank(text).matches[:3]]
        assert [each.confidence for each in small.explain(text).contenders] == ranked


def test_a_single_word_is_explained(small: Matcher) -> None:
    assert small.explain("depth").contenders[0].claim == "find-your-depth"


def test_the_explanation_is_of_the_ranking_that_goes_out(small: Matcher) -> None:
    for text in ("how deep should i go on the leg press, and should i lock out at the top?", "how deep should i go"):
        told, ranking = small.explain(text), small.rank(text)
        assert (told.contenders[0].claim, told.contenders[0].confidence) == (
            ranking.matches[0].claim,
            ranking.matches[0].confidence,
        )
        assert told.why.startswith("What it asks") == (", and" in text)
