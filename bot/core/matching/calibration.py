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
from functools import partial
from itertools import pairwise
from operator import mul

import numpy as np
import numpy.typing as npt

from bot.core.matching.closecalls import CloseCalls
from bot.core.matching.fitting import Model, Told, Training
from bot.core.matching.likeness import Likeness
from bot.core.matching.regression import EFFORT, Rows, enough_passes
from bot.core.matching.signals import SIGNALS, Scores, read
from bot.core.matching.vectors import BLOCKS, Vector, scaled
from bot.core.odds import FAR, chance

PARTS, FEWEST_PARTS = ((1_000, 10), (2_500, 6)), 5
"""In how many parts so many phrasings are divided: each is left out of a fit to the others, and then asked for."""
ENOUGH = 1_500
"""After so many phrasings were asked for, no more parts are left out: the few numbers that are learned stay what they are."""
FEW_PASSES, MORE_EFFORT = 4, 20.0
"""Where one part is enough, what is left is gone through so often, in longer steps: that takes half the time, and says the same of
the left-out phrasings (docs/matching.md)."""
STAND_INS_BELOW = 60
"""With fewer out-of-scope examples than this, claims are left out whole as well."""
STAND_IN_PARTS = 6
STRANGERS = 0.25
"""Stand-ins count as if they were this share of all questions."""
ALIKE = 0.7
PENALTY = 0.01
SIGNALS_INSIDE = ("score", "inside")
"""What says whether a question is in scope, where the knowledge brings out-of-scope examples. They lie closer together
than what strangers ask, so that more signals only learn how the examples differ from each other."""
SIGNALS_STRANGERS = ("score", "inside", "claim")
"""What says it where whole claims stand in for what is out of scope, beside too few examples of it."""
SIGNALS_ALONE = ("likeness",)
"""What says it where nobody has written any example."""
SIGNALS_RIGHT = ("score", "lead", "odds", "ridge lead")
"""What says whether a question in scope is about the first topic."""
SHARPEN, SHIFT_INSIDE, SHIFT_RIGHT = 1.8, -3.2, 1.5
"""How much further from even the odds are for real questions than for left-out phrasings, and how much lower or higher.
Those who write phrasings make them unlike each other, and a left-out one misses its like; what is out of scope has no
end. Measured on the development questions and on frozen ones after their first score (docs/matching.md)."""
SHIFT_ALONE = -2.4
"""How much lower where nobody has written what is out of scope: with it as many real questions are answered right as with the score alone,
and fewer strangers (docs/matching.md)."""
FEWEST = 20
"""With fewer questions of either kind than this there is nothing to learn from."""
_STEPS = 30

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Logistic:
    """A probability from signals: the logistic function of `weights` times the signals plus `bias`."""

    weights: tuple[float, ...]
    bias: float

    def __call__(self, values: Sequence[float]) -> float:
        """From 0 to 1; never NaN."""
        return chance(self.bias + sum(map(mul, self.weights, values)))


_INSIDE, _CLAIM, _LIKENESS = map(SIGNALS.index, ("inside", "claim", "likeness"))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Two questions, answered apart: whether this is in scope at all, and whether, if so, this topic is the right one.

    So a topic's clear lead over the others cannot make up for a question that is about something else.
    """

    inside: Logistic
    right: Logistic

    @property
    def knows_outside(self) -> bool:
        """Whether it was learned from examples of what is out of scope, not from claims that stood in for it."""
        weights = self.inside.weights
        return weights[_INSIDE] != 0 and not weights[_CLAIM]

    @property
    def asks_likeness(self) -> bool:
        """Whether it counts how much a question is like a claim."""
        return self.inside.weights[_LIKENESS] != 0

    def probability(self, signals: Sequence[float]) -> float:
        """How probable it is that the topic of these signals is right, from 0 to 1; never NaN."""
        return self.inside(signals) * self.right(signals)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the model said about phrasings that it had not seen.

    `signals`: shape (n, signals); the others (n,): whether the first topic was `right`, whether anything could have
    been (`inside`), and how much each phrasing counts. `strangers`: claims stood in for what is out of scope, `alone`: and
    nothing else did.
    """

    signals: Doubles
    right: npt.NDArray[np.bool_]
    inside: npt.NDArray[np.bool_]
    weights: Doubles
    strangers: bool = False
    alone: bool = False


def left_out(training: Training, told: Told = lambda _: None) -> LeftOut:
    """Leave phrasings out, part by part until enough were asked for, and if need be claims as a whole with them."""
    phrasings = training.phrasings
    known = phrasings.claims >= 0
    stand_ins = int((~known).sum()) < STAND_INS_BELOW and len(phrasings.topics) >= STAND_IN_PARTS
    parts = next((parts for most, parts in PARTS if len(known) <= most), FEWEST_PARTS)
    alone = stand_ins and bool(known.all())
    part = _parts(training, parts)
    expected = min(parts, ENOUGH * parts // max(len(known), 1) + 1)
    quick = expected == 1 and enough_passes(len(known), len(phrasings.topics)) > FEW_PASSES
    passes, effort = (FEW_PASSES, MORE_EFFORT) if quick else (0, EFFORT)
    asked, strangers = _Asked(training, alone=alone), _Asked(training, alone=alone)
    for k in range(min(parts, 2 * expected)):
        whole = known & (phrasings.claims % STAND_IN_PARTS == k) & stand_ins
        if len(asked.right) >= ENOUGH and (len(strangers.right) >= ENOUGH or not whole.any()):
            break
        held = (part == k) & ~whole
        train = np.flatnonzero(~held & ~whole)
        if not (phrasings.claims[train] >= 0).any() or not (held.any() or whole.any()):
            continue
        model = training.fit(train, partial(_told_of, told, k, expected), passes=passes, effort=effort)
        calls = training.close_calls(train)
        # A claim without any phrasing left could not be right.
        fair = np.isin(phrasings.claims, phrasings.claims[train]) | ~known
        asked.ask(model, calls, train, np.flatnonzero(held & fair))
        strangers.ask(model, calls, train, np.flatnonzero(whole))
    share = STRANGERS / (1 - STRANGERS) * len(asked.right) / max(len(strangers.right), 1)
    right = np.array(asked.right + strangers.right, dtype=bool)
    return LeftOut(
        np.array(asked.signals + strangers.signals).reshape(-1, len(SIGNALS)),
        right,
        np.concatenate([np.array(asked.inside, dtype=bool), right[len(asked.right) :]]),
        np.concatenate([np.ones(len(asked.right)), np.full(len(strangers.right), share)]),
        stand_ins,
        alone,
    )


def _told_of(told: Told, before: int, total: int, done: float) -> None:
    told(min(before + done, total) / total)


class _Asked:
    """What models said of phrasings that they had not seen: signals, whether the first topic was right, whether in scope."""

    def __init__(self, training: Training, *, alone: bool) -> None:
        """`alone`: whether claims alone stand for what is out of scope."""
        self._training = training
        self._alone = alone
        self.signals: list[tuple[float, ...]] = []
        self.right: list[bool] = []
        self.inside: list[bool] = []

    def ask(self, model: Model, calls: CloseCalls, train: Rows, held: Rows) -> None:
        """Ask a model of the phrasings `train` for the phrasings `held`, or for some of them where there are very many."""
        phrasings = self._training.phrasings
        held = held[:: len(held) // ENOUGH or 1]
        alike = Likeness(model.columns, self._training.space, calls)
        for row, vector in zip(held.tolist(), unseen_vectors(self._training, held, train), strict=True):
            inside = float(vector.values.dot(model.inside[vector.ids]))
            scores = Scores(model.columns.scores(vector), inside, vector.known, vector)
            calls.settle(scores.values[: len(phrasings.topics)], phrasings.lines[row])
            best = int(scores.values[: len(phrasings.topics)].argmax())
            like = alike.of(best, scores, phrasings.lines[row]) if self._alone else 0.0
            reading = read(scores, phrasings.topics, phrasings.topics_total, likeness=like)
            first, *others = reading.order()[:2]
            claim = int(phrasings.claims[row])
            self.signals.append(reading.signals(first, others[0] if others else None))
            self.right.append(claim >= 0 and int(phrasings.topics[claim]) == first)
            self.inside.append(claim >= 0)


def _parts(training: Training, parts: int) -> npt.NDArray[np.int64]:
    """Return which of so many parts each phrasing belongs to, near neighbours to the same one. Shape (n,).

    It follows from the words of a phrasing and its neighbours, so that one phrasing more leaves the others where they are.
    """
    number = _clusters(training)
    first = np.full(len(number), np.iinfo(np.uint64).max, dtype=np.uint64)
    np.minimum.at(first, number, training.marked)
    return (first[number] % np.uint64(parts)).astype(np.int64)


def _clusters(training: Training) -> npt.NDArray[np.int64]:
    """Return a number for each phrasing, the same for near neighbours of one group. Shape (n,)."""
    n = len(training.phrasings.lines)
    number = np.arange(n)
    order = np.argsort(training.phrasings.groups, kind="stable")
    for members in np.split(order, np.flatnonzero(np.diff(training.phrasings.groups[order])) + 1):
        alike = training.table.likeness(members)
        length = np.sqrt(np.maximum(alike.diagonal(), 1e-9))
        for i, j in zip(*np.nonzero(np.triu(alike > ALIKE * np.outer(length, length), 1)), strict=True):
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
    uses = SIGNALS_ALONE if seen.alone else SIGNALS_STRANGERS if seen.strangers else SIGNALS_INSIDE
    shift = SHIFT_ALONE if seen.alone else SHIFT_INSIDE
    few = min(int(inside.sum()), int((~inside).sum())) < FEWEST
    return Calibration(
        _FAMILIAR if few else _regress(seen.signals, inside, seen.weights, uses, shift),
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
        chances = 1 / (1 + np.exp(-np.clip(inputs @ solution, -FAR, FAR)))
        slope = inputs.T @ (counts * (wanted - chances)) - penalty * solution
        curve = (inputs * (counts * chances * (1 - chances))[:, None]).T @ inputs + np.diag(penalty)
        solution += np.linalg.solve(curve, slope)
    scaled_weights = solution[:-1] / spread
    found = np.zeros(len(SIGNALS))
    found[columns] = SHARPEN * scaled_weights
    return Logistic(tuple(found.tolist()), SHARPEN * float(solution[-1] - scaled_weights @ mean) + shift)
