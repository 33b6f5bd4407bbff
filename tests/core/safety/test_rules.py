"""Combining concepts within a window."""

import pytest

from bot.core.model import Tier
from bot.core.safety.lexicon import Lexicon
from bot.core.safety.rules import Fired, RuleBook, reading
from bot.core.safety.tokens import tokenise
from bot.core.safety.values import Condition, Rule
from tests.safety.shipped import small_gate


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return small_gate()._lexicon


def fired(lexicon: Lexicon, way: Condition, text: str, earlier: tuple[str, ...] = ()) -> list[Fired]:
    words = tokenise(text, earlier)
    hits = lexicon.find(words)
    book = RuleBook(lexicon, [Rule("R", "FLAG", Tier.SOON, (way,))])
    return book.fire(reading(words, hits, small_gate()._reader.read(words, hits)), fresh=bool(earlier))


def test_terms_must_stand_within_the_window(lexicon: Lexicon) -> None:
    way = Condition(near=("NUMB", "FOOT"), window=3)
    assert fired(lexicon, way, "my foot is numb")
    assert not fired(lexicon, way, "my foot slid off while the whole gym watched me go numb")


def test_also_may_stand_anywhere_and_unless_takes_back(lexicon: Lexicon) -> None:
    way = Condition(near=("NUMB", "FOOT"), also=("BACK",), unless=("BIKE",))
    assert fired(lexicon, way, "my foot is numb. more of the story. and so on and on. my spine hurts")
    assert not fired(lexicon, way, "my foot is numb")
    assert not fired(lexicon, way, "my foot is numb, spine hurts, long bike ride")


def test_one_of_several_concepts_is_enough(lexicon: Lexicon) -> None:
    way = Condition(near=("NUMB|TINGLE", "FOOT"))
    assert fired(lexicon, way, "tingling foot")


def test_order_counts_where_it_is_asked_for(lexicon: Lexicon) -> None:
    way = Condition(near=("PEE", "LOOKS", "DRINK"), window=8, ordered=True)
    assert fired(lexicon, way, "my pee looks like cola")
    assert not fired(lexicon, way, "cola looks nice after a pee")


def test_what_is_taken_back_does_not_count_unless_the_term_allows_it(lexicon: Lexicon) -> None:
    assert not fired(lexicon, Condition(near=("CANCER",)), "had cancer years ago")
    assert fired(lexicon, Condition(near=("CANCER*",)), "had cancer years ago")
    assert not fired(lexicon, Condition(near=("SOILED",)), "almost shit myself")
    assert fired(lexicon, Condition(near=("SOILED~",)), "almost shit myself")


def test_laughter_takes_back_only_what_is_marked(lexicon: Lexicon) -> None:
    assert fired(lexicon, Condition(near=("NUMB", "LEGS")), "legs numb lol")
    assert not fired(lexicon, Condition(near=("NUMB", "LEGS"), joke=True), "legs numb lol")


def test_with_earlier_messages_the_newest_must_take_part(lexicon: Lexicon) -> None:
    way = Condition(near=("CANT", "PEE"), also=("BACK",))
    assert fired(lexicon, way, "now i cant pee", ("my back went on the sled",))
    assert not fired(lexicon, way, "thanks anyway", ("my back went and i cant pee",))


def test_an_unknown_concept_is_refused(lexicon: Lexicon) -> None:
    with pytest.raises(KeyError):
        RuleBook(lexicon, [Rule("R", "FLAG", Tier.SOON, (Condition(near=("NO_SUCH",)),))])
