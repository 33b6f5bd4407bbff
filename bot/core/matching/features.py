"""A question to a sparse vector: which features it has, and how much each counts.

Five blocks, each scaled to its own length and then weighted (`BLOCKS`):

- concepts: the words as concepts (`concepts.py`);
- ordered: pairs of neighbouring concepts, with marks for start and end;
- near: unordered pairs of concepts up to `REACH` places apart;
- grams: runs of three and four characters within a word as typed, its edges marked;
- patterns: neighbouring pairs and triples in which rare and unknown words are one and the same sign, so that
  "call you Jason" has seen "call you <name>".

A feature's weight is (ln((1 + C) / (1 + cf)) + 1) ** 0.8, where cf of the C classes use it: inverse class frequency, as
inverse document frequency (Sparck Jones 1972) with a class for a document. A feature that the knowledge has never seen
counts in its block's length (as `UNSEEN` times the largest squared weight), so that strange questions shrink by
themselves. A *word* that it has never seen is another matter: names, towns and slang tell nothing of the subject, so
the matcher leaves them out of the line before it comes here (`engine.py`).
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.core.matching.arrays import joined, separated
from bot.core.matching.concepts import Concepts
from bot.core.matching.vectors import BLOCKS, Floats, Ints, Table, Vector, scaled
from bot.core.sparse import entries_of, rarity, starts_of
from bot.core.text import stem

CONCEPTS, ORDERED, NEAR, GRAMS, PATTERNS = range(5)
REACH = 5
UNSEEN = 4.0
POWER = 0.8
_START, _END, _RARE, _FIRST = 0, 1, 2, 3
_SHIFT, _TAG = 20, 60
_PACKED = (CONCEPTS, ORDERED, NEAR, PATTERNS)
"""Blocks whose features are numbers: concepts, or two or three of them side by side, below a million each."""
_KNOWN_WORDS_KEPT = 50_000
MISSING = (0.5, 0.5, 0.5, 2.0, 0.5)
"""How many strange features an ordinary English word counts as that stands in the question and nowhere in the knowledge,
by block: half of what it would count as itself. It may name another subject, or be said in passing."""


def grams(word: str) -> list[str]:
    """Return the runs of three and four characters of a word with its edges marked: `leg` -> <le, leg, eg>, <leg, leg>."""
    edged = f"<{word}>"
    return [edged[i : i + n] for n in (3, _LONGEST_RUN) for i in range(len(edged) - n + 1)]


def _listed(runs: Sequence[str]) -> "npt.NDArray[np.str_]":
    """Return runs of characters as an array, which takes a quarter of the room of a list."""
    return np.array(runs, dtype=f"U{_LONGEST_RUN}")


_LONGEST_RUN = 4


def _ordered(line: Sequence[int]) -> list[int]:
    return [a << _SHIFT | b for a, b in pairwise((_START, *line, _END))]


def _near(line: Sequence[int]) -> list[int]:
    return [
        a << _SHIFT | b if a < b else b << _SHIFT | a for i, a in enumerate(line) for b in line[i + 1 : i + 1 + REACH]
    ]


def _patterns(line: Sequence[int]) -> list[int]:
    """Return the pairs and triples around a rare word, packed; none where a line has no rare word."""
    if _RARE not in line:
        return []
    line = (_START, *line, _END)
    found = [a << _SHIFT | b for a, b in pairwise(line) if (a == _RARE) != (b == _RARE)]
    for a, b, c in zip(line, line[1:], line[2:], strict=False):
        if _RARE in {a, b, c}:
            found.append((a << _SHIFT | b) << _SHIFT | c)
    return found


class _Entry(NamedTuple):
    """What is known of a word: its stem, its concept's number (0 for none), and its known character runs.

    `opens`: a phrase of the vocabulary opens with it; `missing`: how many of its runs are unknown.
    """

    stem: str
    number: int
    opens: bool
    runs: frozenset[int]
    missing: int


class FeatureSpace:
    """The features of a set of phrasings, numbered and weighed. Fixed once fitted.

    Packed features come first, in ascending order, then the runs of characters, in alphabetical order: a feature's number
    is its place.
    """

    def __init__(self, concepts: Concepts) -> None:
        """Start with an empty space; `fit` or `restore` fills it."""
        self.concepts = concepts
        self.weights: Floats = np.zeros(0, np.float32)
        self.unseen = UNSEEN
        self._numbers: dict[str, int] = {}
        self._rare: set[int] = set()
        self._packed: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self._grams = _listed([])
        self._entries: dict[str, _Entry] = {}
        self._weights_of: dict[int, float] = {}
        self._heaviest: tuple[Floats | None, float] = (None, 1.0)

    def __len__(self) -> int:
        return len(self._packed) + len(self._grams)

    def fit(self, phrasings: Sequence[Sequence[str]], classes: Ints) -> Table:
        """Fit the features of `phrasings` (lists of words) and return their table.

        `classes`: shape (phrasings,), the class of each, from 0.
        """
        lines = [self.concepts.of(phrasing) for phrasing in phrasings]
        for line in lines:
            for concept in line:
                self._numbers.setdefault(concept, len(self._numbers) + _FIRST)
        flat = np.fromiter((self._numbers[concept] for line in lines for concept in line), dtype=np.int64)
        rows = np.repeat(np.arange(len(lines)), [len(line) for line in lines])
        end = len(self._numbers) + _FIRST
        uses = np.bincount(distinct(rows * end + flat)[0] % end, minlength=end)
        self._rare = set(np.flatnonzero(uses == 1).tolist())
        packed = _packed_features(flat, rows, len(lines), uses == 1)
        self._packed, _ = distinct(np.concatenate([keys for _, keys in packed]))
        self._grams = _listed(sorted({gram for word in set(chain.from_iterable(phrasings)) for gram in grams(word)}))
        total = len(self)
        entries = [row * total + np.searchsorted(self._packed, keys) for row, keys in packed]
        entries.append(self._gram_entries(phrasings, total))
        return self._weigh(distinct(np.concatenate(entries))[0], classes)

    def blocks_of(self, ids: Ints) -> npt.NDArray[np.int8]:
        """Return the block of each of some features."""
        blocks = np.full(len(ids), GRAMS, dtype=np.int8)
        packed = ids < len(self._packed)
        blocks[packed] = self._packed[ids[packed]] >> _TAG
        return blocks

    def restrict(self, ids: Ints) -> None:
        """Forget all features but `ids`, and number those anew."""
        kept = np.zeros(len(self), dtype=bool)
        kept[ids] = True
        self.weights = self.weights[kept]
        self._grams = self._grams[kept[len(self._packed) :]]
        self._packed = self._packed[kept[: len(self._packed)]]
        self._entries.clear()
        self._weights_of.clear()

    def forget_words(self) -> None:
        """Let go of what was kept of words, which comes again as they are asked."""
        self._entries.clear()

    def _gram_entries(self, phrasings: Sequence[Sequence[str]], total: int) -> npt.NDArray[np.int64]:
        """Return row * total + number for each run of characters of each phrasing."""
        number = {gram: len(self._packed) + i for i, gram in enumerate(self._grams.tolist())}
        of_word: dict[str, int] = {}
        for word in chain.from_iterable(phrasings):
            of_word.setdefault(word, len(of_word))
        runs = [[number[gram] for gram in grams(word)] for word in of_word]
        sizes = np.array([len(run) for run in runs], dtype=np.int64)
        every = np.fromiter(chain.from_iterable(runs), dtype=np.int64)
        words = np.fromiter((of_word[word] for word in chain.from_iterable(phrasings)), dtype=np.int64)
        rows = np.repeat(np.arange(len(phrasings)), [len(phrasing) for phrasing in phrasings])
        each = sizes[words]
        return rows.repeat(each) * total + every[entries_of(starts_of(sizes)[words], each)]

    def _weigh(self, entries: npt.NDArray[np.int64], classes: Ints) -> Table:
        """Return the table of `entries`, row * features + number in ascending order, and weigh the features."""
        lines, total = len(classes), len(self)
        rows, ids = (entries // total).astype(np.int32), (entries % total).astype(np.int32)
        blocks = np.full(total, GRAMS, dtype=np.int8)
        blocks[: len(self._packed)] = self._packed >> _TAG
        highest = int(classes.max(initial=0)) + 1
        used, _ = distinct(ids.astype(np.int64) * highest + classes[rows])
        frequency = np.bincount(used // highest, minlength=total)
        classes_used = len(np.unique(classes))
        self.weights = (rarity(frequency, classes_used) ** POWER).astype(np.float32)
        self.unseen = float(UNSEEN * np.max(self.weights, initial=1.0) ** 2)
        starts = np.searchsorted(rows, np.arange(lines + 1)).astype(np.int64)
        return Table(ids, scaled(self.weights[ids], blocks[ids], rows, lines), blocks[ids], starts)

    def _masked(self, line: list[int]) -> list[int]:
        """Return a line of numbers with those of rare and unknown concepts as one sign."""
        end = len(self._numbers) + _FIRST
        rare = self._rare
        if rare.isdisjoint(line) and max(line, default=0) < end:
            return line
        return [_RARE if number in rare or number >= end else number for number in line]

    def _read(self, line: Sequence[str], entries: Sequence[_Entry]) -> tuple[list[int], list[int]]:
        """Return the numbers of a line's concepts, unknown ones counted on from the last, and where each starts."""
        numbers = [entry.number for entry in entries]
        places = list(range(len(line)))
        if True in [entry.opens for entry in entries]:
            numbers, places = self._with_phrases(entries)
        if 0 in numbers:
            end = len(self._numbers) + _FIRST
            beyond: dict[str, int] = {}
            for i, number in enumerate(numbers):
                if not number:
                    numbers[i] = beyond.setdefault(entries[places[i]].stem, end + len(beyond))
        return numbers, places

    def _with_phrases(self, entries: Sequence[_Entry]) -> tuple[list[int], list[int]]:
        numbers: list[int] = []
        places: list[int] = []
        stems = [entry.stem for entry in entries]
        position, end = 0, len(entries)
        while position < end:
            entry = entries[position]
            places.append(position)
            if entry.opens:
                length, name = self.concepts.phrase(stems, position)
                if length:
                    numbers.append(self._numbers.get(name, 0))
                    position += length
                    continue
            numbers.append(entry.number)
            position += 1
        return numbers, places

    def _entry(self, word: str) -> _Entry:
        """Return what is known of a word."""
        entry = self._entries.get(word)
        if entry is None:
            stemmed = stem(word)
            runs = list(dict.fromkeys(grams(word)))
            known = self._runs(runs)
            entry = _Entry(
                stemmed,
                self._numbers.get(self.concepts.single(stemmed), 0),
                stemmed in self.concepts.phrases,
                frozenset(known),
                len(runs) - len(known),
            )
            if len(self._entries) < _KNOWN_WORDS_KEPT:
                self._entries[word] = entry
        return entry

    def _runs(self, runs: list[str]) -> list[int]:
        """Return the numbers of those of some runs of characters that are known, in their order."""
        if not len(self._grams):
            return []
        wanted = _listed(runs)
        places = np.minimum(self._grams.searchsorted(wanted), len(self._grams) - 1)
        found: list[int] = (places[self._grams[places] == wanted] + len(self._packed)).tolist()
        return found

    def _found(self, keys: Sequence[int]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """Return the numbers of packed features, and which of them there are; the other numbers mean nothing."""
        return self._looked_up(np.array(keys, dtype=np.int64))

    def _looked_up(self, wanted: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        if not len(self._packed):
            return np.zeros(len(wanted), np.int64), np.zeros(len(wanted), bool)
        places = self._packed.searchsorted(wanted)
        return places, self._packed.take(places, mode="clip") == wanted

    def knows(self, word: str) -> bool:
        """Whether a word's concept is known, or it opens a phrase."""
        entry = self._entries.get(word) or self._entry(word)
        return bool(entry.number) or entry.opens

    @property
    def heaviest(self) -> float:
        """The largest weight of a feature: that of what one claim alone uses."""
        weights, heaviest = self._heaviest
        if weights is not self.weights:
            heaviest = float(np.max(self.weights, initial=1.0))
            self._heaviest = self.weights, heaviest
        return heaviest

    def weight(self, concept: str) -> float:
        """Return the weight of a concept: the fewer claims use it the more; the largest where none does."""
        number = self._numbers.get(concept)
        if number is None:
            return self.heaviest
        weight = self._weights_of.get(number)
        if weight is None:
            places, known = self._found([CONCEPTS << _TAG | number])
            weight = self._weights_of[number] = float(self.weights[places[0]]) if known[0] else self.heaviest
        return weight

    def vector(self, line: Sequence[str], trust: Sequence[float] | None = None, missing: int = 0) -> Vector:
        """Return the vector of a question's words.

        `trust` (0 to 1 each) lowers the features of words that were repaired. `missing`: how many ordinary words were
        left out of the line since nobody has seen them here.
        """
        kept = self._entries
        entries = [kept.get(word) or self._entry(word) for word in line]
        numbers, places = self._read(line, entries)
        keyed = (numbers, _ordered(numbers), _near(numbers), _patterns(self._masked(numbers)))
        unique = [set(keys) for keys in keyed]
        bounds = list(accumulate(map(len, unique), initial=0))
        wanted = np.fromiter(chain.from_iterable(unique), np.int64, bounds[-1])
        for tag, start, end in zip(_PACKED, bounds, bounds[1:], strict=False):
            wanted[start:end] |= tag << _TAG
        packed, known = self._looked_up(wanted)
        found_runs: set[int] = set().union(*[entry.runs for entry in entries])
        runs = np.fromiter(found_runs, dtype=np.int32, count=len(found_runs))
        numbered = np.concatenate((packed[known], runs), dtype=np.int32, casting="same_kind")
        values = self.weights.take(numbered)
        if trust is not None:
            factors = self._factors(line, trust, places, keyed)
            values *= np.array([factors.get(number, 1.0) for number in numbered.tolist()], dtype=np.float32)
        sizes = [*(int(np.count_nonzero(known[a:b])) for a, b in pairwise(bounds)), len(found_runs)]
        asked = [*map(len, unique), len(found_runs) + sum([entry.missing for entry in entries])]
        start = 0
        for block, size, total in zip((*_PACKED, GRAMS), sizes, asked, strict=True):
            if size:
                part = values[start : start + size]
                strange = total - size + missing * MISSING[block]
                part *= (BLOCKS[block] / (float(part.dot(part)) + strange * self.unseen)) ** 0.5
                start += size
        return Vector(numbered, values)

    def _factors(
        self, line: Sequence[str], trust: Sequence[float], places: Sequence[int], keyed: Sequence[Sequence[int]]
    ) -> dict[int, float]:
        """Return how far to trust each feature that a repaired word has a part in; a pair by the product of its two."""
        sure = [min(trust[a:b]) for a, b in pairwise([*places, len(line)])]
        padded = (1.0, *sure, 1.0)
        trusts = (
            sure,
            [a * b for a, b in pairwise(padded)],
            [a * b for i, a in enumerate(sure) for b in sure[i + 1 : i + 1 + REACH]],
        )
        doubted = {
            tag << _TAG | key: factor
            for tag, keys, each in zip(_PACKED, keyed, trusts, strict=False)
            for key, factor in zip(keys, each, strict=True)
            if factor < 1
        }
        numbers, known = self._found(list(doubted))
        factors = {
            number: factor
            for number, there, factor in zip(numbers.tolist(), known.tolist(), doubted.values(), strict=True)
            if there
        }
        for word, factor in zip(line, trust, strict=True):
            if factor < 1:
                factors.update(dict.fromkeys(self._entry(word).runs, factor))
        return factors

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """All that was fitted, as plain arrays; `restore` takes it back."""
        return {
            "weights": self.weights,
            "unseen": np.array(self.unseen),
            "names": joined(self._numbers),
            "numbers": np.array(list(self._numbers.values()), dtype=np.int64),
            "rare": np.array(sorted(self._rare), dtype=np.int64),
            "grams": self._grams.view(np.uint32).reshape(-1, _LONGEST_RUN),
            "packed": self._packed,
        }

    @classmethod
    def restore(cls, concepts: Concepts, arrays: Mapping[str, npt.NDArray[Any]]) -> "FeatureSpace":
        """Return the space that `arrays` came from; raises KeyError or ValueError where they are not of one."""
        space = cls(concepts)
        space.weights = arrays["weights"]
        space.unseen = float(arrays["unseen"])
        space._numbers = dict(zip(separated(arrays["names"]), arrays["numbers"].tolist(), strict=True))
        space._rare = set(arrays["rare"].tolist())
        space._grams = arrays["grams"].astype(np.uint32).view(f"U{_LONGEST_RUN}").reshape(-1)
        space._packed = arrays["packed"]
        if len(space.weights) != len(space):
            raise ValueError("Weights and features do not match.")
        return space


def distinct(values: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the distinct values in ascending order, and how often each is there.

    Sorts `values` where they are, to need no second room for them.
    """
    values.sort()
    first = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=first[1:])
    starts = np.flatnonzero(first)
    return values[starts], np.diff(starts, append=len(values))


def _packed_features(
    flat: npt.NDArray[np.int64], rows: npt.NDArray[np.int64], lines: int, rare: npt.NDArray[np.bool_]
) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Return rows and keys of the packed features of many lines at once; the same as `vector` makes for one.

    `flat`, `rows`: shape (concepts of all lines,), in order; `rare`: by a concept's number.
    """
    found = [(rows, flat | CONCEPTS << _TAG)]
    lengths = np.bincount(rows, minlength=lines) + 2
    row = np.repeat(np.arange(lines), lengths)
    starts = np.cumsum(lengths) - lengths
    line = np.full(len(row), _START, dtype=np.int64)
    line[starts + lengths - 1] = _END
    inner = np.ones(len(row), dtype=bool)
    inner[starts] = inner[starts + lengths - 1] = False
    line[inner] = flat
    one = row[1:] == row[:-1]
    found.append((row[1:][one], (line[:-1] << _SHIFT | line[1:])[one] | ORDERED << _TAG))
    for reach in range(1, REACH + 1):
        one = rows[reach:] == rows[:-reach]
        low, high = np.minimum(flat[reach:], flat[:-reach]), np.maximum(flat[reach:], flat[:-reach])
        found.append((rows[reach:][one], (low << _SHIFT | high)[one] | NEAR << _TAG))
    line = np.where(rare[line], _RARE, line)
    sign = line == _RARE
    pair = (row[1:] == row[:-1]) & (sign[1:] != sign[:-1])
    found.append((row[1:][pair], (line[:-1] << _SHIFT | line[1:])[pair] | PATTERNS << _TAG))
    triple = (row[2:] == row[:-2]) & (sign[2:] | sign[1:-1] | sign[:-2])
    keys = (line[:-2] << _SHIFT | line[1:-1]) << _SHIFT | line[2:]
    found.append((row[2:][triple], keys[triple] | PATTERNS << _TAG))
    return found
