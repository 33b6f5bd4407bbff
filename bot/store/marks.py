"""Who did something today, or within seven days, without anybody's name: hashes under a key that is dropped with its days.

With the key gone nobody can tell whose hash it was, nor whether the hashes of two keys are one person's.
"""

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, delete, func, not_, or_, select
from sqlalchemy.sql.elements import ColumnElement

from bot.store.database import Database
from bot.store.engine import AsyncConnection
from bot.store.tables import day_keys, marks


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that a member does at most once a day as far as counting goes, such as "press:find-depth".

    `day`: an ISO day, or one of the `weeks_of` a day for something that counts once in seven days, such as "gap:12".
    """

    guild: int
    day: str
    what: str


WEEK = "w"
"""How the name of seven days begins, in the place of a day; no day's does."""
DAYS = 7


def weeks_of(day: str) -> tuple[str, ...]:
    """Return the names of all seven days in a row that an ISO day is in, such as "w20261123", the earliest first.

    Each begins on another day and has a key of its own. What three did within any seven days, one of these has seen whole.
    """
    on = date.fromisoformat(day)
    return tuple(f"{WEEK}{on - timedelta(days=back):%Y%m%d}" for back in reversed(range(DAYS)))


async def set_mark(database: Database, connection: AsyncConnection, deed: Deed, member: int) -> bool:
    """Mark within a transaction that `member` did it, and say whether it is the first time that day."""
    secrets_of = await _keys(database, connection, (deed.day,))
    insert = database.insert(marks).values(_row(deed, member, secrets_of[deed.day]))
    return bool((await connection.execute(insert.on_conflict_do_nothing())).rowcount == 1)


async def set_weeks_marks(database: Database, connection: AsyncConnection, deed: Deed, member: int) -> int:
    """Mark within a transaction that `member` did it on an ISO day, and return how many did it in seven days with that one."""
    weeks = weeks_of(deed.day)
    secrets_of = await _keys(database, connection, weeks)
    # In one order everywhere, so that two processes never wait for each other's rows.
    rows = [_row(replace(deed, day=week), member, secrets_of[week]) for week in weeks]
    await connection.execute(database.insert(marks).on_conflict_do_nothing(), rows)
    each = (
        select(func.count().label("members"))
        .where(marks.c.guild_id == deed.guild, marks.c.day.in_(weeks), marks.c.what == deed.what)
        .group_by(marks.c.day)
        .subquery()
    )
    return int((await connection.execute(select(func.max(each.c.members)))).scalar_one())


async def count_own_marks(connection: AsyncConnection, guild: int, day: str, what: str, member: int) -> int:
    """Return how many different deeds that begin with `what` a member did in a server that day."""
    secret = (await connection.execute(select(day_keys.c.secret).where(day_keys.c.day == day))).scalar()
    if secret is None:
        return 0
    query = select(func.count()).where(
        marks.c.day == day,
        marks.c.whose == _hash(bytes(secret), f"whose:{member}"),
        marks.c.guild_id == guild,
        marks.c.what.startswith(what, autoescape=True),
    )
    return int((await connection.execute(query)).scalar_one())


class Marks:
    """The marks of all servers. Everything raises StoreError where the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def first_today(self, deed: Deed, member: int) -> bool:
        """Mark that `member` did it, and say whether it is the first time that day."""
        async with self._database.writing() as connection:
            return await set_mark(self._database, connection, deed, member)

    async def drop_before(self, day: str) -> int:
        """Forget the marks and keys from before a day, and of seven days that ended before it, and return how many marks."""

        def old(column: ColumnElement[str]) -> ColumnElement[bool]:
            of_week = column.startswith(WEEK, autoescape=True)
            return or_(and_(of_week, column < weeks_of(day)[0]), and_(not_(of_week), column < day))

        async with self._database.writing() as connection:
            await connection.execute(delete(day_keys).where(old(day_keys.c.day)))
            return (await connection.execute(delete(marks).where(old(marks.c.day)))).rowcount

    async def drop_after(self, connection: AsyncConnection, day: str) -> int:
        """Forget the marks and keys of days to come, and of seven days that begin then; return how many marks."""

        def to_come(column: ColumnElement[str]) -> ColumnElement[bool]:
            of_week = column.startswith(WEEK, autoescape=True)
            return or_(and_(of_week, column > f"{WEEK}{day.replace('-', '')}"), and_(not_(of_week), column > day))

        await connection.execute(delete(day_keys).where(to_come(day_keys.c.day)))
        return (await connection.execute(delete(marks).where(to_come(marks.c.day)))).rowcount

    async def forget(self, member: int) -> int:
        """Forget all that `member` did, under every key there is, and return how many marks: work in proportion to these."""
        async with self._database.reading() as connection:
            query = select(day_keys.c.day, day_keys.c.secret)
            keys = {row.day: bytes(row.secret) for row in await connection.execute(query)}
        forgotten = 0
        for span, secret in keys.items():
            async with self._database.writing() as connection:
                theirs = delete(marks).where(marks.c.day == span, marks.c.whose == _hash(secret, f"whose:{member}"))
                forgotten += (await connection.execute(theirs)).rowcount
        return forgotten


def _row(deed: Deed, member: int, secret: bytes) -> dict[str, Any]:
    return {
        "guild_id": deed.guild,
        "day": deed.day,
        "what": deed.what,
        "mark": _hash(secret, f"{deed.guild}:{deed.what}:{member}"),
        "whose": _hash(secret, f"whose:{member}"),
    }


async def _keys(database: Database, connection: AsyncConnection, spans: Sequence[str]) -> dict[str, bytes]:
    """Return the keys of days or of seven days; those that there are not yet are made."""
    # Kept beside the marks rather than in memory, so that a restart does not make one member two.
    query = select(day_keys.c.day, day_keys.c.secret).where(day_keys.c.day.in_(spans))
    found = {row.day: bytes(row.secret) for row in await connection.execute(query)}
    lacking = [{"day": span, "secret": secrets.token_bytes(32)} for span in spans if span not in found]
    if lacking:
        await connection.execute(database.insert(day_keys).on_conflict_do_nothing(), lacking)
        # Another process may have made some of them sooner: those count.
        found = {row.day: bytes(row.secret) for row in await connection.execute(query)}
    return found


def _hash(secret: bytes, text: str) -> bytes:
    return hmac.new(secret, text.encode(), hashlib.sha256).digest()[:16]
