"""Moderators' own pictures: bytes by their digest, a server's beside no other's. Their words stand in the states."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, delete, exists, func, select, update

from bot.store.database import Database
from bot.store.tables import entries, pictures, revision_items

MOST_PICTURES = 200
"""Of one server, those that only its history shows among them: 12 MB at most, since one has 60 KB at most."""


class Pictures:
    """Pictures of all servers, one server at a time. Everything raises StoreError where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(
        self,
        guild: int,
        digest: str,
        content: bytes,
        *,
        kind: str,
        at: int,
        idle_before: int,
        most: int = MOST_PICTURES,
    ) -> bool:
        """Keep a picture, once however often it is added; False where the server is full.

        To make room the oldest go that no claim shows now and nobody named since `idle_before`.
        """
        mine = pictures.c.guild_id == guild
        async with self._database.writing() as connection:
            again = update(pictures).where(mine, pictures.c.digest == digest).values(at=at)
            if (await connection.execute(again)).rowcount:
                return True
            count = select(func.count()).select_from(pictures).where(mine)
            surplus = int((await connection.execute(count)).scalar_one()) + 1 - most
            if surplus > 0:
                shown = exists().where(entries.c.guild_id == guild, entries.c.picture == pictures.c.digest)
                oldest = (
                    select(pictures.c.digest)
                    .where(mine, pictures.c.at < idle_before, ~shown)
                    .order_by(pictures.c.at, pictures.c.digest)
                    .limit(surplus)
                )
                gone = list((await connection.execute(oldest)).scalars())
                if len(gone) < surplus:
                    return False
                await connection.execute(delete(pictures).where(mine, pictures.c.digest.in_(gone)))
            row = self._database.insert(pictures).values(
                guild_id=guild, digest=digest, kind=kind, at=at, content=content
            )
            await connection.execute(row.on_conflict_do_nothing())  # somebody may have added it just now
        return True

    async def get(self, guild: int, digest: str) -> bytes | None:
        """Return a server's picture, or None where it has no such one (any more)."""
        async with self._database.reading() as connection:
            query = select(pictures.c.content).where(pictures.c.guild_id == guild, pictures.c.digest == digest)
            found = (await connection.execute(query)).scalar()
        return None if found is None else bytes(found)

    async def named(self, guild: int, digests: Collection[str], at: int) -> set[str]:
        """Return which of these pictures a server has, and note that they were named at a time."""
        async with self._database.writing() as connection:
            query = (
                update(pictures)
                .where(pictures.c.guild_id == guild, pictures.c.digest.in_(digests))
                .values(at=at)
                .returning(pictures.c.digest)
            )
            return set((await connection.execute(query)).scalars())

    async def erase(self, guild: int, item: str) -> int:
        """Forget the pictures that a claim ever had and none shows now, and return how many; its revisions stay."""
        async with self._database.writing() as connection:
            had = select(revision_items.c.picture).where(
                revision_items.c.guild_id == guild, revision_items.c.item == item, revision_items.c.picture.is_not(None)
            )
            shown = exists().where(entries.c.guild_id == guild, entries.c.picture == pictures.c.digest)
            query = delete(pictures).where(pictures.c.guild_id == guild, pictures.c.digest.in_(had), ~shown)
            return (await connection.execute(query)).rowcount

    async def drop_unused_before(self, at: int) -> int:
        """Forget the pictures of all servers that no revision shows and nobody named since; return how many."""
        async with self._database.writing() as connection:
            query = delete(pictures).where(pictures.c.at < at, ~_in_history())
            return (await connection.execute(query)).rowcount


def _in_history() -> ColumnElement[bool]:
    return exists().where(
        revision_items.c.guild_id == pictures.c.guild_id, revision_items.c.picture == pictures.c.digest
    )
