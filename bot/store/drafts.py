"""Changes that moderators prepare and have not published yet."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update

from bot.store.database import Database
from bot.store.engine import AsyncConnection
from bot.store.plain import dumped, loaded
from bot.store.tables import drafts

MOST_DRAFTS = 200
"""Of one server; the oldest make room."""
MOST_OF_AN_AUTHOR = 50
"""Of one server's: nobody's make room for somebody else's many."""
MOST_CHARACTERS = 20_000_000
"""Of one server's drafts together; the oldest make room."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A prepared change; `data` is JSON whose sense the service knows."""

    id: int
    author: int
    at: int
    data: Any


class Drafts:
    """Drafts of all servers, one server at a time. Everything raises StoreError where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, guild: int, *, author: int, at: int, data: Any) -> int:
        """Keep a draft and return its id."""
        async with self._database.writing() as connection:
            row = await connection.execute(
                drafts.insert().returning(drafts.c.id),
                {"guild_id": guild, "author_id": author, "at": at, "data": dumped(data)},
            )
            made = int(row.scalar_one())
            await _make_room(connection, guild, made)
        return made

    async def get(self, guild: int, draft: int) -> DraftRow | None:
        """Return a server's draft, or None where it has no such draft (any more)."""
        async with self._database.reading() as connection:
            query = select(drafts).where(drafts.c.guild_id == guild, drafts.c.id == draft)
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else DraftRow(row.id, row.author_id, row.at, loaded(row.data))

    async def replace(self, guild: int, draft: int, data: Any) -> bool:
        """Give a draft other content, and say whether there was one."""
        async with self._database.writing() as connection:
            query = update(drafts).where(drafts.c.guild_id == guild, drafts.c.id == draft).values(data=dumped(data))
            found = bool((await connection.execute(query)).rowcount == 1)
            if found:
                await _make_room(connection, guild, draft)
        return found

    async def drop(self, guild: int, draft: int) -> bool:
        """Forget a draft, and say whether there was one."""
        async with self._database.writing() as connection:
            query = delete(drafts).where(drafts.c.guild_id == guild, drafts.c.id == draft)
            return (await connection.execute(query)).rowcount == 1

    async def drop_before(self, at: int) -> int:
        """Forget the drafts of all servers made before a time, and return how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(drafts).where(drafts.c.at < at))).rowcount


async def _make_room(connection: AsyncConnection, guild: int, kept: int) -> None:
    """Forget a server's oldest drafts beyond what it may have; `kept` stays in any case."""
    query = select(drafts.c.id, drafts.c.author_id, func.length(drafts.c.data).label("size"))
    newest_first = await connection.execute(query.where(drafts.c.guild_id == guild).order_by(drafts.c.id.desc()))
    rows = sorted(newest_first, key=lambda row: row.id != kept)
    size, of_author, gone = 0, Counter[int](), []
    for number, row in enumerate(rows):
        size += row.size
        of_author[row.author_id] += 1
        if row.id != kept and (
            number >= MOST_DRAFTS or size > MOST_CHARACTERS or of_author[row.author_id] > MOST_OF_AN_AUTHOR
        ):
            gone.append(row.id)
            size -= row.size
    if gone:
        await connection.execute(delete(drafts).where(drafts.c.guild_id == guild, drafts.c.id.in_(gone)))
