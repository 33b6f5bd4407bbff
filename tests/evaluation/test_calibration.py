"""Confidence held against what came true."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.intervals import Share
from bot.evaluation.calibration import calibrate, separation

POINTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60)


def test_confidence_that_keeps_its_word_has_no_error() -> None:
    points = [(0.75, True)] * 3 + [(0.75, False)] + [(0.25, False)] * 3 + [(0.25, True)]
    assert calibrate(points).error == pytest.approx(0)
    assert calibrate(points).brier == pytest.approx(0.1875)


def test_the_error_weighs_each_bins_gap_by_its_questions() -> None:
    found = calibrate([(0.95, True), (0.95, False), (0.95, False), (0.15, False)])
    assert found.error == pytest.approx(3 / 4 * (0.95 - 1 / 3) + 1 / 4 * 0.15)
    assert [(b.low, b.high, b.right) for b in found.bins] == [(0.1, 0.2, Share(0, 1)), (0.9, 1.0, Share(1, 3))]


def test_errors_that_cancel_between_bins_still_count() -> None:
    assert calibrate([(0.9, False), (0.1, True)]).error == pytest.approx(0.9)


def test_certainty_falls_into_the_last_bin() -> None:
    (only,) = calibrate([(1.0, True)]).bins
    assert (only.low, only.high) == (0.9, 1.0)


def test_no_questions_give_zeros() -> None:
    found = calibrate([])
    assert (found.count, found.error, found.brier, found.bins) == (0, 0, 0, ())


@given(POINTS)
def test_every_question_stands_in_one_bin_that_holds_its_confidence(points: list[tuple[float, bool]]) -> None:
    found = calibrate(points)
    assert sum(b.right.of for b in found.bins) == len(points) == found.count
    assert sum(b.right.count for b in found.bins) == sum(right for _, right in points)
    assert all(b.low - 1e-9 <= b.confidence <= b.high + 1e-9 for b in found.bins)
    assert 0 <= found.error <= 1
    assert 0 <= found.brier <= 1


@given(st.lists(st.sampled_from([0.1, 0.2, 0.3, 0.9]), max_size=12), st.lists(st.floats(0, 1), max_size=12))
def test_separation_is_the_share_of_pairs_in_order(inside: list[float], outside: list[float]) -> None:
    pairs = [(a > b) + (a == b) / 2 for a in inside for b in outside]
    found = separation(inside, outside)
    assert found == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)
