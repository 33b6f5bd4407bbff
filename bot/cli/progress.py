"""A line on the terminal while something takes long: fitting the bot to its knowledge, or a check."""

import sys
import time

from bot.progress import LONG_SECONDS, Progress
from bot.sentences import say

DOING = say("terminal.progress.doing")


def shown_progress() -> Progress:
    """Return progress on the terminal where standard error is one, else a single line there for a fit that takes long."""
    return Stages(DOING).stage(DOING)


class Stages:
    """How far work of several stages is: each over the same line of a terminal, elsewhere one line for all of it."""

    def __init__(self, doing: str) -> None:
        """Say `doing` once where standard error is no terminal."""
        self._line = None if sys.stderr.isatty() else _OneLine(doing)

    def stage(self, doing: str) -> Progress:
        """Return what hears of the next stage, which does this."""
        return self._line or _OnTerminal(doing)


class _OneLine:
    """Writes one line for work that takes long."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._started = time.monotonic()
        self._written = False

    def told(self, share: float) -> None:
        """Write the line where it is time."""
        if not self._written and share < 1 and time.monotonic() - self._started > LONG_SECONDS:
            self._written = True
            sys.stderr.write(f"{self._doing} ...\n")
            sys.stderr.flush()

    def done(self) -> None:
        """Say nothing more."""


class _OnTerminal:
    """Writes how far work is over the same line, and takes the line away at the end."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._shown = ""

    def told(self, share: float) -> None:
        """Write the line where it has changed."""
        line = f"{self._doing}: {share:.0%}"
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
