"""The weights of a linear model, kept sparse: only those that matter, gathered by feature.

A question has some two hundred features; its scores are the sum of their rows. Rows hold a few columns each.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.core.matching.vectors import Floats, Ints, Table, Vector
from bot.core.sparse import entries_of, starts_of

SHARED_BY = 300
"""Features of more phrasings than this are multiplied densely, the others one by one."""
WIDE = 0.5
"""Of all columns: a row with more of them than this is kept in full."""
_ENTRIES_AT_ONCE = 8_000
_PRODUCTS_AT_ONCE = 100_000
_SAMPLE = 200_000


@dataclass(frozen=True, slots=True)
class Weights:
    """Compressed sparse rows: feature f owns `columns[starts[f]:starts[f + 1]]` and the same part of `values`.

    Shapes: (features + 1,) for starts, (entries,) for columns and values.
    """

    starts: npt.NDArray[np.integer]
    columns: npt.NDArray[np.integer]
    values: npt.NDArray[np.floating]
    width: int

    def smaller(self) -> "Weights":
        """Return the same in half the memory, values rounded to three digits; for what is only read any more."""
        columns = self.columns.astype(np.uint16) if self.width <= 1 << 16 else self.columns
        return Weights(self.starts.astype(np.int32), columns, self.values.astype(np.float16), self.width)

    def scores(self, vector: Vector) -> npt.NDArray[np.float64]:
        """Return the sum of a vector's rows, each times its value: shape (width,)."""
        return self.summed(vector.ids, vector.values)

    def summed(self, ids: Ints, values: Floats) -> npt.NDArray[np.float64]:
        """Return the sum of some rows, each times its value: shape (width,)."""
        starts = self.starts.take(ids)
        sizes = self.starts.take(ids + 1) - starts
        entries = entries_of(starts, sizes)
        if not len(entries):
            return np.zeros(self.width)
        weights = self.values.take(entries) * values.repeat(sizes)
        sums = np.bincount(self.columns.take(entries), weights=weights, minlength=self.width)
        return sums.astype(np.float64, copy=False)

    def of_column(self, vector: Vector, column: int) -> Floats:
        """Return what each feature of a vector adds to the score of one column: shape (known features,)."""
        starts = self.starts.take(vector.ids)
        sizes = self.starts.take(vector.ids + 1) - starts
        found = np.zeros(len(vector.ids), dtype=np.float32)
        entries = entries_of(starts, sizes)
        mine = np.flatnonzero(self.columns.take(entries) == column)
        features = sizes.cumsum().searchsorted(mine, side="right")
        found[features] = self.values.take(entries[mine]) * vector.values[features]
        return found

    def add_products(self, table: Table, result: Floats) -> None:
        """Add the scores of all vectors of a table to `result`, of shape (phrasings, width)."""
        starts = self.starts[table.ids]
        sizes = self.starts[table.ids + 1] - starts
        upto = starts_of(sizes)[table.starts]
        first = 0
        while first < len(table):
            last = max(int(np.searchsorted(upto, upto[first] + _PRODUCTS_AT_ONCE, side="right")) - 1, first + 1)
            part = slice(table.starts[first], table.starts[last])
            each = sizes[part]
            entries = entries_of(starts[part], each)
            rows = np.arange(last - first).repeat(np.diff(table.starts[first : last + 1]))
            places = (rows * self.width).repeat(each) + self.columns[entries]
            weights = self.values[entries] * table.values[part].repeat(each)
            sums = np.bincount(places, weights=weights, minlength=(last - first) * self.width)
            result[first:last] += sums.reshape(last - first, self.width)
            first = last


class Quick:
    """The same scores as `Weights.scores` in less than half the time, for what is asked over and over.

    A few features (words by themselves) weigh in nearly every column, and questions have many of these: their rows stand
    side by side in full.
    """

    def __init__(self, weights: Weights) -> None:
        """Lay the wide rows out."""
        self._narrow = weights
        wide = np.flatnonzero(np.diff(weights.starts) > WIDE * weights.width)
        numbers = np.int16 if len(wide) < 1 << 15 else np.int32
        self._place: npt.NDArray[np.integer] = np.full(len(weights.starts) - 1, -1, dtype=numbers)
        self._place[wide] = np.arange(len(wide))
        self._rows = np.zeros((len(wide), weights.width), dtype=np.float32)
        for row, feature in zip(self._rows, wide.tolist(), strict=True):
            part = slice(weights.starts[feature], weights.starts[feature + 1])
            row[weights.columns[part]] = weights.values[part]

    def scores(self, vector: Vector) -> npt.NDArray[np.float64]:
        """Return the sum of a vector's rows, each times its value: shape (width,)."""
        ids, values = vector.ids, vector.values
        places = self._place.take(ids)
        wide = places >= 0
        narrow = ~wide
        found = self._narrow.summed(ids[narrow], values[narrow])
        found += values[wide].astype(np.float64) @ self._rows[places[wide]]
        return found


class Gatherer:
    """Makes X' A from the vectors of one table, and the dot products of other vectors with them, for as many as needed.

    The entries of features that many phrasings share make one dense matrix; the many that only a few share are kept by
    feature. Together they cost a small part of the dense product over all features.
    """

    def __init__(self, table: Table, features: int) -> None:
        """Sort the entries by feature once."""
        uses = np.bincount(table.ids, minlength=features)
        self._table = table
        self._features = features
        self._common = np.flatnonzero(uses > SHARED_BY)
        self._column = np.full(features, -1, dtype=np.int32)
        self._column[self._common] = np.arange(len(self._common), dtype=np.int32)
        self.dense = self._dense(table)
        rows = np.repeat(np.arange(len(table), dtype=np.int32), np.diff(table.starts))
        rare = np.flatnonzero(self._column[table.ids] < 0)
        rare = rare[np.argsort(table.ids[rare], kind="stable")]
        self._rare_ids = table.ids[rare].astype(np.int64)
        self._rare = pack(self._rare_ids, rows[rare], table.values[rare], features, len(table))

    def _dense(self, table: Table) -> Floats:
        """Return the common features of a table: shape (phrasings, common features)."""
        columns = self._column[table.ids]
        common = columns >= 0
        rows = np.repeat(np.arange(len(table)), np.diff(table.starts))
        dense = np.zeros((len(table), len(self._common)), dtype=np.float32)
        dense[rows[common], columns[common]] = table.values[common]
        return dense

    def gather(self, dual: Floats) -> Floats:
        """X' A, shape (features, columns), for A of shape (phrasings, columns)."""
        result = np.zeros((self._features, dual.shape[1]), dtype=np.float32)
        result[self._common] = self.dense.T @ dual
        ids, rows, values = self._rare_ids, self._rare.columns, self._rare.values
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

    def likeness(self, table: Table | None = None) -> Floats:
        """Return the dot products of a table's vectors with those of the own one: shape (their phrasings, own phrasings).

        Without a table those of the own vectors among each other.
        """
        asked = self._table if table is None else table
        result: Floats = (self.dense if table is None else self._dense(table)) @ self.dense.T
        self._rare.add_products(asked, result)
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
    starts = starts_of(np.bincount(rows, minlength=features))
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
