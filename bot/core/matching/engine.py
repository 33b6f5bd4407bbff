"""What a set of claims was fitted to, and how a question is scored against it.

A question's way: words, repair, concepts, features, scores of claims and topics, close calls, reading.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from bot.core.matching.calibration import Calibration, fit, left_out
from bot.core.matching.closecalls import CloseCalls, sorted_stems
from bot.core.matching.concepts import Concepts
from bot.core.matching.english import is_ordinary
from bot.core.matching.features import FeatureSpace
from bot.core.matching.fitting import Phrasings, Told, Training
from bot.core.matching.likeness import Likeness
from bot.core.matching.said import Said
from bot.core.matching.signals import Reading, Scores, read
from bot.core.matching.state import Fitted
from bot.core.matching.typos import Line, Speller
from bot.core.matching.weights import Quick
from bot.core.model import Claim, OutOfScopeGroup, WordGroup
from bot.core.text import clean, stem, words
from bot.words import fingerprint as fingerprint_of_words

if TYPE_CHECKING:
    from bot.core.matching.taught import Taught

ENGINE = "27"
"""Changes whenever the same knowledge would be fitted differently: old caches are then left alone."""

LONG = 4
"""A strange word of fewer letters is a slip or slang, wherever it stands."""


def fingerprint(
    claims: Iterable[Claim],
    *,
    vocabulary: Sequence[WordGroup] = (),
    out_of_scope: Sequence[OutOfScopeGroup] = (),
) -> str:
    """Return a hash (hex) of all that a matcher is fitted from, and of the engine's version: the key of a cache."""
    content = (
        ENGINE,
        fingerprint_of_words(),
        tuple((claim.id, claim.topic, claim.questions, claim.decoys) for claim in claims),
        tuple((group.word, group.same, group.misspelt) for group in vocabulary),
        tuple((group.about, group.questions) for group in out_of_scope),
    )
    return hashlib.sha256(repr(content).encode("utf-8", "backslashreplace")).hexdigest()


class Catalogue(ABC):
    """Claims and their topics, numbered. Topics stand in the order in which claims name them."""

    def __init__(self, claims: Sequence[Claim], topics: Sequence[str] = ()) -> None:
        """Take `claims`, and their topics after those already named in `topics`."""
        self.claims = tuple(claims)
        self.excluded: frozenset[str] = frozenset()
        """What a server says is out of scope or no question of a claim, as `sorted_stems` gives it: no claim's own words any more."""
        self.outside: frozenset[str] = frozenset()
        """What of it is out of scope."""
        self.taught: Taught | None = None
        """The claims that are not learned but found by what stands in them; they come with no score of their own."""
        self.topics = tuple(dict.fromkeys([*topics, *(claim.topic for claim in claims)]))
        numbers: Mapping[str, int] = {name: i for i, name in enumerate(self.topics)}
        self.topic_list = [numbers[claim.topic] for claim in claims]
        self.topic_of = np.array(self.topic_list, dtype=np.int64)
        self.members: list[npt.NDArray[np.int64]] = [
            np.flatnonzero(self.topic_of == topic) for topic in range(len(self.topics))
        ]

    @property
    def is_corrected(self) -> bool:
        """Whether the scores are others than those of the base."""
        return False

    @property
    @abstractmethod
    def calibration(self) -> Calibration:
        """What turns signals into probabilities."""

    @abstractmethod
    def number(self, claim_id: str) -> int:
        """Return the number of a claim. Raises KeyError where there is none."""

    @abstractmethod
    def repair(self, line: list[str]) -> Line:
        """Return the line with its misspelt words mended."""

    @abstractmethod
    def knows(self, word: str) -> bool:
        """Whether a word stands in any phrasing."""

    @abstractmethod
    def knows_concept(self, word: str) -> bool:
        """Whether a word means something that stands in some phrasing, in whatever form."""

    @cached_property
    def titled(self) -> Mapping[str, int]:
        """The claims that have a title to themselves, by its words as `sorted_stems` gives them."""
        numbers: dict[str, list[int]] = {}
        for number, claim in enumerate(self.claims):
            numbers.setdefault(sorted_stems(self.repair(words(clean(claim.title))).words), []).append(number)
        return {title: own[0] for title, own in numbers.items() if title and len(own) == 1}

    def has_word(self, word: str) -> bool:
        """Whether a word is known here in any form, or is plain English."""
        return is_ordinary(word) or self.knows(word) or self.knows_concept(word)

    def heard(self, line: Line) -> Line:
        """Return a line without the words that nobody has ever seen here; the line itself where there is no other word.

        A name, a town or a word of slang is no proof of another subject. An ordinary English word that the knowledge
        never uses may be, or a long one in the midst of the others: how many of them there were stays noted
        (`Line.missing`). Where nobody has written what is out of scope, strange words are all that tells it, and they
        stay.
        """
        if not self.calibration.knows_outside:
            return line
        words = line.words
        seen = [self.knows(word) or word.isdigit() or self.knows_concept(word) for word in words]
        if all(seen) or not any(seen):
            return line
        first, last = seen.index(True), len(seen) - 1 - seen[::-1].index(True)
        missing = [
            i
            for i, word in enumerate(words)
            if not seen[i] and (is_ordinary(word) or (first < i < last and len(word) >= LONG))
        ]
        return line.only(seen, len(missing))

    @abstractmethod
    def read(self, line: Line) -> Reading:
        """Return the scores of a line of words (see `heard`), read."""

    def read_words(self, text: str) -> tuple[Reading, list[str]]:
        """Return the scores of words, joined by spaces, as they are heard, and what was heard of them."""
        heard = self.heard(self.repair(text.split(" ")))
        return self.read(heard), heard.words

    @property
    @abstractmethod
    def calls(self) -> CloseCalls:
        """The claims' phrasings, to be compared."""

    @property
    @abstractmethod
    def ground(self) -> FeatureSpace:
        """The space with the concepts that all claims share."""

    @abstractmethod
    def says(self, claim: int, name: str) -> bool:
        """Whether a concept or stem stands in a wording of a claim."""


class Engine(Catalogue):
    """What a set of claims was fitted to, ready to answer. Fixed once made."""

    def __init__(self, claims: Sequence[Claim], fitted: Fitted) -> None:
        """Put claims and their fitted state together."""
        super().__init__(claims)
        self.fitted = fitted
        self._weights = Quick(fitted.columns)
        self._likeness = Likeness(fitted.columns, fitted.space, fitted.calls)
        self._numbers = {claim.id: number for number, claim in enumerate(self.claims)}

    @property
    def calibration(self) -> Calibration:
        """What turns signals into probabilities."""
        return self.fitted.calibration

    @property
    def calls(self) -> CloseCalls:
        """The claims' phrasings, to be compared."""
        return self.fitted.calls

    def number(self, claim_id: str) -> int:
        """Return the number of a claim. Raises KeyError where there is none."""
        return self._numbers[claim_id]

    @property
    def ground(self) -> FeatureSpace:
        """The space with the concepts that all claims share."""
        return self.fitted.space

    def knows(self, word: str) -> bool:
        """Whether a word stands in any phrasing."""
        return word in self.fitted.speller.counts

    def knows_concept(self, word: str) -> bool:
        """Whether a word means something that stands in some phrasing, in whatever form."""
        return self.fitted.space.knows(word)

    def says(self, claim: int, name: str) -> bool:
        """Whether a concept or stem stands in a wording of a claim."""
        return self.fitted.said.has(claim, name)

    def raw(self, line: Line) -> Scores:
        """Return the scores of a line of words, close calls not yet settled."""
        fitted = self.fitted
        vector = fitted.space.vector(line.words, line.trust, line.missing)
        return Scores(
            self._weights.scores(vector), float(vector.values.dot(fitted.inside.take(vector.ids))), vector.known, vector
        )

    def repair(self, line: list[str]) -> Line:
        """Return the line with its misspelt words mended."""
        return self.fitted.speller.repair(line)

    def read(self, line: Line) -> Reading:
        """Return the scores of a line of words, read."""
        scores = self.raw(line)
        claims = scores.values[: len(self.claims)]
        self.fitted.calls.settle(claims, line.words)
        best = int(claims.argmax())
        return read(scores, self.topic_of, len(self.topics), likeness=self.likeness(best, scores, line.words))

    def likeness(self, claim: int, scores: Scores, line: Sequence[str]) -> float:
        """Return how much a question is like a claim; 0 where the calibration does not ask for it."""
        if not self.fitted.calibration.asks_likeness:
            return 0.0
        return self._likeness.of(claim, scores, line)


def names_in(lines: Iterable[Sequence[str]], concepts: Concepts) -> frozenset[str]:
    """Return the concepts and stems of some lines of words."""
    listed = list(lines)
    stems = {stem(word) for line in listed for word in line}
    return frozenset(stems.union(map(concepts.single, stems), *map(concepts.of, listed)))


def fit_claims(
    claims: Sequence[Claim],
    vocabulary: Sequence[WordGroup],
    out_of_scope: Sequence[OutOfScopeGroup],
    key: str,
    told: Told = lambda _: None,
) -> Fitted:
    """Fit a model to claims and calibrate it. `key` names what it was fitted from.

    `told` hears how much of the work is done, from 0 to 1.
    """
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
    everything = np.arange(len(lines))
    model = training.fit(everything, lambda done: told(done / 2))
    calibration = fit(left_out(training, lambda done: told((1 + done) / 2)))
    calls = training.close_calls(everything)
    wordings: list[list[list[str]]] = [[] for _ in claims]
    for line, (_, number, _) in zip(lines, texts, strict=True):
        if number >= 0:
            wordings[number].append(line)
    said = Said.of([names_in(each, concepts) for each in wordings])
    return Fitted(key, training.space, speller, model.columns.smaller(), model.inside, calibration, calls, said)
