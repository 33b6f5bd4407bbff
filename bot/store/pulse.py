"""A sign of life in a small file, so that another process can tell a bot that works from one that hangs."""

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.private_files import make_folder

log = logging.getLogger(__name__)

FILE = "legpress.alive"
BEAT_SECONDS = 10.0
STILL_SECONDS = 60.0
"""A bot that has not beaten for so long hangs: six beats are missing."""
_CONNECTED, _ALONE = "connected", "not connected"


@dataclass(frozen=True, slots=True)
class Sign:
    """What was found: how many seconds ago the bot beat last, and whether it was connected to Discord then."""

    seconds: float
    connected: bool

    @property
    def alive(self) -> bool:
        """Whether the bot works: it may be waiting for Discord all the same."""
        return self.seconds < STILL_SECONDS


class Pulse:
    """The sign of life of the bot that keeps its state in one folder."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """Keep it in `folder`, made when it is first needed; `clock` gives seconds since 1970."""
        self._path = folder / FILE
        self._clock = clock
        self._told = False

    def beat(self, *, connected: bool) -> None:
        """Write the time of this moment. A folder that cannot be written is logged once."""
        try:
            make_folder(self._path.parent)
            self._path.write_text(f"{self._clock():.0f} {_CONNECTED if connected else _ALONE}\n", encoding="utf-8")
        except OSError as fault:
            if not self._told:
                self._told = True
                log.warning("The state folder %s cannot be written (%s).", self._path.parent, fault.strerror)

    def sign(self) -> Sign | None:
        """Return the last beat; None where there is none, as before the first and after a clean end."""
        try:
            at, _, how = self._path.read_text(encoding="utf-8").strip().partition(" ")
            return Sign(max(0.0, self._clock() - float(at)), how == _CONNECTED)
        except (OSError, ValueError):
            return None

    def stop(self) -> None:
        """Take the sign away: the bot has ended."""
        with contextlib.suppress(OSError):
            self._path.unlink()
