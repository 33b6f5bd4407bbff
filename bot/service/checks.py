"""What a change would do before it is live: where the new questions go, and which known ones would go elsewhere."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from bot.core.model import Outcome
from bot.core.text import clean, stem, words
from bot.sentences import say
from bot.service.known import Known
from bot.service.service import Service

MOST_TRIED = 400
"""Known questions tried, those that share most with what changes."""
STORY, MOST_STORIES = 30, 20
"""Different words of a known question that tells a story, and how many of those are tried: they have a word of everything, and take long."""
MOST_MOVED = 20
MOST_SECONDS = 2.0
"""After that long the new questions are left, and after as long again the known ones: the preview tells what it found."""
MOST_OVERLAPS, FEWEST_SHARED = 2, 2
"""Claims that are named as saying something of the same thing, and the wordings that each answers at least."""
LEAST_FOUND, MOST_TAKEN = 2 / 3, 0.01
"""Below and above these shares a change is published only with a second yes."""
_COMMON = 0.2
"""A word in more than this share of all questions says nothing about which of them a change may touch."""


@dataclass(frozen=True, slots=True)
class QuestionCheck:
    """What one of a changed claim's questions would get. `good`: this claim, or for an out-of-scope wording no answer."""

    question: str
    claim: str
    outcome: Outcome
    matched: str | None
    confidence: float
    good: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A known question that went to its own claim and would go to another one, or (None) get no answer any more."""

    question: str
    owner: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that the checks of one change found."""

    questions: tuple[QuestionCheck, ...]
    moved: tuple[Moved, ...]
    moved_more: int
    notes: tuple[str, ...]
    likely: tuple[QuestionCheck, ...] = ()
    """How members are likely to ask about the one claim that the change is about."""
    unlike: tuple[QuestionCheck, ...] = ()
    """Ways of asking for that claim which were not made from its words, nor known to it when they were tried."""
    taken: int = 0
    """How many known questions of other claims would go to the changed ones."""
    known: int = 0
    """How many questions the other claims are known by."""

    @property
    def is_hard_to_find(self) -> bool:
        """Whether the claim answers less than two thirds of what members are likely to type."""
        return sum(each.good for each in self.likely) < LEAST_FOUND * len(self.likely)

    @property
    def overlaps(self) -> tuple[tuple[str, int], ...]:
        """The claims that answer several of the wordings that were tried, alone or first, and how many: at most two, most first."""
        counts = Counter(
            each.matched
            for each in (*self.questions, *self.likely)
            if each.outcome is Outcome.ANSWER and each.matched is not None and each.matched != each.claim
        )
        return tuple((claim, count) for claim, count in counts.most_common(MOST_OVERLAPS) if count >= FEWEST_SHARED)

    @property
    def takes_much(self) -> bool:
        """Whether more than one in a hundred of the known questions would be taken from other claims."""
        return self.taken > MOST_TAKEN * self.known


def check(
    before: Service,
    after: Service,
    new_questions: Mapping[str, Iterable[str]],
    out_of_scope: Iterable[str] = (),
    *,
    likely: Mapping[str, Iterable[str]] = MappingProxyType({}),
    clock: Callable[[], float] = time.monotonic,
) -> Findings:
    """Compare two services. `new_questions`: by claim id, the wordings whose way the change is about.

    `likely`: by claim id, how members are likely to ask.
    """
    until = clock() + MOST_SECONDS
    tried: list[Callable[[], QuestionCheck]] = [
        partial(checked, after, claim, question) for claim, questions in new_questions.items() for question in questions
    ]
    tried += [partial(_checked_outside, after, question) for question in out_of_scope]
    checks: list[QuestionCheck] = []
    for each in tried:
        if checks and clock() > until:
            break
        checks.append(each())
    # The known questions that may move get as long again.
    until = clock() + MOST_SECONDS
    gone = [claim for claim in before.knowledge.claims if claim not in after.knowledge.claims]
    texts = [check.question for check in checks]
    texts += [question for claim in gone for question in before.knowledge.claims[claim].questions]
    moved = _moved(before, after, texts, lambda: clock() > until)
    return Findings(
        tuple(checks),
        tuple(moved[:MOST_MOVED]),
        max(0, len(moved) - MOST_MOVED),
        (*_notes(after, new_questions), *_not_tried(len(tried) - len(checks))),
        tuple(checked(after, claim, question) for claim, questions in likely.items() for question in questions),
        taken=sum(each.after in new_questions for each in moved),
        known=sum(len(claim.questions) for claim in before.knowledge.claims.values() if claim.id not in new_questions),
    )


def _not_tried(left: int) -> Iterable[str]:
    if left:
        yield say("moderators.checks.not_tried", left=left)


def checked(service: Service, claim: str, question: str) -> QuestionCheck:
    """Return what a wording gets that should go to a claim."""
    answer, _ = service.ask(question)
    title = _title(service, answer.claim)
    good = False
    if answer.outcome is Outcome.STOP:
        sentence = say("moderators.checks.stopped")
    elif answer.claim == claim or claim in answer.also:
        good, sentence = True, "Goes here."
    elif answer.outcome is Outcome.ANSWER:
        sentence = f"Goes to {title}."
    elif claim in answer.suggestions and answer.outcome is Outcome.SUGGEST:
        sentence = say("moderators.checks.offered")
    else:
        sentence = say("moderators.checks.no_answer")
    return QuestionCheck(question, claim, answer.outcome, answer.claim, answer.confidence, good, sentence)


def checked_unlike(
    after: Service,
    claim: str,
    wordings: Iterable[str],
    without: Callable[[str], Service],
    *,
    is_late: Callable[[], bool],
) -> tuple[QuestionCheck, ...]:
    """Return what wordings get that the claim does not know: one that it has is asked `without` it. Ends early where it `is_late`."""
    known = after.knowledge.claims[claim].questions
    found: list[QuestionCheck] = []
    for each in wordings:
        if is_late():
            break
        found.append(checked(without(each) if each in known else after, claim, each))
    return tuple(found)


def _checked_outside(service: Service, question: str) -> QuestionCheck:
    answer, _ = service.ask(question)
    good = answer.outcome is Outcome.DECLINE
    if good:
        sentence = say("moderators.checks.no_answer_as_wished")
    elif answer.outcome is Outcome.STOP:
        sentence = say("moderators.checks.stopped_still")
    elif answer.outcome is Outcome.ANSWER:
        sentence = f"Still goes to {_title(service, answer.claim)}."
    else:
        sentence = "Still gets suggestions."
    return QuestionCheck(question, "", answer.outcome, answer.claim, answer.confidence, good, sentence)


def _moved(before: Service, after: Service, texts: list[str], is_late: Callable[[], bool]) -> list[Moved]:
    moved: list[Moved] = []
    stories = 0
    for each in _touched(list(before.known_wordings()), texts):
        if is_late():
            break
        if _stays(before, after, each):
            continue
        stories += len(each.stems) > STORY
        if len(each.stems) > STORY and stories > MOST_STORIES:
            continue
        will = _goal(after, each.question)
        if will == each.claim:
            continue  # nearly all; what it was need not be known
        was = _goal(before, each.question)
        if was == each.claim:
            moved.append(Moved(each.question, each.claim, was, will))
    return moved


def _stays(before: Service, after: Service, known: Known) -> bool:
    """Say whether a wording certainly stays with its claim: to rank hundreds of them would take a second."""
    same = before.knowledge.claims.get(known.claim) is after.knowledge.claims.get(known.claim)
    return same and after.matcher.keeps(known.question, known.claim)


def _goal(service: Service, question: str) -> str | None:
    """Return the claim that the matcher would answer with, None where it is not sure."""
    ranking = service.rank(question)
    return ranking.matches[0].claim if ranking.sure and ranking.matches else None


def _touched(known: Sequence[Known], texts: list[str]) -> list[Known]:
    """Return the known questions that share uncommon words with `texts`, those that share most first."""
    asked = {each for text in texts for each in map(stem, words(clean(text)))}
    places: dict[str, list[int]] = {each: [] for each in asked}
    for i, each in enumerate(known):
        for found in asked.intersection(each.stems):
            places[found].append(i)
    shared: dict[int, float] = defaultdict(float)
    for rows in places.values():
        if rows and len(rows) <= _COMMON * len(known):
            for i in rows:
                shared[i] += 1 / len(rows)
    return [known[i] for i in sorted(shared, key=lambda i: (-shared[i], i))[:MOST_TRIED]]


def _notes(service: Service, new_questions: Mapping[str, Iterable[str]]) -> Iterable[str]:
    asked = {clean(question).strip() for questions in new_questions.values() for question in questions}
    owners: dict[str, dict[str, None]] = defaultdict(dict)
    for each in service.known_wordings():
        if each.plain in asked:
            owners[each.plain][each.claim] = None
    for claim_id, questions in new_questions.items():
        for question in questions:
            others = [claim for claim in owners[clean(question).strip()] if claim != claim_id]
            if others:
                title = service.knowledge.claims[others[0]].title
                yield say("moderators.checks.stands_elsewhere", question=question, title=title)


def _title(service: Service, claim: str | None) -> str:
    found = None if claim is None else service.knowledge.claims.get(claim)
    return "another claim" if found is None else f"“{found.title}”"
