"""Claims that somebody wrote in few words, found by all that stands in them.

A model learns from many wordings. A server's moderator writes a title, a statement, a first line, an answer and one or two
wordings, and members ask in others. So such a claim is not learned: each word of a question looks for itself in what was
written, by its stem, by what means the same, and by the themes of the claim's words (`themes.py`), and counts the more the
rarer it is. How much of the question was found, how much of a title or wording the question names, and what the
base makes of the question say how probable it is that the claim is meant.

With one wording there is nothing to leave out and to calibrate with. The weights are stated: those of a logistic regression on
claims written for it and on questions for other claims and for none (`python -m tests.questions.taught.fit`).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import log
from typing import NamedTuple, Protocol, TypeAlias

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from bot.core.lead import lead_of
from bot.core.matching.closecalls import LONGEST, CloseCalls, sorted_stems
from bot.core.matching.english import EMPTY, OF_THE_MACHINE, is_ordinary
from bot.core.matching.features import POWER, FeatureSpace
from bot.core.matching.segments import asks
from bot.core.matching.themes import Themes
from bot.core.matching.typos import Line
from bot.core.model import Claim
from bot.core.references import without_references
from bot.core.text import clean, stem, words

SIGNALS = (
    "covered", "found", "lead", "base", "base sure", "base alike", "base kin", "alike", "strange", "words", "left", "subject", "asks",
    "hits", "elsewhere", "little",
)  # fmt: skip
WEIGHTS = (3.84, 1.33, 1.89, 0.46, -0.64, -1.14, 0.42, 1.97, 1.01, -0.19, -1.12, 1.32, 0.44, -0.13, -0.85, -1.19)
BIAS = -3.13
ASKED_FOR, ANSWERED = 0.5, -1.0
"""Log odds that are added where the base has no answer: members ask for what their server taught more often than the questions of the
fit did. And where it has one: a claim takes no question from another without good reason."""

LEAST_NAMED, BY_NO_NAME = 0.1, 2.0
"""A question that names no more than this of any title or wording shares a word with what the claim says by the way: it is offered, not
answered, where the log odds are not as high as the other."""
LEAST_BESIDE, MOST_WORDS_BESIDE = -2.5, 8
"""Where the base is sure of its answer a claim with these log odds stands beside it, what a server says of the same thing. A longer
question tells of somebody, and has a word of much."""

SAID, STATED, EXPLAINED, ONCE = 1.0, 0.8, 0.6, 0.7
"""What a word counts that stands in a title or wording, in the statement or first line, in the rest of the answer."""
SAME, THEME = 0.85, 0.8
"""What a word counts that means the same as one that is there, and one that comes up where the claim's subject does."""
NAMES, BESIDE, FULL = 1.0, 0.5, 1.5
"""What a claim's word adds to its part in a theme: one that names the subject, one that comes up beside it; and a full part."""
PART_OF = {SAID: 1.0, STATED: 0.5, EXPLAINED: 0.25, ONCE: 0.25}
LEAST_PART = 0.5
MANY = 4
"""Of so many wordings, what stands in one alone says less of the subject."""
COMMON_THEMES = ((2, 1.0), (4, 0.8))
"""A theme that no more of the claims share than this counts so much; one that more share, `SHARED_THEME`."""
SHARED_THEME = 0.6
OWN_RARITY = 0.6
"""How far a word counts less to tell the claims from each other, the more of them have it."""
RARE, LITTLE, FLAT, UNKNOWN, ELSEWHERE, NUMBER = 0.15, 0.2, 0.1, 0.3, 0.75, 0.3
MENDED = 0.85
"""What a word counts that was mended."""
IN_THE_RUNNING = 5
LITTLE_SAID = 0.6
"""A question whose words weigh less together says little."""
HIT, CLEAR_HIT, BY_NAME, BY_COMPANY = 0.4, 0.5, 0.6, 0.3
MOST_FOUND, MOST_STRANGE, MOST_LEFT, MOST_HITS = 3.0, 2.0, 3.0, 4
EVEN = 0.02
SHORTEST, TWO_EDITS_FROM = 4, 7
MOST_OWN_LINES = 8
"""Of a claim's title and wordings the base reads so many, to see which of its claims are about the same."""
LEAST_KIN = 0.2
"""Where the base takes what a claim says for a question about one of its own, on average so surely, both are about the same thing."""
_KEPT = 20_000


class Base(Protocol):
    """What the claims stand beside: it knows words, and mends them."""

    @property
    def ground(self) -> FeatureSpace:
        """The space with the concepts that all claims share."""

    def knows(self, word: str) -> bool:
        """Whether a word stands in any phrasing."""

    def knows_concept(self, word: str) -> bool:
        """Whether a word means something that stands in some phrasing, in whatever form."""

    def has_word(self, word: str) -> bool:
        """Whether a word is known here in any form, or is plain English."""

    def repair(self, line: list[str]) -> Line:
        """Return the line with its misspelt words mended."""


Read: TypeAlias = Callable[[list[str]], Iterable[tuple[int, float]]]
"""Says what the base makes of a line of words: its first claims, by number, and how sure it is of each."""


def _nothing(_: list[str]) -> Iterable[tuple[int, float]]:
    return ()


class Word(NamedTuple):
    """A word of a question: its stem, what it means, what it counts, whether the base knows it."""

    stem: str
    concept: str
    weight: float
    known: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A claim (by its number) that a question may mean, and the signals (`SIGNALS`) that say how probably."""

    claim: int
    signals: tuple[float, ...]
    words: tuple[tuple[str, float], ...]
    """The question's words that were found in it, with what each counts."""

    @property
    def named(self) -> float:
        """How much of a title or wording the question names, from 0 to 1."""
        return self.signals[SIGNALS.index("subject")]

    @property
    def fits_beside(self) -> bool:
        """Whether the claim is worth showing beside an answer of the base's."""
        telling = self.signals[SIGNALS.index("words")]
        return self.odds >= LEAST_BESIDE and self.named >= LEAST_NAMED and telling <= MOST_WORDS_BESIDE

    @property
    def odds(self) -> float:
        """The log odds that the claim is meant."""
        return BIAS + sum(weight * signal for weight, signal in zip(WEIGHTS, self.signals, strict=True))


class Taught:
    """Claims beside a base, found by what stands in them. Fixed once made."""

    def __init__(self, claims: Mapping[int, Claim], base: Base, themes: Themes) -> None:
        """Read `claims`, by their numbers."""
        self._base = base
        self._themes = themes
        self._concepts = base.ground.concepts
        self._words: set[str] = set()
        self._direct: dict[str, dict[int, float]] = {}
        self._means: dict[str, dict[int, float]] = {}
        self._keys: dict[int, list[tuple[list[Word], float]]] = {}
        self._named: dict[int, frozenset[Word]] = {}
        self._plain: dict[int, list[str]] = {}
        self._worded: dict[str, list[int]] = {}
        self._own_lines: dict[int, list[list[str]]] = {}
        self._kin: dict[int, tuple[Mapping[int, float], Mapping[int, float]]] = {}
        self._known: dict[str, Word] = {}
        parts: dict[int, dict[int, float]] = {}
        for number, claim in claims.items():
            said = [(words(clean(text)), strength) for text, strength in _texts(claim)]
            slips = self._slips({word for line, _ in said for word in line})
            once = _said_once(claim)
            for line, strength in said:
                for word in line:
                    if word in slips:
                        continue
                    self._words.add(word)
                    if word not in EMPTY:
                        self._put(number, word, ONCE if strength == SAID and stem(word) in once else strength)
        for number in claims:
            parts[number] = self._parts(number)
        self._near = self._company(parts)
        self._total = len(claims)
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(self._words):
            if len(word) >= SHORTEST and word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)
        for number, claim in claims.items():
            lines = [words(clean(text)) for text in (claim.title, *claim.questions)]
            keys = [[self._word(word) for word in dict.fromkeys(line) if word not in EMPTY] for line in lines]
            self._own_lines[number] = [line for line in (*lines[:MOST_OWN_LINES], words(clean(claim.claim))) if line]
            self._keys[number] = [(key, sum(word.weight for word in key)) for key in keys if key]
            self._named[number] = frozenset(word for key in keys for word in key)
            self._plain[number] = [sorted_stems(line) for line in lines]
            for plain in dict.fromkeys(self._plain[number][1:]):
                self._worded.setdefault(plain, []).append(number)

    def __contains__(self, number: int) -> bool:
        return number in self._plain

    def _slips(self, own: Collection[str]) -> frozenset[str]:
        """Return the words that are another of the `own` ones typed badly, as in a wording that shows how members type."""
        strange = [word for word in own if len(word) >= SHORTEST and not self._base.has_word(word)]
        others = sorted(word for word in own if len(word) > SHORTEST)
        return frozenset(
            word
            for word in strange
            if any(
                other != word
                and OSA.distance(word, other, score_cutoff=1) <= 1
                and (self._base.has_word(other) or len(other) > len(word))
                for other in others
            )
        )

    def worded(self, query: str) -> Sequence[int]:
        """Return the claims that have `query`, as `sorted_stems` gives it, among their wordings."""
        return self._worded.get(query, ())

    def _put(self, number: int, word: str, strength: float) -> None:
        stemmed = stem(word)
        places = [(self._direct, stemmed)]
        if not word.isdigit():
            places.append((self._means, self._concepts.single(stemmed)))
        for index, unit in places:
            held = index.setdefault(unit, {})
            held[number] = max(held.get(number, 0.0), strength)

    def _parts(self, number: int) -> dict[int, float]:
        """Return the part of a claim in each theme that its words speak of, from 0 to 1."""
        found: dict[int, float] = {}
        for stemmed, held in self._direct.items():
            strength = held.get(number)
            if strength is None:
                continue
            for theme in self._themes.of.get(stemmed, ()):
                worth = NAMES if self._themes.stems[theme][stemmed] else BESIDE
                found[theme] = found.get(theme, 0.0) + PART_OF[strength] * worth
        return {theme: min(part / FULL, 1.0) for theme, part in found.items() if part >= LEAST_PART}

    def _company(self, parts: Mapping[int, Mapping[int, float]]) -> dict[str, dict[int, float]]:
        """Return what each word of the claims' themes counts for each of them."""
        shared: dict[int, int] = {}
        for theme, part in chain.from_iterable(each.items() for each in parts.values()):
            shared[theme] = shared.get(theme, 0) + (part >= BY_NAME)
        found: dict[str, dict[int, float]] = {}
        for number, themes in parts.items():
            for theme, part in themes.items():
                worth = next((worth for most, worth in COMMON_THEMES if shared[theme] <= most), SHARED_THEME)
                for stemmed in self._themes.stems[theme]:
                    held = found.setdefault(stemmed, {})
                    held[number] = max(held.get(number, 0.0), THEME * part * worth)
        return found

    def _word(self, word: str) -> Word:
        found = self._known.get(word)
        if found is None:
            found = self._weighed(word)
            if len(self._known) < _KEPT:
                self._known[word] = found
        return found

    def _weighed(self, word: str) -> Word:
        base, stemmed = self._base, stem(word)
        concept = self._concepts.single(stemmed)
        known = base.knows(word) or base.knows_concept(word)
        if stemmed in OF_THE_MACHINE:
            weight = FLAT
        elif word.isdigit():
            weight = NUMBER
        elif not (known or word in self._words or stemmed in self._near or is_ordinary(word)):
            weight = UNKNOWN
        elif not (known or stemmed in self._direct or stemmed in self._near or concept in self._means):
            weight = ELSEWHERE
        else:
            space = base.ground
            weight = RARE + _rarity(space.weight(concept), space.heaviest)
        if stemmed in self._themes.small_stems:
            weight = min(weight, LITTLE)
        return Word(stemmed, concept, weight, known)

    def nearest(self, word: str) -> tuple[str, int]:
        """Return the word of the claims that is nearest to one that nobody knows, and how many edits away; "" where none is near."""
        if len(word) < SHORTEST or not word.isalpha() or self._base.has_word(word):
            return "", 0
        edits = 2 if len(word) >= TWO_EDITS_FROM else 1
        choices = [
            each for size in range(len(word) - edits, len(word) + edits + 1) for each in self._by_length.get(size, ())
        ]
        found = process.extractOne(word, choices, scorer=OSA.distance, score_cutoff=edits) if choices else None
        return ("", 0) if found is None else (str(found[0]), int(found[1]))

    def _mended(self, word: str) -> tuple[str, float]:
        """Return a word, mended towards the claims' own where it is a slip of one of these, and how far to trust it."""
        if word in self._words or len(word) < SHORTEST or not word.isalpha() or self._base.has_word(word):
            return word, 1.0
        near, _ = self.nearest(word)
        if near:
            return near, MENDED
        mended = self._base.repair([word]).words
        return (mended[0], MENDED) if len(mended) == 1 and mended[0] != word else (word, 1.0)

    def find(
        self, text: str, line: Sequence[str], first: tuple[int, float] | None, calls: CloseCalls, read: Read = _nothing
    ) -> Found | None:
        """Return the claim that a question most probably means, if any has a word of it; what goes in is as for `running`."""
        return max(self.running(text, line, first, calls, read), key=lambda found: found.odds, default=None)

    def running(
        self, text: str, line: Sequence[str], first: tuple[int, float] | None, calls: CloseCalls, read: Read = _nothing
    ) -> list[Found]:
        """Return the claims that a question may mean, those first that have most of its words.

        `text`: as `clean` made it, and its `line` of words. `first`: the base's first claim and how sure the base is of it; `read`:
        what the base makes of any line.
        """
        typed = [self._mended(word) if len(line) <= LONGEST else (word, 1.0) for word in line]
        asked: dict[Word, float] = {}
        said: dict[Word, str] = {}
        for each, trust in typed:
            if each not in EMPTY:
                asked.setdefault(self._word(each), trust)
                said.setdefault(self._word(each), each)
        total = sum(word.weight for word in asked)
        scores: dict[int, float] = {}
        hits: dict[int, dict[Word, float]] = {}
        for word, trust in asked.items():
            held = self._hits(word)
            share = log((1 + self._total) / (1 + len(held))) / log(1 + self._total) if held else 0.0
            for number, strength in held.items():
                hits.setdefault(number, {})[word] = strength
                worth = word.weight * trust * strength * (1 - OWN_RARITY + OWN_RARITY * share)
                scores[number] = scores.get(number, 0.0) + worth
        if not scores:
            return []
        running = sorted(scores, key=lambda number: (-scores[number], number))[:IN_THE_RUNNING]
        concepts = {word.concept for word in asked}
        themes = {theme for word in asked for theme in self._themes.of.get(word.stem, ())}
        query = sorted_stems([each for each, _ in typed])
        base, alike = _EVEN_ODDS, 0.0
        if first is not None:
            base = log((first[1] + EVEN) / (1 - first[1] + EVEN))
            alike = calls.nearest(query, first[0]) / 100 if base > 0 else 0.0
        elsewhere = {word for word in asked if word.stem in self._themes.elsewhere_stems}
        asking = float(asks(text))
        found: list[Found] = []
        for number in running:
            own = hits[number]
            heard = sum(word.weight * asked[word] * strength for word, strength in own.items())
            second = max((scores[other] for other in running if other != number), default=0.0)
            signals = (
                heard / total,
                min(heard, MOST_FOUND),
                (scores[number] - second) / total,
                base,
                max(base, 0.0),
                max(base, 0.0) * alike,
                max(base, 0.0) * (self._kinship(number, first[0], read) if first is not None and base > 0 else 0.0),
                max(fuzz.ratio(query, plain) for plain in self._plain[number]) / 100,
                min(sum(word.weight for word, strength in own.items() if strength >= CLEAR_HIT and not word.known), MOST_STRANGE),
                float(len(asked)),
                min(total - heard, MOST_LEFT),
                self._subject(number, concepts, themes),
                asking,
                float(min(sum(strength >= HIT and word.weight > RARE for word, strength in own.items()), MOST_HITS)),
                min(sum(word.weight for word in elsewhere if word not in own), MOST_STRANGE),
                float(total < LITTLE_SAID),
            )  # fmt: skip
            counted = tuple(
                (said[word], round(word.weight * asked[word] * strength, 3)) for word, strength in own.items()
            )
            found.append(Found(number, signals, counted))
        return found

    def _kinship(self, number: int, other: int, read: Read) -> float:
        """Return how far the base takes what a claim says for a question about `other`, one of its own, from 0 to 1."""
        return self._read_as(number, read)[0].get(other, 0.0)

    def kin(self, other: int, read: Read) -> int | None:
        """Return the claim that is about the same as `other`, one of the base's, as the base reads what it says; None for none."""
        shares = {number: self._read_as(number, read)[1].get(other, 0.0) for number in self._own_lines}
        best = max(shares, key=lambda number: (shares[number], -number), default=None)
        return best if best is not None and shares[best] >= LEAST_KIN else None

    def _read_as(self, number: int, read: Read) -> tuple[Mapping[int, float], Mapping[int, float]]:
        """Return which of its claims the base takes a claim's lines for: how surely at best, and on average."""
        found = self._kin.get(number)
        if found is None:
            most: dict[int, float] = {}
            mean: dict[int, float] = {}
            lines = self._own_lines[number]
            for line in lines:
                for place, (claim, confidence) in enumerate(read(line)):
                    most[claim] = max(most.get(claim, 0.0), confidence)
                    if not place:
                        mean[claim] = mean.get(claim, 0.0) + confidence / len(lines)
            found = self._kin[number] = (most, mean)
        return found

    def _hits(self, word: Word) -> dict[int, float]:
        """Return the claims that have a word, or one like it, and how much it counts in each."""
        found = dict(self._direct.get(word.stem, ()))
        for number, strength in self._means.get(word.concept, {}).items():
            found[number] = max(found.get(number, 0.0), SAME * strength)
        for number, strength in self._near.get(word.stem, {}).items():
            found[number] = max(found.get(number, 0.0), strength)
        return found

    def _subject(self, number: int, concepts: Collection[str], themes: Collection[int]) -> float:
        """Return how much of a claim's title, or of a wording of it, a question names: of that which it names best."""
        names = {word: self._name(word, concepts, themes) for word in self._named[number]}
        return max(
            (sum([word.weight * names[word] for word in key]) / total for key, total in self._keys[number]), default=0.0
        )

    def _name(self, word: Word, concepts: Collection[str], themes: Collection[int]) -> float:
        """Return how far a word of a title is named: by itself, or by what comes up where it does."""
        if word.concept in concepts:
            return 1.0
        shared = [theme for theme in self._themes.of.get(word.stem, ()) if theme in themes]
        if not shared:
            return 0.0
        return BY_NAME if any(self._themes.stems[theme][word.stem] for theme in shared) else BY_COMPANY


_EVEN_ODDS = log(EVEN / (1 + EVEN))


def _rarity(weight: float, heaviest: float) -> float:
    """Return how rare a feature of that weight is in the base: 0 where all claims have it, 1 where none has."""
    most = heaviest ** (1 / POWER) - 1
    return min(max((weight ** (1 / POWER) - 1) / most, 0.0), 1.0) if most > 0 else 1.0


def _said_once(claim: Claim) -> frozenset[str]:
    """Return the stems that stand in one of a claim's many wordings, and not in its title: said by the way."""
    if len(claim.questions) < MANY:
        return frozenset()
    title = {stem(word) for word in words(clean(claim.title))}
    counts = Counter(chain.from_iterable({stem(word) for word in words(clean(each))} for each in claim.questions))
    return frozenset(each for each, count in counts.items() if count == 1 and each not in title)


def _texts(claim: Claim) -> list[tuple[str, float]]:
    """Return all that stands in a claim, with what its words count."""
    return [
        *((question, SAID) for question in claim.questions),
        (claim.title, SAID),
        (claim.claim, STATED),
        (lead_of(claim), STATED),
        *((without_references(text), EXPLAINED) for text in (claim.answer, claim.why, *claim.do, *claim.avoid)),
    ]
