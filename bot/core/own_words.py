"""The lists of words that a module reads with, by the names that its dataclass gives them (`bot/words.py`)."""

from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar, get_args, get_type_hints

from bot.core.from_plain import value_of
from bot.core.small_patterns import fault_of
from bot.core.word_lists import PATTERNS
from bot.errors import Fault, KnowledgeError
from bot.sentences import say
from bot.words import is_shipped, path_of, words_of

T = TypeVar("T")


def own(cls: type[T], name: str) -> T:
    """Return the lists of the file `name`. Raises KnowledgeError where it has not what `cls` declares."""
    try:
        found = value_of(cls, words_of(name))
    except (KeyError, TypeError, ValueError) as error:
        path, listed = path_of(name), f"{error.args[0]}"
        line = next((number for number, each in enumerate(_lines(path), 1) if each.startswith(f"{listed}:")), 1)
        raise KnowledgeError([Fault(str(path), line, 1, say("files.words.not_as_declared", name=listed))]) from error
    if not is_shipped() and (faults := list(_no_patterns(found, path_of(name)))):
        raise KnowledgeError(faults)
    return found


def _no_patterns(value: object, path: Path) -> Iterator[Fault]:
    """Yield the entries that are no patterns, which would end the import: looked for where a file was changed, since it takes a while."""
    for name, hint in get_type_hints(type(value), include_extras=True).items():
        for entry in getattr(value, name) if PATTERNS in get_args(hint) else ():
            if wrong := fault_of(entry):
                line = next((n for n, each in enumerate(_lines(path), 1) if entry in each), 1)
                yield Fault(str(path), line, 1, say("files.language_loader.no_pattern", entry=entry, wrong=wrong))


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()
