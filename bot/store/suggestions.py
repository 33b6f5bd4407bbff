"""What members suggest to their moderators. Nothing here says who did; whom to tell stands apart, until the decision."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, select, update

from bot.store.database import Database
from bot.store.engine import AsyncConnection
from bot.store.plain import dumped, loaded
from bot.store.tables import suggestion_notices, suggestions


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """An open suggestion; `data` is JSON whose sense the service knows."""

    id: int
    at: int
    data: Any


class Suggestions:
    """Suggestions of all servers, one server at a time. Everything raises StoreError where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, guild: int, *, at: int, data: Any, tell: int | None, most: int) -> int | None:
        """Keep a suggestion and return its id; None where `most` of the server's are open already."""
        async with self._database.writing() as connection:
            count = select(func.count()).where(suggestions.c.guild_id == guild, suggestions.c.decided.is_(None))
            if int((await connection.execute(count)).scalar_one()) >= most:
                return None
            row = await connection.execute(
                suggestions.insert().returning(suggestions.c.id), {"guild_id": guild, "at": at, "data": dumped(data)}
            )
            made = int(row.scalar_one())
            if tell is not None:
                await connection.execute(
                    suggestion_notices.insert(), {"suggestion_id": made, "guild_id": guild, "member_id": tell}
                )
        return made

    async def open(self, guild: int, limit: int = 100) -> list[SuggestionRow]:
        """Return a server's suggestions that wait for a decision, oldest first."""
        query = select(suggestions).where(suggestions.c.guild_id == guild, suggestions.c.decided.is_(None))
        async with self._database.reading() as connection:
            rows = await connection.execute(query.order_by(suggestions.c.id).limit(limit))
            return [SuggestionRow(row.id, row.at, loaded(row.data)) for row in rows]

    async def get(self, guild: int, suggestion: int) -> SuggestionRow | None:
        """Return a server's open suggestion, or None where it has no such one (any more)."""
        query = select(suggestions).where(
            suggestions.c.guild_id == guild, suggestions.c.id == suggestion, suggestions.c.decided.is_(None)
        )
        async with self._database.reading() as connection:
            row = (await connection.execute(query)).one_or_none()
        return None if row is None else SuggestionRow(row.id, row.at, loaded(row.data))

    async def tell(self, guild: int, suggestion: int) -> int | None:
        """Return who wished to be told of the decision, if anybody; known until the decision."""
        query = select(suggestion_notices.c.member_id).where(
            suggestion_notices.c.guild_id == guild, suggestion_notices.c.suggestion_id == suggestion
        )
        async with self._database.reading() as connection:
            return (await connection.execute(query)).scalar()

    async def refuse(self, guild: int, suggestion: int) -> bool:
        """Decide against a suggestion, and say whether it was still open."""
        query = (
            update(suggestions)
            .where(suggestions.c.guild_id == guild, suggestions.c.id == suggestion, suggestions.c.decided.is_(None))
            .values(decided="refused")
        )
        async with self._database.writing() as connection:
            refused = bool((await connection.execute(query)).rowcount == 1)
            if refused:
                await forget_whom_to_tell(connection, guild, suggestion)
        return refused

    async def drop_before(self, at: int) -> int:
        """Forget the suggestions of all servers made before a time, decided or not, and return how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(suggestions).where(suggestions.c.at < at))).rowcount


async def forget_whom_to_tell(connection: AsyncConnection, guild: int, suggestion: int) -> None:
    """Drop, within the transaction of a decision, who wished to be told of it."""
    await connection.execute(
        delete(suggestion_notices).where(
            suggestion_notices.c.guild_id == guild, suggestion_notices.c.suggestion_id == suggestion
        )
    )
