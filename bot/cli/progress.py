"""A line on the terminal while the bot is fitted to its knowledge."""

import sys
import time

from bot.progress import LONG_SECONDS, Progress

DOING = "Reading the knowledge, the first time only"


def shown_progress() -> Progress:
    """Return progress on the terminal where standard error is one, else a single line there for a fit that takes long."""
    return _OnTerminal() if sys.stderr.isatty() else _OneLine()


class _OneLine:
    """Writes one line for a fit that takes long."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._written = False

    def told(self, share: float) -> None:
        """Write the line where it is time."""
        if not self._written and share < 1 and time.monotonic() - self._started > LONG_SECONDS:
            self._written = True
            sys.stderr.write(f"{DOING} ...\n")
            sys.stderr.flush()

    def done(self) -> None:
        """Say nothing more."""


class _OnTerminal:
    """Writes how far a fit is over the same line, and takes the line away at the end."""

    def __init__(self) -> None:
        self._shown = ""

    def told(self, share: float) -> None:
        """Write the line where it has changed."""
        line = f"{DOING}: {share:.0%}"
        if line != self._shown:
            sys.stderr.write(f"\r{line:<{len(self._shown)}}")
            sys.stderr.flush()
            self._shown = line

    def done(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write(f"\r{'':<{len(self._shown)}}\r")
            sys.stderr.flush()
            self._shown = ""
