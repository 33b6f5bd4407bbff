"""Messages that only point at what was said: somebody else says so, does it come to a no, is this figure right, what instead, the other one.

By itself such a message leads to whatever has its one word. The words are data (`knowledge/language/en/following.yaml`).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.following import FEW_OWN, MOST_WORDS, Listed, lines_of
from bot.core.text import clean, stem, words

_SETS_OF_REPS = re.compile(r"(?<!\w)(\d{1,2}) ?(?:[x×*]|sets? (?:of|x)) ?(\d{1,2})(?: reps?)?(?!\w)", re.IGNORECASE)
"""Sets and reps as they are written ("3x10", "3 sets of 10")."""
MOST_OF_SETTLING = 5
"""Words of a message that settles on a thing."""
MOST_GUESSED = 3
"""Words that a guess at a cause names at most."""
SETS_AND_REPS = ("sets", "reps")
_COUNTED = frozenset(map(stem, (*SETS_AND_REPS, "times")))
_SPAN = re.compile(r"(\d+) ?(?:to|-|–) ?(\d+)(?!\d) ?(%|\w*)")
_ITSELF = frozenset({"press", "pressing", "legpress"})
"""Words of a guess that it is the press."""
_NUMBER = re.compile(r"\d+")


class Points(StrEnum):
    """What a message does with what was said."""

    HEARSAY = "hearsay"  # somebody who can not tell says so
    CONFIRMS = "confirms"  # does it come to a yes, or a no
    FIGURE = "figure"  # is this figure right
    INSTEAD = "instead"  # what to do in its place
    OTHER = "other"  # the other of two
    SETTLES = "settles"  # on one of the things
    RADIATES = "radiates"  # it goes down a leg
    RETURNS = "returns"  # how often it comes
    GUESSES = "guesses"  # is this the cause


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a message does with what was said (`points`), the words that name something (`own`), and of a figure its `units` and `sets` of reps."""

    points: Points
    own: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    sets: tuple[int, int] | None = None
    coach: bool = False
    """Of HEARSAY: a coach says so."""


class Pointing:
    """Reads what only points at what was said. Fixed once made."""

    def __init__(self, listed: Listed) -> None:
        """Read with what is known of how people go on."""
        self._listed = listed
        self._words = listed.following

    def read(self, text: str) -> Pointed | None:
        """Return what a message does with what was said; None for one that stands by itself."""
        line = words(clean(text))
        if not line or len(text.split()) > MOST_WORDS or not self._words.hearsay:
            return None
        listed, said = self._listed, lines_of(text)
        named = listed.subjects(line)
        asks = "?" in text or line[0] in self._words.asks
        if not asks and listed.says("hearsay", said):
            own = listed.besides(named, "heard")
            coach = any(word in self._words.coaches for word in line)
            return Pointed(Points.HEARSAY, own, coach=coach) if len(own) <= FEW_OWN else None
        if listed.says("radiates", said):
            return Pointed(Points.RADIATES)
        if len(said) == 1 and listed.is_all_of("confirms", said):
            return Pointed(Points.CONFIRMS)
        if listed.says("instead", said) and not listed.besides(named, "replaced"):
            return Pointed(Points.INSTEAD)
        if not asks and not self._beside_figures(named) and len(said) == 1 and listed.says("returns", said):
            return Pointed(Points.RETURNS)
        guess = self._figure(text, named, asks=asks) or self._other_of_two(line, named)
        return guess or self._guess(said, line, named) or self._settles(text, line, named)

    def _figure(self, text: str, named: list[str], *, asks: bool) -> Pointed | None:
        """Return a figure that is put to what was said ("so 3x10?", "2 times a week ok?")."""
        sets = _SETS_OF_REPS.search(text)
        if sets is not None:
            rest = words(clean(_SETS_OF_REPS.sub(" ", text)))
            named = self._listed.subjects(rest)
        units = tuple(dict.fromkeys(word for word in words(clean(text)) if self._is_unit(word)))
        if self._beside_figures(self._listed.besides(named, "row")) or not (asks or sets):
            return None
        if sets is not None:
            return Pointed(Points.FIGURE, units=SETS_AND_REPS, sets=(int(sets[1]), int(sets[2])))
        return Pointed(Points.FIGURE, units=units) if units and _NUMBER.search(text) else None

    def _beside_figures(self, named: Sequence[str]) -> list[str]:
        """Return those of some words that are no unit of a figure."""
        return [word for word in named if not self._is_unit(word)]

    def _is_unit(self, word: str) -> bool:
        return stem(word) in _COUNTED or stem(word) in self._listed.stems("units")

    def _guess(self, said: list[str], line: list[str], named: list[str]) -> Pointed | None:
        """Return a guess at what causes it ("is it my shoes", "could it be the press")."""
        guessed = named or not _ITSELF.isdisjoint(line)
        if not guessed or len(named) > MOST_GUESSED or any(word in self._words.not_guessed for word in line):
            return None
        return Pointed(Points.GUESSES, tuple(named)) if self._listed.says("guesses", said) else None

    def _settles(self, text: str, line: list[str], named: list[str]) -> Pointed | None:
        """Return what somebody settles on ("so the leg press?", "ok leg press then")."""
        settles = (line[0] in self._words.so and "?" in text) or line[-1] in self._words.so
        thing = len(line) <= MOST_OF_SETTLING and settles
        if not thing or any(word in self._words.asks for word in line) or not (named or not _ITSELF.isdisjoint(line)):
            return None
        return Pointed(Points.SETTLES, tuple(named) or ("press",)) if len(named) <= FEW_OWN else None

    def _other_of_two(self, line: list[str], named: list[str]) -> Pointed | None:
        alone = not named and not self._listed.stems("other").isdisjoint(map(stem, line))
        return Pointed(Points.OTHER) if alone and line[0] not in self._words.asks else None


def lies_in(sets: tuple[int, int], line: str, units: Collection[str] = ()) -> bool:
    """Say whether a line names so many sets by a number of its own, and the reps lie in a span that it gives in none of `units`."""
    found = [each for each in _SPAN.finditer(line) if each[3] != "%" and each[3].lower() not in units]
    spans = [(int(each[1]), int(each[2])) for each in found]
    for each in reversed(found):
        line = f"{line[: each.start()]} {line[each.end() :]}"
    alone = {int(number) for number in _NUMBER.findall(line)}
    return sets[0] in alone and any(low <= sets[1] <= high for low, high in spans)
