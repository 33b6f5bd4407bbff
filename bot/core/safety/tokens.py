"""A message to words that keep what the gate needs: who is joking, where a sentence ends, and every "not".

The matcher's normalising (`core/text.py`) drops laughter, writes contractions out and turns numbers into one sign.
Here "lol", "39.4" and "2019" carry meaning, and "cant" must stay one word ("cant feel" is a symptom), so only its
first half (`clean`: links, mentions, code, odd code points) is shared.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.core.safety.disguise import parted, undisguised
from bot.core.safety.gate_words import GATE_WORDS
from bot.core.text import MAX_CHARACTERS, clean

_TOKEN = re.compile(
    r"[^\W\d_]+(?:'[^\W\d_]+)*'?|\d+(?:[.,:]\d+)*|[.!?;…]+|\n+|[,()]|[+&]|[😂🤣😭😆😹💀☠]",
)
_REPEAT = re.compile(r"(\w)\1{2,}")
_PAUSES = frozenset({",", "(", ")", "\n"})  # some people break every line: one break is no end of a sentence
_JOKES = frozenset("😂🤣😭😆😹💀☠")
_KEEP_S: Final = frozenset(GATE_WORDS.keeps_s)

LAUGH: Final = "lol"
"""What laughter becomes, typed or drawn."""

MOST_WORDS: Final = 3_100
"""As many words as 6,000 characters can hold, so that nothing at the end of a long message is missed; time stays bounded."""

COMMA, SENTENCE, MESSAGE = 1, 2, 3
"""What stands before a word: a comma, the end of a sentence, the end of an earlier message."""

_SPELT: Final = GATE_WORDS.spelt
_SHORTENED: Final = GATE_WORDS.shortened
"""What these become before "not": the lexicon knows "havent been able", whoever writes it out."""


@dataclass(frozen=True, slots=True)
class Words:
    """A text's words, what stands before each (`COMMA`...), and where each stands for distances.

    `places` counts words, plus a few for every sentence end, so that things far apart in sense are far apart in number.
    `fresh` is the index of the first word of the newest message (0 where there are no earlier ones).
    """

    words: list[str]
    breaks: list[int]
    places: list[int]
    fresh: int = 0


_SENTENCE_GAP = 3


def tokenise(text: str, earlier: tuple[str, ...] = (), known: Callable[[str], bool] | None = None) -> Words:
    """Any text, and the same member's earlier messages, to words. Never raises; bounded by `MOST_WORDS`.

    With `known`, which tells the words of the language, words that were joined ("cantbreathe") are parted.
    """
    words: list[str] = []
    breaks: list[int] = []
    for message in earlier:
        _add(_cleaned(message), words, breaks, known)
        if words:
            words, breaks = words[-MOST_WORDS // 2 :], breaks[-MOST_WORDS // 2 :]
    fresh = len(words)
    _add(_cleaned(text), words, breaks, known)
    if 0 < fresh < len(words):
        breaks[fresh] = MESSAGE
    places: list[int] = []
    gap = 0
    for index, mark in enumerate(breaks):
        if mark >= SENTENCE:
            gap += _SENTENCE_GAP if mark == SENTENCE else 1
        places.append(index + gap)
    return Words(words, breaks, places, fresh)


def _cleaned(text: str) -> str:
    return clean(undisguised(text[:MAX_CHARACTERS]))


def _add(text: str, words: list[str], breaks: list[int], known: Callable[[str], bool] | None) -> None:
    pending = 0
    limit = len(words) + MOST_WORDS
    for token in _TOKEN.findall(text):
        first = token[0]
        if first.isalpha():
            for word in _spoken(token).split():
                if word == "not" and words and not pending and words[-1] in _SHORTENED:
                    words[-1] = _SHORTENED[words[-1]]
                    continue
                for part in parted(word, known) if known and len(word) >= _LONG else (word,):
                    words.append(part)
                    breaks.append(pending)
                    pending = 0
        elif first.isdigit():
            words.append(token.rstrip(".,:"))
            breaks.append(pending)
            pending = 0
        elif token in _PAUSES:
            pending = pending or COMMA
        elif first in "+&":
            words.append("and")
            breaks.append(pending)
            pending = 0
        elif first in _JOKES:
            words.append(LAUGH)
            breaks.append(pending)
        else:
            pending = SENTENCE
        if len(words) >= limit:
            break


_LONG = 8  # shorter words are not looked at: they are known, or slips
_cache: dict[str, str] = {}
_MOST_CACHED = 8_192


def _spoken(token: str) -> str:
    known = _cache.get(token)
    if known is not None:
        return known
    word = token[:40].rstrip("'")
    if word.endswith("'s"):
        base = word[:-2]
        word = base + "s" if base in _KEEP_S else base
    word = word.replace("'", "")
    word = _REPEAT.sub(r"\1\1", word)
    if word not in _SPELT and len(word) > _SHORTEST_DOUBLED and _REPEAT_END.search(word) and word not in _DOUBLED:
        word = _REPEAT_END.sub(r"\1", word)
    word = _SPELT.get(word, word)
    if len(_cache) < _MOST_CACHED:
        _cache[token] = word
    return word


# "nooo" and "numbbb" are capped at two letters above; a doubled letter at the end that English never doubles goes.
_SHORTEST_DOUBLED = 3
_REPEAT_END = re.compile(r"([abcdghijkmnpqrtuvwxy])\1$")
_DOUBLED = frozenset(GATE_WORDS.doubled)
