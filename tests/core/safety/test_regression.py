"""The arithmetic behind the small model: where its fit ends does not hang on how it gets there."""

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bot.core.safety import build
from bot.core.safety.corpus import CONCEPT, LETTER, WORD, Corpus
from bot.core.safety.net import letters
from bot.core.safety.regression import Table, regress
from tests.safety.shipped import bank_rules, small_gate

if TYPE_CHECKING:
    from bot.core.safety.regression import Array, Places

    Made = tuple[Table, Places]

TEXTS = (
    "i'm hanging by my arms",
    "its been 8 weeks and still no growth",
    "toes off the plate",
    "both my legs went dead under the bar",
    "i don't want to be here any more",
    "cant bend less, stops are fixed",
    "my heart is racing and i feel sick",
    "knees over toes or not",
)


def test_neither_the_order_of_wordings_nor_one_of_them_decides_about_other_texts() -> None:
    """A version of the stemmer that reads two words otherwise is such a change."""
    rules = (
        small_gate().rules
    )  # fitting a tenth of the bank takes a tenth of the time, and one wording of it weighs more
    turned = build(replace(rules, phrasings=rules.phrasings[::-1]))
    other = build(replace(rules, phrasings=rules.phrasings[:0:-1]))
    alarms = [small_gate().alarm(text) for text in TEXTS]
    assert min(alarms) < 0.3, "the texts are of both kinds"
    assert max(alarms) > 0.9
    assert [turned.alarm(text) for text in TEXTS] == pytest.approx(alarms, abs=0.001)
    # One wording of six hundred is gone, and a fit ends within a hundredth of where it would get to.
    assert [other.alarm(text) for text in TEXTS] == pytest.approx(alarms, abs=0.01)


@pytest.fixture(scope="module")
def table() -> "Made":
    """A table of harmless texts and of two kinds of alarm."""
    rules = bank_rules()
    texts = [*(each.text for each in rules.phrasings[::8]), *rules.harmless[::8]]
    kinds = [1 + each.rule.startswith("R4") for each in rules.phrasings[::8]] + [0] * len(rules.harmless[::8])
    corpus = Corpus.of([[(WORD, word), (LETTER, word)] for word in text.split()] for text in texts)
    parts = list(pairwise(corpus.texts))
    made = Table.of(corpus, parts, (2.0, 1.2, 1.0, 1.0), letters, letter=LETTER, kept=CONCEPT)
    return made, np.array(kinds, dtype=np.int64)


def chances(table: Table, weights: "Array", bias: "Array") -> "Array":
    scores = np.array([table.rows.times(each.astype(np.float32)) + c for each, c in zip(weights, bias, strict=True)])
    odds = np.exp(scores)
    return np.asarray(odds / (1 + odds.sum(axis=0)))


@pytest.mark.parametrize("l2", [0.2, 0.5, 2.0])
def test_further_steps_would_move_no_probability_by_a_hundredth(table: "Made", l2: float) -> None:
    made, kinds = table
    sample = np.where(kinds > 0, 1.5, 1.0)
    ended = chances(made, *regress(made, kinds, sample, l2))
    further = chances(made, *regress(made, kinds, sample, l2, enough=1e-10))
    assert np.abs(ended - further).max() < 0.01
    assert ended.max() > 0.9
