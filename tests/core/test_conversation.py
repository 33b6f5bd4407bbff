"""What a conversation remembers, and for how long."""

from bot.core.conversation import NOTHING_SAID, REMEMBERED_TEXTS, WINDOW_SECONDS
from bot.core.safety import Screening


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
    talk = NOTHING_SAID.answered("depth", 1.0).stopped(Screening(), 2.0)
    assert talk.claim == ""
    assert talk.at(3.0).stopped_at == 2.0
    assert talk.at(3.0 + WINDOW_SECONDS).stopped_at is None


def test_what_stopped_is_remembered_until_something_is_answered_or_ten_minutes_are_over() -> None:
    screening = Screening(line=True)
    talk = NOTHING_SAID.stopped(screening, 2.0)
    assert talk.heard("why?", 3.0).at(3.0).stop is screening
    assert talk.at(3.0 + WINDOW_SECONDS).stop is None
    assert talk.answered("depth", 3.0).stop is None
