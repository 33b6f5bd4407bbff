"""Words that come up where a subject does: "film" and "tripod" where phones are spoken of. They mean something else each.

A vocabulary says what means the same. A theme is weaker: it helps where somebody wrote of a subject in few words, and others
ask about it in words of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.core.text import stem


@dataclass(frozen=True, slots=True)
class Theme:
    """One subject: `about` are the words that name it, `also` those that come up beside it."""

    about: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Themes:
    """All themes. `small`: words that tell little of any subject; `elsewhere`: words of other subjects. Fixed once made."""

    themes: tuple[Theme, ...] = ()
    small: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()

    @cached_property
    def small_stems(self) -> frozenset[str]:
        """The stems of the words that tell little."""
        return frozenset(map(stem, self.small))

    @cached_property
    def elsewhere_stems(self) -> frozenset[str]:
        """The stems of the words that speak of another subject than any gym's rule or habit with this machine."""
        return frozenset(map(stem, self.elsewhere))

    @cached_property
    def stems(self) -> tuple[Mapping[str, bool], ...]:
        """The stems of each theme, and whether each names its subject."""
        found = []
        for theme in self.themes:
            named = dict.fromkeys(map(stem, theme.also), False)
            named.update(dict.fromkeys(map(stem, theme.about), True))
            found.append(named)
        return tuple(found)

    @cached_property
    def of(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the themes in which a stem stands."""
        found: dict[str, list[int]] = {}
        for number, stems in enumerate(self.stems):
            for each in stems:
                found.setdefault(each, []).append(number)
        return {each: tuple(numbers) for each, numbers in found.items()}


NO_THEMES = Themes()
