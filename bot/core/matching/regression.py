"""The one way of fitting: passes over batches of phrasings, each batch moved as far as its own errors ask for.

Several linear models share their features, a column each: claims by multinomial logistic regression, others by ridge
regression. With vectors x_i as the rows of X, the weights are W = X' A, and a step for a batch changes its rows of A:

- claims: by rate * (one-hot - probabilities), the stochastic gradient step (Bottou 2010, "Large-scale machine learning with
  stochastic gradient descent"); the rate falls to zero in a straight line, and stopping early is the regulariser;
- ridge: by the exact solution for the batch, the others held (block coordinate ascent in the dual; Tu et al. 2016,
  arXiv:1602.05310).

Who keeps the scores up to date (`Scorer`) may hold W and touch each feature of a batch once (`weights.py`), or hold A and
the likeness X X' of few phrasings (`Alike`). Batches and their order are fixed, so that the same phrasings give the same
weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.core.matching.features import Floats, Ints

BATCH = 128
EFFORT = 30.0
"""Passes times the rate that they begin with."""
FEWEST_PASSES, MOST_PASSES, VISITS, CELLS = 3, 12, 54_000, 50_000_000
"""Phrasings are gone through so often that this many are visited, or this many scores of claims made, within these limits."""
_SEED = 20_261_122

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Ridge:
    """Ridge regression of some columns: `targets` has shape (n, columns), `penalty` is above zero.

    `taught`: shape (n,), the phrasings that it learns from.
    """

    targets: Floats
    taught: npt.NDArray[np.bool_]
    penalty: float


class Scorer(Protocol):
    """Keeps the scores of n phrasings under a model that changes step by step. `rows` number phrasings from 0 to n."""

    def scores(self, rows: Rows) -> Floats:
        """Return the scores as they stand, in an array of the caller's own: shape (rows, columns)."""

    def likeness(self, rows: Rows) -> Floats:
        """Return the dot products of the vectors of `rows`: shape (rows, rows)."""

    def add(self, rows: Rows, change: Floats) -> None:
        """Add `change`, of shape (rows, columns), to the rows of A."""


class Alike:
    """Scores from the likeness of all phrasings, for few of them. `dual` is A, shape (n, columns)."""

    def __init__(self, likeness: Floats, columns: int) -> None:
        """`likeness`: shape (n, n)."""
        self._likeness = likeness
        self.dual: Floats = np.zeros((len(likeness), columns), dtype=np.float32)

    def scores(self, rows: Rows) -> Floats:
        """Return the scores as they stand: shape (rows, columns)."""
        found: Floats = self._likeness[rows] @ self.dual
        return found

    def likeness(self, rows: Rows) -> Floats:
        """Return the dot products of the vectors of `rows`: shape (rows, rows)."""
        found: Floats = self._likeness[np.ix_(rows, rows)]
        return found

    def add(self, rows: Rows, change: Floats) -> None:
        """Add `change`, of shape (rows, columns), to the rows of A."""
        self.dual[rows] += change


def mixed(rows: Rows) -> Rows:
    """Return phrasings in the order in which they are gone through: `BATCH` of them after each other make a batch."""
    return np.random.default_rng(_SEED).permutation(rows)


def descend(
    scorer: Scorer,
    in_turn: Rows,
    classes: Ints,
    total: int,
    ridges: Sequence[Ridge],
    *,
    passes: int = 0,
    effort: float = EFFORT,
    offset: Floats | None = None,
) -> Iterator[float]:
    """Fit the columns of `scorer`: `total` claims, then those of each of `ridges`. Yields the share that is done, 0 to 1.

    `in_turn`: the phrasings, batch after batch (`mixed`); `classes`: shape (n,), the claim of each, below zero for none; `offset`:
    shape (n, total), scores of the claims that are there already. `passes`: 0 for as many as so many phrasings need.
    """
    visits = min(VISITS, CELLS // max(total, 1)) // max(len(in_turn), 1)
    passes = passes or min(max(visits, FEWEST_PASSES), MOST_PASSES)
    rate = effort / passes
    batches = [in_turn[start : start + BATCH] for start in range(0, len(in_turn), BATCH)]
    inverses: list[list[Floats]] = [[] for _ in batches]
    dual = [np.zeros_like(ridge.targets) for ridge in ridges]
    shuffled = np.random.default_rng(_SEED)
    steps = passes * len(batches)
    for turn in range(passes):
        for place, number in enumerate(shuffled.permutation(len(batches)).tolist()):
            rows = batches[number]
            done = (turn * len(batches) + place) / steps
            yield done
            change = scorer.scores(rows)
            errors(change[:, :total], classes[rows], None if offset is None else offset[rows])
            change[:, :total] *= np.float32(rate * (1 - done))
            if not inverses[number] and ridges:
                alike = scorer.likeness(rows)
                inverses[number] = [_inverse(alike, ridge, rows) for ridge in ridges]
            column = total
            for ridge, inverse, held in zip(ridges, inverses[number], dual, strict=True):
                taught = np.flatnonzero(ridge.taught[rows])
                mine = rows[taught]
                until = column + ridge.targets.shape[1]
                step = inverse @ (ridge.targets[mine] - change[taught, column:until] - ridge.penalty * held[mine])
                held[mine] += step
                change[:, column:until] = 0
                change[taught, column:until] = step
                column = until
            scorer.add(rows, change)
    yield 1.0


def _inverse(alike: Floats, ridge: Ridge, rows: Rows) -> Floats:
    taught = np.flatnonzero(ridge.taught[rows])
    system = alike[np.ix_(taught, taught)].astype(np.float64)
    system[np.diag_indices(len(taught))] += ridge.penalty
    found: Floats = np.linalg.inv(system).astype(np.float32)
    return found


def errors(scores: Floats, classes: Ints, offset: Floats | None = None) -> None:
    """Turn rows of scores into one-hot minus probabilities (softmax), where they are; all zero for a class below zero.

    `scores`: shape (n, classes); `classes`: shape (n,); `offset`: shape (n, classes), to be added to the scores first.
    """
    if not scores.size:
        return
    if offset is not None:
        scores += offset
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= -scores.sum(axis=1, keepdims=True)
    known = np.flatnonzero(classes >= 0)
    scores[known, classes[known]] += 1
    if len(known) < len(classes):
        scores[classes < 0] = 0


def one_hot(classes: npt.NDArray[np.integer], columns: int) -> Floats:
    """Classes (shape (n,)) as rows with a single one (shape (n, columns)); a class below zero is a row of zeros."""
    rows = np.zeros((len(classes), columns), dtype=np.float32)
    known = np.flatnonzero(classes >= 0)
    rows[known, classes[known]] = 1
    return rows
