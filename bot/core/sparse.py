"""Rows of sparse tables, those of the matcher and of the gate: where their entries stand, and how much a feature weighs.

A table keeps the entries of all rows one after the other (compressed sparse rows): those of row i begin at `starts[i]`.
"""

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

IntegerT = TypeVar("IntegerT", bound=np.integer[Any])


def starts_of(sizes: npt.NDArray[np.integer]) -> npt.NDArray[np.int64]:
    """Return where each row begins, and where the last ends, of rows of so many entries: shape (rows + 1,)."""
    return np.concatenate([np.zeros(1, np.int64), sizes.cumsum(dtype=np.int64)])


def entries_of(starts: npt.NDArray[IntegerT], sizes: npt.NDArray[np.integer]) -> npt.NDArray[IntegerT]:
    """Return where the entries of some rows stand, row after row, in the integers of `starts`: shape (entries of all,).

    `starts`, `sizes`: shape (rows,), where each row begins and how many entries it has.
    """
    ends = sizes.cumsum(dtype=starts.dtype)
    found: npt.NDArray[IntegerT] = np.arange(ends[-1] if len(ends) else 0, dtype=starts.dtype)
    found += (starts - ends + sizes).repeat(sizes)
    return found


def rarity(frequency: npt.NDArray[np.integer], of: int) -> npt.NDArray[np.float64]:
    """Return ln((1 + of) / (1 + frequency)) + 1 for each feature, which so many `of` all texts (or classes) use.

    Inverse document frequency (Sparck Jones 1972, doi:10.1108/eb026526), with one text more that uses every feature.
    """
    weights: npt.NDArray[np.float64] = np.log((1 + of) / (1 + frequency)) + 1
    return weights
