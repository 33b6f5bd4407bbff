"""Telling a message that asks nothing (thanks, greetings, laughter, emoji, a bare link) from a question."""

import re

MOST_WORDS = 8

_WORDS = """
thanks thank thx ty tysm cheers ta you u so much very a lot again man mate bro dude lol lmao lmfao rofl haha hahaha hehe
ok okay k kk cool nice great good bot awesome perfect got it gotcha yep yes yeah yup no nope nah sure right fair enough
hi hello hey yo sup hiya morning evening night gn gm bye cya later np welcome wow omg damn true same facts fr based
goated this that makes sense i see alright sweet legend hero appreciate helpful brilliant
"""
_REPEATED = re.compile(r"(.)\1+")
_NO_WORD = re.compile(r"<a?:\w+:\d+>|<[@#][!&]?\d+>|https?://\S+|[^\w\s'’]", re.IGNORECASE)


def _folded(word: str) -> str:
    """Return a word with each run of a letter as one: `lmaooo` and `lmao` are the same chatter."""
    return _REPEATED.sub(r"\1", word.strip("'_"))


_FOLDED = frozenset(map(_folded, _WORDS.split()))


def is_chatter(text: str) -> bool:
    """Say whether a message asks nothing, and so wants no answer where nobody called the bot."""
    words = _NO_WORD.sub(" ", text.lower()).replace("’", "'").split()
    if "?" in text and words:
        return False
    return len(words) <= MOST_WORDS and all(_folded(word) in _FOLDED for word in words)
