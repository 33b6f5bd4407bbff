"""How people talk to the bot, as data that comes with the project (`knowledge/language/en/`)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.core.asking import Asking
from bot.core.complaints import NO_COMPLAINTS, Complaints
from bot.core.first_words import FirstWords
from bot.core.following import Following
from bot.core.from_plain import value_of
from bot.core.likely_wordings import NO_SHAPES, Shapes
from bot.core.matching.themes import NO_THEMES, Themes
from bot.core.matching.weightless import Spoken
from bot.core.word_lists import NO_WORDS, WordLists

LANGUAGE_FORMAT = 21
"""Raised whenever the values below change their shape, so that an older cache is not read."""


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of how people talk.

    `weightless`: what they say around a question and do not ask; `first_words`: what is said where nothing is asked, the
    weightiest first; `asking`: which kind of question it is; `shapes`: how they are likely to ask about a new claim; `themes`: what
    comes up where a subject does; `words`: lists of words by what they are used for;
    `following`: how they go on from an answer; `complaints`: which bodily complaints are everyday, and how signs are played down.
    """

    weightless: Spoken
    first_words: tuple[FirstWords, ...] = ()
    asking: Asking = field(default_factory=Asking)
    shapes: Shapes = NO_SHAPES
    themes: Themes = NO_THEMES
    words: WordLists = NO_WORDS
    following: Following = field(default_factory=Following)
    complaints: Complaints = NO_COMPLAINTS

    def to_data(self) -> dict[str, Any]:
        """Return all of it as dicts, lists and text, for a cache."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Language":
        """Return what `to_data` gave. Raises KeyError, TypeError or ValueError for anything else."""
        return value_of(cls, data)
