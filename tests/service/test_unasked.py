"""Whether the bot may answer a message that nobody addressed to it."""

from bot.core.model import Answer, Match, Outcome
from bot.service.unasked import QUIET_SECONDS, Unasked
from bot.service.workshop import Workshop
from tests.support.workshop import HERE, MODERATOR, THERE

GOOD = Answer("", Outcome.ANSWER, "x", claim="c", topic="t", candidates=(Match("c", "t", 0.95),))


async def test_it_listens_in_chosen_channels_once_a_message_and_not_to_who_is_ignored(workshop: Workshop) -> None:
    unasked = workshop.unasked
    assert not unasked.listens(HERE, 5, 1, 9)
    await workshop.settings.change(HERE, MODERATOR, channels={5})
    assert unasked.listens(HERE, 5, 1, 9)
    assert not unasked.listens(THERE, 5, 1, 9)
    unasked.spoke(5, 1)
    assert not unasked.listens(HERE, 5, 1, 9)
    assert unasked.listens(HERE, 5, 2, 9)
    await workshop.privacy.ignore(9)
    assert not unasked.listens(HERE, 5, 2, 9)


async def test_it_has_its_turn_after_a_quiet_minute_and_somebody_elses_word(workshop: Workshop) -> None:
    now = [0.0]
    unasked = Unasked(workshop.settings, workshop.privacy, lambda: now[0])
    assert unasked.has_turn(5)
    unasked.spoke(5, 1)
    unasked.heard(5)
    assert not unasked.has_turn(5)
    assert unasked.has_turn(6)
    now[0] = QUIET_SECONDS + 1
    assert unasked.has_turn(5)
    unasked.spoke(5, 2)
    now[0] *= 3
    assert not unasked.has_turn(5)


async def test_only_a_sure_answer_is_good_enough(workshop: Workshop) -> None:
    unasked = workshop.unasked
    assert unasked.is_good(GOOD)
    unsure = Answer("", Outcome.ANSWER, "x", claim="c", topic="t", candidates=(Match("c", "t", 0.7),))
    for answer in (unsure, Answer("", Outcome.DECLINE, "x"), Answer("", Outcome.SUGGEST, "x")):
        assert not unasked.is_good(answer)
