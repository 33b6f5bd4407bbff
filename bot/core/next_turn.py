"""Which answer comes after an answer: the claim before once more, one beside it, its steps that are left, or none of these."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.core.asking import FIGURES, Kind
from bot.core.claim_lines import (
    Means,
    Said,
    all_texts,
    literally,
    main_texts,
    speaks_of,
    steps_left,
    subject_of,
)
from bot.core.following import FEW_OWN
from bot.core.going_on import Act, Read
from bot.core.model import Claim, Ranking
from bot.core.text import clean, stem, words

_OF_TIME = frozenset({Kind.WHEN, Kind.HOW_LONG})
"""The kinds of question for a figure that do not say by themselves what they are about."""
CERTAIN = 0.9
"""From this confidence on an obstacle has an answer of its own, though the last one's steps name it too."""
_WITHOUT = frozenset({"without", "no"})
"""What the title of a claim has that is about lacking something."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What comes after an answer: another `claim` than the last ("" for none), what the last one `said`, or its `steps` that are left.

    `beside`: a claim that stands first beside the steps.
    """

    claim: str = ""
    said: Said | None = None
    steps: tuple[str, ...] = ()
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """What was answered last: the `claim`, the claims `related` to it, and what it `says` to the message."""

    claim: Claim
    related: Sequence[Claim]
    says: Callable[[], Said]


def turn(
    read: Read,
    found: Ranking,
    before: Before,
    *,
    joined: Callable[[], Ranking],
    means: Means,
    kind: Kind | None,
    asks: bool,
    aspect: bool = False,
    title: str = "",
) -> Turn | None:
    """Return what comes after an answer; None where the message stands by itself, as it was `found`.

    `joined`: what it is together with the last answer's title; `asks`: it is a question, of a `kind` if that is known; `aspect`: it puts
    the last question to something else;
    `title`: of the claim that was found.
    """
    last = before.claim
    related = {claim.id for claim in before.related}
    whole = speaks_of(all_texts(last), read.own, means)
    first = found.matches[0].claim if found.sure and found.matches else ""
    names_none, names_all = not read.own, bool(read.own) and whole == len(read.own)
    if read.act in {Act.LACKS, Act.HAS}:
        return _hindered(read, found, before, joined=joined, means=means, whole=whole, first=first)
    nearest = found.matches[0].claim if found.matches else ""
    if kind is Kind.CHOICE and names_all and not first and nearest == last.id:
        return Turn(said=before.says())  # "high or low for glutes" after what tells of both
    if len(read.own) > FEW_OWN and first != last.id:
        return None
    if read.act is Act.WHY and (names_none or names_all) and first in {"", last.id, *related}:
        return Turn(said=before.says())
    if not asks:
        return Turn(said=before.says()) if first == last.id else None
    if first == last.id:
        return Turn(said=before.says())
    if names_none:
        answers = any(lead.startswith(f"{kind}: ") for lead in last.leads)
        # "and when can I press again then", "how often then"
        elsewhere = kind in FIGURES and (first in related or (kind not in _OF_TIME and not (answers or read.points)))
        points = read.back and not aspect and not elsewhere
        return Turn(said=before.says()) if answers or not first or points else None
    if aspect and first:
        return None
    if not read.points:
        return Turn(said=before.says()) if not first and names_all else None
    its_own = speaks_of(main_texts(last, leads=first not in related), read.own, literally) == len(read.own)
    theirs = bool(title) and speaks_of([title], read.own, literally) == len(read.own)
    if its_own or (names_all and first not in related and not theirs):
        return Turn(said=before.says())
    if first and (theirs or first in related or not whole):
        return None
    nearer = joined()
    if nearer.sure and nearer.matches[0].claim in related:
        return Turn(claim=nearer.matches[0].claim)
    return Turn(said=before.says()) if names_all or (found.near and len(read.own) == 1) else None


def _hindered(
    read: Read,
    found: Ranking,
    before: Before,
    *,
    joined: Callable[[], Ranking],
    means: Means,
    whole: int,
    first: str,
) -> Turn | None:
    """Return what comes for somebody who can not do what was said, did it already, or has only this."""
    last, related = before.claim, {claim.id: claim for claim in before.related}
    if read.own and whole * 2 < len(read.own) + (not read.back):
        return None
    in_steps = bool(speaks_of(last.do, read.own, means))
    elsewhere = first not in {"", last.id, *related}
    certain = elsewhere and found.matches[0].confidence >= CERTAIN  # "can't reach the handles either"
    if first and first != last.id and (certain or (not in_steps and (first in related or not whole))):
        return None
    title = {stem(word) for word in words(clean(last.title))}
    named = without_claim(last, before.related)
    if read.act is Act.LACKS and (named == first or {stem(word) for word in read.own} <= title) and named:
        return Turn(claim=named)
    if first in related and not _WITHOUT.isdisjoint(words(clean(related[first].title))):
        return None
    if not first and not whole:
        nearer = joined()
        if nearer.sure and nearer.matches[0].claim in related:
            return Turn(claim=nearer.matches[0].claim)
        if read.own and not found.near:
            return None
    told = before.says()
    if read.act is Act.HAS and told.lines:
        return Turn(said=told)
    return Turn(steps=steps_left(last, read.own, means), beside=first if first != last.id else "")


def without_claim(last: Claim, related: Iterable[Claim]) -> str:
    """Return the one of the claims related to the last that is about having none of what that is about; "" for none."""
    without = (each for each in related if not _WITHOUT.isdisjoint(words(clean(each.title))))
    return next((each.id for each in without if speaks_of([each.title], subject_of(last), literally)), "")
