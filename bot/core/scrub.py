"""Taking out of a question what could tell who asked it: mentions, links, addresses, numbers, names."""

import re
import unicodedata
from collections.abc import Collection, Container
from functools import partial

MOST_CHARACTERS = 300
"""A wording is a question, not a story; of a longer text nothing is kept at all."""

NAME, NUMBER = "[name]", "#"

_MARKUP = re.compile(r"<[^<>\s]{1,200}(?:\s[^<>]{0,100})?>|```.*?(?:```|\Z)", re.DOTALL)
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,20}://\S*|\bwww\.\S*|\S+@\S+"
    r"|\b(?:[\w-]+\.)+(?:com|org|net|io|gg|me|co|uk|de|eu|tv|app|dev|info|edu|gov|ly|be|us)\b\S*",
    re.IGNORECASE,
)
_DISGUISED = re.compile(
    r"[\w.+-]+\s*[\[({<]\s*at\s*[\])}>]\s*[\w-]+(?:\s*(?:[\[({<]\s*dot\s*[\])}>]|\bdot\b|\.)\s*\w+)*"
    r"|[\w.+-]+\s+at\s+[\w-]+(?:\s+dot\s+\w+)+",
    re.IGNORECASE,
)
_HANDLE = re.compile(r"(?<!\w)[a-z\d]+(?:_[a-z\d]+)+_?(?!\w)", re.IGNORECASE)
_SPELT_DIGITS = re.compile(
    r"(?:\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)\b[\s,-]*){5,}", re.IGNORECASE
)
_AT = re.compile(r"@\S*")
_EMOJI_NAME = re.compile(r":[A-Za-z0-9_~]{2,40}:")
_CALLED = re.compile(
    r"\b(my name is|my name's|name is|i am called|they call me|call me|greetings from|cheers,|thanks,|regards,|love,)"
    r"\s+([^\W\d_][\w'’-]*)",
    re.IGNORECASE,
)
_TITLED = re.compile(r"\b(coach|dr\.?|doctor|mr\.?|mrs\.?|ms\.?|prof\.?|trainer|pt|physio)\s+([A-Z][\w'’-]*)")
_BEFORE_A_NAME = re.compile(
    r"\b(?:ask|asked|tell|told|hi|hey|hello|thanks|with|from|for|says|coach|mate)\s+\Z", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SPACES = re.compile(r"\s+")
_START = re.compile(r"(?:\A|[.!?…:;\n])[\s\"'“”‘’(\[]*\Z")


def scrub(text: str, *, names: Collection[str] = (), known: Container[str] = ()) -> str:
    """Return a question as it may be kept, in lower case; "" where nothing may be.

    `names`: what the people around are called, struck out however they are written. `known`: words in lower case that
    are no names; a capitalised word that is not among them is taken for a name, in the middle of a sentence always.
    What comes out has no digit, no link, no mention, and none of `names`.
    """
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    if len(text) > MOST_CHARACTERS:
        return ""
    for pattern, put in (
        (_MARKUP, " "),
        (_DISGUISED, " "),
        (_LINK, " "),
        (_HANDLE, NAME),
        (_SPELT_DIGITS, f"{NUMBER} "),
        (_AT, " "),
        (_EMOJI_NAME, " "),
    ):
        text = pattern.sub(put, text)
    text = _without_names(text, names, known)
    text = _CALLED.sub(rf"\1 {NAME}", text)
    text = _TITLED.sub(rf"\1 {NAME}", text)
    if not text.isupper():  # somebody who shouts capitalises everything
        text = _WORD.sub(lambda found: _kept(found, text, known), text)
    text = _without_numbers(text).lower()
    text = re.sub(r"(?:\[name\][\s.]*){2,}", f"{NAME} ", text)
    text = _SPACES.sub(" ", re.sub(r"[<>@`|*_~\\]+", " ", text)).strip()
    # Lower-casing and striking out may have put a name together that was not there before.
    text = _SPACES.sub(" ", _without_names(text, names, known)).strip()
    return text if re.search(r"[^\W_]", text.replace(NAME, "")) else ""


def _without_names(text: str, names: Collection[str], known: Container[str]) -> str:
    """Strike out names, whole and by their parts, the longest first, with their accents or without.

    A name that is a word too (Will, Deep) is struck out only where it is used as a name: capitalised within a sentence,
    or after a word that people put before one.
    """
    parts = {part for name in names for part in (name, *re.split(r"[\W_\d]+", name)) if len(part.strip()) > 1}
    plain = sorted(
        {unicodedata.normalize("NFKC", part).strip() for part in parts} - {"", "name"}, key=lambda p: (-len(p), p)
    )
    for part in plain:
        spelt = "|".join(map(re.escape, dict.fromkeys((part, _without_accents(part)))))
        pattern = re.compile(rf"(?<![^\W_])(?:{spelt})(?:['’]?s)?(?![^\W_])", re.IGNORECASE)
        is_word = part.lower() in known
        text = pattern.sub(partial(_where_a_name, text) if is_word else NAME, text)
    return text


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _where_a_name(text: str, found: re.Match[str]) -> str:
    word, before = found.group(), text[max(0, found.start() - 20) : found.start()]
    capital = word[:1].isupper() and not text.isupper() and not _START.search(before)
    return NAME if capital or _BEFORE_A_NAME.search(before) else word


def _kept(found: re.Match[str], text: str, known: Container[str]) -> str:
    word = found.group()
    if not word[0].isupper() or word == "I" or word.startswith(("I'", "I’")):
        return word
    lower = word.lower().replace("’", "'")
    is_known = lower in known or lower.removesuffix("s") in known or lower.removesuffix("'s") in known
    if is_known:
        return word
    if word.isupper() and len(word) <= 4:  # noqa: PLR2004 -- RDL, DOMS, SI: abbreviations, not names
        return word
    starts = bool(_START.search(text[max(0, found.start() - 20) : found.start()]))
    return word if starts and len(word) > 1 and not known else NAME


def _without_numbers(text: str) -> str:
    kept = "".join("0" if c.isnumeric() else c for c in text)
    return re.sub(r"0(?:[.,:/-]?0)*", NUMBER, kept)
