"""What autocomplete offers: claims by their titles, and a stop, each with the value that `Service.ask` understands."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.core.keywords import Concepts
from bot.core.model import Knowledge, Ranking, Stop, Tier
from bot.core.topic_words import TopicWords

CLAIM_PREFIX, STOP_PREFIX = "claim:", "stop:"
MOST = 100
"""Characters that Discord takes of a label, and of a value."""
_ROUTE = re.compile(r"[a-zA-Z0-9_]*")
_PROXY, _MINOR = "proxy", "minor"


@dataclass(frozen=True, slots=True)
class Choice:
    """An autocomplete entry: `label` is shown, `Service.ask` understands `value`; each at most 100 characters."""

    label: str
    value: str


class Titles:
    """The claims of one state of the knowledge, found by what is typed so far; safe to share between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        rank: Callable[[str], Ranking],
        alarms: Callable[[str], bool],
        concepts: Concepts = lambda _: frozenset(),
        base: "Titles | None" = None,
    ) -> None:
        """Rank claims of `knowledge` with `rank`; a server's own titles that `alarms` are never offered.

        `concepts` makes other words of the same thing alike. `base`: the titles of what a server changed into this, with the same concepts.
        """
        self._knowledge = knowledge
        self.topics: TopicWords = TopicWords(knowledge, concepts, None if base is None else base.topics)
        self._rank = rank
        self._alarms = alarms
        self._alarming: dict[str, bool] = {}

    def choices(self, text: str, limit: int, popular: Sequence[str] = ()) -> list[Choice]:
        """Return at most `limit` claims for a text that may end in half a word, best first.

        Before a letter is typed that is what is `popular`, then the topics.
        """
        found = self._ids_for(text)
        if not text.strip():
            found = list(dict.fromkeys([*(claim for claim in popular if claim in self._knowledge.claims), *found]))
        ids = [claim for claim in found if not self._is_alarming(claim)][:limit]
        return [Choice(_shortened(self._title(claim)), f"{CLAIM_PREFIX}{claim}") for claim in ids]

    def _is_alarming(self, claim_id: str) -> bool:
        """Say whether a server's own title must not be offered: the gate of today may stop what it once let pass."""
        claim = self._knowledge.claims[claim_id]
        if not claim.added_by_server:
            return False
        if claim_id not in self._alarming:
            self._alarming[claim_id] = self._alarms(claim.title)
        return self._alarming[claim_id]

    def _title(self, claim_id: str) -> str:
        claim = self._knowledge.claims[claim_id]
        return f"{claim.title} ({self._knowledge.topics[claim.topic].title})"

    def _ids_for(self, text: str) -> list[str]:
        """Claim ids for a text that may end in half a word: by title, then as the matcher ranks them."""
        if not text.strip():
            return [topic.leading for topic in self._knowledge.topics.values()]
        by_title = process.extract(
            text.lower(),
            {claim: self._title(claim).lower() for claim in self._knowledge.claims},
            scorer=fuzz.partial_ratio,
            score_cutoff=80,
            limit=5,
        )
        ranked = self._rank(text)
        ranked_ids = [match.claim for match in ranked.matches]
        titles = [claim for _, _, claim in by_title]
        best, others = (ranked_ids, titles) if ranked.near else (titles, ranked_ids)
        return list(dict.fromkeys([*best[:2], *self.topics.leading(text), *best, *others]))


def stop_choice(label: str, stop: Stop) -> Choice:
    """Return the choice that shows a stop."""
    return Choice(_shortened(label), as_value(stop))


def as_value(stop: Stop) -> str:
    """Return a stop as the value of a choice: tier, route, flags, language and rules, so that choosing it shows its very text."""
    flags = "+".join(name for name, is_set in ((_PROXY, stop.proxy), (_MINOR, stop.minor)) if is_set)
    return f"{STOP_PREFIX}{stop.tier}:{stop.route}:{flags}:{stop.language}:{'+'.join(stop.rules)}"[:MOST]


def from_value(value: str) -> Stop | None:
    """Return the stop that a choice's value stands for; None for any other text. Older ones hold the tier alone."""
    if not value.startswith(STOP_PREFIX):
        return None
    tier, route, flags, language, rules = (value.removeprefix(STOP_PREFIX).split(":") + [""] * 5)[:5]
    if tier not in set(Tier) or not _ROUTE.fullmatch(route):
        return None
    return Stop(Tier(tier), tuple(filter(None, rules.split("+"))), route, _PROXY in flags, _MINOR in flags, language)


def _shortened(text: str) -> str:
    return text if len(text) <= MOST else text[: MOST - 1].rstrip() + "…"
