"""The lists of words that a module reads with, by the names that its dataclass gives them (`bot/words.py`)."""

from dataclasses import fields
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
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = say("files.words.not_as_declared", names=", ".join(each.name for each in fields(cls)))  # type: ignore[arg-type]
        raise KnowledgeError([Fault(str(path_of(name)), 1, 1, message)]) from error
