"""What a message adds to what was asked before it: that it is missing, when it hurts, who asks, in which unit.

The words are data (`knowledge/language/en/following.yaml`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.core.following import FEW_OWN, MOST_WORDS, Listed, any_of, lines_of
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


_ALONE: Mapping[Adds, tuple[str, tuple[str, ...]]] = {
    Adds.HURRIED: ("hurried", ("hurry", "units")),
    Adds.DOCTOR: ("doctor", ("doctors", "seeing", "halted", "units", "numbers")),
    Adds.HALTS: ("halts", ("halted",)),
    Adds.CARRIES: ("carries", ("halted",)),
    Adds.HARMS: ("harms", ("harmed", "calm", "normal")),
    Adds.GONE: ("gone", ("mends", "units")),
    Adds.HEALS: ("heals", ("mends", "units")),
    Adds.SPOT: ("spots", ("spotted", "pain")),
}
"""The list of phrases by which each is told, and the lists of the words that may stand beside one: with any other, another question is asked."""


class Adding:
    """Reads what is added. Fixed once made."""

    def __init__(self, listed: Listed) -> None:
        """Read with what is known of how people go on."""
        self._listed = listed
        self._words = listed.following

    def read(self, text: str) -> Added | None:
        """Return what a message adds; None for one that adds nothing of the kind."""
        line = words(clean(text))
        if not line or len(text.split()) > MOST_WORDS or not self._words.misses:
            return None
        listed, said, together = self._listed, lines_of(text), " ".join(line)
        named = listed.subjects(line)
        if of_it := self._of_it(text, line, said, named):
            return of_it
        if listed.says("misses", said):
            return Added(Adds.MISSES, listed.besides(named, "places"))
        if self.is_painless(text):
            return Added(Adds.PAINLESS)
        further = not listed.stems("further").isdisjoint(map(stem, line))
        if further and listed.begins("refuses", together) and not listed.besides(named, "further"):
            return Added(Adds.REFUSES)
        if self._in_unit.fullmatch(together):
            return Added(Adds.UNIT, listed.besides(named, "units"), units=tuple(line[-1:]))
        if self._is_alone(Adds.HEALS, said, named):
            return Added(Adds.HEALS)
        if not self.states(text):
            return None
        if not listed.stems("hurts").isdisjoint(map(stem, line)):
            found = self._circumstance(line, named)
            if found is not None:
                return found
        if self._is_alone(Adds.SPOT, said, named):
            return Added(Adds.SPOT)
        of_me = listed.begins("of_me", together) and not listed.besides(named, "who", "units")
        return Added(Adds.OF_ME) if of_me else None

    def is_for_a_doctor(self, text: str) -> bool:
        """Say whether what a message adds is whether a doctor should see it, as `read` does: of most messages one list tells that they do not."""
        if not self._listed.says(_ALONE[Adds.DOCTOR][0], lines_of(text)):
            return False
        added = self.read(text)
        return added is not None and added.adds is Adds.DOCTOR

    def _is_alone(self, adds: Adds, said: list[str], named: list[str]) -> bool:
        """Say whether a message says what is told by phrases, and names nothing beside."""
        phrases, beside = _ALONE[adds]
        return self._listed.says(phrases, said) and not self._listed.besides(named, *beside)

    def _of_it(self, text: str, line: list[str], said: list[str], named: list[str]) -> Added | None:
        """Return what a message only asks of what was said before it; None for any other."""
        listed = self._listed
        if self._is_alone(Adds.HURRIED, said, named):
            return Added(Adds.HURRIED)
        if self.states(text):
            own = tuple(
                word
                for word in named
                if not any(word in phrase.replace("|", " ").split() for phrase in self._words.dislikes)
            )
            if own and len(own) <= FEW_OWN and listed.says("dislikes", said):
                return Added(Adds.DISLIKES, own)
            return self._whom(line, named)
        stems = set(map(stem, line))
        for adds in (Adds.DOCTOR, Adds.HALTS, Adds.CARRIES):
            if self._is_alone(adds, said, named):
                return Added(adds)
        of_training = not stems.isdisjoint(listed.stems("halted"))
        if self._is_alone(Adds.HARMS, said, named) and not of_training and not listed.says("why", said):
            calm, normal = (not stems.isdisjoint(listed.stems(each)) for each in ("calm", "normal"))
            return Added(Adds.HARMS, calm=calm or normal, normal=normal)
        if self._is_alone(Adds.GONE, said, named):
            return Added(Adds.GONE)
        own = listed.besides(named, "helped")
        if own and len(own) <= FEW_OWN and listed.says("helps", said):
            return Added(Adds.HELPS, own)
        return self._whom(line, named)

    def _whom(self, line: list[str], named: list[str]) -> Added | None:
        whom = self._listed.begins("whom", " ".join(line), behind=("around", "about"))
        return (
            Added(Adds.WHOM, tuple(named))
            if whom and named and not self._listed.besides(named, "who", "units")
            else None
        )

    def is_painless(self, text: str) -> bool:
        """Say whether a text speaks of something that does not hurt."""
        return self._listed.says("painless", lines_of(text))

    def hurts(self, text: str) -> bool:
        """Say whether a text has a word of pain."""
        return not self._listed.stems("hurts").isdisjoint(map(stem, words(clean(text))))

    def states(self, text: str) -> bool:
        """Say whether a text asks nothing by its form ("my back is bad though")."""
        said = words(clean(text))
        first = next((word for word in said if word not in self._words.around or word == "my"), "")
        return "?" not in text and first not in self._words.asks

    def _circumstance(self, line: list[str], named: list[str]) -> Added | None:
        stems = set(map(stem, line))
        for kind, when in self._words.when.items():
            told = frozenset(map(stem, when))
            if not told.isdisjoint(stems):
                own = tuple(word for word in self._listed.besides(named, "hurts") if stem(word) not in told)
                return Added(Adds.WHEN, own, kind)
        return None

    @cached_property
    def _in_unit(self) -> re.Pattern[str]:
        return re.compile(rf"(?:[a-z]+ ){{0,4}}in (?:{any_of(self._words.units)})")
