"""What cogs and components ask of their client."""

from typing import TYPE_CHECKING

import pytest

from bot.client.desk import NO_DATABASE
from bot.core.model import Outcome
from bot.errors import StoreError
from tests.support.discord_side import Handed

if TYPE_CHECKING:
    from bot.ui.kit.desk import Desk

PLACE, MEMBER = 1, 2
ALARM = "I cant pee and my groin is numb since the leg press"


async def test_a_clients_desk_is_one_as_components_ask_it(handed: Handed) -> None:
    desk: Desk = handed.bot().desk
    answer = await desk.ask(PLACE, MEMBER, "how low do i lower the sled")
    assert answer.outcome is Outcome.ANSWER


async def test_without_a_database_the_shipped_knowledge_answers_and_moderators_hear_why(handed: Handed) -> None:
    handed.workshop = None
    desk = handed.bot().desk
    assert await desk.service_for(99) is handed.service()
    assert desk.workshop_at_hand is None
    with pytest.raises(StoreError, match=NO_DATABASE):
        _ = desk.workshop


async def test_a_stop_holds_for_the_member_it_was_told(handed: Handed) -> None:
    desk = handed.bot().desk
    assert await desk.held(PLACE, MEMBER) is None
    assert (await desk.ask(PLACE, MEMBER, ALARM)).outcome is Outcome.STOP
    held = await desk.held(PLACE, MEMBER)
    assert held is not None
    assert held.stop is not None
    assert await desk.held(PLACE, MEMBER + 1) is None


async def test_whatever_fails_in_asking_the_safety_line_goes_out(handed: Handed) -> None:
    desk = handed.bot().desk

    def broken() -> None:
        raise RuntimeError

    handed.conversations_service = broken  # type: ignore[assignment]
    answer = await desk.ask(PLACE, MEMBER, "how low do i lower the sled")
    assert (answer.outcome, answer.text) == (Outcome.DECLINE, handed.service().safety_line)
    assert answer.safety_line
