"""Fitting over the features themselves, for more phrasings than the dual can hold.

`logistic` is multinomial logistic regression by plain stochastic gradient descent, one phrasing a step, in a fixed
order (Bottou 2010); phrasings that are fitted well rest for the remainder of the pass. Where features times claims would
not fit in memory (`DENSE_LIMIT`), `centroids` takes one gradient step from zero for all phrasings at once: a claim's
weights are then the sum of its phrasings' vectors, a nearest-centroid classifier.
"""

from collections.abc import Callable
from math import log

import numpy as np
import numpy.typing as npt

from bot.core.matching.features import Floats, Ints, Table
from bot.core.matching.solvers import softmax
from bot.core.matching.weights import Weights, pack

EPOCHS = 6
RATE = 4.0
RESTS = 0.1
DENSE_LIMIT = 60_000_000
CENTROID_RATE = 3.0
"""What a phrasing scores for its own claim, past the logarithm of how many claims there are to share the probability."""
CLAIMS_PER_FEATURE = 64
_STRIDE_SEED = 20_261_122


def logistic(table: Table, rows: npt.NDArray[np.int64], claims: Ints, total: int, features: int) -> Floats:
    """Weights of shape (features, total) for the phrasings `rows` of a table; `claims`: the claim of every phrasing."""
    weights = np.zeros((features, total), dtype=np.float32)
    order = np.random.default_rng(_STRIDE_SEED)
    steps = EPOCHS * max(len(rows), 1)
    step = 0
    starts, ids, values = table.starts.tolist(), table.ids, table.values
    for _ in range(EPOCHS):
        for row in order.permutation(rows).tolist():
            step += 1
            part = slice(starts[row], starts[row + 1])
            mine = ids[part]
            change = -softmax(values[part] @ weights[mine])
            claim = claims[row]
            change[claim] += 1
            if change[claim] > RESTS:
                rate = np.float32(RATE * (1 - step / steps))
                weights[mine] += np.multiply.outer(values[part] * rate, change)
    return weights


def multiplier(table: Table, rows: npt.NDArray[np.int64], features: int) -> Callable[[Floats], Floats]:
    """Return v -> X X' v for the vectors of `rows`, without ever making X X'. Shapes of v and result: (rows, columns)."""
    chosen = [np.arange(a, b) for a, b in zip(table.starts[rows], table.starts[rows + 1], strict=True)]
    entries = np.concatenate(chosen) if chosen else np.zeros(0, np.int64)
    of_entry = np.repeat(np.arange(len(rows)), table.starts[rows + 1] - table.starts[rows])
    ids, values = table.ids[entries], table.values[entries]

    def multiply(given: Floats) -> Floats:
        columns = [
            np.bincount(
                of_entry,
                weights=values
                * np.bincount(ids, weights=values * column[of_entry], minlength=features).astype(np.float32)[ids],
                minlength=len(rows),
            )
            for column in given.T
        ]
        return np.stack(columns, axis=1).astype(np.float32)

    return multiply


def centroids(table: Table, rows: npt.NDArray[np.int64], claims: Ints, total: int, features: int) -> Weights:
    """Sparse weights (total columns): sums of the claims' vectors, each feature with its `CLAIMS_PER_FEATURE` best."""
    chosen = np.zeros(len(table), dtype=bool)
    chosen[rows] = True
    sizes = np.bincount(claims[rows], minlength=total).astype(np.float32)
    of_entry = np.repeat(np.arange(len(table), dtype=np.int32), np.diff(table.starts))
    entries = np.flatnonzero(chosen[of_entry])
    columns = claims[of_entry[entries]]
    keys = table.ids[entries].astype(np.int64) * total + columns
    values = table.values[entries] * ((CENTROID_RATE + log(max(total, 1))) / np.sqrt(sizes[columns]))
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    bounds = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if len(keys) else np.zeros(0, np.int64)
    keys = keys[bounds]
    values = np.add.reduceat(values, bounds) if len(bounds) else values
    of_feature = keys // total
    crowd = np.bincount(of_feature, minlength=features)
    crowded = np.flatnonzero(crowd[of_feature] > CLAIMS_PER_FEATURE)
    keep = np.ones(len(keys), dtype=bool)
    if len(crowded):
        ranked = crowded[np.lexsort((-values[crowded], of_feature[crowded]))]
        first = np.concatenate([[True], of_feature[ranked][1:] != of_feature[ranked][:-1]])
        place = np.arange(len(ranked)) - np.maximum.accumulate(np.where(first, np.arange(len(ranked)), 0))
        keep[ranked[place >= CLAIMS_PER_FEATURE]] = False
    return pack(
        of_feature[keep], (keys[keep] % total).astype(np.int32), values[keep].astype(np.float32), features, total
    )
