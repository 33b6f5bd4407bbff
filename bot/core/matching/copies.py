"""Near copies: texts that are one of a claim's wordings, but for words that say nothing, a slip of the keys, or a word in four.

Where a knowledge has a wording or two a claim, no phrasing can be left out to calibrate with, and a model of scores is never sure
of anything but the very wording. A near copy needs no model.
"""

from collections.abc import Callable, Collection

from rapidfuzz.distance import OSA

from bot.core.matching.english import EMPTY
from bot.core.text import stem

FEWEST_WORDINGS = 10
"""A claim with fewer wordings is not held to them: there are other words for the same thing. One with as many has been learned, and what is
near them scores high by itself."""
LEAST_SHARED = 0.75
"""Of the words that tell something, in the text or the wording, so many must be in both."""
TWO_SLIPS_FROM = 7
_EMPTY_STEMS = frozenset(map(stem, EMPTY))


def telling(sorted_stems: str) -> frozenset[str]:
    """Return the stems that tell something, of a line as `sorted_stems` gives it."""
    return frozenset(sorted_stems.split()) - _EMPTY_STEMS


def is_copy(asked: Collection[str], wording: Collection[str], knows: Callable[[str], bool]) -> bool:
    """Say whether a text is a near copy of a wording, each as its `telling` stems.

    A word that is known means what it says: only an unknown one may be a slip of another.
    """
    both = len(set(asked) & set(wording))
    missing = set(wording) - set(asked)
    for word in sorted(set(asked) - set(wording)):
        slip = None if knows(word) else next((each for each in sorted(missing) if _is_slip(word, each)), None)
        if slip is not None:
            missing.discard(slip)
            both += 1
    whole = len(set(asked)) + len(set(wording)) - both
    return both > 0 and both >= LEAST_SHARED * whole


def _is_slip(word: str, meant: str) -> bool:
    most = 2 if min(len(word), len(meant)) >= TWO_SLIPS_FROM else 1
    return OSA.distance(word, meant, score_cutoff=most) <= most
