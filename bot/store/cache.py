"""Small files that save work at the next start, found by a hash of what they were made from.

Nothing depends on them: a missing, changed or foreign file is a miss, and a folder that cannot be written is no error.
"""

import logging
from pathlib import Path

from bot.private_files import SEALED, SealedFolder

log = logging.getLogger(__name__)

FOLDER = "legpress-cache"
"""The subfolder that the cache makes for itself: a host may name a folder with other things in it."""
MOST_FILES = 24
"""Older files beyond this many are removed; three kinds, a few versions of the knowledge each."""
SHIPPED_MODE, SHIPPED_FOLDER_MODE = 0o644, 0o755
"""What the project ships is for every user of the machine."""


class FileCache:
    """Bytes by key in a subfolder of `folder`; keys are names of letters, digits and hyphens."""

    def __init__(self, folder: Path | None, shipped: "Shipped | None" = None) -> None:
        """Use a subfolder of `folder`, made when it is first written; None keeps nothing. What is in `shipped` comes first."""
        self._shipped = shipped
        self._folder = folder
        self._told = False
        self._files = None if folder is None else SealedFolder(folder / FOLDER, "cache 1", MOST_FILES)

    def get(self, key: str) -> bytes | None:
        """Return what was stored under `key`, or None: where it was not, or is not as it was stored."""
        found = None if self._shipped is None else self._shipped.get(key)
        return self._files.get(key) if found is None and self._files is not None else found

    def put(self, key: str, content: bytes) -> None:
        """Store `content` under `key`, whole or not at all."""
        if self._files is None:
            return
        try:
            self._files.put(key, content)
        except OSError as error:
            if not self._told:
                self._told = True
                log.warning(
                    "The cache folder %s cannot be written (%s), so each start does its work anew; "
                    "make room there, or set CACHE_DIR to a folder that can be written.",
                    self._folder,
                    error.strerror or type(error).__name__,
                )


class Shipped(FileCache):
    """What a start on the shipped knowledge needs, in a folder that is part of the installed program."""

    def __init__(self, folder: Path) -> None:
        """Read from `folder`, which need not be there; `put` is for whoever makes it."""
        super().__init__(None)
        self._in = folder
        self._sealed = SealedFolder(folder, "state 1", MOST_FILES, part_of_program=True)
        self._used: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """Return what is shipped under `key`, or None."""
        self._used.add(key)
        return self._sealed.get(key)

    def put(self, key: str, content: bytes) -> None:
        """Ship `content` under `key`. Raises OSError where the folder cannot be written."""
        self._used.add(key)
        self._sealed.put(key, content)
        self._in.chmod(SHIPPED_FOLDER_MODE)
        (self._in / f"{key}{SEALED}").chmod(SHIPPED_MODE)

    def drop_unused(self) -> None:
        """Remove what was neither asked for nor put: it was made from other files. Raises OSError."""
        for path in self._in.glob(f"*{SEALED}"):
            if path.name.removesuffix(SEALED) not in self._used:
                path.unlink()
