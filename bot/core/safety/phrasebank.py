"""The bank of example wordings: which of them a message is closest to, and so which red flag a model's alarm is about."""

import math
from collections import Counter, defaultdict
from collections.abc import Sequence

from bot.core.safety.net import CONCEPT, WORD, Item
from bot.core.safety.values import Phrasing


class PhraseBank:
    """Cosine similarity over TF-IDF-weighted word stems, neighbours and concepts, by an inverted index."""

    def __init__(self, phrasings: Sequence[Phrasing], items: Sequence[list[list[Item]]]) -> None:
        """Take the phrasings and their features (`net.Featuriser.items`), in the same order."""
        self.phrasings = tuple(phrasings)
        rows = [_flat(text) for text in items]
        frequency = Counter(item for row in rows for item in row)
        self._idf = {item: math.log((1 + len(rows)) / (1 + count)) + 1 for item, count in frequency.items()}
        self._index: dict[Item, list[tuple[int, float]]] = defaultdict(list)
        for number, row in enumerate(rows):
            length = math.sqrt(sum(self._idf[item] ** 2 for item in row)) or 1.0
            for item in row:
                if frequency[item] <= max(1.0, _MOST_SHARED * len(rows)):
                    self._index[item].append((number, self._idf[item] / length))

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


def _flat(text: list[list[Item]]) -> set[Item]:
    return {item for word in text for item in word if item[0] in {WORD, CONCEPT}}
