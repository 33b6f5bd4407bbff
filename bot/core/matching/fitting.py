"""Fitting: phrasings with their claims to weights for claims, topics and "is it about this at all".

Three linear models share the features (columns of one weight table, the last apart):

- claims: multinomial logistic regression, the claims against each other, on what is in scope;
- topics: ridge regression on the topics of the same phrasings;
- inside: ridge regression on +1 for what is in scope and -1 for decoys and out-of-scope examples.

Up to `DUAL_LIMIT` and `DUAL_CELLS` all are solved in the dual (`solvers.py`). Above that the likeness of all pairs would no
longer fit a small machine: claims are fitted in the primal (`primal.py`), topics follow from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bot.core.matching import primal
from bot.core.matching.closecalls import CloseCalls, sorted_stems
from bot.core.matching.features import FeatureSpace, Floats, Ints, Table, Vector, stacked
from bot.core.matching.signals import Scores
from bot.core.matching.solvers import EPOCHS, logistic, one_hot, ridge
from bot.core.matching.weights import Gatherer, Weights, beside, sparse

DUAL_LIMIT, DUAL_CELLS = 9_000, 3_000_000
"""Phrasings whose likeness to each other takes 0.3 GB, and phrasings times claims that are gone through in seconds."""
TOPIC_PENALTY = 0.5
INSIDE_PENALTY = 0.3
KEEP = 0.05
"""Share of the weights of claims and of topics that are kept."""
FOLD_EPOCHS = 8
STEPS, ROUGH_STEPS, LARGE_STEPS = 40, 14, 14
"""Of the ridge regressions: few, or enough to arrive. In between, and with a tolerance that stops one machine a step before
another, their confidences would differ (docs/matching.md)."""

Rows = npt.NDArray[np.int64]


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


@dataclass(slots=True)
class Training:
    """A feature space, the phrasings' vectors in it, and how to fit a model to any part of them."""

    space: FeatureSpace
    table: Table
    phrasings: Phrasings
    alike: Floats | None = None
    gatherer: Gatherer | None = None
    _sorted_stems: dict[int, str] = field(default_factory=dict)

    @classmethod
    def prepare(cls, space: FeatureSpace, phrasings: Phrasings) -> "Training":
        """Fit the feature space and, where there are few enough phrasings, measure their likeness."""
        table = space.fit(phrasings.lines, phrasings.groups)
        if len(table) > DUAL_LIMIT or len(table) * len(phrasings.topics) > DUAL_CELLS:
            return cls(space, table, phrasings)
        gatherer = Gatherer(table, len(space))
        return cls(space, table, phrasings, gatherer.likeness(), gatherer)

    def fit(self, rows: Rows) -> Model:
        """Return the model of the phrasings `rows`."""
        if self.gatherer is None:
            return self._large(rows)
        total = len(self.phrasings.topics)
        dual = self._dual(rows)
        weights = self.gatherer.gather(dual)
        columns = beside(sparse(weights[:, :total], KEEP), sparse(weights[:, total:-1], KEEP))
        return Model(columns, weights[:, -1].copy())

    def unseen(self, train: Rows, vectors: Sequence[Vector]) -> list[Scores]:
        """Return what a model of the phrasings `train` says of `vectors`.

        It is a rough one to calibrate with: it goes through the phrasings less often.
        """
        if self.gatherer is None:
            model = self._large(train)
            return [
                Scores(model.columns.scores(vector), float(vector.values.dot(model.inside[vector.ids])), vector.known)
                for vector in vectors
            ]
        dual = self._dual(train, rough=True)  # first: both take room while they are made
        found = (self.gatherer.likeness(stacked(vectors)) @ dual).astype(np.float64)
        return [
            Scores(values[:-1], float(values[-1]), vector.known) for values, vector in zip(found, vectors, strict=True)
        ]

    def _dual(self, rows: Rows, *, rough: bool = False) -> Floats:
        """Return A of all three models: shape (phrasings, claims + topics + 1), zero but for `rows`."""
        assert self.alike is not None
        phrasings = self.phrasings
        total = len(phrasings.topics)
        known = phrasings.claims[rows] >= 0
        rows = np.concatenate([rows[known], rows[~known]])
        inside = rows[: int(known.sum())]
        labels = phrasings.claims[inside]
        dual = np.zeros((len(self.table), total + phrasings.topics_total + 1), dtype=np.float32)
        in_order = len(rows) == len(self.alike) and bool((rows == np.arange(len(rows))).all())
        alike = self.alike if in_order else self.alike[np.ix_(rows, rows)]  # the largest thing here: no second one
        among = alike[: len(inside), : len(inside)]
        steps = ROUGH_STEPS if rough else STEPS
        dual[inside, :total] = logistic(among, labels, total, epochs=FOLD_EPOCHS if rough else EPOCHS)
        if phrasings.topics_total < total:  # else the topics say what the claims say
            wanted = one_hot(phrasings.topics[labels], phrasings.topics_total)
            dual[inside, total:-1] = ridge(among.__matmul__, wanted, TOPIC_PENALTY, steps=steps, tolerance=0.0)
        if len(inside) < len(rows):
            signs = np.where(np.arange(len(rows)) < len(inside), np.float32(1), np.float32(-1))[:, None]
            dual[rows, -1:] = ridge(alike.__matmul__, signs, INSIDE_PENALTY, steps=steps, tolerance=0.0)
        return dual

    def _large(self, rows: Rows) -> Model:
        phrasings = self.phrasings
        total, features = len(phrasings.topics), len(self.space)
        known = phrasings.claims[rows] >= 0
        if total * features <= primal.DENSE_LIMIT:
            claims = sparse(primal.logistic(self.table, rows[known], phrasings.claims, total, features), KEEP)
        else:
            claims = primal.centroids(self.table, rows[known], phrasings.claims, total, features)
        columns = Weights(claims.starts, claims.columns, claims.values, total + phrasings.topics_total)
        inside = np.zeros(features, np.float32)
        if not known.all():
            signs = np.where(known, np.float32(1), np.float32(-1))[:, None]
            dual = ridge(
                primal.multiplier(self.table, rows, features), signs, INSIDE_PENALTY, steps=LARGE_STEPS, tolerance=0.0
            )
            of_row = np.zeros(len(self.table), np.float32)
            of_row[rows] = dual[:, 0]
            weights = self.table.values * np.repeat(of_row, np.diff(self.table.starts))
            inside = np.bincount(self.table.ids, weights=weights, minlength=features).astype(np.float32)
        return Model(columns, inside)

    def close_calls(self, rows: Rows) -> CloseCalls:
        """Return the phrasings `rows`, ready to settle close calls."""
        choices: list[list[str]] = [[] for _ in self.phrasings.topics]
        for row in rows.tolist():
            claim = self.phrasings.claims[row]
            if claim >= 0:
                choices[claim].append(self._sorted(row))
        return CloseCalls(choices)

    def _sorted(self, row: int) -> str:
        found = self._sorted_stems.get(row)
        if found is None:
            found = self._sorted_stems[row] = sorted_stems(self.phrasings.lines[row])
        return found
