"""How people go on from an answer in words that name little themselves, and what the answer's claim says to that.

"why, what happens if i do", "so when would you use one", "the seat is fixed": read by themselves such words lead anywhere. The words
are data (`knowledge/language/en/following.yaml`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from bot.core.asking import Kind
from bot.core.claim_lines import Means, Said, all_texts, line_on, literally, said_to, speaks_of
from bot.core.following import MOST_WORDS, Following, Listed, any_of, lines_of
from bot.core.model import Claim
from bot.core.text import clean, words


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
    line: tuple[str, ...] = field(default=(), compare=False)
    """Its words in order."""


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
    def listed(self) -> Listed:
        """The same by the names of its lists: whoever reads with it shares what is compiled."""
        return Listed(self._words)

    @cached_property
    def _another(self) -> re.Pattern[str] | None:
        if not self._words.another:
            return None
        phrases = "|".join(map(_raw, sorted(self._words.another, key=len, reverse=True)))
        around, asks = ("|".join(map(re.escape, each)) for each in (self._words.around, self._words.asks))
        behind = rf"\s*(?:[:,.;!-]+\s*|$|(?=(?:{asks})\b))"
        return re.compile(rf"\W*(?:(?:{around})\W+)*(?:{phrases})\b{behind}", re.IGNORECASE)

    def another(self, text: str) -> str | None:
        """Return what stands behind an opening that changes the subject ("new question: ..."); None where there is none."""
        found = self._another.match(text) if self._another is not None else None
        return None if found is None else text[found.end() :].strip()

    def in_figures(self, text: str) -> str:
        """Return a text with weekdays that follow on each other as how many they are where they are apart ("mon wed fri": "3 days a week"), and a height told as one ("5 foot 1 tall")."""
        if not self._words.weekdays or not self._words.tall:
            return text
        return self._height.sub(rf"\1 {self._words.tall[0]}", self._weekdays.sub(self._counted, text))

    def _counted(self, found: re.Match[str]) -> str:
        """Return how many days of the week some weekdays are; the words themselves where two of them are neighbours, since those are no days apart."""
        week = list(dict.fromkeys(day[:3] for day in self._words.weekdays))
        days = sorted({week.index(day[:3]) for day in words(found[0].lower()) if day[:3] in week})
        apart = [(after - before) % len(week) for before, after in pairwise([*days, days[0] + len(week)])]
        return found[0] if 1 in apart else f"{len(days)} days a week"

    @cached_property
    def _weekdays(self) -> re.Pattern[str]:
        day = rf"\b(?:{any_of(self._words.weekdays)})\b"
        return re.compile(rf"{day}(?:[\s,/&+-]+(?:and\s+)?{day})+", re.IGNORECASE)

    @cached_property
    def _height(self) -> re.Pattern[str]:
        """What tells a height in feet and nothing else."""
        foot = rf"[3-7]\s*(?:{any_of(self._words.feet)}|'|’)"
        return re.compile(rf"^(\W*(?:i\s?['’]?m|i am)\s+(?:only\s+)?{foot}\s*[0-9]{{0,2}})\W*$", re.IGNORECASE)

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
        return len(text.split()) <= MOST_WORDS and self.listed.says("not_theirs", lines_of(text))

    def stays(self, text: str) -> bool:
        """Say whether a text only tells that a pain stays ("it's been three weeks and still hurts")."""
        line = words(clean(text))
        named = self.listed.besides(self.listed.subjects(line), "units", "pain", "numbers")
        return self.listed.says("stays", lines_of(text)) and not named and len(line) <= MOST_WORDS and "?" not in text

    def leaves_out(self, text: str) -> bool:
        """Say whether a text only asks what to leave out ("which lifts should I avoid")."""
        line = words(clean(text))
        says = len(line) <= MOST_WORDS and self.listed.says("leaves", lines_of(text))
        return says and not self.listed.besides(line, "little", "left")

    def read(self, text: str) -> Read | None:
        """Return how a message goes on from an answer; None for one that stands by itself."""
        line = words(clean(text))
        if not line or len(text.split()) > MOST_WORDS:
            return None
        lines = list(lines_of(text))
        act = next((act for act in (Act.HAS, Act.WHY, Act.LACKS) if self.listed.says(act, lines)), Act.NONE)
        names = self.listed.subjects(line)
        own = self.listed.besides(names, "units")
        units = [word for word in names if word not in own]
        return Read(
            act,
            tuple(dict.fromkeys(own)),
            tuple(dict.fromkeys(units)),
            any(word in self._words.back for word in line),
            any(word in self._words.points for word in line),
            tuple(line),
        )

    def speaks(self, claim: Claim, text: str, means: Means, *, title: bool) -> bool:
        """Say whether a claim speaks of all that a text names, with something named; of most of it in its `title` alone."""
        own = self.listed.besides(self.listed.subjects(words(clean(text))), "units")
        hits = speaks_of([claim.title] if title else all_texts(claim), own, literally if title else means)
        return bool(own) and (hits * 2 > len(own) if title else hits == len(own))

    def line(self, lines: Sequence[str], text: str, means: Means) -> str:
        """Return the one of some lines that speaks of what a text names; "" for none."""
        own = self.listed.besides(self.listed.subjects(words(clean(text))), "units")
        return line_on(lines, list(dict.fromkeys(own)), means) if own else ""

    def said(self, claim: Claim, read: Read, kind: Kind | None, means: Means) -> Said:
        """Return what a claim says to a message that asks a `kind` of question."""
        sought: Sequence[str] = (*read.own, *read.units)
        if not sought and kind is not None:
            sought = self._words.figures.get(kind, ())
        return said_to(claim, sought, kind, means, why=read.act is Act.WHY, line=read.line, leans=self._words.leans)


def _raw(phrase: str) -> str:
    """Return a phrase as a pattern over text as it was typed."""
    tokens = [(token.removesuffix("?").split("|"), token.endswith("?")) for token in phrase.split()]
    parts = [f"(?:{'|'.join(map(re.escape, choices))})" for choices, _ in tokens]
    return parts[0] + "".join(
        f"(?: +{part}){'?' if maybe else ''}" for part, (_, maybe) in zip(parts[1:], tokens[1:], strict=True)
    )


NO_FOLLOWING = GoingOn()
"""Reads nothing of how people go on."""
