"""How people go on from an answer in words that name little themselves, and what the answer's claim says to that.

"why, what happens if i do", "so when would you use one", "the seat is fixed": read by themselves such words lead anywhere. The words
are data (`knowledge/language/en/following.yaml`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.core.asking import Kind, compiled
from bot.core.claim_lines import Means, Said, all_texts, line_on, literally, said_to, speaks_of
from bot.core.following import MOST_WORDS, Following, any_of, lines_of
from bot.core.model import Claim
from bot.core.text import clean, stem, words


class Act(StrEnum):
    """What a message does with the answer before it."""

    NONE = ""
    WHY = "why"
    LACKS = "lacks"  # can not do it, or did
    HAS = "has"  # has only this


class More(StrEnum):
    """How a message says more about what was asked before it."""

    UNDER = "under"  # under which circumstance
    CASE = "case"  # in which case, which may have an answer of its own
    MEANT = "meant"  # what it was asked for
    TOLD = "told"  # something of it


@dataclass(frozen=True, slots=True)
class Read:
    """A message after an answer: its `act`, the words that name a subject of their `own`, the `units` it names, and whether it points `back`."""

    act: Act
    own: tuple[str, ...]
    units: tuple[str, ...]
    back: bool
    points: bool = False
    """Whether a pronoun does so: "one" and "so" stand in questions of all kinds."""


class GoingOn:
    """Reads what goes on from an answer. Fixed once made."""

    def __init__(self, following: Following | None = None) -> None:
        """Read what is known of how people go on."""
        self._words = following or Following()

    @property
    def following(self) -> Following:
        """What is known of how people go on."""
        return self._words

    @cached_property
    def _acts(self) -> list[tuple[Act, re.Pattern[str]]]:
        acts = ((Act.HAS, self._words.has), (Act.WHY, self._words.why), (Act.LACKS, self._words.lacks))
        return [(act, compiled(phrases)) for act, phrases in acts if phrases]

    @cached_property
    def _not_theirs(self) -> re.Pattern[str] | None:
        return compiled(self._words.not_theirs) if self._words.not_theirs else None

    @cached_property
    def _persists(self) -> re.Pattern[str] | None:
        return compiled(self._words.stays) if self._words.stays else None

    @cached_property
    def _pain(self) -> frozenset[str]:
        return frozenset(map(stem, self._words.pain))

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(map(stem, self._words.numbers))

    @cached_property
    def _another(self) -> re.Pattern[str] | None:
        if not self._words.another:
            return None
        phrases = "|".join(map(_raw, sorted(self._words.another, key=len, reverse=True)))
        around, asks = ("|".join(map(re.escape, each)) for each in (self._words.around, self._words.asks))
        behind = rf"\s*(?:[:,.;!-]+\s*|$|(?=(?:{asks})\b))"
        return re.compile(rf"\W*(?:(?:{around})\W+)*(?:{phrases})\b{behind}", re.IGNORECASE)

    @cached_property
    def _little(self) -> frozenset[str]:
        return frozenset(map(stem, self._words.little))

    @cached_property
    def _units(self) -> frozenset[str]:
        return frozenset(map(stem, self._words.units))

    @cached_property
    def _points(self) -> frozenset[str]:
        return frozenset(self._words.points)

    @cached_property
    def _back(self) -> frozenset[str]:
        return frozenset(self._words.back)

    def another(self, text: str) -> str | None:
        """Return what stands behind an opening that changes the subject ("new question: ..."); None where there is none."""
        found = self._another.match(text) if self._another is not None else None
        return None if found is None else text[found.end() :].strip()

    def bare(self, text: str) -> str:
        """Return a text without the words before it that say nothing."""
        found = self._opening.match(text)
        return text[found.end() :] if found else text

    @cached_property
    def _opening(self) -> re.Pattern[str]:
        around = "|".join(map(re.escape, self._words.around)) or "(?!)"
        return re.compile(rf"\W*(?:(?:{around})\W+)+", re.IGNORECASE)

    def more(self, text: str) -> tuple[More, str] | None:
        """Return how a message says more about what was asked before it, and what it says; None for any other."""
        line = " ".join(words(clean(text)))
        if not self._words.under or not line:
            return None
        if found := self._meant_for.search(line):
            return More.MEANT, found["after"] or found["before"]
        if found := self._under.match(line):
            behind = line[found.end() :].split(maxsplit=1)[:1]
            if not behind or behind[0] in self._words.asks:
                return None
            return (More.CASE if found["under"] in self._words.case else More.UNDER), line
        if self._told.search(line) and line.split()[0] not in self._words.asks:
            return More.TOLD, line
        return None

    def picks(self, text: str) -> bool:
        """Say whether a question only asks for one of what was asked before it ("and which one builds more")."""
        line = " ".join(words(clean(text)))
        found = self._which.match(line) if self._words.which else None
        return found is not None and (
            " " in found["which"] or found.end() == len(line)
        )  # "which" alone, not "which pin"

    @cached_property
    def _before(self) -> str:
        return f"(?:(?:{any_of((*self._words.around, *self._words.about))}) )*"

    @cached_property
    def _under(self) -> re.Pattern[str]:
        return re.compile(rf"{self._before}(?P<under>{any_of(self._words.under)})\b ?")

    @cached_property
    def _meant_for(self) -> re.Pattern[str]:
        meant, purpose = any_of(self._words.meant), any_of(self._words.meant_for)
        return re.compile(
            rf"^{self._before}(?:{meant}) (?P<after>(?:{purpose}) .+)|^(?P<before>(?:{purpose}) .+) (?:{meant})$"
        )

    @cached_property
    def _told(self) -> re.Pattern[str]:
        return re.compile(rf"^{self._before}(?:{any_of(self._words.it)})\b|\b(?:{any_of(self._words.ones)})\b")

    @cached_property
    def _which(self) -> re.Pattern[str]:
        return re.compile(rf"{self._before}(?P<which>{any_of(self._words.which)})\b")

    def is_not_theirs(self, text: str) -> bool:
        """Say whether a text tells that what was said was about somebody else."""
        return (
            self._not_theirs is not None
            and len(text.split()) <= MOST_WORDS
            and any(self._not_theirs.search(line) for line in lines_of(text))
        )

    def stays(self, text: str) -> bool:
        """Say whether a text only tells that a pain stays ("it's been three weeks and still hurts")."""
        line = words(clean(text))
        rest = (stem(word) for word in line if not word.isdigit())
        named = any(each not in self._little | self._units | self._pain | self._numbers for each in rest)
        told = self._persists is not None and any(map(self._persists.search, lines_of(text)))
        return told and not named and len(line) <= MOST_WORDS and "?" not in text

    @cached_property
    def _leaves(self) -> re.Pattern[str] | None:
        return compiled(self._words.leaves) if self._words.leaves else None

    def leaves_out(self, text: str) -> bool:
        """Say whether a text only asks what to leave out ("which lifts should I avoid")."""
        line = words(clean(text))
        if self._leaves is None or len(line) > MOST_WORDS or not any(map(self._leaves.search, lines_of(text))):
            return False
        left = frozenset(map(stem, self._words.left))
        return all(stem(word) in self._little | left for word in line)

    def read(self, text: str) -> Read | None:
        """Return how a message goes on from an answer; None for one that stands by itself."""
        line = words(clean(text))
        if not line or len(text.split()) > MOST_WORDS:
            return None
        lines = list(lines_of(text))
        act = next((act for act, pattern in self._acts if any(map(pattern.search, lines))), Act.NONE)
        names = [word for word in line if not word.isdigit() and stem(word) not in self._little]
        own = [word for word in names if stem(word) not in self._units]
        units = [word for word in names if stem(word) in self._units]
        return Read(
            act,
            tuple(dict.fromkeys(own)),
            tuple(dict.fromkeys(units)),
            not self._back.isdisjoint(line),
            not self._points.isdisjoint(line),
        )

    def speaks(self, claim: Claim, text: str, means: Means, *, title: bool) -> bool:
        """Say whether a claim speaks of all that a text names, with something named; of most of it in its `title` alone."""
        own = [
            word for word in words(clean(text)) if not word.isdigit() and stem(word) not in self._little | self._units
        ]
        hits = speaks_of([claim.title] if title else all_texts(claim), own, literally if title else means)
        return bool(own) and (hits * 2 > len(own) if title else hits == len(own))

    def line(self, lines: Sequence[str], text: str, means: Means) -> str:
        """Return the one of some lines that speaks of what a text names; "" for none."""
        named = [word for word in words(clean(text)) if not word.isdigit() and stem(word) not in self._little]
        own = [word for word in named if stem(word) not in self._units]
        return line_on(lines, list(dict.fromkeys(own)), means) if own else ""

    def said(self, claim: Claim, read: Read, kind: Kind | None, means: Means) -> Said:
        """Return what a claim says to a message that asks a `kind` of question."""
        sought: Sequence[str] = (*read.own, *read.units)
        if not sought and kind is not None:
            sought = self._words.figures.get(kind, ())
        return said_to(claim, sought, kind, means, why=read.act is Act.WHY)


def _raw(phrase: str) -> str:
    """Return a phrase as a pattern over text as it was typed."""
    tokens = [(token.removesuffix("?").split("|"), token.endswith("?")) for token in phrase.split()]
    parts = [f"(?:{'|'.join(map(re.escape, choices))})" for choices, _ in tokens]
    return parts[0] + "".join(
        f"(?: +{part}){'?' if maybe else ''}" for part, (_, maybe) in zip(parts[1:], tokens[1:], strict=True)
    )


NO_FOLLOWING = GoingOn()
"""Reads nothing of how people go on."""
