"""Small files that save work at the next start, found by a hash of what they were made from.

Nothing depends on them: a missing, broken or foreign file is a miss, and a folder that cannot be written is no error.
"""

import contextlib
import logging
import os
import tempfile
from pathlib import Path

log = logging.getLogger(__name__)

MOST_FILES = 24
"""Older files beyond this many are removed; three kinds, a few versions of the knowledge each."""


class FileCache:
    """Bytes by key in `folder`; keys are names of letters, digits and hyphens."""

    def __init__(self, folder: Path | None) -> None:
        """Use `folder`, made when it is first written; None keeps nothing."""
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """Return what was stored under `key`, or None."""
        if self._folder is None:
            return None
        try:
            return (self._folder / key).read_bytes()
        except OSError:
            return None

    def put(self, key: str, content: bytes) -> None:
        """Store `content` under `key`, whole or not at all."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(content)
                Path(name).replace(self._folder / key)
            except OSError:
                with contextlib.suppress(OSError):
                    Path(name).unlink()
                raise
            self._prune()
        except OSError as error:
            log.debug("The cache cannot be written: %s", error)

    def _prune(self) -> None:
        assert self._folder is not None
        files = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in files[MOST_FILES:]:
            with contextlib.suppress(OSError):
                path.unlink()
