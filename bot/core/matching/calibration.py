"""From scores to an honest probability, without any data from outside.

Part of the phrasings is left out, the model fitted to the rest and asked about them; where the knowledge brings few
out-of-scope examples, whole claims are left out as stand-ins. A logistic regression over the signals (`signals.py`) of
the left-out phrasings then gives the probability that the first topic is right (Platt 1999, "Probabilistic outputs for
support vector machines", with more than one input).

Phrasings that are near neighbours are left out together, since two wordings by one hand are more alike than a
stranger's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp
from operator import mul

import numpy as np
import numpy.typing as npt

from bot.core.matching.features import BLOCKS, Vector, scaled
from bot.core.matching.fitting import Rows, Training
from bot.core.matching.signals import SIGNALS, read

STAND_INS_BELOW = 60
"""With fewer out-of-scope examples than this, claims are left out whole as well."""
STAND_IN_PARTS = 6
STAND_IN_FOLDS = 3
STRANGERS = 0.25
"""Stand-ins count as if they were this share of all questions."""
ALIKE = 0.7
PENALTY = 0.01
_SPREAD = 7_919
_STEPS = 30
_FAR = 50.0

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """The probability is the logistic function of `weights` times the signals plus `bias`."""

    weights: tuple[float, ...]
    bias: float

    def probability(self, values: Sequence[float]) -> float:
        """How probable it is that the first topic is right, from 0 to 1; never NaN."""
        logit = self.bias + sum(map(mul, self.weights, values))
        if not logit > -_FAR:  # also where it is not a number
            return 0.0
        return 1 / (1 + exp(-min(logit, _FAR)))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the model said about phrasings that it had not seen. Shapes: (n, signals), (n,) and (n,)."""

    signals: Doubles
    right: npt.NDArray[np.bool_]
    weights: Doubles


def folds_for(training: Training) -> int:
    """In how many parts phrasings are left out; 0 where there are so many that one part of five has to do."""
    if training.alike is None:
        return 0
    return next(folds for limit, folds in ((1_000, 10), (2_500, 6), (4_000, 4), (len(training.alike), 3)) if len(training.alike) <= limit)


def left_out(training: Training) -> LeftOut:
    """Leave each phrasing out once, and if need be claims as a whole, and ask for them."""
    phrasings = training.phrasings
    known = phrasings.claims >= 0
    folds = folds_for(training)
    part = _clusters(training) * _SPREAD % (folds or 5)
    found: list[tuple[float, ...]] = []
    right: list[bool] = []
    for k in range(folds or 1):
        _ask(training, np.flatnonzero(part == k), found, right)
    weights = np.ones(len(found))
    if int((~known).sum()) < STAND_INS_BELOW and len(phrasings.topics) >= STAND_IN_PARTS:
        for k in range(STAND_IN_FOLDS if folds else 1):
            _ask(training, np.flatnonzero(known & (phrasings.claims % STAND_IN_PARTS == k)), found, right)
        strangers = len(found) - len(weights)
        share = STRANGERS / (1 - STRANGERS) * len(weights) / max(strangers, 1)
        weights = np.concatenate([weights, np.full(strangers, share)])
    return LeftOut(np.array(found).reshape(-1, len(SIGNALS)), np.array(right, dtype=bool), weights)


def _ask(training: Training, held: Rows, found: list[tuple[float, ...]], right: list[bool]) -> None:
    """Fit without the phrasings `held`, ask for them, and note the signals and whether the first topic was right."""
    phrasings = training.phrasings
    train = np.setdiff1d(np.arange(len(phrasings.lines)), held)
    if not len(held) or not (phrasings.claims[train] >= 0).any():
        return
    model = training.fit(train, asked=held)
    calls = training.close_calls(train)
    for row, vector in zip(held.tolist(), unseen_vectors(training, held, train), strict=True):
        inside = float(vector.values @ model.inside[vector.ids])
        scores = model.columns.scores(vector)
        calls.settle(scores[: len(phrasings.topics)], phrasings.lines[row])
        reading = read(scores, inside, phrasings.topics, phrasings.topics_total)
        topic, rival = [*reading.order()[:2], None][:2]
        assert topic is not None
        found.append(reading.signals(topic, rival))
        claim = phrasings.claims[row]
        right.append(bool(claim >= 0 and phrasings.topics[claim] == topic))


def _clusters(training: Training) -> npt.NDArray[np.int64]:
    """A number for each phrasing, the same for near neighbours of one group. Shape (n,)."""
    n = len(training.phrasings.lines)
    number = np.arange(n)
    if training.alike is None:
        return number
    length = np.sqrt(np.maximum(training.alike.diagonal(), 1e-9))
    groups = training.phrasings.groups
    order = np.argsort(groups, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(groups[order])) + 1):
        close = training.alike[np.ix_(members, members)] > ALIKE * np.outer(length[members], length[members])
        for i, j in zip(*np.nonzero(np.triu(close, 1)), strict=True):
            a, b = number[members[i]], number[members[j]]
            if a != b:
                part = number[members]
                number[members] = np.where(part == max(a, b), min(a, b), part)
    return number


def unseen_vectors(training: Training, held: Rows, train: Rows) -> list[Vector]:
    """The vectors of the phrasings `held` as they would be had the space been made from the phrasings `train` alone."""
    table, space = training.table, training.space
    of_entry = np.repeat(np.arange(len(table)), np.diff(table.starts))
    in_train = np.zeros(len(table), dtype=bool)
    in_train[train] = True
    known = np.zeros(len(space), dtype=bool)
    known[table.ids[in_train[of_entry]]] = True
    place = np.full(len(table), -1)
    place[held] = np.arange(len(held))
    entries = np.flatnonzero(place[of_entry] >= 0)
    rows, blocks = place[of_entry[entries]], table.blocks[entries]
    seen = known[table.ids[entries]]
    slots = len(held) * len(BLOCKS)
    strange = np.bincount(rows[~seen] * len(BLOCKS) + blocks[~seen], minlength=slots).astype(np.float32) * space.unseen
    entries, rows, blocks = entries[seen], rows[seen], blocks[seen]
    ids = table.ids[entries]
    values = scaled(space.weights[ids], blocks, rows, len(held), strange)
    bounds = np.searchsorted(rows, np.arange(len(held) + 1))
    return [Vector(ids[a:b], values[a:b]) for a, b in zip(bounds[:-1], bounds[1:], strict=True)]


def fit(seen: LeftOut) -> Calibration:
    """Logistic regression of `right` on the signals by Newton's method with a ridge penalty on scaled inputs."""
    if len(seen.right) == 0:
        return Calibration((0.0,) * len(SIGNALS), 0.0)
    mean, spread = seen.signals.mean(axis=0), seen.signals.std(axis=0) + 1e-6
    weight = np.concatenate([seen.weights, [1.0, 1.0]])
    inputs = np.concatenate([(seen.signals - mean) / spread, np.ones((len(seen.right), 1))], axis=1)
    # one right and one wrong case at the mean keep every probability away from 0 and 1
    inputs = np.concatenate([inputs, np.eye(inputs.shape[1])[-1:].repeat(2, axis=0)])
    target = np.concatenate([seen.right, [1.0, 0.0]])
    penalty = np.full(inputs.shape[1], PENALTY * len(target))
    penalty[-1] = 1e-6
    weights = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ weights, -30, 30)))
        slope = inputs.T @ (weight * (target - chance)) - penalty * weights
        curve = (inputs * (weight * chance * (1 - chance))[:, None]).T @ inputs + np.diag(penalty)
        weights += np.linalg.solve(curve, slope)
    scaled_weights = weights[:-1] / spread
    return Calibration(tuple(scaled_weights.tolist()), float(weights[-1] - scaled_weights @ mean))
