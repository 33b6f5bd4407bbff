"""The weights of a linear model, kept sparse: only those that matter, gathered by feature.

A question has some two hundred features; its scores are the sum of their rows. Rows hold a few columns each.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.core.matching.features import Floats, Ints, Table, Vector

SHARED_BY = 48
"""Features of more phrasings than this are multiplied densely, the others one by one."""
_ENTRIES_AT_ONCE = 8_000
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Weights:
    """Compressed sparse rows: feature f owns `columns[starts[f]:starts[f + 1]]` and the same part of `values`.

    Shapes: (features + 1,) for starts, (entries,) for columns and values.
    """

    starts: npt.NDArray[np.int64]
    columns: Ints
    values: Floats
    width: int

    def scores(self, vector: Vector) -> npt.NDArray[np.float64]:
        """Return the sum of a vector's rows, each times its value: shape (width,)."""
        starts = self.starts[vector.ids]
        sizes = self.starts[vector.ids + 1] - starts
        ends = sizes.cumsum()
        if not len(ends) or not ends[-1]:
            return np.zeros(self.width)
        entries = np.arange(ends[-1]) + (starts - ends + sizes).repeat(sizes)
        weights = self.values[entries] * vector.values.repeat(sizes)
        return np.bincount(self.columns[entries], weights=weights, minlength=self.width).astype(np.float64, copy=False)


class Gatherer:
    """Makes X' A from the vectors of one table, for as many A as needed."""

    def __init__(self, table: Table, features: int) -> None:
        """Sort the entries by feature once; those of common features become one dense matrix."""
        uses = np.bincount(table.ids, minlength=features)
        rows = np.repeat(np.arange(len(table)), np.diff(table.starts))
        self._features = features
        self._common = np.flatnonzero(uses > SHARED_BY)
        column = np.full(features, -1, dtype=np.int32)
        column[self._common] = np.arange(len(self._common), dtype=np.int32)
        of_entry = column[table.ids]
        is_common = of_entry >= 0
        self.dense: Floats = np.zeros((len(table), len(self._common)), dtype=np.float32)
        self.dense[rows[is_common], of_entry[is_common]] = table.values[is_common]
        rare = np.flatnonzero(~is_common)
        rare = rare[np.argsort(table.ids[rare], kind="stable")]
        self.rare_ids, self.rare_rows, self.rare_values = table.ids[rare], rows[rare], table.values[rare]
        self.rare_uses = uses[self.rare_ids]

    def gather(self, dual: Floats, only: npt.NDArray[np.bool_] | None = None) -> Floats:
        """X' A, shape (features, columns), for A of shape (phrasings, columns).

        `only`: shape (features,), the rare features that are wanted; the rows of the others stay zero.
        """
        result = np.zeros((self._features, dual.shape[1]), dtype=np.float32)
        result[self._common] = self.dense.T @ dual
        ids, rows, values = self.rare_ids, self.rare_rows, self.rare_values
        if only is not None:
            wanted = only[ids]
            ids, rows, values = ids[wanted], rows[wanted], values[wanted]
        bounds = np.flatnonzero(np.concatenate([[True], ids[1:] != ids[:-1]])) if len(ids) else np.zeros(0, np.int64)
        start = 0
        while start < len(bounds):
            entry = bounds[start]
            stop = max(int(np.searchsorted(bounds, entry + _ENTRIES_AT_ONCE)), start + 1)
            last = bounds[stop] if stop < len(bounds) else len(ids)
            part = dual[rows[entry:last]]
            part *= values[entry:last, None]
            result[ids[bounds[start:stop]]] = np.add.reduceat(part, bounds[start:stop] - entry, axis=0)
            start = stop
        return result

    def likeness(self) -> Floats:
        """Return the dot products of the table's vectors: shape (phrasings, phrasings), symmetric.

        Features that many phrasings share go through one dense product; the many that only a few share are summed pair
        by pair. Together they cost a small part of the dense product over all features.
        """
        result: Floats = self.dense @ self.dense.T
        flat, n = result.reshape(-1), len(result)
        for shared in range(1, SHARED_BY + 1):
            of_feature = np.flatnonzero(self.rare_uses == shared).reshape(-1, shared)
            rows, values = self.rare_rows[of_feature], self.rare_values[of_feature]
            for a in range(shared if len(of_feature) else 0):
                for b in range(shared):
                    np.add.at(flat, rows[:, a] * n + rows[:, b], values[:, a] * values[:, b])
        return result


def sparse(dense: Floats, keep: float) -> Weights:
    """Return the share `keep` of the weights that are largest, whatever their sign. `dense`: shape (features, columns)."""
    size = np.abs(dense)
    sample = size.reshape(-1)[:: max(size.size // _SAMPLE, 1)]
    threshold = float(np.quantile(sample, 1 - keep)) if len(sample) else 0.0
    rows, columns = np.nonzero(size >= max(threshold, 1e-6))
    return pack(rows, columns.astype(np.int32), dense[rows, columns], *dense.shape)


def pack(rows: npt.NDArray[np.int64], columns: Ints, values: Floats, features: int, width: int) -> Weights:
    """Entries, by feature in ascending order, as compressed rows. All three: shape (entries,)."""
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=features))]).astype(np.int64)
    return Weights(starts, columns, values.astype(np.float32), width)


def beside(left: Weights, right: Weights) -> Weights:
    """Two tables of the same features as one; the columns of `right` come after those of `left`."""
    rows = np.concatenate([_rows(left), _rows(right)])
    columns = np.concatenate([left.columns, right.columns + np.int32(left.width)])
    values = np.concatenate([left.values, right.values])
    order = np.argsort(rows, kind="stable")
    return pack(rows[order], columns[order], values[order], len(left.starts) - 1, left.width + right.width)


def _rows(weights: Weights) -> npt.NDArray[np.int64]:
    return np.repeat(np.arange(len(weights.starts) - 1), np.diff(weights.starts))
