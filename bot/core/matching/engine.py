"""The matcher: a question to a ranking of claims with an honest probability.

A question's way: clean, words, repair, concepts, features, scores of claims and topics, signals, probability.
"""

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence

import numpy as np

from bot.core.matching import state
from bot.core.matching.calibration import fit, left_out
from bot.core.matching.concepts import Concepts
from bot.core.matching.explanation import Contender, Explanation
from bot.core.matching.features import FeatureSpace
from bot.core.matching.fitting import Phrasings, Training
from bot.core.matching.segments import questions
from bot.core.matching.signals import Reading, read
from bot.core.matching.state import Fitted
from bot.core.matching.typos import Line, Speller
from bot.core.model import Claim, Match, OutOfScopeGroup, Ranking, WordGroup
from bot.core.text import clean, words

ENGINE = "3"
"""Changes whenever the same knowledge would be fitted differently: old caches are then left alone."""
MATCHES = 10
HEADS = 3
"""So many topics stand first, each with its best claim."""
SURE = 0.66
"""From this confidence on a question is answered: on the development questions it answers three in four rightly, 6% with
a topic that is not the label's, and 4% of what is out of scope (docs/matching.md)."""
NEAR = 0.3
"""From this confidence on the first claims are worth suggesting."""
ALSO = 0.6
MOST_ALSO = 2


def fingerprint(
    claims: Iterable[Claim],
    *,
    vocabulary: Sequence[WordGroup] = (),
    out_of_scope: Sequence[OutOfScopeGroup] = (),
) -> str:
    """A hash (hex) of all that a matcher is fitted from, and of the engine's version: the key of a cache."""
    content = (
        ENGINE,
        tuple((claim.id, claim.topic, claim.questions, claim.decoys) for claim in claims),
        tuple((group.word, group.same, group.misspelt) for group in vocabulary),
        tuple((group.about, group.questions) for group in out_of_scope),
    )
    return hashlib.sha256(repr(content).encode("utf-8", "backslashreplace")).hexdigest()


class Engine:
    """What a set of claims was fitted to, ready to answer. Fixed once made."""

    def __init__(self, claims: Sequence[Claim], fitted: Fitted) -> None:
        """Put claims and their fitted state together."""
        self.claims = tuple(claims)
        self.fitted = fitted
        names = list(dict.fromkeys(claim.topic for claim in claims))
        self.topics = tuple(names)
        numbers: Mapping[str, int] = {name: i for i, name in enumerate(names)}
        self.topic_list = [numbers[claim.topic] for claim in claims]
        self.topic_of = np.array(self.topic_list, dtype=np.int64)
        self.members = [np.flatnonzero(self.topic_of == topic) for topic in range(len(names))]

    def read(self, line: Line) -> Reading:
        """The scores of a line of words, read."""
        fitted = self.fitted
        vector = fitted.space.vector(line.words, line.trust)
        inside = float(vector.values @ fitted.inside[vector.ids])
        scores = fitted.columns.scores(vector)
        fitted.calls.settle(scores[: len(self.claims)], line.words)
        return read(scores, inside, self.topic_of, len(self.topics))


def fit_claims(
    claims: Sequence[Claim], vocabulary: Sequence[WordGroup], out_of_scope: Sequence[OutOfScopeGroup], key: str
) -> Fitted:
    """Fit a model to claims and calibrate it. `key` names what it was fitted from."""
    concepts = Concepts(vocabulary)
    texts = [(question, number, number) for number, claim in enumerate(claims) for question in claim.questions]
    group = len(claims)
    for claim in claims:
        texts += [(question, -1, group) for question in claim.decoys]
    for outside in out_of_scope:
        group += 1
        texts += [(question, -1, group) for question in outside.questions]
    lines = [words(clean(question)) for question, _, _ in texts]
    speller = Speller(lines, concepts.vocabulary)
    numbers = {topic: i for i, topic in enumerate(dict.fromkeys(claim.topic for claim in claims))}
    phrasings = Phrasings(
        [speller.repair(line).words for line in lines],
        np.array([number for _, number, _ in texts], dtype=np.int32),
        np.array([number for _, _, number in texts], dtype=np.int32),
        np.array([numbers[claim.topic] for claim in claims], dtype=np.int32),
    )
    training = Training.prepare(FeatureSpace(concepts), phrasings)
    calibration = fit(left_out(training))
    everything = np.arange(len(lines))
    model = training.fit(everything)
    calls = training.close_calls(everything)
    return Fitted(key, training.space, speller, model.columns, model.inside, calibration, calls)


class Matcher:
    """Ranks claims for a text. Made by `build`; fixed, and safe to share between threads."""

    def __init__(self, engine: Engine | None, hidden: Collection[str] = ()) -> None:
        """Without an engine (no claims at all) every ranking is empty."""
        self._engine = engine
        self._hidden = frozenset(hidden)

    def rank(self, text: str) -> Ranking:
        """The ten best claims for a text: first the best claims of the three most probable topics, then the others."""
        engine = self._engine
        cleaned = clean(text)
        line = words(cleaned)
        if engine is None or not line:
            return Ranking()
        reading = engine.read(engine.fitted.speller.repair(line))
        matches = _matches(engine, reading)
        confidence = matches[0].confidence
        also = self._also(engine, cleaned, matches[0]) if confidence >= SURE else ()
        return Ranking(matches, confidence >= SURE, confidence >= NEAR, also)

    @staticmethod
    def _also(engine: Engine, cleaned: str, first: Match) -> tuple[str, ...]:
        """The claims that answer further questions of a message: each certain by itself, of topics of their own."""
        found: dict[str, str] = {}
        for question in questions(cleaned):
            matches = _matches(engine, engine.read(engine.fitted.speller.repair(words(question))))
            if matches[0].confidence >= ALSO and matches[0].topic != first.topic:
                found.setdefault(matches[0].topic, matches[0].claim)
        return tuple(found.values())[:MOST_ALSO]

    def explain(self, text: str) -> Explanation:
        """Why `rank` says what it says."""
        contenders = tuple(
            Contender(m.claim, m.topic, m.confidence, m.confidence, (), "") for m in self.rank(text).matches[:3]
        )
        return Explanation(text, tuple(words(clean(text))), contenders=contenders, sure=SURE, near=NEAR)

    def dump(self) -> bytes:
        """The fitted state, to be handed to `build` as `fitted`; b"" where nothing was fitted."""
        return state.dump(self._engine.fitted) if self._engine else b""


def _matches(engine: Engine, reading: Reading) -> tuple[Match, ...]:
    """Best first: the best claim of each of the first three topics, then the other claims by score."""
    order = reading.order()
    first, second = order[0], order[1] if len(order) > 1 else None
    claims = reading.claims
    total = len(claims)
    kept = min(total, MATCHES + HEADS)
    best = np.argpartition(-claims, kept - 1)[:kept] if kept < total else np.arange(total)
    ranked = best[np.lexsort((best, -claims[best]))].tolist()
    topic_of = engine.topic_list
    heads: list[int] = []
    for topic in order[:HEADS]:
        head = next((i for i in ranked if topic_of[i] == topic), None)
        if head is None:
            members = engine.members[topic]
            head = int(members[claims[members].argmax()])
        heads.append(head)
    probability: dict[int, float] = {}
    matches = []
    ceiling = 1.0
    for i in [*heads, *(i for i in ranked if i not in heads)][:MATCHES]:
        topic = topic_of[i]
        if topic not in probability:
            signals = reading.signals(topic, second if topic == first else first)
            probability[topic] = engine.fitted.calibration.probability(signals)
        ceiling = min(ceiling, round(probability[topic], 3))
        claim = engine.claims[i]
        matches.append(Match(claim.id, claim.topic, ceiling))
    return tuple(matches)


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
    listed = list(claims)
    if not any(claim.questions for claim in listed):
        return Matcher(None)
    key = fingerprint(listed, vocabulary=vocabulary, out_of_scope=out_of_scope)
    restored = state.load(fitted, key, Concepts(vocabulary)) if fitted else None
    return Matcher(Engine(listed, restored or fit_claims(listed, vocabulary, out_of_scope, key)), hidden)
