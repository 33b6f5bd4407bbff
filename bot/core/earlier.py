"""What a message points at in an earlier message of its member: "is the toes thing dangerous" after "knees cave in and my toes tingle"."""

import re
from collections.abc import Collection, Sequence

from bot.core.text import clean, stem, words

MOST_WORDS = 7
"""A longer message stands by itself."""
FEWEST_OF_PART = 3
"""Words that a part of a message has at least."""
_CLAUSES = re.compile(
    r"[,.;:!?()]+|\b(?:and|but|plus|also|then|while)\b(?= (?:i|my|me|it|its|the|when|if|how|what|where|should|can|do|does|is|are|get|have)\b)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[,.;:!?()]+|\b(?:and|but|plus|also|then|while)\b", re.IGNORECASE)
_THAT = r"\b(?:the|my|that|this|those|these|a)? *\b(?:{named})\b(?: *\b(?:thing|things|bit|part|one|stuff|issue|problem)\b)?"


def part_with(named: Collection[str], texts: Sequence[str]) -> str:
    """Return the one part of the newest earlier text in several parts that holds a word of `named`; "" where there is none."""
    stems = frozenset(map(stem, named))
    for text in reversed(texts):
        for between in (_CLAUSES, _PARTS):  # "pins and needles" is one thing
            parts = [part.strip() for part in between.split(clean(text)) if part.strip()]
            holding = [part for part in parts if not stems.isdisjoint(map(stem, words(part)))]
            others = [part for part in parts if len(words(part)) >= FEWEST_OF_PART and part not in holding]
            if len(holding) == 1 and others:
                return holding[0]
    return ""


def with_it(text: str, named: Collection[str], part: str) -> str:
    """Return a text that says "it" for what it names of an earlier part ("is the toes thing bad" -> "is it bad")."""
    stems = frozenset(map(stem, words(part)))
    either = "|".join(re.escape(word) for word in named if stem(word) in stems)
    return re.sub(_THAT.format(named=either), " it ", text, flags=re.IGNORECASE).strip()
