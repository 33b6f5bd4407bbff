"""How a text plays a warning sign down, and what its reader would then tell: data of `language/en/reassuring.yaml`."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from bot.core.asking import compiled
from bot.core.safety.disguise import undisguised
from bot.core.text import clean, words

LEAST_WORDS = 2
"""Of a part that may name a sign."""
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n")
_COLONS = re.compile(r"[:;](?=\s)")
_WORD = re.compile(r"[a-z']+", re.IGNORECASE)
_NEGATION = re.compile(r"(?<![^ ])(?:not|never|no) ")
"""What a phrase's gap does not reach over: a sign that is denied is named all the same."""
_DOING = re.compile(r"\w{2,}ing\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reassuring:
    """The words. Each is explained where it stands."""

    mine: Mapping[str, str] = field(default_factory=dict)
    theirs: Mapping[str, str] = field(default_factory=dict)
    splits: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    trailing: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    cannot: tuple[str, ...] = ()
    nothing_had: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    about_words: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    abroad_parts: tuple[str, ...] = ()
    abroad_faults: tuple[str, ...] = ()
    sends: tuple[str, ...] = ()
    undoes: tuple[str, ...] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Reassuring":
        """Return what `asdict` gave of them. Raises KeyError or TypeError for anything else."""
        known: dict[str, Any] = {
            each.name: dict(data[each.name]) if each.name in ("mine", "theirs") else tuple(data[each.name])
            for each in fields(cls)
        }
        return cls(**known)

    def told(self, text: str) -> str:
        """Return what a text says of its reader as they would tell it: "When your legs go numb, ..." as "my legs go numb. ...".

        The gate rightly hears no report in "when your legs go numb"; advice for it is advice on an alarm all the same.
        """
        parts = (part for sentence in _SENTENCES.split(text) for part in self._parts(_exchanged(sentence, self.mine)))
        return ". ".join(part for part in parts if " " in part)

    def names_sign(self, text: str) -> bool:
        """Say whether a text plays down, or goes on with, what `signs` name, or speaks of what is `never` theirs to speak of."""
        said = _plain(text)
        if self.never and self._never.search(said):
            return True
        return bool(self.signs) and bool(self._signs.search(said) and self._says.search(said))

    def plays_down(self, text: str) -> bool:
        """Say whether a text plays something down, or tells to go on."""
        return bool(self.says) and self._says.search(_plain(text)) is not None

    def is_sign(self, text: str) -> bool:
        """Say whether a text names a sign by a phrase that the gate's classes lack."""
        said = _plain(undisguised(text))
        if not self.about_words:
            return False
        return any(self._about_words.search(each) is not None for each in (said, _NEGATION.sub("", said)))

    def is_about_sign(self, text: str) -> bool:
        """Say whether a text names a sign so, or a place and what is wrong there, in any language of the data."""
        if self.is_sign(text):
            return True
        heard = _plain(undisguised(text)).split()
        if not self._places.isdisjoint(heard) and not self._faults.isdisjoint(heard):
            return True
        folded = [_folded(word) for word in heard]
        return _begins(folded, self.abroad_parts) and _begins(folded, self.abroad_faults)

    def sends_to_help(self, sentence: str) -> bool:
        """Say whether a sentence sends to help, and takes nothing of that back."""
        said = _plain(sentence)
        return bool(self.sends) and self._sends.search(said) is not None and not self.undone(sentence)

    def undone(self, sentence: str) -> bool:
        """Say whether a sentence takes back, puts off or plays down that somebody gets help."""
        # What stands before a colon denies nothing of what stands after it: "that is not normal: see a doctor".
        return bool(self.undoes) and any(self._undoes.search(_plain(part)) for part in _COLONS.split(sentence))

    def reports(self, text: str) -> Iterator[str]:
        """Yield what somebody would report of whom a text that plays something down, or tells to go on, is true."""
        if not self.plays_down(text):
            return
        for sentence in _SENTENCES.split(text):
            mine = self._cannot.sub("i cannot", _exchanged(sentence, {**self.mine, **self.theirs}))
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
    def _says(self) -> re.Pattern[str]:
        return compiled(self.says)

    @cached_property
    def _signs(self) -> re.Pattern[str]:
        return compiled(self.signs)

    @cached_property
    def _never(self) -> re.Pattern[str]:
        return compiled(self.never)

    @cached_property
    def _places(self) -> frozenset[str]:
        return frozenset(self.parts)

    @cached_property
    def _faults(self) -> frozenset[str]:
        return frozenset(self.faults)

    @cached_property
    def _about_words(self) -> re.Pattern[str]:
        return compiled(self.about_words)

    @cached_property
    def _sends(self) -> re.Pattern[str]:
        return compiled(self.sends)

    @cached_property
    def _undoes(self) -> re.Pattern[str]:
        return compiled(self.undoes)

    @cached_property
    def _splits(self) -> re.Pattern[str]:
        return re.compile(rf"[,:;()–—]| - |\b(?:{_any(self.splits)})\b", re.IGNORECASE)

    @cached_property
    def _openings(self) -> re.Pattern[str]:
        return re.compile(rf"^(?:(?:{_any(self.openings)}|do \w+ (?:more )?\w+)\s+)+", re.IGNORECASE)

    @cached_property
    def _trailing(self) -> re.Pattern[str]:
        return re.compile(rf"(?:\s+(?:{_any(self.trailing)}))+$", re.IGNORECASE)

    @cached_property
    def _who(self) -> re.Pattern[str]:
        return re.compile(rf"^(?:(?:{_any(self.who)})\s+)+", re.IGNORECASE)

    @cached_property
    def _cuts(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_any(self.cuts)})\b", re.IGNORECASE)

    @cached_property
    def _nothing_had(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any(self.nothing_had)})\b|\d", re.IGNORECASE)

    @cached_property
    def _cannot(self) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{_any(self.cannot)})\b", re.IGNORECASE)


def _any(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(each) for each in sorted(phrases, key=len, reverse=True)) or r"(?!)"


def _exchanged(text: str, words_for: Mapping[str, str]) -> str:
    return _WORD.sub(lambda word: words_for.get(word[0].lower(), word[0]), text)


def _plain(text: str) -> str:
    return " ".join(words(clean(text))) + " "


def _folded(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def _begins(said: Sequence[str], stems: Sequence[str]) -> bool:
    return bool(stems) and any(word.startswith(tuple(stems)) for word in said)


NOT_REASSURING = Reassuring()
"""Knows no words."""
