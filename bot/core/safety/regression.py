"""Logistic regression on sparse features: the arithmetic behind the small model (`net.py`).

Logistic loss with L2, minimised by L-BFGS (Liu and Nocedal 1989, doi:10.1007/BF01589116), on TF-IDF weights (a feature
counts once a text). The table is kept by rows and by columns in single precision, so that both products are one pass.
"""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]
    Single = npt.NDArray[np.float32]
    Places = npt.NDArray[np.int32]

Feature = tuple[int, str]
"""A feature: its block and its name."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """Numbers in lines: those of line i stand from `starts[i]` up to `starts[i + 1]`, each beside its place in a vector."""

    starts: "npt.NDArray[np.int64]"
    places: "Places"
    values: "Single"

    def times(self, vector: "Single") -> "Array":
        """Return each line's inner product with `vector`."""
        import numpy as np

        products = np.empty(len(self.values) + 1, dtype=np.float32)
        np.take(vector, self.places, out=products[:-1], mode="clip")
        products[:-1] *= self.values
        products[-1] = 0
        sums = np.add.reduceat(products, self.starts[:-1]).astype(float)
        sums[self.starts[:-1] == self.starts[1:]] = 0.0
        return sums


@dataclass(frozen=True, slots=True)
class Table:
    """Texts by features. `items` names the features, `idf` weighs them: log((1 + texts) / (1 + texts with it)) + 1."""

    items: Sequence[Feature]
    idf: "Array"
    rows: Sparse
    columns: Sparse

    @classmethod
    def of(
        cls,
        texts: Sequence[Sequence[Sequence[Feature]]],
        shares: Sequence[float],
        runs: Callable[[str], Sequence[str]],
        *,
        letter: int,
        kept: int,
    ) -> Self:
        """Return the table of featurised texts.

        Each block of features is scaled to the length `shares` gives. Features of block `letter` are words that stand for
        their `runs`. Features of a single text are left out, but for those of block `kept`.
        """
        import numpy as np

        number: dict[Feature, int] = {}
        spelt: dict[str, tuple[int, ...]] = {}
        found = array("i")
        lengths = array("i")
        for text in texts:
            mine: set[int] = set()
            for word in text:
                for item in word:
                    if item[0] != letter:
                        mine.add(number.setdefault(item, len(number)))
                        continue
                    several = spelt.get(item[1])
                    if several is None:
                        several = tuple(number.setdefault((letter, run), len(number)) for run in runs(item[1]))
                        spelt[item[1]] = several
                    mine.update(several)
            found.extend(sorted(mine))
            lengths.append(len(mine))
        columns = np.frombuffer(found, dtype=np.int32)
        rows = np.repeat(np.arange(len(texts), dtype=np.int32), np.frombuffer(lengths, dtype=np.int32))
        frequency = np.bincount(columns, minlength=len(number))
        block = np.array([item[0] for item in number], dtype=np.int32)
        stays = (frequency > 1) | (block == kept)
        place = (np.cumsum(stays) - 1).astype(np.int32)
        counted = stays[columns]
        rows, columns = rows[counted], place[columns[counted]]
        idf = np.log((1 + len(texts)) / (1 + frequency[stays])) + 1
        blocks = len(shares)
        slot = rows * np.int32(blocks) + block[stays].astype(np.int32)[columns]
        values = idf.astype(np.float32)[columns]
        lengths2 = np.bincount(slot, weights=values**2, minlength=len(texts) * blocks)
        scale = np.tile(np.array(shares), len(texts)) / np.sqrt(np.maximum(lengths2, 1e-24))
        values *= scale.astype(np.float32)[slot]
        del slot
        items = [item for item, one in zip(number, stays.tolist(), strict=True) if one]
        return cls._both(items, idf, (rows, columns, values), len(texts))

    @classmethod
    def _both(
        cls,
        items: Sequence[Feature],
        idf: "Array",
        entries: "tuple[Places, Places, Single]",
        height: int,
    ) -> Self:
        import numpy as np

        rows, columns, values = entries
        order = np.argsort(columns, kind="stable")
        return cls(
            items,
            idf,
            Sparse(_starts(rows, height), columns, values),
            Sparse(_starts(columns, len(items)), rows[order], values[order]),
        )

    def only(self, texts: "npt.NDArray[np.int64]") -> Self:
        """Return the table of some of the texts, in the same features."""
        import numpy as np

        height = len(self.rows.starts) - 1
        place = np.full(height, -1, dtype=np.int32)
        place[texts] = np.arange(len(texts), dtype=np.int32)
        rows = place[np.repeat(np.arange(height), np.diff(self.rows.starts))]
        mine = rows >= 0
        return self._both(
            self.items, self.idf, (rows[mine], self.rows.places[mine], self.rows.values[mine]), len(texts)
        )

    @property
    def width(self) -> int:
        """How many features there are."""
        return len(self.items)


def _starts(lines: "Places", count: int) -> "npt.NDArray[np.int64]":
    import numpy as np

    return np.concatenate(([0], np.cumsum(np.bincount(lines, minlength=count)))).astype(np.int64)


def regress(table: Table, target: "Array", sample: "Array", l2: float) -> "tuple[Array, float]":
    """Minimise logistic loss (each row counting `sample`) + l2/2 * |weights|^2; return weights and constant."""
    import numpy as np

    def loss(point: "Array") -> "tuple[float, Array]":
        score = table.rows.times(point[:-1].astype(np.float32)) + point[-1]
        chance = 1 / (1 + np.exp(-np.clip(score, -40, 40)))
        value = float(
            np.sum(sample * (np.logaddexp(0, score) - target * score)) + l2 / 2 * _dot(point[:-1], point[:-1])
        )
        slope = sample * (chance - target)
        back = table.columns.times(slope.astype(np.float32))
        return value, np.append(back + l2 * point[:-1], slope.sum())

    point = _minimise(loss, np.zeros(table.width + 1))
    return point[:-1], float(point[-1])


def plain_regress(rows: Sequence[Sequence[float]], target: Sequence[bool], *, l2: float) -> tuple[list[float], float]:
    """Return weights and constant of a logistic regression on a few dense numbers (`evidence.PIECES`)."""
    import numpy as np

    x, y = np.asarray(rows, dtype=float), np.asarray(target, dtype=float)

    def loss(point: "Array") -> "tuple[float, Array]":
        score = x @ point[:-1] + point[-1]
        chance = 1 / (1 + np.exp(-np.clip(score, -40, 40)))
        value = float(np.sum(np.logaddexp(0, score) - y * score) + l2 / 2 * _dot(point[:-1], point[:-1]))
        slope = chance - y
        return value, np.append(x.T @ slope + l2 * point[:-1], slope.sum())

    point = _minimise(loss, np.zeros(x.shape[1] + 1), steps=500, enough=1e-9)
    return [float(one) for one in point[:-1]], float(point[-1])


_MEMORY, _STEPS, _TINY, _ENOUGH = 6, 40, 1e-10, 1e-5


def _minimise(
    loss: "Callable[[Array], tuple[float, Array]]", start: "Array", *, steps: int = _STEPS, enough: float = _ENOUGH
) -> "Array":
    """Return the point that L-BFGS with backtracking reaches from `start`; `loss` gives value and slope."""
    import numpy as np

    point = start
    value, slope = loss(point)
    pairs: list[tuple[Array, Array, float]] = []
    for _ in range(steps):
        direction = -slope
        kept = []
        for s, y, rho in reversed(pairs):
            a = rho * _dot(s, direction)
            direction = direction - a * y
            kept.append(a)
        if pairs:
            s, y, rho = pairs[-1]
            direction = direction * (_dot(s, y) / _dot(y, y))
        for (s, y, rho), a in zip(pairs, reversed(kept), strict=True):
            direction = direction + (a - rho * _dot(y, direction)) * s
        step = 1.0 if pairs else min(1.0, 1.0 / max(1e-12, float(np.abs(slope).sum())))
        descent = _dot(slope, direction)
        for _ in range(20):
            there = point + step * direction
            new_value, new_slope = loss(there)
            if new_value <= value + 1e-4 * step * descent:
                break
            step *= 0.5
        s, y = there - point, new_slope - slope
        curve = _dot(s, y)
        if curve > _TINY:
            pairs = [*pairs[-_MEMORY + 1 :], (s, y, 1.0 / curve)]
        done = abs(value - new_value) < enough * max(1.0, abs(value))
        point, value, slope = there, new_value, new_slope
        if done:
            break
    return point


def _dot(one: "Array", other: "Array") -> float:
    """Return the inner product, by einsum: BLAS would start threads that wait for each other on a busy machine."""
    import numpy as np

    return float(np.einsum("i,i", one, other))
