"""Lists of words by what they are used for, as data that comes with the project (`knowledge/language/en/words.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ConditionWords:
    """Words around a condition that change what is said of it; each counts in all its endings, but for `between`.

    `denied`, `believed`, `theirs` stand before it; `units`, `years` and, after those, `years_of` stand after a number that
    is no age; `between` stands between two halves of a sentence. `negated`: what takes a condition back; `unsure`: beside
    that, what leaves it open.
    """

    denied: tuple[str, ...] = ()
    believed: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    years_of: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    between: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordLists:
    """All lists: around conditions, small talk, words that say little, names that are words, and hosts whose pages stay."""

    conditions: ConditionWords = ConditionWords()
    small_talk: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    lasting: tuple[str, ...] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "WordLists":
        """Return the lists of plain data. Raises KeyError, TypeError or ValueError for anything else."""
        conditions = ConditionWords(**{name: tuple(entries) for name, entries in data["conditions"].items()})
        return cls(
            conditions, tuple(data["small_talk"]), tuple(data["empty"]), tuple(data["names"]), tuple(data["lasting"])
        )


NO_WORDS = WordLists()
