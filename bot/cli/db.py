"""`legpress db`: the database's tables, brought to this version or looked at; copies of it, and putting one back."""

import asyncio
import contextlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import knowledge_option, settings
from bot.cli.terminal import echo
from bot.sentences import say

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

    from bot.store.database import Database


@click.group("db", invoke_without_command=True, short_help=say("terminal.db.db"))
@knowledge_option
@click.pass_context
def db_command(ctx: click.Context) -> None:
    """Look at the database that DATABASE_URL or STATE_DIR names, bring it to this version's tables, copy it, put it back."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help(), err=True)
        ctx.exit(2)


@db_command.command("upgrade", short_help=say("terminal.db.upgrade"))
@knowledge_option
def upgrade_command() -> int:
    """Bring the tables to this version, whole or not at all. Nothing happens where they are."""
    return asyncio.run(_upgrade())


@db_command.command("current", short_help=say("terminal.db.current"))
@knowledge_option
def current_command() -> int:
    """Say at which step the database is, and which one this version needs."""
    return asyncio.run(_current())


@db_command.command("check", short_help=say("terminal.db.check"))
@knowledge_option
def check_command() -> int:
    """Say whether the bot can run on the database as it is, an SQLite file read whole; exit code 1 where it cannot."""
    return asyncio.run(_check())


@db_command.command("backup", short_help=say("terminal.db.backup"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help=say("terminal.db.backup_replace"))
@knowledge_option
def backup_command(file: Path, replace: bool) -> int:
    """Write a consistent copy of the database to FILE, whole or not at all. The bot may run meanwhile."""
    from bot.store.database import sqlite_path

    url = _url()
    path = sqlite_path(url)
    if path is None:
        from bot.store.backup_postgres import back_up as back_up_postgres

        copied = back_up_postgres(url, file, replace=replace)
    else:
        from bot.store.backup import back_up

        copied = back_up(path, file, replace=replace)
    echo(say("terminal.db.backed_up_to", file=file, size=copied.size, step=copied.step, servers=copied.servers))
    return 0


@db_command.command("restore", short_help=say("terminal.db.restore"))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@knowledge_option
def restore_command(file: Path) -> int:
    """Put the backup FILE in the place of the database, whole or not at all. The bot must not run.

    What was there before is kept aside, and the answer says where. FILE stays as it is.
    """
    from bot.store.database import sqlite_path

    url = _url()
    path = sqlite_path(url)
    if path is None:
        from bot.store.backup_postgres import restore as restore_postgres

        aside = settings().state_folder() / f"before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.pgdump"
        done = restore_postgres(url, file, aside)
    else:
        from bot.store.backup import restore

        done = restore(path, file)
    kept = say("terminal.db.what_was_there_before_is_in", before=done.before) if done.before else ""
    echo(say("terminal.db.restored_from", file=file, step=done.copied.step, servers=done.copied.servers, kept=kept))
    return 0


async def _upgrade() -> int:
    from bot.store import migrate
    from bot.store.database import sqlite_path
    from bot.store.sqlite_file import held

    database = _database()
    path = sqlite_path(database.engine.url)
    try:
        with contextlib.nullcontext() if path is None else held(path):
            before = await migrate.current(database)
            await migrate.upgrade(database)
            after = await migrate.current(database)
    finally:
        await database.close()
    if before == after:
        click.echo(say("terminal.db.at_step_already", after=after))
    else:
        click.echo(say("terminal.db.database_went_from_to_step", named=_named(before), after=after))
    return 0


async def _current() -> int:
    from bot.store import migrate

    database = _database()
    try:
        at = await migrate.current(database)
        if at is None:  # there may be tables all the same
            await migrate.standing(database)
    finally:
        await database.close()
    click.echo(say("terminal.db.database_is_at", named=_named(at), newest=migrate.newest()))
    return 0


async def _check() -> int:
    from bot.errors import ConfigError
    from bot.store import migrate
    from bot.store.database import sqlite_path
    from bot.store.sqlite_file import look

    database = _database()
    try:
        path = sqlite_path(database.engine.url)
        if path is not None:
            await asyncio.to_thread(look, path)
        await migrate.require_newest(database)
    except ConfigError as fault:
        echo("\n".join(fault.faults), err=True)
        return 1
    finally:
        await database.close()
    click.echo(say("terminal.db.up_to_date"))
    return 0


def _database() -> "Database":
    from bot.store.database import connect

    return connect(_url())


def _url() -> "URL":
    from bot.store.database import database_url

    found = settings()
    address = found.database_url.get_secret_value() if found.database_url else ""
    return database_url(address, None if address else found.state_folder())


def _named(step: str | None) -> str:
    return "no tables" if step is None else f"step {step}"
