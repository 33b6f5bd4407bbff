"""The bank of example wordings: which of them a message is closest to, and so which red flag a model's alarm is about."""

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Self

from bot.core.safety.net import CONCEPT, WORD, Item
from bot.core.safety.state import State
from bot.core.safety.values import Phrasing

Posting = Sequence[tuple[int, float]]


class PhraseBank:
    """Cosine similarity over TF-IDF-weighted word stems, neighbours and concepts, by an inverted index."""

    def __init__(
        self, phrasings: Sequence[Phrasing], weights: Mapping[str, float], index: Mapping[str, Posting]
    ) -> None:
        """Take the phrasings, each feature's weight, and by feature the phrasings that have it with its share in each."""
        self.phrasings = tuple(phrasings)
        self._idf = weights
        self._index = index

    @classmethod
    def of(cls, phrasings: Sequence[Phrasing], items: Sequence[list[list[Item]]]) -> Self:
        """Return a bank of phrasings; `items` are their features (`net.Featuriser.items`), in the same order."""
        rows = [_flat(text) for text in items]
        frequency = Counter(item for row in rows for item in row)
        weights = {item: math.log((1 + len(rows)) / (1 + count)) + 1 for item, count in frequency.items()}
        index: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, row in enumerate(rows):
            length = math.sqrt(sum(weights[item] ** 2 for item in row)) or 1.0
            for item in row:
                if frequency[item] <= max(1.0, _MOST_SHARED * len(rows)):
                    index[item].append((number, weights[item] / length))
        return cls(phrasings, weights, index)

    def dump(self, state: State) -> None:
        """Add the index to the state that a cache keeps; the phrasings themselves are in the rules."""
        state.texts["bank"] = "\n".join(self._idf)
        state.fractions["bank"] = array("d", self._idf.values())
        postings = [self._index.get(item, ()) for item in self._idf]
        state.whole["bank-lengths"] = array("i", map(len, postings))
        state.whole["bank-numbers"] = array("i", (number for posting in postings for number, _ in posting))
        state.fractions["bank-shares"] = array("d", (share for posting in postings for _, share in posting))

    @classmethod
    def restore(cls, phrasings: Sequence[Phrasing], state: State) -> Self:
        """Rebuild what `dump` added for the same phrasings. Raises KeyError or ValueError for anything else."""
        names = state.lines("bank")
        both = zip(state.whole["bank-numbers"], state.fractions["bank-shares"], strict=True)
        index = {
            name: tuple(islice(both, length)) for name, length in zip(names, state.whole["bank-lengths"], strict=True)
        }
        return cls(phrasings, dict(zip(names, state.fractions["bank"], strict=True)), index)

    def nearest(self, items: list[list[Item]], count: int = 3) -> list[tuple[Phrasing, float]]:
        """Return the closest phrasings with their similarity (0 to 1), closest first."""
        row = _flat(items)
        length = math.sqrt(sum(self._idf.get(item, 1.0) ** 2 for item in row)) or 1.0
        scores: dict[int, float] = defaultdict(float)
        for item in row:
            weight = self._idf.get(item)
            if weight is not None:
                for number, share in self._index.get(item, ()):
                    scores[number] += weight * share / length
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:count]
        return [(self.phrasings[number], score) for number, score in best]


_MOST_SHARED = 0.2  # "my" and "the" tell no wordings apart and cost the most time


def _flat(text: list[list[Item]]) -> list[str]:
    """Return a text's features, each once and in order, under one name: sums come out the same at every start."""
    return list(dict.fromkeys(f"{block}{name}" for word in text for block, name in word if block in {WORD, CONCEPT}))
