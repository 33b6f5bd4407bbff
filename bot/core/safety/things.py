"""Whether a message tells of nothing but a thing: "pin wont come out, it's trapped under the stack" (`safety2.md` 12, machine parts).

The words of an alarm are a thing's where the thing is what the message begins with and "it" stands for it afterwards, and where nobody
stands in it: no person, no part of a body, nothing that only a body does. A clause without a subject of its own ("the sled came down,
stuck under it") may be its writer's, and leaves the alarm as it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from bot.core.safety.gate_words import GATE_WORDS
from bot.core.safety.lexicon import Hit

_OBJECTS: Final = frozenset(GATE_WORDS.objects)
_IT: Final = frozenset(GATE_WORDS.it)
_GOES_ON: Final = frozenset((*GATE_WORDS.goes_on, *GATE_WORDS.thing_goes_on))
_NEVER: Final = frozenset(GATE_WORDS.never_a_thing)
_HELD: Final = frozenset(GATE_WORDS.holds_somebody)
_DEEDS: Final = frozenset(GATE_WORDS.deeds)
_ASKS: Final = frozenset(GATE_WORDS.asks_of_a_thing)
_PEOPLE: Final = frozenset((*GATE_WORDS.people, *GATE_WORDS.persons, *GATE_WORDS.first_person)) - {"else"}
_BEFORE: Final = frozenset(
    (*GATE_WORDS.openers, *GATE_WORDS.before_subject, *GATE_WORDS.joins, "my", "his", "her", "our")
)
_JOINS: Final = frozenset(GATE_WORDS.joins)
_HEAVY: Final = frozenset(GATE_WORDS.heavy)
_THEM: Final = frozenset({"them", "they", "theyre"})
_UNABLE: Final = frozenset({"cant", "cannot", "couldnt"})
"""After something heavy these may leave out whoever lies under it: "sled fell, cant move"."""
_TOWARDS: Final = frozenset(GATE_WORDS.falls_on)
_I: Final = frozenset({"i", "im", "ive", "we"})
_AFTER_DEED: Final = 5
_MOST_CLAUSES: Final = 12
"""A longer story is no word about a thing."""


class Things:
    """Reads whether a message is about things alone, by the hits of its classes."""

    def __init__(self, parts: Iterable[int], body: Iterable[int], telling: Iterable[int]) -> None:
        """Take the numbers of the classes of things, of parts of the body, and of all that tells of a symptom."""
        self._parts = frozenset(parts)
        self._body = frozenset(body)
        self._telling = frozenset(telling)

    def alone_in(self, words: Sequence[str], breaks: Sequence[int], hits: Sequence[Hit]) -> bool:
        """Say whether a message tells of things and of nobody."""
        things = {i: i + 1 for i, word in enumerate(words) if word in _OBJECTS}
        things |= {hit.start: hit.end for hit in hits if hit.concept in self._parts}
        if not things or not _NEVER.isdisjoint(words):
            return False
        covered = {i for start, end in things.items() for i in range(start, end)}
        body = {hit.start for hit in hits if hit.concept in self._body} - covered
        for start in body & {start - 1 for start in things}:
            things[start] = start + 1  # "knee sleeve", "head phones"
            covered.add(start)
        if body - covered:
            return False
        told = {hit.start for hit in hits if hit.concept in self._telling} - covered
        clauses = list(_clauses(words, breaks))
        named = False
        heavy = False
        for first, last in clauses[: _MOST_CLAUSES + 1]:
            begin = next((i for i in range(first, last) if words[i] not in _BEFORE or i in things), last)
            begins = words[begin] if begin < last else ""
            people = [i for i in range(first, last) if words[i] in _PEOPLE and not _owns(words, i, things)]
            if begins in _I:
                people.remove(begin)
                if any(words[i] not in _THEM for i in people) or not _does(words, begin, last, things, named=named):
                    return False
                named = True
                continue
            if named:  # "they keep slipping", "cant reach them"
                people = [i for i in people if words[i] not in _THEM or words[i - 1] in _TOWARDS]
            if not all(_asks(words, i) for i in people):
                return False
            if begin in things:
                named = True
                heavy = heavy or not _HEAVY.isdisjoint(words[begin : things[begin]])
                continue
            if named and (begins in _IT or (begins in _GOES_ON and not (heavy and begins in _UNABLE))):
                continue
            if begins and (any(first <= i < last for i in told) or not _HELD.isdisjoint(words[first:last])):
                return False
        return named and len(clauses) <= _MOST_CLAUSES


def _owns(words: Sequence[str], place: int, things: Mapping[int, int]) -> bool:
    return words[place] in {"my", "his", "her", "our"} and not things.keys().isdisjoint(range(place + 1, place + 4))


def _clauses(words: Sequence[str], breaks: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or breaks[i] or words[i] in _JOINS:
            yield start, i
            start = i


def _asks(words: Sequence[str], place: int) -> bool:
    """Whether a person only asks what to do with it: "can i use it", "do we have to tell somebody"."""
    return words[place] in {"i", "we"} and bool(_ASKS.intersection(words[max(0, place - 1) : place]))


def _does(words: Sequence[str], begin: int, end: int, things: Mapping[int, int], *, named: bool) -> bool:
    """Whether somebody only does something with a thing: "i dropped my keys", "i cant get it out"."""
    after = words[begin + 1 : min(end, begin + 1 + _AFTER_DEED)]
    if not after:
        return False
    place = 1 if after[0] in {"cant", "cannot", "just", "already", "have", "had"} else 0
    deed = after[place : place + 1]
    if not deed or deed[0] not in _DEEDS:
        return False
    meant = range(begin + place + 2, end)
    return any(i in things for i in meant) or (named and any(words[i] in {"it", "them"} for i in meant))
