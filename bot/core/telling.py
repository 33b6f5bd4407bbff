"""How whoever a text is about would tell what it says of them: the safety gate hears reports, and advice is none.

The words are data (`told` of `language/en/complaints.yaml`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from bot.core.complaints import Telling

LEAST_WORDS = 2
"""Of a part that may name a sign."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n")
_WORD = re.compile(r"[a-z']+", re.IGNORECASE)
_DOING = re.compile(r"\w{2,}ing\b", re.IGNORECASE)


class Teller:
    """Tells texts as whoever they are about would."""

    def __init__(self, telling: Telling) -> None:
        """Take the words; nothing is compiled before the first text."""
        self._telling = telling

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
            mine = self._cannot.sub("i cannot", _exchanged(sentence, {**self._telling.mine, **self._telling.theirs}))
            for part in self._parts(mine):
                for bit in dict.fromkeys((part, *(self._trimmed(each) for each in self._cuts.split(part)))):
                    yield from self._reported(bit)

    def _reported(self, bit: str) -> Iterator[str]:
        if len(bit.split()) < LEAST_WORDS:
            return
        yield bit
        if not self._nothing_had.match(bit):
            yield f"i am {bit}" if _DOING.match(bit) else f"i have {bit}"
        told_of = self._who.sub("", bit)
        if told_of != bit and len(told_of.split()) > LEAST_WORDS:
            yield f"i {told_of}"

    def _parts(self, sentence: str) -> Iterator[str]:
        for part in self._splits.split(sentence):
            yield self._trimmed(part)

    def _trimmed(self, part: str) -> str:
        return self._trailing.sub("", self._openings.sub("", part.strip(" .!?")))

    @cached_property
    def _splits(self) -> re.Pattern[str]:
        return re.compile(rf"[,:;()–—]| - |\b(?:{_any(self._telling.splits)})\b", re.IGNORECASE)

    @cached_property
    def _openings(self) -> re.Pattern[str]:
        return re.compile(rf"^(?:(?:{_any(self._telling.openings)}|do \w+ (?:more )?\w+)\s+)+", re.IGNORECASE)

    @cached_property
    def _trailing(self) -> re.Pattern[str]:
        return re.compile(rf"(?:\s+(?:{_any(self._telling.trailing)}))+$", re.IGNORECASE)

    @cached_property
    def _who(self) -> re.Pattern[str]:
        return re.compile(rf"^(?:(?:{_any(self._telling.who)})\s+)+", re.IGNORECASE)

    @cached_property
    def _cuts(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_any(self._telling.cuts)})\b", re.IGNORECASE)

    @cached_property
    def _nothing_had(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any(self._telling.nothing_had)})\b|\d", re.IGNORECASE)

    @cached_property
    def _cannot(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_any(self._telling.cannot)})\b", re.IGNORECASE)


def _any(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True)) or r"(?!)"


def _exchanged(text: str, words_for: Mapping[str, str]) -> str:
    return _WORD.sub(lambda word: words_for.get(word[0].lower(), word[0]), text)
