"""Letters that hide a word, undone before anything is read: "c a n t", "c.a.n.t", small capitals, look-alikes, backwards, "cantbreathe".

People hide words from filters, from readers and by accident. What is undone here costs one or two searches of the text
where nothing is hidden. Code marks and spoilers go too: what stands in them was written by the same person.
"""

import re
from collections.abc import Callable
from typing import Final

_SMALL_CAPITALS: Final = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ"
_LOOK_ALIKES: Final = {
    # Cyrillic and Greek letters that look like Latin ones
    "а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c", "т": "t", "у": "y", "х": "x",
    "і": "i", "ј": "j", "ѕ": "s", "ԁ": "d", "ո": "n", "ԛ": "q", "ԝ": "w", "һ": "h", "ӏ": "l", "ɡ": "g", "ı": "i", "ł": "l",
    "α": "a", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "η": "n", "ω": "w",
    "А": "a", "В": "b", "Е": "e", "К": "k", "М": "m", "Н": "h", "О": "o", "Р": "p", "С": "c", "Т": "t", "У": "y", "Х": "x",
    "І": "i", "Ѕ": "s", "Α": "a", "Β": "b", "Ε": "e", "Η": "h", "Ι": "i", "Κ": "k", "Μ": "m", "Ν": "n", "Ο": "o", "Ρ": "p",
    "Τ": "t", "Υ": "y", "Χ": "x", "ø": "o", "đ": "d", "ß": "ss",
}  # fmt: skip
_PLAIN: Final = str.maketrans({**dict(zip(_SMALL_CAPITALS, "abcdefghijklmnopqrstuvwxyz", strict=True)), **_LOOK_ALIKES})
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\-_*·|/'’]{1,2}[^\W\d_](?![^\W_])){3,}")
_INITIALS = re.compile(r"(?<![^\W_])[^\W\d_](?:\.[^\W\d_](?![^\W_])){2,}")
_FLAGGED = re.compile(r"[\U0001F1E6-\U0001F1FF](?: ?[\U0001F1E6-\U0001F1FF]){2,}")
_MARKED = re.compile(r"(?<![^\W_])([^\W\d_])!(?=[^\W\d_])")
_OVERRIDDEN = re.compile("\u202e([^\u202c\n]*)\u202c?")
_DIRECTIONS: Final = str.maketrans("", "", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_FIRST_FLAG: Final = 0x1F1E6
_WITHIN = re.compile(r"(?<=[^\W\d_])(?:\|\||\*{1,2}|__|~~|\\)(?=[^\W\d_])")
_DIGITS: Final = str.maketrans("013457@$", "oieastas")
_LEET = re.compile(r"\b[^\W\d_]+(?:[013457@$]+[^\W\d_]+)+\b")
_UNIT = re.compile(r"[a-z]\d+[a-z]")


def undisguised(text: str) -> str:
    """Return a text with hidden letters shown; marks of code and spoilers are gone. Everything else stays as it is."""
    if not text.isascii():
        text = _OVERRIDDEN.sub(_both_ways, text).translate(_DIRECTIONS)
        text = _FLAGGED.sub(_lettered, text.translate(_PLAIN))
    if "`" in text:
        text = text.replace("`", " ")
    if "|" in text or "*" in text or "_" in text or "~" in text or "\\" in text:
        text = _WITHIN.sub("", text)
    if _SPACED.search(text):
        text = _SPACED.sub(_joined, text)
    if "." in text:
        text = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    if "!" in text:
        text = _MARKED.sub(r"\1i", text)
    if _LEET.search(text):
        text = _LEET.sub(lambda found: found[0].translate(_DIGITS), text)
    return text


def _both_ways(found: re.Match[str]) -> str:
    """Return what stands behind a right-to-left override as it is shown, and after it as it was typed: either may be meant."""
    typed = found[1].strip()
    return f" {typed[::-1]}. {typed} " if typed else " "


def _lettered(found: re.Match[str]) -> str:
    """Return the letters that stand in a row of regional indicators: a flag or two are no word."""
    return "".join(chr(ord(sign) - _FIRST_FLAG + ord("a")) if sign != " " else " " for sign in found[0])


def _joined(found: re.Match[str]) -> str:
    """Return spaced letters as words: where two kinds of gap occur the wider one parts words, else all are one."""
    letters = re.split(r"[ .\-_*·|/]{2}", found[0])
    return " ".join(re.sub(r"[^\w]|_", "", part) for part in letters)


_SHORTEST_JOINED: Final = 8
_LONGEST_JOINED: Final = 48
_LONGEST_WORD: Final = 14
_MOST_PARTS: Final = 8
_SHORTEST_LONGEST: Final = 4
"""Letters of the longest word that one was joined of: a name ("thandiwe") is no "th and i we"."""
_ALONE: Final = frozenset({"i", "a"})


def parted(word: str, known: Callable[[str], bool]) -> list[str]:
    """Return the words that one was joined of, as few as can be; the word alone where it is known or cannot be parted."""
    if not (_SHORTEST_JOINED <= len(word) <= _LONGEST_JOINED) or not word.isalpha() or known(word):
        return [word]
    best: list[list[str] | None] = [[]] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            before = best[start]
            piece = word[start:end]
            if before is None or (len(piece) == 1 and piece not in _ALONE) or not known(piece):
                continue
            here = best[end]
            if here is None or len(before) + 1 < len(here):
                best[end] = [*before, piece]
    found = best[-1]
    if not found or len(found) > _MOST_PARTS or max(map(len, found)) < _SHORTEST_LONGEST:
        return [word]
    return found
