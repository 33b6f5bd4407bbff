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
from itertools import pairwise
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
SIGNALS_INSIDE = ("score", "inside")
"""What says whether a question is in scope, where the knowledge brings out-of-scope examples. They lie closer together
than what strangers ask, so that more signals only learn how the examples differ from each other."""
SIGNALS_STRANGERS = ("score", "inside", "claim")
"""What says it where whole claims stand in for what is out of scope."""
SIGNALS_RIGHT = ("score", "lead", "odds", "ridge lead")
"""What says whether a question in scope is about the first topic."""
SHARPEN, SHIFT_INSIDE, SHIFT_RIGHT = 1.5, -1.25, 0.25
"""How much further from even the odds are for real questions than for left-out phrasings, and how much lower or higher.
Those who write phrasings make them unlike each other, and a left-out one misses its like; what is out of scope has no
end. Measured on the development questions and on frozen ones after their first score (docs/matching.md)."""
FEWEST = 20
"""With fewer questions of either kind than this there is nothing to learn from."""
_SPREAD = 7_919
_STEPS = 30
_FAR = 50.0

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A probability from signals: the logistic function of `weights` times the signals plus `bias`."""

    weights: tuple[float, ...]
    bias: float

    def __call__(self, values: Sequence[float]) -> float:
        """From 0 to 1; never NaN."""
        return _chance(self.bias + sum(map(mul, self.weights, values)))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two questions, answered apart: whether this is in scope at all, and whether, if so, this topic is the right one.

    So a topic's clear lead over the others cannot make up for a question that is about something else.
    """

    inside: Logistic
    right: Logistic

    def probability(self, signals: Sequence[float]) -> float:
        """How probable it is that the topic of these signals is right, from 0 to 1; never NaN."""
        return self.inside(signals) * self.right(signals)


def _chance(logit: float) -> float:
    if not logit > -_FAR:  # also where it is not a number
        return 0.0
    return 1 / (1 + exp(-min(logit, _FAR)))


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the model said about phrasings that it had not seen.

    `signals`: shape (n, signals); the others (n,): whether the first topic was `right`, whether anything could have
    been (`inside`), and how much each phrasing counts. `strangers`: claims stood in for what is out of scope.
    """

    signals: Doubles
    right: npt.NDArray[np.bool_]
    inside: npt.NDArray[np.bool_]
    weights: Doubles
    strangers: bool = False


def folds_for(training: Training) -> int:
    """In how many parts phrasings are left out; 0 where there are so many that one part of five has to do."""
    if training.alike is None:
        return 0
    return next(
        folds
        for limit, folds in ((1_000, 10), (2_500, 6), (4_000, 4), (len(training.alike), 3))
        if len(training.alike) <= limit
    )


def left_out(training: Training) -> LeftOut:
    """Leave each phrasing out once, and if need be claims as a whole, and ask for them."""
    phrasings = training.phrasings
    known = phrasings.claims >= 0
    folds = folds_for(training)
    part = _clusters(training) * _SPREAD % (folds or 5)
    asked = _Asked([], [], [])
    for k in range(folds or 1):
        asked.ask(training, np.flatnonzero(part == k), strangers=False)
    weights = np.ones(len(asked.signals))
    stand_ins = int((~known).sum()) < STAND_INS_BELOW and len(phrasings.topics) >= STAND_IN_PARTS
    if stand_ins:
        for k in range(STAND_IN_FOLDS if folds else 1):
            asked.ask(training, np.flatnonzero(known & (phrasings.claims % STAND_IN_PARTS == k)), strangers=True)
        strangers = len(asked.signals) - len(weights)
        share = STRANGERS / (1 - STRANGERS) * len(weights) / max(strangers, 1)
        weights = np.concatenate([weights, np.full(strangers, share)])
    return LeftOut(
        np.array(asked.signals).reshape(-1, len(SIGNALS)),
        np.array(asked.right, dtype=bool),
        np.array(asked.inside, dtype=bool),
        weights,
        stand_ins,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    signals: list[tuple[float, ...]]
    right: list[bool]
    inside: list[bool]

    def ask(self, training: Training, held: Rows, *, strangers: bool) -> None:
        """Fit without the phrasings `held` and ask for them; as `strangers` they count as out of scope unless right."""
        phrasings = training.phrasings
        train = np.setdiff1d(np.arange(len(phrasings.lines)), held)
        if not strangers:  # a claim without any phrasing left could not be right
            held = held[np.isin(phrasings.claims[held], phrasings.claims[train]) | (phrasings.claims[held] < 0)]
        if not len(held) or not (phrasings.claims[train] >= 0).any():
            return
        calls = training.close_calls(train)
        unseen = training.unseen(train, unseen_vectors(training, held, train))
        for row, scores in zip(held.tolist(), unseen, strict=True):
            calls.settle(scores.values[: len(phrasings.topics)], phrasings.lines[row])
            reading = read(scores, phrasings.topics, phrasings.topics_total)
            first, *others = reading.order()[:2]
            claim = int(phrasings.claims[row])
            right = claim >= 0 and int(phrasings.topics[claim]) == first
            self.signals.append(reading.signals(first, others[0] if others else None))
            self.right.append(right)
            self.inside.append(right if strangers else claim >= 0)


def _clusters(training: Training) -> npt.NDArray[np.int64]:
    """Return a number for each phrasing, the same for near neighbours of one group. Shape (n,)."""
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
    """Return the vectors of the phrasings `held` as they would be had the space been made from the phrasings `train` alone."""
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
    return [Vector(ids[a:b], values[a:b]) for a, b in pairwise(bounds)]


_FAMILIAR = Logistic(tuple(10.0 * (name == "known") for name in SIGNALS), -5.0)
_CLEAR = Logistic(tuple(4.0 * (name == "lead") for name in SIGNALS), -0.5)


def fit(seen: LeftOut) -> Calibration:
    """Return both logistic regressions: the first on everything, the second on what was in scope.

    Where the knowledge is so small that there is too little to learn from, a question is in scope when more than half of
    it is known, and the topic right when it clearly leads.
    """
    inside = seen.inside
    uses = SIGNALS_STRANGERS if seen.strangers else SIGNALS_INSIDE
    few = min(int(inside.sum()), int((~inside).sum())) < FEWEST
    return Calibration(
        _FAMILIAR if few else _regress(seen.signals, inside, seen.weights, uses, SHIFT_INSIDE),
        _CLEAR
        if int(inside.sum()) < FEWEST or seen.right[inside].all()
        else _regress(seen.signals[inside], seen.right[inside], seen.weights[inside], SIGNALS_RIGHT, SHIFT_RIGHT),
    )


def _regress(
    signals: Doubles, target: npt.NDArray[np.bool_], weights: Doubles, uses: Sequence[str], shift: float
) -> Logistic:
    """Logistic regression on the signals `uses` by Newton's method with a ridge penalty on scaled inputs, sharpened.

    One case of each outcome at the mean keeps every probability away from 0 and 1. How much of a question is known is never used: left-out
    claims share their words with the others, so it would be taken for worth less than it is among real questions, and
    refusing got worse with it (docs/matching.md).
    """
    columns = [SIGNALS.index(name) for name in uses]
    signals = signals[:, columns]
    mean, spread = signals.mean(axis=0), signals.std(axis=0) + 1e-6
    inputs = np.concatenate([(signals - mean) / spread, np.ones((len(target), 1))], axis=1)
    inputs = np.concatenate([inputs, np.eye(inputs.shape[1])[-1:].repeat(2, axis=0)])
    wanted = np.concatenate([target, [1.0, 0.0]])
    counts = np.concatenate([weights, [1.0, 1.0]])
    penalty = np.full(inputs.shape[1], PENALTY * len(wanted))
    penalty[-1] = 1e-6
    solution = np.zeros(inputs.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(inputs @ solution, -30, 30)))
        slope = inputs.T @ (counts * (wanted - chance)) - penalty * solution
        curve = (inputs * (counts * chance * (1 - chance))[:, None]).T @ inputs + np.diag(penalty)
        solution += np.linalg.solve(curve, slope)
    scaled_weights = solution[:-1] / spread
    found = np.zeros(len(SIGNALS))
    found[columns] = SHARPEN * scaled_weights
    return Logistic(tuple(found.tolist()), SHARPEN * float(solution[-1] - scaled_weights @ mean) + shift)
