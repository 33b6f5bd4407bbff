"""The checks that changed knowledge must pass before it takes the place of what is in use."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.core.model import Outcome
from bot.core.text import normalise
from bot.sentences import say
from bot.service.answerer import WARNING_SIGNS
from bot.service.service import Service

TRIED_PER_CLAIM = 3
FEWEST_FOUND = 0.8
"""The share of a knowledge's own questions that must find their own topic: the matcher was fitted to them, so that less
than this means a knowledge that contradicts itself."""


MOST_TRIED = 1_000
"""Wordings that are tried through the whole decision: some of each claim, all of them where there are fewer."""
MOST_LOST = 0.02
"""The share of the wordings answered before that changed knowledge may lose."""


@dataclass(frozen=True, slots=True)
class Tried:
    """Wordings of claims, each with the claim's id, and those of them that are answered with it."""

    asked: tuple[tuple[str, str], ...]
    answered: frozenset[tuple[str, str]]

    @property
    def share(self) -> float:
        """The share answered; 1.0 where nothing was asked."""
        return len(self.answered) / len(self.asked) if self.asked else 1.0

    def line(self) -> str:
        """Return one sentence for whoever writes the knowledge."""
        said = say(
            "moderators.reload.answered_as_written",
            count=len(self.answered),
            tried=len(self.asked),
            share=self.share,
        )
        missed = [pair for pair in self.asked if pair not in self.answered]
        if not missed:
            return said
        claim, question = missed[0]
        return say(
            "moderators.reload.first_that_is_not", said=said, question=" ".join(question.split())[:80], claim=claim
        )


def own_wordings(service: Service, most: int = MOST_TRIED) -> tuple[tuple[str, str], ...]:
    """Return claim ids and wordings of theirs, at most about `most` in all and one of each claim at least, spread evenly.

    What two claims share word for word is left out: `legpress check` tells of it.
    """
    claims = service.knowledge.claims.values()
    owners: dict[str, set[str]] = {}
    for claim in claims:
        for question in claim.questions:
            owners.setdefault(normalise(question), set()).add(claim.id)
    each = max(most // max(len(claims), 1), 1)
    found: list[tuple[str, str]] = []
    for claim in claims:
        own = [
            question for question in claim.questions if len(owners[normalise(question)]) == 1 and normalise(question)
        ]
        step = max(len(own) / each, 1.0)
        found += [(claim.id, own[int(i * step)]) for i in range(min(each, len(own)))]
    return tuple(found)


def tried(
    service: Service, asked: tuple[tuple[str, str], ...] | None = None, told: Callable[[float], None] = lambda _: None
) -> Tried:
    """Ask wordings of claims as members do, each for itself, and say which are answered with their claim.

    `told` hears how far it is, from 0 to 1.
    """
    asked = own_wordings(service) if asked is None else asked
    answered = set()
    for number, (claim, question) in enumerate(asked):
        told(number / len(asked))
        answer, _ = service.ask(question)
        if claim in {answer.claim, *answer.also}:
            answered.add((claim, question))
    return Tried(asked, frozenset(answered))


def _lost(new: Service, old: Service) -> str:
    """Return a sentence where changed knowledge no longer answers too much of what was answered before; "" where it does.

    Wordings count that stand in both; those of claims that were taken out on purpose do not.
    """
    kept = tuple(
        (claim, question)
        for claim, question in own_wordings(old)
        if claim in new.knowledge.claims and question in new.knowledge.claims[claim].questions
    )
    before = tried(old, kept).answered
    after = tried(new, tuple(pair for pair in kept if pair in before)).answered
    lost = [pair for pair in kept if pair in before and pair not in after]
    if len(lost) <= MOST_LOST * len(before):
        return ""
    claim, question = lost[0]
    return say(
        "moderators.reload.not_any_more",
        count=len(lost),
        of=len(before),
        question=" ".join(question.split())[:80],
        claim=claim,
    )


def faults_of(new: Service, old: Service | None = None) -> list[str]:
    """Return one sentence for each reason not to use `new`, none where it is fit for use; `old` is in use now."""
    faults: list[str] = []
    found = tried = 0
    for claim in new.knowledge.claims.values():
        answer = new.show_claim(claim.id)
        if answer is None or not answer.text.strip():
            faults.append(say("moderators.reload.cannot_be_shown", id=claim.id))
        for question in claim.questions[:TRIED_PER_CLAIM]:
            matches = new.rank(question).matches
            tried += 1
            found += bool(matches) and matches[0].topic == claim.topic
    if tried and found < FEWEST_FOUND * tried:
        faults.append(say("moderators.reload.few_find_their_topic", found=found, tried=tried))
    if old is not None and not faults and not old.reading and (lost := _lost(new, old)):
        faults.append(lost)
    if old is not None and WARNING_SIGNS in old.knowledge.claims and WARNING_SIGNS not in new.knowledge.claims:
        faults.append(say("moderators.reload.missing", warning_signs=WARNING_SIGNS))
    elif WARNING_SIGNS in new.knowledge.claims and new.warning_signs().outcome is not Outcome.ANSWER:
        faults.append(say("moderators.reload.cannot_be_shown_2", warning_signs=WARNING_SIGNS))
    return faults
