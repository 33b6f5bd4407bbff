"""A small linear model over words, letters and concepts, fitted at load from the phrase bank.

Softmax regression (`regression.py`) on TF-IDF-weighted features. One tells kinds of alarm (`KINDS`) from a harmless message: what
speaks of wanting to die has little in common with what speaks of a numb foot, and one line through all of them misses both. A
second tells how urgent an alarm is. Features come in blocks (words, letters, concepts), each scaled to its own length, so
that a long message does not shout. A score is read off running sums, and of a long message every stretch of `WINDOW`
words is scored: backstory does not drown an alarm.
"""

import math
from array import array
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, pairwise, repeat
from threading import Lock
from typing import TYPE_CHECKING, Final, Self

from bot.core.safety.assertion import FICTION, HYPOTHETICAL, INFORMATION, NEGATED, PAST
from bot.core.safety.corpus import BLOCKS, CONCEPT, LETTER, PAIR, WORD, Corpus, Item
from bot.core.safety.lexicon import Hit
from bot.core.safety.numbered import Numbered
from bot.core.safety.regression import Table, regress
from bot.core.safety.state import State
from bot.core.safety.tokens import SENTENCE, Words
from bot.core.text import stem

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

WINDOW: Final = 22
STRIDE: Final = 4
_LONG, _LONG_STRIDE = 400, 6
"""Of more words than these the windows stand further apart: whatever is said in 17 words still lies whole in one."""
WHOLE: Final = 4 * WINDOW
"""Words of the longest stretch scored at once: what is said eighty times weighs more and means no more. Windows see it."""
_SHORTEST: Final = 5
REACH: Final = 9
_TAKEN_BACK = NEGATED | PAST | HYPOTHETICAL | FICTION | INFORMATION
_SHARES: Final = (2.0, 1.2, 0.7, 1.0)
"""How long each block of features is: words tell most. Chosen with `_RUN` and the gate's L2 by cross-validation."""
_RUN: Final = 4
_MOST_CACHED = 8_192

Columns = tuple["array[float]", ...]
"""What each feature adds: to its block's squared length, to the score of each kind of alarm, to the urgency score."""

KINDS: Final = ("general", "special", "mind")
"""Kinds of alarm that are told from harmless messages: those whose text is that of their tier, those with a text of their
own (choking, bleeding, a midwife), and talk of self-harm."""
CALM: Final = 0
GENERAL, SPECIAL, MIND = range(1, len(KINDS) + 1)


@dataclass(frozen=True, slots=True)
class Opinion:
    """The model's view of a stretch: the log-odds of an alarm and of an emergency, and the words it rests on.

    `mind`: how much of the alarm's probability (0 to 1) speaks of self-harm.
    """

    alarm: float
    urgent: float
    start: int = 0
    end: int = 0
    mind: float = 0.0


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
    stride = STRIDE if count <= _LONG else _LONG_STRIDE
    return [(start, min(start + WINDOW, count)) for start in range(0, count - WINDOW + stride, stride)]


def letters(word: str) -> list[str]:
    """Return the runs of `_RUN` characters of a word with its edges marked."""
    edged = f"<{word}>"
    return [edged[i : i + _RUN] for i in range(len(edged) - _RUN + 1)]


class Featuriser:
    """Turns a read message into features, word by word."""

    def __init__(self, names: Sequence[str], quiet: Iterable[str]) -> None:
        """Take the concepts' names by number, and those that say nothing about symptoms."""
        left_out = set(quiet)
        self._names = tuple(names)
        self._content = frozenset(number for number, name in enumerate(names) if name not in left_out)
        self._pairs: dict[tuple[int, int], Item] = {}

    def items(self, text: Words, hits: Sequence[Hit], bits: Sequence[int]) -> list[list[Item]]:
        """Return the features of each word, in order."""
        words = text.words
        found: list[list[Item]] = []
        before = "^"
        for word, bit, mark in zip(words, bits, text.breaks, strict=True):
            root = "#" if word[0].isdigit() else stem(word)
            if bit & _TAKEN_BACK:
                found.append([(WORD, "~" + root), (WORD, f"~{before} {root}")])
            else:
                if mark >= SENTENCE:
                    before = "^"
                found.append([(WORD, root), (WORD, f"{before} {root}"), (LETTER, word)])
            before = root
        names, content, place = self._names, self._content, text.places
        live: dict[tuple[int, str], int] = {}  # where each concept, by its first word, stood last
        pairs = self._pairs
        for own, start, _, _ in hits:  # from left to right
            if own not in content:
                continue
            if bits[start] & _TAKEN_BACK:
                found[start].append((CONCEPT, "~" + names[own]))
                continue
            mine_too = found[start]
            mine_too.append((CONCEPT, names[own]))
            here, mine = place[start], words[start]
            while live and here - live[first := next(iter(live))] > REACH:
                del live[first]
            for concept, word in live:
                if concept != own and word != mine:
                    both = pairs.get((concept, own))
                    if both is None:
                        low, high = sorted((names[concept], names[own]))
                        both = PAIR, f"{low}+{high}"
                        if len(pairs) < _MOST_CACHED:
                            pairs[concept, own] = both
                    mine_too.append(both)
            live.pop((own, mine), None)  # the latest stands last
            live[own, mine] = here
        return found


def _opinion(kinds: Sequence[float], urgent: float, start: int, end: int) -> Opinion:
    """Return the view of a stretch by the log-odds of each kind of alarm against none."""
    most = max(kinds)
    chances = [math.exp(one - most) for one in kinds]
    total = sum(chances)
    return Opinion(
        most + math.log(total), urgent, start, end, chances[MIND - 1] / total if len(chances) >= MIND else 0.0
    )


class Net:
    """The fitted model."""

    def __init__(self, rows: Sequence[Numbered], columns: Columns, constants: Sequence[float]) -> None:
        """Take the row of each feature for each block (letters as runs), the columns, and the constant of each score."""
        self._rows = tuple(rows)
        self._columns = columns
        self._beside: npt.NDArray[np.float64] | None = None
        self._laying = Lock()
        self._constants = tuple(constants)
        self._letters: dict[str, tuple[int, ...]] = {}

    @classmethod
    def fit(
        cls,
        corpus: Corpus,
        parts: Sequence[tuple[int, int]],
        kinds: Sequence[int],
        urgent: Sequence[bool],
        *,
        l2: float = 1.0,
    ) -> Self:
        """Fit on stretches of a corpus, its words counted on: `CALM` or the kind of alarm of each. Deterministic.

        `urgent` counts where it is an alarm.

        However many harmless texts there are, alarms keep their weight (`_BALANCE` of theirs).
        """
        import numpy as np

        table = Table.of(corpus, parts, _SHARES, letters, letter=LETTER, kept=CONCEPT)
        target = np.asarray(kinds, dtype=np.int64)
        alarming = np.flatnonzero(target > 0)
        balance = max(1.0, _BALANCE * (len(target) - len(alarming)) / max(1, len(alarming)))
        weights, biases = regress(table, target, np.where(target > 0, balance, 1.0), l2)
        emergency = np.asarray(urgent, dtype=np.int64)[alarming]
        weights2, biases2 = regress(table.only(alarming), emergency, np.ones(len(emergency)), _L2_URGENT)
        idf = table.idf
        columns = (array("d", idf**2), *(array("d", each * idf) for each in (*weights, *weights2)))
        return cls([Numbered.of(each) for each in table.names], columns, [*biases.tolist(), *biases2.tolist()])

    def judge(self, items: list[list[Item]], breaks: Sequence[int], *, fresh: int = 0, count: int = 1) -> list[Opinion]:
        """Return the model's highest alarms over the message's stretches (those that reach past word `fresh`)."""
        once: dict[Item, int | None] = {}
        spans = [*sentences(len(items), breaks), *windows(len(items))]
        numbers: dict[tuple[Item, ...], int] = {}
        said = [numbers.setdefault(tuple(word), len(numbers)) for word in items]
        spelt = self._look_up(numbers, once)
        known_once = [self._known(word, once, spelt) for word in numbers]
        words = [known_once[number] for number in said]
        alike: dict[tuple[int, ...], list[tuple[int, int]]] = {}
        for start, end in dict.fromkeys(spans):
            if end > fresh and end - start <= WHOLE:
                # Who says one thing a hundred times is scored once.
                alike.setdefault(tuple(said[start:end]), []).append((start, end))
        places = [each if len(each) == 1 else sorted(each)[:count] for each in alike.values()]
        if len(places) > max(_FEW_STRETCHES, count):
            places = self._highest(words, places, count)
        found: list[Opinion] = []
        for each in places:
            known = self._opinion(words, *each[0])
            found += [known, *(replace(known, start=start, end=end) for start, end in each[1:])]
        found.sort(key=lambda one: (-one.alarm, one.start, one.end))
        return found[:count]

    def _highest(
        self, words: Sequence[Sequence[Sequence[int]]], places: list[list[tuple[int, int]]], count: int
    ) -> list[list[tuple[int, int]]]:
        """Return those of the stretches among which the `count` highest alarms are: all are scored in one go, and so roughly."""
        import numpy as np

        rows: list[int] = []
        starts: list[int] = []
        slots: list[int] = []
        for number, each in enumerate(places):
            start, end = each[0]
            slot = number * BLOCKS
            for several in zip(*words[start:end], strict=True):
                filled = [one for one in several if one]
                if filled:
                    starts.append(len(rows))
                    slots.append(slot)
                    rows += set(filled[0]) if len(filled) == 1 else set().union(*filled)
                slot += 1
        if not rows:
            return places
        sums = np.add.reduceat(self._table().take(rows, axis=0), starts, axis=0)
        at = np.array(slots)
        scale = np.where(
            sums[:, 0] > _TINY, np.take(_SHARES, at % BLOCKS) / np.sqrt(np.maximum(sums[:, 0], _TINY)), 0.0
        )
        kinds = np.array([
            np.bincount(at // BLOCKS, weights=scale * column, minlength=len(places)) + constant
            for column, constant in zip(sums.T[1:-1], self._constants[:-1], strict=True)
        ])  # fmt: skip
        alarms = np.logaddexp.reduce(kinds, axis=0)
        least = np.partition(alarms, -count)[-count] - _ROUGH
        return [places[number] for number in np.flatnonzero(alarms >= least)]

    def strange(self, items: Sequence[list[Item]]) -> float:
        """Return the share (0 to 1) of words that stand in no text, or only one, that the model was fitted on."""
        rows = self._rows[WORD]
        return sum(all(rows.get(name) is None for block, name in word if block == WORD) for word in items) / len(items)

    def _opinion(self, words: Sequence[Sequence[Sequence[int]]], start: int, end: int) -> Opinion:
        """Return the view of a stretch: a feature counts once in it, as it does in a text that is fitted."""
        import numpy as np  # late, as below

        scores: Sequence[float] = self._constants
        table = self._table()
        rows: list[int] = []
        starts: list[int] = []
        shares: list[float] = []
        for share, several in zip(_SHARES, zip(*words[start:end], strict=True), strict=False):
            block = set().union(*several)
            if block:
                starts.append(len(rows))
                shares.append(share)
                rows += block
        if rows:
            sums = np.add.reduceat(table.take(rows, axis=0), starts, axis=0).tolist()
            for share, (square, *others) in zip(shares, sums, strict=True):
                if square > _TINY:
                    scale = share / math.sqrt(square)
                    scores = [score + scale * each for score, each in zip(scores, others, strict=True)]
        return _opinion(scores[:-1], scores[-1], start, end)

    def _table(self) -> "npt.NDArray[np.float64]":
        """Return the columns beside each other, so that what one feature adds stands together: shape (features, columns)."""
        if self._beside is None:
            import numpy as np  # late: a start that asks nothing does without

            with self._laying:
                if self._beside is None:
                    self._beside = np.column_stack([np.frombuffer(column) for column in self._columns])
                    self._columns = ()
        return self._beside

    def _look_up(self, words: Collection[Sequence[Item]], once: dict[Item, int | None]) -> dict[str, tuple[int, ...]]:
        """Look the features of many words up together: in `once`; return the rows of what is spelt that is not remembered."""
        if len(words) < _MANY_WORDS:
            return {}
        asked: list[dict[str, None]] = [{} for _ in range(BLOCKS)]
        pairs: list[tuple[Item, Item]] = []
        for word in words:
            (_, root), both, *others = word
            asked[WORD][root] = None
            pairs.append((word[0], both))
            for block, name in others:
                asked[block][name] = None
        self._look_up_block(WORD, asked[WORD], once)
        # A pair of words is known only where the second one is.
        self._look_up_block(WORD, dict.fromkeys(both[1] for own, both in pairs if once[own] is not None), once)
        once.update((both, None) for _, both in pairs if both not in once)
        for block in (CONCEPT, PAIR):
            self._look_up_block(block, asked[block], once)
        new = [word for word in asked[LETTER] if word not in self._letters]
        runs = [letters(word) for word in new]
        found = iter(self._rows[LETTER].several(list(chain.from_iterable(runs))))
        return {
            word: tuple(row for row in islice(found, len(each)) if row is not None)
            for word, each in zip(new, runs, strict=True)
        }

    def _look_up_block(self, block: int, names: Collection[str], once: dict[Item, int | None]) -> None:
        once.update(zip(zip(repeat(block), names), self._rows[block].several(list(names)), strict=False))

    def _known(
        self, word: Sequence[Item], once: dict[Item, int | None], spelt: Mapping[str, tuple[int, ...]]
    ) -> list[Sequence[int]]:
        """Return the rows of a word's features that the model knows, by block; `once` and `spelt` hold what was looked up."""
        rows = self._rows
        known: list[list[int]] = [[] for _ in range(BLOCKS)]
        for item in word:
            block, name = item
            if block == LETTER:
                rows_of = spelt.get(name)
                known[block].extend(self._spell(name) if rows_of is None else rows_of)
                continue
            if item not in once:
                once[item] = rows[block].get(name)
            row = once[item]
            if row is not None:
                known[block].append(row)
        return list(known)

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
        columns = self._table().T
        state.whole["columns"] = array("i", [len(columns)])
        for number, column in enumerate(columns):
            state.fractions[f"column{number}"] = array("d", column.tobytes())

    @classmethod
    def restore(cls, state: State) -> Self:
        """Rebuild what `dump` added. Raises KeyError or ValueError for anything else."""
        rows = [Numbered.restore(state, f"features{block}") for block in range(BLOCKS)]
        columns = tuple(state.fractions[f"column{number}"] for number in range(state.whole["columns"][0]))
        return cls(rows, columns, state.fractions["constants"])


_L2_URGENT = 0.6
_MANY_WORDS = 64
"""From so many different words on their features are looked up together."""
_FEW_STRETCHES = 8
"""So many are scored one by one, which takes no longer."""
_ROUGH = 1e-6
_TINY = 1e-10
_BALANCE = 0.5
