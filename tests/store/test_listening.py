"""Changes made in another process arrive as soon as PostgreSQL tells of them: nothing else would ever bring them."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.service.workshop import Workshop, put_together
from bot.store.listening import EVERYTHING, Change, listen, notify
from bot.store.store import Store, open_store
from tests.support.postgres import Clock, PostgresServer
from tests.support.workshop import CREATINE, HERE, MODERATOR, THERE, Base, add

pytestmark = [pytest.mark.postgres, pytest.mark.parametrize("store_address", ["postgres"], indirect=True)]


@pytest.fixture
async def elsewhere(
    store_address: str, workshop: Workshop, base: Base, clock: Clock, tmp_path: Path
) -> AsyncIterator[Workshop]:
    """The desks of another process on the same database, listening."""
    other = put_together(await open_store(store_address, tmp_path), base, regions=base().regions, clock=clock)
    before = await _listeners(other.store)
    await other.start()
    await _until_one_listens(other.store, before)
    yield other
    await other.close()


async def _listeners(store: Store) -> set[int]:
    """Return the processes of PostgreSQL that have carried out a LISTEN and wait."""
    query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle' AND query LIKE 'LISTEN %'"
    async with store.database.reading() as connection:
        return set((await connection.execute(text(query))).scalars())


async def _until_one_listens(store: Store, before: set[int]) -> None:
    """Return once another one listens than `before`."""
    async with asyncio.timeout(60):
        while await _listeners(store) <= before:  # noqa: ASYNC110 -- nothing tells of it
            await asyncio.sleep(0.02)


async def _until_heard(heard: list[Change]) -> None:
    async with asyncio.timeout(60):
        while not heard:  # noqa: ASYNC110 -- nothing tells of it
            await asyncio.sleep(0.02)


async def _until(found: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await found():  # noqa: ASYNC110 -- nothing tells of it
            await asyncio.sleep(0.02)


async def test_an_edit_is_answered_in_another_process(workshop: Workshop, elsewhere: Workshop) -> None:
    await add(workshop)
    assert "creatine-and-the-sled" in (await elsewhere.overlays.for_server(HERE)).knowledge.claims
    there = await elsewhere.overlays.for_server(THERE)
    await add(workshop, fields=replace(CREATINE, title="Another"))

    async def arrived() -> bool:
        return "another" in (await elsewhere.overlays.for_server(HERE)).knowledge.claims

    await _until(arrived)
    assert await elsewhere.overlays.for_server(THERE) is there


async def test_settings_and_wishes_arrive_too(workshop: Workshop, elsewhere: Workshop) -> None:
    await elsewhere.settings.get(HERE)
    await workshop.settings.change(HERE, MODERATOR, log_channel=7)
    await workshop.privacy.ignore(99)

    async def arrived() -> bool:
        return (await elsewhere.settings.get(HERE)).log_channel == 7 and elsewhere.privacy.is_ignored(99)

    await _until(arrived)


async def test_a_change_that_was_rolled_back_is_not_told(store: Store) -> None:
    heard: list[Change] = []
    before = await _listeners(store)
    listening = asyncio.create_task(listen(store.database, heard.append))
    await _until_one_listens(store, before)
    with contextlib.suppress(ZeroDivisionError):
        async with store.database.writing() as connection:
            await notify(connection, Change("overlay", 1))
            raise ZeroDivisionError
    async with store.database.writing() as connection:
        await notify(connection, Change("overlay", 2))
    await _until_heard(heard)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    assert heard == [Change("overlay", 2)]


async def test_after_a_lost_connection_everything_counts_as_changed(store: Store, postgres: PostgresServer) -> None:
    heard: list[Change] = []
    before = await _listeners(store)
    listening = asyncio.create_task(listen(store.database, heard.append))
    await _until_one_listens(store, before)
    await asyncio.to_thread(postgres.stop)
    await asyncio.to_thread(postgres.start)
    await _until_heard(heard)
    listening.cancel()
    await asyncio.gather(listening, return_exceptions=True)
    assert heard == [EVERYTHING]
