"""Messages of a few words that ask one thing more of the last answer: what else, a number, is this figure enough, what if it gets worse.

By itself such a message leads to whatever is known by its one word ("how heavy" after *Warming up*). The words are data
(`knowledge/language/en/following.yaml`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.core.asking import FIGURES, Asked, Kind
from bot.core.following import MOST_WORDS, Listed, any_of, lines_of
from bot.core.text import clean, sentences, stem, words

MOST_OF_DETAIL, MOST_OF_PER = 6, 8
"""Words of a message that only tells a detail, or asks what a figure goes for."""
_WORDS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12}  # fmt: skip
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_OF_TIME = frozenset({Kind.HOW_LONG, Kind.WHEN})
"""The kinds of question for a figure that are asked with a wait."""
TIMES = "time"
"""What "once" and "twice" count."""
_FIGURE = re.compile(r"\d+|[a-z]+")
_SPAN = re.compile(r"(\w+) ?(?:to|or|-|–) ?(\w+)")
_CLAUSES = re.compile(r"[;:]\s+")


class Asks(StrEnum):
    """What a message asks of the last answer."""

    ELSE = "else"  # what else
    NUMBER = "number"  # the figure, not words
    FIGURE = "figure"  # how heavy, how many: of what was spoken of
    ENOUGH = "enough"  # whether a figure fits
    PER = "per"  # what a figure goes for
    WORSENS = "worsens"  # what if it gets worse
    DETAIL = "detail"  # tells which, where or since when
    REASSURED = "reassured"  # somebody looked at it and found nothing grave
    FORBIDDEN = "forbidden"  # somebody who can tell said no
    AFTERWARDS = "afterwards"  # what goes after the operation
    SKIPS = "skips"  # what if they leave it out
    MACHINE = "machine"  # the same on another machine


@dataclass(frozen=True, slots=True)
class FewWords:
    """What a message `asks`, the words that name something (`own`), the `kind` of figure, and the `figure` that is put to the answer with its `unit`."""

    asks: Asks
    own: tuple[str, ...] = ()
    kind: Kind | None = None
    figure: int = 0
    unit: str = ""


class ReadsFewWords:
    """Reads them. Fixed once made."""

    def __init__(self, listed: Listed) -> None:
        """Read with what is known of how people go on."""
        self._listed = listed
        self._words = listed.following

    def read(self, text: str, asked: Asked | None) -> FewWords | None:
        """Return what a message asks of the last answer, `asked` being the kind of question it is; None for any other."""
        line = words(clean(text))
        if not line or len(text.split()) > MOST_WORDS or not self._words.else_asked:
            return None
        listed, said = self._listed, lines_of(text)
        named = tuple(listed.subjects(line))
        if listed.says("else_asked", said) and not listed.besides(named, "elses"):
            return FewWords(Asks.ELSE)
        if listed.says("number_asked", said) and not listed.besides(named, "numbered", "units"):
            return FewWords(Asks.NUMBER)
        if len(line) <= MOST_OF_PER and listed.begins("per", " ".join(line), behind=("around", "per_before")):
            return FewWords(Asks.PER, named)
        if self.is_reassured(text):
            return FewWords(Asks.REASSURED)
        if listed.says("worsens", said):
            return FewWords(Asks.WORSENS, named)
        if "?" not in text and line[0] not in self._words.asks and listed.says("forbidden", said):
            return FewWords(Asks.FORBIDDEN)
        if len(said) == 1 and listed.says("afterwards", said):
            return FewWords(Asks.AFTERWARDS)
        if listed.says("skips", said) and not listed.besides(named, "left", "skipped"):
            return FewWords(Asks.SKIPS)
        found = self._on_machine(line, named, asked)
        if found is None and asked is not None and asked.kind in FIGURES and len(said) == 1:
            found = self._figure(line, named, asked)
        return found or self._enough(line, named) or (self._detail(text, line, named) if asked is None else None)

    def is_reassured(self, text: str) -> bool:
        """Say whether a text only tells that somebody looked at it and found nothing grave."""
        line = words(clean(text))
        asks = not line or "?" in text or line[0] in self._words.asks
        return not asks and len(line) <= MOST_WORDS and self._listed.says("reassured", lines_of(text))

    def weighs(self, text: str) -> bool:
        """Say whether a text has a word of weight."""
        return not self._listed.stems("weights").isdisjoint(map(stem, words(clean(text))))

    def counts(self, text: str) -> set[str]:
        """Return the things that a text counts, for comparing."""
        return set(map(stem, words(clean(text)))) & self._listed.stems("counted")

    def same(self, word: str, text: str) -> bool:
        """Say whether a text has a word, whatever its ending."""
        return stem(word) in set(map(stem, words(clean(text))))

    def worse(self, lines: Iterable[str], own: Sequence[str]) -> list[str]:
        """Return those of some lines that say what to do ("Worse? ...") when a complaint gets worse; first those that name what the message does."""
        named, worse = set(map(stem, own)), self._listed.stems("worse")
        stems = [(line, set(map(stem, words(clean(line))))) for line in lines if "?" in line]
        naming = [line for line, has in stems if not named.isdisjoint(has)]
        return [*naming, *(line for line, has in stems if not worse.isdisjoint(has) and line not in naming)]

    def holds(self, read: FewWords, line: str) -> bool:
        """Say whether a line gives the figure that a message puts to it, with the same unit."""
        return any(low <= read.figure <= high for low, high in self._spans(read, line))

    def more_than(self, read: FewWords, line: str) -> bool | None:
        """Say whether the figure is more than all (True) or less than all (False) that a line gives; None where it gives none or lies between."""
        spans = self._spans(read, line)
        alone = _spans_in(line, times=False)  # "one to two are enough" counts what the clause before it counts
        if not spans or any(low <= read.figure <= high for low, high in alone):
            return None
        if read.figure > max(high for _, high in spans):
            return True
        return False if read.figure < min(low for low, _ in spans) else None

    def _spans(self, read: FewWords, line: str) -> list[tuple[int, int]]:
        """Return the figures of a line that stand with the unit of a message, each as its span."""
        found: list[tuple[int, int]] = []
        for sentence in sentences(line):
            for clause in _CLAUSES.split(sentence):
                units = self.counts(clause)
                times = TIMES if any(word in _TIMES for word in words(clean(clause))) else ""
                if (read.unit in {*units, times}) if read.unit else (units or times):
                    found += _spans_in(clause, times=read.unit in {TIMES, ""})
        return found

    def _on_machine(self, line: list[str], named: tuple[str, ...], asked: Asked | None) -> FewWords | None:
        """Return a figure that is asked for on another machine, or a machine that the last question is put to."""
        listed = self._listed
        machines = [word for word in line if {word, stem(word)} & listed.stems("machines")]
        if not machines or listed.besides(named, "machines", "units", "weights", "places"):
            return None
        kind = asked.kind if asked is not None else None
        beside = listed.begins("under", " ".join(line), behind=("around", "about")) or self._aspect.match(
            " ".join(line)
        )
        if kind not in {Kind.HOW_MUCH, Kind.WHAT, None} or not (beside or kind is Kind.HOW_MUCH):
            return None
        return FewWords(Asks.MACHINE, tuple(machines), kind)

    def _figure(self, line: list[str], named: tuple[str, ...], asked: Asked) -> FewWords | None:
        """Return a question for a figure that names nothing but what is counted ("how many sets")."""
        rest = self._listed.besides((word for word in named if word in asked.rest), "units", "counted", "weights")
        if rest and (asked.kind not in _OF_TIME or self._listed.besides(rest, "waits")):
            return None
        counted = next((word for word in line if stem(word) in self._listed.stems("counted")), "")
        weighed = next((word for word in asked.rest if stem(word) in self._listed.stems("weights")), "")
        return FewWords(Asks.FIGURE, (counted,) if counted else (), asked.kind, unit=weighed)

    def _enough(self, line: list[str], named: tuple[str, ...]) -> FewWords | None:
        """Return a figure that is put to the last answer ("is twice enough", "and 5 mins?")."""
        found = self._fitting.fullmatch(" ".join(line) + " ")
        if found is None:
            return None
        said = found["figure"].strip()
        figure = _TIMES.get(said) or (int(said) if said.isdigit() else _WORDS.get(said, 0))
        unit = TIMES if said in _TIMES else stem((found["unit"] or "").strip())
        if not figure or (said == "a" and not unit) or (unit and unit not in self._listed.stems("counted")):
            return None
        return FewWords(Asks.ENOUGH, named, figure=figure, unit=unit)

    def _detail(self, text: str, line: list[str], named: tuple[str, ...]) -> FewWords | None:
        """Return a detail that is told ("the left one", "grade 2", "had it for years")."""
        tells = "?" not in text and line[0] not in self._words.asks and len(line) <= MOST_OF_DETAIL
        details = [word for word in line if stem(word) in self._listed.stems("details")]
        long = self._listed.says("since", lines_of(text))
        told = self._listed.besides(named, "details", "beside_details", "units", "numbers")
        if not tells or not (details or long) or told:
            return None
        return FewWords(Asks.DETAIL, tuple(details))

    @cached_property
    def _aspect(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{any_of((*self._words.around, *self._words.about))})\b")

    @cached_property
    def _fitting(self) -> re.Pattern[str]:
        before = any_of((*self._words.around, *self._words.about, *self._words.fits_before))
        figure = "|".join((r"\d{1,3}", *_WORDS, *_TIMES))
        units = any_of((*self._words.units, *self._words.counted))
        after = any_of(self._words.fits_after)
        return re.compile(
            rf"(?:(?:{before}) )*?(?P<figure>{figure}) (?P<unit>(?:{units}) )?(?:(?:{after}) )*(?:(?:{units}) )?(?:(?:{after}) )*"
        )


def _spans_in(clause: str, *, times: bool) -> list[tuple[int, int]]:
    """Return the figures of a clause, "two to three" as a span; with `times` also "once" and "twice"."""
    known = {**_WORDS, **(_TIMES if times else {})}
    del known["a"]

    def value(word: str) -> int:
        return int(word) if word.isdigit() else known.get(word, 0)

    low = clause.lower()
    found = [(value(each[1]), value(each[2])) for each in _SPAN.finditer(low) if value(each[1]) and value(each[2])]
    alone = _SPAN.sub(lambda each: " " if value(each[1]) and value(each[2]) else each[0], low)
    return [*found, *((value(word), value(word)) for word in _FIGURE.findall(alone) if value(word))]
