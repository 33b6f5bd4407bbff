"""`legpress db`: the database's tables, brought to this version or looked at."""

import asyncio
from typing import TYPE_CHECKING

import click

from bot.cli.options import knowledge_option, settings

if TYPE_CHECKING:
    from bot.store.database import Database


@click.group("db", short_help="The database: upgrade, current, check.")
@knowledge_option
def db_command() -> None:
    """Look at the database that DATABASE_URL or STATE_DIR names, or bring it to this version's tables."""


@db_command.command("upgrade", short_help="Bring the tables to this version.")
@knowledge_option
def upgrade_command() -> int:
    """Bring the tables to this version, whole or not at all. Nothing happens where they are."""
    return asyncio.run(_upgrade())


@db_command.command("current", short_help="Say at which step the database is.")
@knowledge_option
def current_command() -> int:
    """Say at which step the database is, and which one this version needs."""
    return asyncio.run(_current())


@db_command.command("check", short_help="Exit code 1 where an upgrade is needed.")
@knowledge_option
def check_command() -> int:
    """Say whether the bot can run on the database as it is; exit code 1 where it cannot."""
    return asyncio.run(_check())


async def _upgrade() -> int:
    from bot.store import migrate

    database = _database()
    try:
        before = await migrate.current(database)
        await migrate.upgrade(database)
        after = await migrate.current(database)
    finally:
        await database.close()
    if before == after:
        click.echo(f"The database is at step {after} already.")
    else:
        click.echo(f"The database went from {_named(before)} to step {after}.")
    return 0


async def _current() -> int:
    from bot.store import migrate

    database = _database()
    try:
        at = await migrate.current(database)
    finally:
        await database.close()
    click.echo(f"The database is at {_named(at)}; this version needs step {migrate.newest()}.")
    return 0


async def _check() -> int:
    from bot.errors import ConfigError
    from bot.store import migrate

    database = _database()
    try:
        await migrate.require_newest(database)
    except ConfigError as fault:
        click.echo("\n".join(fault.faults), err=True)
        return 1
    finally:
        await database.close()
    click.echo("The database has this version's tables.")
    return 0


def _database() -> "Database":
    from bot.store.database import connect, database_url

    found = settings()
    address = found.database_url.get_secret_value() if found.database_url else ""
    return connect(database_url(address, None if address else found.state_folder()))


def _named(step: str | None) -> str:
    return "no tables" if step is None else f"step {step}"
