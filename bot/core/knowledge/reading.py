"""How easy a text is to read: the Flesch-Kincaid grade, the years of school that it asks for.

Kincaid, Fishburne, Rogers and Chissom, Derivation of new readability formulas for Navy enlisted personnel, Research
Branch Report 8-75, 1975: 0.39 words a sentence + 11.8 syllables a word - 15.59. A colon or semicolon ends a unit of
speech too, as Flesch counts them (How to Write Plain English, 1979).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_SENTENCE = re.compile(r"(?<=[.!?])[\"')]*\s+(?=[\"'(]?[A-Z0-9])")
_UNIT = re.compile(r"[;:]\s+")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*|\d[\d.,/%-]*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouydt]ed|[^aeiouyscxzh]es)$")
_SHORTEST = 3
"""Letters of a word whose last e is always heard ("the", "be")."""
_TWO = re.compile(r"i[ao]|[^q]ua(?=[tl])|eo(?!u)|[aeiou]ing$|ier$|ism$|uou|[^tsc]ious")


def grade(text: str) -> float:
    """Return the grade of a text; 0.0 for one without words. Figures count as words of one syllable."""
    words = _WORD.findall(text)
    if not words:
        return 0.0
    units = sum(1 for part in sentences_of(text) for unit in _UNIT.split(part) if _WORD.search(unit))
    total = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / units + 11.8 * total / len(words) - 15.59


def sentences_of(text: str) -> Iterator[str]:
    """Yield the sentences of a text."""
    yield from (part for part in _SENTENCE.split(" ".join(text.split())) if part)


@lru_cache(maxsize=8192)
def _syllables(word: str) -> int:
    bare = word.lower().replace("’", "'").removesuffix("'s")
    if not bare[0].isalpha():
        return 1
    count = len(_VOWELS.findall(bare)) + len(_TWO.findall(bare))
    if len(bare) > _SHORTEST and _SILENT.search(bare) and not bare.endswith("le"):
        count -= 1
    return max(count, 1)
