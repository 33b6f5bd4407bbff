"""What is kept with somebody's id, and getting rid of it. These queries go over all servers: the member is the key."""

from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update

from bot.store.database import Database
from bot.store.engine import AsyncConnection
from bot.store.listening import Change, notify
from bot.store.plain import dumped, loaded
from bot.store.tables import drafts, ignored, revisions, servers, suggestion_notices


@dataclass(frozen=True, slots=True)
class KeptRow:
    """How many rows hold a member's id."""

    ignored: bool
    edits: int
    drafts: int
    waiting: int
    consents: int


class Members:
    """What is kept of members. Everything raises StoreError where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def kept(self, member: int) -> KeptRow:
        """Return what is kept with a member's id."""
        async with self._database.reading() as connection:
            columns = (ignored.c.member_id, revisions.c.author_id, drafts.c.author_id, suggestion_notices.c.member_id)
            wish, edits, prepared, waiting = [
                int((await connection.execute(select(func.count()).where(column == member))).scalar_one())
                for column in columns
            ]
            consents = len(await _agreed_by(connection, member))
        return KeptRow(bool(wish), edits, prepared, waiting, consents)

    async def ignored(self) -> set[int]:
        """Return all members who want to be left alone."""
        async with self._database.reading() as connection:
            return set((await connection.execute(select(ignored.c.member_id))).scalars())

    async def ignore(self, member: int, at: int) -> None:
        """Leave a member alone from now on."""
        async with self._database.writing() as connection:
            insert = self._database.insert(ignored).values(member_id=member, at=at)
            await connection.execute(insert.on_conflict_do_nothing())
            await notify(connection, Change("ignored"))

    async def heed(self, member: int) -> None:
        """Take `ignore` back."""
        async with self._database.writing() as connection:
            await connection.execute(delete(ignored).where(ignored.c.member_id == member))
            await notify(connection, Change("ignored"))

    async def delete(self, member: int) -> tuple[KeptRow, list[int]]:
        """Take a member's id out of everything, all or nothing; return how many rows had it, and whose settings did.

        Revisions stay, without who made them: they are the server's. The wish to be left alone stays too.
        """
        async with self._database.reading() as connection:  # a search through all settings, so before the lock
            agreed = await _agreed_by(connection, member)
        async with self._database.writing() as connection:
            wish = select(func.count()).where(ignored.c.member_id == member)
            is_ignored = bool((await connection.execute(wish)).scalar_one())
            anonymous = update(revisions).where(revisions.c.author_id == member).values(author_id=None)
            edits = (await connection.execute(anonymous)).rowcount
            prepared = (await connection.execute(delete(drafts).where(drafts.c.author_id == member))).rowcount
            notices = delete(suggestion_notices).where(suggestion_notices.c.member_id == member)
            waiting = (await connection.execute(notices)).rowcount
            for guild in agreed:
                await _take_out_consent(connection, guild, member)
        return KeptRow(is_ignored, edits, prepared, waiting, len(agreed)), agreed


async def _agreed_by(connection: AsyncConnection, member: int) -> list[int]:
    """Return the servers whose settings name a member as who agreed to keeping questions."""
    named = (servers.c.settings.contains(f'"consent_by":{member}{end}', autoescape=True) for end in ",}")
    found = await connection.execute(select(servers.c.guild_id).where(or_(*named)).order_by(servers.c.guild_id))
    return list(found.scalars())


async def _take_out_consent(connection: AsyncConnection, guild: int, member: int) -> None:
    query = select(servers.c.settings).where(servers.c.guild_id == guild).with_for_update()
    held = loaded((await connection.execute(query)).scalar())
    if held and held.get("consent_by") == member:
        settings = dumped({**held, "consent_by": None})
        await connection.execute(update(servers).where(servers.c.guild_id == guild).values(settings=settings))
        await notify(connection, Change("settings", guild))
