"""Each server's settings, whether the bot is still there, and letting go of all that is kept of one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, case, delete, func, select, union, update

from bot.store.database import Database
from bot.store.engine import AsyncConnection
from bot.store.listening import Change, notify
from bot.store.plain import dumped, loaded
from bot.store.tables import (
    drafts,
    entries,
    inbox_groups,
    inbox_wordings,
    marks,
    pictures,
    revision_items,
    revisions,
    servers,
    suggestion_notices,
    suggestions,
    tallies,
)

_BELONGING = (
    suggestion_notices, suggestions, inbox_wordings, inbox_groups, revision_items, revisions, entries, pictures, drafts, marks,
    tallies, servers,
)  # fmt: skip
"""All that goes with a server, what hangs on other rows before these."""
_KNOWN = union(*(select(table.c.guild_id) for table in _BELONGING))
_AWAY = select(servers.c.guild_id, servers.c.left_at, servers.c.absent_at).where(servers.c.left_at.is_not(None))
_AT_ONCE = 500
"""Servers that one statement names, well under what a database takes."""
BACK = {"left_at": None, "absent_at": None}
"""What any sign of life makes of a server's row."""


_ROW = 300
"""About what a change and each of its items take beside their text, in characters."""


def history_weight() -> Any:
    """Return about how many characters rows of `revision_items` take, as a column of a query."""
    return func.coalesce(func.sum(func.coalesce(func.length(revision_items.c.state), 0) + _ROW), 0)


@dataclass(frozen=True, slots=True)
class Away:
    """A server that the bot is not in: since when, and when a look at Discord first found it so."""

    guild: int
    left_at: int
    absent_at: int | None


@dataclass(frozen=True, slots=True)
class Gone:
    """What was, or would be, deleted of a server: rows by table, those with none left out."""

    rows: Mapping[str, int] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rows)

    def __str__(self) -> str:
        return ", ".join(f"{count} in {table}" for table, count in self.rows.items()) or "nothing"


@dataclass(frozen=True, slots=True)
class Usage:
    """What a server takes of what it may: claims it changed, characters of its history and drafts, drafts, pictures, wordings."""

    items: int
    history: int
    drafts: int
    draft_characters: int
    pictures: int
    wordings: int


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
                update(servers).where(servers.c.guild_id == guild).values(settings=dumped(settings), **BACK)
            )
            await notify(connection, Change("settings", guild))
        return settings

    async def first(self, guild: int, note: str, says: str | bool = True, was: object = None) -> bool:
        """Let a note in a server's settings that says `was` say something else, and say whether it was changed: of two at once one does it."""
        async with self._database.writing() as connection:
            await connection.execute(self._database.insert(servers).values(guild_id=guild).on_conflict_do_nothing())
            query = select(servers.c.settings).where(servers.c.guild_id == guild).with_for_update()
            held = loaded((await connection.execute(query)).scalar_one())
            if held.get(note) != was or was == says:
                return False
            changed = update(servers).where(servers.c.guild_id == guild)
            await connection.execute(changed.values(settings=dumped({**held, note: says})))
        return True

    async def usage(self, guild: int) -> Usage:
        """Return what a server takes of what it may."""

        def of(table: Table, what: Any = None) -> Any:
            counted = func.count() if what is None else what
            return select(counted).select_from(table).where(table.c.guild_id == guild).scalar_subquery()

        characters = func.coalesce(func.sum(func.length(drafts.c.data)), 0)
        items = select(func.count()).where(entries.c.guild_id == guild, entries.c.state.is_not(None)).scalar_subquery()
        query = select(
            items,
            of(revision_items, history_weight()),
            of(drafts),
            of(drafts, characters),
            of(pictures),
            of(inbox_wordings),
        )
        async with self._database.reading() as connection:
            return Usage(*map(int, (await connection.execute(query)).one()))

    # Whether the bot is there

    async def known_and_away(self) -> tuple[set[int], dict[int, Away]]:
        """Return every server of which anything is kept, and those that the bot is noted to be away from."""
        async with self._database.reading() as connection:
            return set((await connection.execute(_KNOWN)).scalars()), await _away(connection)

    async def away(self) -> dict[int, Away]:
        """Return the servers that the bot is noted to be away from."""
        async with self._database.reading() as connection:
            return await _away(connection)

    async def present(self, guilds: Collection[int]) -> int:
        """Note that the bot is in servers, and return how many were noted as left until now."""
        if not guilds:
            return 0
        back = 0
        async with self._database.writing() as connection:
            for some in _portions(guilds):
                returned = update(servers).where(servers.c.guild_id.in_(some), servers.c.left_at.is_not(None))
                back += (await connection.execute(returned.values(**BACK))).rowcount
        return back

    async def left(self, guild: int, at: int) -> None:
        """Note that the bot left a server at a time."""
        async with self._database.writing() as connection:
            row = self._database.insert(servers).values(guild_id=guild, left_at=at)
            await connection.execute(row.on_conflict_do_update(index_elements=["guild_id"], set_={"left_at": at}))

    async def absent(self, guilds: Collection[int], at: int, *, is_right: bool = False) -> None:
        """Note that a look at Discord found the bot away from servers; what was noted before stays.

        A look at a time to come was noted by a clock that ran ahead, and so was a leaving where `at` `is_right` for sure.
        """
        async with self._database.writing() as connection:
            for guild in guilds:
                row = self._database.insert(servers).values(guild_id=guild, left_at=at, absent_at=at)
                left = servers.c.left_at
                earlier = {
                    "left_at": case((left <= at, left), else_=at) if is_right else func.coalesce(left, at),
                    "absent_at": case((servers.c.absent_at <= at, servers.c.absent_at), else_=at),
                }
                await connection.execute(row.on_conflict_do_update(index_elements=["guild_id"], set_=earlier))

    # Letting go

    async def belongings(self, guild: int) -> Gone:
        """Return how much is kept of a server."""
        async with self._database.reading() as connection:
            return Gone(await _counted(connection, guild))

    async def drop(self, guild: int, *, left_before: int, absent_before: int) -> Gone | None:
        """Forget everything of a server that left before a time and was found absent before another.

        Returns what that was; None, and nothing is deleted, where either is no longer so.
        """
        async with self._database.writing() as connection:
            still = (
                select(servers.c.guild_id)
                .where(
                    servers.c.guild_id == guild, servers.c.left_at < left_before, servers.c.absent_at < absent_before
                )
                .with_for_update()
            )
            if (await connection.execute(still)).scalar() is None:
                return None
            rows = {}
            for table in _BELONGING:
                count = (await connection.execute(delete(table).where(table.c.guild_id == guild))).rowcount
                if count:
                    rows[table.name] = count
            await notify(connection, Change("settings", guild))
        return Gone(rows)


async def _away(connection: AsyncConnection) -> dict[int, Away]:
    return {row.guild_id: Away(*row) for row in await connection.execute(_AWAY)}


async def _counted(connection: AsyncConnection, guild: int) -> dict[str, int]:
    rows = {}
    for table in _BELONGING:
        count = select(func.count()).select_from(table).where(table.c.guild_id == guild)
        if found := int((await connection.execute(count)).scalar_one()):
            rows[table.name] = found
    return rows


def _portions(guilds: Iterable[int]) -> Iterator[list[int]]:
    some = sorted(guilds)
    for start in range(0, len(some), _AT_ONCE):
        yield some[start : start + _AT_ONCE]
