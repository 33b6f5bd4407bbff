"""Fitting: phrasings with their claims to weights for claims, topics and "is it about this at all".

Three linear models share the features (columns of one weight table, the last apart):

- claims: multinomial logistic regression, the claims against each other, on what is in scope;
- topics: ridge regression on the topics of the same phrasings;
- inside: ridge regression on +1 for what is in scope and -1 for decoys and out-of-scope examples.

All are fitted together, and for every number of phrasings in the same way (`regression.py`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.core.matching.closecalls import CloseCalls, sorted_stems
from bot.core.matching.features import FeatureSpace
from bot.core.matching.learner import Learner
from bot.core.matching.regression import EFFORT, Marks, Ridge, Rows, descend, marks, mixed, one_hot
from bot.core.matching.vectors import Floats, Ints, Table
from bot.core.matching.weights import Weights

TOPIC_PENALTY = 0.25
INSIDE_PENALTY = 0.6

Told = Callable[[float], object]
"""Is told now and then which share of the work is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Phrasings:
    """What there is to learn from.

    `lines`: the words of each phrasing. `claims`: shape (n,), the claim of each from 0, or -1 for out of scope.
    `groups`: shape (n,), the claim, or past the claims the group of what is out of scope. `topics`: shape (claims,),
    the topic of each claim.
    """

    lines: Sequence[Sequence[str]]
    claims: Ints
    groups: Ints
    topics: Ints

    @property
    def topics_total(self) -> int:
        """How many topics there are."""
        return int(self.topics.max(initial=-1)) + 1


@dataclass(frozen=True, slots=True)
class Model:
    """`columns`: weights for claims, then topics (no entries where not fitted); `inside`: shape (features,)."""

    columns: Weights
    inside: Floats


@dataclass(frozen=True, slots=True)
class Training:
    """A feature space, the phrasings' vectors in it, their marks, and how to fit a model to any part of them."""

    space: FeatureSpace
    table: Table
    phrasings: Phrasings
    marked: Marks
    _sorted: list[str] = field(default_factory=list, repr=False, compare=False)
    """The phrasings as `sorted_stems` gives them, once they were needed."""

    @classmethod
    def prepare(cls, space: FeatureSpace, phrasings: Phrasings) -> "Training":
        """Fit the feature space."""
        return cls(space, space.fit(phrasings.lines, phrasings.groups), phrasings, marks(phrasings.lines))

    def fit(self, rows: Rows, told: Told = lambda _: None, *, passes: int = 0, effort: float = EFFORT) -> Model:
        """Return the model of the phrasings `rows`. `passes` and `effort` are those of `descend`."""
        phrasings, n = self.phrasings, len(self.table)
        known = phrasings.claims >= 0
        topics = np.full(n, -1, dtype=np.int64)
        if phrasings.topics_total < len(phrasings.topics):  # else the topics say what the claims say
            topics[known] = phrasings.topics[phrasings.claims[known]]
        signs = np.where(known, np.float32(1), np.float32(-1))[:, None]
        some_outside = bool((~known[rows]).any())
        ridges = (
            Ridge(one_hot(topics, phrasings.topics_total), topics >= 0, TOPIC_PENALTY),
            Ridge(signs, np.full(n, some_outside), INSIDE_PENALTY),
        )
        in_turn = mixed(rows, self.marked)
        learner = Learner(self.table, len(self.space), in_turn, phrasings.claims, phrasings.topics)
        total = len(phrasings.topics)
        for done in descend(learner, in_turn, phrasings.claims, total, ridges, passes=passes, effort=effort):
            told(done)
        return Model(*learner.weights())

    def close_calls(self, rows: Rows) -> CloseCalls:
        """Return the phrasings `rows`, ready to settle close calls."""
        if not self._sorted:
            self._sorted.extend(map(sorted_stems, self.phrasings.lines))
        choices: list[list[str]] = [[] for _ in self.phrasings.topics]
        for row in rows.tolist():
            claim = self.phrasings.claims[row]
            if claim >= 0:
                choices[claim].append(self._sorted[row])
        return CloseCalls(choices)
