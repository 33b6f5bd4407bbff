"""What the scores of one question say: the topics in order, and the few numbers that tell how far to trust the first."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from bot.core.matching.features import Ints

SIGNALS = ("topic", "lead", "inside", "odds", "ridge", "claim")
_ALMOST = 1e-4

Doubles = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Reading:
    """The scores of a question, read.

    `claims`: shape (claims,), log-odds-like scores. `shares`: shape (topics,), probabilities that sum to one, as if the
    question were in scope for certain. `topics`: shape (topics,), shares plus the ridge scores; the order of topics.
    `ridge`: shape (topics,). `inside`: above zero when in scope.
    """

    claims: Doubles
    shares: Doubles
    ridge: Doubles
    topics: Doubles
    inside: float


def read(scores: Doubles, inside: float, topic_of: Ints, topics: int) -> Reading:
    """Read scores of shape (claims + topics,); `topic_of`: shape (claims,), the topic of each claim."""
    total = len(topic_of)
    claims = scores[:total]
    shares = np.exp(claims - claims.max())
    by_topic = np.bincount(topic_of, weights=shares, minlength=topics)
    by_topic /= by_topic.sum()
    ridge = scores[total:]
    return Reading(claims, by_topic, ridge, by_topic + ridge, inside)


def signals(reading: Reading, topic: int) -> tuple[float, ...]:
    """The signals (`SIGNALS`) for the probability that `topic` is right.

    Its score; its lead over the best other topic; how far inside; the log odds of its share; its ridge score; the best
    claim's raw score, which says whether anything fits at all.
    """
    score = float(reading.topics[topic])
    others = reading.topics.copy()
    others[topic] = -np.inf
    rival = float(others.max()) if len(others) > 1 else 0.0
    share = min(max(float(reading.shares[topic]), _ALMOST), 1 - _ALMOST)
    return (
        score,
        score - rival,
        reading.inside,
        float(np.log(share / (1 - share))),
        float(reading.ridge[topic]),
        float(reading.claims.max()),
    )
