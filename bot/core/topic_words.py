"""Topics by what people call them: a word or two leads to the topics in whose questions it is said most ("slow" to tempo)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from bot.core.keywords import MOST_KEYWORDS, Concepts
from bot.core.matching.english import EMPTY
from bot.core.model import Knowledge
from bot.core.text import clean, words

MOST_TOPICS = 2
MOST_READ = 20
"""Wordings read of each claim: what a topic is about stands in these, and reading all takes five times as long."""
LEAST_SHARE = 0.015
"""Share of a topic's wordings that say a word, from which on it is one of the topic's."""
SHORTEST_BEGUN = 3
"""Letters from which on a word may be half typed."""


class TopicWords:
    """The topics of a knowledge by the words of its claims' wordings; `concepts` makes other words of a thing alike."""

    def __init__(self, knowledge: Knowledge, concepts: Concepts, base: "TopicWords | None" = None) -> None:
        """Find topics of `knowledge`; nothing is read before the first text.

        `base`: those of a knowledge with many of the same claims and the same concepts. Only what differs is read then.
        """
        self.knowledge = knowledge
        self._concepts = concepts
        self._base = base

    def leading(self, text: str) -> list[str]:
        """Return the leading claims of the topics that a word or two name, the likeliest first; none for a longer text."""
        said = [word for word in words(clean(text)) if word not in EMPTY]
        if not said or len(said) > MOST_KEYWORDS:
            return []
        shares: Counter[str] = Counter(self._shares(said[0], begun=len(said) == 1))
        for word in said[1:]:
            other = self._shares(word, begun=word == said[-1])
            shares = Counter({topic: min(share, other[topic]) for topic, share in shares.items() if topic in other})
        found = [topic for topic, share in shares.most_common(MOST_TOPICS) if share >= LEAST_SHARE]
        return [self.knowledge.topics[topic].leading for topic in found]

    def _shares(self, word: str, *, begun: bool) -> Mapping[str, float]:
        """Return the share of each topic's wordings that say a word, or, where nobody does, one that begins with it."""
        meant = self._concepts([word])
        total = self._total([counts for said in self._both for concept, counts in said.items() if concept in meant])
        if not total and begun and len(word) >= SHORTEST_BEGUN:
            total = self._total(
                [
                    counts
                    for said in self._both
                    for concept, counts in said.items()
                    if concept.lstrip("=").startswith(word)
                ]
            )
        return {topic: count / self._wordings[topic] for topic, count in total.items()}

    @staticmethod
    def _total(several: Iterable[Counter[str]]) -> Counter[str]:
        total: Counter[str] = Counter()
        for counts in several:
            total.update(counts)
        return +total

    @property
    def _both(self) -> tuple[dict[str, Counter[str]], ...]:
        return (self.said,) if self._base is None else (self._base.said, self.said)

    @cached_property
    def _wordings(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for claim in self.knowledge.claims.values():
            found[claim.topic] += len(claim.questions[:MOST_READ])
        return found

    @cached_property
    def said(self) -> dict[str, Counter[str]]:
        """How many wordings of each topic say a concept: with a base, how many more than there, or fewer."""
        meant: dict[str, frozenset[str]] = {}
        said: dict[str, Counter[str]] = {}
        claims, before = self.knowledge.claims, self._base.knowledge.claims if self._base else {}
        for times, several, others in ((1, claims, before), (-1, before, claims)):
            for claim in several.values():
                if others.get(claim.id) is claim:
                    continue
                for question in claim.questions[:MOST_READ]:
                    line = dict.fromkeys(words(clean(question)))
                    for word in line:
                        if word not in meant:
                            meant[word] = self._concepts([word])
                    for concept in frozenset().union(*(meant[word] for word in line)):
                        said.setdefault(concept, Counter())[claim.topic] += times
        return said
