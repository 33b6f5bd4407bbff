"""A question to a sparse vector: which features it has, and how much each counts.

Four blocks, each scaled to its own length and then weighted (`BLOCKS`):

- stems: the words themselves, by Snowball stem;
- ordered: pairs of neighbouring stems, with marks for start and end;
- near: unordered pairs of stems up to five words apart;
- grams: runs of three and four characters within a word, its edges marked.

A feature's weight is (ln((1 + C) / (1 + cf)) + 1) ** 0.8, where cf of the C classes use it: inverse class frequency, as
inverse document frequency (Sparck Jones 1972) with a class for a document. A feature that the knowledge has never seen
counts in its block's length (as `UNSEEN` times the largest squared weight), so that strange questions shrink by
themselves.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.core.text import stem

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

BLOCKS = (1 / 3, 1 / 6, 1 / 6, 1 / 3)
REACH = 5
UNSEEN = 4.0
_SHIFT = 20
_START, _END = 0, 1


def grams(word: str) -> list[str]:
    """The runs of three and four characters of a word with its edges marked: `leg` -> <le, leg, eg>, <leg, leg>."""
    edged = f"<{word}>"
    return [edged[i : i + n] for n in (3, 4) for i in range(len(edged) - n + 1)]


@dataclass(frozen=True, slots=True)
class Vector:
    """A question's features: `ids` and `values`, both of shape (known features,), length at most one."""

    ids: Ints
    values: Floats


class FeatureSpace:
    """The features of a set of phrasings, numbered. Fixed once made."""

    def __init__(self, phrasings: Sequence[Sequence[str]], classes: Sequence[int]) -> None:
        """Number the features of `phrasings` (each a list of words) and weigh them by the classes that use them."""
        self.stems: dict[str, int] = {}
        self.ordered: dict[int, int] = {}
        self.near: dict[int, int] = {}
        self.grams: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._word_grams: dict[str, tuple[dict[int, float], int]] = {}
        used: list[set[int]] = []
        for phrasing, which in zip(phrasings, classes, strict=True):
            for number in self._number(phrasing):
                if number == len(used):
                    used.append(set())
                used[number].add(which)
        classes_total = len(set(classes))
        frequency = np.array([len(c) for c in used], dtype=np.float64)
        self.weights: Floats = ((np.log((1 + classes_total) / (1 + frequency)) + 1) ** 0.8).astype(np.float32)
        self._unseen = float(UNSEEN * np.max(self.weights, initial=1.0) ** 2)

    def __len__(self) -> int:
        return len(self.weights)

    def _number(self, phrasing: Sequence[str]) -> Iterable[int]:
        """Every feature of a phrasing, numbered on first sight."""
        following = len(self.stems) + len(self.ordered) + len(self.near) + len(self.grams)
        found: set[int] = set()
        line = [_START]
        for word in phrasing:
            key = stem(word)
            number = self._numbers.setdefault(key, len(self._numbers) + 2)
            line.append(number)
            if key not in self.stems:
                self.stems[key] = following
                following += 1
            found.add(self.stems[key])
            for gram in grams(word):
                if gram not in self.grams:
                    self.grams[gram] = following
                    following += 1
                found.add(self.grams[gram])
        line.append(_END)
        for pair in zip(line, line[1:], strict=False):
            packed = pair[0] << _SHIFT | pair[1]
            if packed not in self.ordered:
                self.ordered[packed] = following
                following += 1
            found.add(self.ordered[packed])
        for i in range(1, len(line) - 1):
            for j in range(i + 1, min(i + 1 + REACH, len(line) - 1)):
                a, b = line[i], line[j]
                packed = a << _SHIFT | b if a < b else b << _SHIFT | a
                if packed not in self.near:
                    self.near[packed] = following
                    following += 1
                found.add(self.near[packed])
        return sorted(found)

    def vector(self, words: Sequence[str], trust: Sequence[float] | None = None) -> Vector:
        """The vector of a question's words; `trust` (0 to 1 each) lowers the features of words that were repaired."""
        unseen = [0, 0, 0, 0]
        stems: dict[int, float] = {}
        ordered: dict[int, float] = {}
        near: dict[int, float] = {}
        gram_values: dict[int, float] = {}
        line = [_START]
        trusts = [1.0]
        for i, word in enumerate(words):
            sure = 1.0 if trust is None else trust[i]
            key = stem(word)
            line.append(self._numbers.get(key, -1))
            trusts.append(sure)
            feature = self.stems.get(key)
            if feature is None:
                unseen[0] += 1
            else:
                stems[feature] = sure
            known, strange = self._grams_of(word)
            unseen[3] += strange
            if sure < 1:
                known = dict.fromkeys(known, sure)
            gram_values.update(known)
        line.append(_END)
        trusts.append(1.0)
        last = len(line) - 1
        for i in range(last):
            a = line[i]
            if a < 0:
                unseen[1] += 1
                unseen[2] += min(REACH, last - 1 - i)
                continue
            sure = trusts[i]
            b = line[i + 1]
            feature = self.ordered.get(a << _SHIFT | b) if b >= 0 else None
            if feature is None:
                unseen[1] += 1
            else:
                ordered[feature] = sure * trusts[i + 1]
            if i == 0:
                continue
            for j in range(i + 1, min(i + 1 + REACH, last)):
                b = line[j]
                feature = None if b < 0 else self.near.get(a << _SHIFT | b if a < b else b << _SHIFT | a)
                if feature is None:
                    unseen[2] += 1
                else:
                    near[feature] = sure * trusts[j]
        ids: list[int] = []
        factors: list[float] = []
        sizes = []
        for block in (stems, ordered, near, gram_values):
            ids += block
            factors += block.values()
            sizes.append(len(block))
        numbers = np.array(ids, dtype=np.int32)
        values = self.weights[numbers] * np.array(factors, dtype=np.float32)
        start = 0
        for size, weight, strange in zip(sizes, BLOCKS, unseen, strict=True):
            if size:
                part = values[start : start + size]
                part *= (weight / (float(part @ part) + strange * self._unseen)) ** 0.5
                start += size
        return Vector(numbers, values)

    def _grams_of(self, word: str) -> tuple[dict[int, float], int]:
        known = self._word_grams.get(word)
        if known is None:
            features = [self.grams.get(gram) for gram in grams(word)]
            known = ({f: 1.0 for f in features if f is not None}, features.count(None))
            if len(self._word_grams) < 50_000:
                self._word_grams[word] = known
        return known
