"""How often a statement goes to SQLite's thread and back, and that nothing stays open whatever ends it."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from bot.errors import StoreError
from bot.store.database import Database, connect, database_url
from bot.store.engine import AsyncConnection


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = connect(database_url("", tmp_path))
    async with made.writing() as connection:
        await connection.exec_driver_sql("CREATE TABLE kept (value INTEGER)")
    yield made
    await made.close()


@pytest.fixture
def turns(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of what went to the driver's thread."""
    gone: list[str] = []
    execute: Any = aiosqlite.Connection._execute

    async def heard(connection: aiosqlite.Connection, function: Any, *args: Any, **more: Any) -> Any:
        gone.append(function.__name__)
        return await execute(connection, function, *args, **more)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", heard)
    return gone


async def _keep(connection: AsyncConnection, value: int) -> int:
    return (await connection.execute(text("INSERT INTO kept VALUES (:value)"), {"value": value})).rowcount


async def _kept(database: Database) -> list[int]:
    async with database.reading() as connection:
        return list(await connection.scalars(text("SELECT value FROM kept ORDER BY value")))


async def test_a_read_takes_two_turns(database: Database, turns: list[str]) -> None:
    assert await _kept(database) == []
    assert turns == ["both", "rollback"]


async def test_a_write_takes_one_turn_for_each_statement_and_two_around_them(
    database: Database, turns: list[str]
) -> None:
    async with database.writing() as connection:
        assert [await _keep(connection, each) for each in (1, 2)] == [1, 1]
    assert turns == ["both"] * 3 + ["commit"]


async def test_who_asks_nothing_of_a_connection_costs_no_turn(database: Database, turns: list[str]) -> None:
    async with database.reading():
        pass
    assert turns == []


async def test_what_is_read_in_one_context_stands_still(database: Database) -> None:
    async with database.reading() as connection:
        count = text("SELECT count(*) FROM kept")
        assert await connection.scalar(count) == 0
        async with database.writing() as other:
            await _keep(other, 1)
        assert await connection.scalar(count) == 0
    assert await _kept(database) == [1]


async def test_a_writer_has_the_lock_before_its_first_statement(database: Database, tmp_path: Path) -> None:
    async with database.writing():
        other = connect(database_url("", tmp_path))
        async with other.engine.connect() as connection:
            await connection.exec_driver_sql("PRAGMA busy_timeout=0")
        with pytest.raises(StoreError):
            async with other.writing():
                pass
        await other.close()


async def test_many_rows_go_in_with_one_turn_and_come_out_in_parts(database: Database, turns: list[str]) -> None:
    async with database.writing() as connection:
        await connection.execute(text("INSERT INTO kept VALUES (:value)"), [{"value": each} for each in range(5)])
    assert turns.count("both") == 2
    async with database.reading() as connection:
        found = await connection.execute(text("SELECT value FROM kept ORDER BY value"))
        assert found.fetchone() == (0,)
        assert found.fetchmany(2) == [(1,), (2,)]
        assert found.fetchall() == [(3,), (4,)]


async def test_a_row_that_is_returned_by_what_wrote_it_is_there(database: Database) -> None:
    async with database.writing() as connection:
        found = await connection.execute(text("INSERT INTO kept VALUES (7) RETURNING value"))
        assert found.scalar_one() == 7
    assert await _kept(database) == [7]


@pytest.mark.parametrize("wait", range(6))
async def test_who_is_cancelled_while_a_transaction_begins_leaves_none_open(database: Database, wait: int) -> None:
    async def write() -> None:
        async with database.writing() as connection:
            await _keep(connection, 1)
            await asyncio.Event().wait()

    writing = asyncio.create_task(write())
    for _ in range(wait):
        await asyncio.sleep(0)
    writing.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await writing
    async with database.writing() as connection:  # nobody holds the lock any more
        await _keep(connection, 2)
    assert await _kept(database) == [2]


async def test_a_statement_that_fails_leaves_the_connection_usable(database: Database) -> None:
    async with database.engine.connect() as connection:
        with pytest.raises(OperationalError, match="no such table"):
            await connection.exec_driver_sql("SELECT * FROM nowhere")
        assert await connection.scalar(text("SELECT 5")) == 5


async def test_a_cursor_gives_each_row_once(database: Database) -> None:
    def read(connection: Connection) -> None:
        cursor: Any = connection.connection.cursor()
        three = "SELECT 1 UNION SELECT 2 UNION SELECT 3"
        cursor.execute(three)
        assert cursor.fetchmany() == [(1,)]
        assert list(cursor) == [(2,), (3,)]
        assert cursor.fetchone() is None
        cursor.execute(three)
        cursor.close()
        assert cursor.fetchall() == []

    async with database.reading() as connection:
        await connection.run_sync(read)
