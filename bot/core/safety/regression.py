"""Softmax regression on sparse features: the arithmetic behind the small model (`net.py`).

Its loss with L2, minimised by L-BFGS (Liu and Nocedal 1989, doi:10.1007/BF01589116), on TF-IDF weights (a feature
counts once a text), in single precision. The table is kept by rows and by columns, so that both products are one pass.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from bot.core.safety.corpus import Corpus

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]
    Single = npt.NDArray[np.float32]
    Places = npt.NDArray[np.int64]

_AT_ONCE = 1_024
"""Stretches whose features are gathered at once: more take more room, fewer more time."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """Numbers in lines: those of line i stand from `starts[i]` up to `starts[i + 1]`, each beside its place in a vector."""

    starts: "Places"
    places: "npt.NDArray[np.int32]"
    values: "Single"

    def times(self, vector: "Single") -> "Array":
        """Return each line's inner product with `vector`."""
        import numpy as np

        lines, lengths = len(self.starts) - 1, np.diff(self.starts)
        most = max(_MULTIPLIED_AT_ONCE, int(lengths.max(initial=0)))
        products = np.empty(most + 1, dtype=np.float32)
        sums = np.zeros(lines)
        first = 0
        while first < lines:  # as much at a time as the processor has at hand
            start = int(self.starts[first])
            last = int(np.searchsorted(self.starts, start + most, side="right")) - 1
            count = int(self.starts[last]) - start
            np.take(vector, self.places[start : start + count], out=products[:count], mode="wrap")
            products[:count] *= self.values[start : start + count]
            products[count] = 0
            sums[first:last] = np.add.reduceat(products[: count + 1], self.starts[first:last] - start)
            first = last
        sums[lengths == 0] = 0.0
        return sums

    def only(self, lines: "Places") -> Self:
        """Return some of the lines, in their order here."""
        import numpy as np

        from bot.core.sparse import starts_of

        chosen = np.zeros(len(self.starts) - 1, dtype=bool)
        chosen[lines] = True
        lengths = np.diff(self.starts)
        mine = chosen.repeat(lengths)
        return type(self)(starts_of(lengths[chosen]), self.places[mine], self.values[mine])

    def turned(self, width: int) -> Self:
        """Return the same by columns, of which there are `width`."""
        import numpy as np

        from bot.core.sparse import starts_of

        starts = starts_of(np.bincount(self.places, minlength=width))
        turned = type(self)(starts, np.empty_like(self.places), np.empty_like(self.values))
        rows = np.arange(len(self.starts) - 1, dtype=np.int32).repeat(np.diff(self.starts))
        first = 0
        while first < width:  # some columns at a time, since putting entries in order takes much room
            last = int(np.searchsorted(starts, starts[first] + _SORTED_AT_ONCE, side="right")) - 1
            last = min(max(last, first + 1), first + _SHORT)
            mine = np.flatnonzero((self.places >= first) & (self.places < last))
            # Numbers of 16 bits are put in order without being compared.
            mine = mine[np.argsort((self.places[mine] - first).astype(np.uint16), kind="stable")]
            part = slice(starts[first], starts[last])
            turned.places[part], turned.values[part] = rows[mine], self.values[mine]
            first = last
        return turned


_MULTIPLIED_AT_ONCE = 1 << 17
_SORTED_AT_ONCE = 400_000
_SHORT = 1 << 16


@dataclass(frozen=True, slots=True)
class Table:
    """Stretches of texts by features: a line each in `rows`, a line a feature in `columns`.

    `names` gives each feature's place by block and name, `idf` weighs them: log((1 + lines) / (1 + lines with it)) + 1.
    """

    names: tuple[dict[str, int], ...]
    idf: "Array"
    rows: Sparse
    columns: Sparse

    @classmethod
    def of(
        cls,
        corpus: Corpus,
        stretches: Sequence[tuple[int, int]],
        shares: Sequence[float],
        runs: Callable[[str], Sequence[str]],
        *,
        letter: int,
        kept: int,
    ) -> Self:
        """Return the table of stretches of a corpus (first word, word after the last; words of all texts counted on).

        A feature counts once a stretch. Each block of features is scaled to the length `shares` gives. Features of block
        `letter` are words that stand for their `runs`. Features of a single stretch are left out, but for those of block
        `kept`.
        """
        import numpy as np

        from bot.core.sparse import rarity, starts_of

        spelt = _Spelt(corpus.names[letter], runs)
        offsets = corpus.offsets()
        total = offsets[-1] + len(spelt.number)
        bounds = np.array(stretches, dtype=np.int64).reshape(-1, 2)
        parts: list[tuple[npt.NDArray[np.int16], npt.NDArray[np.int32]] | None] = []
        frequency = np.zeros(total, dtype=np.int64)
        for start in range(0, len(bounds), _AT_ONCE):
            first, last = bounds[start : start + _AT_ONCE].T
            rows, features = corpus.features(first, last)
            spells = (features >= offsets[letter]) & (features < offsets[letter + 1])
            keys = np.unique(rows[~spells] * total + features[~spells])
            mine, letters = spelt.of(rows[spells], features[spells] - offsets[letter], len(first))
            local = np.concatenate([keys // total, mine]).astype(np.int16)
            order = np.argsort(local, kind="stable")
            features = np.concatenate([keys % total, letters + offsets[-1]])[order]
            frequency += np.bincount(features, minlength=total)
            parts.append((local[order], features.astype(np.int32)))
        block = np.repeat(np.arange(len(shares)), np.diff(offsets))
        block = np.concatenate([block, np.full(len(spelt.number), letter)])
        stays = (frequency > 1) | ((block == kept) & (frequency > 0))
        place = (np.cumsum(stays) - 1).astype(np.int32)
        idf = rarity(frequency[stays], len(bounds))
        weights, block = idf.astype(np.float32), block[stays]
        places = np.empty(int(frequency[stays].sum()), dtype=np.int32)
        values = np.empty(len(places), dtype=np.float32)
        lengths: list[Places] = []
        done = 0
        for number, made in enumerate(parts):
            assert made is not None
            counted = stays[made[1]]
            rows, columns = made[0][counted].astype(np.int64), place[made[1][counted]]
            parts[number] = None  # what follows needs the room
            part = weights[columns]
            slot = rows * len(shares) + block[columns]
            height = min(_AT_ONCE, len(bounds) - number * _AT_ONCE)
            squared = np.bincount(slot, weights=part**2, minlength=height * len(shares))
            part *= (np.tile(np.array(shares), height) / np.sqrt(np.maximum(squared, 1e-24))).astype(np.float32)[slot]
            places[done : done + len(part)], values[done : done + len(part)] = columns, part
            lengths.append(np.bincount(rows, minlength=height))
            done += len(part)
        where = np.where(stays, place, -1).tolist()
        named = [(names, offset) for names, offset in zip(corpus.names, offsets, strict=False)]
        named[letter] = spelt.number, offsets[-1]
        names = tuple(
            {name: at for name, number in numbers.items() if (at := where[number + offset]) >= 0}
            for numbers, offset in named
        )
        table = Sparse(starts_of(np.concatenate([np.zeros(0, np.int64), *lengths])), places, values)
        return cls(names, idf, table, table.turned(len(idf)))

    def only(self, lines: "Places") -> Self:
        """Return the table of some of the lines, in the same features."""
        rows = self.rows.only(lines)
        return type(self)(self.names, self.idf, rows, rows.turned(self.width))

    @property
    def width(self) -> int:
        """How many features there are."""
        return len(self.idf)


class _Spelt:
    """Words as their runs of letters, which are numbered as they come."""

    def __init__(self, words: Mapping[str, int], runs: Callable[[str], Sequence[str]]) -> None:
        """Take words in the order of their numbers, which count from 0."""
        import numpy as np

        self.number: dict[str, int] = {}
        number = self.number
        spelt = [[number.setdefault(run, len(number)) for run in dict.fromkeys(runs(word))] for word in words]
        self._lengths = np.array([len(each) for each in spelt], dtype=np.int64)
        self._starts = self._lengths.cumsum() - self._lengths
        self._runs = np.array([run for each in spelt for run in each], dtype=np.int64)

    def of(self, rows: "Places", words: "Places", total: int) -> "tuple[Places, Places]":
        """Return the runs of the words that stand in so many rows, each run once a row: its row, and its number."""
        import numpy as np

        from bot.core.sparse import entries_of

        lengths = self._lengths[words]
        entries = entries_of(self._starts[words], lengths)
        there = np.zeros((total, len(self.number)), dtype=bool)
        there[rows.repeat(lengths), self._runs[entries]] = True
        found = np.flatnonzero(there)
        mine = found // there.shape[1]
        return mine, found - mine * there.shape[1]


def regress(
    table: Table, target: "Places", sample: "Array", l2: float, *, enough: float = 1e-6
) -> "tuple[Array, Array]":
    """Minimise the loss of softmax regression (each row counting `sample`) + l2/2 * |weights|^2.

    It is followed until a step lessens the loss by no more than its `enough`-th part: so near the one minimum that no
    probability is off by a hundredth, whatever the order of sums. (Stopped earlier, each version of numpy, and each
    word stemmed otherwise, gave other probabilities.)

    `target` is each row's class. Every class has weights, class 0 too, so that it is pulled to nothing no more than the
    others. Return one row of weights and one constant for each class from 1 up: their log-odds against class 0.
    """
    import numpy as np

    classes, width = max(2, int(target.max(initial=0)) + 1), table.width
    many = classes * width
    rows = np.arange(len(target))
    # A feature of many texts bends the loss more than one of few: steps in its weight are shortened (Jacobi preconditioner).
    columns = table.columns
    squares = Sparse(columns.starts, columns.places, columns.values**2).times(sample.astype(np.float32))
    bends = np.append(np.tile(_BEND * squares + l2, classes), np.full(classes, _BEND * sample.sum() + l2))
    scale = 1 / np.sqrt(bends)

    def loss(point: "Array") -> "tuple[float, Array]":
        plain = point * scale
        weights, bias = plain[:many].reshape(classes, width), plain[many:]
        scores = np.zeros((classes, len(target)))
        for number in range(1, classes):
            scores[number] = table.rows.times(weights[number].astype(np.float32))
        scores[0] = -scores.sum(axis=0)  # the weights of all classes sum to 0, as their slopes do
        scores += bias[:, None]
        most = scores.max(axis=0)
        chances = np.exp(scores - most)
        total = chances.sum(axis=0)
        value = float(np.sum(sample * (most + np.log(total) - scores[target, rows])))
        slopes = sample * (chances / total)
        slopes[target, rows] -= sample
        back = np.zeros((classes, width))
        for number in range(1, classes):
            back[number] = columns.times(slopes[number].astype(np.float32))
        back[0] = -back.sum(axis=0)
        return (
            value + l2 / 2 * _dot(plain[:many], plain[:many]),
            np.append(back.ravel() + l2 * plain[:many], slopes.sum(axis=1)) * scale,
        )

    shares = np.bincount(target, weights=sample, minlength=classes) + 1
    start = np.append(np.zeros(many), np.log(shares / shares.sum()) / scale[many:])
    plain = _minimise(loss, start, enough=enough) * scale
    weights, bias = plain[:many].reshape(classes, width), plain[many:]
    return weights[1:] - weights[0], bias[1:] - bias[0]


_BEND = 0.001
"""What stands for chance * (1 - chance), where the loss is bent: most texts are soon told with some certainty."""


_MEMORY, _STEPS, _TINY, _ENOUGH = 8, 500, 1e-10, 1e-9


def _minimise(
    loss: "Callable[[Array], tuple[float, Array]]", start: "Array", *, steps: int = _STEPS, enough: float = _ENOUGH
) -> "Array":
    """Return the point that L-BFGS with backtracking reaches from `start`; `loss` gives value and slope."""
    import numpy as np

    point = start
    value, slope = loss(point)
    pairs: list[tuple[Single, Single, float]] = []  # in single precision: they only say where to look next
    part = np.empty(len(start), dtype=np.float32)
    for _ in range(steps):
        direction = -slope.astype(np.float32)
        kept = []
        for s, y, rho in reversed(pairs):
            a = rho * _dot(s, direction)
            direction -= np.multiply(y, np.float32(a), out=part)
            kept.append(a)
        if pairs:
            s, y, rho = pairs[-1]
            direction *= np.float32(1 / (rho * _dot(y, y)))
        for (s, y, rho), a in zip(pairs, reversed(kept), strict=True):
            direction += np.multiply(s, np.float32(a - rho * _dot(y, direction)), out=part)
        step = 1.0 if pairs else min(1.0, 1.0 / max(1e-12, float(np.abs(slope).sum())))
        descent = _dot(slope, direction.astype(np.float64))
        for _ in range(20):
            there = point + step * direction
            new_value, new_slope = loss(there)
            if new_value <= value + 1e-4 * step * descent:
                break
            step *= 0.5
        s, y = (there - point).astype(np.float32), (new_slope - slope).astype(np.float32)
        curve = _dot(s, y)
        if curve > _TINY:
            pairs = [*pairs[-_MEMORY + 1 :], (s, y, 1.0 / curve)]
        done = abs(value - new_value) < enough * max(1.0, abs(value))
        point, value, slope = there, new_value, new_slope
        if done:
            break
    return point


def _dot(one: "npt.NDArray[Any]", other: "npt.NDArray[Any]") -> float:
    """Return the inner product, by einsum: BLAS would start threads that wait for each other on a busy machine."""
    import numpy as np

    return float(np.einsum("i,i", one, other))
