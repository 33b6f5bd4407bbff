"""What servers made of single claims, and every revision of it. States are JSON objects whose sense the service knows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, exists, func, select, update

from bot.errors import StoreError
from bot.sentences import say
from bot.store.database import Database
from bot.store.engine import AsyncConnection
from bot.store.listening import Change, notify
from bot.store.plain import dumped, loaded
from bot.store.servers import BACK, history_weight
from bot.store.suggestions import forget_whom_to_tell
from bot.store.tables import drafts, entries, inbox_groups, revision_items, revisions, servers, suggestions

State = Mapping[str, Any]

MOST_HISTORY = 30_000_000
"""Characters of one server's history; beyond it the oldest changes are folded into one, down to half of it."""
NEVER_FOLDED = 10
"""The newest changes, whatever they weigh: one import has about 2,000,000 characters at most."""
_FOLD_EVERY = 16
"""Changes between two looks at what the history weighs."""
FOLDED = "folded"
"""The action of the change that stands for all before it."""


class StaleError(StoreError):
    """An item has a newer revision than the writer had seen; nothing was written."""

    def __init__(self, item: str, revision: int) -> None:
        super().__init__(say("host.revisions.changed_meanwhile", item=item, revision=revision))
        self.item = item
        self.revision = revision


class GoneError(StoreError):
    """A draft, suggestion or group that the change rests on is not there (any more); nothing was written."""

    def __init__(self, what: str) -> None:
        super().__init__(f"The {what} is gone.")
        self.what = what


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An item's state now (None: nothing of the server's is left) and the revision that made it so."""

    item: str
    revision: int
    state: State | None


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """One change. `author` is None once they asked to be forgotten."""

    number: int
    author: int | None
    at: int
    action: str
    why: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """A new state for an item that was at revision `expected` (0: never changed) when the writer looked.

    `picture`: the digest of the picture that the state names, so that its bytes are kept with it.
    """

    item: str
    expected: int
    state: State | None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Closing:
    """What is finished in the same transaction: the draft published, the suggestion decided, the group settled."""

    draft: int | None = None
    suggestion: int | None = None
    gap_group: int | None = None


NOTHING = Closing()


class Revisions:
    """Entries and revisions of all servers, one server at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def commit(
        self,
        guild: int,
        changes: Sequence[ItemChange],
        *,
        author: int | None,
        at: int,
        action: str,
        why: str,
        closing: Closing = NOTHING,
    ) -> int:
        """Write a revision with all its items, and return its number: all of it is on the disk then.

        Raises StaleError, GoneError or another StoreError; nothing is written then.
        """
        async with self._database.writing() as connection:
            number = await self._next_number(connection, guild)  # locks the server's row: one writer a server
            await _close(connection, guild, closing)
            held = {row.item: row.revision for row in await _entries(connection, guild, [c.item for c in changes])}
            for change in changes:
                if held.get(change.item, 0) != change.expected:
                    raise StaleError(change.item, held.get(change.item, 0))
            await connection.execute(
                revisions.insert(),
                {"guild_id": guild, "number": number, "author_id": author, "at": at, "action": action, "why": why},
            )
            for change in changes:
                state = None if change.state is None else dumped(change.state)
                await connection.execute(
                    revision_items.insert(),
                    {
                        "guild_id": guild,
                        "number": number,
                        "item": change.item,
                        "state": state,
                        "picture": change.picture,
                    },
                )
                now = {"revision": number, "state": state, "picture": change.picture}
                insert = self._database.insert(entries).values(guild_id=guild, item=change.item, **now)
                await connection.execute(insert.on_conflict_do_update(index_elements=["guild_id", "item"], set_=now))
            if number % _FOLD_EVERY == 0:
                await _fold(connection, guild)
            await notify(connection, Change("overlay", guild))
        return number

    async def entries(self, guild: int, items: Collection[str] | None = None) -> list[EntryRow]:
        """Return a server's items as they are now, those taken back too; only `items` where given."""
        async with self._database.reading() as connection:
            return await _entries(connection, guild, items)

    async def revisions(
        self, guild: int, item: str | None = None, *, before: int | None = None, limit: int = 10
    ) -> list[RevisionRow]:
        """Return a server's revisions, newest first; of one item where given, older than `before` where given."""
        query = select(revisions).where(revisions.c.guild_id == guild)
        if item is not None:
            query = query.join(
                revision_items,
                and_(revision_items.c.guild_id == revisions.c.guild_id, revision_items.c.number == revisions.c.number),
            ).where(revision_items.c.item == item)
        if before is not None:
            query = query.where(revisions.c.number < before)
        async with self._database.reading() as connection:
            rows = (await connection.execute(query.order_by(revisions.c.number.desc()).limit(limit))).all()
            named = select(revision_items.c.number, revision_items.c.item).where(
                revision_items.c.guild_id == guild, revision_items.c.number.in_([row.number for row in rows])
            )
            items: dict[int, list[str]] = {}
            for number, name in await connection.execute(named.order_by(revision_items.c.item)):
                items.setdefault(number, []).append(name)
        return [
            RevisionRow(row.number, row.author_id, row.at, row.action, row.why, tuple(items.get(row.number, ())))
            for row in rows
        ]

    async def states_at(self, guild: int, number: int, item: str | None = None) -> dict[str, State | None]:
        """Return the state of each item after revision `number`; items never changed by then are not in it."""
        last = (
            select(revision_items.c.item, func.max(revision_items.c.number).label("number"))
            .where(revision_items.c.guild_id == guild, revision_items.c.number <= number)
            .group_by(revision_items.c.item)
        )
        if item is not None:
            last = last.where(revision_items.c.item == item)
        newest = last.subquery()
        query = select(revision_items.c.item, revision_items.c.state).join(
            newest,
            and_(revision_items.c.item == newest.c.item, revision_items.c.number == newest.c.number),
        )
        async with self._database.reading() as connection:
            rows = await connection.execute(query.where(revision_items.c.guild_id == guild))
            return {name: loaded(state) for name, state in rows}

    async def oldest(self, guild: int) -> int:
        """Return the number of a server's oldest revision that is kept, 0 where it has none: others were folded into it."""
        async with self._database.reading() as connection:
            query = select(func.min(revisions.c.number)).where(revisions.c.guild_id == guild)
            return int((await connection.execute(query)).scalar() or 0)

    async def newest(self, guild: int) -> int:
        """Return the number of a server's newest revision, 0 where it has none."""
        async with self._database.reading() as connection:
            query = select(servers.c.revision).where(servers.c.guild_id == guild)
            return int((await connection.execute(query)).scalar() or 0)

    async def _next_number(self, connection: AsyncConnection, guild: int) -> int:
        insert = self._database.insert(servers).values(guild_id=guild, revision=1)
        counted = insert.on_conflict_do_update(
            index_elements=["guild_id"], set_={"revision": servers.c.revision + 1, **BACK}
        ).returning(servers.c.revision)
        return int((await connection.execute(counted)).scalar_one())


async def _fold(connection: AsyncConnection, guild: int) -> None:
    """Fold a server's oldest changes into one where the history weighs too much: the states after the rest stay as they were."""
    of_server = revision_items.c.guild_id == guild
    query = select(revision_items.c.number, history_weight()).where(of_server).group_by(revision_items.c.number)
    weights = (await connection.execute(query.order_by(revision_items.c.number.desc()))).all()
    if sum(each for _, each in weights) <= MOST_HISTORY or len(weights) <= NEVER_FOLDED + 1:
        return
    kept, held = 0, 0
    for number, each in weights:
        held += each
        if kept > NEVER_FOLDED and held > MOST_HISTORY // 2:
            break
        kept, into = kept + 1, number
    newer = revision_items.alias()
    outdated = exists().where(
        newer.c.guild_id == guild,
        newer.c.item == revision_items.c.item,
        newer.c.number > revision_items.c.number,
        newer.c.number <= into,
    )
    await connection.execute(delete(revision_items).where(of_server, revision_items.c.number < into, outdated))
    await connection.execute(
        update(revision_items).where(of_server, revision_items.c.number < into).values(number=into)
    )
    await connection.execute(delete(revisions).where(revisions.c.guild_id == guild, revisions.c.number < into))
    folded = {"author_id": None, "action": FOLDED, "why": ""}
    await connection.execute(
        update(revisions).where(revisions.c.guild_id == guild, revisions.c.number == into).values(**folded)
    )


async def _entries(connection: AsyncConnection, guild: int, items: Collection[str] | None) -> list[EntryRow]:
    query = select(entries.c.item, entries.c.revision, entries.c.state).where(entries.c.guild_id == guild)
    if items is not None:
        query = query.where(entries.c.item.in_(items))
    rows = await connection.execute(query.order_by(entries.c.item))
    return [EntryRow(item, revision, loaded(state)) for item, revision, state in rows]


async def _close(connection: AsyncConnection, guild: int, closing: Closing) -> None:
    """Finish what a revision rests on. Raises GoneError where it is finished already: somebody clicked first."""
    if closing.draft is not None:
        gone = delete(drafts).where(drafts.c.guild_id == guild, drafts.c.id == closing.draft)
        if (await connection.execute(gone)).rowcount != 1:
            raise GoneError("draft")
    if closing.suggestion is not None:
        decided = (
            update(suggestions)
            .where(
                suggestions.c.guild_id == guild,
                suggestions.c.id == closing.suggestion,
                suggestions.c.decided.is_(None),
            )
            .values(decided="approved")
        )
        if (await connection.execute(decided)).rowcount != 1:
            raise GoneError("suggestion")
        await forget_whom_to_tell(connection, guild, closing.suggestion)
    if closing.gap_group is not None:
        settled = delete(inbox_groups).where(inbox_groups.c.guild_id == guild, inbox_groups.c.id == closing.gap_group)
        if (await connection.execute(settled)).rowcount != 1:
            raise GoneError("group")
