"""Writes files whole and for this user alone, so that neither a crash nor a neighbour can spoil them."""

import contextlib
import hashlib
import os
import re
import stat
import tempfile
import time
from pathlib import Path

FOLDER_MODE, FILE_MODE = 0o700, 0o600
UNFINISHED = ".legpress-"
"""How the names of files begin that are still being written."""
SEALED = ".sealed"
"""How the names of files in a SealedFolder end."""
ABANDONED_SECONDS = 3600.0
"""A file that is still unfinished after an hour belongs to a process that died."""
_LEFT = re.compile(rf"{re.escape(UNFINISHED)}[a-z0-9_]{{8}}(-wal|-shm|-journal)?")
"""What `tempfile` makes of such a name, and what SQLite puts beside a database with it."""


def make_folder(folder: Path) -> None:
    """Make `folder`, for this user alone; one that is there stays as it is. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.mkdir(mode=FOLDER_MODE, exist_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file that this user alone may read: on the disk as a whole when this returns, or not at all.

    Raises OSError; nothing is left behind then.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=UNFINISHED)  # made with mode 0600
    unfinished = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the names in `folder` on the disk: a file renamed just now has its new name after a loss of power."""
    if os.name != "posix":
        return  # other systems cannot open a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def clear_unfinished(folder: Path) -> None:
    """Remove what processes that died left half written in `folder`; other files are never touched."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            with contextlib.suppress(OSError):
                if _LEFT.fullmatch(path.name) and _is_abandoned(path.lstat()):
                    path.unlink()


def _is_abandoned(found: os.stat_result) -> bool:
    """Say whether a file is one that was written for this user alone, and that nobody writes any more."""
    if not stat.S_ISREG(found.st_mode) or (
        os.name == "posix" and (found.st_uid != os.geteuid() or stat.S_IMODE(found.st_mode) & 0o077)
    ):
        return False
    return time.time() - found.st_mtime > ABANDONED_SECONDS


def is_ours_alone(path: Path) -> bool:
    """Say whether nobody but this user can have written `path`. Raises OSError where it is not there."""
    found = path.lstat()
    if os.name != "posix":
        return not stat.S_ISLNK(found.st_mode)
    return found.st_uid == os.geteuid() and not found.st_mode & 0o022 and not stat.S_ISLNK(found.st_mode)


def is_open_to_others(path: Path) -> bool:
    """Say whether other users of this machine may read `path`, or what is in it. Raises OSError where it is not there."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


class SealedFolder:
    """Files of one kind by key in `folder`, each with a header and a checksum over its key and content.

    Nothing is read but what was written under its key, and nothing is removed but what has the kind's name and header;
    what others on this machine could have written is a miss. `kind` is one word and a version, such as "picture 1".
    """

    def __init__(self, folder: Path, kind: str, most: int, *, part_of_program: bool = False) -> None:
        """Keep at most `most` files, the newest; `folder` is made when it is first written.

        Where it is `part_of_program`, what is in it may be anybody's, as the code beside it is.
        """
        self._folder = folder
        self._header = f"legpress {kind}\n".encode()
        self._most = most
        self._part_of_program = part_of_program

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, None where it was not, or is not as it was put."""
        path = self._folder / f"{key}{SEALED}"
        try:
            if not self._part_of_program and not (is_ours_alone(self._folder) and is_ours_alone(path)):
                return None
            kept = path.read_bytes()
        except OSError:
            return None
        content = kept[len(self._header) + hashlib.sha256().digest_size :]
        return content if kept == self._sealed(key, content) else None

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`, whole or not at all. Raises OSError."""
        make_folder(self._folder)
        write_whole(self._folder / f"{key}{SEALED}", self._sealed(key, content))
        clear_unfinished(self._folder)
        self._prune()

    def _sealed(self, key: str, content: bytes) -> bytes:
        return self._header + hashlib.sha256(key.encode() + b"\n" + content).digest() + content

    def _prune(self) -> None:
        aged = []
        for path in self._folder.glob(f"*{SEALED}"):
            with contextlib.suppress(OSError):  # another process may have just removed it
                aged.append((path.lstat().st_mtime, path))
        if len(aged) <= self._most:
            return
        written = [(age, path) for age, path in sorted(aged, reverse=True) if self._is_own(path)]
        for _, path in written[self._most :]:
            with contextlib.suppress(OSError):
                path.unlink()

    def _is_own(self, path: Path) -> bool:
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                return False
            with path.open("rb") as file:
                return file.read(len(self._header)) == self._header
        except OSError:
            return False
