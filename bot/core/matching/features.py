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
themselves.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.core.matching.arrays import joined, separated
from bot.core.matching.concepts import Concepts
from bot.core.text import stem

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

BLOCKS = (1 / 3, 1 / 6, 1 / 6, 1 / 4, 1 / 8)
_FULL = sum(BLOCKS)
CONCEPTS, ORDERED, NEAR, GRAMS, PATTERNS = range(5)
REACH = 5
UNSEEN = 4.0
POWER = 0.8
_START, _END, _RARE, _FIRST = 0, 1, 2, 3
_SHIFT = 21
_KNOWN_WORDS_KEPT = 50_000


def grams(word: str) -> list[str]:
    """Return the runs of three and four characters of a word with its edges marked: `leg` -> <le, leg, eg>, <leg, leg>."""
    edged = f"<{word}>"
    return [edged[i : i + n] for n in (3, 4) for i in range(len(edged) - n + 1)]


@dataclass(frozen=True, slots=True)
class Vector:
    """A question's features: `ids` and `values`, both of shape (known features,); squared length at most `sum(BLOCKS)`."""

    ids: Ints
    values: Floats

    @property
    def known(self) -> float:
        """How much of the question was seen before: from 0 to 1, its squared length as a share of the longest."""
        return float(self.values.dot(self.values)) / _FULL


@dataclass(frozen=True, slots=True)
class Table:
    """The vectors of many phrasings, one below the other (compressed sparse rows).

    Phrasing i owns `ids[starts[i]:starts[i + 1]]` and the same part of `values`; `blocks` holds the block of each entry.
    Shapes: (entries,) for ids, values and blocks, (phrasings + 1,) for starts.
    """

    ids: Ints
    values: Floats
    blocks: npt.NDArray[np.int8]
    starts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, i: int) -> Vector:
        """One phrasing's vector."""
        part = slice(self.starts[i], self.starts[i + 1])
        return Vector(self.ids[part], self.values[part])


def stacked(vectors: Sequence[Vector]) -> Table:
    """Vectors one below the other; their blocks are not known any more and all zero."""
    starts = np.concatenate([[0], np.cumsum([len(vector.ids) for vector in vectors])]).astype(np.int64)
    ids = np.concatenate([vector.ids for vector in vectors]).astype(np.int32)
    values = np.concatenate([vector.values for vector in vectors])
    return Table(ids, values, np.zeros(len(ids), dtype=np.int8), starts)


def scaled(weights: Floats, blocks: npt.NDArray[np.int8], rows: Any, total: int, strange: Any = 0.0) -> Floats:
    """Scale the entries of each row's blocks to their weighted length.

    `weights`, `blocks`, `rows`: shape (entries,); `total` rows; `strange`: shape (total * blocks,), the squared length
    that features outside the space add. Returns shape (entries,).
    """
    slot = rows.astype(np.int64) * len(BLOCKS) + blocks
    squared = np.bincount(slot, weights=weights.astype(np.float64) ** 2, minlength=total * len(BLOCKS)) + strange
    factor = np.sqrt(np.tile(np.array(BLOCKS), total) / np.maximum(squared, 1e-12))
    result: Floats = (weights * factor[slot]).astype(np.float32)
    return result


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
    """The features of a set of phrasings, numbered and weighed. Fixed once fitted."""

    def __init__(self, concepts: Concepts) -> None:
        """Start with an empty space; `fit` or `restore` fills it."""
        self.concepts = concepts
        self.weights: Floats = np.zeros(0, np.float32)
        self.unseen = UNSEEN
        self._numbers: dict[str, int] = {}
        self._rare: set[int] = set()
        self._packed: tuple[dict[int, int], ...] = ({}, {}, {}, {})  # concepts, ordered, near, patterns
        self._grams: dict[str, int] = {}
        self._entries: dict[str, _Entry] = {}

    def __len__(self) -> int:
        return len(self.weights)

    def fit(self, phrasings: Sequence[Sequence[str]], classes: Ints) -> Table:
        """Fit the features of `phrasings` (lists of words) and return their table.

        `classes`: shape (phrasings,), the class of each, from 0.
        """
        lines = [self.concepts.of(phrasing) for phrasing in phrasings]
        for line in lines:
            for concept in line:
                self._numbers.setdefault(concept, len(self._numbers) + _FIRST)
        frequency = Counter(self._numbers[concept] for line in lines for concept in set(line))
        self._rare = {number for number, uses in frequency.items() if uses == 1}
        following = count()
        of_word: dict[str, list[int]] = {}
        ids: list[int] = []
        sizes: list[int] = []
        for phrasing, concepts in zip(phrasings, lines, strict=True):
            line_numbers = [self._numbers[concept] for concept in concepts]
            before = len(ids)
            for block, keys in enumerate((line_numbers, _ordered(line_numbers), _near(line_numbers))):
                ids += self._numbered(self._packed[block], keys, following)
                sizes.append(len(ids) - before)
                before = len(ids)
            features: dict[int, None] = {}
            for word in phrasing:
                if word not in of_word:
                    of_word[word] = self._numbered(self._grams, grams(word), following)
                features.update(dict.fromkeys(of_word[word]))
            ids += features
            sizes.append(len(features))
            before = len(ids)
            ids += self._numbered(self._packed[3], _patterns(self._masked(line_numbers)), following)
            sizes.append(len(ids) - before)
        return self._weigh(np.array(ids, dtype=np.int32), np.array(sizes, dtype=np.int64), classes)

    def restrict(self, ids: Ints) -> None:
        """Forget all features but `ids`, and number those anew."""
        kept = np.unique(ids)
        anew = dict(zip(kept.tolist(), range(len(kept)), strict=True))
        self._packed = tuple(
            {key: anew[number] for key, number in block.items() if number in anew} for block in self._packed
        )
        self._grams = {key: anew[number] for key, number in self._grams.items() if number in anew}
        self.weights = self.weights[kept]
        self._entries.clear()

    @staticmethod
    def _numbered(known: dict[Any, int], keys: Sequence[Any], following: Iterator[int]) -> list[int]:
        found = []
        for key in dict.fromkeys(keys):
            number = known.get(key)
            if number is None:
                number = known[key] = next(following)
            found.append(number)
        return found

    def _weigh(self, ids: Ints, sizes: npt.NDArray[np.int64], classes: Ints) -> Table:
        lines = len(classes)
        rows = np.repeat(np.arange(lines, dtype=np.int32), sizes.reshape(lines, len(BLOCKS)).sum(1))
        blocks = np.repeat(np.tile(np.arange(len(BLOCKS), dtype=np.int8), lines), sizes)
        total = int(classes.max(initial=0)) + 1
        used = np.unique(ids.astype(np.int64) * total + classes[rows])
        frequency = np.bincount(used // total, minlength=int(ids.max(initial=-1)) + 1)
        classes_used = len(np.unique(classes))
        self.weights = ((np.log((1 + classes_used) / (1 + frequency)) + 1) ** POWER).astype(np.float32)
        self.unseen = float(UNSEEN * np.max(self.weights, initial=1.0) ** 2)
        starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=lines))]).astype(np.int64)
        return Table(ids, scaled(self.weights[ids], blocks, rows, lines), blocks, starts)

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
            features = [self._grams.get(gram) for gram in dict.fromkeys(grams(word))]
            entry = _Entry(
                stemmed,
                self._numbers.get(self.concepts.single(stemmed), 0),
                stemmed in self.concepts.phrases,
                frozenset(number for number in features if number is not None),
                features.count(None),
            )
            if len(self._entries) < _KNOWN_WORDS_KEPT:
                self._entries[word] = entry
        return entry

    def vector(self, line: Sequence[str], trust: Sequence[float] | None = None) -> Vector:
        """Return the vector of a question's words.

        `trust` (0 to 1 each) lowers the features of words that were repaired.
        """
        kept = self._entries
        entries = [kept.get(word) or self._entry(word) for word in line]
        numbers, places = self._read(line, entries)
        keyed = (numbers, _ordered(numbers), _near(numbers), _patterns(self._masked(numbers)))
        ids: list[int] = []
        sizes: list[int] = []
        strange: list[int] = []
        for packed, keys in zip(self._packed, keyed, strict=True):
            unique = set(keys)
            found = [packed[key] for key in unique if key in packed]
            ids += found
            sizes.append(len(found))
            strange.append(len(unique) - len(found))
        found_runs: set[int] = set().union(*[entry.runs for entry in entries])
        before = sum(sizes[:GRAMS])
        ids[before:before] = found_runs
        sizes.insert(GRAMS, len(found_runs))
        strange.insert(GRAMS, sum([entry.missing for entry in entries]))
        numbered = np.array(ids, dtype=np.int32)
        values = self.weights[numbered]
        if trust is not None:
            factors = self._factors(line, trust, places, keyed)
            values *= np.array([factors.get(number, 1.0) for number in ids], dtype=np.float32)
        start = 0
        for size, weight, missing in zip(sizes, BLOCKS, strange, strict=True):
            if size:
                part = values[start : start + size]
                part *= (weight / (float(part.dot(part)) + missing * self.unseen)) ** 0.5
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
        factors: dict[int, float] = {}
        for packed, keys, each in zip(self._packed, keyed, trusts, strict=False):
            for key, factor in zip(keys, each, strict=True):
                if factor < 1 and key in packed:
                    factors[packed[key]] = factor
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
            "grams": joined(self._grams),
            "gram_ids": np.array(list(self._grams.values()), dtype=np.int64),
            **{f"keys_{i}": np.array(list(block), dtype=np.int64) for i, block in enumerate(self._packed)},
            **{f"ids_{i}": np.array(list(block.values()), dtype=np.int64) for i, block in enumerate(self._packed)},
        }

    @classmethod
    def restore(cls, concepts: Concepts, arrays: Mapping[str, npt.NDArray[Any]]) -> "FeatureSpace":
        """Return the space that `arrays` came from; raises KeyError or ValueError where they are not of one."""
        space = cls(concepts)
        space.weights = arrays["weights"]
        space.unseen = float(arrays["unseen"])
        space._numbers = dict(zip(separated(arrays["names"]), arrays["numbers"].tolist(), strict=True))
        space._rare = set(arrays["rare"].tolist())
        space._grams = dict(zip(separated(arrays["grams"]), arrays["gram_ids"].tolist(), strict=True))
        space._packed = tuple(
            dict(zip(arrays[f"keys_{i}"].tolist(), arrays[f"ids_{i}"].tolist(), strict=True)) for i in range(4)
        )
        return space
