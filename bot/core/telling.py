"""How whoever a text is about would tell what it says of them: the safety gate hears reports, and advice is none.

The words are data (`told` of `language/en/complaints.yaml`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.core.complaints import Telling

LEAST_WORDS = 2
"""Of a part that may name a sign."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n")
_WORD = re.compile(r"[a-z']+", re.IGNORECASE)
_DOING = re.compile(r"\w{2,}ing\b", re.IGNORECASE)
_PATTERNS = {
    "splits": r"[,:;()–—]| - |\b(?:{})\b",
    "openings": r"^(?:(?:{}|do \w+ (?:more )?\w+)\s+)+",
    "trailing": r"(?:\s+(?:{}))+$",
    "who": r"^(?:(?:{})\s+)+",
    "cuts": r"\b(?:{})\b",
    "nothing_had": r"(?:{})\b|\d",
    "cannot": r"\b(?:{})\b",
}
"""Patterns by the list of phrases that stand in place of `{}`."""


class Teller:
    """Tells texts as whoever they are about would."""

    def __init__(self, telling: Telling) -> None:
        """Take the words; nothing is compiled before the first text."""
        self._telling = telling
        self._patterns: dict[str, re.Pattern[str]] = {}

    def told(self, text: str) -> str:
        """Return what a text says of its reader as they would tell it: "When your legs go numb, ..." as "my legs go numb. ...".

        The gate rightly hears no report in "when your legs go numb"; advice for it is advice on an alarm all the same.
        """
        parts = (
            part
            for sentence in _SENTENCES.split(text)
            for part in self._parts(_exchanged(sentence, self._telling.mine))
        )
        return ". ".join(part for part in parts if " " in part)

    def reports(self, text: str) -> Iterator[str]:
        """Yield what somebody would report of whom a text is true: its parts, as their own, with and without what judges them."""
        for sentence in _SENTENCES.split(text):
            mine = self._pattern("cannot").sub(
                "i cannot", _exchanged(sentence, {**self._telling.mine, **self._telling.theirs})
            )
            for part in self._parts(mine):
                for bit in dict.fromkeys((part, *(self._trimmed(each) for each in self._pattern("cuts").split(part)))):
                    yield from self._reported(bit)

    def _reported(self, bit: str) -> Iterator[str]:
        if len(bit.split()) < LEAST_WORDS:
            return
        yield bit
        if not self._pattern("nothing_had").match(bit):
            yield f"i am {bit}" if _DOING.match(bit) else f"i have {bit}"
        told_of = self._pattern("who").sub("", bit)
        if told_of != bit and len(told_of.split()) > LEAST_WORDS:
            yield f"i {told_of}"

    def _parts(self, sentence: str) -> Iterator[str]:
        for part in self._pattern("splits").split(sentence):
            yield self._trimmed(part)

    def _trimmed(self, part: str) -> str:
        return self._pattern("trailing").sub("", self._pattern("openings").sub("", part.strip(" .!?")))

    def _pattern(self, name: str) -> re.Pattern[str]:
        found = self._patterns.get(name)
        if found is None:
            pattern = _PATTERNS[name].replace("{}", _any(getattr(self._telling, name)))
            found = self._patterns[name] = re.compile(pattern, re.IGNORECASE)
        return found


def _any(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True)) or r"(?!)"


def _exchanged(text: str, words_for: Mapping[str, str]) -> str:
    return _WORD.sub(lambda word: words_for.get(word[0].lower(), word[0]), text)
