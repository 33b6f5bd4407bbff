"""What goes on from the last answer: asks each that reads such messages, the surest first."""

from dataclasses import replace
from functools import partial

from bot.core import followup
from bot.core.answering import MOST_SUGGESTIONS, Leads, said_first
from bot.core.asking import FIGURES, Asked, Kind, leads_of
from bot.core.claim_lines import all_texts, speaks_of
from bot.core.conversation import Conversation
from bot.core.earlier import MOST_WORDS, Earlier
from bot.core.following import FEW_OWN
from bot.core.lead import lead_of
from bot.core.model import Answer, Claim, Outcome, Ranking
from bot.core.readings import LEADS
from bot.core.safety import Screening
from bot.core.weighing import NONE, Evidence
from bot.sentences import say
from bot.service.basis import Basis
from bot.service.few_words import InFewWords
from bot.service.for_them import ForThem
from bot.service.onward import Onward
from bot.service.pointed import PointedAt
from bot.service.weighed import WeighedTurns

CHOICE = f"{Kind.CHOICE}: "

GOES_ON = {
    followup.Kind.REFUSAL: say("card.follow_ups.goes_on_refusal"),
    followup.Kind.NEXT: say("card.follow_ups.goes_on_next"),
}
"""What is said before what stands beside the last answer."""


def gave_of(answer: Answer, last: str) -> str:
    """Return the claim that an answer to a message after the claim `last` gave; NONE for none. What stands beside the last, or is left of it, is of it."""
    goes_on = answer.outcome is Outcome.SUGGEST and (answer.focus or answer.reader)
    return answer.claim or (last if goes_on else NONE)


class FollowUps:
    """Answers what goes on from an answer, on one state of the knowledge. Fixed once made."""

    def __init__(self, basis: Basis, for_them: ForThem) -> None:
        """Answer from what is on `basis`; `for_them` knows what a complaint changes."""
        self._basis = basis
        self._knowledge = basis.knowledge
        self._matcher = basis.matcher
        self._going_on = basis.going_on
        self._answer_with = basis.show
        self._for_them = for_them
        self._onward = Onward(basis)
        self._pointed_at = PointedAt(basis)
        self._few_words = InFewWords(basis)
        self._earlier = Earlier(basis.going_on.following)
        self._weighed = WeighedTurns(basis)

    def asks_for_a_doctor(self, text: str) -> bool:
        """Say whether a message only asks whether a doctor should see it."""
        return self._onward.asks_for_a_doctor(text)

    def is_reassured(self, text: str) -> bool:
        """Say whether a message only tells that somebody looked at it and found nothing grave."""
        return self._few_words.is_reassured(text)

    def wanted(self, asked: Asked | None, follow: followup.FollowUp, before: str) -> Asked | None:
        """Return what is asked for: of what a question for a figure is put to ("and on a hack squat?"), the figure."""
        if follow.kind is not followup.Kind.ASPECT or (asked is not None and asked.kind is not Kind.WHAT):
            return asked
        figure = self._basis.asked(before)
        return Asked(figure.kind) if figure is not None and figure.kind in FIGURES else asked

    def at_once(
        self, question: str, text: str, last: Claim, heard: Conversation, screening: Screening
    ) -> Answer | None:
        """Return the answer to a message that goes on from the answer `last` whatever its words lead to by themselves; None for any other."""
        rest = followup.behind_refusal(text, self._going_on.following.asks)
        if rest:
            on = self.at_once(question, rest, last, heard, screening)
            if on is not None:
                return on
        few = self._few_words.answer(question, text, last, heard, screening)
        if few is not None:
            return replace(few, reader="few")
        leaves_out, follow = self._going_on.leaves_out(text), followup.read(text)
        if self._onward.asks_of_it(text) and not leaves_out:
            on = self._onward.added(
                question, text, last, heard.before, ranking=self._matcher.rank(text), screening=screening
            )
            if on is not None:
                return replace(on, reader="of_it")
        pointed = self._pointed(question, text, screening, heard, last)
        if pointed is not None:
            return replace(pointed, reader="pointed")
        if follow.kind is followup.Kind.PART or leaves_out:
            focus = follow.focus if follow.kind is followup.Kind.PART else "avoid"
            on = self._answer_with(last.id, question, self._matcher.rank(text), screening, focus)
            return replace(on, reader="part")
        kind = follow.kind
        if self._basis.touches(last) and self._going_on.stays(text):
            kind = followup.Kind.NEXT
        if kind not in GOES_ON:
            return None
        return replace(self._onward.beside(question, text, last, GOES_ON[kind], screening), reader="next")

    def is_strange(self, text: str, alone: Ranking, found: Ranking) -> bool:
        """Say whether the claim that was `found` beside the last answer speaks of nothing that a message puts it to ("what about straps").

        What leads there `alone`, too, is no stranger.
        """
        read = self._going_on.read(text)
        if read is not None and read.line[0] in self._going_on.following.meant_for:
            return False  # "for bigger legs" only adds what it is for
        near = [match.claim for match in alone.matches[:1] if match.confidence >= LEADS]
        if (
            read is None
            or not read.own
            or not found.sure
            or found.matches[0].claim in near
            or followup.read(text).kind is not followup.Kind.ASPECT
        ):
            return False
        claim = self._knowledge.claims[found.matches[0].claim]
        return not speaks_of(all_texts(claim), read.own, self._matcher.concepts)

    def by_itself(self, question: str, text: str, last: Claim, ranking: Ranking, screening: Screening) -> Answer | None:
        """Return the answer to what goes on from the answer `last` in words that name little; None where the message stands by itself."""
        on = self._onward.answer(question, text, last, ranking, screening)
        return None if on is None else replace(on, reader="on")

    def added(
        self, question: str, text: str, last: Claim, before: str, *, ranking: Ranking, screening: Screening
    ) -> Answer | None:
        """Return the answer to what a message only adds to the last question: a complaint of theirs, or what tells no more of it."""
        better = self._for_them.steered(
            text, ranking, last, states=self._onward.states(text), hurts=self._onward.hurts(text)
        )
        if better:
            leads = partial(self._basis.opens, asked=self._basis.asked(before))
            return self._answer_with(better, question, ranking, screening, leads=leads)
        if ranking.own or self._basis.about.named(text):
            return None
        on = self._onward.added(question, text, last, before, ranking=ranking, screening=screening)
        return None if on is None else replace(on, reader="adds")

    def evidence(self, text: str, last: Claim, before: str, *, gave: str, reader: str) -> dict[str, Evidence]:
        """Return what speaks for each claim that a message after the answer `last` may be about; `gave`: the one that a `reader` by form would answer."""
        return self._weighed.evidence(text, last, before, gave=gave, reader=reader)

    def weighed(
        self,
        gave: Answer,
        text: str,
        last: Claim,
        before: str,
        *,
        ranking: Ranking,
        screening: Screening,
        leads: Leads,
    ) -> Answer | None:
        """Return the answer with the claim that a message is clearly about in place of what it `gave`; None for none.

        `ranking`: what the message is by itself; `leads`: a claim's first line for it.
        """
        found = self._weighed.instead(text, last, before, gave=gave_of(gave, last.id), reader=gave.reader)
        if found is None:
            return None
        if found.claim == last.id:
            answer = self._onward.stays(gave.question, text, last, ranking, screening)
        else:
            answer = self._answer_with(found.claim, gave.question, ranking, screening, leads=leads)
        return replace(answer, weighed=found, reader=gave.reader)

    def possible(self, text: str, last: Claim, before: str) -> list[str]:
        """Return the claims that a message after the answer `last` may be about where nothing is clear, at most three."""
        return self._weighed.possible(text, last, before)[:MOST_SUGGESTIONS]

    def _pointed(
        self, question: str, text: str, screening: Screening, heard: Conversation, last: Claim
    ) -> Answer | None:
        """Return the answer to a message that only points at what was said, by the bot or by its member; None for any other."""
        ranking = self._matcher.rank(text)
        held = heard.held
        on = self._pointed_at.answer(
            question, text, last, heard.before, held=held, ranking=ranking, screening=screening
        )
        if on is not None:
            return on
        read = self._going_on.read(text)
        picked = self._picked(question, text, last, heard, screening)
        if picked is not None:
            return picked
        if read is None or not read.own or len(read.own) > FEW_OWN or len(text.split()) > MOST_WORDS:
            return None
        part = self._earlier.part_with(read.own, [said for _, said in heard.texts[:-1]])
        theirs = self._matcher.rank(part) if part else None
        found = ranking.matches[0].claim if ranking.sure else ""
        if theirs is None or not theirs.sure or found in {last.id, theirs.matches[0].claim}:
            return None
        claim, asks = self._knowledge.claims[theirs.matches[0].claim], self._earlier.with_it(text, read.own, part)
        if self._onward.asks_of_it(asks):
            on = self._onward.added(question, asks, claim, part, ranking=self._matcher.rank(asks), screening=screening)
            if on is not None:
                return on
        if self._basis.asks(asks):
            return None
        return self._answer_with(claim.id, question, ranking, screening, "do" if claim.id == last.id else "")

    def _picked(
        self, question: str, text: str, last: Claim, heard: Conversation, screening: Screening
    ) -> Answer | None:
        """Return the choice between what was asked before the last answer ("so which one"); None where there is none to make."""
        read = self._going_on.read(text)
        if (
            read is None
            or read.own
            or not self._going_on.picks(text)
            or any(lead.startswith(CHOICE) for lead in last.leads)
        ):
            return None
        texts = [said for _, said in heard.texts[:-1]]
        for number, said in reversed(list(enumerate(texts))):
            asked = self._basis.asked(said)
            if asked is not None and asked.kind is Kind.CHOICE:
                ranking = self._matcher.rank(" ".join(texts[number:]))
                if not ranking.sure:
                    ranking = self._matcher.rank(said)
                claim = self._knowledge.claims[ranking.matches[0].claim] if ranking.sure else None
                if claim is None:
                    return None
                line = leads_of(claim).get(Kind.CHOICE, "")
                return said_first(
                    self._answer_with(claim.id, question, ranking, screening, "do"), line or lead_of(claim)
                )
        return None
