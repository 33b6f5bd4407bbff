"""Which kind of message after a stop a message is like, by the words of examples: where no pattern knows it, or only a vague one.

Each word, pair of neighbours, beginning of a word and class of words of the examples weighs for a kind by how much more often it stands in the kind's
examples than in all others (naive Bayes over what occurs). Nothing is stored but counts; a message that shares no word weighs nothing.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

_SMOOTHED: Final = 0.15
_PAIR, _BEGUN = 0.8, 0.5
_BEGINNINGS: Final = (4, 6)
_MOST_WORDS: Final = 60


class Words(NamedTuple):
    """A message's words, and the names of the classes (in capitals) that some of them belong to."""

    words: Sequence[str]
    classes: Sequence[str]


class Like(NamedTuple):
    """The kind that a message is most like, and how much more so than each kind (of itself 0)."""

    kind: str
    ahead: Mapping[str, float]


class NextLikeness:
    """Weighs a message's words for each kind."""

    def __init__(self, examples: Mapping[str, Sequence[Words]]) -> None:
        """Count `examples` by kind, each as its words and the names of the classes that it has words of."""
        counts = {kind: Counter(trait for words in said for trait in _traits(words)) for kind, said in examples.items()}
        sizes = {kind: len(said) for kind, said in examples.items()}
        total, everything = sum(counts.values(), Counter[str]()), sum(sizes.values())
        self._kinds = tuple(examples)
        self._weights = {
            trait: tuple(
                _weight(trait)
                * (
                    math.log((counts[kind][trait] + _SMOOTHED) / (sizes[kind] + 2 * _SMOOTHED))
                    - math.log((count - counts[kind][trait] + _SMOOTHED) / (everything - sizes[kind] + 2 * _SMOOTHED))
                )
                for kind in self._kinds
            )
            for trait, count in total.items()
        }

    def of(self, words: Words) -> Like | None:
        """Return the kind that the words are most like; None where no example has any of them."""
        known = [self._weights[trait] for trait in _traits(words) if trait in self._weights]
        if not known:
            return None
        sums = [sum(weights) for weights in zip(*known, strict=True)]
        most = max(sums)
        ahead = {kind: most - each for kind, each in zip(self._kinds, sums, strict=True)}
        return Like(self._kinds[sums.index(most)], ahead)


def _traits(said: Words) -> set[str]:
    words = said.words[:_MOST_WORDS]
    pairs = (f"{one} {other}" for one, other in zip(["^", *words], [*words, "$"], strict=True))
    begun = (f"{word[:length]}*" for word in words for length in _BEGINNINGS if len(word) >= length)
    return {*words, *pairs, *begun, *said.classes}


def _weight(trait: str) -> float:
    return _PAIR if " " in trait else _BEGUN if trait.endswith("*") else 1.0
