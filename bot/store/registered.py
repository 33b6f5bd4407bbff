"""Which commands Discord knows: what one process registered, the next one need not."""

from sqlalchemy import select

from bot.store.database import Database
from bot.store.tables import commands


class Registered:
    """The digest of the commands that were registered last, by application. Everything raises StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def digest(self, application: int) -> str:
        """Return the digest of an application's commands, "" where none is known."""
        async with self._database.reading() as connection:
            query = select(commands.c.digest).where(commands.c.application_id == application)
            return str((await connection.execute(query)).scalar_one_or_none() or "")

    async def keep(self, application: int, digest: str) -> None:
        """Keep the digest of what was registered just now."""
        insert = self._database.insert(commands)
        kept = insert.on_conflict_do_update(index_elements=["application_id"], set_={"digest": insert.excluded.digest})
        async with self._database.writing() as connection:
            await connection.execute(kept, [{"application_id": application, "digest": digest}])
