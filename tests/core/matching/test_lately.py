"""What was ranked a moment ago is not ranked again, and nobody's words are kept for that."""

from dataclasses import replace

from bot.core.matching import build
from bot.core.matching.lately import Lately
from bot.core.model import Match, Ranking
from tests.core.matching.samples import CLAIMS


class Ranker:
    """A matcher that counts its work."""

    def __init__(self, claim: str = "a") -> None:
        self.sign = object()
        self.times = 0
        self.found = Ranking((Match(claim, "topic", 0.5),))

    def rank(self, _text: str) -> Ranking:
        self.times += 1
        return self.found


def test_a_text_is_ranked_once() -> None:
    lately, ranker = Lately(), Ranker()
    assert [lately.ranking(ranker.sign, "how deep?", ranker.rank) for _ in range(3)] == [ranker.found] * 3
    lately.ranking(ranker.sign, "how low?", ranker.rank)
    assert ranker.times == 2


def test_each_matcher_has_its_own() -> None:
    lately, one, other = Lately(), Ranker("a"), Ranker("b")
    found = [lately.ranking(each.sign, "how deep?", each.rank) for each in (one, other, one)]
    assert found == [one.found, other.found, one.found]
    assert (one.times, other.times) == (1, 1)


def test_the_one_that_was_not_asked_for_longest_makes_room() -> None:
    lately, ranker = Lately(2), Ranker()
    for text in ("deep", "low", "deep", "wide", "deep", "low"):
        lately.ranking(ranker.sign, text, ranker.rank)
    assert ranker.times == 4  # deep, low, wide, and low again
    assert len(lately._kept) == 2


def test_nothing_of_what_was_written_is_kept() -> None:
    lately, again = Lately(), Lately()
    ranker = Ranker()
    for each in (lately, again):
        each.ranking(ranker.sign, "two stents \udcff", ranker.rank)
    kept, other = list(lately._kept), list(again._kept)
    assert all(len(hashed) == 16 for _, hashed in kept)
    assert "stents" not in repr(kept)
    assert kept != other  # each process has its own key, so that no list of texts tells which these were


def test_a_matcher_says_of_a_text_what_it_said_and_another_one_what_it_says() -> None:
    matcher = build(CLAIMS)
    text = CLAIMS[0].questions[0]
    assert matcher.rank(text) is matcher.rank(text)
    renamed = [replace(claim, id=f"{claim.id}-2") for claim in CLAIMS]
    assert build(renamed).rank(text).matches[0].claim == f"{matcher.rank(text).matches[0].claim}-2"
