"""Keywords: a message of a word or two that names a thing ("belt", "knee sleeves") and asks nothing of it.

The matcher weighs what is asked. It finds little in one word, and trusts that little. The titles of the claims are headings,
and a word or two is how people look a heading up.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from bot.core.answering import MOST_SUGGESTIONS
from bot.core.matching.english import EMPTY
from bot.core.model import Claim, Knowledge, Ranking
from bot.core.text import clean, words

MOST_KEYWORDS = 3
"""Words of a message that still is a keyword: "does it help running" asks something."""
CERTAIN = 0.9
"""An answer that fits at least so probably stands, whatever the headings say."""

Concepts: TypeAlias = Callable[[Sequence[str]], frozenset[str]]
"""Returns what the words of a line mean in this knowledge: one concept for other words of the same thing."""


class Headings:
    """The titles and names of a knowledge's claims and topics, to be found by a word or two."""

    def __init__(self, knowledge: Knowledge, concepts: Concepts) -> None:
        """Read the headings of `knowledge`; `concepts` makes other words of the same thing alike."""
        self._concepts = concepts
        self._topics = {
            tuple(words(clean(name))): topic.leading
            for topic in knowledge.topics.values()
            for name in (topic.title, topic.id.replace("-", " "))
        }
        self._claims = {claim.id: self._read(claim) for claim in knowledge.claims.values()}

    def topic(self, text: str) -> str:
        """Return the leading claim of the topic that `text` is the title or the name of, "" where it is none's."""
        return self._topics.get(tuple(words(clean(text))), "")

    def claims(self, text: str) -> list[str]:
        """Return the claims whose heading has all that `text` names, the fullest first; none where it is more than keywords."""
        said = [self._concepts([word]) for word in _said(text)]
        if not said or len(words(clean(text))) > MOST_KEYWORDS:
            return []
        shares = {claim: max(_share(said, heading) for heading in headings) for claim, headings in self._claims.items()}
        return sorted((claim for claim, share in shares.items() if share), key=lambda claim: -shares[claim])

    def _read(self, claim: Claim) -> list[list[frozenset[str]]]:
        return [[self._concepts([word]) for word in _said(name)] for name in (claim.title, claim.id.replace("-", " "))]


def looked_up(
    text: str, ranked: Sequence[str], headings: Headings, *, answered: str | None = None, fits: float = 0.0
) -> list[str]:
    """Return the claims that a message of keywords looks up, where they say more than what was found; none where they do not.

    `ranked`: the claims as the matcher ranks them; `answered`: the one that would be the answer, and how probably it `fits`. One claim
    is what is meant; several are what may be meant, at most MOST_SUGGESTIONS.
    """
    if answered is not None and fits >= CERTAIN:
        return []
    if answered is None and (leading := headings.topic(text)):
        return [leading]
    named = headings.claims(text)
    if not named or answered in named:
        return []
    named.sort(key=lambda claim: ranked.index(claim) if claim in ranked else len(ranked))
    if answered is not None:
        return [*named[: MOST_SUGGESTIONS - 1], answered] if len(_said(text)) == 1 else []
    return named[:MOST_SUGGESTIONS]


def entry(ranking: Ranking, text: str, headings: Headings) -> Ranking:
    """Return the ranking of an entry of a list ("seat? feet?"): certain of its first claim where that is what is looked up."""
    ranked = [match.claim for match in ranking.matches]
    if ranking.sure or not ranked or looked_up(text, ranked, headings)[:1] != ranked[:1]:
        return ranking
    first = ranking.matches[0]._replace(confidence=CERTAIN)
    return replace(ranking, matches=(first, *ranking.matches[1:]), sure=True, near=True)


def _said(text: str) -> list[str]:
    return [word for word in words(clean(text)) if word not in EMPTY]


def _share(said: list[frozenset[str]], heading: list[frozenset[str]]) -> float:
    """Return how much of a heading is said, from 0 to 1; 0 where it lacks a word of what is said."""
    if not all(any(word & meant for word in heading) for meant in said):
        return 0.0
    return sum(any(word & meant for meant in said) for word in heading) / len(heading)
