"""The small model and the phrase bank."""

from array import array
from dataclasses import replace
from itertools import pairwise

import pytest

from bot.core.safety.corpus import CONCEPT, LETTER, WORD, Corpus, Item
from bot.core.safety.net import GENERAL, MIND, STRIDE, WINDOW, Net, Opinion, sentences, stretches, windows
from bot.core.safety.phrasebank import PhraseBank
from bot.core.safety.state import State
from bot.core.safety.tokens import SENTENCE

ALARMS = ("crotch gone numb", "numb toes and numb crotch", "crotch numb since monday", "toes numb today")
CALM = ("foot on the plate", "how low is the plate", "plate too low today", "foot too low since monday")


def items(text: str) -> list[list[Item]]:
    return [[(WORD, word), (LETTER, word)] for word in text.split()]


CORPUS = Corpus.of(items(text) for text in (*ALARMS, *CALM))
EACH = list(pairwise(CORPUS.texts))


def judged(net: Net, text: str, *, fresh: int = 0) -> Opinion:
    read = items(text)
    return net.judge(read, [0] * len(read), fresh=fresh)[0]


@pytest.fixture(scope="module")
def net() -> Net:
    return Net.fit(CORPUS, EACH, [True] * 4 + [False] * 4, [True, True, False, False] + [False] * 4, l2=0.1)


def test_alarms_score_above_harmless_texts(net: Net) -> None:
    assert min(judged(net, text).alarm for text in ALARMS) > max(judged(net, text).alarm for text in CALM)


def test_letters_carry_over_to_words_never_seen(net: Net) -> None:
    assert judged(net, "numbness crotches").alarm > judged(net, "plates").alarm


def test_nothing_known_is_no_more_than_the_constant(net: Net) -> None:
    assert all(one.end == 0 for one in net.judge([], [], count=3))
    assert judged(net, "zzz").alarm == pytest.approx(judged(net, "qqq").alarm)


def test_backstory_does_not_drown_an_alarm(net: Net) -> None:
    story = "foot plate low how the " * 12
    told = judged(net, story + "crotch gone numb")
    assert told.alarm > judged(net, story).alarm + 0.5
    assert told.end == 63


def test_only_stretches_that_reach_the_newest_message_count(net: Net) -> None:
    old = "crotch gone numb " + "foot plate low how the " * 20
    assert judged(net, old, fresh=100).alarm < judged(net, old).alarm


def test_fitting_twice_gives_the_same_and_a_dump_restores_it(net: Net) -> None:
    again = Net.fit(CORPUS, EACH, [True] * 4 + [False] * 4, [True, True, False, False] + [False] * 4, l2=0.1)
    assert dumped(again) == dumped(net)
    assert judged(Net.restore(dumped(net)), "numb toes") == judged(net, "numb toes")


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
    state.put("features0", state.numbers("features0")[1:])
    with pytest.raises(ValueError, match="hashes"):
        Net.restore(state)


def test_a_long_text_is_cut_into_overlapping_stretches() -> None:
    count = WINDOW + 2 * STRIDE
    parts = stretches(count, [0] * count)
    assert (0, count) in parts
    assert all(end - start <= WINDOW for start, end in parts if (start, end) != (0, count))
    assert stretches(3, [0, 0, 0]) == [(0, 3)]


def test_each_sentence_and_each_pair_of_them_is_scored() -> None:
    assert sentences(4, [0, 0, SENTENCE, SENTENCE]) == [(0, 2), (0, 3), (0, 4), (2, 3), (2, 4), (3, 4)]


def test_windows_reach_the_last_word_of_a_message_that_is_longer_than_one() -> None:
    assert windows(WINDOW) == []
    for count in range(WINDOW + 1, WINDOW + 3 * STRIDE):
        found = windows(count)
        assert found[0] == (0, WINDOW)
        assert found[-1][1] == count
        assert all(later[0] - earlier[0] == STRIDE for earlier, later in pairwise(found))


def test_what_is_said_twice_weighs_as_what_is_said_once(net: Net) -> None:
    assert judged(net, "numb plate plate") == replace(judged(net, "numb plate"), end=3)
    twice = items("numb toes numb toes")
    for one in net.judge(twice, [0, 0, SENTENCE, 0], count=9):
        assert one.alarm == pytest.approx(judged(net, "numb toes").alarm)


def test_kinds_of_alarm_are_told_apart() -> None:
    mind = ("i want to die", "want to die tonight", "no point living", "want no life")
    corpus = Corpus.of(items(text) for text in (*CALM, *ALARMS, *mind))
    kinds = [0] * len(CALM) + [GENERAL] * len(ALARMS) + [MIND] * len(mind)
    net = Net.fit(corpus, list(pairwise(corpus.texts)), kinds, [False] * len(CALM) + [True, False] * 4, l2=0.1)
    assert judged(net, "want to die").mind > 0.8
    assert judged(net, "crotch numb").mind < 0.2
    assert min(judged(net, text).alarm for text in (*ALARMS, *mind)) > max(judged(net, text).alarm for text in CALM)
    assert judged(Net.restore(dumped(net)), "want to die") == judged(net, "want to die")


def test_strange_words_are_those_of_no_text_that_was_fitted(net: Net) -> None:
    assert net.strange(items("numb crotch")) == 0
    assert net.strange(items("numb zebra")) == 0.5
    assert net.strange(items("gone zebra")) == 1, "a word of one text alone is not kept"


def test_each_window_is_scored_as_if_it_stood_alone(net: Net) -> None:
    read = items("crotch gone numb and toes numb since monday how low is the foot on the plate today " * 3)
    scored = net.judge(read, [0] * len(read), count=99)
    assert len(scored) == 1 + len(windows(len(read)))
    for one in scored:
        cut = read[one.start : one.end]
        [alone] = [each for each in net.judge(cut, [0] * len(cut), count=9) if each.end == len(cut)][:1]
        assert one.alarm == pytest.approx(alone.alarm)
        assert one.urgent == pytest.approx(alone.urgent)
    assert net.judge(read, [0] * len(read), count=3) == scored[:3]


def test_the_bank_tells_how_close_both_sides_are() -> None:
    crotch: list[list[Item]] = [[(WORD, "numb"), (CONCEPT, "NUMB")], [(WORD, "crotch")]]
    knee: list[list[Item]] = [[(WORD, "swollen")], [(WORD, "knee")]]
    sleeve: list[list[Item]] = [[(WORD, "sleeve")], [(WORD, "grip")]]
    bank = PhraseBank.of(Corpus.of([crotch, knee, sleeve, sleeve]), 2)
    near = bank.nearest([[(WORD, "swollen")]])
    assert [place for place, _ in near.alarms] == [1]
    assert near.calm == 0.0
    assert bank.nearest(sleeve).calm > bank.nearest(sleeve).twin == 0.0
    assert bank.nearest(crotch).twin == pytest.approx(1.0)
    state = State()
    bank.dump(state)
    assert PhraseBank.restore(state).nearest(crotch) == bank.nearest(crotch)


@pytest.mark.parametrize("count", [23, 150, 400, 401, 3_000])
def test_whatever_is_said_in_seventeen_words_of_a_long_message_lies_whole_in_one_window(count: int) -> None:
    spans = windows(count)
    assert all(any(start <= place and place + 17 <= end for start, end in spans) for place in range(count - 17 + 1))
    assert max(end for _, end in spans) == count
