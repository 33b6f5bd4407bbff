"""Texts as numbers, and the table that is made of them: the same as counting feature by feature says."""

from collections import Counter, defaultdict
from itertools import pairwise
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.safety import regression
from bot.core.safety.corpus import BLOCKS, CONCEPT, LETTER, WORD, Corpus, Item
from bot.core.safety.net import letters
from bot.core.safety.regression import Sparse, Table

SHARES = (1.0, 0.8, 1.0, 0.8)

blocks = st.sampled_from(range(BLOCKS))
names = st.text("abc", min_size=1, max_size=3)
texts = st.lists(st.lists(st.lists(st.tuples(blocks, names), max_size=4), max_size=5), max_size=9)


def features(text: list[list[Item]]) -> set[Item]:
    """Return the features of a stretch, words as their runs."""
    found = {item for word in text for item in word}
    runs = {(LETTER, run) for block, name in found if block == LETTER for run in letters(name)}
    return {item for item in found if item[0] != LETTER} | runs


def rows(table: Table) -> list[dict[Item, float]]:
    """Return each line of a table, by feature."""
    named = {place: (block, name) for block, names in enumerate(table.names) for name, place in names.items()}
    lines = [slice(a, b) for a, b in pairwise(table.rows.starts.tolist())]
    return [
        {
            named[place]: value
            for place, value in zip(table.rows.places[line].tolist(), table.rows.values[line].tolist(), strict=True)
        }
        for line in lines
    ]


def expected(parts: list[list[list[Item]]]) -> list[dict[Item, float]]:
    each = [features(part) for part in parts]
    uses = Counter(item for found in each for item in found)
    kept = [{item for item in found if uses[item] > 1 or item[0] == CONCEPT} for found in each]
    idf = {item: log((1 + len(parts)) / (1 + count)) + 1 for item, count in uses.items()}
    lines = []
    for found in kept:
        squared: defaultdict[int, float] = defaultdict(float)
        for item in found:
            squared[item[0]] += idf[item] ** 2
        lines.append({item: SHARES[item[0]] * idf[item] / squared[item[0]] ** 0.5 for item in found})
    return lines


@given(texts)
def test_a_corpus_gives_the_features_of_its_texts_back(several: list[list[list[Item]]]) -> None:
    corpus = Corpus.of(several)
    offsets = corpus.offsets()
    named = {
        number + offset: (block, name)
        for block, (known, offset) in enumerate(zip(corpus.names, offsets, strict=False))
        for name, number in known.items()
    }
    words = np.array(corpus.texts, dtype=np.int64)
    row, found = corpus.features(words[:-1], words[1:])
    assert len(corpus) == len(several)
    assert offsets[-1] == len(named)
    for number, text in enumerate(several):
        mine = [named[feature] for feature in found[row == number].tolist()]
        assert mine == [item for word in text for item in word]


@pytest.mark.parametrize("at_once", [2, 1_024])
def test_a_table_weighs_the_features_of_stretches(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regression, "_AT_ONCE", at_once)

    @given(texts)
    def weighs(several: list[list[list[Item]]]) -> None:
        corpus = Corpus.of(several)
        parts = list(pairwise(corpus.texts))
        again = [(start, start + 1) for start, end in parts if end > start]  # first words, by themselves
        stretches = [*several, *(text[:1] for text in several if text)]
        table = Table.of(corpus, [*parts, *again], SHARES, letters, letter=LETTER, kept=CONCEPT)
        wanted = expected(stretches)
        for line, want in zip(rows(table), wanted, strict=True):
            assert line == pytest.approx(want, rel=1e-5)

    weighs()


def test_what_is_said_once_is_left_out_but_for_concepts() -> None:
    corpus = Corpus.of([[[(WORD, "numb"), (CONCEPT, "NUMB")]], [[(WORD, "foot")]], [[(WORD, "foot")]]])
    table = Table.of(corpus, list(pairwise(corpus.texts)), SHARES, letters, letter=LETTER, kept=CONCEPT)
    assert [sorted(names) for names in table.names] == [["foot"], [], ["NUMB"], []]


@pytest.mark.parametrize(("at_once", "width"), [(1, 7), (5, 7), (1 << 16, 7), (1 << 16, 70_000)])
def test_products_by_rows_and_by_columns_are_those_of_the_matrix(
    at_once: int, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(regression, "_MULTIPLIED_AT_ONCE", at_once)
    monkeypatch.setattr(regression, "_SORTED_AT_ONCE", at_once)
    made = np.random.default_rng(1)
    lengths = np.array([3, 0, 5, 1, 0, 7, 2])
    places = np.concatenate([np.sort(made.choice(width, n, replace=False)) for n in lengths]).astype(np.int32)
    values = made.random(len(places), dtype=np.float32)
    table = Sparse(np.concatenate([[0], lengths.cumsum()]), places, values)
    dense = np.zeros((len(lengths), width))
    dense[np.arange(len(lengths)).repeat(lengths), places] = values
    right, left = made.random(width, dtype=np.float32), made.random(len(lengths), dtype=np.float32)
    assert table.times(right) == pytest.approx(dense @ right, rel=1e-5)
    assert table.turned(width).times(left) == pytest.approx(dense.T @ left, rel=1e-5)
    some = np.array([0, 2, 4, 5])
    assert table.only(some).times(right) == pytest.approx(dense[some] @ right, rel=1e-5)
