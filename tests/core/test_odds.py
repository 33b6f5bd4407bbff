"""Log odds as probabilities."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.odds import FAR, chance


@given(probability=st.floats(1e-9, 1 - 1e-9))
def test_log_odds_of_a_probability_give_it_back(probability: float) -> None:
    assert chance(math.log(probability / (1 - probability))) == pytest.approx(probability)


@given(odds=st.floats(-FAR, FAR))
def test_both_sides_are_one(odds: float) -> None:
    assert chance(odds) + chance(-odds) == pytest.approx(1)


def test_even_odds_are_a_half() -> None:
    assert chance(0.0) == 0.5


@pytest.mark.parametrize("odds", [-math.inf, -1e300, -FAR, math.nan])
def test_what_is_as_good_as_impossible_and_what_is_no_number_is_hardly_above_nothing(odds: float) -> None:
    assert 0 < chance(odds) < 1e-20


@pytest.mark.parametrize("odds", [FAR, 1e300, math.inf])
def test_what_is_as_good_as_sure_is_sure(odds: float) -> None:
    assert chance(odds) == 1.0
