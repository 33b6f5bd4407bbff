"""Near copies of a wording, told from texts that only share a word with it."""

import pytest

from bot.core.matching import build
from bot.core.matching.closecalls import sorted_stems
from bot.core.matching.copies import is_copy, telling
from bot.core.text import words
from tests.core.matching.samples import claim

KNOWN = {"plate", "plant", "leg", "pain", "gain"}


def stems(text: str) -> frozenset[str]:
    return telling(sorted_stems(words(text)))


@pytest.mark.parametrize(
    ("text", "wording", "expected"),
    [
        ("where is the sauna", "is there a sauna", True),
        ("ladder carpet lamp", "lamp carpet ladder sofa", True),
        ("ladder carpet lamp kettle", "lamp carpet ladder", True),
        ("ladder capret lamp", "ladder carpet lamp", True),
        ("who moves the carpte and the lamp", "who moves the carpet and the lamp", True),
        ("sauna broken", "is there a sauna", False),
        ("ladder carpet", "lamp carpet ladder sofa", False),
        ("leg gain", "leg pain", False),
        ("what about it", "what is it about", False),
    ],
)
def test_a_near_copy_shares_nearly_all_that_tells_something(text: str, wording: str, *, expected: bool) -> None:
    assert is_copy(stems(text), stems(wording), KNOWN.__contains__) is expected


def test_with_one_wording_a_claim_near_copies_are_answered_and_strangers_are_not() -> None:
    things = ["kettle", "poster", "ladder", "carpet", "lamp", "sofa", "mirror", "fridge", "plant", "clock"]
    doings = ["paint", "sell", "wash", "carry", "borrow", "lift", "count", "hide"]
    claims = [
        claim(f"{doing}-{thing}", f"topic-{i % 7}", f"who may {doing} the old {thing} on monday")
        for i, (doing, thing) in enumerate((doing, thing) for doing in doings for thing in things)
    ]
    matcher = build(claims)
    for each in claims:
        doing, _, thing = each.id.partition("-")
        for text in (
            each.questions[0],
            f"can i {doing} that old {thing} monday",
            f"on monday the old {thing}, who does {doing} it",
        ):
            ranking = matcher.rank(text)
            assert (ranking.sure, ranking.matches[0].claim) == (True, each.id), text
    for text in ("who won the match on sunday", "best recipe for soup", "who may park here"):
        assert not matcher.rank(text).sure


def test_a_near_copy_of_two_claims_is_no_ones() -> None:
    one, two = claim("one", "a", "who washes the old ladder"), claim("two", "b", "when is the old ladder washed")
    text = "how do we wash our old ladder"
    assert build([one, claim("three", "b", "who paints the fence")]).rank(text).sure
    assert not build([one, two]).rank(text).sure
