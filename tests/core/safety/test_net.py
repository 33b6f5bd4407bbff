"""The small model and the phrase bank."""

from array import array

import pytest

from bot.core.model import Tier
from bot.core.safety.net import CONCEPT, LETTER, NOTHING, STRIDE, WINDOW, WORD, Item, Net, stretches
from bot.core.safety.phrasebank import PhraseBank
from bot.core.safety.state import State
from bot.core.safety.values import Phrasing

ALARMS = ("crotch gone numb", "numb toes and numb crotch", "crotch numb since monday", "toes numb today")
CALM = ("foot on the plate", "how low is the plate", "plate too low today", "foot too low since monday")


def items(text: str) -> list[list[Item]]:
    return [[(WORD, word), (LETTER, word)] for word in text.split()]


@pytest.fixture(scope="module")
def net() -> Net:
    texts = [items(text) for text in (*ALARMS, *CALM)]
    return Net.fit(texts, [True] * 4 + [False] * 4, [True, True, False, False] + [False] * 4, l2=0.1)


def test_alarms_score_above_harmless_texts(net: Net) -> None:
    assert min(net.judge(items(text)).alarm for text in ALARMS) > max(net.judge(items(text)).alarm for text in CALM)


def test_letters_carry_over_to_words_never_seen(net: Net) -> None:
    assert net.judge(items("numbness crotches")).alarm > net.judge(items("plates")).alarm


def test_nothing_known_is_no_more_than_the_constant(net: Net) -> None:
    assert net.judge([]) == NOTHING
    assert net.judge(items("zzz")).alarm == pytest.approx(net.judge(items("qqq")).alarm)


def test_backstory_does_not_drown_an_alarm(net: Net) -> None:
    story = "foot plate low how the " * 12
    told = net.judge(items(story + "crotch gone numb"))
    assert told.alarm > 2 * net.judge(items(story)).alarm
    assert told.end == 63


def test_only_stretches_that_reach_the_newest_message_count(net: Net) -> None:
    old = "crotch gone numb " + "foot plate low how the " * 12
    assert net.judge(items(old), fresh=60).alarm < net.judge(items(old)).alarm


def test_fitting_twice_gives_the_same_and_a_dump_restores_it(net: Net) -> None:
    texts = [items(text) for text in (*ALARMS, *CALM)]
    again = Net.fit(texts, [True] * 4 + [False] * 4, [True, True, False, False] + [False] * 4, l2=0.1)
    assert dumped(again) == dumped(net)
    assert Net.restore(dumped(net)).judge(items("numb toes")) == net.judge(items("numb toes"))


def dumped(net: Net) -> State:
    state = State()
    net.dump(state)
    return state


@pytest.mark.parametrize(
    "broken", [State(), State(fractions={"constants": array("d", [1, 2])}), State(texts={"features0": "a"})]
)
def test_a_broken_dump_is_refused(broken: State) -> None:
    with pytest.raises((KeyError, ValueError)):
        Net.restore(broken)


def test_rows_without_their_features_are_refused(net: Net) -> None:
    state = dumped(net)
    state.whole["features0"] = state.whole["features0"][1:]
    with pytest.raises(ValueError, match="zip"):
        Net.restore(state)


def test_a_long_text_is_cut_into_overlapping_stretches() -> None:
    text = items("word " * (WINDOW + 2 * STRIDE))
    assert stretches(text)[0] == text
    assert all(len(part) <= WINDOW for part in stretches(text)[1:])
    assert stretches(items("a b c")) == [items("a b c")]


def test_the_bank_names_the_closest_wording() -> None:
    phrasings = [Phrasing("R01", Tier.EMERGENCY, "numb crotch"), Phrasing("R24", Tier.SAME_DAY, "swollen knee")]
    concepts: list[list[list[Item]]] = [
        [[(WORD, "numb"), (CONCEPT, "NUMB")], [(WORD, "crotch")]],
        [[(WORD, "swollen")], [(WORD, "knee")]],
    ]
    bank = PhraseBank.of(phrasings, concepts)
    closest, closeness = bank.nearest([[(WORD, "knee")]], 1)[0]
    assert closest.rule == "R24"
    assert 0 < closeness <= 1
    assert bank.nearest(concepts[0], 1)[0][1] == pytest.approx(1.0)
    state = State()
    bank.dump(state)
    assert PhraseBank.restore(phrasings, state).nearest(concepts[0]) == bank.nearest(concepts[0])
