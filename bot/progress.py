"""Somebody hears that fitting the bot to its knowledge takes a while."""

import logging
import time
from typing import Protocol

log = logging.getLogger(__name__)

LONG_SECONDS = 2.0
"""A fit that takes longer than this is told."""


class Progress(Protocol):
    """Hears how far a fit is."""

    def told(self, share: float) -> None:
        """Hear that `share` of the work is done, from 0 to 1; may start again from 0."""

    def done(self) -> None:
        """Hear that there is nothing more to do."""


class LoggedProgress:
    """Writes one line to the log for a fit that takes long."""

    def __init__(self) -> None:
        """Count the time from now."""
        self._started = time.monotonic()
        self._logged = False

    def told(self, share: float) -> None:
        """Write the line where it is time."""
        if not self._logged and share < 1 and time.monotonic() - self._started > LONG_SECONDS:
            self._logged = True
            log.info("Reading the knowledge: it is new or has changed, so this takes some seconds, once.")

    def done(self) -> None:
        """Say nothing more."""
