"""The table of stops: who was told what, where; what is over goes, and what holds never does."""

from bot.core.conversation import WINDOW_SECONDS, LiveStop
from bot.core.model import Stop, Tier
from bot.service.stops import SWEPT_FROM, Stops


def live(at: float, tier: Tier = Tier.EMERGENCY) -> LiveStop:
    return LiveStop(Stop(tier, ("R01",)), at)


def test_a_stop_is_of_one_person_in_one_place() -> None:
    stops = Stops()
    stops.keep("channel", "alice", live(0.0), 0.0)
    assert stops.of("channel", "alice", 1.0) == live(0.0)
    assert stops.of("other", "alice", 1.0) is None
    assert stops.of("channel", "bob", 1.0) is None
    assert stops.beside("channel", "bob", 1.0) == live(0.0)
    assert stops.beside("channel", "alice", 1.0) is None


def test_it_goes_along_into_direct_messages_and_from_there_only_where_nobody_else_reads() -> None:
    stops = Stops()
    stops.keep("channel", "alice", live(0.0), 0.0)
    assert stops.of("dm", "alice", 1.0, direct=True) == live(0.0)
    stops = Stops()
    stops.keep("dm", "alice", live(0.0), 0.0, direct=True)
    assert stops.of("channel", "alice", 1.0) is None
    assert stops.of("channel", "alice", 1.0, private=True) == live(0.0)
    assert stops.elsewhere("channel", "alice", 1.0)
    assert not stops.elsewhere("channel", "bob", 1.0)


def test_a_thousand_alarms_in_a_minute_are_all_kept_and_gone_afterwards() -> None:
    stops = Stops()
    for number in range(3 * SWEPT_FROM):
        stops.keep("channel", number, live(number / 50), number / 50)
    assert len(stops) == 3 * SWEPT_FROM
    assert all(stops.of("channel", number, 60.0) for number in range(3 * SWEPT_FROM))
    stops.sweep(60.0 + 10 * WINDOW_SECONDS)
    assert len(stops) == 0


def test_what_is_over_makes_room_first() -> None:
    stops = Stops()
    for number in range(SWEPT_FROM):
        stops.keep("channel", number, live(0.0), 0.0)
    stops.keep("channel", "new", live(700.0), 700.0)
    assert len(stops) == 1
    assert stops.of("channel", "new", 700.0) is not None


def test_none_forgets_it() -> None:
    stops = Stops()
    stops.keep("channel", "alice", live(0.0), 0.0)
    stops.keep("channel", "alice", None, 1.0)
    assert stops.of("channel", "alice", 1.0) is None
    assert len(stops) == 0
