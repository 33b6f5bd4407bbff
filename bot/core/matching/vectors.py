"""Sparse vectors and tables of them: what a question and the phrasings become (`features.py`), with the arithmetic on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.core.sparse import starts_of

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

BLOCKS = (1 / 3, 1 / 6, 1 / 6, 1 / 4, 1 / 8)
"""The squared length of each block of a vector: concepts, ordered, near, grams, patterns. Chosen by trying on `dev.jsonl`; `tests/benchmarks/ablation.py` tells what each is worth."""
_FULL = sum(BLOCKS)


@dataclass(frozen=True, slots=True)
class Vector:
    """A question's features: `ids` and `values`, both of shape (known features,); squared length at most `sum(BLOCKS)`."""

    ids: Ints
    values: Floats

    @property
    def known(self) -> float:
        """How much of the question was seen before: from 0 to 1, its squared length as a share of the longest."""
        return min(float(self.values.dot(self.values)) / _FULL, 1.0)


@dataclass(frozen=True, slots=True)
class Table:
    """The vectors of many phrasings, one below the other (compressed sparse rows).

    Phrasing i owns `ids[starts[i]:starts[i + 1]]` and the same part of `values`; `blocks` holds the block of each entry.
    Shapes: (entries,) for ids, values and blocks, (phrasings + 1,) for starts.
    """

    ids: Ints
    values: Floats
    blocks: npt.NDArray[np.int8]
    starts: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def row(self, i: int) -> Vector:
        """One phrasing's vector."""
        part = slice(self.starts[i], self.starts[i + 1])
        return Vector(self.ids[part], self.values[part])

    def likeness(self, rows: npt.NDArray[np.integer]) -> Floats:
        """Return the dot products of some phrasings' vectors with each other: shape (rows, rows). Room for few of them."""
        parts = [slice(a, b) for a, b in zip(self.starts[rows].tolist(), self.starts[rows + 1].tolist(), strict=True)]
        ids = np.concatenate([self.ids[part] for part in parts])
        values = np.concatenate([self.values[part] for part in parts])
        of = np.repeat(np.arange(len(parts)), [part.stop - part.start for part in parts])
        return products(ids, values, of, len(parts))


def products(ids: Ints, values: Floats, rows: npt.NDArray[np.integer], total: int) -> Floats:
    """Return the dot products of `total` vectors with each other: shape (total, total). Room for few of them.

    `ids`, `values`, `rows`: shape (entries,), the feature, value and vector of each entry.
    """
    if len(ids) and int(np.diff(ids).min(initial=0)) < 0:
        order = np.argsort(ids, kind="stable")
        ids, values, rows = ids[order], values[order], rows[order]
    first = np.diff(ids, prepend=-1) > 0
    column = np.cumsum(first) - 1
    shared = np.bincount(column) > 1
    place = np.cumsum(shared) - 1
    mine = shared[column]
    dense = np.zeros((total, int(shared.sum())), dtype=np.float32)
    dense[rows[mine], place[column[mine]]] = values[mine]
    found: Floats = dense @ dense.T
    found[np.diag_indices(total)] = np.bincount(rows, weights=values**2, minlength=total)
    return found


def stacked(vectors: Sequence[Vector]) -> Table:
    """Vectors one below the other; their blocks are not known any more and all zero."""
    starts = starts_of(np.array([len(vector.ids) for vector in vectors], dtype=np.int64))
    ids = np.concatenate([vector.ids for vector in vectors]).astype(np.int32)
    values = np.concatenate([vector.values for vector in vectors])
    return Table(ids, values, np.zeros(len(ids), dtype=np.int8), starts)


def scaled(weights: Floats, blocks: npt.NDArray[np.int8], rows: Any, total: int, strange: Any = 0.0) -> Floats:
    """Scale the entries of each row's blocks to their weighted length.

    `weights`, `blocks`, `rows`: shape (entries,); `total` rows; `strange`: shape (total * blocks,), the squared length
    that features outside the space add. Returns shape (entries,).
    """
    slot = rows.astype(np.int64) * len(BLOCKS) + blocks
    squared = np.bincount(slot, weights=weights.astype(np.float64) ** 2, minlength=total * len(BLOCKS)) + strange
    factor = np.sqrt(np.tile(np.array(BLOCKS), total) / np.maximum(squared, 1e-12))
    result: Floats = (weights * factor[slot]).astype(np.float32)
    return result
