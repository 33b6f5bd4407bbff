"""Featurised texts as whole numbers: what the model (`net.py`) and the bank (`phrasebank.py`) are fitted from.

A million features as Python objects take 100 MB; numbered, in plain arrays, they take a tenth.
"""

from array import array
from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]

Item = tuple[int, str]
"""A feature: its block and its name."""

BLOCKS: Final = 4
WORD, LETTER, CONCEPT, PAIR = range(BLOCKS)


class Corpus:
    """Texts as the numbers of their features, word by word.

    The words of all texts are counted on: text t owns those from `texts[t]` up to `texts[t + 1]`.
    """

    def __init__(self) -> None:
        """Start without a text."""
        self.names: tuple[dict[str, int], ...] = tuple({} for _ in range(BLOCKS))
        """By block: the number of each feature, in the order in which they came."""
        self.texts = array("i", [0])
        self._items = array("i")
        self._ends = array("i", [0])

    @classmethod
    def of(cls, texts: Iterable[list[list[Item]]]) -> Self:
        """Return the corpus of featurised texts (`net.Featuriser.items`)."""
        corpus = cls()
        for text in texts:
            corpus.add(text)
        return corpus

    def __len__(self) -> int:
        return len(self.texts) - 1

    def add(self, text: list[list[Item]]) -> None:
        """Take one more text; its features by word."""
        names, before = self.names, len(self._items)
        self._items.extend([
            known.setdefault(name, len(known)) * BLOCKS + block
            for word in text for block, name in word for known in (names[block],)
        ])  # fmt: skip
        self._ends.extend([before + end for end in accumulate(map(len, text))])
        self.texts.append(len(self._ends) - 1)

    def offsets(self) -> list[int]:
        """Return for each block where its features begin when all are numbered on from block to block, and their total."""
        return [0, *accumulate(map(len, self.names))]

    def features(self, first: "Places", last: "Places") -> "tuple[Places, Places]":
        """Return the features of stretches, with repetitions: the stretch of each, and its number counted on (`offsets`).

        `first`, `last`: shape (stretches,), each one's first word and the word after its last, words of all texts counted on.
        """
        import numpy as np

        from bot.core.sparse import entries_of

        ends = np.frombuffer(self._ends, dtype=np.int32).astype(np.int64)
        starts, lengths = ends[first], ends[last] - ends[first]
        rows = np.arange(len(first), dtype=np.int64).repeat(lengths)
        codes = np.frombuffer(self._items, dtype=np.int32)[entries_of(starts, lengths)]
        return rows, np.array(self.offsets()[:BLOCKS], dtype=np.int64)[codes % BLOCKS] + codes // BLOCKS
