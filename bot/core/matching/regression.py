"""The one way of fitting: passes over batches of phrasings, each batch moved as far as its own errors ask for.

Several linear models share their features, a column each: claims by multinomial logistic regression, others by ridge
regression. With vectors x_i as the rows of X, the weights are W = X' A, and a step for a batch changes its rows of A:

- claims: by rate * (one-hot - probabilities), the stochastic gradient step (Bottou 2010, "Large-scale machine learning with
  stochastic gradient descent"); the rate stays the same and falls to zero in the last part, and stopping early is the
  regulariser;
- ridge: by the exact solution for the batch, the others held (block coordinate ascent in the dual; Tu et al. 2016,
  arXiv:1602.05310).

Who keeps the scores up to date (`Scorer`) may hold W and touch each feature of a batch once (`weights.py`), or hold A and
the likeness X X' of few phrasings (`Alike`). Batches and their order follow from the words of each phrasing alone, so that
the same phrasings give the same weights, and one phrasing more moves them little: in an order that depended on how many
there are, each new wording would give all answers near a bound another draw (`python -m tests.questions.stability`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from bot.core.matching.vectors import Floats, Ints

BATCH = 128
EFFORT = 15.0
"""The rate of a pass, summed over the passes."""
FALLING = 0.4
"""In this last share of the passes the rate falls to zero. What one order of the batches leaves in the weights grows with the
highest rate; the plateau has it as low as so few passes allow, and the fall evens out what the last batches did."""
FEWEST_PASSES, MOST_PASSES, VISITS, CELLS = 3, 12, 92_000, 60_000_000
"""Phrasings are gone through so often that this many are visited, or this many scores of claims made, within these limits."""
_SEED = 20_261_122

Rows = npt.NDArray[np.int64]
Marks = npt.NDArray[np.uint64]


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


def marks(lines: Iterable[Sequence[str]]) -> Marks:
    """Return a number for each line of words that follows from its words alone, and is as good as drawn at random. Shape (n,)."""
    digests = (hashlib.blake2b(" ".join(line).encode("utf-8", "replace"), digest_size=8).digest() for line in lines)
    return np.frombuffer(b"".join(digests), dtype="<u8")


def mixed(rows: Rows, marked: Marks) -> Rows:
    """Return phrasings in the order in which they are gone through: `BATCH` of them after each other make a batch.

    `marked`: shape (n,), the mark of each phrasing (`marks`).
    """
    return rows[np.argsort(marked[rows], kind="stable")]


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
    passes = passes or enough_passes(len(in_turn), total)
    rate = effort / passes / (1 - FALLING / 2)
    batches = [in_turn[start : start + BATCH] for start in range(0, len(in_turn), BATCH)]
    inverses: list[list[Floats]] = [[] for _ in batches]
    dual = [np.zeros_like(ridge.targets) for ridge in ridges]
    steps = passes * len(batches)
    for turn in range(passes):
        # One batch more leaves the others in their order.
        order = np.argsort(np.random.default_rng((_SEED, turn)).random(len(batches)), kind="stable")
        for place, number in enumerate(order.tolist()):
            rows = batches[number]
            done = (turn * len(batches) + place) / steps
            yield done
            change = scorer.scores(rows)
            errors(change[:, :total], classes[rows], None if offset is None else offset[rows])
            change[:, :total] *= np.float32(rate * min(1.0, (1 - done) / FALLING))
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


def enough_passes(phrasings: int, claims: int) -> int:
    """Return how often so many phrasings are gone through."""
    visits = min(VISITS, CELLS // max(claims, 1)) // max(phrasings, 1)
    return min(max(visits, FEWEST_PASSES), MOST_PASSES)


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
