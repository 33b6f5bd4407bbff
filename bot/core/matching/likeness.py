"""How much a question is like the claim that scores best, where nobody has written what is out of scope.

The score alone says little then: a pattern around a strange word ("my <word> is not working") helps to choose between claims and is no evidence
that any of them is meant, since it fits what nobody has written about as well. Runs of characters, and one phrasing that reads like the
question, are better evidence. The weights are stated, not learned: claims that stand in for what is out of scope share their patterns with
nobody, so that a regression on them takes patterns for the best evidence there is (docs/matching.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.matching.closecalls import CloseCalls
from bot.core.matching.features import GRAMS, PATTERNS, FeatureSpace
from bot.core.matching.signals import Scores
from bot.core.matching.weights import Weights

OF_PATTERNS, OF_RUNS, OF_NEAREST = -0.5, 1.0, 2.0
"""What these add to the score: patterns lose half of what they gave, runs of characters count twice, the nearest phrasing as much as
two points of score where it is the very question."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """The scores of claims, weighed anew by what they are made of."""

    columns: Weights
    space: FeatureSpace
    calls: CloseCalls

    def of(self, claim: int, scores: Scores, line: Sequence[str]) -> float:
        """Return how much a line of words, which has these scores, is like a claim."""
        vector = scores.vector
        if vector is None:
            return 0.0
        added, blocks = self.columns.of_column(vector, claim), self.space.blocks_of(vector.ids)
        patterns, runs = float(added[blocks == PATTERNS].sum()), float(added[blocks == GRAMS].sum())
        near = self.calls.near(line, claim)
        return float(scores.values[claim]) + OF_PATTERNS * patterns + OF_RUNS * runs + OF_NEAREST * near
