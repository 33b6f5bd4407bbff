"""Small files that save work at the next start, found by a hash of what they were made from.

Nothing depends on them: a missing, changed or foreign file is a miss, and a folder that cannot be written is no error.
"""

import logging
from pathlib import Path

from bot.private_files import SealedFolder

log = logging.getLogger(__name__)

FOLDER = "legpress-cache"
"""The subfolder that the cache makes for itself: a host may name a folder with other things in it."""
MOST_FILES = 24
"""Older files beyond this many are removed; three kinds, a few versions of the knowledge each."""


class FileCache:
    """Bytes by key in a subfolder of `folder`; keys are names of letters, digits and hyphens."""

    def __init__(self, folder: Path | None) -> None:
        """Use a subfolder of `folder`, made when it is first written; None keeps nothing."""
        self._folder = folder
        self._told = False
        self._files = None if folder is None else SealedFolder(folder / FOLDER, "cache 1", MOST_FILES)

    def get(self, key: str) -> bytes | None:
        """Return what was stored under `key`, or None: where it was not, or is not as it was stored."""
        return None if self._files is None else self._files.get(key)

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
