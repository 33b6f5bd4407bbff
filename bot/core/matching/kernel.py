"""The likeness of every phrasing to every other: dot products of their vectors.

Features that many phrasings share go through one dense matrix product; the many that only a few share are summed pair
by pair. Together they cost a small part of the dense product over all features.
"""

import numpy as np
import numpy.typing as npt

from bot.core.matching.features import Floats, Table
from bot.core.matching.weights import SHARED_BY


def likeness(table: Table) -> Floats:
    """The dot products of a table's vectors: shape (phrasings, phrasings), symmetric."""
    n = len(table)
    rows = np.repeat(np.arange(n, dtype=np.int64), np.diff(table.starts))
    uses = np.bincount(table.ids)
    common = np.flatnonzero(uses > SHARED_BY)
    column = np.full(len(uses), -1, dtype=np.int64)
    column[common] = np.arange(len(common))
    of_entry = column[table.ids]
    dense = np.zeros((n, len(common)), dtype=np.float32)
    is_common = of_entry >= 0
    dense[rows[is_common], of_entry[is_common]] = table.values[is_common]
    result: Floats = dense @ dense.T
    rare = np.flatnonzero(~is_common)
    rare = rare[np.argsort(table.ids[rare], kind="stable")]
    uses_of = uses[table.ids[rare]]
    flat = result.reshape(-1)
    for shared in range(1, SHARED_BY + 1):
        of_feature = rare[uses_of == shared].reshape(-1, shared)
        if len(of_feature):
            _add_pairs(flat, rows[of_feature], table.values[of_feature], n)
    return result


def _add_pairs(flat: Floats, rows: npt.NDArray[np.int64], values: Floats, n: int) -> None:
    """Add the products of the phrasings that share a feature; `rows` and `values`: shape (features, sharing)."""
    shared = rows.shape[1]
    for a in range(shared):
        for b in range(shared):
            np.add.at(flat, rows[:, a] * n + rows[:, b], values[:, a] * values[:, b])
