"""What was asked and not answered: scrubbed wordings in groups, with counts. Nothing here says who asked."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update

from bot.store.database import Database
from bot.store.engine import AsyncConnection
from bot.store.marks import Deed, count_own_marks, set_mark, set_weeks_marks
from bot.store.tables import inbox_groups, inbox_wordings

MOST_WORDINGS = 2000
"""Of one server; beyond it what fewest members asked makes room, and nothing new is kept where three asked everything."""
MOST_NEW_OF_A_MEMBER = 20
"""New wordings of one member's within a day: nobody fills the inbox alone."""
FEWEST_ASKERS = 3
"""A wording is shown once that many different members asked alike within seven days: nobody is recognised by it."""
_WORDING = "wording:"


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A wording. `most_askers`: the most different members that asked like its group within seven days."""

    id: int
    group: int
    wording: str
    outcome: str
    nearest: str | None
    times: int
    first_day: str
    last_day: str
    most_askers: int


@dataclass(frozen=True, slots=True)
class NewWording:
    """A question to keep, scrubbed already; `group` is the id of the group it belongs to, None for a new one."""

    wording: str
    outcome: str
    nearest: str | None
    group: int | None


class InboxRows:
    """Unanswered questions of all servers, one server at a time. Everything raises StoreError where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, guild: int, day: str, new: NewWording, member: int) -> int | None:
        """Count that `member` asked this today, and return its group; None where it is not kept.

        Each wording counts a member once a day. A wording that is new is not kept beyond MOST_NEW_OF_A_MEMBER of one
        member's on a day; where the server's inbox is full, what fewest asked and is oldest makes room for it. The
        member becomes a mark under the day's key, and among those who asked alike one under each key of seven days with this one.
        """
        async with self._database.writing() as connection:
            known = select(inbox_wordings.c.id, inbox_wordings.c.group_id).where(
                inbox_wordings.c.guild_id == guild, inbox_wordings.c.wording == new.wording
            )
            row = (await connection.execute(known)).one_or_none()
            if row is None:
                written = await count_own_marks(connection, guild, day, _WORDING, member)
                if written >= MOST_NEW_OF_A_MEMBER or not await self._has_room(connection, guild):
                    return None
                group = await self._group(connection, guild, new.group)
                insert = self._database.insert(inbox_wordings).values(
                    guild_id=guild, group_id=group, wording=new.wording, outcome=new.outcome, nearest=new.nearest,
                    times=0, first_day=day, last_day=day,
                )  # fmt: skip
                await connection.execute(insert.on_conflict_do_nothing(index_elements=["guild_id", "wording"]))
                row = (await connection.execute(known)).one()
            if await set_mark(self._database, connection, Deed(guild, day, f"{_WORDING}{row.id}"), member):
                asked = update(inbox_wordings).where(inbox_wordings.c.guild_id == guild, inbox_wordings.c.id == row.id)
                await connection.execute(asked.values(times=inbox_wordings.c.times + 1, last_day=day))
            deed = Deed(guild, day, f"gap:{row.group_id}")
            askers = await set_weeks_marks(self._database, connection, deed, member)
            more = update(inbox_groups).where(
                inbox_groups.c.guild_id == guild, inbox_groups.c.id == row.group_id, inbox_groups.c.most_askers < askers
            )
            await connection.execute(more.values(most_askers=askers))
        return int(row.group_id)

    @staticmethod
    async def _has_room(connection: AsyncConnection, guild: int) -> bool:
        """Make room for one more wording where the inbox is full, and say whether there is room."""
        count = select(func.count()).where(inbox_wordings.c.guild_id == guild)
        if int((await connection.execute(count)).scalar_one()) < MOST_WORDINGS:
            return True
        least = (
            select(inbox_wordings.c.id, inbox_wordings.c.group_id)
            .join(inbox_groups, inbox_groups.c.id == inbox_wordings.c.group_id)
            .where(inbox_wordings.c.guild_id == guild, inbox_groups.c.most_askers < FEWEST_ASKERS)
            .order_by(
                inbox_groups.c.most_askers, inbox_wordings.c.times, inbox_wordings.c.last_day, inbox_wordings.c.id
            )
            .limit(1)
        )
        row = (await connection.execute(least)).one_or_none()
        if row is None:
            return False
        await connection.execute(
            delete(inbox_wordings).where(inbox_wordings.c.guild_id == guild, inbox_wordings.c.id == row.id)
        )
        left = select(inbox_wordings.c.group_id).where(
            inbox_wordings.c.guild_id == guild, inbox_wordings.c.group_id == row.group_id
        )
        empty = delete(inbox_groups).where(inbox_groups.c.guild_id == guild, inbox_groups.c.id == row.group_id)
        await connection.execute(empty.where(~left.exists()))
        return True

    @staticmethod
    async def _group(connection: AsyncConnection, guild: int, wanted: int | None) -> int:
        if wanted is not None:
            held = select(inbox_groups.c.id).where(inbox_groups.c.guild_id == guild, inbox_groups.c.id == wanted)
            if (await connection.execute(held)).scalar() is not None:
                return wanted
        made = inbox_groups.insert().returning(inbox_groups.c.id)
        return int((await connection.execute(made, {"guild_id": guild, "most_askers": 0})).scalar_one())

    async def all(self, guild: int) -> list[InboxRow]:
        """Return a server's wordings, the most asked first."""
        query = (
            select(inbox_wordings, inbox_groups.c.most_askers)
            .join(inbox_groups, inbox_groups.c.id == inbox_wordings.c.group_id)
            .where(inbox_wordings.c.guild_id == guild, inbox_groups.c.guild_id == guild)
            .order_by(inbox_wordings.c.times.desc(), inbox_wordings.c.id)
        )
        async with self._database.reading() as connection:
            return [
                InboxRow(
                    row.id, row.group_id, row.wording, row.outcome, row.nearest, row.times, row.first_day,
                    row.last_day, row.most_askers,
                )
                for row in await connection.execute(query)
            ]  # fmt: skip

    async def drop_groups(self, guild: int, groups: Sequence[int]) -> int:
        """Forget groups of a server with their wordings, and return how many there were."""
        async with self._database.writing() as connection:
            query = delete(inbox_groups).where(inbox_groups.c.guild_id == guild, inbox_groups.c.id.in_(groups))
            return (await connection.execute(query)).rowcount

    async def drop_all(self, guild: int) -> None:
        """Forget all of a server's wordings."""
        async with self._database.writing() as connection:
            await connection.execute(delete(inbox_groups).where(inbox_groups.c.guild_id == guild))

    async def drop_before(self, guild: int, day: str) -> int:
        """Forget a server's wordings first asked before a day, and return how many."""
        async with self._database.writing() as connection:
            old = delete(inbox_wordings).where(inbox_wordings.c.guild_id == guild, inbox_wordings.c.first_day < day)
            dropped = (await connection.execute(old)).rowcount
            held = select(inbox_wordings.c.group_id).where(inbox_wordings.c.guild_id == guild)
            empty = delete(inbox_groups).where(inbox_groups.c.guild_id == guild, inbox_groups.c.id.not_in(held))
            await connection.execute(empty)
            return dropped

    async def servers(self) -> list[int]:
        """Return the servers that have wordings."""
        async with self._database.reading() as connection:
            return list((await connection.execute(select(inbox_wordings.c.guild_id).distinct())).scalars())
