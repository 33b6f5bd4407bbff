"""Everyday English words that ask for the same thing, whatever the subject (`language/en/synonyms.yaml`)."""

from dataclasses import dataclass

from bot.core.own_words import own


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The `groups`, the first word of each standing for all; `alone`: words without such equals that are known all the same."""

    groups: tuple[tuple[str, ...], ...]
    alone: tuple[str, ...]


_OWN = own(Synonyms, "synonyms")
KNOWN = frozenset({*_OWN.alone, *(word for group in _OWN.groups for word in group)})
"""All their words."""


def groups() -> tuple[tuple[str, ...], ...]:
    """Return the groups, each as its words in order; a word that stands in several belongs to the first."""
    return _OWN.groups
