"""What the scores of one question say: the topics in order, and the few numbers that tell how far to trust one."""

from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

SIGNALS = ("score", "lead", "inside", "odds", "ridge", "claim")
_ALMOST = 1e-4

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """The scores of a question, read.

    `claims`: shape (claims,), log-odds-like scores. `shares`, `ridge`, `topics`: one number a topic; shares are
    probabilities that sum to one, as if the question were in scope for certain; topics are shares plus ridge scores,
    and put the topics in order. `inside`: above zero when in scope. `strongest`: the best claim's score.
    """

    claims: Doubles
    shares: list[float]
    ridge: list[float]
    topics: list[float]
    inside: float
    strongest: float

    def order(self) -> list[int]:
        """The topics, best first."""
        return sorted(range(len(self.topics)), key=self.topics.__getitem__, reverse=True)

    def signals(self, topic: int, rival: int | None) -> tuple[float, ...]:
        """The signals (`SIGNALS`) for the probability that `topic` is right; `rival` is the best of the others.

        Its score; its lead over the rival; how far inside; the log odds of its share; its ridge score; the best claim's
        raw score, which says whether anything fits at all.
        """
        score = self.topics[topic]
        share = min(max(self.shares[topic], _ALMOST), 1 - _ALMOST)
        return (
            score,
            score - (self.topics[rival] if rival is not None else 0.0),
            self.inside,
            log(share / (1 - share)),
            self.ridge[topic],
            self.strongest,
        )


def read(scores: Doubles, inside: float, topic_of: npt.NDArray[np.integer], topics: int) -> Reading:
    """Read scores of shape (claims + topics,); `topic_of`: shape (claims,), the topic of each claim."""
    total = len(topic_of)
    claims = scores[:total]
    strongest = claims.max()
    by_topic = np.bincount(topic_of, weights=np.exp(claims - strongest), minlength=topics)
    by_topic /= by_topic.sum()
    ridge = scores[total:]
    return Reading(claims, by_topic.tolist(), ridge.tolist(), (by_topic + ridge).tolist(), inside, float(strongest))
