"""Putting wordings of one question together, so that fifty ways of asking are one line with a count.

Two wordings are alike when they share most of what is rare in them. Words that the whole subject shares (leg, press)
say little, so each word weighs by how seldom the knowledge uses it; words that differ by a typing slip count as one.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.core.text import clean, stem, words

ALIKE, ALIKE_RARE, ALIKE_NEAR = 0.6, 0.34, 0.25
"""How much of the lighter wording must be shared: in general, where a word is that the knowledge hardly knows (what
nothing answers is mostly about such a word), and where the matcher was near one claim for both."""
SAME_LETTERS = 88
"""RapidFuzz's token_sort_ratio from which two texts are one whatever their words weigh."""
_SLIP_LENGTH = 5
"""Letters of a stem that may be another's slip."""
_RARE = 0.85
"""A stem so heavy is rare: wordings that have one need to share less (`ALIKE_RARE`)."""
_LEAST = 0.1
"""The weight of a stem that says nothing by itself."""
_LEADING = 5
"""Wordings of a group, the most asked ones, that another is compared with."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A question with the claim that the matcher was near (None: near none), and how often it was asked."""

    text: str
    nearest: str | None = None
    times: int = 1


class Weights:
    """How much each stem says: little where the knowledge uses it everywhere, most where it does not know it."""

    def __init__(self, questions: Iterable[str], empty: Iterable[str] = ()) -> None:
        """Count in how many of `questions` each stem stands; the `empty` words say little wherever they stand."""
        self._empty = frozenset(map(stem, empty))
        counts: Counter[str] = Counter()
        total = 0
        for question in questions:
            total += 1
            counts.update(set(map(stem, words(clean(question)))))
        self._counts = counts
        self._total = max(total, 1)

    def of(self, each: str) -> float:
        """Return the weight of a stem, between `_LEAST` and 1."""
        if each in self._empty:
            return _LEAST
        share = (1 + self._counts[each]) / (1 + self._total)
        return max(_LEAST, min(1.0, -math.log(share) / math.log(1 + self._total)))


class Grouping:
    """Tells which wordings are alike, by the weights of one knowledge."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    def stems(self, text: str) -> frozenset[str]:
        """Return what a wording is compared by."""
        return frozenset(map(stem, words(clean(text))))

    def alike(self, one: Wording, other: Wording) -> bool:
        """Say whether two wordings ask one thing."""
        return self._similar(one, other, self.stems(one.text), self.stems(other.text)) > 0

    def nearest(self, new: Wording, known: Sequence[Wording]) -> int | None:
        """Return the index of the known wording that is most alike, None where none is."""
        mine = self.stems(new.text)
        best, found = 0.0, None
        for i, other in enumerate(known):
            similar = self._similar(new, other, mine, self.stems(other.text))
            if similar > best:
                best, found = similar, i
        return found

    def groups(self, wordings: Sequence[Wording]) -> list[list[int]]:
        """Return indices in groups of alike wordings; the most asked wording leads its group, the biggest group comes first.

        A wording joins the group whose leading wordings it is most like, so that likeness does not wander from wording
        to wording until everything is one group.
        """
        order = sorted(range(len(wordings)), key=lambda i: (-wordings[i].times, i))
        stems = [self.stems(each.text) for each in wordings]
        groups: list[list[int]] = []
        for i in order:
            best, joined = 0.0, None
            for group in groups:
                leading = group[:_LEADING]
                similar = max(self._similar(wordings[i], wordings[j], stems[i], stems[j]) for j in leading)
                if similar > best:
                    best, joined = similar, group
            if joined is None:
                groups.append([i])
            else:
                joined.append(i)
        return sorted(groups, key=lambda group: (-sum(wordings[i].times for i in group), group[0]))

    def _similar(self, one: Wording, other: Wording, mine: frozenset[str], theirs: frozenset[str]) -> float:
        """Return how alike two wordings are, 0 for not at all."""
        if not mine or not theirs:
            return 0.0
        letters = fuzz.token_sort_ratio(one.text, other.text)
        if letters >= SAME_LETTERS:
            return 1.0 + letters / 100
        shared = self._shared(mine, theirs)
        lighter = min(self._heavy(mine), self._heavy(theirs))
        heaviest = max((self._weights.of(each) for each in shared), default=0.0)
        if heaviest < 0.3 or lighter <= 0:  # noqa: PLR2004 -- nothing that tells one question from another is shared
            return 0.0
        share = sum(w for each in shared if (w := self._weights.of(each)) > 0.1) / lighter  # noqa: PLR2004
        least = ALIKE if heaviest < _RARE else ALIKE_RARE
        if one.nearest is not None and one.nearest == other.nearest:
            least = ALIKE_NEAR
        return share if share >= least else 0.0

    def _heavy(self, stems: frozenset[str]) -> float:
        return sum(w for each in stems if (w := self._weights.of(each)) > 0.1)  # noqa: PLR2004

    def _shared(self, mine: frozenset[str], theirs: frozenset[str]) -> set[str]:
        shared = set(mine & theirs)
        left = [each for each in theirs - shared if len(each) >= _SLIP_LENGTH]
        for each in mine - shared:
            if left and len(each) >= _SLIP_LENGTH:
                found = process.extractOne(each, left, scorer=OSA.distance, score_cutoff=1)
                if found is not None:
                    shared.add(each)
        return shared
