"""Normalising of what people type, shared by the matcher and the safety gate.

`normalise` takes any string and gives lower-case words as people meant them: no links, mentions or code, no piled-up
marks, contractions and chat abbreviations written out. It never guesses at misspelt words (that needs a vocabulary:
`matching/typos.py`) and never drops a "not".
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from bot.core.once import once
from bot.core.own_words import own
from bot.core.word_lists import Spellings

MAX_CHARACTERS = 6_000
"""Longer texts are cut: Discord's own limit is 4,000, and time must stay bounded."""

_FENCE = re.compile(r"```(?:[a-z0-9+#-]*\n)?(.*?)(?:```|\Z)", re.DOTALL)
_MENTION = re.compile(r"<(?:@[!&]?|#|/[^:<>]{1,64}:|a?:\w{1,64}:|t:)-?\d{1,25}(?::\w)?>|@(?:everyone|here)\b")
_LINK = re.compile(r"<?(?:https?://|www\.|discord\.gg/)[^\s>]+>?", re.IGNORECASE)
_EMOJI_NAME = re.compile(r":[a-z0-9_+-]{2,32}:")
_RUN = re.compile(r"(.)\1+")
_REPEAT = re.compile(r"([^\W\d_])\1{2,}")
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*'?")
_PARTS = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*")
_WITH = re.compile(r"\bw/(o(?:ut)?\b)?")
_DIGITS = re.compile(r"\d{1,12}")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|\n+|(?<=\?)(?=\S)")

_QUOTES = str.maketrans({
    "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "′": "'", "＇": "'",
    "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u00ad": "",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """How what people type is written out (`language/en/spelling.yaml`).

    `written_out`: one token to its words, "" drops it: it carries no meaning for matching. `endings`: those that are words of their own,
    the first that fits. `takes_is`: words after which 's is "is". `after_where`, `before_high`: what tells "where" typed as "were", and
    "high" typed as "hi". `stems`: words that the stemmer would take for others, and their stems.
    """

    written_out: Spellings
    endings: Spellings
    takes_is: tuple[str, ...]
    after_where: tuple[str, ...]
    before_high: tuple[str, ...]
    stems: Spellings


_SPELLING = own(Spelling, "spelling")
_WRITTEN_OUT, _ENDINGS = _SPELLING.written_out, tuple(_SPELLING.endings.items())
_STEMS = _SPELLING.stems
_TAKES_IS = frozenset(_SPELLING.takes_is)
_WERE = re.compile(rf"\bwere(?=\s+(?:{'|'.join(_SPELLING.after_where)})\b)")
_HI = re.compile(rf"\b(?:{'|'.join(_SPELLING.before_high)})\s+hi\b|\bhi(?=\s+(?:or|vs)\s+lo)")
CHATTER = frozenset(token for token, written in _WRITTEN_OUT.items() if not written)
"""Tokens that carry no meaning for matching: `lol`, `tbh`."""

_stemmer = snowballstemmer.stemmer("english")
_stemmer.maxCacheSize = 0  # what it is asked for again, `stem` remembers
_stem = _stemmer.stemWord


def clean(text: str) -> str:
    """Any text to plain lower-case text: links, mentions, code blocks, emoji names and piled-up marks are gone.

    Sentence marks and line breaks stay. Reads at most `MAX_CHARACTERS`. A message that is nothing but a code block
    keeps the block's content, since some people quote that way.
    """
    return once(_clean, text)


def _clean(text: str) -> str:
    text = text[:MAX_CHARACTERS]
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_QUOTES))[: 2 * MAX_CHARACTERS]
        text = "".join(
            c for c in text if " " <= c <= "~" or c in "\n\t" or not unicodedata.category(c).startswith(("M", "C"))
        )
        text = text[:MAX_CHARACTERS].translate(_QUOTES)
    if "`" in text:
        without = _FENCE.sub(" ", text)
        text = (without if _TOKEN.search(without) else text).replace("`", " ")
    if "<" in text or "@" in text:
        text = _MENTION.sub(" ", text)
    if "://" in text or "www." in text or "discord.gg" in text:
        text = _LINK.sub(" ", text)
    text = text.lower()
    if "w/" in text:
        text = _WITH.sub(lambda found: " without " if found[1] else " with ", text)
    if "were" in text:
        text = _WERE.sub("where", text)
    if "hi" in text:
        text = _HI.sub(lambda found: f"{found[0]}gh", text)
    if ":" in text:
        text = _EMOJI_NAME.sub(" ", text)
    return text


@lru_cache(maxsize=16_384)
def spoken(token: str) -> tuple[str, ...]:
    """Return a lower-case token to the words it stands for: `can't` -> (can, not), `200kg` -> (200, kg), `sooo` -> (soo)."""
    if not token.isascii() or not token.isalpha():
        token = token.strip("'")
    if len(token) > _LONGEST_WORD:
        token = token[:_LONGEST_WORD]
    token = _REPEAT.sub(r"\1\1", token)
    known = _WRITTEN_OUT.get(token)
    if known is not None:
        return tuple(known.split())
    if token.endswith("'s") and token[:-2] in _TAKES_IS:
        return (*spoken(token[:-2]), "is")
    for ending, written in _ENDINGS:
        if token.endswith(ending) and len(token) > len(ending):
            return (*spoken(token[: -len(ending)]), *written.split())
    if token.isalpha():
        return (token,)
    parts: list[str] = []
    for part in _PARTS.findall(token):
        if part[0].isdigit():
            parts += _DIGITS.findall(part)
        elif part == token or "'" in part:
            parts.append(part.replace("'", ""))
        else:
            parts += spoken(part)
    return tuple(parts)


_LONGEST_WORD = 40


def words(text: str) -> list[str]:
    """Return the words of a text that `clean` made, in order, written out. Words without meaning stay where there are no others."""
    return list(once(_words, text))


def _words(text: str) -> tuple[str, ...]:
    tokens = _TOKEN.findall(text)
    found: list[str] = []
    for token in tokens:
        found += spoken(token)
    return tuple(found or [token[:_LONGEST_WORD] for token in tokens])


def normalise(text: str) -> str:
    """Any text to its words, joined by single spaces ("" where it has none)."""
    return " ".join(words(clean(text)))


def sentences(text: str) -> list[str]:
    """Return a text that `clean` made, cut after sentence marks and at line breaks; empty pieces are left out."""
    return list(once(_sentences, text))


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(piece for piece in (part.strip() for part in _SENTENCE.split(text)) if piece)


@lru_cache(maxsize=32_768)
def stem(word: str) -> str:
    """Return the word's Snowball (Porter2) stem: `pressing` -> `press`. Porter, Snowball English stemmer, snowballstem.org.

    Words under `stems` have another: `fasting` is no `fast`.
    """
    stemmed: str = _STEMS.get(word) or _stem(word)
    return stemmed


@lru_cache(maxsize=8_192)
def folded(word: str) -> str:
    """Return a word with each run of a letter as one: `helloooo` is helo, as is hello."""
    return _RUN.sub(r"\1", word)


def forget_words() -> None:
    """Let go of what is remembered of words: all those of a knowledge that was read, of which members use a few hundred."""
    for remembering in (spoken, stem, folded):
        remembering.cache_clear()
