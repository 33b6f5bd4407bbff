"""Which setting, or which few, a name that is nearly right means."""

import re
from collections.abc import Iterable, Mapping

MOST_EDITS = 2
"""Letters left out, added, changed or swapped between a name in the environment and the setting that it means."""
SIMILAR = 0.8
"""The same for .env, where every line is meant for this program: the least share of letters that agree."""
FEWEST_LETTERS = 8
"""Shorter names are near to too many other programs' own: in the environment these may only lack a letter."""
FEWEST_IN_FILE = 5
"""The same for .env."""

_ALIASES = {"TOKEN": "DISCORD_TOKEN", "BOTTOKEN": "DISCORD_TOKEN", "DISCORDBOTTOKEN": "DISCORD_TOKEN"}
_OF_OTHERS = frozenset({"DATABASE_URI", "LOGLEVEL", "LOG_LEVELS", "TOKEN"})
"""Names near to ours that other programs read from the environment."""
_OURS = ("LEGPRESSBOT", "LEGPRESS")


def meant_by(name: str, settings: Iterable[str], *, strict: bool = False) -> tuple[str, ...]:
    """Return the setting that `name` is a misspelling of, or all that it is a part of; `name` itself is none of `settings`.

    `strict` is for the environment, which other programs' names fill too.
    """
    letters = _letters(name)
    own = next((letters.removeprefix(ours) for ours in _OURS if letters.startswith(ours)), "")
    letters = own or letters
    by_letters = {_letters(each): each for each in settings}
    if strict and not own and name.upper() in _OF_OTHERS:
        return ()
    if (exact := by_letters.get(letters) or _ALIASES.get(letters)) is not None:
        return (exact,)
    words = [word for word in _words(name) if word not in {"LEG", "PRESS", "BOT", *_OURS}]
    by_words = {each: _words(each) for each in by_letters.values()}
    if len(words) > 1 and (turned := [each for each, its in by_words.items() if sorted(its) == sorted(words)]):
        return tuple(turned)
    alike = _alike_strictly(letters, by_letters) if strict else _alike(letters, by_letters)
    if alike is not None or strict:
        return () if alike is None else (alike,)
    return tuple(each for each, its in by_words.items() if words and set(words) <= set(its))


def _alike_strictly(letters: str, by_letters: Mapping[str, str]) -> str | None:
    """Return the setting that hardly differs from `letters`."""
    if len(letters) < FEWEST_LETTERS - 1:
        return None
    # Late, here and below: most starts meet no unknown name that is long enough.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    is_short = len(letters) < FEWEST_LETTERS
    choices = [each for each in by_letters if not is_short or len(each) > len(letters)]
    edits = process.extractOne(letters, choices, scorer=OSA.distance, score_cutoff=1 if is_short else MOST_EDITS)
    return None if edits is None else by_letters[edits[0]]


def _alike(letters: str, by_letters: Mapping[str, str]) -> str | None:
    """Return the setting that `letters` are like, or that begins with them, or that they begin with."""
    if len(letters) < FEWEST_IN_FILE:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    alike = process.extractOne(letters, list(by_letters), scorer=OSA.normalized_similarity, score_cutoff=SIMILAR)
    if alike is not None:
        return by_letters[alike[0]]
    starts = (each for each in by_letters if letters.startswith(each) or each.startswith(letters))
    return next((by_letters[each] for each in starts if min(len(each), len(letters)) >= FEWEST_LETTERS), None)


def _words(name: str) -> list[str]:
    return re.findall(r"[A-Z0-9]+", name.upper())


def _letters(name: str) -> str:
    return "".join(_words(name))
