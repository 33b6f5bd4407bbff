"""A small linear model over words, letters and concepts, fitted at load from the phrase bank.

Logistic regression (`regression.py`) on TF-IDF-weighted features. One regression tells an alarm from a harmless message, a second tells how urgent an alarm is. Features come in
blocks (words, letters, concepts), each scaled to its own length, so that a long message does not shout. A score is read
off running sums, and of a long message every stretch of `WINDOW` words is scored: backstory does not drown an alarm.
"""

import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Self

from bot.core.safety.assertion import FICTION, HYPOTHETICAL, INFORMATION, NEGATED, PAST
from bot.core.safety.corpus import BLOCKS, CONCEPT, LETTER, PAIR, WORD, Corpus, Item
from bot.core.safety.lexicon import Hit
from bot.core.safety.numbered import Numbered
from bot.core.safety.regression import Table, regress
from bot.core.safety.state import State
from bot.core.safety.tokens import SENTENCE, Words
from bot.core.text import stem

WINDOW: Final = 22
STRIDE: Final = 4
WHOLE: Final = 4 * WINDOW
"""Words of the longest stretch scored at once: what is said eighty times weighs more and means no more. Windows see it."""
_SHORTEST: Final = 5
REACH: Final = 9
_TAKEN_BACK = NEGATED | PAST | HYPOTHETICAL | FICTION | INFORMATION
_SHARES: Final = (1.0, 0.8, 1.0, 0.8)
_MOST_CACHED = 8_192

Columns = tuple["array[float]", "array[float]", "array[float]"]
"""What each feature adds: to its block's squared length, to the alarm score, to the urgency score."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """The model's view of a stretch: the log-odds of an alarm and of an emergency, and the words it rests on."""

    alarm: float
    urgent: float
    start: int = 0
    end: int = 0


def stretches(count: int, breaks: Sequence[int]) -> list[tuple[int, int]]:
    """Return what a harmless text of `count` words teaches: all of it, and its sentences and long stretches by themselves.

    Each as its first word and the word after its last.
    """
    starts = [0, *(place for place in range(1, count) if breaks[place] >= SENTENCE), count]
    found = {(0, count)}
    found.update((start, end) for start, end in pairwise(starts) if end - start >= _SHORTEST)
    if count > WINDOW:
        found.update((start, start + WINDOW) for start in range(0, count - WINDOW, WINDOW // 2))
    return sorted(found)


def sentences(count: int, breaks: Sequence[int]) -> list[tuple[int, int]]:
    """Return stretches (first word, word after the last) that are scored: all, sentences, and pairs of them, in order."""
    starts = [0, *(place for place in range(1, count) if breaks[place] >= SENTENCE)]
    ends = [*starts[1:], count]
    found = {(0, count)}
    for index, start in enumerate(starts):
        found.add((start, ends[index]))
        found.add((start, ends[min(index + 1, len(ends) - 1)]))
    return sorted(found)


def windows(count: int) -> list[tuple[int, int]]:
    """Return the stretches of `WINDOW` words of a longer message, in order."""
    if count <= WINDOW:
        return []
    return [(start, min(start + WINDOW, count)) for start in range(0, count - WINDOW + STRIDE, STRIDE)]


def letters(word: str) -> list[str]:
    """Return the runs of three and four characters of a word with its edges marked."""
    edged = f"<{word}>"
    return [edged[i : i + n] for n in (3, 4) for i in range(len(edged) - n + 1)]


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
                if concept != hit.concept and words[start] != words[hit.start]:
                    low, high = sorted((names[concept], names[hit.concept]))
                    found[hit.start].append((PAIR, f"{low}+{high}"))
            live.append((hit.concept, hit.start))
        return found


class _Running:
    """Sums over a stretch that is moved along a message: a feature counts once in it, as it does in a text that is fitted."""

    def __init__(self, words: Sequence[Sequence[tuple[int, Sequence[int]]]], columns: Columns) -> None:
        self._words = words
        self._columns = columns
        self._counts: dict[int, int] = {}
        self._sums = tuple([0.0] * BLOCKS for _ in columns)
        self._start = self._end = 0

    def over(self, start: int, end: int) -> tuple[list[float], ...]:
        """Return the sums of each column by block over the words from `start` up to `end`."""
        if start >= self._end or end <= self._start or end - start > 2 * (self._end - self._start):
            self._counts.clear()
            for sums in self._sums:
                sums[:] = [0.0] * BLOCKS
            self._start = self._end = start
        for place in range(self._end, end):
            self._add(place)
        for place in range(end, self._end):
            self._take(place)
        for place in range(start, self._start):
            self._add(place)
        for place in range(self._start, start):
            self._take(place)
        self._start, self._end = start, end
        return self._sums

    def _add(self, place: int) -> None:
        counts = self._counts
        squares, alarms, urgents = self._columns
        total, alarm, urgent = self._sums
        for block, rows in self._words[place]:
            for row in rows:
                before = counts.get(row, 0)
                counts[row] = before + 1
                if not before:
                    total[block] += squares[row]
                    alarm[block] += alarms[row]
                    urgent[block] += urgents[row]

    def _take(self, place: int) -> None:
        counts = self._counts
        squares, alarms, urgents = self._columns
        total, alarm, urgent = self._sums
        for block, rows in self._words[place]:
            for row in rows:
                counts[row] -= 1
                if not counts[row]:
                    total[block] -= squares[row]
                    alarm[block] -= alarms[row]
                    urgent[block] -= urgents[row]


class Net:
    """The fitted model."""

    def __init__(self, rows: Sequence[Numbered], columns: Columns, alarm: float, urgent: float) -> None:
        """Take the row of each feature for each block (letters as runs), the columns, and the two constants."""
        self._rows = tuple(rows)
        self._columns = columns
        self._constants = (alarm, urgent)
        self._letters: dict[str, tuple[int, ...]] = {}

    @classmethod
    def fit(
        cls,
        corpus: Corpus,
        parts: Sequence[tuple[int, int]],
        alarm: Sequence[bool],
        urgent: Sequence[bool],
        *,
        l2: float = 1.0,
    ) -> Self:
        """Fit on stretches of a corpus, its words counted on; `urgent` counts where `alarm` is true. Deterministic.

        However many harmless texts there are, alarms keep their weight (`_BALANCE` of theirs).
        """
        import numpy as np

        table = Table.of(corpus, parts, _SHARES, letters, letter=LETTER, kept=CONCEPT)
        target = np.asarray(alarm, dtype=float)
        balance = max(1.0, _BALANCE * float(np.sum(1 - target)) / max(1.0, float(np.sum(target))))
        weight, bias = regress(table, target, np.where(target > 0, balance, 1.0), l2)
        alarming = np.flatnonzero(target > 0)
        emergency = np.asarray(urgent, dtype=float)[alarming]
        weight2, bias2 = regress(table.only(alarming), emergency, np.ones(len(emergency)), l2)
        idf = table.idf
        columns = (array("d", idf**2), array("d", weight * idf), array("d", weight2 * idf))
        return cls([Numbered.of(each) for each in table.names], columns, bias, bias2)

    def judge(self, items: list[list[Item]], breaks: Sequence[int], *, fresh: int = 0, count: int = 1) -> list[Opinion]:
        """Return the model's highest alarms over the message's stretches (those that reach past word `fresh`)."""
        words = [self._known(word) for word in items]
        found: list[Opinion] = []
        seen: set[tuple[int, int]] = set()
        for several in (sentences(len(items), breaks), windows(len(items))):
            running = _Running(words, self._columns)
            for start, end in several:
                if end <= fresh or end - start > WHOLE or (start, end) in seen:
                    continue
                seen.add((start, end))
                squares, alarms, urgents = running.over(start, end)
                scores = list(self._constants)
                for block in range(BLOCKS):
                    if squares[block] > _TINY:
                        scale = _SHARES[block] / math.sqrt(squares[block])
                        scores[0] += scale * alarms[block]
                        scores[1] += scale * urgents[block]
                found.append(Opinion(scores[0], scores[1], start, end))
        found.sort(key=lambda one: (-one.alarm, one.start, one.end))
        return found[:count]

    def _known(self, word: list[Item]) -> list[tuple[int, Sequence[int]]]:
        """Return the rows of a word's features that the model knows, by block."""
        rows = self._rows
        known: list[tuple[int, Sequence[int]]] = []
        for block, name in word:
            if block == LETTER:
                known.append((block, self._spell(name)))
            else:
                row = rows[block].get(name)
                if row is not None:
                    known.append((block, (row,)))
        return known

    def _spell(self, word: str) -> tuple[int, ...]:
        known = self._letters.get(word)
        if known is None:
            rows = self._rows[LETTER]
            known = tuple(row for run in letters(word) if (row := rows.get(run)) is not None)
            if len(self._letters) < _MOST_CACHED:
                self._letters[word] = known
        return known

    def dump(self, state: State) -> None:
        """Add the model to the state that a cache keeps."""
        state.fractions["constants"] = array("d", self._constants)
        for block, rows in enumerate(self._rows):
            rows.dump(state, f"features{block}")
        for name, column in zip(_COLUMNS, self._columns, strict=True):
            state.fractions[name] = column

    @classmethod
    def restore(cls, state: State) -> Self:
        """Rebuild what `dump` added. Raises KeyError or ValueError for anything else."""
        rows = [Numbered.restore(state, f"features{block}") for block in range(BLOCKS)]
        squares, alarms, urgents = (state.fractions[name] for name in _COLUMNS)
        alarm, urgent = state.fractions["constants"]
        return cls(rows, (squares, alarms, urgents), alarm, urgent)


_COLUMNS: Final = ("squares", "alarms", "urgents")
_TINY = 1e-10
_BALANCE = 0.5
