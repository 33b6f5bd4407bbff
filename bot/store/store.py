"""The store: one database and everything that is kept in it."""

import asyncio
import logging
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import func, select, update
from sqlalchemy.engine import URL

from bot.store import migrate, sqlite_file, tables
from bot.store.database import Database, connect, database_url, sqlite_path
from bot.store.drafts import Drafts
from bot.store.inbox import InboxRows
from bot.store.marks import Marks
from bot.store.members import Members
from bot.store.pictures import Pictures
from bot.store.registered import Registered
from bot.store.revisions import Revisions
from bot.store.servers import Gone, Servers
from bot.store.suggestions import Suggestions
from bot.store.tallies import Tallies

log = logging.getLogger(__name__)

_TRIES, _BETWEEN_SECONDS = 20, 0.05


class Store:
    """What is kept, by kind. Made by `open_store`; `close` it."""

    def __init__(self, database: Database, hold: IO[str] | None = None) -> None:
        """Keep everything in `database`; `hold` keeps other processes from its file until the store is closed."""
        self.database = database
        self._hold = hold
        self.revisions = Revisions(database)
        self.drafts = Drafts(database)
        self.pictures = Pictures(database)
        self.suggestions = Suggestions(database)
        self.inbox = InboxRows(database)
        self.marks = Marks(database)
        self.tallies = Tallies(database)
        self.servers = Servers(database)
        self.members = Members(database)
        self.registered = Registered(database)

    async def overdue(self, *, drafts: int, suggestions: int, counts: str) -> Gone:
        """Return how many drafts and suggestions are from before a time, and counts from before a day."""
        asked = {
            tables.drafts: tables.drafts.c.at < drafts,
            tables.suggestions: tables.suggestions.c.at < suggestions,
            tables.tallies: tables.tallies.c.day < counts,
        }
        rows = {}
        async with self.database.reading() as connection:
            for table, old in asked.items():
                found = int((await connection.execute(select(func.count()).select_from(table).where(old))).scalar_one())
                if found:
                    rows[table.name] = found
        return Gone(rows)

    async def redate(self, beyond: datetime, now: datetime) -> int:
        """Date what a clock that ran ahead dated `beyond` a time as of `now`, in all servers, and return how many rows.

        Else it would be too old only long after it was promised to be gone. Marks of days to come are deleted: nobody is
        counted under their keys any more. Revisions keep their time, since none is deleted for its age.
        """
        at, day, today = int(beyond.timestamp()), beyond.date().isoformat(), now.date().isoformat()
        redated = 0
        async with self.database.writing() as connection:
            for table in (tables.drafts, tables.suggestions, tables.pictures):
                later = update(table).where(table.c.at > at).values(at=int(now.timestamp()))
                redated += (await connection.execute(later)).rowcount
            for column in (tables.inbox_wordings.c.first_day, tables.inbox_wordings.c.last_day):
                days = update(tables.inbox_wordings).where(column > day).values({column: today})
                redated += (await connection.execute(days)).rowcount
            redated += await self.tallies.redate(connection, day, today)
            redated += await self.marks.drop_after(connection, day)
        return redated

    async def leave_no_trace(self) -> None:
        """See to it that what was deleted just now stands in no file of SQLite's any more; readers are waited for a while."""
        for _ in range(_TRIES):
            if await self.database.empty_journal():
                return
            await asyncio.sleep(_BETWEEN_SECONDS)
        log.info("Somebody was reading, so what was deleted leaves the -wal file later.")

    async def close(self) -> None:
        """Close every connection, and let other processes have the file."""
        await self.database.close()
        if self._hold is not None:
            self._hold.close()


async def open_store(setting: str = "", state_dir: Path | None = None) -> Store:
    """Return the store at `setting` (DATABASE_URL), else the SQLite file in `state_dir` or the system's data folder.

    An SQLite file is looked at and brought to this version's tables, and is this process's until the store is closed.
    Raises ConfigError where a PostgreSQL database is behind (its host upgrades it, since other processes may be using
    it), the address is wrong, or a file is damaged, foreign or in use; StoreError where it is out of reach.
    """
    return await _opened(database_url(setting, state_dir))


async def _opened(url: URL) -> Store:
    database = connect(url)
    file = sqlite_path(url)
    hold = None if file is None else sqlite_file.take(file)
    try:
        if file is not None:
            await asyncio.to_thread(sqlite_file.look, file)
        if database.is_postgres:
            await migrate.require_newest(database)
        else:
            await migrate.upgrade(database)
    except BaseException:
        await database.close()
        if hold is not None:
            hold.close()
        raise
    return Store(database, hold)
