"""The way from the event loop to SQLAlchemy and back: what is committed, what is rolled back, and that connections come back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.errors import StoreError
from bot.store.database import Database, connect, database_url
from bot.store.engine import AsyncConnection


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = connect(database_url("", tmp_path))
    async with database.writing() as connection:
        await connection.exec_driver_sql("CREATE TABLE kept (value INTEGER)")
    yield database
    await database.close()


async def _kept(database: Database) -> list[int]:
    async with database.reading() as connection:
        return list(await connection.scalars(text("SELECT value FROM kept ORDER BY value")))


async def _keep(connection: AsyncConnection, value: int) -> None:
    await connection.execute(text("INSERT INTO kept VALUES (:value)"), {"value": value})


async def _keep_and_fail(database: Database) -> None:
    async with database.writing() as connection:
        await _keep(connection, 3)
        await connection.exec_driver_sql("INSERT INTO nowhere VALUES (4)")


async def test_a_transaction_is_kept_whole_or_not_at_all(database: Database) -> None:
    async with database.writing() as connection:
        await _keep(connection, 1)
        await _keep(connection, 2)
    with pytest.raises(StoreError):
        await _keep_and_fail(database)
    assert await _kept(database) == [1, 2]


async def test_who_is_cancelled_in_a_transaction_changes_nothing_and_gives_the_connection_back(
    database: Database,
) -> None:
    wrote = asyncio.Event()

    async def write() -> None:
        async with database.writing() as connection:
            await _keep(connection, 4)
            wrote.set()
            await asyncio.Event().wait()

    writing = asyncio.create_task(write())
    await wrote.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await _kept(database) == []
    assert database.engine.sync_engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    async with database.writing() as connection:  # nobody holds the lock any more
        await _keep(connection, 5)
    assert await _kept(database) == [5]


@pytest.mark.parametrize("pause", range(6))
async def test_who_is_cancelled_while_a_connection_goes_back_waits_until_it_is_there(
    database: Database, pause: int
) -> None:
    leaving = asyncio.Event()

    async def read() -> None:
        async with database.engine.connect() as connection:
            await connection.scalar(text("SELECT 1"))
            leaving.set()

    reading = asyncio.create_task(read())
    await leaving.wait()
    for _ in range(pause):
        await asyncio.sleep(0)
    reading.cancel()
    await asyncio.sleep(0)
    reading.cancel()
    await asyncio.gather(reading, return_exceptions=True)
    assert database.engine.sync_engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert reading.done()


async def test_what_runs_beside_the_loop_gets_the_connection_and_what_else_it_takes(database: Database) -> None:
    def insert(connection: Connection, first: int, second: int) -> int:
        for value in (first, second):
            connection.execute(text("INSERT INTO kept VALUES (:value)"), {"value": value})
        return first + second

    async with database.writing() as connection:
        assert await connection.run_sync(insert, 20, 22) == 42
        assert await connection.scalar(text("SELECT count(*) FROM kept")) == 2
    assert await _kept(database) == [20, 22]
