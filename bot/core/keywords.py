"""Keywords: a message of a word or two that names a thing ("belt", "knee sleeves") and asks nothing of it.

The matcher weighs what is asked. It finds little in one word, and trusts that little. The titles of the claims are headings,
and a word or two is how people look a heading up.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from bot.core.answering import MOST_SUGGESTIONS
from bot.core.matching.english import EMPTY
from bot.core.model import Answer, Claim, Knowledge, Outcome, Ranking
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


def looked_up(answer: Answer, text: str, headings: Headings) -> list[str]:
    """Return the claims that a message of keywords looks up, where they say more than `answer` to it does.

    One claim is the answer; several are what may be meant, at most MOST_SUGGESTIONS. The answer stands where there is none.
    """
    is_answered = answer.outcome is Outcome.ANSWER
    if answer.outcome is Outcome.STOP or (is_answered and answer.fits >= CERTAIN):
        return []
    if not is_answered and (leading := headings.topic(text)):
        return [leading]
    named = headings.claims(text)
    if not named or answer.claim in named:
        return []
    ranked = [match.claim for match in answer.candidates]
    named.sort(key=lambda claim: ranked.index(claim) if claim in ranked else len(ranked))
    if is_answered and answer.claim is not None:
        return [*named[: MOST_SUGGESTIONS - 1], answer.claim] if len(_said(text)) == 1 else []
    if len(named) == 1 and ranked[:1] != named and answer.outcome is Outcome.SUGGEST:
        named += [claim for claim in ranked if claim not in named]
    return named[:MOST_SUGGESTIONS]


def heading_first(ranking: Ranking, text: str, headings: Headings) -> Ranking:
    """Return a ranking that is certain of its first claim where `text` is keywords that stand in that claim's heading."""
    if ranking.sure or not ranking.matches or ranking.matches[0].claim not in headings.claims(text):
        return ranking
    first = replace(ranking.matches[0], confidence=CERTAIN)
    return replace(ranking, matches=(first, *ranking.matches[1:]), sure=True, near=True)


def _said(text: str) -> list[str]:
    return [word for word in words(clean(text)) if word not in EMPTY]


def _share(said: list[frozenset[str]], heading: list[frozenset[str]]) -> float:
    """Return how much of a heading is said, from 0 to 1; 0 where it lacks a word of what is said."""
    if not all(any(word & meant for word in heading) for meant in said):
        return 0.0
    return sum(any(word & meant for meant in said) for word in heading) / len(heading)
