"""A member's share of a day."""

import pytest

from bot.errors import UserError
from bot.service.allowance import DAY_SECONDS, MOST_MEMBERS, Allowance, Pace, Paces


def test_beyond_the_share_a_member_hears_when_to_come_back_and_others_are_not_touched() -> None:
    now = 0.0
    reports = Allowance(2, "reports", lambda: now)
    reports.take(1)
    now = 3600.0
    reports.take(1)
    with pytest.raises(UserError, match=r"2 reports within a day.*Come back in 23 hours"):
        reports.take(1)
    reports.take(2)
    now = DAY_SECONDS
    reports.take(1)
    with pytest.raises(UserError, match="in 1 hour"):
        reports.take(1)


def test_who_sent_one_is_forgotten_after_a_day() -> None:
    now = 0.0
    reports = Allowance(2, "reports", lambda: now)
    for member, at in ((1, 0.0), (2, 10.0), (1, 20.0), (3, 30.0)):
        now = at
        reports.take(member)
    now = DAY_SECONDS + 15
    reports.expire()
    assert list(reports._taken) == [1, 3]
    now = DAY_SECONDS + 30
    reports.expire()
    assert not reports._taken


def test_so_many_come_at_once_and_then_one_each_few_seconds() -> None:
    now = 0.0
    pace = Pace(3, 2.0, lambda: now)
    assert [pace.wait(1) for _ in range(5)] == [0, 0, 0, 2, 2]
    assert pace.wait(2) == 0
    now = 1.0
    assert pace.wait(1) == 1
    now = 2.0
    assert [pace.wait(1), pace.wait(1)] == [0, 2]
    now = 60.0
    assert [pace.wait(1) for _ in range(4)] == [0, 0, 0, 2]


def test_what_is_refused_makes_nobody_wait_longer() -> None:
    now = 0.0
    pace = Pace(1, 5.0, lambda: now)
    assert pace.wait(1) == 0
    for _ in range(1_000):
        assert pace.wait(1) == 5
    now = 5.0
    assert pace.wait(1) == 0


def test_who_was_quick_is_forgotten_once_it_makes_no_difference() -> None:
    now = 0.0
    pace = Pace(2, 10.0, lambda: now)
    pace.wait(1)
    pace.wait(2)
    pace.wait(2)
    now = 10.0
    pace.expire()
    assert len(pace) == 1
    now = 20.0
    pace.expire()
    assert len(pace) == 0
    for member in range(MOST_MEMBERS + 50):
        pace.wait(member)
    assert len(pace) == MOST_MEMBERS


def test_of_a_steady_stream_only_those_stay_who_make_a_difference() -> None:
    now = 0.0
    pace = Pace(2, 10.0, lambda: now)
    for member in range(1_000):
        now = float(member)
        assert pace.wait(member) == 0
    assert len(pace) == 10  # whoever came within the last ten seconds


def test_a_member_and_a_server_hear_when_to_come_back() -> None:
    paces = Paces(Pace(2, 3.0, lambda: 0.0), Pace(3, 1.0, lambda: 0.0))
    paces.check(7, 1)
    paces.check(7, 1)
    with pytest.raises(UserError, match=r"^You ask faster than I can read. Come back in 3 seconds.$"):
        paces.check(7, 1)
    paces.check(7, 2)
    with pytest.raises(UserError, match=r"^More is asked here than I can read. Come back in 1 second.$"):
        paces.check(7, 3)
    paces.check(None, 4)  # direct messages are no place that one could fill for the other
