"""The lists of words that a module reads with, by the names that its dataclass gives them (`bot/words.py`)."""

from typing import TypeVar

from bot.core.from_plain import value_of
from bot.errors import Fault, KnowledgeError
from bot.sentences import say
from bot.words import path_of, words_of

T = TypeVar("T")


def own(cls: type[T], name: str) -> T:
    """Return the lists of the file `name`. Raises KnowledgeError where it has not what `cls` declares."""
    try:
        return value_of(cls, words_of(name))
    except (KeyError, TypeError, ValueError) as error:
        path, listed = path_of(name), f"{error.args[0]}"
        lines = path.read_text(encoding="utf-8").splitlines()
        line = next((number for number, each in enumerate(lines, 1) if each.startswith(f"{listed}:")), 1)
        raise KnowledgeError([Fault(str(path), line, 1, say("files.words.not_as_declared", name=listed))]) from error
