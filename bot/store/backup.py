"""Copies of an SQLite database while the bot runs, and putting one back while it does not."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ConfigError, StoreError
from bot.private_files import FILE_MODE, UNFINISHED, clear_unfinished, sync_folder
from bot.sentences import say
from bot.store import sqlite_file
from bot.store.sqlite_file import RESTORED, beside
from bot.store.tables import metadata

VERSION_TABLE = "alembic_version"
_WAL, _JOURNAL = "-wal", "-journal"
"""What SQLite needs beside a file that was copied while it was in use: the newest commits, or how to take half of one back."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy of a database: its size in bytes, the step of its tables, and how many servers it knows."""

    size: int
    step: str
    servers: int


@dataclass(frozen=True, slots=True)
class PutBack:
    """What was put back, and where the database that made room is now (None: there was none)."""

    copied: Copied
    before: Path | None


def back_up(database: Path, file: Path, *, replace: bool = False) -> Copied:
    """Write a consistent copy of an SQLite database to `file`, whole or not at all; the bot may be writing meanwhile.

    Blocks. Raises ConfigError for what the host must mend (nothing is written then), StoreError where the disk fails.
    """
    sqlite_file.require_permission(database, writing=False)
    if not database.exists():
        raise ConfigError(say("host.backup.no_database", database=database))
    require_room_at(file, replace=replace)
    if _is_part_of(file, database):
        raise ConfigError(say("host.backup.onto_itself"))
    unfinished = _unfinished(file.parent)
    try:
        with (
            contextlib.closing(sqlite3.connect(database, timeout=sqlite_file.SECONDS)) as source,
            contextlib.closing(sqlite3.connect(unfinished)) as target,
        ):
            source.backup(target)
        copied = _settled(unfinished, database)
        _sync(unfinished)
        unfinished.replace(file)
        sync_folder(file.parent)
    except sqlite3.DatabaseError as error:
        if "full" in str(error):
            raise StoreError(_no_room(file, say("host.backup.disk_is_full"))) from None
        sqlite_file.require_permission(database)  # SQLite writes beside a database that it only reads
        if sqlite_file.is_full(database):
            raise StoreError(say("host.backup.disk_full", database=database)) from None
        raise StoreError(say("host.backup.database_not_read", database=database, error=error)) from None
    except OSError as error:
        raise StoreError(_no_room(file, error.strerror or type(error).__name__)) from None
    finally:
        _remove(unfinished)
    return copied


def restore(database: Path, file: Path) -> PutBack:
    """Put a backup in the place of an SQLite database, which is kept aside. The bot must not run.

    `file` stays as it is; what SQLite keeps beside it counts as part of it. Blocks. Raises ConfigError where another
    process uses the database, it is another program's, or `file` is no backup that this version can use: nothing was
    changed then.
    """
    if not file.is_file():
        raise ConfigError(say("host.backup.no_file", file=file))
    sqlite_file.make_folder_for(database)
    with sqlite_file.held(database):
        sqlite_file.finish_restoring(database)
        _require_no_other_programs(database)
        unfinished = _unfinished(database.parent)
        try:
            source = file.resolve()  # what belongs to a database lies beside it, not beside a link to it
            shutil.copyfile(source, unfinished)
            for ending in (_WAL, _JOURNAL):
                part = source.with_name(source.name + ending)
                if part.exists():
                    shutil.copyfile(part, unfinished.with_name(unfinished.name + ending))
            copied = _settled(unfinished, file)
            _sync(unfinished)
            restored = database.with_name(database.name + RESTORED)
            unfinished.replace(restored)
            sync_folder(database.parent)
            before = sqlite_file.put_in_place(database, sqlite_file.aside_name(restored.stat().st_mtime))
        except sqlite3.DatabaseError as error:
            raise ConfigError(say("host.backup.no_backup", file=file, error=error)) from None
        except OSError as error:
            raise StoreError(say("host.backup.not_put_back", reason=error.strerror)) from None
        finally:
            _remove(unfinished)
    return PutBack(copied, before)


def _require_no_other_programs(database: Path) -> None:
    """Leave a file alone that holds another program's tables and none of ours; one that cannot be read may have been ours.

    Read as it is, so that SQLite puts nothing beside it.
    """
    from bot.store.migrate import FOREIGN

    with contextlib.suppress(sqlite3.Error):
        with contextlib.closing(sqlite3.connect(f"{database.resolve().as_uri()}?immutable=1", uri=True)) as connection:
            found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        tables = {str(row[0]) for row in found}
        if tables and tables.isdisjoint({*OURS, VERSION_TABLE}):
            raise ConfigError(FOREIGN)


def _is_part_of(file: Path, database: Path) -> bool:
    """Say whether a file is the database, its lock, or what SQLite or an unfinished restore keeps beside it."""
    real = database.resolve()
    parts = (real, *beside(real), real.with_name(real.name + ".lock"), real.with_name(real.name + RESTORED))
    return file.resolve() in parts or (file.exists() and file.samefile(database))


def require_room_at(file: Path, *, replace: bool) -> None:
    """Raise ConfigError where a backup cannot be written to `file`: it is there already, or its folder is not."""
    if file.exists() and not file.is_file():
        raise ConfigError(say("host.backup.no_ordinary_file", file=file))
    if file.exists() and not replace:
        raise ConfigError(say("host.backup.file_there", file=file))
    if not file.parent.is_dir():
        raise ConfigError(say("host.backup.no_folder", parent=file.parent))


def require_known_step(step: str | None, file: Path, *, is_ours: bool) -> str:
    """Return the step of a backup's tables, which may be the bot's. Raises ConfigError where this version does not know it."""
    from bot.store.migrate import known_steps

    if step is None and is_ours:
        raise ConfigError(say("host.backup.step_lost", file=file))
    if step is None:
        raise ConfigError(say("host.backup.another_bots", file=file))
    if step not in known_steps():
        raise ConfigError(say("host.backup.newer_step", file=file, step=step))
    return step


def _no_room(file: Path, why: str) -> str:
    return say("host.backup.not_written", file=file, why=why)


def _settled(copy: Path, file: Path) -> Copied:
    """Fold what stands in the copy's -wal into it, and return what it holds. Raises ConfigError where it is not the bot's."""
    from bot.store.migrate import known_steps

    with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(1)")]
        if found != ["ok"]:
            raise sqlite3.DatabaseError(found[0].splitlines()[-1])
        tables = {str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        is_ours = tables >= _ALWAYS_OURS
        noted = is_ours and VERSION_TABLE in tables
        steps = connection.execute("SELECT version_num FROM alembic_version").fetchall() if noted else []
        step = require_known_step(str(steps[0][0]) if steps else None, file, is_ours=is_ours)
        if step == max(known_steps()) and (missing := OURS - tables):
            raise ConfigError(say("host.backup.lacks_tables", file=file, missing=", ".join(sorted(missing))))
        servers = int(connection.execute("SELECT count(*) FROM servers").fetchone()[0])
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")  # one file, without anything beside it
    return Copied(copy.stat().st_size, step, servers)


def _unfinished(folder: Path) -> Path:
    clear_unfinished(folder)  # a copy that was cut short holds what may have been deleted since
    try:
        handle, name = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)
    except OSError as error:
        raise ConfigError(say("host.backup.folder_not_written", folder=folder, reason=error.strerror)) from None
    os.close(handle)
    return Path(name)


def _remove(unfinished: Path) -> None:
    for each in (unfinished, *beside(unfinished), unfinished.with_name(unfinished.name + _JOURNAL)):
        with contextlib.suppress(OSError):
            each.unlink()


def _sync(path: Path) -> None:
    path.chmod(FILE_MODE)
    with path.open("rb+") as file:
        os.fsync(file.fileno())


OURS = frozenset(metadata.tables)
"""The names of this version's tables."""
_ALWAYS_OURS = {"servers", "entries", "revisions", "revision_items", "drafts", "suggestions"}
"""Those of every step."""
