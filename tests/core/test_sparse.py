"""Rows of sparse tables."""

import math

import numpy as np
import pytest

from bot.core.sparse import entries_of, rarity, starts_of

SIZES = np.array([2, 0, 3, 1])


def test_each_row_begins_where_the_one_before_it_ends() -> None:
    assert starts_of(SIZES).tolist() == [0, 2, 2, 5, 6]
    assert starts_of(SIZES[:0]).tolist() == [0]


@pytest.mark.parametrize(
    ("rows", "places"), [([0, 2], [0, 1, 2, 3, 4]), ([2, 0], [2, 3, 4, 0, 1]), ([1, 3, 3], [5, 5]), ([1], []), ([], [])]
)
def test_the_entries_of_some_rows_stand_in_the_order_of_the_rows(rows: list[int], places: list[int]) -> None:
    chosen = np.array(rows, dtype=np.int64)
    assert entries_of(starts_of(SIZES)[chosen], SIZES[chosen]).tolist() == places


def test_entries_are_counted_in_the_integers_of_the_starts() -> None:
    starts = starts_of(SIZES).astype(np.int32)
    assert entries_of(starts[:-1], np.diff(starts)).dtype == np.int32


def test_a_feature_weighs_the_more_the_fewer_use_it_and_one_that_all_use_weighs_one() -> None:
    found = rarity(np.array([0, 1, 9, 10]), 10)
    assert found.tolist() == sorted(found.tolist(), reverse=True)
    assert found[0] == pytest.approx(math.log(11) + 1)
    assert found[-1] == 1
