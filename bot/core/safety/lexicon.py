"""Concept classes: which words and phrases of a message mean BACK, NUMB, CANT..., typing slips included.

A phrase is written as in `knowledge/safety/lexicon.yaml`: words, with alternatives in brackets, `numb(|ness|ed)`, `(my|the)`; an empty
alternative may drop the word, as does `(really )?`; `#` is any number, `#year` a year. At each place the longest phrase wins and uses its words up, so that "no feeling" is one
symptom and never a negation, and a mask ("back squat") hides what it holds.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Self

from rapidfuzz.distance import OSA

from bot.core.safety.tokens import SENTENCE, Words

CLOSED: Final = frozenset({
    "NEGATION", "NOT_NEGATION", "NO_PAIN", "FINE", "RESOLVED", "PAST", "HYPOTHETICAL", "NOT_HYPOTHETICAL", "FICTION",
    "STRANGER", "ANIMAL", "THING", "TRIVIAL", "ALMOST", "PROXY", "TERMINATION", "LAUGH", "SIGNS", "ALARM_SIGNS", "WHAT_IS", "BACK_DOOR", "GASSED", "FOOD_BABY",
    "MASK",
})  # fmt: skip
"""Classes whose phrases hide the words in them ("pain free"); other phrases leave their words their own meaning."""

MASK: Final = "MASK"
"""The class of phrases that mean nothing to the gate and hide the words in them."""


def expand(pattern: str) -> list[str]:
    """Return every spelling of a pattern: `numb(|ness) (my )?toe` -> `numb toe`, `numb my toe`, `numbness toe`...

    Raises ValueError where brackets do not pair up.
    """
    alternatives, end = _alternatives(pattern, 0)
    if end != len(pattern):
        message = f"brackets do not pair up in {pattern!r}"
        raise ValueError(message)
    return list(dict.fromkeys(" ".join(spelling.split()) for spelling in alternatives))


def _alternatives(pattern: str, place: int) -> tuple[list[str], int]:
    """Return the spellings from `place` up to a closing bracket or the end, and where that is."""
    found: list[str] = []
    sequence = [""]
    while place < len(pattern):
        sign = pattern[place]
        if sign == ")":
            break
        if sign == "|":
            found += sequence
            sequence = [""]
        elif sign == "(":
            inner, place = _alternatives(pattern, place + 1)
            if place >= len(pattern):
                message = f"brackets do not pair up in {pattern!r}"
                raise ValueError(message)
            if pattern.startswith("?", place + 1):
                inner, place = [*inner, ""], place + 1
            sequence = [head + tail for head in sequence for tail in inner]
        elif sign != "?":  # " ?" is a space that may fall away
            sequence = [head + sign for head in sequence]
        place += 1
    return found + sequence, place


@dataclass(frozen=True, slots=True)
class Hit:
    """A concept found in a text: its number, the words it covers (`start` up to, not with, `end`), whether by a slip."""

    concept: int
    start: int
    end: int
    slip: bool = False


_SHORTEST_MENDED, _LONGEST_MENDED = 3, 20
_SHORTEST_SWAP = 5
_ANY_SLIP = 7  # from this length on a wrong letter counts too, below it only a lost, doubled or swapped one


@dataclass(frozen=True, slots=True)
class Compiled:
    """Every spelling of every phrase with the classes it belongs to, and the words that are no slips of the pen."""

    phrases: dict[str, tuple[int, ...]]
    known: frozenset[str]

    @classmethod
    def of(
        cls, names: Sequence[str], concepts: Mapping[str, Iterable[str]], masks: Iterable[str], known: Iterable[str]
    ) -> Self:
        """Write the patterns of `concepts` and `masks` out. Raises ValueError for brackets that do not pair up."""
        number = {name: index for index, name in enumerate(names)}
        phrases: dict[str, set[int]] = {}
        words: set[str] = set(known)
        for name, patterns in [*concepts.items(), (MASK, masks)]:
            for pattern in patterns:
                for phrase in expand(pattern):
                    if phrase:
                        phrases.setdefault(phrase, set()).add(number[name])
                        words.update(phrase.split())
        return cls({phrase: tuple(sorted(numbers)) for phrase, numbers in phrases.items()}, frozenset(words))

    def dump(self) -> dict[str, str]:
        """Return plain data for a cache: lines of phrases, each with its class numbers, and the known words."""
        lines = (f"{phrase}\t{','.join(map(str, numbers))}" for phrase, numbers in self.phrases.items())
        return {"phrases": "\n".join(lines), "known": " ".join(sorted(self.known))}

    @classmethod
    def restore(cls, data: Mapping[str, str]) -> Self:
        """Rebuild what `dump` gave. Raises KeyError, ValueError or TypeError for anything else."""
        numbers_of: dict[str, tuple[int, ...]] = {}
        phrases: dict[str, tuple[int, ...]] = {}
        for line in data["phrases"].split("\n"):
            phrase, _, numbers = line.partition("\t")
            found = numbers_of.get(numbers)
            if found is None:
                found = numbers_of[numbers] = tuple(int(number) for number in numbers.split(","))
            phrases[phrase] = found
        return cls(phrases, frozenset(data["known"].split()))


class Lexicon:
    """The concept classes of a set of rules, ready to find them in words."""

    def __init__(self, names: Sequence[str], compiled: Compiled, alarm_words: Iterable[str]) -> None:
        """Take the classes' names by number, their written-out phrases, and alarm words.

        An unknown word one edit away from an alarm word is read as it; other cue words only mend two swapped letters.
        """
        self.names: tuple[str, ...] = tuple(names)
        self.number: dict[str, int] = {name: index for index, name in enumerate(self.names)}
        self._known = compiled.known
        self._single: dict[str, tuple[int, ...]] = {}
        self._phrases: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._open: set[tuple[str, ...]] = set()
        closed = {self.number[name] for name in CLOSED & set(self.names)}
        sizes: dict[str, set[int]] = {}
        for phrase, numbers in compiled.phrases.items():
            words = tuple(phrase.split())
            if len(words) == 1:
                self._single[phrase] = numbers
                continue
            self._phrases[words] = numbers
            sizes.setdefault(words[0], set()).add(len(words))
            if closed.isdisjoint(numbers):
                self._open.add(words)
        self._sizes = {word: tuple(sorted(lengths, reverse=True)) for word, lengths in sizes.items()}
        self._inner = {word: tuple(n for n in numbers if n not in closed) for word, numbers in self._single.items()}
        self._alarm = frozenset(alarm_words)
        self._slips = self._slip_index()

    def _slip_index(self) -> dict[str, tuple[str, ...]]:
        """Map each alarm word, whole and with one letter less, to the alarm words it may be a slip of (SymSpell's deletes)."""
        index: dict[str, list[str]] = {}
        for word in sorted(self._alarm):
            for form in {word, *(word[:i] + word[i + 1 :] for i in range(1, len(word)))}:
                index.setdefault(form, []).append(word)
        return {form: tuple(found) for form, found in index.items()}

    def mend(self, word: str) -> str | None:
        """Return the cue word that an unknown word is a slip of, or None.

        One edit (optimal string alignment distance), the first letter kept.
        """
        if word in self._known or not (_SHORTEST_MENDED <= len(word) <= _LONGEST_MENDED) or not word.isalpha():
            return None
        candidates: set[str] = set(self._slips.get(word, ()))
        for i in range(1, len(word)):
            candidates.update(self._slips.get(word[:i] + word[i + 1 :], ()))
        best: str | None = None
        for candidate in sorted(candidates):
            if candidate[0] != word[0] or OSA.distance(candidate, word, score_cutoff=1) > 1:
                continue
            if len(candidate) < _ANY_SLIP and len(candidate) == len(word) and sorted(candidate) != sorted(word):
                continue
            if best is None or len(candidate) > len(best):
                best = candidate
        if best is None and len(word) >= _SHORTEST_SWAP:
            for i in range(1, len(word) - 1):
                swapped = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
                if swapped in self._known:
                    return swapped
        return best

    def find(self, text: Words) -> list[Hit]:
        """Return the concepts in a text, from left to right."""
        words = text.words
        breaks = text.breaks
        shapes = [_shape(word) for word in words] if any(word[0].isdigit() for word in words) else words
        phrases, sizes, single, known = self._phrases, self._sizes, self._single, self._known
        opened, inner = self._open, self._inner
        mask = self.number[MASK]
        hits: list[Hit] = []
        mended: dict[int, str] = {}
        for place, word in enumerate(words):
            if word not in known:
                better = self.mend(word)
                if better is not None:
                    mended[place] = better
        if mended:
            words = words.copy()
            for place, better in mended.items():
                words[place] = better
        place, count = 0, len(words)
        while place < count:
            word = words[place]
            length = 1
            found: tuple[int, ...] = ()
            whole: tuple[str, ...] = ()
            for size in sizes.get(word, ()):
                phrase = tuple(words[place : place + size])
                numbers = phrases.get(phrase)
                if numbers is not None and max(breaks[place + 1 : place + size]) < SENTENCE:
                    found, length, whole = numbers, len(phrase), phrase
                    break
            else:
                found = single.get(word, ())
            if shapes is not words:
                for size in sizes.get(shapes[place], ()):
                    phrase = tuple(shapes[place : place + size])
                    if len(phrase) > length and phrase in phrases:
                        found, length, whole = phrases[phrase], len(phrase), phrase
                        break
                found = found or single.get(shapes[place], ())
            for number in found:
                if number != mask:
                    slip = bool(mended) and any(i in mended for i in range(place, place + length))
                    hits.append(Hit(number, place, place + length, slip))
            if whole in opened:
                for inside in range(place, place + length):
                    hits += (Hit(n, inside, inside + 1) for n in inner.get(words[inside], ()) if n not in found)
            place += length
        return hits


def _shape(word: str) -> str:
    """Return what stands for a number in phrases: `#year` for 1900 to 2099, else `#`; other words as they are."""
    if not word[0].isdigit():
        return word
    return "#year" if len(word) == _YEAR_DIGITS and word[:2] in {"19", "20"} else "#"


_YEAR_DIGITS = 4
