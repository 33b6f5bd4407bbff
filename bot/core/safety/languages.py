"""The commonest alarms in other languages: pairs of word classes of that language, never a model (`safety2.md` 13).

English rules do not see these words and these rules see no English: a message counts as one in a language where enough of
its words are that language's and few are English, so that "pain", "die" and "hat" alone mean nothing here.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from bot.core.model import Tier
from bot.core.once import once
from bot.core.safety.values import Language
from bot.core.text import clean

_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[.!?;\n]+")
_MOST_WORDS: Final = 400
_WINDOW: Final = 8
_NEGATED_WITHIN: Final = 3
_FOLDS = str.maketrans({"ß": "ss", "'": " ", "’": " ", "ø": "o", "æ": "ae"})
_NAHI = re.compile(r"\b(?:nahin|nahi|nai|nhi|nahee|nahii|nehi)\b")
_ENOUGH: Final = 2
_SHARE: Final = 0.4
_SHORTEST_STEM: Final = 4
_LONG: Final = 6
_MOST_CACHED: Final = 8_192


@dataclass(frozen=True, slots=True)
class Found:
    """An alarm in a language: its flag, the tier where it is not the flag's own, and whether it is about somebody else."""

    flag: str
    tier: Tier | None
    language: str
    proxy: bool


class Languages:
    """Looks for alarms in the languages of the data."""

    def __init__(self, languages: Mapping[str, Language], english: AbstractSet[str]) -> None:
        """Take the languages by code, and which of their words are English too (`vocabulary`)."""
        self._spoken = {code: _Spoken(language) for code, language in languages.items()}
        self._english = english
        self._known: dict[str, tuple[str, ...]] = {}

    def recognise(self, text: str) -> str:
        """Return the code of the language that most of a text's words are in, "" for English, the unknown and the short."""
        return once(self._recognise, text)

    def check(self, text: str) -> Found | None:
        """Return the first alarm in a text, the most urgent language rules first, or None."""
        folded = once(_fold, text)
        words = folded.replace(" . ", " ").split()
        code = self.recognise(text)
        if not code:
            return None
        spoken = self._spoken[code]
        for way in spoken.ways:
            if spoken.fires(way, folded.split()):
                return Found(way.flag, way.tier, code, spoken.proxy(words))
        return None

    def _recognise(self, text: str) -> str:
        words = [word for word in once(_fold, text).split() if word != "."]
        known_by: dict[str, list[str]] = {}
        for word in words:
            for code in self._languages_of(word):
                known_by.setdefault(code, []).append(word)
        best, most = "", 0.0
        for code, spoken in self._spoken.items() if known_by else ():
            known = known_by.get(code, [])
            foreign = len({word for word in known if len(word) > 1 and word not in self._english})
            telling = any(len(word) >= _LONG and spoken.holds(word) and word not in self._english for word in known)
            if foreign < (1 if telling and len(known) > 1 else _ENOUGH) or len(known) < _SHARE * len(words):
                continue
            score = (len(known) + foreign) / len(words)
            if score > most:
                best, most = code, score
        return best

    def _languages_of(self, word: str) -> tuple[str, ...]:
        """Return the codes of the languages that know a word; what was asked lately is remembered, since people repeat words."""
        known = self._known.get(word)
        if known is None:
            known = tuple(code for code, spoken in self._spoken.items() if spoken.knows(word))
            if len(self._known) < _MOST_CACHED:
                self._known[word] = known
        return known


def vocabulary(languages: Iterable[Language]) -> set[str]:
    """Return every word that the languages' data holds whole."""
    found: set[str] = set()
    for language in languages:
        for phrases in (language.common, *language.concepts.values()):
            found.update(word for phrase in phrases for word in phrase.split() if not word.endswith("*"))
    return found


def stems(languages: Iterable[Language]) -> tuple[str, ...]:
    """Return every stem of the languages' data: what a word of theirs may start with."""
    found = {
        word[:-1]
        for language in languages
        for phrases in language.concepts.values()
        for phrase in phrases
        for word in phrase.split()
        if word.endswith("*") and len(word) > _SHORTEST_STEM
    }
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class _Way:
    flag: str
    tier: Tier | None
    near: tuple[tuple[str, ...], ...]
    also: tuple[tuple[str, ...], ...]
    unless: tuple[tuple[str, ...], ...]


class _Spoken:
    """One language, ready to look for its alarms."""

    def __init__(self, language: Language) -> None:
        self._classes = {name: _Phrases(phrases) for name, phrases in language.concepts.items()}
        self._negations = _Phrases(language.negations)
        self._others = frozenset(language.others)
        self._own = frozenset(language.own)
        self._words = frozenset(vocabulary([language]))
        self._stems = stems([language])
        self.ways = tuple(
            _Way(
                alarm.flag,
                alarm.tier,
                tuple(tuple(term.split("|")) for term in alarm.near),
                tuple(tuple(term.split("|")) for term in alarm.also),
                tuple(tuple(term.split("|")) for term in alarm.unless),
            )
            for alarm in language.alarms
        )

    def knows(self, word: str) -> bool:
        """Whether a word is one of the language's."""
        return word in self._words or word.startswith(self._stems)

    def holds(self, word: str) -> bool:
        """Whether the data holds a word whole, and not only a stem of it, which may be English too."""
        return word in self._words

    def proxy(self, words: Sequence[str]) -> bool:
        """Whether a message is about somebody else: one is named, and nobody speaks of their own body."""
        return not self._others.isdisjoint(words) and self._own.isdisjoint(words)

    def fires(self, way: _Way, words: Sequence[str]) -> bool:
        spots = [self._places(term, words) for term in way.near]
        if not all(spots) or not all(self._places(term, words) for term in way.also):
            return False
        if any(True for term in way.unless for name in term for _ in self._classes[name].find(words)):
            return False
        first, *rest = spots
        return any(
            all(any(abs(there - here) <= _WINDOW and there != here for there in others) for others in rest)
            for here in first
        )

    def _places(self, term: Sequence[str], words: Sequence[str]) -> list[int]:
        found = []
        for name in term:
            for start, length in self._classes[name].find(words):
                before = words[max(0, start - _NEGATED_WITHIN) : start]
                if "." in before:
                    before = before[len(before) - 1 - before[::-1].index(".") + 1 :]
                if not (length == 1 and any(True for _ in self._negations.find(before))):
                    found.append(start)
        return found


class _Phrases:
    """Words, stems (`respir*`) and phrases of one class."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._stems: list[tuple[str, ...]] = []
        for phrase in phrases:
            parts = tuple(phrase.split())
            if parts[0].endswith("*"):
                self._stems.append(parts)
            else:
                self._by_first.setdefault(parts[0], []).append(parts)
        self._starts = tuple(parts[0][:-1] for parts in self._stems)

    def find(self, words: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Yield where the class stands: the first word and how many."""
        for start, word in enumerate(words):
            for parts in self._by_first.get(word, ()):
                if _matches(parts, words, start):
                    yield start, len(parts)
            if self._starts and word.startswith(self._starts):
                for parts in self._stems:
                    if _matches(parts, words, start):
                        yield start, len(parts)


def _matches(parts: Sequence[str], words: Sequence[str], start: int) -> bool:
    if start + len(parts) > len(words):
        return False
    return all(
        words[start + i].startswith(part[:-1]) if part.endswith("*") else words[start + i] == part
        for i, part in enumerate(parts)
    )


def _fold(text: str) -> str:
    """Return a text's words without accents, in one spelling, sentences parted by a full stop."""
    folded = _NAHI.sub("nahi", clean(text).translate(_FOLDS))
    sentences = [" ".join(_WORD.findall(part)) for part in _SENTENCE.split(folded)]
    return " ".join(" . ".join(sentence for sentence in sentences if sentence).split()[:_MOST_WORDS])
