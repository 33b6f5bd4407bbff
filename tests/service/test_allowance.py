"""A member's share of a day."""

import pytest

from bot.errors import UserError
from bot.service.allowance import DAY_SECONDS, Allowance


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
