"""Hearing what other processes on the same PostgreSQL changed: NOTIFY within the transaction, LISTEN beside it.

PostgreSQL sends a transaction's notices when it commits, and never those of one that was rolled back. SQLite has no
such thing and needs none: its file is one process's.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from bot.store.database import CONNECT_SECONDS, Database
from bot.store.engine import AsyncConnection

log = logging.getLogger(__name__)

CHANNEL = "legpress_changes"
STOPS = "legpress_stops"
"""What processes tell each other that is in no table."""
RETRY_SECONDS = 1.0
ALIVE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Change:
    """What changed: "overlay", "settings" or "ignored"; `guild` is None where it is no server's, or any may have."""

    what: str
    guild: int | None = None


EVERYTHING = Change("everything")
"""Told after a lost connection: what was missed meanwhile is not known."""


async def notify(connection: AsyncConnection, change: Change) -> None:
    """Tell every listener of a change when the transaction of `connection` commits; nothing happens on SQLite."""
    if connection.dialect.name == "postgresql":
        payload = f"{change.what}:{'' if change.guild is None else change.guild}"
        await connection.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload})


async def tell(database: Database, notice: str) -> None:
    """Tell the other processes something that is kept nowhere. Raises StoreError."""
    async with database.writing() as connection:
        await connection.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": STOPS, "payload": notice})


async def listen(
    database: Database, heard: Callable[[Change], None], told: Callable[[str], None] | None = None
) -> None:
    """Call `heard` for each change, for ever; after a lost connection once with EVERYTHING. Cancel it to end it.

    `told` is called with each notice of `tell`, this process's own too.
    """
    if not database.is_postgres:
        return
    lost = False
    while True:
        try:
            await _listen_once(database, heard, told, EVERYTHING if lost else None)
        except Exception as error:  # noqa: BLE001 -- whatever breaks the connection, it is opened again
            if not lost:
                log.warning("Listening for changes broke off (%s); trying again.", type(error).__name__)
        lost = True
        await asyncio.sleep(RETRY_SECONDS)


async def _listen_once(
    database: Database, heard: Callable[[Change], None], told: Callable[[str], None] | None, first: Change | None
) -> None:
    import asyncpg

    # A connection of its own: the pool's come and go, and a LISTEN belongs to its connection.
    connection = await asyncpg.connect(**connect_arguments(database), timeout=CONNECT_SECONDS)
    closed = asyncio.Event()
    connection.add_termination_listener(lambda _: closed.set())
    try:
        await connection.add_listener(CHANNEL, lambda *args: heard(_change(str(args[-1]))))
        if told is not None:
            await connection.add_listener(STOPS, lambda *args: told(str(args[-1])))
        if first is not None:
            heard(first)
        while not closed.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(closed.wait(), ALIVE_SECONDS)
            if not closed.is_set():
                await connection.execute("SELECT 1", timeout=CONNECT_SECONDS)  # a dead network closes nothing by itself
    finally:
        connection.terminate()


def connect_arguments(database: Database) -> dict[str, Any]:
    """Return what the driver itself takes to connect to a database."""
    arguments = database.engine.dialect.create_connect_args(database.engine.url)[1]
    return {key: value for key, value in arguments.items() if key != "prepared_statement_cache_size"}


def _change(payload: str) -> Change:
    what, _, guild = payload.partition(":")
    return Change(what, int(guild) if guild.lstrip("-").isdigit() else None)
