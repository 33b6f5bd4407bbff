"""What a message points at in an earlier message of its member: "is the toes thing dangerous" after "knees cave in and my toes tingle"."""

import re
from collections.abc import Collection, Sequence

from bot.core.following import Following, any_of
from bot.core.text import clean, stem, words

MOST_WORDS = 7
"""A longer message stands by itself."""
FEWEST_OF_PART = 3
"""Words that a part of a message has at least."""
_STOPS = r"[,.;:!?()]+"


class Earlier:
    """Reads what somebody wrote before, for a message that names one part of it. Fixed once made."""

    def __init__(self, following: Following) -> None:
        """Read what is known of how people go on."""
        joins, begins = any_of(following.joins), any_of(following.begins)
        self._clauses = re.compile(rf"{_STOPS}|\b(?:{joins})\b(?= (?:{begins})\b)", re.IGNORECASE)
        self._parts = re.compile(rf"{_STOPS}|\b(?:{joins})\b", re.IGNORECASE)
        self._before, self._after = any_of(following.points_before), any_of(following.points_after)

    def part_with(self, named: Collection[str], texts: Sequence[str]) -> str:
        """Return the one part of the newest earlier text in several parts that holds a word of `named`; "" where there is none."""
        stems = frozenset(map(stem, named))
        for text in reversed(texts):
            for between in (self._clauses, self._parts):  # "pins and needles" is one thing
                parts = [part.strip() for part in between.split(clean(text)) if part.strip()]
                holding = [part for part in parts if not stems.isdisjoint(map(stem, words(part)))]
                others = [part for part in parts if len(words(part)) >= FEWEST_OF_PART and part not in holding]
                if len(holding) == 1 and others:
                    return holding[0]
        return ""

    def with_it(self, text: str, named: Collection[str], part: str) -> str:
        """Return a text that says "it" for what it names of an earlier part ("is the toes thing bad" -> "is it bad")."""
        stems = frozenset(map(stem, words(part)))
        either = any_of(word for word in named if stem(word) in stems)
        that = rf"\b(?:{self._before})? *\b(?:{either})\b(?: *\b(?:{self._after})\b)?"
        return re.sub(that, " it ", text, flags=re.IGNORECASE).strip()
