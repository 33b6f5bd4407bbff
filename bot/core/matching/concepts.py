"""Words to concepts: what a question says once slang, synonyms, spelling variants and inflection are set aside.

A knowledge's own vocabulary comes first (its groups may be of several words: "lower back", "locking my knees"), then
everyday English (`synonyms.py`), then the word's stem. Concepts feed the word features; the characters of the words as
typed stay features of their own, so that a group that is drawn too wide costs little.
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from bot.core.matching.arrays import joined, separated
from bot.core.matching.synonyms import groups
from bot.core.model import WordGroup
from bot.core.text import clean, stem, words

NUMBER = "#"
"""The concept of every number that the vocabulary does not name."""


class Concepts:
    """Turns words into concepts. Fixed once made."""

    def __init__(self, vocabulary: Iterable[WordGroup] = (), *, everyday: bool = True) -> None:
        """Read the groups, and with `everyday` those of plain English; of two that claim the same words, the first has them."""
        self._single: dict[str, str] = {}
        self.phrases: dict[str, dict[tuple[str, ...], str]] = {}  # by the first stem
        self._longest: dict[str, int] = {}
        self.vocabulary: set[str] = set()
        for group in vocabulary:
            standard = words(clean(group.word))
            self.vocabulary.update(standard)
            name = "=" + " ".join(standard)
            for variant in (group.word, *group.same, *group.misspelt):
                line = words(clean(variant))
                if variant not in group.misspelt:
                    self.vocabulary.update(line)
                key = tuple(stem(word) for word in line)
                if len(key) == 1:
                    self._single.setdefault(key[0], name)
                elif key:
                    self._add(key, name)
        for synonyms in groups() if everyday else ():
            first = stem(synonyms[0])
            for word in synonyms:
                self._single.setdefault(stem(word), self._single.get(first, first))

    def arrays(self) -> dict[str, npt.NDArray[np.uint8]]:
        """All groups as plain arrays; `restore` takes them back."""
        phrases = {" ".join(key): name for options in self.phrases.values() for key, name in options.items()}
        return {
            "single": joined(self._single),
            "single_names": joined(self._single.values()),
            "phrases": joined(phrases),
            "phrase_names": joined(phrases.values()),
        }

    @classmethod
    def restore(cls, arrays: Mapping[str, npt.NDArray[np.uint8]]) -> "Concepts":
        """Return the concepts that `arrays` came from, the vocabulary's own list of words aside.

        Raises KeyError or ValueError where the arrays are not of any.
        """
        concepts = cls(everyday=False)
        concepts._single = dict(zip(separated(arrays["single"]), separated(arrays["single_names"]), strict=True))
        for key, name in zip(separated(arrays["phrases"]), separated(arrays["phrase_names"]), strict=True):
            concepts._add(tuple(key.split(" ")), name)
        return concepts

    def _add(self, key: tuple[str, ...], name: str) -> None:
        self.phrases.setdefault(key[0], {}).setdefault(key, name)
        self._longest[key[0]] = max(self._longest.get(key[0], 0), len(key))

    def of(self, line: Sequence[str]) -> list[str]:
        """Return the concepts of a line of words, in order; a phrase of the vocabulary is one concept."""
        stems = [stem(word) for word in line]
        found: list[str] = []
        position, end = 0, len(stems)
        while position < end:
            length, name = self.phrase(stems, position) if stems[position] in self.phrases else (0, "")
            found.append(name if length else self.single(stems[position]))
            position += length or 1
        return found

    def single(self, stemmed: str) -> str:
        """Return the concept of a stem that stands by itself."""
        return self._single.get(stemmed) or (NUMBER if stemmed.isdigit() else stemmed)

    def phrase(self, stems: Sequence[str], position: int) -> tuple[int, str]:
        """Return the length and concept of the longest phrase that starts at a position; (0, "") where none does."""
        options = self.phrases[stems[position]]
        for length in range(min(self._longest[stems[position]], len(stems) - position), 1, -1):
            name = options.get(tuple(stems[position : position + length]))
            if name is not None:
                return length, name
        return 0, ""
