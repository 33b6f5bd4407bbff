"""Ordinary English: the words that are no misspelling of anything, and those that say nothing about a subject."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.core.matching.synonyms import groups
from bot.core.own_words import own
from bot.core.text import CHATTER, stem

_INFLECTED_FROM = 3
_DOUBLES_UP_TO = 6


@dataclass(frozen=True, slots=True)
class Ordinary:
    """Everyday words, each list as `language/en/ordinary.yaml` explains it."""

    words: tuple[str, ...]
    given_names: tuple[str, ...]
    places: tuple[str, ...]
    says_nothing: tuple[str, ...]
    of_the_machine: tuple[str, ...]
    small: tuple[str, ...]


_OWN = own(Ordinary, "ordinary")
EMPTY = CHATTER | frozenset(_OWN.says_nothing)
"""Words that say nothing about a subject by themselves; a question made of them alone can not be told from any other."""
OF_THE_MACHINE = frozenset(map(stem, _OWN.of_the_machine))
"""Stems of what every claim here is about: they tell none apart."""
SMALL = frozenset(_OWN.small)
"""Words of one or two letters that a misspelt word may be parted into."""


@lru_cache(maxsize=1)
def _listed() -> frozenset[str]:
    """All everyday words listed here."""
    return frozenset(
        {*_OWN.words, *_OWN.given_names, *_OWN.places, *EMPTY, *(word for group in groups() for word in group)}
    )


def ordinary() -> set[str]:
    """All everyday words listed here, with their regular endings (`-s`, `-ed`, `-ing`, `-er`, `-ly`): two megabytes."""
    inflected = set(_listed())
    for word in _listed():
        if len(word) < _INFLECTED_FROM:
            continue
        root = word.removesuffix("e")
        inflected.update(word + ending for ending in _ADDED)
        inflected.update(root + ending for ending in _IN_PLACE_OF_E)
        if word.endswith("y"):
            inflected.update(word[:-1] + ending for ending in _IN_PLACE_OF_Y)
        if _doubles(word):
            inflected.update(word + word[-1] + ending for ending in _DOUBLED)
        if word[-1] in _HISSES:
            inflected.add(word + "es")
    return inflected


@lru_cache(maxsize=2_048)
def is_ordinary(word: str) -> bool:
    """Say whether a word is one of the `ordinary` ones, without making them all."""
    listed = _listed()
    if word in listed:
        return True
    for ending in _ENDINGS:
        if word.endswith(ending):
            root = word[: -len(ending)]
            if any(each in listed and len(each) >= _INFLECTED_FROM for each in _inflected(root, ending)):
                return True
    return False


def _inflected(root: str, ending: str) -> Iterator[str]:
    """Yield the words that would become `root` with this ending."""
    if ending in _ADDED or (ending == "es" and root[-1:] in _HISSES):
        yield root
    if ending in _IN_PLACE_OF_E:
        yield root + "e"
        if not root.endswith("e"):
            yield root
    if ending in _IN_PLACE_OF_Y:
        yield root + "y"
    if ending in _DOUBLED and root[-2:-1] == root[-1:] and _doubles(root[:-1]):
        yield root[:-1]


def _doubles(word: str) -> bool:
    """Say whether a word doubles its last letter before an ending."""
    return word[-1:] in _DOUBLING and word[-2:-1] in _VOWELS and len(word) <= _DOUBLES_UP_TO


_ADDED = ("s", "ly")
_IN_PLACE_OF_E = ("ed", "ing", "er", "ers", "est")
_IN_PLACE_OF_Y = ("ies", "ied", "ily", "ier")
_DOUBLED = ("ing", "ed", "er")
_ENDINGS = (*_ADDED, *_IN_PLACE_OF_E, *_IN_PLACE_OF_Y, "es")
_DOUBLING, _VOWELS, _HISSES = frozenset("bdgklmnprt"), frozenset("aeiou"), frozenset("sxzh")
