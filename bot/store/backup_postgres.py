"""Copies of a PostgreSQL database and putting one back, by PostgreSQL's own programs."""

import asyncio
import contextlib
import errno
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.engine import URL

from bot.errors import ConfigError, StoreError
from bot.private_files import UNFINISHED, clear_unfinished, make_folder, sync_folder
from bot.sentences import say
from bot.store.backup import OURS, VERSION_TABLE, Copied, PutBack, require_known_step, require_room_at
from bot.store.database import APPLICATION, connect
from bot.store.leases import APPLICATION as LEASE
from bot.store.listening import connect_arguments
from bot.store.migrate import FIRST, standing

_STEP = re.compile(rf"^COPY (?:\w+\.)?{VERSION_TABLE} \(version_num\) FROM stdin;\n(\S+)\n", re.MULTILINE)
_FULL = os.strerror(errno.ENOSPC)
_VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "database": "PGDATABASE",
    "ssl": "PGSSLMODE",
    "passfile": "PGPASSFILE",
    "target_session_attrs": "PGTARGETSESSIONATTRS",
    "krbsrvname": "PGKRBSRVNAME",
}
"""What the driver takes of an address, and how PostgreSQL's own programs call it."""
_TABLE = re.compile(r"^CREATE TABLE (?:\w+\.)?(\w+) \(", re.MULTILINE)


class _NoRoomError(StoreError):
    """PostgreSQL's program found no room for what it writes."""


def back_up(url: URL, file: Path, *, replace: bool = False) -> Copied:
    """Write a consistent copy of the bot's tables in a PostgreSQL database to `file`; the bot may be writing meanwhile.

    Other programs' tables are left out. Blocks, with an event loop of its own. Raises ConfigError for what the host must
    mend, StoreError where the database is out of reach.
    """
    require_room_at(file, replace=replace)
    step, servers = asyncio.run(_looked_into(url))
    if step is None:
        raise ConfigError(say("host.backup_postgres.no_tables"))
    _dump(url, file, OURS | {VERSION_TABLE})
    return Copied(file.stat().st_size, step, servers)


def _dump(url: URL, file: Path, tables: Collection[str]) -> None:
    """Write some tables of a database to `file`, whole or not at all; without `tables` all of them."""
    only = [f"--table={table}" for table in sorted(tables)]
    with _unfinished(file.parent) as unfinished:
        _run("pg_dump", ["--format=custom", "--no-owner", "--no-privileges", f"--file={unfinished}", *only], url)
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        unfinished.replace(file)
        sync_folder(file.parent)


def restore(url: URL, file: Path, aside: Path) -> PutBack:
    """Put a backup in the place of the bot's tables, whole or not at all; what was there goes to the file `aside` first.

    Of a database without tables of the bot's nothing is put aside. Raises ConfigError where a bot is connected, or
    `file` is no backup that this version can use; StoreError where the database is out of reach. Blocks, with an event
    loop of its own.
    """
    if not file.is_file():
        raise ConfigError(say("host.backup.no_file", file=file))
    asyncio.run(_require_nobody_else(url))
    make_folder(aside.parent)
    with _unfinished(aside.parent) as script:
        try:
            _run("pg_restore", ["--no-owner", "--no-privileges", f"--file={script}", str(file)], url, connect_to=False)
        except _NoRoomError as error:
            raise StoreError(say("host.backup_postgres.no_room", parent=aside.parent)) from error
        except StoreError as error:
            raise ConfigError(say("host.backup.no_backup", file=file, error=error)) from None
        tables = _looked_at(script, file)
        try:
            step, _ = asyncio.run(_looked_into(url))
            kept = OURS | {VERSION_TABLE} if step is not None else None
        except ConfigError:  # nobody knows whose tables are whose: all of them are kept
            kept = frozenset()
        if kept is not None:
            _dump(url, aside, kept)
        drop = f"DROP TABLE IF EXISTS {', '.join(sorted(tables | OURS | {VERSION_TABLE}))} CASCADE"
        options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--output=" + os.devnull]
        _run("psql", [*options, f"--command={drop}", f"--file={script}"], url)
    step, servers = asyncio.run(_looked_into(url))
    return PutBack(Copied(file.stat().st_size, step or "", servers), None if kept is None else aside)


async def _looked_into(url: URL) -> tuple[str | None, int]:
    """Return at which step the bot's tables are, None where there are none, and how many servers they know.

    Raises ConfigError where they are of a newer version, or the note of their step is lost.
    """
    database = connect(url)
    try:
        step = await standing(database)
        if step is None:
            return None, 0
        async with database.reading() as connection:
            return step, int((await connection.execute(text("SELECT count(*) FROM servers"))).scalar_one())
    finally:
        await database.close()


async def _require_nobody_else(url: URL) -> None:
    database = connect(url)
    try:
        async with database.reading() as connection:
            query = text(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND (application_name = :name OR starts_with(application_name, :lease)) AND pid <> pg_backend_pid()"
            )
            others = (await connection.execute(query, {"name": APPLICATION, "lease": LEASE})).scalar_one()
    finally:
        await database.close()
    if others:
        raise ConfigError(say("host.backup_postgres.bot_connected"))


def _looked_at(script: Path, file: Path) -> set[str]:
    """Return the tables that a backup makes. Raises ConfigError where it is not the bot's."""
    content = script.read_text(encoding="utf-8", errors="replace")
    step = _STEP.search(content)
    tables = set(_TABLE.findall(content))
    is_ours = tables >= FIRST
    require_known_step(step[1] if step and is_ours else None, file, is_ours=is_ours)
    foreign = tables - OURS - {VERSION_TABLE}
    if foreign:
        raise ConfigError(say("host.backup_postgres.other_tables", file=file, foreign=", ".join(sorted(foreign)[:3])))
    return tables


def _run(program: str, arguments: list[str], url: URL, *, connect_to: bool = True) -> None:
    """Run a program of PostgreSQL's. Raises ConfigError where it is missing, StoreError with its first line where it fails."""
    environment = {**os.environ, **(_environment(url) if connect_to else {})}
    done = subprocess.run(  # noqa: S603 -- our own arguments; what is secret goes through the environment
        [_found(program), *arguments], check=False, capture_output=True, env=environment, text=True, errors="replace"
    )
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or ["no reason given"]
        if any(_FULL in line for line in lines):
            raise _NoRoomError(say("host.backup_postgres.no_room_for_program", program=program))
        raise StoreError(f"{program} failed: {lines[0][:300]}")


def _found(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        # Debian and Ubuntu put only wrappers into the path, and not on every machine.
        folders = Path("/usr/lib/postgresql").glob(f"*/bin/{program}")
        newest = sorted(folders, key=lambda path: float(path.parts[-3]))
        found = str(newest[-1]) if newest else None
    if found is None:
        raise ConfigError(say("host.backup_postgres.program_missing", program=program))
    return found


def _environment(url: URL) -> Mapping[str, str]:
    """Return a database's address as the variables that PostgreSQL's programs read, as the driver understands it."""
    told = connect_arguments(connect(url))
    values = {variable: told.get(name) for name, variable in _VARIABLES.items()}
    return {
        variable: ",".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        for variable, value in values.items()
        if value
    }


@contextlib.contextmanager
def _unfinished(folder: Path) -> Iterator[Path]:
    """Give the path of a file for this user alone, which is gone at the end unless it got another name."""
    clear_unfinished(folder)  # a copy that was cut short holds what may have been deleted since
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)
    except OSError as error:
        raise ConfigError(say("host.backup.folder_not_written", folder=folder, reason=error.strerror)) from None
    os.close(handle)
    try:
        yield Path(name)
    finally:
        with contextlib.suppress(OSError):
            Path(name).unlink()
