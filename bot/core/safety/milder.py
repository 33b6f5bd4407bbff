"""What a message tells that is milder than its words: a state that somebody lives with, and what is ordinary by itself.

"i have a spinal cord injury" tells of no event, "my feet fall asleep" and "pain down my leg" of no emergency (`safety.md` R08
and R20: self-care with the line) - as long as nothing else in the message tells of more.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from bot.core.safety.lexicon import Hit
from bot.core.safety.persons import Cues

MILDER: Final = (
    "state", "doubt", "fresh", "ordinary", "ordinary_pain", "beside", "beside_pain", "graver", "span",
)  # fmt: skip
"""Roles of classes for this reading. A class need not be there: then nothing is milder."""

_DOUBT_BEFORE = 5
_MOST_ASIDE = 14
"""So many words may say something that no class knows: more may hold an alarm in words of its own."""


def states(breaks: Sequence[int], cues: Cues) -> Iterator[tuple[int, int]]:
    """Yield the stretches (first word, word after the last) that tell of a state and of no event.

    None where somebody only thinks so ("i think i have ..."), or where its clause tells of it as new ("today", "just now").
    """
    for hit in cues["state"]:
        doubted = any(hit.start - _DOUBT_BEFORE <= one.start < hit.start for one in cues["doubt"])
        if not doubted and not any(_in_one_clause(breaks, hit, one) for one in cues["fresh"]):
            yield hit.start, hit.end


def _in_one_clause(breaks: Sequence[int], one: Hit, other: Hit) -> bool:
    first, second = sorted((one.start, other.start))
    return not any(breaks[first + 1 : second + 1])


def is_ordinary(
    bits: Sequence[int], hits: Sequence[Hit], cues: Cues, telling: AbstractSet[int], *, denied: int
) -> bool:
    """Say whether all that a message tells of is ordinary by itself; `denied` is the bit of what is.

    Something of role `ordinary` or `ordinary_pain` must stand there, nothing of role `graver` or `lasting`, and each hit of
    a class that tells of a symptom (`telling`) must lie within those words or within words that may stand beside them, or
    be denied. What is over tells too: whoever fainted and is fine now is not "sore".
    """
    sore = not cues["ordinary"]
    core = [hit for hit in cues["ordinary_pain" if sore else "ordinary"] if not bits[hit.start]]
    if not core or cues["graver"] or cues["lasting"]:
        return False
    beside = [*cues["beside"], *(cues["beside_pain"] if sore else ())]
    covered = {i for hit in (*core, *beside) for i in range(hit.start, hit.end)}
    if len(bits) - len(covered) > _MOST_ASIDE:
        return False
    return all(
        bits[hit.start] == denied or covered.issuperset(range(hit.start, hit.end))
        for hit in hits
        if hit.concept in telling
    )
