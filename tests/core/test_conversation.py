"""What a conversation remembers, and for how long."""

from bot.core.conversation import CARE_SECONDS, NOTHING_SAID, REMEMBERED_TEXTS, WINDOW_SECONDS, LiveStop
from bot.core.model import Stop, Tier

NOW = LiveStop(Stop(Tier.EMERGENCY, ("R01",)), 2.0)


def test_an_answer_is_remembered_for_ten_minutes() -> None:
    talk = NOTHING_SAID.answered("depth", 100.0)
    assert talk.at(100.0 + WINDOW_SECONDS).claim == "depth"
    assert talk.at(100.1 + WINDOW_SECONDS).claim == ""


def test_messages_are_forgotten_one_by_one() -> None:
    talk = NOTHING_SAID.heard("first", 0.0).heard("second", 400.0)
    assert [text for _, text in talk.at(700.0).texts] == ["second"]


def test_only_the_latest_messages_are_kept() -> None:
    talk = NOTHING_SAID
    for i in range(20):
        talk = talk.heard(str(i), float(i))
    assert [text for _, text in talk.texts] == ["15", "16", "17", "18", "19"][-REMEMBERED_TEXTS:]


def test_a_stop_leaves_nothing_to_follow_up_on() -> None:
    talk = NOTHING_SAID.answered("depth", 1.0).stopped(NOW)
    assert talk.claim == ""
    assert talk.at(3.0).stop is NOW


def test_a_stop_holds_for_ten_minutes_and_is_remembered_for_an_hour() -> None:
    assert NOW.holds(2.0 + WINDOW_SECONDS)
    assert not NOW.holds(2.1 + WINDOW_SECONDS)
    talk = NOTHING_SAID.stopped(NOW)
    assert talk.at(2.0 + CARE_SECONDS).stop is NOW
    assert talk.at(2.1 + CARE_SECONDS).stop is None


def test_a_stop_of_tier_soon_holds_nobody_and_cautions_for_ten_minutes() -> None:
    soon = LiveStop(Stop(Tier.SOON, ("R08",)), 2.0)
    assert not soon.holds(3.0)
    assert soon.cautions(2.0 + WINDOW_SECONDS)
    assert not soon.is_remembered(2.1 + WINDOW_SECONDS)


def test_an_answer_ends_no_stop_that_holds_and_one_that_is_over() -> None:
    talk = NOTHING_SAID.stopped(NOW)
    assert talk.answered("depth", 3.0).stop is NOW
    assert talk.answered("depth", 3.0 + WINDOW_SECONDS).stop is None


def test_what_was_written_before_the_newest_reaches_back_over_a_few_words() -> None:
    talk = NOTHING_SAID
    assert talk.before == ""
    talk = talk.heard("my feet go dead on the leg press", 1.0)
    assert talk.before == ""
    talk = talk.heard("toes only", 2.0)
    assert talk.before == "my feet go dead on the leg press"
    talk = talk.heard("they wake up after", 3.0)
    assert talk.before == "my feet go dead on the leg press, toes only"
    talk = talk.heard("how wide should my feet be then", 4.0).heard("and toes", 5.0)
    assert talk.before == "how wide should my feet be then"


def test_what_was_offered_counts_until_the_next_answer_and_for_ten_minutes() -> None:
    talk = NOTHING_SAID.offering(("depth", "stance"), 100.0)
    assert talk.at(100.0 + WINDOW_SECONDS).offered == ("depth", "stance")
    assert talk.at(100.1 + WINDOW_SECONDS).offered == ()
    assert talk.answered("depth", 101.0).offered == ()
    assert talk.stopped(NOW).offered == ()
