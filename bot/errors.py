"""The tree of errors that this project raises, each worded for the person who can mend it.

BotError
  ConfigError      settings are missing or wrong
  KnowledgeError   knowledge files are invalid
  StoreError       the database is out of reach
  NetworkError     Discord is out of reach
  UserError        the member can put it right
    GateFailedError  what was written could not be looked at: the safety line goes out, and nothing else
"""

from collections.abc import Sequence
from dataclasses import dataclass


class BotError(Exception):
    """Root of all errors raised on purpose."""


class ConfigError(BotError):
    """Settings, arguments or folders that the host must mend; `faults` holds one sentence for each."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults: tuple[str, ...] = faults


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a knowledge file. `line` and `column` count from 1."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class KnowledgeError(BotError):
    """Knowledge that cannot be used; its text is one line a fault: `file:line:column: what is wrong, what to write`."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults: tuple[Fault, ...] = tuple(faults)


class PlacedError(ValueError):
    """A wrong value within data that is being validated; `path` leads to it, key by key, from what was being looked at."""

    def __init__(self, message: str, path: tuple[str | int, ...]) -> None:
        super().__init__(message)
        self.path = path


class StoreError(BotError):
    """The database did not answer, or refused."""


class NetworkError(BotError):
    """Discord did not answer."""


class UserError(BotError):
    """Something the member can put right; the text is the sentence that the member sees, privately."""


class GateFailedError(UserError):
    """The safety gate failed on what somebody wrote, or took too long; the text is the safety line, and nothing else may go out."""
