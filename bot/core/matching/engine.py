"""The matcher: a question to a ranking of claims with calibrated confidence."""

import hashlib
from collections.abc import Collection, Iterable, Sequence

import numpy as np

from bot.core.matching.explanation import Contender, Explanation
from bot.core.matching.features import FeatureSpace
from bot.core.model import Claim, Match, OutOfScopeGroup, Ranking, WordGroup
from bot.core.text import clean, words

ENGINE = "1"
SURE, NEAR = 0.55, 0.25


def fingerprint(
    claims: Iterable[Claim],
    *,
    vocabulary: Sequence[WordGroup] = (),
    out_of_scope: Sequence[OutOfScopeGroup] = (),
) -> str:
    """A hash (hex) of all that a matcher is fitted from, and of the engine's version: the key of a cache."""
    content = (
        ENGINE,
        tuple((c.id, c.topic, c.title, c.claim, c.answer, c.questions, c.decoys) for c in claims),
        tuple((g.word, g.same, g.misspelt) for g in vocabulary),
        tuple((g.about, g.questions) for g in out_of_scope),
    )
    return hashlib.sha256(repr(content).encode()).hexdigest()


class Matcher:
    """Ranks claims for a text. Made by `build`; fixed and safe to share between threads."""

    def __init__(self, claims: Sequence[Claim], outside: Sequence[OutOfScopeGroup], hidden: Collection[str]) -> None:
        self._claims = [c for c in claims if c.id not in hidden]
        self._topics = [c.topic for c in self._claims]
        phrasings = [(words(clean(q)), i) for i, c in enumerate(self._claims) for q in c.questions]
        out = len(self._claims)
        phrasings += [(words(clean(q)), out) for c in self._claims for q in c.decoys]
        phrasings += [(words(clean(q)), out) for g in outside for q in g.questions]
        lines, labels = [p for p, _ in phrasings], [i for _, i in phrasings]
        self._space = FeatureSpace(lines, labels)
        vectors = [self._space.vector(line) for line in lines]
        x = np.zeros((len(lines), len(self._space)), np.float32)
        for i, v in enumerate(vectors):
            x[i, v.ids] = v.values
        y = np.eye(out + 1, dtype=np.float32)[np.array(labels, dtype=np.int32)]
        inverse = np.linalg.inv(x @ x.T + 0.3 * np.eye(len(lines), dtype=np.float32))
        self._weights = x.T @ (inverse @ y)

    def rank(self, text: str) -> Ranking:
        """The ten best claims for a text, the most probable topic's best claim first."""
        line = words(clean(text))
        if not line or not self._claims:
            return Ranking()
        vector = self._space.vector(line)
        scores = vector.values @ self._weights[vector.ids]
        out = float(scores[-1])
        topics: dict[str, float] = {}
        for topic, score in zip(self._topics, scores.tolist(), strict=False):
            topics[topic] = topics.get(topic, 0.0) + score
        confidence = {
            t: round(float(1 / (1 + np.exp(-(7 * (s - max(out, 0)) - 2)))), 3) for t, s in topics.items()
        }
        best = sorted(
            range(len(self._claims)), key=lambda i: (-topics[self._topics[i]], -float(scores[i]), self._claims[i].id)
        )
        first = self._topics[best[0]]
        head = [best[0]]
        rest = sorted(best[1:], key=lambda i: (-float(scores[i]), self._claims[i].id))
        matches = tuple(
            Match(self._claims[i].id, self._topics[i], confidence[self._topics[i]]) for i in (head + rest)[:10]
        )
        return Ranking(matches, confidence[first] >= SURE, confidence[first] >= NEAR)

    def explain(self, text: str) -> Explanation:
        """Why `rank` says what it says."""
        line = tuple(words(clean(text)))
        contenders = tuple(
            Contender(m.claim, m.topic, m.confidence, m.confidence, (), "") for m in self.rank(text).matches[:3]
        )
        return Explanation(text, line, contenders=contenders, sure=SURE, near=NEAR)

    def dump(self) -> bytes:
        """The fitted state."""
        return b""


def build(
    claims: Iterable[Claim],
    base: Matcher | None = None,
    *,
    vocabulary: Sequence[WordGroup] = (),
    out_of_scope: Sequence[OutOfScopeGroup] = (),
    hidden: Collection[str] = (),
    fitted: bytes | None = None,
) -> Matcher:
    """A matcher over `claims`."""
    everything = {c.id: c for c in (base._claims if base else ())}
    everything.update((c.id, c) for c in claims)
    return Matcher(list(everything.values()), out_of_scope, hidden)
