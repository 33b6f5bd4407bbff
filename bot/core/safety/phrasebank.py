"""The bank of example wordings, alarming and harmless: which of them a message is closest to on either side."""

import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from bot.core.safety.corpus import CONCEPT, WORD, Corpus, Item
from bot.core.safety.numbered import Numbered
from bot.core.safety.state import State, narrow

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


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

    def __init__(self, alarms: int, slots: Numbered, weights: "array[float]", postings: "_Postings") -> None:
        """Take the number of alarming rows, each feature's slot, and by slot its weight and where its postings start."""
        self._alarms = alarms
        self._slots = slots
        self._idf = weights
        self._postings = postings

    @classmethod
    def of(cls, corpus: Corpus, alarms: int) -> Self:
        """Return a bank of the wordings of a corpus: the first `alarms` of them alarm, the others are harmless."""
        import numpy as np

        from bot.core.sparse import rarity, starts_of

        words = np.array(corpus.texts, dtype=np.int64)
        offsets = corpus.offsets()
        counts = np.zeros(offsets[-1], dtype=bool)
        for block in (WORD, CONCEPT):
            counts[offsets[block] : offsets[block + 1]] = True
        several: list[npt.NDArray[np.int64]] = [np.zeros(0, np.int64)]
        for start in range(0, len(corpus), _AT_ONCE):
            rows, items = corpus.features(words[start:-1][:_AT_ONCE], words[start + 1 :][:_AT_ONCE])
            used = counts[items]
            several.append(np.unique((rows[used] + start) * offsets[-1] + items[used]))
        keys = np.concatenate(several)
        rows, items = keys // max(offsets[-1], 1), keys % max(offsets[-1], 1)
        order = np.argsort(items, kind="stable")
        rows, items = rows[order], items[order]
        frequency = np.bincount(items, minlength=offsets[-1])
        weights = rarity(frequency, len(corpus))
        length = np.sqrt(np.bincount(rows, weights=weights[items] ** 2, minlength=len(corpus)))
        often = frequency[items]
        most = max(_FEW, _MOST_SHARED * len(corpus))
        kept = ((often > 1) & (often <= most)) | ((rows < alarms) & (often == 1))
        items, rows = items[kept], rows[kept]
        filled, sizes = np.unique(items, return_counts=True)
        slot = np.full(offsets[-1], -1)
        slot[filled] = np.arange(len(filled))
        slots = {
            f"{block}{name}": place
            for block in (WORD, CONCEPT)
            for name, place in zip(corpus.names[block], slot[offsets[block] : offsets[block + 1]].tolist(), strict=True)
            if place >= 0
        }
        return cls(
            alarms,
            Numbered.of(slots),
            array("d", weights[filled].tobytes()),
            _Postings(
                array("i", starts_of(sizes).astype(np.int32).tobytes()),
                narrow(rows),
                array("f", (weights[items] / length[rows]).astype(np.float32).tobytes()),
            ),
        )

    def dump(self, state: State) -> None:
        """Add the index to the state that a cache keeps."""
        self._slots.dump(state, "bank")
        state.fractions["bank"] = self._idf
        state.whole["bank-alarms"] = array("i", [self._alarms])
        state.whole["bank-ends"] = self._postings.ends
        state.put("bank-numbers", self._postings.numbers)
        state.shares["bank-shares"] = self._postings.shares

    @classmethod
    def restore(cls, state: State) -> Self:
        """Rebuild what `dump` added. Raises KeyError or ValueError for anything else."""
        slots, weights = Numbered.restore(state, "bank"), state.fractions["bank"]
        if len(slots) != len(weights):
            raise ValueError(f"bank: {len(slots)} features and {len(weights)} weights")
        postings = _Postings(state.whole["bank-ends"], state.numbers("bank-numbers"), state.shares["bank-shares"])
        return cls(state.whole["bank-alarms"][0], slots, weights, postings)

    def nearest(self, items: list[list[Item]], count: int = 3) -> Nearest:
        """Return the closest alarming wordings, closest first, and how close the closest harmless one is."""
        row = _flat(items)
        slots = [self._slots.get(item) for item in row]
        length = math.sqrt(sum((_UNKNOWN if slot is None else self._idf[slot]) ** 2 for slot in slots)) or 1.0
        used = [slot for slot in slots if slot is not None]
        if not used:
            return NOBODY
        import numpy as np  # late: a start that asks nothing does without

        scores = self._postings.summed(used, [self._idf[slot] / length for slot in used])
        near = scores[: self._alarms].nonzero()[0]
        if len(near) > count:
            bar = -np.partition(-scores[near], count - 1)[count - 1]
            near = near[scores[near] >= bar]
        alarms = sorted(zip(near.tolist(), scores[near].tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
        calm = scores[self._alarms :]
        return Nearest(tuple(alarms[:count]), float(calm.max()) if len(calm) else 0.0)


@dataclass(frozen=True, slots=True)
class _Postings:
    """Rows that hold a feature, and its share in each: those of slot i stand from `ends[i]` up to `ends[i + 1]`."""

    ends: "array[int]"
    numbers: "array[int]"
    shares: "array[float]"

    def summed(self, slots: Sequence[int], weights: Sequence[float]) -> "npt.NDArray[np.float64]":
        """Return for each row the sum of its shares in some features, each times the feature's weight: shape (rows,).

        A row past the last one that holds any of them may be left out. Raises ValueError where the parts do not fit together.
        """
        if not self.ends[-1] == len(self.numbers) == len(self.shares):
            raise ValueError(f"bank: {len(self.numbers)} rows and {len(self.shares)} shares")
        import numpy as np

        numbers, shares = np.frombuffer(self.numbers, self.numbers.typecode), np.frombuffer(self.shares, np.float32)
        parts = [slice(self.ends[slot], self.ends[slot + 1]) for slot in slots]
        sizes = [part.stop - part.start for part in parts]
        several = np.concatenate([shares[part] for part in parts]) * np.repeat(np.array(weights), sizes)
        rows = np.concatenate([numbers[part] for part in parts])
        return np.bincount(rows, weights=several).astype(np.float64, copy=False)


_AT_ONCE = 4_096  # wordings gathered at once while fitting: more take more room, fewer more time
_MOST_SHARED = 0.02  # "my" and "the" tell no wordings apart and cost the most time
_FEW = 5.0  # so many wordings may always share a word
_UNKNOWN = 4.0  # a word that no wording holds makes every one of them less alike


def _flat(text: list[list[Item]]) -> list[str]:
    """Return a text's features, each once and in order, under one name: sums come out the same at every start."""
    return list(dict.fromkeys(f"{block}{name}" for word in text for block, name in word if block in {WORD, CONCEPT}))
