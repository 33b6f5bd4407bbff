"""What a message is to the last answer, weighed: all that speaks for each claim it may be about, in one score.

Readers by form ("why?", "I tried that") know such messages by their words, and their word is evidence like any other. No one sign
decides: each claim that the message may be about has some evidence, each kind of evidence a weight, and the sums share the
whole between the claims and none of them. The weights are data (`weighs` of `knowledge/language/en/following.yaml`), fitted on
the project's dialogues by `python -m tests.questions.weighing`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

NONE = ""
"""Stands among the claims for none of them: the message is about something else, or asks nothing that is known."""
CLEARLY = 5.0
"""So many times as probable as what would be answered without weighing must a claim be to be answered in its place."""
FROM_NOTHING = 3.0
"""The same where nothing would be answered."""
SURELY = 15.0
"""The same of a question that is clear by itself: it changes the subject, more often than not."""
CLEAR_ALONE = ("sure_asks", "sure_put_to")
"""The evidence of one."""
PERHAPS = 2.0
"""So many times as probable as none of them must a claim be to be asked back for, where nothing is clear."""
MOST_SHOWN = 4
MOST_NAMED = 4
"""Words of its own from which on a message has many."""
LEAST = 1e-3
"""The share of a claim that nothing led to."""

Evidence = Mapping[str, float]
"""What speaks for a claim, by the names of the weights; what is 0 may be left out."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """The claim that a message is most probably about, its `share`, the one it was weighed against, and what `counted` most, each times its weight."""

    claim: str
    share: float
    against: str
    against_share: float
    counted: tuple[tuple[str, float], ...]


class Weighing:
    """Weighs evidence. Fixed once made."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Take the weight of each kind of evidence."""
        self._weights = dict(weights)

    def __bool__(self) -> bool:
        """Say whether there is anything to weigh with."""
        return bool(self._weights)

    def shares(self, evidence: Mapping[str, Evidence]) -> dict[str, float]:
        """Return how probable it is of each claim that a message is about it; together they are 1."""
        scores = {
            claim: sum(self._weights.get(name, 0.0) * value for name, value in found.items())
            for claim, found in evidence.items()
        }
        most = max(scores.values(), default=0.0)
        raised = {claim: math.exp(score - most) for claim, score in scores.items()}
        whole = sum(raised.values())
        return {claim: value / whole for claim, value in raised.items()}

    def possible(self, evidence: Mapping[str, Evidence]) -> list[str]:
        """Return the claims that a message is about `PERHAPS` times as probably as about none of them, the most probable first."""
        shares = self.shares(evidence)
        more = [claim for claim, share in shares.items() if share > PERHAPS * shares.get(NONE, 0.0)]
        return sorted(more, key=lambda claim: -shares[claim])

    def clearly(self, evidence: Mapping[str, Evidence], gave: str) -> Weighed | None:
        """Return the claim that is clearly more probable than what would be answered without weighing; None for none.

        `gave`: that claim, NONE where nothing would be answered.
        """
        shares = self.shares(evidence)
        best = max(shares, key=lambda claim: shares[claim], default=NONE)
        against = shares.get(gave, LEAST)
        if best in {NONE, gave} or shares[best] <= self._needed(evidence, gave) * against:
            return None
        return Weighed(best, shares[best], gave, against, self._counted(evidence[best]))

    @staticmethod
    def _needed(evidence: Mapping[str, Evidence], gave: str) -> float:
        """Return how many times as probable a claim must be as what would be answered."""
        if gave == NONE:
            return FROM_NOTHING
        return SURELY if any(map(evidence.get(gave, {}).get, CLEAR_ALONE)) else CLEARLY

    def _counted(self, found: Evidence) -> tuple[tuple[str, float], ...]:
        counted = ((name, self._weights.get(name, 0.0) * value) for name, value in found.items())
        return tuple(sorted(counted, key=lambda each: -abs(each[1]))[:MOST_SHOWN])


def of_none(named: Sequence[str], found: Mapping[str, float]) -> dict[str, float]:
    """Return the evidence that a message is about none of the claims: `named` are its words that name something."""
    return {"none": 1.0, "none_names": min(len(named), MOST_NAMED) / MOST_NAMED, **found}
