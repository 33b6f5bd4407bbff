"""Bringing a database to the tables of this version, and telling whether it has them."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, inspect, text
from sqlalchemy.engine import Connection

from bot.errors import ConfigError
from bot.sentences import say
from bot.store.database import Database
from bot.store.tables import metadata

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).parent / "migrations"
FIRST = frozenset({"servers", "entries", "revisions"})
"""Tables of the first step, which no step takes away: a database with them is this bot's."""
FOREIGN = say("host.migrate.foreign")
LOST = say("host.migrate.lost")
version = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""The note of a database's step, as Alembic keeps it."""
_STEP = re.compile(r"\d{4}_\w+\.py")
LOCK = 0x1E6_9E55
"""The key of PostgreSQL's advisory lock under which one process at a time upgrades."""


def newest() -> str:
    """Return the name of the newest step."""
    return max(known_steps())


async def current(database: Database) -> str | None:
    """Return the step that a database is at; None where it has no tables yet. Raises StoreError."""
    async with database.reading() as connection:
        return await connection.run_sync(_current)


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    # Another program's note may be of several steps at once; the bot's is of one.
    found = sorted(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    return ", ".join(map(str, found)) or None


async def upgrade(database: Database) -> None:
    """Bring a database to the newest step, whole or not at all.

    Raises StoreError; ConfigError where it is newer, another program's, or has lost the note of its step.
    """
    at = await standing(database)
    if at == newest():
        return
    async with database.writing() as connection:
        if database.is_postgres:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
        await connection.run_sync(_upgrade)


async def require_newest(database: Database) -> None:
    """Raise ConfigError, saying what to do, where a database is not at the newest step. Raises StoreError."""
    at = await standing(database)
    if at == newest():
        return
    what = (
        say("host.migrate.has_no_tables_yet") if at is None else say("host.migrate.is_behind", at=at, newest=newest())
    )
    raise ConfigError(say("host.migrate.upgrade_needed", what=what))


def is_known(at: str | None) -> bool:
    """Say whether this version knows the step `at`; None, no tables yet, is known."""
    return at is None or at in known_steps()


async def standing(database: Database) -> str | None:
    """Return the step of a database, None where it is empty. Raises ConfigError where it is none that can be used.

    Raises StoreError where it is out of reach.
    """
    at = await current(database)
    if at is not None and at in known_steps():
        return at
    async with database.reading() as connection:
        tables = await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))
    at = await current(database)  # another process may have made them since, and commits the note with them
    if at is not None and at in known_steps():
        return at
    if tables >= FIRST:
        raise ConfigError(LOST if at is None else too_new(at))
    # A PostgreSQL database may hold other programs' tables beside ours; an SQLite file is one program's.
    if at is not None or (tables - {"alembic_version"} and not database.is_postgres):
        raise ConfigError(FOREIGN)
    if taken := sorted(tables & metadata.tables.keys()):
        raise ConfigError(say("host.migrate.taken", table=taken[0]))
    return None


def too_new(at: str) -> str:
    """Return the sentence for a database that a newer version of the bot has upgraded."""
    return say("host.migrate.newer_step", at=at)


def known_steps() -> set[str]:
    """Return the names of all steps: four digits each, in order, with which their files' names begin.

    Alembic, which knows them too, takes 11 MB that a database at the newest step, or a new one, does without.
    """
    return {path.name[:4] for path in (MIGRATIONS / "versions").iterdir() if _STEP.fullmatch(path.name)}


def _config(connection: Connection | None) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _create(connection: Connection) -> None:
    """Create all tables at once, as the steps one after the other make them, a test holds that."""
    metadata.create_all(connection, checkfirst=False)
    version.create(connection, checkfirst=True)
    connection.execute(version.insert().values(version_num=newest()))


def _upgrade(connection: Connection) -> None:
    if _current(connection) is None:
        _create(connection)
    else:
        climb(connection)


def climb(connection: Connection) -> None:
    """Go every step from the one that a database is at to the newest. Raises ConfigError where a step is missing."""
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(_config(connection), "head")
    except CommandError as error:
        raise ConfigError(say("host.migrate.not_upgraded", error=error)) from error
