"""The SQLite file as a file: made for this user alone, held by one process, and looked at before it is used."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.errors import ConfigError
from bot.private_files import FILE_MODE, make_folder, sync_folder
from bot.sentences import say

BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside a database while it is open, or after a crash: the newest commits are in the first."""
RESTORED = ".restored"
"""How a database ends that is restored, whole and checked, and has not taken its place yet."""
SECONDS = 5.0


def make_privately(path: Path) -> None:
    """Make the file and its folder for this user alone where they are not there, and keep others out of what is.

    A restore that was cut short is finished first. Raises ConfigError where the folder cannot be made, or this user may
    not read and write what is there.
    """
    make_folder_for(path)
    require_permission(path)
    if path.with_name(path.name + RESTORED).exists():
        with held(path):
            finish_restoring(path)
    with contextlib.suppress(OSError):  # SQLite says in a moment what is wrong with it
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    for each in (path, *beside(path)):
        with contextlib.suppress(OSError):
            if each.stat().st_mode & 0o077:
                each.chmod(FILE_MODE)


def make_folder_for(path: Path) -> None:
    """Make the folder of a database, for this user alone, where it is not there. Raises ConfigError where it cannot be made."""
    try:
        make_folder(path.parent)
    except OSError as error:
        raise ConfigError(say("host.sqlite_file.folder_not_made", folder=path.parent, reason=error.strerror)) from None


def require_permission(path: Path, *, writing: bool = True) -> None:
    """Raise ConfigError, saying of what and what to do, where this user may not read and write a database or its folder.

    What is not there yet needs no permission. Without `writing` it is enough that both can be read.
    """
    folder, write = path.parent, os.W_OK if writing else 0
    if folder.exists() and not _may(folder, os.R_OK | os.X_OK | write):
        denied, what = folder, say("host.sqlite_file.folder_of_database", folder=folder)
    elif folder.exists() and path.exists() and not _may(path, os.R_OK | write):
        denied, what = path, f"The database {path}"
    else:
        return
    verb = "written" if _may(denied, os.R_OK) else "read"
    if _is_read_only(folder):
        raise ConfigError(say("host.sqlite_file.read_only_disk", what=what))
    raise ConfigError(say("host.sqlite_file.not_allowed", what=what, verb=verb))


def _may(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def is_full(path: Path) -> bool:
    """Say whether the disk of a database has no room left: SQLite tells that as an error of the disk where it opens one."""
    try:
        found = os.statvfs(path.parent)
    except (AttributeError, OSError):  # no such call on Windows
        return False
    return found.f_bavail * found.f_frsize < LEAST_ROOM


LEAST_ROOM = 32_768
"""What SQLite takes beside a database as soon as it is opened, in bytes."""


def _is_read_only(folder: Path) -> bool:
    """Say whether a folder's disk is mounted so that nobody can write to it."""
    try:
        return os.name == "posix" and bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def beside(path: Path) -> tuple[Path, ...]:
    """Return what SQLite may keep beside a database."""
    return tuple(path.with_name(path.name + ending) for ending in BESIDE)


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a database for this process alone. Raises ConfigError where another one has it, or cannot tell."""
    lock = take(path)
    try:
        yield
    finally:
        lock.close()


def take(path: Path) -> IO[str]:
    """Hold a database for this process alone until what is returned is closed, or the process ends however it does.

    Raises ConfigError where another process has it.
    """
    file_itself = path.resolve()  # a link of another name is the same database
    beside_it = file_itself.with_name(file_itself.name + ".lock")
    try:
        file = os.fdopen(os.open(beside_it, os.O_RDWR | os.O_CREAT, FILE_MODE), "r+", encoding="ascii")
    except OSError as error:
        raise ConfigError(say("host.sqlite_file.file_not_written", file=beside_it, reason=error.strerror)) from None
    try:
        _lock(file)
    except OSError:
        holder = file.read(20).strip()
        file.close()
        process = f"Process {holder}" if holder.isdigit() else "Another process"
        raise ConfigError(say("host.sqlite_file.in_use", process=process, path=path)) from None
    try:
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
    except OSError as error:
        with contextlib.suppress(OSError):
            file.close()  # it tries to write once more
        raise ConfigError(
            say("host.sqlite_file.folder_not_written", folder=beside_it.parent, reason=error.strerror)
        ) from None
    return file


def _lock(file: IO[str]) -> None:
    """Lock a file or raise OSError; the system unlocks it when the process ends."""
    if os.name == "posix":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    else:
        import msvcrt

        file.seek(1_000_000)  # beyond what is read by whoever finds it locked
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        file.seek(0)


def look(path: Path) -> None:
    """Raise ConfigError, saying what to do, where a file is no database that can be used. Blocks: it reads all of it.

    What keeps it from being looked at (a full disk, permissions) is told when it is used.
    """
    if not path.exists() or not path.stat().st_size:
        if any(each.exists() and each.stat().st_size for each in beside(path)[:1]):
            raise ConfigError(_broken(path, say("host.sqlite_file.is_empty")))
        return
    try:
        with contextlib.closing(sqlite3.connect(path, timeout=SECONDS)) as connection:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check(1)")]
            if found != ["ok"]:
                raise ConfigError(_broken(path, f"is damaged ({found[0].splitlines()[-1][:120]})"))
    except sqlite3.OperationalError:
        return
    except sqlite3.DatabaseError as error:
        what = say("host.sqlite_file.no_sqlite") if "not a database" in str(error) else f"is damaged ({error})"
        raise ConfigError(_broken(path, what)) from None


def _broken(path: Path, what: str) -> str:
    return say("host.sqlite_file.not_usable", path=path, what=what)


def put_in_place(path: Path, aside: str) -> Path | None:
    """Let a database that was restored take the place of `path`; return where the one before is now, if there was one.

    The one before gets `aside` to its name, with what SQLite keeps beside it. Safe to repeat after a crash at any moment,
    since the restored file is moved last. Hold the database. Raises OSError.
    """
    restored = path.with_name(path.name + RESTORED)
    before = path.with_name(path.name + aside)
    for ending in ("", *BESIDE):
        old = path.with_name(path.name + ending)
        made_room = before.with_name(before.name + ending)
        if not old.exists():
            continue
        if made_room.exists():  # the one before has made room already; whatever is here came later
            old.unlink()
        else:
            old.replace(made_room)
    sync_folder(path.parent)
    restored.replace(path)
    sync_folder(path.parent)
    return before if before.exists() else None


def finish_restoring(path: Path) -> None:
    """Finish a restore that was cut short after its file was whole and checked. Hold the database."""
    restored = path.with_name(path.name + RESTORED)
    if restored.exists():
        put_in_place(path, aside_name(restored.stat().st_mtime))


def aside_name(at: float) -> str:
    """Return the ending of a database that made room for a restored one at a time."""
    from datetime import UTC, datetime

    return f".before-{datetime.fromtimestamp(at, UTC):%Y%m%dT%H%M%S%fZ}"
