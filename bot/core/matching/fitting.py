"""Fitting: phrasings with their claims to weights for claims, topics and "is it about this at all".

Three linear models share the features (columns of one weight table, the last apart):

- claims: multinomial logistic regression, the claims against each other, on what is in scope;
- topics: ridge regression on the topics of the same phrasings;
- inside: ridge regression on +1 for what is in scope and -1 for decoys and out-of-scope examples.

Up to `DUAL_LIMIT` phrasings all are solved in the dual (`solvers.py`). Above that the likeness of all pairs would no
longer fit a small machine: claims are fitted in the primal (`primal.py`), topics follow from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bot.core.matching import primal
from bot.core.matching.closecalls import CloseCalls, sorted_stems
from bot.core.matching.features import FeatureSpace, Floats, Ints, Table
from bot.core.matching.solvers import EPOCHS, logistic, one_hot, ridge
from bot.core.matching.weights import Gatherer, Weights, beside, sparse

DUAL_LIMIT = 6_000
TOPIC_PENALTY = 0.5
INSIDE_PENALTY = 0.3
KEEP = 0.05
"""Share of the weights of claims and of topics that are kept."""
FOLD_EPOCHS = 10

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
        if len(table) > DUAL_LIMIT:
            return cls(space, table, phrasings)
        gatherer = Gatherer(table, len(space))
        return cls(space, table, phrasings, gatherer.likeness(), gatherer)

    def fit(self, rows: Rows, *, asked: Rows | None = None) -> Model:
        """Return the model of the phrasings `rows`.

        With `asked`, a rough one to calibrate with: it goes through the phrasings less often and has weights only for
        features of the phrasings `asked`.
        """
        phrasings = self.phrasings
        total = len(phrasings.topics)
        if self.alike is None or self.gatherer is None:
            return self._large(rows)
        known = phrasings.claims[rows] >= 0
        inside_rows = rows[known]
        labels = phrasings.claims[inside_rows]
        dual = np.zeros((len(self.table), total + phrasings.topics_total + 1), dtype=np.float32)
        epochs, tolerance = (EPOCHS, 3e-3) if asked is None else (FOLD_EPOCHS, 1e-2)
        alike = self._alike(inside_rows)
        dual[inside_rows, :total] = logistic(alike, labels, total, epochs=epochs)
        if phrasings.topics_total < total:  # else the topics say what the claims say
            topics = one_hot(phrasings.topics[labels], phrasings.topics_total)
            dual[inside_rows, total:-1] = ridge(alike.__matmul__, topics, TOPIC_PENALTY, tolerance=tolerance)
        if not known.all():
            signs = np.where(known, np.float32(1), np.float32(-1))[:, None]
            dual[rows, -1:] = ridge(self._alike(rows).__matmul__, signs, INSIDE_PENALTY, tolerance=tolerance)
        only = None
        if asked is not None:
            only = np.zeros(len(self.space), dtype=bool)
            only[np.concatenate([self.table.row(row).ids for row in asked.tolist()])] = True
        weights = self.gatherer.gather(dual, only)
        columns = beside(sparse(weights[:, :total], KEEP), sparse(weights[:, total:-1], KEEP))
        return Model(columns, weights[:, -1].copy())

    def _alike(self, rows: Rows) -> Floats:
        assert self.alike is not None
        return self.alike if len(rows) == len(self.table) else self.alike[np.ix_(rows, rows)]

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
            dual = ridge(primal.multiplier(self.table, rows, features), signs, INSIDE_PENALTY, tolerance=1e-2)
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
