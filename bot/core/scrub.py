"""Taking out of a question what could tell who asked it: mentions, links, addresses, numbers, names."""

import re
import unicodedata
from collections.abc import Collection, Container
from dataclasses import dataclass
from functools import partial

from bot.core.own_words import own
from bot.core.small_patterns import any_pattern, either
from bot.core.word_lists import Patterns

MOST_CHARACTERS = 300
"""A wording is a question, not a story; of a longer text nothing is kept at all."""

NAME, NUMBER = "[name]", "#"
_LOOKED_BACK = 20
"""Characters before a find in which a word like "name is" may stand."""


@dataclass(frozen=True, slots=True)
class PrivacyWords:
    """How people name themselves, others and places, each list as `language/en/privacy_words.yaml` explains it."""

    address_ends: tuple[str, ...]
    spoken_ends: tuple[str, ...]
    mail: tuple[str, ...]
    mail_ends: tuple[str, ...]
    gyms: Patterns
    digits: tuple[str, ...]
    called: tuple[str, ...]
    titles: Patterns
    people: Patterns
    speaks: tuple[str, ...]
    acts: tuple[str, ...]
    addressed: tuple[str, ...]
    before_name: tuple[str, ...]
    networks: tuple[str, ...]
    streets: Patterns
    streets_before: tuple[str, ...]
    of_the: tuple[str, ...]
    street_ends: Patterns


_OWN = own(PrivacyWords, "privacy_words")
_MARKUP = re.compile(r"<[^<>\s]{1,200}(?:\s[^<>]{0,100})?>|```.*?(?:```|\Z)", re.DOTALL)
_LINK = re.compile(
    r"\b[a-z][a-z0-9+.-]{0,20}://\S*|\bwww\.\S*|(?<!\S)\S+@\S+"
    rf"|(?<![\w.-])(?:[\w-]+\.)+(?:{either(_OWN.address_ends)})\b\S*",
    re.IGNORECASE,
)
_DISGUISED = re.compile(
    r"(?<![\w.+-])[\w.+-]+\s*[\[({<]\s*at\s*[\])}>]\s*[\w-]+(?:\s*(?:[\[({<]\s*dot\s*[\])}>]|\bdot\b|\.)\s*\w+)*"
    rf"|(?<![\w.+-])[\w.+-]+(?:\s+dot\s+[\w+-]+)*\s*\(?(?:at|@|ⓐ)(?:\s+sign)?\)?\s*(?:{either(_OWN.mail)})\b"
    rf"(?:\s*(?:dot|\.)?\s*(?:{either(_OWN.mail_ends)})\b)*"
    rf"|(?<![\w.+-])[\w.+-]+\s+at\s+[\w-]+(?:\s+dot\s+[\w-]+)*\s+dot\s+(?:{either(_OWN.spoken_ends)})\b",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<!\w)(?:[a-z\d]+(?:_[a-z\d]+)+_?|[\w.]{2,32}#\d{4}|[a-z]{2,20}(?:\.[a-z]{2,20}){2,})(?!\w)"
    r"|\b(?:tg|ig|sc|dm)\s*:?\s*@\S+",
    re.IGNORECASE,
)
_PLATE = re.compile(r"\b[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?\d{1,4}\b")
_CHAIN = re.compile(rf"\b(?:{any_pattern(_OWN.gyms)})\b", re.IGNORECASE)
_SPELT_DIGITS = re.compile(rf"(?:\b(?:{either(_OWN.digits)})\b[\s,-]*){{5,}}", re.IGNORECASE)
_AT = re.compile(r"@\S*")
_EMOJI_NAME = re.compile(r":[A-Za-z0-9_~]{2,40}:")
_CALLED = re.compile(
    rf"\b({either(_OWN.called)})"
    r"\s+([^\W\d_][\w'’-]*)",
    re.IGNORECASE,
)
_ONLY_A_NAME = ("name is", "name's", "called")
_TITLED = re.compile(rf"\b({any_pattern(_OWN.titles)})\s+([A-Z][\w'’-]*)")
_PEOPLE = any_pattern((*_OWN.titles, *_OWN.people))
_A_WORD = r"((?:[od]['’]|mac|mc)?[^\W\d_][^\W\d_'’-]{2,}(?:[-'’][^\W\d_]+)?)"
SPEAKS = either(_OWN.speaks)
_A_SURNAME = rf"(?:\s+(?!(?:{SPEAKS})\b){_A_WORD})?"
_OF_IT = rf"(?:(?:{either(_OWN.of_the)})\s+|[ld]['’])"
_AS_MOST_WRITE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w)(?:{_PEOPLE})\s+{_A_WORD}{_A_SURNAME}",
        rf"\b(?:my name is|my name['’]s|i am called|they call me)\s+(?:{re.escape(NAME)}|{_A_WORD}){_A_SURNAME}",
        rf"\b(?:i['’]?m|i am|this is|it['’]?s|it is)\s+{_A_WORD}{_A_SURNAME}(?=\s+(?:here|again|from|and)\b|\s*$|[,.!])",
        rf"(?:^|[.!?]\s+){_A_WORD}(?=\s+here\b)",
        rf"\b{_A_WORD}(?=\s+(?:{SPEAKS})\b)",
        rf"\b(?:{either(_OWN.networks)})(?:\s+is|\s*:)?\s+{_A_WORD}",
        rf"\b(?:at|in|to)\s+{_A_WORD}(?:\s+{_A_WORD})?(?=\s+(?:gym|fitness)\b)",
        rf"\b{_A_WORD}(?=\s+(?:{any_pattern(_OWN.streets)})\b)",
        rf"\b(?:{either(_OWN.streets_before)})\s+({_OF_IT}{{0,3}}[^\W\d_]{{3,}})",
        rf"\b([^\W\d_]{{4,}}(?:{any_pattern(_OWN.street_ends)}))\b",
        r"\b(?:gym|fitness)\s+in\s+([^\W\d_]{3,})",
    )
)
"""Where a name stands in texts without capitals, as most people write: each group is one unless it is a known word."""
_ADDRESSED = re.compile(rf"\b(?:{either(_OWN.addressed)})\s+\Z", re.IGNORECASE)
_BEFORE_A_NAME = re.compile(rf"\b(?:{either(_OWN.before_name)})\s+\Z", re.IGNORECASE)
_AFTER_A_NAME = re.compile(
    rf"\s+(?:{SPEAKS}|{either(_OWN.acts)})\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SPACES = re.compile(r"\s+")
_START = re.compile(r"(?:\A|[.!?…:;\n])[\s\"'“”‘’(\[]*\Z")


def scrub(text: str, *, names: Collection[str] = (), known: Container[str] = (), words_too: Container[str] = ()) -> str:
    """Return a question as it may be kept, in lower case; "" where nothing may be.

    `names`: what the people around are called, struck out however they are written. `known`: words in lower case that
    are no names; a capitalised word that is not among them is taken for a name, in the middle of a sentence always.
    `words_too`: given names that are words as well, so that only their use tells which they are.
    What comes out has no digit, no link, no mention, and none of `names`.
    """
    text = unicodedata.normalize("NFKC", text)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c)[0] != "C")
    if len(text) > MOST_CHARACTERS:
        return ""
    for pattern, needs, put in (
        (_MARKUP, "<`", " "),
        (_DISGUISED, "", " "),
        (_LINK, ":.@", " "),
        (_HANDLE, "_#.@", NAME),
        (_PLATE, "-", NAME),
        (_CHAIN, "", NAME),
        (_SPELT_DIGITS, "", f"{NUMBER} "),
        (_AT, "@", " "),
        (_EMOJI_NAME, ":", " "),
    ):
        if not needs or any(each in text for each in needs):  # a pattern finds nothing without one of these
            text = pattern.sub(put, text)
    shouts = text.isupper()  # who does capitalises everything
    text = _without_names(text, names, known, words_too)
    text = _CALLED.sub(lambda found: _called(found, known), text)
    text = _TITLED.sub(rf"\1 {NAME}", text)
    if known:  # else nothing tells a name from a word
        for pattern in _AS_MOST_WRITE:
            text = pattern.sub(lambda found: _unknown_struck(found, known), text)
    if not shouts:
        text = _WORD.sub(lambda found: _kept(found, text, known, words_too), text)
        text = _beside_names(text)
    text = _without_numbers(text).lower()
    text = _SPACES.sub(" ", re.sub(r"[<>@`|*_~\\]+", " ", text)).strip()
    # Lower-casing and striking out may have put a name together that was not there before.
    text = re.sub(r"(?:\[name\][\s.]*){2,}", f"{NAME} ", _without_names(text, names, known, words_too))
    text = _SPACES.sub(" ", text).strip()
    return text if re.search(r"[^\W_]", text.replace(NAME, "")) else ""


def _without_names(text: str, names: Collection[str], known: Container[str], words_too: Container[str]) -> str:
    """Strike out names, whole and by their parts, the longest first, with their accents or without.

    A name that is a word too (Will, Deep) is struck out only where it is used as a name: capitalised within a sentence,
    or after a word that people put before one.
    """
    parts = {
        part for name in names for part in (name, *name.split(), *re.split(r"[\W_\d]+", name)) if len(part.strip()) > 1
    }
    parts |= {whole for name in names if " " in (whole := " ".join(re.split(r"[\W_\d]+", name)).strip())}
    plain = sorted(
        {unicodedata.normalize("NFKC", part).strip() for part in parts} - {"", "name"}, key=lambda p: (-len(p), p)
    )
    for part in plain:
        spellings = dict.fromkeys((part, _without_accents(part), _without_accents(part.translate(_TWO_LETTERS))))
        # Of plain letters it is told at once that a name is not there: most are not, and each would be a pattern of its own.
        if text.isascii() and all(each.isascii() and each.lower() not in text.lower() for each in spellings):
            continue
        spelt = "|".join(map(re.escape, spellings))
        pattern = re.compile(rf"(?<![^\W_])(?:{spelt})(?:['’]?s)?(?![^\W_])", re.IGNORECASE)
        is_word = " " not in part and (part.lower() in known or part.lower() in words_too)
        text = pattern.sub(partial(_where_a_name, text) if is_word else NAME, text)
    return text


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_PLAIN_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


_PLAIN_LETTERS = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe",
    "Œ": "OE", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D",
})  # fmt: skip


_TWO_LETTERS = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa", "ø": "oe", "Ø": "Oe",
})  # fmt: skip
"""As people write these letters where the keyboard has none."""


def _where_a_name(text: str, found: re.Match[str]) -> str:
    word, before = found.group(), text[max(0, found.start() - _LOOKED_BACK) : found.start()]
    capital = word[:1].isupper() and not text.isupper()
    within = capital and not _START.search(before)
    speaks = capital and _AFTER_A_NAME.match(text, found.end())
    owns = word.lower().endswith(("'s", "’s"))
    return NAME if within or speaks or owns or _BEFORE_A_NAME.search(before) else word


def _called(found: re.Match[str], known: Container[str]) -> str:
    """Strike out what somebody says they are called, but for a plain word that only follows ("thanks, but ...")."""
    said, word = found.groups()
    is_word = word.islower() and (word in known or len(word) <= 2)  # noqa: PLR2004 -- on, at, if
    return found.group() if is_word and not said.lower().endswith(_ONLY_A_NAME) else f"{said} {NAME}"


def _unknown_struck(found: re.Match[str], known: Container[str]) -> str:
    """Strike out those words of the groups that are not known; a second one is a surname only where the first one goes."""
    said = found.group()
    unknown = [bool(word) and not _is_known(word, known) for word in found.groups()]
    for number in range(found.re.groups, 0, -1):
        if not unknown[number - 1] or (found.group(1) is not None and not unknown[0]):
            continue
        start, end = found.start(number) - found.start(), found.end(number) - found.start()
        said = f"{said[:start]}{NAME}{said[end:]}"
    return said


def _is_known(word: str, known: Container[str]) -> bool:
    lower = word.lower().replace("’", "'").removesuffix("'s")
    if lower in known or lower.removesuffix("s") in known:
        return True
    return lower == "name" or (lower.endswith("nt") and lower.removesuffix("nt") in known)  # doesnt, isnt


_CAPITAL = r"[A-ZÄÖÜ][\w.'’-]*"
_BESIDE = re.compile(
    rf"(?<=[a-z,] )(?:{_CAPITAL} ){{1,2}}(?={re.escape(NAME)})|(?<={re.escape(NAME)} ){_CAPITAL}(?: {_CAPITAL})?"
)


def _beside_names(text: str) -> str:
    """Strike out capitalised words right beside a name within a sentence: the rest of it, or of what a place is called."""
    return _BESIDE.sub(lambda found: found.group() if found.group().strip() == "I" else f"{NAME} ", text)


def _kept(found: re.Match[str], text: str, known: Container[str], words_too: Container[str]) -> str:
    word = found.group()
    if not word[0].isupper() or word == "I" or word.startswith(("I'", "I’")):
        return word
    lower = word.lower().replace("’", "'")
    is_known = lower in known or lower.removesuffix("s") in known or lower.removesuffix("'s") in known
    before = text[max(0, found.start() - _LOOKED_BACK) : found.start()]
    addressed = bool(_ADDRESSED.search(before))
    if is_known and not (addressed and lower in words_too):
        return word
    if not addressed and word.isupper() and len(word) <= 4:  # noqa: PLR2004 -- RDL, DOMS, SI: abbreviations, not names
        return word
    starts = bool(_START.search(before))
    return word if starts and len(word) > 1 and not known else NAME


def _without_numbers(text: str) -> str:
    kept = "".join("0" if c.isnumeric() else c for c in text)
    return re.sub(r"0(?:[.,:/-]?0)*", NUMBER, kept)
