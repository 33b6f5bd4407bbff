"""One shard of each of Discord's buckets identifies at a time, within a process and across processes."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.client import identifying
from bot.client.identifying import Identifying
from bot.store.leases import Leases
from tests.support.postgres import PostgresServer

MOMENT = 0.1


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns end a moment after an IDENTIFY, and not because nobody came while the machine was busy."""
    monkeypatch.setattr(identifying, "SPACING_SECONDS", MOMENT)
    monkeypatch.setattr(identifying, "PATIENCE_SECONDS", 600.0)


async def waits(task: asyncio.Task[None], seconds: float = 2 * MOMENT) -> bool:
    """Say whether a task is not done after so long."""
    await asyncio.sleep(seconds)
    return not task.done()


async def test_a_bucket_is_free_only_some_time_after_an_identify() -> None:
    turns = Identifying()
    await turns.take(0)
    assert turns.has_turn(0)
    second = asyncio.create_task(turns.take(1))
    assert await waits(second)
    turns.sent(0)
    assert not turns.has_turn(0)
    await second
    assert turns.has_turn(1)


async def test_whoever_identifies_once_more_waits_like_the_others() -> None:
    turns = Identifying()
    await turns.take(0)
    turns.sent(0)
    again = asyncio.create_task(turns.take(0))
    await asyncio.sleep(0)
    assert not again.done()
    await again
    assert turns.has_turn(0)


async def test_as_many_identify_at_once_as_discord_lets() -> None:
    turns = Identifying()
    turns.concurrency = 2
    await turns.take(0)
    await turns.take(1)
    assert await waits(asyncio.create_task(turns.take(2)))


async def test_whoever_does_not_come_loses_the_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(identifying, "PATIENCE_SECONDS", 4 * MOMENT)
    turns = Identifying()
    await turns.take(0)
    await asyncio.wait_for(turns.take(1), 5)
    assert not turns.has_turn(0)


async def test_one_that_is_called_off_leaves_the_turn_to_the_next() -> None:
    turns = Identifying()
    await turns.take(0)
    second = asyncio.create_task(turns.take(1))
    assert await waits(second)
    second.cancel()
    turns.sent(0)
    await asyncio.wait_for(turns.take(2), 5)


@pytest.mark.postgres
class TestAcrossProcesses:
    @pytest.fixture
    async def two(self, postgres: PostgresServer) -> AsyncIterator[list[Leases]]:
        both = [Leases(postgres.address, count=2) for _ in range(2)]
        for each in both:
            await each.open()
        yield both
        for each in both:
            await each.close()

    async def test_the_second_process_waits_for_the_first(self, two: list[Leases]) -> None:
        first, second = (Identifying(leases) for leases in two)
        await first.take(0)
        waiting = asyncio.create_task(second.take(1))
        assert await waits(waiting)
        first.sent(0)
        await asyncio.wait_for(waiting, 5)

    async def test_a_process_that_dies_holds_nobody_up(self, two: list[Leases]) -> None:
        first, second = (Identifying(leases) for leases in two)
        await first.take(0)
        await two[0].close()
        await asyncio.wait_for(second.take(1), 5)

    async def test_without_the_database_a_process_keeps_its_own_turns(self, two: list[Leases]) -> None:
        turns = Identifying(two[0])
        await two[0].close()
        await turns.take(0)
        assert await waits(asyncio.create_task(turns.take(1)))
