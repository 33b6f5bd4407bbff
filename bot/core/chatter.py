"""Telling a message that asks nothing (thanks, greetings, laughter, emoji, a bare link) from a question."""

import re
from collections.abc import Iterable

from bot.core.question_words import WORDS
from bot.core.small_patterns import either
from bot.core.text import folded

MOST_WORDS = 8

_ASKS = re.compile(
    rf"\s*(?:(?:{either(WORDS.talk_opens)})\s+)*(?:{either(WORDS.talk_asks)})\s+(?!not\b)(?:{either(WORDS.talk_subjects)})\b"
)
"""How a question without a question mark begins that holds no question word."""
_MY_WORDS = re.compile(
    rf"\b(?:that'?s|this is) (?:exactly )?what (?:{either(WORDS.talk_speakers)}) (?:{either(WORDS.talk_said)})\b"
)
_NO_WORD = re.compile(r"<a?:\w+:\d+>|<[@#][!&]?\d+>|https?://\S+|[^\w\s'’]", re.IGNORECASE)


def _plain(word: str) -> str:
    """Return a word without what surrounds it and repeats: `lmaooo` and `lmao` are the same chatter."""
    return folded(word.strip("'_"))


class Chatter:
    """Tells small talk by its words. Fixed once made."""

    def __init__(self, small_talk: Iterable[str] = ()) -> None:
        """Take the words that ask nothing (`words.yaml`)."""
        self._words = frozenset(map(_plain, small_talk))

    def __call__(self, text: str) -> bool:
        """Say whether a message asks nothing, and so wants no answer where nobody called the bot."""
        plain = _MY_WORDS.sub(" ", _NO_WORD.sub(" ", text.lower().replace("’", "'")))
        words = plain.split()
        if words and ("?" in text or _ASKS.match(plain)):
            return False
        return len(words) <= MOST_WORDS and all(_plain(word) in self._words for word in words)


NO_CHATTER = Chatter()
