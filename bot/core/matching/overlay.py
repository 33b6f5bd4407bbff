"""A server's own claims on top of a base that many servers share.

Claims that a server adds are found by what stands in them (`taught.py`), and the base's scores stay what they are. What a server
changes in the base itself, further wordings of its claims and what it wants no answer to, is a correction, learned from those
phrasings alone: for them and for some of the base's that stand nearest (`anchors`), the base's scores are taken as given, and a small model in a feature space of its own
learns what has to be added: more for the claim, less for those that used to win, the topics, and whether it is in scope. For
everything unlike the new phrasings the correction is next to nothing. Nothing of the base is copied or fitted again.
"""

from collections.abc import Collection, Sequence

import numpy as np
from rapidfuzz.distance import OSA

from bot.core.matching.calibration import Calibration
from bot.core.matching.closecalls import LONGEST, CloseCalls, sorted_stems
from bot.core.matching.engine import Catalogue, Engine, names_in
from bot.core.matching.features import FeatureSpace
from bot.core.matching.regression import Alike, Ridge, descend, marks, mixed, one_hot
from bot.core.matching.signals import Doubles, Reading, Scores, read
from bot.core.matching.taught import Taught
from bot.core.matching.themes import NO_THEMES, Themes
from bot.core.matching.typos import Line
from bot.core.matching.vectors import Ints, stacked
from bot.core.matching.weights import Gatherer, Weights, sparse
from bot.core.model import Claim, OutOfScopeGroup
from bot.core.text import clean, words

PASSES = 60
EFFORT = 120.0
PENALTY = 0.1
INSIDE = 2.0
"""How far inside a server's own phrasings are to be. As far as the base's own (1.0) would be too little: there are few of them, so that
a question in other words gets but a part of the correction."""
KEEP = 0.2
NEAREST_CLAIMS = 3
PER_CLAIM = 6
MOST_ANCHORS = 240
MOST_PHRASINGS = 2_000


class Overlay(Catalogue):
    """A base and the correction that a server's claims ask for. Fixed once made."""

    def __init__(
        self,
        base: Engine,
        claims: Sequence[Claim],
        out_of_scope: Sequence[OutOfScopeGroup],
        hidden: Collection[str],
        themes: Themes = NO_THEMES,
    ) -> None:
        """Learn the correction. `hidden`: ids of the base that are not to be seen.

        Raises ValueError for more than `MOST_PHRASINGS` new phrasings: so many are a knowledge of their own.
        """
        places = {claim.id: number for number, claim in enumerate(base.claims)}
        extended: list[Claim] = []
        added: list[Claim] = []
        for claim in claims:
            shipped = base.claims[places[claim.id]] if claim.id in places else None
            kept = (
                shipped is not None and shipped.topic == claim.topic and set(shipped.questions) <= set(claim.questions)
            )
            (extended if kept else added).append(claim)
        gone = {claim.id for claim in added} | set(hidden)
        added = [claim for claim in added if any(words(clean(question)) for question in claim.questions)]
        super().__init__([*base.claims, *added], base.topics)
        for claim in extended:
            self.claims = (*self.claims[: places[claim.id]], claim, *self.claims[places[claim.id] + 1 :])
        self._base = base
        self._says: dict[int, frozenset[str]] = {}
        self._of_base = len(base.claims)
        self._added = {claim.id: self._of_base + i for i, claim in enumerate(added)}
        self._visible = np.array(
            [number >= self._of_base or claim.id not in gone for number, claim in enumerate(self.claims)], dtype=bool
        )
        self._scored = self._visible & (np.arange(len(self.claims)) < self._of_base)
        """Those that have a score: the base's, as far as they can be seen."""
        self._all_scored = bool(self._scored.all())
        texts = [
            (question, places[claim.id])
            for claim in extended
            for question in claim.questions
            if question not in set(base.claims[places[claim.id]].questions)
        ]
        texts += [
            (decoy, -1)
            for claim in extended
            for decoy in claim.decoys
            if decoy not in set(base.claims[places[claim.id]].decoys)
        ]
        texts += [(question, -1) for group in out_of_scope for question in group.questions]
        own = [(question, self._of_base + i) for i, claim in enumerate(added) for question in claim.questions]
        not_own = [question for claim in added for question in claim.decoys]
        if len(texts) + len(own) + len(not_own) > MOST_PHRASINGS:
            raise ValueError(
                f"{len(texts) + len(own) + len(not_own)} phrasings are too many on top of a base; {MOST_PHRASINGS} is the limit."
            )
        lines = [(words(clean(question)), number) for question, number in texts]
        lines = [(line, number) for line, number in lines if line]
        own_lines = [(words(clean(question)), number) for question, number in own]
        self._words = frozenset(word for line, _ in (*lines, *own_lines) for word in line)
        more: dict[int, list[str]] = {self._of_base + i: [] for i in range(len(added))}
        for line, number in (*lines, *own_lines):
            if number >= 0 and line:
                more.setdefault(number, []).append(sorted_stems(line))
        self._calls = base.fitted.calls.with_more(more)
        self.excluded = frozenset(
            sorted_stems(line)
            for line in [*(line for line, number in lines if number < 0), *(words(clean(text)) for text in not_own)]
        )
        outside = (words(clean(question)) for group in out_of_scope for question in group.questions)
        self.outside = frozenset(sorted_stems(line) for line in outside if line)
        if added:
            self.taught = Taught({self._of_base + i: claim for i, claim in enumerate(added)}, base, themes)
        self._space = FeatureSpace(base.fitted.space.concepts)
        self._weights: Weights | None = self._learn(lines) if lines else None

    @property
    def is_corrected(self) -> bool:
        """Whether something was learned on top of the base's scores, or some of its claims are not to be seen."""
        return self._weights is not None or not bool(self._visible.all())

    @property
    def calibration(self) -> Calibration:
        """What turns signals into probabilities: the base's."""
        return self._base.calibration

    def number(self, claim_id: str) -> int:
        """Return the number of a claim, of the server's own where it replaced one. Raises KeyError where there is none."""
        found = self._added.get(claim_id)
        return self._base.number(claim_id) if found is None else found

    @property
    def calls(self) -> CloseCalls:
        """The claims' phrasings, the server's too, to be compared."""
        return self._calls

    @property
    def ground(self) -> FeatureSpace:
        """The base's space, whose concepts all claims share."""
        return self._base.fitted.space

    def repair(self, line: list[str]) -> Line:
        """Return the line with its misspelt words mended; the server's own words stay, and a slip of one becomes that one."""
        speller = self._base.fitted.speller
        mended = speller.repair(line, self._words)
        if self.taught is None or not mended.repairs or len(line) > LONGEST:
            return mended
        own = dict(filter(None, (_nearer(self.taught, *repair) for repair in mended.repairs)))
        if not own:
            return mended
        mended = speller.repair([own.get(word, word) for word in line], self._words)
        return mended._replace(repairs=(*own.items(), *mended.repairs))

    def knows(self, word: str) -> bool:
        """Whether a word stands in any phrasing of the base or the server."""
        return word in self._words or self._base.knows(word)

    def knows_concept(self, word: str) -> bool:
        """Whether a word means something that stands in some phrasing of the base or the server, in whatever form."""
        return self._space.knows(word) or self._base.knows_concept(word)

    def says(self, claim: int, name: str) -> bool:
        """Whether a concept or stem stands in a wording of a claim; of the server's own they are gathered when first asked for."""
        if claim < self._of_base and self.claims[claim] is self._base.claims[claim]:
            return self._base.says(claim, name)
        found = self._says.get(claim)
        if found is None:
            lines = [words(clean(question)) for question in self.claims[claim].questions]
            found = self._says[claim] = names_in(lines, self.ground.concepts)
        return name in found

    def read(self, line: Line) -> Reading:
        """Return the scores of a line of words: the base's with the correction."""
        scores = self._widened(line)
        if self._weights is not None:
            vector = self._space.vector(line.words, line.trust, line.missing)
            correction = self._weights.scores(vector)
            scores.values += correction[:-1]
            scores.inside += float(correction[-1])
            scores.known = max(scores.known, vector.known)
        claims = scores.values[: len(self.claims)]
        if self._all_scored:
            self._calls.settle(claims, line.words)
            return read(scores, self.topic_of, len(self.topics), likeness=self._likeness(claims, scores, line))
        masked = np.where(self._scored, claims, -np.inf)
        if self._scored.any():
            before = masked.copy()
            self._calls.settle(masked, line.words)
            claims -= np.where(self._scored, before, 0.0) - np.where(self._scored, masked, 0.0)
        like = self._likeness(masked, scores, line)
        return read(scores, self.topic_of, len(self.topics), self._scored, like)

    def _likeness(self, claims: Doubles, scores: Scores, line: Line) -> float:
        """Return how much a line is like the best of some claims with a score, if that is the base's."""
        best = int(claims.argmax())
        return self._base.likeness(best, scores, line.words) if best < self._of_base else float(claims[best])

    def _widened(self, line: Line) -> Scores:
        """Return the base's scores with room for new claims, which have none, and new topics (at zero)."""
        scores = self._base.raw(line)
        old, new, topics = self._of_base, len(self.claims), len(self.topics)
        named = len(scores.values) - old
        values = np.zeros(new + topics)
        values[:old] = scores.values[:old]
        values[old:new] = -np.inf
        values[new : new + named] = scores.values[old:]
        return Scores(values, scores.inside, scores.known, scores.vector)

    def _learn(self, lines: Sequence[tuple[list[str], int]]) -> Weights:
        new = len(lines)
        everything = [*lines, *self._anchors(lines)]
        classes: Ints = np.array([number for _, number in everything], dtype=np.int32)
        own = self._space.fit([line for line, _ in everything], np.where(classes < 0, len(self.claims), classes))
        self._space.restrict(own.ids[: own.starts[new]])
        table = stacked([self._space.vector(line) for line, _ in everything])
        gatherer = Gatherer(table, len(self._space))
        readings = [self._widened(Line(line)) for line, _ in everything]
        scores = np.array([reading.values for reading in readings], dtype=np.float32)
        total = len(self.claims)
        wanted = np.zeros((len(everything), len(self.topics) + 1), dtype=np.float32)
        known = classes[:new] >= 0
        topics = np.where(known, self.topic_of[np.maximum(classes[:new], 0)], -1)
        wanted[:new, :-1] = one_hot(topics, len(self.topics)) - scores[:new, total:]
        wanted[:new, -1] = np.where(known, INSIDE, -1.0) - np.array([reading.inside for reading in readings[:new]])
        alike = Alike(gatherer.likeness(), scores.shape[1] + 1)
        ridge = Ridge(wanted, np.ones(len(everything), dtype=bool), PENALTY)
        in_turn = mixed(np.arange(len(everything)), marks(line for line, _ in everything))
        for _ in descend(
            alike, in_turn, classes, total, [ridge], passes=PASSES, effort=EFFORT, offset=scores[:, :total]
        ):
            pass
        self._space.forget_words()  # those of the anchors, which few questions hold
        return sparse(gatherer.gather(alike.dual), KEEP)

    def _anchors(self, lines: Sequence[tuple[list[str], int]]) -> list[tuple[list[str], int]]:
        """Phrasings of the base that must stay what they are: one of each claim, more of those nearest to the new."""
        base = self._base
        near: dict[int, None] = {}
        for line, _ in lines:
            claims = base.raw(Line(line)).values[: self._of_base]
            near.update(dict.fromkeys(np.argsort(-claims, kind="stable")[:NEAREST_CLAIMS].tolist()))
        chosen: dict[tuple[int, str], None] = {}
        for number in near:
            asked = base.claims[number].questions
            chosen.update(dict.fromkeys((number, question) for question in asked[:: max(len(asked) // PER_CLAIM, 1)]))
        for number, claim in enumerate(base.claims):
            chosen.update(dict.fromkeys((number, question) for question in claim.questions[:1]))
        own = {" ".join(line) for line, _ in lines}
        found = []
        for number, question in list(chosen)[:MOST_ANCHORS]:
            line = words(clean(question))
            if self._visible[number] and line and " ".join(line) not in own:
                found.append((line, number))
        return found


def _nearer(taught: Taught, typed: str, mended: str) -> tuple[str, str] | None:
    """Return what was typed with the word of a taught claim that is fewer edits away than what it was mended to, if there is one."""
    near, edits = taught.nearest(typed)
    return (typed, near) if near and edits < OSA.distance(typed, mended) else None
