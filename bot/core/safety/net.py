"""A small linear model over words, letters and concepts, fitted at load from the phrase bank.

Logistic regression with L2 (minimised by L-BFGS: Liu and Nocedal 1989, doi:10.1007/BF01589116) on TF-IDF-weighted
features. One regression tells an alarm from a harmless message, a second tells how urgent an alarm is. Features come in
blocks (words, letters, concepts), each scaled to its own length, so that a long message does not shout. A score is read
off running sums, and of a long message every stretch of `WINDOW` words is scored: backstory does not drown an alarm.
"""

import math
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Self

from bot.core.safety.assertion import FICTION, HYPOTHETICAL, INFORMATION, NEGATED, PAST
from bot.core.safety.lexicon import Hit
from bot.core.safety.state import State
from bot.core.safety.tokens import SENTENCE, Words
from bot.core.text import stem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Array = npt.NDArray[np.float64]

WINDOW: Final = 22
STRIDE: Final = 4
REACH: Final = 9
_TAKEN_BACK = NEGATED | PAST | HYPOTHETICAL | FICTION | INFORMATION
BLOCKS: Final = 4
WORD, LETTER, CONCEPT, PAIR = range(BLOCKS)
_SHARES: Final = (1.0, 0.8, 1.0, 0.8)
_MOST_CACHED = 8_192

Item = tuple[int, str]
"""A feature: its block and its name."""


Columns = tuple["array[float]", "array[float]", "array[float]"]
"""What each feature adds: to its block's squared length, to the alarm score, to the urgency score."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The model's view of a message: the probability of an alarm, that it is an emergency, and the words it rests on."""

    alarm: float
    urgent: float
    start: int = 0
    end: int = 0


NOTHING: Final = Opinion(0.0, 0.0)


def stretches(items: list[list[Item]]) -> list[list[list[Item]]]:
    """Return a text's features whole, and of a long text each stretch that is scored by itself as well."""
    return [items[start:end] for start, end in _spans(len(items))]


def _spans(count: int) -> list[tuple[int, int]]:
    spans = [(0, count)]
    if count > WINDOW:
        spans += [(start, min(start + WINDOW, count)) for start in range(0, count - WINDOW + STRIDE, STRIDE)]
    return spans


def letters(word: str) -> list[str]:
    """Return the runs of three to five characters of a word with its edges marked."""
    edged = f"<{word}>"
    return [edged[i : i + n] for n in (3, 4, 5) for i in range(len(edged) - n + 1)]


class Featuriser:
    """Turns a read message into features, word by word."""

    def __init__(self, names: Sequence[str], quiet: Iterable[str]) -> None:
        """Take the concepts' names by number, and those that say nothing about symptoms."""
        left_out = set(quiet)
        self._names = tuple(names)
        self._content = frozenset(number for number, name in enumerate(names) if name not in left_out)

    def items(self, text: Words, hits: Sequence[Hit], bits: Sequence[int]) -> list[list[Item]]:
        """Return the features of each word, in order."""
        words = text.words
        found: list[list[Item]] = []
        before = "^"
        for word, bit, mark in zip(words, bits, text.breaks, strict=True):
            root = "#" if word[0].isdigit() else stem(word)
            if bit & _TAKEN_BACK:
                found.append([(WORD, "~" + root), (WORD, "~" + before + " " + root)])
            else:
                if mark >= SENTENCE:
                    before = "^"
                found.append([(WORD, root), (WORD, before + " " + root), (LETTER, word)])
            before = root
        names, content, place = self._names, self._content, text.places
        live: list[tuple[int, int]] = []
        for hit in sorted(hits, key=lambda hit: hit.start):
            if hit.concept not in content:
                continue
            if bits[hit.start] & _TAKEN_BACK:
                found[hit.start].append((CONCEPT, "~" + names[hit.concept]))
                continue
            found[hit.start].append((CONCEPT, names[hit.concept]))
            here = place[hit.start]
            live = [(concept, start) for concept, start in live if here - place[start] <= REACH]
            for concept, start in live:
                if concept != hit.concept and start != hit.start:
                    low, high = sorted((names[concept], names[hit.concept]))
                    found[hit.start].append((PAIR, f"{low}+{high}"))
            live.append((hit.concept, hit.start))
        return found


class Net:
    """The fitted model."""

    def __init__(self, rows: Sequence[Mapping[str, int]], columns: Columns, alarm: float, urgent: float) -> None:
        """Take the row of each feature for each block (letters as runs), the columns, and the two constants."""
        self._rows = tuple(rows)
        self._columns = columns
        self._constants = (alarm, urgent)
        self._letters: dict[str, tuple[float, float, float]] = {}

    @classmethod
    def fit(
        cls, texts: Sequence[list[list[Item]]], alarm: Sequence[bool], urgent: Sequence[bool], *, l2: float = 1.0
    ) -> Self:
        """Fit on featurised texts; `urgent` counts where `alarm` is true. Deterministic.

        However many harmless texts there are, alarms keep their weight (`_BALANCE` of theirs).
        """
        import numpy as np

        table = _Table.of(texts)
        target = np.asarray(alarm, dtype=float)
        balance = max(1.0, _BALANCE * float(np.sum(1 - target)) / max(1.0, float(np.sum(target))))
        weight, bias = _regress(table, target, np.where(target > 0, balance, 1.0), l2)
        alarming = np.flatnonzero(target > 0)
        emergency = np.asarray(urgent, dtype=float)[alarming]
        weight2, bias2 = _regress(table.only(alarming), emergency, np.ones(len(emergency)), l2)
        idf = table.idf
        rows: list[dict[str, int]] = [{} for _ in range(BLOCKS)]
        for row, (block, name) in enumerate(table.items):
            rows[block][name] = row
        columns = (array("d", idf**2), array("d", weight * idf), array("d", weight2 * idf))
        return cls(rows, columns, bias, bias2)

    def judge(self, items: list[list[Item]], *, fresh: int = 0) -> Opinion:
        """Return the model's highest alarm over the message's stretches (those that reach past word `fresh`)."""
        sums: list[tuple[float, ...]] = [(0.0,) * (3 * BLOCKS)]
        rows = self._rows
        squares, alarms, urgents = self._columns
        for word in items:
            total = list(sums[-1])
            for block, name in word:
                if block == LETTER:
                    square, alarm, urgent = self._spell(name)
                else:
                    row = rows[block].get(name)
                    if row is None:
                        continue
                    square, alarm, urgent = squares[row], alarms[row], urgents[row]
                total[block] += square
                total[BLOCKS + block] += alarm
                total[2 * BLOCKS + block] += urgent
            sums.append(tuple(total))
        count = len(items)
        best = NOTHING
        for start, end in _spans(count):
            if end <= fresh:
                continue
            low, high = sums[start], sums[end]
            scores = list(self._constants)
            for block in range(BLOCKS):
                square = high[block] - low[block]
                if square > _TINY:
                    scale = _SHARES[block] / math.sqrt(square)
                    scores[0] += scale * (high[BLOCKS + block] - low[BLOCKS + block])
                    scores[1] += scale * (high[2 * BLOCKS + block] - low[2 * BLOCKS + block])
            alarm = _logistic(scores[0])
            if alarm > best.alarm:
                best = Opinion(alarm, _logistic(scores[1]), start, end)
        return best

    def _spell(self, word: str) -> tuple[float, float, float]:
        known = self._letters.get(word)
        if known is None:
            square = alarm = urgent = 0.0
            rows = self._rows[LETTER]
            squares, alarms, urgents = self._columns
            for run in letters(word):
                row = rows.get(run)
                if row is not None:
                    square += squares[row]
                    alarm += alarms[row]
                    urgent += urgents[row]
            known = (square, alarm, urgent)
            if len(self._letters) < _MOST_CACHED:
                self._letters[word] = known
        return known

    def dump(self, state: State) -> None:
        """Add the model to the state that a cache keeps."""
        state.fractions["constants"] = array("d", self._constants)
        for block, rows in enumerate(self._rows):
            state.texts[f"features{block}"] = "\n".join(rows)
            state.whole[f"features{block}"] = array("i", rows.values())
        for name, column in zip(_COLUMNS, self._columns, strict=True):
            state.fractions[name] = column

    @classmethod
    def restore(cls, state: State) -> Self:
        """Rebuild what `dump` added. Raises KeyError or ValueError for anything else."""
        rows = [
            dict(zip(state.lines(name), state.whole[name], strict=True))
            for name in (f"features{block}" for block in range(BLOCKS))
        ]
        squares, alarms, urgents = (state.fractions[name] for name in _COLUMNS)
        alarm, urgent = state.fractions["constants"]
        return cls(rows, (squares, alarms, urgents), alarm, urgent)


_COLUMNS: Final = ("squares", "alarms", "urgents")


@dataclass(frozen=True, slots=True)
class _Table:
    """Texts by features: entry i says that text `rows[i]` has feature `columns[i]`, with `values[i]`.

    `items` names the features, `idf` weighs them: log((1 + texts) / (1 + texts with it)) + 1.
    """

    items: Sequence[Item]
    idf: "Array"
    rows: "npt.NDArray[np.int64]"
    columns: "npt.NDArray[np.int64]"
    values: "Array"
    height: int

    @classmethod
    def of(cls, texts: Sequence[list[list[Item]]]) -> Self:
        """Return the table of featurised texts; features of a single text are left out, but for concepts."""
        import numpy as np

        number: dict[Item, int] = {}
        spelt: dict[str, list[int]] = {}
        found: list[int] = []
        lengths: list[int] = []
        for text in texts:
            before = len(found)
            for word in text:
                for item in word:
                    if item[0] != LETTER:
                        found.append(number.setdefault(item, len(number)))
                        continue
                    runs = spelt.get(item[1])
                    if runs is None:
                        runs = [number.setdefault((LETTER, run), len(number)) for run in letters(item[1])]
                        spelt[item[1]] = runs
                    found += runs
            lengths.append(len(found) - before)
        width = max(1, len(number))
        every = np.repeat(np.arange(len(texts)), lengths) * width + np.array(found, dtype=np.int64)
        entries, times = np.unique(every, return_counts=True)
        rows, columns = entries // width, entries % width
        frequency = np.bincount(columns, minlength=len(number))
        block = np.array([item[0] for item in number], dtype=np.int64)
        kept = (frequency > 1) | (block == CONCEPT)
        place = np.cumsum(kept) - 1
        counted = kept[columns]
        rows, columns, times = rows[counted], place[columns[counted]], times[counted]
        idf = np.log((1 + len(texts)) / (1 + frequency[kept])) + 1
        slot = rows * BLOCKS + block[kept][columns]
        squares = np.bincount(slot, weights=times * idf[columns] ** 2, minlength=len(texts) * BLOCKS)
        values = times * np.array(_SHARES)[slot % BLOCKS] * idf[columns] / np.sqrt(squares[slot])
        items = [item for item, stays in zip(number, kept.tolist(), strict=True) if stays]
        return cls(items, idf, rows, columns, values, len(texts))

    def only(self, texts: "npt.NDArray[np.int64]") -> Self:
        """Return the table of some of the texts, in the same features."""
        import numpy as np

        place = np.full(self.height, -1)
        place[texts] = np.arange(len(texts))
        mine = place[self.rows] >= 0
        rows = place[self.rows[mine]]
        return replace(self, rows=rows, columns=self.columns[mine], values=self.values[mine], height=len(texts))

    @property
    def width(self) -> int:
        return len(self.items)

    def times(self, vector: "Array") -> "Array":
        import numpy as np

        return np.bincount(self.rows, weights=self.values * vector[self.columns], minlength=self.height).astype(float)

    def transposed_times(self, vector: "Array") -> "Array":
        import numpy as np

        return np.bincount(self.columns, weights=self.values * vector[self.rows], minlength=self.width).astype(float)


def _regress(table: _Table, target: "Array", sample: "Array", l2: float) -> "tuple[Array, float]":
    """Minimise logistic loss (each row counting `sample`) + l2/2 * |weights|^2; return weights and constant."""
    import numpy as np

    def loss(point: "Array") -> "tuple[float, Array]":
        score = table.times(point[:-1]) + point[-1]
        chance = 1 / (1 + np.exp(-np.clip(score, -40, 40)))
        value = float(
            np.sum(sample * (np.logaddexp(0, score) - target * score)) + l2 / 2 * _dot(point[:-1], point[:-1])
        )
        slope = sample * (chance - target)
        return value, np.append(table.transposed_times(slope) + l2 * point[:-1], slope.sum())

    point = _minimise(loss, np.zeros(table.width + 1))
    return point[:-1], float(point[-1])


_MEMORY, _STEPS, _TINY = 6, 40, 1e-10
_BALANCE = 0.5


def _minimise(loss: "Callable[[Array], tuple[float, Array]]", start: "Array") -> "Array":
    """Return the point that L-BFGS with backtracking reaches from `start`; `loss` gives value and slope."""
    import numpy as np

    point = start
    value, slope = loss(point)
    pairs: list[tuple[Array, Array, float]] = []
    for _ in range(_STEPS):
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
        done = abs(value - new_value) < 1e-5 * max(1.0, abs(value))
        point, value, slope = there, new_value, new_slope
        if done:
            break
    return point


def _dot(one: "Array", other: "Array") -> float:
    """Return the inner product, by einsum: BLAS would start threads that wait for each other on a busy machine."""
    import numpy as np

    return float(np.einsum("i,i", one, other))


def _logistic(score: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, score))))
