"""Cutting a message that asks several things into its questions.

The ranking reads the message as a whole first, however long: cutting a story into sentences and weighing the one that
asks made it worse (docs/matching.md). Pieces serve to find what a message asks besides, and where the whole is not sure.
"""

import re

from bot.core.question_words import WORDS
from bot.core.small_patterns import either
from bot.core.text import sentences, words

MOST_PIECES = 6
FEWEST_WORDS = 2

_ASKS = either((*WORDS.asks, *WORDS.asks_first))
_JOINED = re.compile(
    rf"(?:,|;|(?<!\s)\s)\s*(?:{either(WORDS.joins)}|&|\+)+\s+(?=(?:also\s+|then\s+)?(?:{_ASKS})\b)|;\s*|,\s*(?=(?:{_ASKS})\b)"
)
_OPENS = re.compile(rf"(?:(?:{either(WORDS.opens)}|\d\W?)[\s,:.)]+)*(?:{_ASKS})\b")


def asks(text: str) -> bool:
    """Say whether a text that `clean` made asks: by a question mark, or by the word that it opens with."""
    return "?" in text or _OPENS.match(text) is not None


def questions(text: str) -> list[str]:
    """Return the questions of a text that `clean` made, in order; [] unless there are two at least.

    A piece asks when it ends in a question mark or opens with a question word. At most `MOST_PIECES`, the last ones.
    """
    if " " not in text.strip():
        return []
    found: list[str] = []
    for sentence in sentences(text):
        marked = "?" in sentence
        pieces = _JOINED.split(sentence) if marked or _OPENS.match(sentence) else [sentence]
        for piece in pieces:
            asks = _OPENS.match(piece) or (marked and piece is pieces[-1])
            if asks and len(words(piece)) >= FEWEST_WORDS:
                found.append(piece)
    return found[-MOST_PIECES:] if len(found) > 1 else []


def last_question(text: str) -> str:
    """Return the last sentence that asks, of a text that `clean` made; "" where there is none, or no other sentence."""
    parts = sentences(text)
    for sentence in reversed(parts if len(parts) > 1 else []):
        if ("?" in sentence or _OPENS.match(sentence)) and len(words(sentence)) > FEWEST_WORDS:
            return sentence
    return ""
