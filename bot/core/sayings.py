"""What people say, found in their words by sayings in a small language, unless they deny it.

The language: words in their order; "a/b" is either; "<70-99>" is a number in that range; ".." stands for up to three words.
Endings do not count, and a long word may have one mistake.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, NamedTuple, TypeVar

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from bot.core.once import once
from bot.core.text import clean, sentences, stem, words
from bot.core.word_lists import ConditionWords

_RANGE = re.compile(r"<(\d+)-(\d+)>")
_REACH = 3
"""So many words before are looked at for a denial ("I'm not pregnant", "used to get sciatica", "like a 90 year old")."""
GAP, MOST_BETWEEN = "..", 3
_LONG = 6
"""Shorter words with one mistake are too often other words."""
_MOST_REMEMBERED = 8_192

T = TypeVar("T")
_Part = Callable[[str], bool]


class _Found(NamedTuple, Generic[T]):
    means: T | None
    """None for what means nothing of the kind ("new hip thrust")."""
    start: int
    end: int
    whole: bool
    """Whether its words stand one after the other."""

    def covers(self, other: "_Found[T]") -> bool:
        """Say whether this is what was said, and the other only words of it ("prosthesis" in "knee prosthesis")."""
        inside = self.start <= other.start and other.end <= self.end
        if self.means is None:
            return inside and other.means is not None
        return self.whole and inside and self.end - self.start > other.end - other.start


class _Said(NamedTuple, Generic[T]):
    means: T | None
    parts: tuple[_Part, ...]
    gaps: tuple[int, ...]
    """How many words may stand before each part."""

    def end(self, stems: Sequence[str], at: int) -> int:
        """Return where it ends if it begins at a place; -1 where it does not."""
        end = len(stems)
        for part, gap in zip(self.parts, self.gaps, strict=True):
            if not gap:
                if at >= end or not part(stems[at]):
                    return -1
                at += 1
                continue
            for place in range(at, min(at + gap + 1, end)):
                if part(stems[place]):
                    at = place + 1
                    break
            else:
                return -1
        return at


class _Opened(Generic[T]):
    """The sayings that open with one stem: by the stem that stands next in them, and the others."""

    def __init__(self) -> None:
        self.by_second: dict[str, list[_Said[T]]] = defaultdict(list)
        self.others: list[_Said[T]] = []

    def add(self, entry: _Said[T], parts: Sequence[str]) -> None:
        """Add a saying of these parts."""
        if len(parts) == 1 or entry.gaps[1] or _RANGE.fullmatch(parts[1]):
            self.others.append(entry)
            return
        for second in {stem(word) for word in parts[1].split("/")}:
            self.by_second[second].append(entry)


@dataclass(frozen=True, slots=True)
class Around:
    """The stems of `ConditionWords`, and what parts a sentence."""

    denied: frozenset[str]
    believed: frozenset[str]
    theirs: frozenset[str]
    units: frozenset[str]
    years: frozenset[str]
    years_of: frozenset[str]
    negated: frozenset[str]
    unsure: frozenset[str]
    clause: re.Pattern[str]

    def lines(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Return the words of a text, those of each part of a sentence by themselves."""
        parts = (clause for sentence in sentences(clean(text)) for clause in self.clause.split(sentence))
        return tuple(line for line in map(tuple, map(words, parts)) if line)

    def counts(self, after: Sequence[str]) -> bool:
        """Say whether a number is no age, by the words after it: a unit, the inches of a height, or years of something."""
        if after and after[0] in self.years:
            return not self.years_of.isdisjoint(after[1:])
        return bool(after) and (after[0] in self.units or after[0].isdigit())


@cache
def words_around(lists: ConditionWords) -> Around:
    """Return the stems of words around a saying."""
    listed = (
        lists.denied,
        lists.believed,
        lists.theirs,
        lists.units,
        lists.years,
        lists.years_of,
        lists.negated,
        lists.unsure,
    )
    denied, believed, theirs, units, years, years_of, negated, unsure = (frozenset(map(stem, each)) for each in listed)
    between = "".join(f"| {re.escape(word)} " for word in lists.between)
    return Around(
        denied, believed, theirs, units, years, years_of, negated, unsure, re.compile(rf"[,;:()]| - {between}")
    )


class Sayings(Generic[T]):
    """Sayings in the small language, each with what it means, ready to be found."""

    def __init__(self, sayings: Iterable[tuple[T, str]], around: Around, ordinary: Iterable[str] = ()) -> None:
        """Take what means something; `ordinary`: what does not, though words of the others stand in it."""
        self._around = around
        self._first: dict[str, _Opened[T]] = defaultdict(_Opened)
        self._numbers: list[_Said[T]] = []
        known: set[str] = set()
        without: Iterable[tuple[T | None, str]] = ((None, said) for said in ordinary)
        for means, said in (*sayings, *without):
            parts = [part for part in said.split() if part != GAP]
            entry = _Said(means, tuple(map(_part, parts)), _gaps(said.split()))
            if parts[0].startswith("<"):
                self._numbers.append(entry)
            else:
                for word in parts[0].split("/"):
                    self._first[stem(word)].add(entry, parts)
            known.update(word for part in parts if not part.startswith("<") for word in part.split("/"))
        self._stands = frozenset(map(stem, known)) | around.units
        """The stems that are no mistake."""
        self._long = sorted({stem(word) for word in known if len(word) >= _LONG})
        self._meant: dict[str, str] = {}

    def found(self, text: str) -> Iterator[T]:
        """Yield what the sayings in a text mean, none that it denies."""
        for _, stems, found in once(self._read, text):
            yield from self._undenied(stems, found)

    def found_plainly(self, text: str) -> Iterator[tuple[T, Sequence[str]]]:
        """Yield what the sayings in a text mean and the stems before each, none that it denies, before it or within ("my knees do not hurt")."""
        for _, stems, found in once(self._read, text):
            plain = [each for each in found if self._around.negated.isdisjoint(stems[each.start + 1 : each.end - 1])]
            for each in plain:
                for means in self._undenied(stems, [each]):
                    yield means, stems[: each.start]

    def found_anyhow(self, text: str) -> Iterator[T]:
        """Yield what the sayings in a text mean, denied or not."""
        for _, _, found in once(self._read, text):
            yield from (
                each.means
                for each in found
                if each.means is not None and not any(other.covers(each) for other in found)
            )

    def taken_back(self, text: str) -> Iterator[T]:
        """Yield what parts of a text that speak of their writer deny ("I'm not pregnant"), none that they leave open."""
        around = self._around
        for line, stems, found in once(self._read, text):
            if around.theirs.isdisjoint(map(stem, line)):
                continue
            for each in found:
                before = frozenset(stems[max(each.start - _REACH, 0) : each.start])
                if each.means is not None and before & around.negated and not before & around.unsure:
                    yield each.means

    def without(self, text: str) -> list[str]:
        """Return the words of a text without those of the sayings in it."""
        left = []
        for line, _, found in once(self._read, text):
            left += [word for at, word in enumerate(line) if not any(one.start <= at < one.end for one in found)]
        return left

    def _read(self, text: str) -> list[tuple[Sequence[str], list[str], list[_Found[T]]]]:
        """Return for each part of a text its words, their stems, and the sayings in it."""
        read: list[tuple[Sequence[str], list[str], list[_Found[T]]]] = []
        for line in once(self._around.lines, text):
            stems = self._mended(line)
            read.append((line, stems, list(self._all_in(stems))))
        return read

    def _mended(self, line: Sequence[str]) -> list[str]:
        """Return the stems of a line, long ones with a mistake as the word that they are near to."""
        found = [stem(word) for word in line]
        if self._long:
            for at, stemmed in enumerate(found):
                if len(stemmed) >= _LONG and stemmed not in self._stands:
                    found[at] = self._meant.get(stemmed) or self._nearest(stemmed)
        return found

    def _nearest(self, stemmed: str) -> str:
        """Return the stem that a strange one is a mistake for, itself for none; remembered, since people repeat words."""
        near = extractOne(stemmed, self._long, scorer=OSA.distance, score_cutoff=1)
        meant = near[0] if near else stemmed
        if len(self._meant) < _MOST_REMEMBERED:
            self._meant[stemmed] = meant
        return meant

    def _undenied(self, stems: Sequence[str], found: Sequence[_Found[T]]) -> Iterator[T]:
        for each in found:
            before = stems[max(each.start - _REACH, 0) : each.start]
            around = self._around
            denied = not around.denied.isdisjoint(before) or (
                not around.believed.isdisjoint(before)
                and around.theirs.isdisjoint([*before, *stems[each.start : each.end]])
            )
            if each.means is not None and not denied and not any(other.covers(each) for other in found):
                yield each.means

    def _all_in(self, stems: Sequence[str]) -> Iterator[_Found[T]]:
        for at, stemmed in enumerate(stems):
            for said in self._numbers if stemmed.isdigit() else self._that_open(stemmed, stems, at + 1):
                until = said.end(stems, at)
                counted = until > 0 and stems[until - 1].isdigit() and self._around.counts(stems[until : until + 2])
                if until > 0 and not counted:
                    yield _Found(said.means, at, until, not any(said.gaps))

    def _that_open(self, stemmed: str, stems: Sequence[str], following: int) -> Iterable[_Said[T]]:
        """Return the sayings that open with a stem and may go on as its line does."""
        opened = self._first.get(stemmed)
        if opened is None:
            return ()
        more = opened.by_second.get(stems[following]) if following < len(stems) else None
        return opened.others if more is None else (*opened.others, *more)


def _gaps(said: Sequence[str]) -> tuple[int, ...]:
    """Return how many words may stand before each part of a saying."""
    return tuple(
        MOST_BETWEEN if before == GAP else 0 for before, part in zip(["", *said], said, strict=False) if part != GAP
    )


def _part(word: str) -> _Part:
    bounds = _RANGE.fullmatch(word)
    if bounds:
        least, most, longest = int(bounds[1]), int(bounds[2]), len(bounds[2])
        return lambda found: found.isdigit() and len(found) <= longest and least <= int(found) <= most
    return frozenset(map(stem, word.split("/"))).__contains__
