"""Lists of words by what they are used for, as data that comes with the project (`knowledge/language/en/words.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

PHRASES, REASONED, SPELLINGS, PATTERNS, SHAPES = "phrases", "phrases with reasons", "spellings", "patterns", "shapes"
PhraseList = Annotated[tuple[str, ...], PHRASES]
"""Phrases in the small language of `bot.core.asking`, where a plain list holds words."""
ReasonedList = Annotated[tuple[str, ...], REASONED]
"""Phrases that stand in their file under a reason each."""
Spellings = Annotated[Mapping[str, str], SPELLINGS]
"""What is typed, and what it stands for, which may be nothing."""
Patterns = Annotated[tuple[str, ...], PATTERNS]
"""Words and small patterns (`bot.core.small_patterns`)."""
ShapeList = Annotated[tuple[str, ...], SHAPES]
"""Shapes of questions, with `{it}` in the place of what they are about."""


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


NO_WORDS = WordLists()
