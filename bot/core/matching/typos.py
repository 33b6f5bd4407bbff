"""Repair of badly typed words against the words that the knowledge uses.

Candidates come from RapidFuzz: optimal string alignment distance (a swap of neighbours counts once; Boytsov 2011,
"Indexing methods for approximate dictionary searching") over words of nearly the same length. Which candidate is meant,
and whether any is, is decided by the company it keeps: does the knowledge use it beside these neighbours? A repaired
word is trusted less than one that stood there. Ordinary English words are never "repaired".
"""

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import compress, pairwise
from math import log
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.matching.arrays import joined, separated
from bot.core.matching.english import SMALL, is_ordinary
from bot.core.once import once
from bot.core.text import stem

SHORTEST = 3
"""Letters of a word that is repaired: shorter ones are one edit from too many others."""
ONE_EDIT_ALONE_FROM = 5
TWO_EDITS_FROM = 6
TWO_EDITS_ALONE_FROM = 8
"""Letters from which a word is repaired so far; "alone": where no neighbour of the repaired word speaks for it."""
SHORTEST_JOINED = 6
"""Letters of two words that were typed as one: two of `SHORTEST`."""
SURE, LIKELY, GUESS = 0.95, 0.9, 0.85
"""How far the features of a repaired word count; a word that was typed so counts 1."""
_COMMON_COUNT = 3
"""A word that stands in more phrasings than this is common: a slip of it needs no neighbour."""
_NEARER, _COMMONER, _SAME_START = 1.2, 0.15, 0.3
"""What tells two candidates apart, where a neighbour that is met in the knowledge counts 1: an edit more, e times as many
phrasings, and the same first letter."""
_KEPT = 20_000
"""Words whose neighbours are kept, some hundred bytes each."""


class Line(NamedTuple):
    """A question's words as read. `trust`: None where nothing was repaired, else one number a word.

    `missing`: how many ordinary English words were left out because the knowledge has never seen them.
    """

    words: list[str]
    trust: list[float] | None = None
    repairs: tuple[tuple[str, str], ...] = ()
    missing: int = 0

    def only(self, seen: Sequence[bool], missing: int) -> "Line":
        """Return the line with the words that were `seen` (one truth value a word)."""
        trust = None if self.trust is None else list(compress(self.trust, seen))
        return Line(list(compress(self.words, seen)), trust, self.repairs, missing)


_PRIME = (1 << 61) - 1


def _number(pair: str) -> int:
    """Return a number for a pair of stems, which stands for it in a tenth of the room, in every process the same.

    That another pair has the number of one that is known happens once in 10^13 questions.
    """
    return int.from_bytes(pair.encode("utf-8", "surrogatepass"), "big") % _PRIME


class Speller:
    """Knows the words of a set of phrasings and repairs others towards them. Fixed once made."""

    def __init__(self, phrasings: Iterable[Sequence[str]], vocabulary: Iterable[str] = ()) -> None:
        """Count the words; those seen once, close to a common one and no ordinary word count as misspelt themselves."""
        counts: dict[str, int] = {}
        pairs: set[str] = set()
        for phrasing in phrasings:
            for word in phrasing:
                counts[word] = counts.get(word, 0) + 1
            stems = [stem(word) for word in phrasing]
            pairs.update(f"{a} {b}" for a, b in pairwise(stems))
        for word in sorted(vocabulary):
            counts[word] = counts.get(word, 0) + _COMMON_COUNT
        self._start(counts, array("q", sorted(map(_number, pairs))))
        common: dict[tuple[str, int], list[str]] = {}
        for word, count in counts.items():
            if count > _COMMON_COUNT and len(word) >= SHORTEST and word.isalpha():
                common.setdefault((word[0], len(word)), []).append(word)
        self._known: set[str] = {
            word
            for word, count in counts.items()
            if count > 1 or is_ordinary(word) or len(word) < ONE_EDIT_ALONE_FROM or not _slip_of_common(word, common)
        }

    def _start(self, counts: dict[str, int], pairs: "array[int]") -> None:
        self.counts = counts
        self._pairs = pairs
        self._cache: dict[str, tuple[tuple[str, int], ...]] = {}

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        """The words to repair towards, by their length: those used twice and ordinary ones."""
        found: dict[int, list[str]] = {}
        for word, count in self.counts.items():
            if len(word) >= SHORTEST and word.isalpha() and (count > 1 or is_ordinary(word)):
                found.setdefault(len(word), []).append(word)
        return found

    def warm(self) -> None:
        """Make what the first misspelt word would wait for."""
        _ = self._by_length

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that was counted, as plain arrays; `restore` takes it back."""
        return {
            "words": joined(self.counts),
            "counts": np.array(list(self.counts.values()), dtype=np.int64),
            "known": np.array([word in self._known for word in self.counts], dtype=bool),
            "pairs": np.array(self._pairs, dtype=np.int64),
        }

    @classmethod
    def restore(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> "Speller":
        """Return the speller that `arrays` came from; raises KeyError or ValueError where they are not of one."""
        speller = cls(())
        listed = separated(arrays["words"])
        pairs = array("q", arrays["pairs"].astype(np.int64).tobytes())
        speller._start(dict(zip(listed, arrays["counts"].tolist(), strict=True)), pairs)
        speller._known = set(compress(listed, arrays["known"].tolist()))
        return speller

    def knows(self, word: str) -> bool:
        """Whether the word stands as it is."""
        return word in self._known or is_ordinary(word)

    def repair(self, line: list[str], also: Collection[str] = ()) -> Line:
        """Return the line with its misspelt, joined and split words mended where there is good reason.

        Words of `also` are known too, and stay as they are.
        """
        if self._known.issuperset(line):
            return Line(line)
        return self._repaired(line, also) if also else once(self._repaired_text, " ".join(line))

    def _repaired_text(self, text: str) -> Line:
        return self._repaired(text.split(), ())

    def _repaired(self, line: list[str], also: Collection[str]) -> Line:
        strange = [word for word in line if word.isalpha() and not self.knows(word)]
        if not strange:
            return Line(line)
        if also and all(word in also for word in strange):
            return Line(line)
        words: list[str] = []
        trust: list[float] = []
        repairs: list[tuple[str, str]] = []
        i = 0
        while i < len(line):
            word = line[i]
            following = line[i + 1] if i + 1 < len(line) else ""
            if word in also or (self.knows(word) and (not following or self.knows(following))):
                words.append(word)
                trust.append(1.0)
            elif following and self.counts.get(word + following, 0) > 1:
                repairs.append((f"{word} {following}", word + following))
                words.append(word + following)
                trust.append(SURE)
                i += 1
            elif self.knows(word) or not word.isalpha() or len(word) < SHORTEST:
                words.append(word)
                trust.append(1.0)
            else:
                mended, sure = self._mend(word, words[-1] if words else "", following)
                if mended != [word]:
                    repairs.append((word, " ".join(mended)))
                words += mended
                trust += [sure] * len(mended)
            i += 1
        return Line(words, trust, tuple(repairs)) if repairs else Line(line)

    def _mend(self, word: str, before: str, after: str) -> tuple[list[str], float]:
        best: tuple[float, str, float] | None = None
        for candidate, distance in self._near(word):
            company = self._company(before, candidate) + self._company(candidate, after)
            sure = self._trust(word, candidate, distance, company)
            if sure:
                score = (
                    company
                    - _NEARER * distance
                    + _COMMONER * log(1 + self.counts[candidate])
                    + _SAME_START * (candidate[0] == word[0])
                )
                if best is None or score > best[0]:
                    best = (score, candidate, sure)
        split = self._split(word)
        if split and (best is None or best[2] < SURE):
            return split, SURE
        return ([best[1]], best[2]) if best else ([word], 1.0)

    def _company(self, a: str, b: str) -> int:
        if not a or not b:
            return 0
        number, pairs = _number(f"{stem(a)} {stem(b)}"), self._pairs
        place = bisect_left(pairs, number)
        return int(place < len(pairs) and pairs[place] == number)

    def _trust(self, word: str, candidate: str, distance: int, company: int) -> float:
        """How far to trust a candidate; 0.0 when it is not to be taken."""
        length = len(word)
        if distance == 1:
            if company:
                return SURE if length >= ONE_EDIT_ALONE_FROM or self.counts[candidate] > _COMMON_COUNT else GUESS
            if length >= ONE_EDIT_ALONE_FROM:
                return LIKELY if candidate[0] == word[0] or self.counts[candidate] > _COMMON_COUNT else 0.0
            return GUESS if self.counts[candidate] > _COMMON_COUNT else 0.0
        if length < TWO_EDITS_FROM - 1 or (length < TWO_EDITS_FROM and candidate[0] != word[0]):
            return 0.0
        if company:
            return LIKELY
        return GUESS if length >= TWO_EDITS_ALONE_FROM and candidate[0] == word[0] else 0.0

    def _near(self, word: str) -> tuple[tuple[str, int], ...]:
        """Return the words within one edit, or two from `TWO_EDITS_FROM` letters, each with its distance."""
        found = self._cache.get(word)
        if found is None:
            edits = 2 if len(word) >= TWO_EDITS_FROM - 1 else 1
            near: list[tuple[str, int]] = []
            for length in range(len(word) - edits, len(word) + edits + 1):
                choices = self._by_length.get(length)
                if choices:
                    near += [
                        (candidate, int(distance))
                        for candidate, distance, _ in process.extract(
                            word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None
                        )
                        if candidate != word
                    ]
            found = tuple(near)
            if len(self._cache) < _KEPT:
                self._cache[word] = found
        return found

    def _split(self, word: str) -> list[str]:
        """Two words that the knowledge uses side by side, typed as one; [] where there are none."""
        if len(word) < SHORTEST_JOINED:
            return []
        for i in range(len(word) - 2, 0, -1):
            parts = [word[:i], word[i:]]
            if all(part in self.counts and (len(part) >= SHORTEST or part in SMALL) for part in parts) and (
                self._company(*parts)
            ):
                return parts
        return []


def _slip_of_common(word: str, common: Mapping[tuple[str, int], Sequence[str]]) -> bool:
    """Whether a word that was seen once is one edit from a common word of another stem that starts alike.

    `common`: the common words by their first letter and their length.
    """
    return any(
        stem(candidate) != stem(word)
        for length in range(len(word) - 1, len(word) + 2)
        for candidate, _, _ in process.extract(
            word, common.get((word[0], length), ()), scorer=OSA.distance, score_cutoff=1, limit=None
        )
    )
