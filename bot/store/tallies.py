"""Counts by day: what was asked, answered and liked. Numbers only."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Executable, delete, func, select

from bot.store.database import Database
from bot.store.engine import AsyncConnection
from bot.store.tables import tallies


@dataclass(frozen=True, slots=True, order=True)
class TallyKey:
    """What is counted: a kind ("outcome", "claim", "press") and a name of that kind, on one day in one server."""

    guild: int
    day: str
    kind: str
    name: str


class Tallies:
    """Counts of all servers, read one server at a time. Everything raises StoreError where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, counts: Mapping[TallyKey, int]) -> None:
        """Add to many counts at once, all or none."""
        if not counts:
            return
        # In one order everywhere, so that two processes never wait for each other's rows.
        rows = [
            {"guild_id": key.guild, "day": key.day, "kind": key.kind[:32], "name": key.name[:64], "count": count}
            for key, count in sorted(counts.items())
        ]
        async with self._database.writing() as connection:
            await connection.execute(self._adding(), rows)

    def _adding(self) -> Executable:
        insert = self._database.insert(tallies)
        added: Executable = insert.on_conflict_do_update(
            index_elements=["guild_id", "day", "kind", "name"],
            set_={"count": tallies.c.count + insert.excluded.count},
        )
        return added

    async def redate(self, connection: AsyncConnection, beyond: str, today: str) -> int:
        """Count the days beyond one as today, within a transaction, and return how many counts that were."""
        later = (await connection.execute(select(tallies).where(tallies.c.day > beyond))).mappings().all()
        if later:
            await connection.execute(delete(tallies).where(tallies.c.day > beyond))
            for row in later:
                await connection.execute(self._adding(), {**row, "day": today})
        return len(later)

    async def since(self, guild: int, day: str, kind: str) -> list[tuple[str, str, int]]:
        """Return a server's (day, name, count) of one kind since a day, in the order of days."""
        query = (
            select(tallies.c.day, tallies.c.name, tallies.c.count)
            .where(tallies.c.guild_id == guild, tallies.c.day >= day, tallies.c.kind == kind)
            .order_by(tallies.c.day, tallies.c.name)
        )
        async with self._database.reading() as connection:
            return [(on, name, int(count)) for on, name, count in await connection.execute(query)]

    async def totals(self, guild: int, day: str, prefix: str) -> list[tuple[str, str, int]]:
        """Return a server's (kind, name, sum) since a day, of the kinds that begin with `prefix`."""
        query = (
            select(tallies.c.kind, tallies.c.name, func.sum(tallies.c.count))
            .where(
                tallies.c.guild_id == guild, tallies.c.day >= day, tallies.c.kind.startswith(prefix, autoescape=True)
            )
            .group_by(tallies.c.kind, tallies.c.name)
        )
        async with self._database.reading() as connection:
            return [(kind, name, int(total)) for kind, name, total in await connection.execute(query)]

    async def drop_before(self, day: str) -> int:
        """Forget the counts of all servers from before a day, and return how many."""
        async with self._database.writing() as connection:
            return (await connection.execute(delete(tallies).where(tallies.c.day < day))).rowcount
