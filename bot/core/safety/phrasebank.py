"""The bank of example wordings, alarming and harmless: which of them a message is closest to on either side."""

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from bot.core.safety.net import CONCEPT, WORD, Item
from bot.core.safety.state import State


@dataclass(frozen=True, slots=True)
class Nearest:
    """The places of the closest alarming wordings with their closeness (0 to 1), and the closeness of the harmless one."""

    alarms: tuple[tuple[int, float], ...] = ()
    calm: float = 0.0

    @property
    def twin(self) -> float:
        """How close the nearest alarming wording is, 0.0 for none."""
        return self.alarms[0][1] if self.alarms else 0.0


NOBODY = Nearest()
"""Nothing is near."""


class PhraseBank:
    """Cosine similarity over TF-IDF-weighted word stems, neighbours and concepts, by an inverted index.

    Rows below `alarms` are alarming, in the order of the rules' phrasings; the rest are harmless.
    """

    def __init__(
        self, alarms: int, weights: Mapping[str, float], slots: Mapping[str, int], postings: "_Postings"
    ) -> None:
        """Take the number of alarming rows, each feature's weight, and where its postings start."""
        self._alarms = alarms
        self._idf = weights
        self._slots = slots
        self._postings = postings

    @classmethod
    def of(cls, alarms: Sequence[list[list[Item]]], harmless: Sequence[list[list[Item]]]) -> Self:
        """Return a bank of wordings by their features (`net.Featuriser.items`)."""
        import numpy as np

        number: dict[str, int] = {}
        found, lengths = array("i"), array("i")
        for text in (*alarms, *harmless):
            row = _flat(text)
            found.extend([number.setdefault(item, len(number)) for item in row])
            lengths.append(len(row))
        total = len(lengths)
        items = np.frombuffer(found, dtype=np.int32)
        rows = np.repeat(np.arange(total, dtype=np.int32), np.frombuffer(lengths, dtype=np.int32))
        frequency = np.bincount(items, minlength=len(number))
        weights = np.log((1 + total) / (1 + frequency)) + 1
        length = np.sqrt(np.bincount(rows, weights=weights[items] ** 2, minlength=total))
        most = max(_FEW, _MOST_SHARED * total)
        often = frequency[items]
        kept = np.flatnonzero(((often > 1) & (often <= most)) | ((rows < len(alarms)) & (often == 1)))
        kept = kept[np.argsort(items[kept], kind="stable")]
        items, rows = items[kept], rows[kept]
        used, sizes = np.unique(items, return_counts=True)
        names = list(number)
        slots = {names[item]: slot for slot, item in enumerate(used.tolist())}
        return cls(
            len(alarms),
            dict(zip(slots, weights[used].tolist(), strict=True)),
            slots,
            _Postings(
                array("i", np.concatenate(([0], np.cumsum(sizes))).tolist()),
                array("i", rows.tolist()),
                array("f", (weights[items] / length[rows]).tolist()),
            ),
        )

    def dump(self, state: State) -> None:
        """Add the index to the state that a cache keeps."""
        state.texts["bank"] = "\n".join(self._slots)
        state.fractions["bank"] = array("d", (self._idf[item] for item in self._slots))
        state.whole["bank-alarms"] = array("i", [self._alarms])
        state.whole["bank-ends"] = self._postings.ends
        state.whole["bank-numbers"] = self._postings.numbers
        state.shares["bank-shares"] = self._postings.shares

    @classmethod
    def restore(cls, state: State) -> Self:
        """Rebuild what `dump` added. Raises KeyError or ValueError for anything else."""
        names = state.lines("bank")
        slots = dict(zip(names, range(len(names)), strict=True))
        postings = _Postings(state.whole["bank-ends"], state.whole["bank-numbers"], state.shares["bank-shares"])
        return cls(
            state.whole["bank-alarms"][0], dict(zip(names, state.fractions["bank"], strict=True)), slots, postings
        )

    def nearest(self, items: list[list[Item]], count: int = 3) -> Nearest:
        """Return the closest alarming wordings, closest first, and how close the closest harmless one is."""
        row = _flat(items)
        length = math.sqrt(sum(self._idf.get(item, _UNKNOWN) ** 2 for item in row)) or 1.0
        scores: dict[int, float] = {}
        ends, numbers, shares = self._postings.ends, self._postings.numbers, self._postings.shares
        for item in row:
            slot = self._slots.get(item)
            if slot is None:
                continue
            weight = self._idf[item] / length
            for place in range(ends[slot], ends[slot + 1]):
                number = numbers[place]
                scores[number] = scores.get(number, 0.0) + weight * shares[place]
        alarms = [(number, score) for number, score in scores.items() if number < self._alarms]
        alarms.sort(key=lambda pair: (-pair[1], pair[0]))
        calm = max((score for number, score in scores.items() if number >= self._alarms), default=0.0)
        return Nearest(tuple(alarms[:count]), calm)


@dataclass(frozen=True, slots=True)
class _Postings:
    """Rows that hold a feature, and its share in each: those of slot i stand from `ends[i]` up to `ends[i + 1]`."""

    ends: "array[int]"
    numbers: "array[int]"
    shares: "array[float]"


_MOST_SHARED = 0.02  # "my" and "the" tell no wordings apart and cost the most time
_FEW = 5.0  # so many wordings may always share a word
_UNKNOWN = 4.0  # a word that no wording holds makes every one of them less alike


def _flat(text: list[list[Item]]) -> list[str]:
    """Return a text's features, each once and in order, under one name: sums come out the same at every start."""
    return list(dict.fromkeys(f"{block}{name}" for word in text for block, name in word if block in {WORD, CONCEPT}))
