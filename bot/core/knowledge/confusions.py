"""Which questions sound like another claim's: each is asked of a matcher that has never seen it.

A question that stands in the knowledge finds itself; the test is what becomes of one that does not. So the questions
are dealt out into folds, and each fold is asked of a matcher fitted without it (cross-validation: Stone, Journal of
the Royal Statistical Society B 36, 1974, 111-147).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Protocol

from bot.core.intervals import Share
from bot.core.matching import build
from bot.core.model import Claim, Knowledge, Ranking
from bot.core.text import normalise, stem

FOLDS = 5
MOST_WORDS = 4
SHORTEST_WORD = 3
STRONG = 0.08
"""A word counts as telling two claims apart from this excess of its share among one's questions, scaled by rarity."""


class Ranker(Protocol):
    """Anything that ranks claims for a text, such as a `Matcher`."""

    def rank(self, text: str) -> Ranking:
        """Return the best claims for a text, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Confusion:
    """`questions` of the claim `asked`, of `of` it has, that a matcher without them takes for `taken_for`'s.

    `shared` are words of theirs that speak for the other claim; `telling` words that mark `asked` and that they lack.
    """

    asked: str
    taken_for: str
    questions: tuple[str, ...]
    of: int
    shared: tuple[str, ...]
    telling: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """What a cross-validation found, the most frequent confusions first.

    `first`: questions whose topic came first though they were unseen; `within_three`: whose topic was among the first
    three claims'; `single`: claims with one question, which cannot be held back.
    """

    first: Share
    within_three: Share
    confusions: tuple[Confusion, ...]
    single: tuple[str, ...]


def cross_check(
    knowledge: Knowledge,
    folds: int = FOLDS,
    *,
    fit: Callable[..., Ranker] = build,
    on_fold: Callable[[int], None] = lambda _: None,
) -> CrossCheck:
    """Return what `folds` fits say of the knowledge's own questions; deterministic.

    A confusion is one between topics: claims of one topic answer each other's questions well enough. `on_fold` hears
    the number of each fold when it is done. Raises ValueError for fewer than two folds.
    """
    if folds < 2:  # noqa: PLR2004 -- one fold would hold everything back
        raise ValueError("At least two folds are needed.")
    judged = [claim for claim in knowledge.claims.values() if len(claim.questions) > 1]
    took: dict[tuple[str, str], list[str]] = {}
    first = within_three = 0
    for fold in range(folds):
        matcher = _fitted_without(fold, folds, knowledge, fit)
        for claim, question in _held_back(fold, folds, judged):
            matches = matcher.rank(question).matches
            topics = [match.topic for match in matches]
            within_three += claim.topic in topics[:3]
            if topics[:1] == [claim.topic]:
                first += 1
            elif matches:
                took.setdefault((claim.id, matches[0].claim), []).append(question)
        on_fold(fold)
    total = sum(len(claim.questions) for claim in judged)
    words = _Words(knowledge)
    ordered = sorted(took.items(), key=lambda item: (-len(item[1]), item[0]))
    return CrossCheck(
        first=Share(first, total),
        within_three=Share(within_three, total),
        confusions=tuple(
            Confusion(
                asked,
                other,
                tuple(questions),
                len(knowledge.claims[asked].questions),
                words.shared(asked, other, questions),
                words.telling(asked, other, questions),
            )
            for (asked, other), questions in ordered
        ),
        single=tuple(claim.id for claim in knowledge.claims.values() if len(claim.questions) == 1),
    )


def _fold_of(claim_number: int, question_number: int, folds: int, count: int) -> int:
    """Return a question's fold. A claim's questions are spread evenly, and small claims do not all empty fold 0."""
    return (claim_number + question_number) % min(folds, count)


def _held_back(fold: int, folds: int, judged: Sequence[Claim]) -> Iterator[tuple[Claim, str]]:
    for number, claim in enumerate(judged):
        count = len(claim.questions)
        for i, question in enumerate(claim.questions):
            if _fold_of(number, i, folds, count) == fold:
                yield claim, question


def _fitted_without(fold: int, folds: int, knowledge: Knowledge, fit: Callable[..., Ranker]) -> Ranker:
    held: dict[str, set[str]] = {}
    judged = [claim for claim in knowledge.claims.values() if len(claim.questions) > 1]
    for claim, question in _held_back(fold, folds, judged):
        held.setdefault(claim.id, set()).add(question)
    claims = []
    for claim in knowledge.claims.values():
        kept = tuple(question for question in claim.questions if question not in held.get(claim.id, ()))
        claims.append(replace(claim, questions=kept) if kept else claim)
    return fit(claims, vocabulary=knowledge.vocabulary, out_of_scope=knowledge.out_of_scope)


class _Words:
    """Which words mark which claim, counted over the knowledge's questions."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._used: dict[str, dict[str, float]] = {}
        self._spelt: dict[str, str] = {}
        claims_with: dict[str, int] = {}
        for claim in knowledge.claims.values():
            shares: dict[str, float] = {}
            for question in claim.questions:
                for key in self._keys(question):
                    shares[key] = shares.get(key, 0.0) + 1 / len(claim.questions)
            self._used[claim.id] = shares
            for key in shares:
                claims_with[key] = claims_with.get(key, 0) + 1
        total = len(knowledge.claims)
        self._rarity: Mapping[str, float] = {key: log((1 + total) / count) for key, count in claims_with.items()}

    def shared(self, asked: str, other: str, questions: Sequence[str]) -> tuple[str, ...]:
        """Return words of `questions` that speak for `other` rather than `asked`, the strongest first."""
        present = {key for question in questions for key in self._keys(question)}
        return self._strongest({key: self._lead(other, asked, key) for key in present})

    def telling(self, asked: str, other: str, questions: Sequence[str]) -> tuple[str, ...]:
        """Return words that mark `asked` against `other` and stand in none of `questions`, the strongest first."""
        present = {key for question in questions for key in self._keys(question)}
        return self._strongest({key: self._lead(asked, other, key) for key in self._used[asked] if key not in present})

    def _lead(self, one: str, other: str, key: str) -> float:
        ours, theirs = self._used[one].get(key, 0.0), self._used[other].get(key, 0.0)
        return (ours - theirs) * self._rarity[key]

    def _strongest(self, leads: Mapping[str, float]) -> tuple[str, ...]:
        strong = sorted((key for key, lead in leads.items() if lead > STRONG), key=lambda key: (-leads[key], key))
        return tuple(self._spelt[key] for key in strong[:MOST_WORDS])

    def _keys(self, question: str) -> set[str]:
        """Return the stems of a question's words, remembering one spelling of each (the first met)."""
        keys = set()
        for word in normalise(question).split():
            if len(word) >= SHORTEST_WORD:
                key = stem(word)
                self._spelt.setdefault(key, word)
                keys.add(key)
        return keys
