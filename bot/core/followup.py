"""Follow-ups: short messages that only mean something after an answer ("why?", "and with one leg?")."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.own_words import own
from bot.core.small_patterns import any_pattern, either
from bot.core.word_lists import Patterns


class Kind(StrEnum):
    """What a message is in a conversation."""

    NEW = "new"  # stands by itself
    PART = "part"  # asks for a part of the last answer
    ASPECT = "aspect"  # puts the last question to something else
    REFUSAL = "refusal"  # does not want what was advised
    NEXT = "next"  # did it, or would, and it does not help


@dataclass(frozen=True, slots=True)
class FollowUp:
    """How to read a message after an answer: `focus` for PART ("why", "sources", "do"; "" for all of it), `text` for ASPECT."""

    kind: Kind
    focus: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class FollowUpWords:
    """How people go on in a few words, each list as `language/en/follow_ups.yaml` explains it."""

    polite: Patterns
    sources: Patterns
    why_opens: tuple[str, ...]
    why: Patterns
    do_opens: tuple[str, ...]
    do: Patterns
    again: Patterns
    refusal_opens: Patterns
    refusals: Patterns
    next_opens: Patterns
    next: Patterns
    lead_opens: Patterns
    leads: Patterns
    choice_opens: tuple[str, ...]
    choices: tuple[tuple[str, ...], ...]
    last: tuple[str, ...]


_OWN = own(FollowUpWords, "follow_ups")


def _spaced(opens: Iterable[str]) -> str:
    """Return words that may stand before something, as often as one likes, each with a space behind it."""
    return f"(?:{'|'.join(f'{each} ' for each in opens)})*"


_PARTS = (
    ("sources", re.compile(f"(?:{any_pattern(_OWN.sources)})")),
    ("why", re.compile(f"{_spaced(_OWN.why_opens)}(?:{any_pattern(_OWN.why)})")),
    ("do", re.compile(f"{_spaced(_OWN.do_opens)}(?:{any_pattern(_OWN.do)})")),
    ("", re.compile(any_pattern(_OWN.again))),
)
_REFUSAL = re.compile(rf"(?:(?:{any_pattern(_OWN.refusal_opens)})[\s,.!]+)*(?:{any_pattern(_OWN.refusals)})")
_NEXT = re.compile(rf"(?:(?:{any_pattern(_OWN.next_opens)})[\s,]+)*(?:{any_pattern(_OWN.next)})")
_WHICH = {word: place for place, words in enumerate(_OWN.choices) for word in words} | dict.fromkeys(_OWN.last, -1)
_CHOICE = re.compile(
    rf"(?:(?:{either(_OWN.choice_opens)})[\s,]+)*(?:the |number |no |option )?"
    rf"(?P<which>{either(_WHICH)})(?: (?:one|option))?(?: please)?"
)
_POLITE = re.compile(rf"^(?:{any_pattern(_OWN.polite)})[\s,.!]+(?=\S)")
_KEYCAP = re.compile("\ufe0f?\u20e3")
"""What makes an emoji of a digit: "2️⃣" is 2."""
_MARKS = ' \t\r\n,.!?…:;)("'
_LEAD_IN = re.compile(
    rf"^(?:(?:{any_pattern(_OWN.lead_opens)})[\s,.]+)*(?:{any_pattern(_OWN.leads)})\b\s*",
    re.IGNORECASE,
)
_MOST_ASPECT_WORDS = 9


def chosen(text: str, offered: Sequence[str]) -> str:
    """Return which of the claims `offered` a text chooses by its number ("the second one"); "" for none."""
    choice = _CHOICE.fullmatch(_bare(text))
    if choice is None:
        return ""
    number = _WHICH[choice["which"]]
    return offered[number] if -len(offered) <= number < len(offered) else ""


def _bare(text: str) -> str:
    """Return a text in small letters, without what is only polite around it."""
    plain = " ".join(_KEYCAP.sub("", text).lower().replace("’", "'").split())
    previous = None
    while previous != plain:
        previous, plain = plain, _POLITE.sub("", plain.rstrip(_MARKS)).strip()
    return plain


def behind_refusal(text: str, asks: Collection[str]) -> str:
    """Return what is asked behind a refusal ("nah too scary what can I do instead"), in words that one of `asks` begins; "" for nothing."""
    plain = _bare(text)
    if _REFUSAL.fullmatch(plain):
        return ""
    said = plain.split()
    starts = (at for at, word in enumerate(said) if at and word in asks)
    refused = (at for at in starts if _REFUSAL.fullmatch(" ".join(said[:at]).strip(" ,.!;")))
    return next((" ".join(said[at:]) for at in refused), "")


def read(text: str) -> FollowUp:
    """Say what `text` is, given that the bot has just answered the same member in the same place."""
    plain = _bare(text)
    for focus, pattern in _PARTS:
        if pattern.fullmatch(plain):
            return FollowUp(Kind.PART, focus=focus)
    if _NEXT.fullmatch(plain):
        return FollowUp(Kind.NEXT)
    if _REFUSAL.fullmatch(plain):
        return FollowUp(Kind.REFUSAL)
    lead = _LEAD_IN.match(plain)
    if lead and len(plain.split()) <= _MOST_ASPECT_WORDS:
        rest = plain[lead.end() :].strip(" ,.?!")
        if rest:
            return FollowUp(Kind.ASPECT, text=rest)
    return FollowUp(Kind.NEW)
