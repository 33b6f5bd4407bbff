"""Close calls: where the model hardly prefers one claim to another, the phrasing that reads most like the question counts.

RapidFuzz compares the question's sorted stems with those of each phrasing of the leading claims (`token_sort_ratio`,
Cohen 2011, with the sorting done once). The claim with the nearest phrasing keeps its score, the others in the running
lose in proportion to how much further away theirs are.
"""

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from bot.core.matching.arrays import joined, separated
from bot.core.text import stem

WITHIN = 1.5
"""Claims whose scores are no further than this behind the first are in the running."""
WEIGHT = 2.5
"""What a claim loses whose nearest phrasing has nothing of what the nearest of all has, in the unit of `WITHIN`."""
AT_MOST = 5
PHRASINGS = 60
"""Claims that are compared, and the first phrasings of each."""
LONGEST = 40
"""Questions of more words are not compared: in a long post the order of words says nothing."""


def sorted_stems(line: Sequence[str]) -> str:
    """Return the stems of a line in alphabetical order, joined by spaces."""
    return " ".join(sorted(stem(word) for word in line))


class CloseCalls:
    """The phrasings of claims, ready to be compared."""

    def __init__(
        self,
        choices: Sequence[Sequence[str]],
        held: Sequence[frozenset[str]] = (),
        base: "CloseCalls | None" = None,
    ) -> None:
        """`choices`: for each claim its phrasings as `sorted_stems` gives them. `held`: all of these, where that is known.

        `base`: what holds the first ones, where further ones were added.
        """
        self._choices = choices
        self._base = base
        self._held = held or (frozenset(choice for each in choices for choice in each),)

    def with_more(self, more: Mapping[int, Sequence[str]]) -> "CloseCalls":
        """Return the same with further phrasings for some claims; numbers past the last are new claims, in order."""
        total = max([len(self._choices), *(claim + 1 for claim in more)])
        choices = [self._choices[claim] if claim < len(self._choices) else [] for claim in range(total)]
        for claim, phrasings in more.items():
            choices[claim] = [*phrasings, *choices[claim]]
        added = frozenset(choice for each in more.values() for choice in each)
        return CloseCalls(choices, (*self._held, added), self)  # what the claims of many servers share, they hold once

    def settle(self, scores: npt.NDArray[np.float64], line: Sequence[str]) -> None:
        """Lower, in place, the scores of claims that lose a close call. `scores`: shape (claims,)."""
        if len(line) > LONGEST:
            return
        near = (scores >= scores.max() - WITHIN).nonzero()[0]
        if len(near) < 2:  # noqa: PLR2004  # nobody to compare with
            return
        if len(near) > AT_MOST:
            near = near[np.argsort(-scores[near], kind="stable")[:AT_MOST]]
        query = sorted_stems(line)
        ratios = [self.nearest(query, int(claim)) for claim in near]
        best = max(ratios)
        scores[near] -= [WEIGHT / 100 * (best - ratio) for ratio in ratios]

    def has(self, claim: int, query: str) -> bool:
        """Say whether `query`, as `sorted_stems` gives it, is a phrasing of a claim."""
        return self.holds(query) and query in self._choices[claim]

    def holds(self, query: str) -> bool:
        """Say whether `query`, as `sorted_stems` gives it, is a phrasing of any claim: that is sooner known."""
        return any(query in each for each in self._held)

    def is_alone(self, claim: int, query: str) -> bool:
        """Say whether `query` is a phrasing of a claim, and of no other."""
        if not self.has(claim, query):
            return False
        if self._base is None:
            return self._claims_with[query] == 1
        return query not in self._held[-1] and self._base.is_alone(claim, query)

    @cached_property
    def _claims_with(self) -> Counter[str]:
        return Counter(choice for each in self._choices for choice in set(each))

    def phrasings(self, claim: int) -> Sequence[str]:
        """Return the phrasings of a claim, as `sorted_stems` gives them."""
        return self._choices[claim]

    def hollow(self, claim: int, nothing: Container[str]) -> bool:
        """Whether a claim has a phrasing all of whose stems are among those that say `nothing` by themselves."""
        return any(all(each in nothing for each in choice.split()) for choice in self._choices[claim])

    def nearest(self, query: str, claim: int) -> float:
        """Return how much the nearest phrasing of a claim is like `query`, as `sorted_stems` gives it, from 0 to 100."""
        found = process.extractOne(query, self._choices[claim][:PHRASINGS], scorer=fuzz.ratio, processor=None)
        return float(found[1]) if found else 0.0

    def near(self, line: Sequence[str], claim: int) -> float:
        """Return how much the nearest phrasing of a claim is like a line of words, from 0 to 1; 0 for a long one."""
        return self.nearest(sorted_stems(line), claim) / 100 if len(line) <= LONGEST else 0.0

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return the phrasings as plain arrays; `restore` takes them back."""
        return {
            "calls": joined(choice for choices in self._choices for choice in choices),
            "calls_each": np.array([len(choices) for choices in self._choices], dtype=np.int64),
        }

    @classmethod
    def restore(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> "CloseCalls":
        """Return what `arrays` came from; raises KeyError or ValueError where they are not of one."""
        texts = separated(arrays["calls"])
        ends = np.cumsum(arrays["calls_each"]).tolist()
        return cls([texts[end - size : end] for end, size in zip(ends, arrays["calls_each"].tolist(), strict=True)])
