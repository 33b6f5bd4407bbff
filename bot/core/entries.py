"""Lists of words and phrases that a line is held against.

A line is words with a space after each; `MASK` stands where a word was taken out, `MARK` between two clauses.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from bot.core.asking import compiled
from bot.core.text import stem

NEAR = 4
"""Words within which what is denied, or an ache and a limb, belong together."""
MASK, MARK = "_", "|"
_EXACT = "="
_AT_ONCE = 60
_DENIES = frozenset({"no", "without", "zero", "not", "never"})
_OR = frozenset({"or", "nor"})
_ENDS = frozenset({"or", "and", "no", "but", MARK})


class Entries:
    """Entries of a list: single words by their stem, "=word" as it stands, and phrases."""

    def __init__(self, entries: Iterable[str]) -> None:
        entries = list(entries)
        single = [each for each in entries if not re.search(r"[ |]", each)]
        phrases = [each for each in entries if re.search(r"[ |]", each)]
        self.exact = frozenset(each.removeprefix(_EXACT) for each in single if each.startswith(_EXACT))
        self.stems = frozenset(stem(each) for each in single if not each.startswith(_EXACT))
        self._phrases = [compiled(phrases[i : i + _AT_ONCE]) for i in range(0, len(phrases), _AT_ONCE)]

    def first(self, line: str) -> str:
        """Return what of a line is an entry first, "" for nothing."""
        return next((found for _, _, found in self.places(line)), "")

    def first_word(self, line: str) -> str:
        """Return the first single word of a line that is an entry, "" for none."""
        return next((found for _, _, found in self._single(line)), "")

    def first_phrase(self, line: str) -> str:
        """Return the first phrase of a line that is an entry, "" for none."""
        return next((found for _, _, found in self._several(line)), "")

    def places(self, line: str) -> Iterator[tuple[int, int, str]]:
        """Yield each entry of a line: its first word, the word after its last, and itself."""
        yield from self._single(line)
        yield from self._several(line)

    def _single(self, line: str) -> Iterator[tuple[int, int, str]]:
        said = line.split()
        for i, word in enumerate(said):
            if i and _is_denied(said, i):
                continue
            if word in self.exact or stem(word) in self.stems:
                yield i, i + 1, word

    def _several(self, line: str) -> Iterator[tuple[int, int, str]]:
        for pattern in self._phrases:
            for found in pattern.finditer(line):
                start = line.count(" ", 0, found.start())
                yield start, start + len(found[0].split()), found[0].strip()

    def masked(self, line: str, but: Callable[[str], bool] = lambda _: False) -> str:
        """Return a line with a mark in the place of each word of an entry; an entry that holds a word of `but` stays."""
        for pattern in self._phrases:
            line = pattern.sub(lambda found: _marked(found[0].split(), but) or found[0], line)
        if self.exact or self.stems:
            rest = line.split()
            line = "".join(
                f"{MASK} " if word in self.exact or stem(word) in self.stems else f"{word} " for word in rest
            )
        return line


def _is_denied(said: Sequence[str], i: int) -> bool:
    """Say whether a word is denied: "no swelling", "does not hurt or swell"; not "no swelling that matters"."""
    if said[i - 1] in _OR:
        return not _DENIES.isdisjoint(said[max(0, i - NEAR) : i - 1])
    return said[i - 1] in _DENIES and (i + 1 == len(said) or said[i + 1] in _ENDS)


def one_of_each(line: str, places: Entries, wrong: Entries, most: int) -> str:
    """Return an entry of each list with at most so many words between them, "" for none."""
    found = list(wrong.places(line)) if places.first(line) else []
    for start, end, place in places.places(line) if found else ():
        for first, last, said in found:
            if 0 <= first - end <= most:
                return f"{place} ... {said}"
            if 0 <= start - last <= most:
                return f"{said} ... {place}"
    return ""


def _marked(said: Sequence[str], but: Callable[[str], bool]) -> str:
    return "" if any(but(word) for word in said) else f"{MASK} " * len(said)
