"""Wilson intervals and McNemar's test, against published figures and a second way to compute them."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.intervals import Share, Z, mcnemar


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    # Newcombe, Statistics in Medicine 17, 1998, 857-872, Table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    assert Share(count, of).interval == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_holds_the_share_and_its_ends_are_where_the_score_test_turns(pair: tuple[int, int]) -> None:
    share = Share(*pair)
    low, high = share.interval
    assert 0 <= low <= share.share <= high <= 1
    for end in (low, high):
        if 0 < end < 1:
            assert abs(share.share - end) / (end * (1 - end) / share.of) ** 0.5 == pytest.approx(Z, rel=1e-6)


@given(st.integers(1, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_interval_of_the_rest_is_the_mirror_image(pair: tuple[int, int]) -> None:
    count, of = pair
    low, high = Share(count, of).interval
    assert Share(of - count, of).interval == pytest.approx((1 - high, 1 - low))


def test_none_of_nothing_says_nothing() -> None:
    assert Share(0, 0).share == 0
    assert Share(0, 0).interval == (0, 1)


def test_all_and_none_reach_the_ends_exactly() -> None:
    assert Share(0, 7).interval[0] == 0
    assert Share(7, 7).interval[1] == 1


@pytest.mark.parametrize(
    ("gained", "lost", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (5, 5, 1.0), (1, 9, 22 / 1024)],
)
def test_the_p_value_is_that_of_a_fair_coin(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == pytest.approx(p)


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_p_value_sums_all_outcomes_as_rare_as_the_one_seen(gained: int, lost: int) -> None:
    changed = gained + lost
    seen = comb(changed, gained)
    rare = sum(comb(changed, i) for i in range(changed + 1) if comb(changed, i) <= seen)
    assert mcnemar(gained, lost) == pytest.approx(rare / 2**changed)
    assert mcnemar(gained, lost) == mcnemar(lost, gained)


def test_thousands_of_changes_overflow_nothing() -> None:
    assert 0 <= mcnemar(3000, 2000) < 1e-40


def test_a_share_is_told_with_its_interval() -> None:
    assert str(Share(56, 60)) == "56/60 = 93.3% [84-97]"
