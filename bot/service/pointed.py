"""What is answered to a message that only points at what was said: in the last answer's own lines."""

from collections.abc import Sequence

from bot.core.answering import said_first
from bot.core.asking import FIGURES, Kind, leads_of
from bot.core.claim_lines import all_texts, literally, speaks_of
from bot.core.following import lines_of
from bot.core.going_on import Act, Read
from bot.core.lead import lead_of
from bot.core.model import Answer, Claim, Ranking
from bot.core.pointing import Pointed, Pointing, Points, lies_in
from bot.core.safety import Screening
from bot.sentences import say
from bot.service.basis import Basis
from bot.service.for_them import ASK_THAT_TOO, IN_ITS_PLACE
from bot.service.onward import A_DOCTORS, THE_SAME

THEIRS_TO_SAY = say("card.pointed.theirs_to_say")
NO_CAUSE = say("card.pointed.no_cause")
THAT_FITS = "That fits:"
HOW_MANY_SETS = "how many sets and reps on the leg press"
ANOTHER_EXERCISE = "Another exercise"
DOWN_THE_LEG = "pain-down-the-leg"


class PointedAt:
    """Answers what only points at an answer, on one state of the knowledge. Fixed once made."""

    def __init__(self, basis: Basis) -> None:
        """Answer from what is on `basis`."""
        self._basis = basis
        self._knowledge = basis.knowledge
        self._matcher = basis.matcher
        self._going_on = basis.going_on
        self._pointing = Pointing(basis.going_on.listed)
        self._about = basis.about
        self._show = basis.show
        self._touches = basis.touches

    def answer(
        self,
        question: str,
        text: str,
        last: Claim,
        before: str,
        *,
        held: Sequence[str],
        ranking: Ranking,
        screening: Screening,
    ) -> Answer | None:
        """Return the answer to a message that only points at the answer `last`; None for any other.

        `held`: the conditions of its member that nobody allowed, `ranking`: what it is by itself.
        """
        figure = "" if ranking.sure else self._cards_figure(last, text)
        if figure:
            return said_first(self._show(last.id, question, ranking, screening, "do"), figure)
        pointed = self._pointing.read(text)
        if pointed is None or self._about.named(text):
            return None
        if pointed.sets is not None:
            last = self._on_sets(last)
        found = ranking.matches[0].claim if ranking.sure else ""
        beside = found in last.related
        if pointed.points is Points.RADIATES:
            return self._down_the_leg(question, last, held, ranking, screening)
        if pointed.points is Points.INSTEAD:
            return self._instead(question, held, ranking, screening)
        if pointed.points is Points.HEARSAY:
            elsewhere = found not in {"", last.id} and self._knowledge.claims[found].topic != last.topic
            of_them = last.id in self._about.claims and elsewhere  # a coach's word on a condition goes on from its card
            stands = beside or (pointed.coach and found not in {"", last.id} and not of_them)
            says = "" if stands or not self._speaks(last, pointed.own) else self._against_hearsay(last, before)
        elif pointed.points is Points.SETTLES:
            says = self._settled(last) if self._speaks_in_title(last, pointed.own) else ""
        elif pointed.points is Points.CONFIRMS:
            says = self._basis.first(last, before)
        elif pointed.points is Points.FIGURE:
            stands = found not in {"", last.id} and pointed.sets is None and (beside or not self._was_figure(before))
            says = "" if stands else self._on_figure(pointed, last)
        elif pointed.points is Points.RETURNS:
            says = self._returning(last) if self._touches(last) else ""
        elif pointed.points is Points.GUESSES:
            says = self._on_guess(pointed, last) if self._touches(last) and not beside else ""
        else:
            leads = leads_of(last)
            says = "" if beside else leads.get(Kind.CHOICE, "") or lead_of(last)
        if not says:
            return None
        return said_first(self._show(last.id, question, ranking, screening, "do" if last.do else "why"), says)

    def _speaks(self, last: Claim, own: Sequence[str]) -> bool:
        return not own or self._basis.speaks_of(last, " ".join(own))

    def _speaks_in_title(self, last: Claim, own: Sequence[str]) -> bool:
        return speaks_of([last.title], own, literally) == len(own)

    @staticmethod
    def _settled(last: Claim) -> str:
        """Return what a claim says to the choice of one thing that it is about; "" where it is about no choice."""
        return leads_of(last).get(Kind.CHOICE, "")

    def _against_hearsay(self, last: Claim, before: str) -> str:
        """Return what stays true, whoever says otherwise: of a pain or a condition, who may say so."""
        if self._touches(last) or last.id in self._about.claims:
            return f"{THEIRS_TO_SAY}\n{lead_of(last)}"
        return f"{THE_SAME}\n{self._basis.first(last, before)}"

    def _was_figure(self, before: str) -> bool:
        """Say whether what was asked before asked for a figure."""
        asked = self._basis.asked(before)
        return asked is not None and asked.kind in FIGURES

    def _returning(self, last: Claim) -> str:
        """Return what a claim says of a complaint that comes again, or from when on it is a doctor's business."""
        doctors = self._going_on.following.doctors
        when = [step for step in last.do if "?" in step and speaks_of([step], doctors, literally)]
        return "\n".join(when) or f"{A_DOCTORS}\n{lead_of(last)}"

    def _on_guess(self, pointed: Pointed, last: Claim) -> str:
        """Return what a claim says of a cause that somebody guesses at."""
        read = Read(Act.NONE, pointed.own, (), back=True)
        told = self._going_on.said(last, read, None, self._matcher.concepts).lines
        leads = leads_of(last)
        return "\n".join((NO_CAUSE, *(told or (leads.get(Kind.WHY, "") or lead_of(last),))))

    def _on_figure(self, pointed: Pointed, last: Claim) -> str:
        """Return what a claim says of the units of a figure, and whether so many sets of so many reps lie in it; "" where it speaks of none."""
        read = Read(Act.NONE, (), pointed.units, back=True)
        if speaks_of(all_texts(last), pointed.units, literally) < len(pointed.units):
            counted = dict(lead.split(": ", 1) for lead in last.leads).get(Kind.HOW_MANY, "")
            return counted if pointed.sets is not None else ""
        leads = [lead.split(": ", 1)[1] for lead in last.leads]
        if pointed.sets is not None:
            fitting = next(
                (
                    line
                    for line in (lead_of(last), *leads)
                    if lies_in(pointed.sets, line, self._going_on.following.units)
                ),
                "",
            )
            if fitting:
                return f"{THAT_FITS} {fitting}"
        return "\n".join(self._going_on.said(last, read, None, self._matcher.concepts).lines)

    def _down_the_leg(
        self, question: str, last: Claim, held: Sequence[str], ranking: Ranking, screening: Screening
    ) -> Answer | None:
        """Return the claim about pain that runs down a leg, after an answer about a back or for somebody whose back hurts."""
        there = self._knowledge.claims.get(DOWN_THE_LEG)
        if there is None:
            return None
        cards = {
            each for condition in held for each in (self._about.card(condition), *self._about.held_after(condition))
        }
        backs = last.topic == there.topic or any(
            self._knowledge.claims[each].topic == there.topic for each in cards if each in self._knowledge.claims
        )
        return self._show(there.id, question, ranking, screening, "") if backs else None

    def _cards_figure(self, last: Claim, text: str) -> str:
        """Return what the card of a condition says to a figure that is asked for, with nothing named beside ("how heavy for him"); "" for no such."""
        asked = self._basis.asked(text)
        if len(lines_of(text)) > 1 or asked is None or asked.kind not in FIGURES:
            return ""
        if last.id not in self._about.claims or self._about.named(text):
            return ""
        beside = self._going_on.read(" ".join(asked.rest)) if asked.rest else None
        if beside is not None and (beside.own or beside.units):
            return ""
        return leads_of(last).get(asked.kind, "")

    def _on_sets(self, last: Claim) -> Claim:
        """Return the claim that says how many sets and reps: the last one, or where that does not, the one that is found for it."""
        ranking = self._matcher.rank(HOW_MANY_SETS)
        if any(lead.startswith(f"{Kind.HOW_MANY}: ") for lead in last.leads) or not ranking.sure:
            return last
        return self._knowledge.claims[ranking.matches[0].claim]

    def _instead(self, question: str, held: Sequence[str], ranking: Ranking, screening: Screening) -> Answer | None:
        """Return what somebody who told of a condition or a complaint does in place of the press; None where nothing bears on it."""
        better = self._about.rather_for(held, IN_ITS_PLACE)
        if better and better in self._knowledge.claims:
            return self._show(better, question, ranking, screening, "")
        found = self._about.said_of_others(held)
        if found is None or found[0] not in self._knowledge.claims:
            return None
        card, says = found
        answer = self._show(card, question, ranking, screening, "do")
        return said_first(answer, f"{ANOTHER_EXERCISE}: {says or ASK_THAT_TOO}")
