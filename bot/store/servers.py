"""Each server's settings, and when the bot left it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, select, update

from bot.store.database import Database
from bot.store.listening import Change, notify
from bot.store.plain import dumped, loaded
from bot.store.tables import drafts, entries, gap_groups, marks, pictures, revisions, servers, suggestions, tallies

_BELONGING = (entries, revisions, pictures, drafts, suggestions, gap_groups, marks, tallies, servers)
"""All that goes with a server; what hangs on these rows goes with them."""


class Servers:
    """Settings of all servers, one server at a time. Everything raises StoreError where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def settings(self, guild: int) -> Mapping[str, Any]:
        """Return a server's settings as it set them; empty where it set none."""
        async with self._database.reading() as connection:
            found = (await connection.execute(select(servers.c.settings).where(servers.c.guild_id == guild))).scalar()
        settings = loaded(found)
        return settings if isinstance(settings, dict) else {}

    async def change(self, guild: int, changes: Mapping[str, Any]) -> Mapping[str, Any]:
        """Set some of a server's settings and return all of them; two changes at once both count."""
        async with self._database.writing() as connection:
            await connection.execute(self._database.insert(servers).values(guild_id=guild).on_conflict_do_nothing())
            query = select(servers.c.settings).where(servers.c.guild_id == guild).with_for_update()
            held = loaded((await connection.execute(query)).scalar_one())
            settings = {**held, **changes}
            await connection.execute(
                update(servers).where(servers.c.guild_id == guild).values(settings=dumped(settings))
            )
            await notify(connection, Change("settings", guild))
        return settings

    async def left(self, guild: int, at: int | None) -> None:
        """Note that the bot left a server at a time, or (None) is in it again."""
        async with self._database.writing() as connection:
            await connection.execute(update(servers).where(servers.c.guild_id == guild).values(left_at=at))

    async def drop_left_before(self, at: int) -> list[int]:
        """Forget everything of the servers that the bot left before a time, and return which."""
        async with self._database.writing() as connection:
            gone = select(servers.c.guild_id).where(servers.c.left_at.is_not(None), servers.c.left_at < at)
            ids = list((await connection.execute(gone)).scalars())
            for guild in ids:
                for table in _BELONGING:
                    await connection.execute(delete(table).where(table.c.guild_id == guild))
        return ids
