"""Changes made in another process arrive within two seconds, on PostgreSQL."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.service.workshop import Workshop, put_together
from bot.store.listening import EVERYTHING, Change, listen, notify
from bot.store.store import Store, open_store
from tests.support.postgres import Clock, PostgresServer
from tests.support.workshop import CREATINE, HERE, MODERATOR, THERE, Base, add

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("store_address", ["postgres"], indirect=True)]

WITHIN = 2.0


@pytest.fixture
async def elsewhere(
    store_address: str, workshop: Workshop, base: Base, clock: Clock, tmp_path: Path
) -> AsyncIterator[Workshop]:
    """The desks of another process on the same database, listening."""
    other = put_together(await open_store(store_address, tmp_path), base, regions=base().regions, clock=clock)
    await other.start()
    await asyncio.sleep(0.3)  # until it listens
    yield other
    await other.close()


async def _until(found: object, seconds: float = WITHIN) -> float:
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if await found():  # type: ignore[operator]
            return time.monotonic() - started
        await asyncio.sleep(0.02)
    raise AssertionError(f"not within {seconds} s")


async def test_an_edit_is_answered_in_another_process_within_two_seconds(
    workshop: Workshop, elsewhere: Workshop
) -> None:
    await add(workshop)
    assert "creatine-and-the-sled" in (await elsewhere.overlays.for_server(HERE)).knowledge.claims
    there = await elsewhere.overlays.for_server(THERE)
    await add(workshop, fields=replace(CREATINE, title="Another"))

    async def arrived() -> bool:
        return "another" in (await elsewhere.overlays.for_server(HERE)).knowledge.claims

    assert await _until(arrived) < WITHIN
    assert await elsewhere.overlays.for_server(THERE) is there


async def test_settings_and_wishes_arrive_too(workshop: Workshop, elsewhere: Workshop) -> None:
    await elsewhere.settings.get(HERE)
    await workshop.settings.change(HERE, MODERATOR, log_channel=7)
    await workshop.privacy.ignore(99)

    async def arrived() -> bool:
        return (await elsewhere.settings.get(HERE)).log_channel == 7 and elsewhere.privacy.is_ignored(99)

    assert await _until(arrived) < WITHIN


async def test_a_change_that_was_rolled_back_is_not_told(store: Store) -> None:
    heard: list[Change] = []
    listening = asyncio.create_task(listen(store.database, heard.append))
    await asyncio.sleep(0.3)
    with contextlib.suppress(ZeroDivisionError):
        async with store.database.writing() as connection:
            await notify(connection, Change("overlay", 1))
            raise ZeroDivisionError
    async with store.database.writing() as connection:
        await notify(connection, Change("overlay", 2))
    for _ in range(100):
        if heard:
            break
        await asyncio.sleep(0.02)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    assert heard == [Change("overlay", 2)]


async def test_after_a_lost_connection_everything_counts_as_changed(store: Store, postgres: PostgresServer) -> None:
    heard: list[Change] = []
    listening = asyncio.create_task(listen(store.database, heard.append))
    await asyncio.sleep(0.3)
    await asyncio.to_thread(postgres.stop)
    await asyncio.to_thread(postgres.start)
    for _ in range(200):
        if heard:
            break
        await asyncio.sleep(0.05)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    assert heard == [EVERYTHING]
