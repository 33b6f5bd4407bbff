"""Remembers which commands Discord was told last, so that they are registered again only where they changed."""

import json
import logging
from pathlib import Path

from bot.private_files import make_folder, write_whole

log = logging.getLogger(__name__)


class Registered:
    """The digest of the commands that were registered last, in a file of its own."""

    def __init__(self, path: Path | None) -> None:
        """Keep it at `path`; None: nothing is remembered."""
        self._path = path

    def read(self) -> str:
        """Return the digest kept from last time; "" where there is none, or none that can be read."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8")) if self._path else {}
        except (OSError, ValueError):
            return ""
        return str(kept.get("commands", "")) if isinstance(kept, dict) else ""

    def write(self, digest: str) -> None:
        """Keep `digest` for next time. A folder that cannot be written is logged: the commands are registered anyway."""
        if self._path is None:
            return
        try:
            make_folder(self._path.parent)
            write_whole(self._path, json.dumps({"commands": digest}).encode())
        except OSError as fault:
            log.warning("The state folder %s cannot be written (%s).", self._path.parent, type(fault).__name__)
