"""Copies of what was deleted because it was old, kept beside the database for a few days more in case that was wrong."""

import contextlib
import io
import re
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.errors import StoreError
from bot.private_files import clear_unfinished, make_folder, write_whole
from bot.sentences import say

FOLDER = "legpress-deleted"
"""The subfolder that these files have for themselves."""
_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"server-\d+-(\d{8}T\d{6}Z)\.zip")


class Copies:
    """ZIP files of servers' knowledge in a subfolder of `folder`, for `days`; 0 keeps none."""

    def __init__(self, folder: Path | None, days: int) -> None:
        """Keep them below `folder`, made when it is first needed; None keeps none."""
        self.days = days if folder is not None else 0
        self._folder = folder / FOLDER if folder is not None else None

    def keep(self, guild: int, at: datetime, files: Mapping[str, bytes]) -> None:
        """Keep `files` by name as the copy of a server. Blocks; raises StoreError where that cannot be written."""
        if self._folder is None or not self.days:
            return
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        try:
            make_folder(self._folder)
            write_whole(self._folder / f"server-{guild}-{at.astimezone(UTC):{_TIME}}.zip", packed.getvalue())
        except OSError as error:
            raise StoreError(say("host.copies.not_written", reason=error.strerror)) from error

    def drop_old(self, now: datetime) -> int:
        """Remove the copies that have been kept long enough, and return how many; other files are never touched.

        What a backup, a restore or a copy left unfinished goes too: it is as much of what was deleted.
        """
        removed = 0
        if self._folder is None:
            return removed
        for folder in (self._folder, self._folder.parent):
            clear_unfinished(folder)
        with contextlib.suppress(OSError):
            for path in self._folder.iterdir():
                named = _NAME.fullmatch(path.name)
                if named is None:
                    continue
                kept_at = datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)
                if kept_at <= now - timedelta(days=self.days):
                    with contextlib.suppress(OSError):
                        path.unlink()
                        removed += 1
        return removed
