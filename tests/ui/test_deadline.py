"""One deadline for what is in hand, and an alarm that waits for no database."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

import pytest

from bot.core.model import Outcome
from bot.errors import StoreError
from bot.ui.kit import deadline
from tests.support.moderators import Club

FOR_EVER = 3600.0
ALARM = "numb between my legs and i cannot pee since leg press"


def hanging(released: asyncio.Event) -> Callable[[int], Any]:
    async def entries(_guild: int) -> Any:
        await released.wait()
        raise StoreError

    return entries


async def test_an_alarm_does_not_wait_for_a_servers_knowledge(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    released = asyncio.Event()
    monkeypatch.setattr(club.workshop.store.revisions, "entries", hanging(released))
    club.workshop.overlays.forget()
    monkeypatch.setattr("bot.service.overlays.WAIT_SECONDS", FOR_EVER)
    bot: Any = club.env.bot
    async with asyncio.timeout(60):
        answer = await bot.desk.ask(1, 2, ALARM, 987_654)
    assert answer.outcome is Outcome.STOP
    released.set()


async def test_a_hanging_database_is_waited_for_once(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    released = asyncio.Event()
    monkeypatch.setattr(club.workshop.store.revisions, "entries", hanging(released))
    monkeypatch.setattr("bot.service.overlays.WAIT_SECONDS", 0.05)
    overlays = club.workshop.overlays
    assert await overlays.for_server(987_654) is overlays.base()
    monkeypatch.setattr("bot.service.overlays.WAIT_SECONDS", FOR_EVER)
    async with asyncio.timeout(60):
        assert await overlays.for_server(987_654) is overlays.base()
    released.set()


def test_what_is_left_shrinks_from_the_arrival_and_with_its_age(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    deadline.never()
    assert deadline.left(9.0) == 9.0
    assert deadline.sendable() == float("inf")
    deadline.begin(1.0)
    assert deadline.left() == pytest.approx(1.2)
    now[0] += 1.0
    assert deadline.left(9.0) == pytest.approx(0.2)
    now[0] += 1.0
    assert deadline.left() == 0.0
    assert deadline.sendable() == 0.0
    now[0] += 600.0
    assert deadline.left(9.0) == 9.0
