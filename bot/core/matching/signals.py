"""What the scores of one question say: the topics in order, and the few numbers that tell how far to trust one."""

from dataclasses import dataclass
from math import inf, log

import numpy as np
import numpy.typing as npt

from bot.core.matching.vectors import Vector

SIGNALS = ("score", "lead", "odds", "ridge lead", "inside", "claim", "known", "likeness")
_ALMOST = 1e-4

Doubles = npt.NDArray[np.float64]


@dataclass(slots=True)
class Scores:
    """What a model says of a question.

    `values`: shape (claims + topics,). `inside`: above zero when in scope. `known`: from 0, where nothing in the question
    was ever seen, to 1 (the squared length of its vector, which strange features shorten). `vector`: what was scored.
    """

    values: Doubles
    inside: float
    known: float
    vector: Vector | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The scores of a question, read.

    `claims`: shape (claims,), log-odds-like scores. `shares`, `ridge`, `topics`: one number a topic; shares are
    probabilities that sum to one, as if the question were in scope for certain; topics are shares plus ridge scores,
    and put the topics in order. `inside` and `known` as in
    `Scores`. `strongest`: the best claim's score.
    `seen`: the share, from 0 to 1, of what fits that members may see. `likeness`: of the question and the best claim (`likeness.py`).
    """

    claims: Doubles
    shares: list[float]
    ridge: list[float]
    topics: list[float]
    inside: float
    known: float
    strongest: float
    seen: float = 1.0
    likeness: float = 0.0

    def order(self) -> list[int]:
        """Return the topics, best first."""
        return sorted(range(len(self.topics)), key=self.topics.__getitem__, reverse=True)

    def signals(self, topic: int, rival: int | None) -> tuple[float, ...]:
        """Return the signals (`SIGNALS`) for the probability that `topic` is right; `rival` is the best of the others.

        Its score; its lead over the rival; the log odds of its share; its lead in ridge scores alone, whoever is next
        there; how far inside; the best claim's raw score, which says whether anything fits at all; how much of the
        question is known.
        """
        score = self.topics[topic]
        share = min(max(self.shares[topic], _ALMOST), 1 - _ALMOST)
        return (
            score,
            score - (self.topics[rival] if rival is not None else 0.0),
            log(share / (1 - share)),
            self._ridge_lead(topic),
            self.inside,
            self.strongest,
            self.known,
            self.likeness,
        )

    def _ridge_lead(self, topic: int) -> float:
        others = [score for i, score in enumerate(self.ridge) if i != topic and score > -inf]
        return self.ridge[topic] - max(others, default=0.0)


def read(
    scores: Scores,
    topic_of: npt.NDArray[np.integer],
    topics: int,
    visible: npt.NDArray[np.bool_] | None = None,
    likeness: float = 0.0,
) -> Reading:
    """Read scores; `topic_of`: shape (claims,), the topic of each claim.

    Claims that are not `visible` (shape (claims,)) keep the share that is theirs from the topics, and come last.
    """
    total = len(topic_of)
    claims = scores.values[:total]
    strongest = claims.max()
    shares = np.exp(claims - strongest)
    whole = shares.sum()
    ridge = scores.values[total:]
    if visible is not None:
        shares = np.where(visible, shares, 0.0)
        ridge = np.where(np.bincount(topic_of, weights=visible, minlength=topics) > 0, ridge, -np.inf)
        claims = np.where(visible, claims, -np.inf)
        strongest = claims.max()
    by_topic = np.bincount(topic_of, weights=shares, minlength=topics) / whole
    return Reading(
        claims,
        by_topic.tolist(),
        ridge.tolist(),
        (by_topic + ridge).tolist(),
        scores.inside,
        scores.known,
        float(strongest),
        float(shares.sum() / whole),
        likeness,
    )
