"""Discord's clock, told from its answers and events, whatever this machine's clock says."""

from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from bot.client.freshness import Freshness, made_at

NOON = datetime(2026, 11, 28, 12, tzinfo=UTC).timestamp()


class Seconds:
    """Seconds since the host was started: they say nothing of the date."""

    def __init__(self) -> None:
        self.now = 77.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture
def freshness(seconds: Seconds) -> Freshness:
    return Freshness(seconds)


def dated(at: float) -> str:
    return format_datetime(datetime.fromtimestamp(at, UTC), usegmt=True)


def test_a_dated_answer_tells_a_replay_from_the_very_first_event_on(freshness: Freshness) -> None:
    freshness.told(dated(NOON))
    assert freshness.age(NOON - 4) == pytest.approx(4)
    assert freshness.age(NOON) == 0.0


def test_without_a_dated_answer_nobody_is_taken_for_late(freshness: Freshness, seconds: Seconds) -> None:
    freshness.age(NOON)
    seconds.now += 600
    assert freshness.age(NOON) == 0.0


def test_any_number_of_replayed_events_teaches_nothing_wrong(freshness: Freshness, seconds: Seconds) -> None:
    freshness.told(dated(NOON))
    seconds.now += 10
    assert [freshness.age(NOON - 900 + each) > 800 for each in range(60)] == [True] * 60
    assert freshness.age(NOON + 10) == 0.0


def test_events_tell_the_part_of_a_second_that_a_date_leaves_out(freshness: Freshness) -> None:
    freshness.told(dated(NOON))
    freshness.age(NOON + 0.9)
    assert freshness.age(NOON) == pytest.approx(0.9)


def test_an_id_from_the_future_ages_nobody(freshness: Freshness) -> None:
    freshness.told(dated(NOON))
    freshness.age(NOON + 3600)
    assert freshness.age(NOON) == 0.0


def test_a_host_that_slept_learns_the_time_with_the_next_answer(freshness: Freshness) -> None:
    freshness.told(dated(NOON))
    freshness.told(dated(NOON + 7200))
    assert freshness.age(NOON + 7100) == pytest.approx(100)


@pytest.mark.parametrize("header", ["", "tomorrow", "Sat, 99 Nov 2026 12:00:00 GMT", "0"])
def test_what_is_no_date_teaches_nothing(freshness: Freshness, header: str) -> None:
    freshness.told(header)
    assert freshness.age(NOON) == 0.0


@pytest.mark.parametrize("wrong", [None, [], {}, "ten", 1.5, ""])
def test_what_is_no_id_has_no_time(wrong: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        made_at(wrong)
