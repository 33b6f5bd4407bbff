"""Which setting a name that is nearly right means."""

import re
from collections.abc import Iterable

MOST_EDITS = 2
"""Letters left out, added, changed or swapped between a name in the environment and the setting that it means."""
SIMILAR = 0.8
"""The same for .env, where every line is meant for this program: the least share of letters that agree."""
FEWEST_LETTERS = 8
"""Shorter names are near to too many other programs' own."""

_ALIASES = {"TOKEN": "DISCORD_TOKEN", "BOTTOKEN": "DISCORD_TOKEN", "DISCORDBOTTOKEN": "DISCORD_TOKEN"}
_OF_OTHERS = frozenset({"DATABASE_URI", "LOGLEVEL", "LOG_LEVELS", "TOKEN"})
"""Names near to ours that other programs read from the environment."""
_OURS = ("LEGPRESSBOT", "LEGPRESS")


def nearest(name: str, settings: Iterable[str], *, strict: bool = False) -> str | None:
    """Return the setting that `name` is a misspelling of, or None; `name` itself is none of `settings`.

    `strict` is for the environment, which other programs' names fill too.
    """
    letters = _letters(name)
    own = next((letters.removeprefix(ours) for ours in _OURS if letters.startswith(ours)), "")
    letters = own or letters
    by_letters = {_letters(each): each for each in settings}
    if strict and not own and name.upper() in _OF_OTHERS:
        return None
    if (exact := by_letters.get(letters) or _ALIASES.get(letters)) is not None:
        return exact
    if len(letters) < FEWEST_LETTERS:
        return None
    # Late: most starts meet no unknown name that is long enough.
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if strict:
        edits = process.extractOne(letters, list(by_letters), scorer=OSA.distance, score_cutoff=MOST_EDITS)
        return None if edits is None else by_letters[edits[0]]
    alike = process.extractOne(letters, list(by_letters), scorer=OSA.normalized_similarity, score_cutoff=SIMILAR)
    if alike is not None:
        return by_letters[alike[0]]
    starts = (each for each in by_letters if letters.startswith(each) or each.startswith(letters))
    return next((by_letters[each] for each in starts if len(each) >= FEWEST_LETTERS), None)


def _letters(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", name.upper())
