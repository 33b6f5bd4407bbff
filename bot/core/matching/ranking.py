"""A reading to a ranking: which claims, in which order, with what confidence."""

from collections.abc import Sequence

import numpy as np

from bot.core.matching.engine import Catalogue
from bot.core.matching.english import EMPTY
from bot.core.matching.segments import questions
from bot.core.matching.signals import Doubles, Reading
from bot.core.model import Match, Ranking
from bot.core.text import words

MATCHES = 10
HEADS = 3
"""So many topics stand first, each with its best claim."""
SURE = 0.67
"""From this confidence on a question is answered (docs/matching.md says what that costs and gains)."""
NEAR = 0.3
"""From this confidence on the first claims are worth suggesting."""
ALSO = 0.6
"""From this confidence on a further question in the same message is answered too."""
ABOUT_NOTHING = 0.25
"""What confidence is worth where a question is made of words that say nothing by themselves ("why?", "is it?")."""
MOST_ALSO = 2
_FEW = 500


def matches(catalogue: Catalogue, reading: Reading, line: Sequence[str]) -> tuple[Match, ...]:
    """Best first: the best claim of each of the first three topics, then the other claims by score.

    A confidence is the probability that the match's topic is right, and never above that of the match before it; past
    the first three topics it is a rough one.
    Claims that nobody may see are left out; () where none is left. `line`: the words that were typed.
    """
    claims, topic_of = reading.claims, catalogue.topic_list
    order = [topic for topic in reading.order() if reading.topics[topic] > -np.inf]
    if not order:
        return ()
    first, second = order[0], order[1] if len(order) > 1 else None
    ranked = _best(claims, MATCHES + HEADS)
    heads = []
    for topic in order[:HEADS]:
        head = next((i for i in ranked if topic_of[i] == topic), None)
        if head is None:
            members = catalogue.members[topic]
            head = int(members[claims[members].argmax()])
        heads.append(head)
    worth = reading.seen * (ABOUT_NOTHING if EMPTY.issuperset(line) else 1.0)
    confidence = {
        topic: round(catalogue.calibration.probability(reading.signals(topic, rival)) * worth, 3)
        for topic, rival in zip(order[:HEADS], (second, first, first), strict=False)
    }
    found = []
    ceiling = 1.0
    for i in [*heads, *[i for i in ranked if i not in heads]][:MATCHES]:
        topic = topic_of[i]
        if topic not in confidence:  # further topics: no better than the last that was reckoned out
            confidence[topic] = round(ceiling * max(reading.shares[topic], 0.0), 3)
        ceiling = min(ceiling, confidence[topic])
        claim = catalogue.claims[i]
        found.append(Match(claim.id, claim.topic, ceiling))
    return tuple(found)


def _best(claims: Doubles, most: int) -> list[int]:
    """Return the numbers of the best claims that can be seen, best first; equals in their order."""
    if len(claims) > _FEW:
        bar = np.partition(claims, len(claims) - most)[len(claims) - most]
        near = np.flatnonzero(claims >= bar)[: 2 * most]
        order = near[np.argsort(-claims[near], kind="stable")]
    else:
        order = np.argsort(-claims, kind="stable")
    return [i for i in order[:most].tolist() if claims[i] > -np.inf]


def rank(catalogue: Catalogue, cleaned: str, line: list[str]) -> Ranking:
    """Return the ranking for a text: `cleaned` by `clean`, and its `line` of words (one at least)."""
    found = matches(catalogue, catalogue.read(catalogue.repair(line)), line)
    if not found:
        return Ranking()
    confidence = found[0].confidence
    also = _also(catalogue, cleaned, found[0]) if confidence >= SURE else ()
    return Ranking(found, confidence >= SURE, confidence >= NEAR, also)


def _also(catalogue: Catalogue, cleaned: str, first: Match) -> tuple[str, ...]:
    """Return the claims that answer further questions of a message: each certain by itself, of topics of their own."""
    found: dict[str, str] = {}
    for question in questions(cleaned):
        line = words(question)
        match = matches(catalogue, catalogue.read(catalogue.repair(line)), line)[0]
        if match.confidence >= ALSO and match.topic != first.topic:
            found.setdefault(match.topic, match.claim)
    return tuple(found.values())[:MOST_ALSO]
