"""What a message adds to what was asked before it: that it is missing, when it hurts, who asks, in which unit.

The words are data (`knowledge/language/en/following.yaml`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.core.asking import compiled
from bot.core.following import FEW_OWN, MOST_WORDS, Following, lines_of
from bot.core.text import clean, stem, words


class Adds(StrEnum):
    """What a message adds."""

    MISSES = "misses"  # they have none of it
    PAINLESS = "painless"  # nothing hurts
    WHEN = "when"  # under which circumstance it hurts
    OF_ME = "of_me"  # who asks
    REFUSES = "refuses"  # why not more so
    SPOT = "spot"  # where it hurts, or how
    HEALS = "heals"  # how long a pain lasts
    UNIT = "unit"  # the same in another unit
    DOCTOR = "doctor"  # should a doctor see it
    HALTS = "halts"  # should they stop
    CARRIES = "carries"  # may they go on
    HARMS = "harms"  # is it bad, or all right
    HURRIED = "hurried"  # there is little time
    HELPS = "helps"  # does something help against it
    GONE = "gone"  # how long until it is over
    WHOM = "whom"  # the same for somebody else
    DISLIKES = "dislikes"  # they do not like one of the things


OF_IT = frozenset({Adds.DOCTOR, Adds.HALTS, Adds.CARRIES, Adds.HARMS, Adds.HURRIED, Adds.GONE})
"""What is only asked of what was said before, whatever else the same words lead to."""


@dataclass(frozen=True, slots=True)
class Added:
    """What a message `adds`; its words that name something (`own`), and the `kind` of question that a circumstance is answered as."""

    adds: Adds
    own: tuple[str, ...] = ()
    kind: str = ""
    units: tuple[str, ...] = ()
    calm: bool = False
    """Of HARMS: it is asked whether it is all right."""
    normal: bool = False
    """Of HARMS: it is asked whether it is usual."""


class Adding:
    """Reads what is added. Fixed once made."""

    def __init__(self, following: Following) -> None:
        """Read what is known of how people go on."""
        self._words = following

    def read(self, text: str) -> Added | None:
        """Return what a message adds; None for one that adds nothing of the kind."""
        line = words(clean(text))
        if not line or len(text.split()) > MOST_WORDS or not self._words.misses:
            return None
        named = [word for word in line if not word.isdigit() and stem(word) not in self._little]
        if of_it := self._of_it(text, line, named):
            return of_it
        if any(map(self._misses.search, lines_of(text))):
            return Added(Adds.MISSES, _without(named, self._places))
        if self.is_painless(text):
            return Added(Adds.PAINLESS)
        said = " ".join(line)
        further = not self._further.isdisjoint(map(stem, line))
        if self._refuses.match(said) and further and not _without(named, self._further):
            return Added(Adds.REFUSES)
        if self._in_unit.fullmatch(said):
            return Added(Adds.UNIT, _without(named, self._units), units=tuple(line[-1:]))
        if any(map(self._heals.search, lines_of(text))) and not _without(named, self._mends | self._units):
            return Added(Adds.HEALS)
        asks = not self.states(text)
        if not asks and not self._hurts.isdisjoint(map(stem, line)):
            found = self._circumstance(line, named)
            if found is not None:
                return found
        if not asks and any(map(self._spots.search, lines_of(text))) and not _without(named, self._spotted):
            return Added(Adds.SPOT)
        if not asks and self._of_me.match(said) and not _without(named, self._who):
            return Added(Adds.OF_ME)
        return None

    def _of_it(self, text: str, line: list[str], named: list[str]) -> Added | None:
        """Return what a message only asks of what was said before it; None for any other."""
        said = lines_of(text)
        if any(map(self._hurried.search, said)) and not _without(named, self._hurry | self._units):
            return Added(Adds.HURRIED)
        if self.states(text):
            own = tuple(
                word
                for word in named
                if not any(word in phrase.replace("|", " ").split() for phrase in self._words.dislikes)
            )
            if own and len(own) <= FEW_OWN and any(map(self._dislikes.search, said)):
                return Added(Adds.DISLIKES, own)
            return self._whom(line, named)
        stems = set(map(stem, line))
        if any(map(self._doctor.search, said)) and not _without(named, self._doctors | self._units | self._numbers):
            return Added(Adds.DOCTOR)
        if not _without(named, self._halted):
            for adds, pattern in ((Adds.HALTS, self._halts), (Adds.CARRIES, self._carries)):
                if any(map(pattern.search, said)):
                    return Added(adds)
        if self._asks_harm(said, stems, named):
            calm, normal = (not stems.isdisjoint(each) for each in (self._calm, self._normal))
            return Added(Adds.HARMS, calm=calm or normal, normal=normal)
        if any(map(self._gone.search, said)) and not _without(named, self._mends | self._units):
            return Added(Adds.GONE)
        own = _without(named, self._helped)
        if own and len(own) <= FEW_OWN and any(map(self._helps.search, said)):
            return Added(Adds.HELPS, own)
        return self._whom(line, named)

    def _asks_harm(self, said: list[str], stems: set[str], named: list[str]) -> bool:
        """Say whether a message asks of what was said whether it is bad; not for the reasons, and not of training."""
        alone = not _without(named, self._harmed) and stems.isdisjoint(self._halted)
        return alone and any(map(self._harms.search, said)) and not any(map(self._whys.search, said))

    def _whom(self, line: list[str], named: list[str]) -> Added | None:
        whom = self._whom_begins.match(" ".join(line)) is not None
        return Added(Adds.WHOM, tuple(named)) if whom and named and not _without(named, self._who) else None

    def is_painless(self, text: str) -> bool:
        """Say whether a text speaks of something that does not hurt."""
        return any(map(self._painless.search, lines_of(text)))

    def hurts(self, text: str) -> bool:
        """Say whether a text has a word of pain."""
        return not self._hurts.isdisjoint(map(stem, words(clean(text))))

    def states(self, text: str) -> bool:
        """Say whether a text asks nothing by its form ("my back is bad though")."""
        said = words(clean(text))
        first = next((word for word in said if word not in self._words.around or word == "my"), "")
        return "?" not in text and first not in self._words.asks

    def _circumstance(self, line: list[str], named: list[str]) -> Added | None:
        stems = set(map(stem, line))
        for kind, when in self._words.when.items():
            told = _stems(when)
            if not told.isdisjoint(stems):
                return Added(Adds.WHEN, _without(named, told | self._hurts), kind)
        return None

    @cached_property
    def _doctor(self) -> re.Pattern[str]:
        return compiled(self._words.doctor)

    @cached_property
    def _halts(self) -> re.Pattern[str]:
        return compiled(self._words.halts)

    @cached_property
    def _carries(self) -> re.Pattern[str]:
        return compiled(self._words.carries)

    @cached_property
    def _harms(self) -> re.Pattern[str]:
        return compiled(self._words.harms)

    @cached_property
    def _hurried(self) -> re.Pattern[str]:
        return compiled(self._words.hurried)

    @cached_property
    def _dislikes(self) -> re.Pattern[str]:
        return compiled(self._words.dislikes)

    @cached_property
    def _whys(self) -> re.Pattern[str]:
        return compiled(self._words.why)

    @cached_property
    def _helps(self) -> re.Pattern[str]:
        return compiled(self._words.helps)

    @cached_property
    def _gone(self) -> re.Pattern[str]:
        return compiled(self._words.gone)

    @cached_property
    def _whom_begins(self) -> re.Pattern[str]:
        before = "|".join(map(re.escape, (*self._words.around, *self._words.about)))
        return re.compile(rf"(?:(?:{before}) )*(?:{'|'.join(map(re.escape, self._words.whom))})\b")

    @cached_property
    def _doctors(self) -> frozenset[str]:
        return _stems((*self._words.doctors, *self._words.seeing, *self._words.halted))

    @cached_property
    def _halted(self) -> frozenset[str]:
        return _stems(self._words.halted)

    @cached_property
    def _harmed(self) -> frozenset[str]:
        return _stems((*self._words.harmed, *self._words.calm, *self._words.normal))

    @cached_property
    def _calm(self) -> frozenset[str]:
        return _stems(self._words.calm)

    @cached_property
    def _normal(self) -> frozenset[str]:
        return _stems(self._words.normal)

    @cached_property
    def _hurry(self) -> frozenset[str]:
        return _stems(self._words.hurry)

    @cached_property
    def _helped(self) -> frozenset[str]:
        return _stems(self._words.helped)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return _stems(self._words.numbers)

    @cached_property
    def _misses(self) -> re.Pattern[str]:
        return compiled(self._words.misses)

    @cached_property
    def _painless(self) -> re.Pattern[str]:
        return compiled(self._words.painless)

    @cached_property
    def _heals(self) -> re.Pattern[str]:
        return compiled(self._words.heals)

    @cached_property
    def _mends(self) -> frozenset[str]:
        return _stems(self._words.mends)

    @cached_property
    def _refuses(self) -> re.Pattern[str]:
        return _beginning(self._words.around, self._words.refuses)

    @cached_property
    def _of_me(self) -> re.Pattern[str]:
        return _beginning(self._words.around, self._words.of_me)

    @cached_property
    def _in_unit(self) -> re.Pattern[str]:
        units = "|".join(map(re.escape, self._words.units))
        return re.compile(rf"(?:[a-z]+ ){{0,4}}in (?:{units})")

    @cached_property
    def _little(self) -> frozenset[str]:
        return _stems(self._words.little)

    @cached_property
    def _units(self) -> frozenset[str]:
        return _stems(self._words.units)

    @cached_property
    def _places(self) -> frozenset[str]:
        return _stems(self._words.places)

    @cached_property
    def _further(self) -> frozenset[str]:
        return _stems(self._words.further)

    @cached_property
    def _who(self) -> frozenset[str]:
        return _stems((*self._words.who, *self._words.units))

    @cached_property
    def _spots(self) -> re.Pattern[str]:
        return compiled(self._words.spots)

    @cached_property
    def _spotted(self) -> frozenset[str]:
        return _stems((*self._words.spotted, *self._words.pain))

    @cached_property
    def _hurts(self) -> frozenset[str]:
        return _stems(self._words.hurts)


def _stems(listed: Iterable[str]) -> frozenset[str]:
    return frozenset(map(stem, listed))


def _without(named: Iterable[str], stems: frozenset[str]) -> tuple[str, ...]:
    return tuple(word for word in named if stem(word) not in stems)


def _beginning(around: Iterable[str], phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for how a line begins, behind words that say nothing."""
    either = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    return re.compile(rf"(?:(?:{'|'.join(map(re.escape, around))}) )*(?:{either})\b")
