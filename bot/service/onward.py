"""What comes after an answer in words that name little: the claim says to it what it has, in its own lines."""

from collections.abc import Collection, Sequence

from bot.core import followup
from bot.core.adding import OF_IT, Added, Adding, Adds
from bot.core.answering import MOST_SUGGESTIONS, in_short, said_first, titles_of
from bot.core.asking import FIGURES, YES_NO, Asked, Kind, leads_of, opening_of
from bot.core.claim_lines import MOST_SENTENCES, literally, speaks_of, steps_left, subject_of
from bot.core.conversation import FEW_WORDS
from bot.core.going_on import Act, Read
from bot.core.lead import lead_of
from bot.core.model import Answer, Claim, Outcome, Ranking
from bot.core.next_turn import Before, Turn, turn, without_claim
from bot.core.once import once
from bot.core.readings import corrects
from bot.core.safety import Screening
from bot.core.text import clean, words
from bot.sentences import say
from bot.service.basis import Basis

_OF_STOPPING = {Adds.HALTS: (Kind.AVOID, Kind.SHOULD), Adds.CARRIES: (Kind.CAN, Kind.SHOULD)}
WITH_FIGURES = frozenset({Adds.HEALS, Adds.UNIT, Adds.DOCTOR, Adds.GONE, Adds.HARMS, Adds.HURRIED})
"""What is added that may ask for a figure as well ("when should I see a doctor")."""
THE_SAME = say("card.pointed.the_same")
NO_MORE = say("card.onward.no_more")
LEFT = say("card.onward.left")
FOR_THEM = say("card.onward.for_them")
NO_FIGURE = say("card.onward.no_figure")
NO_TIME = say("card.onward.no_time")
NO_SPOT = say("card.onward.no_spot")
NOT_FROM_HERE = say("card.onward.not_from_here")
A_DOCTORS = say("card.onward.a_doctors")
SHORT_OF_TIME = say("card.onward.short_of_time")
NOTHING_ON_IT = say("card.onward.nothing_on_it")
NOT_APART = say("card.onward.not_apart")
NONE_LEFT = say("card.onward.none_left")


class Onward:
    """Goes on from answers on one state of the knowledge. Fixed once made."""

    def __init__(self, basis: Basis) -> None:
        """Go on from what is on `basis`."""
        self._basis = basis
        self._knowledge = basis.knowledge
        self._matcher = basis.matcher
        self._going_on = basis.going_on
        self._adding = Adding(basis.going_on.listed)
        self._questions = basis.questions
        self._chatter = basis.chatter
        self._about_them = basis.about.claims
        self._show = basis.show
        self._touches = basis.touches

    def beside(self, question: str, text: str, last: Claim, says: str, screening: Screening) -> Answer:
        """Offer what stands beside the last answer to whoever does not want it, or whom it does not help."""
        related = [claim for claim in last.related if claim in self._knowledge.claims][:MOST_SUGGESTIONS]
        if not related:
            return self._show(last.id, question, self._matcher.rank(text), screening, "do")
        line = screening.line or self._touches(last)
        return Answer(
            question, Outcome.SUGGEST, says,
            listed=tuple(in_short(self._knowledge.claims[claim]) for claim in related), end=self._basis.line if line else "",
            candidates=self._matcher.rank(text).matches, suggestions=tuple(related), safety_line=line,
        )  # fmt: skip

    def answer(self, question: str, text: str, last: Claim, ranking: Ranking, screening: Screening) -> Answer | None:
        """Return the answer to what goes on from the answer `last` in words that name little; None where the message stands by itself."""
        read = self._going_on.read(text)
        if read is None or self._chatter(text) or corrects(text) or self._matcher.names_subject(text):
            return None
        asked = once(self._questions.asked, self._going_on.bare(text))
        means, kind = self._matcher.concepts, asked.kind if asked else None
        aspect = followup.read(text).kind is followup.Kind.ASPECT and kind in {None, Kind.WHAT}
        if asked is None and read.units and not read.own and last.id in self._about_them:
            # "34 weeks", "two years ago" only tells more of what was told.
            return self._show(last.id, question, ranking, screening, "do")
        if self._only_tells(text, read, asked):
            # "a bit", "not really" after an answer: by itself it leads nowhere.
            answer = self._show(last.id, question, ranking, screening, "do" if last.do else "why")
            return said_first(answer, f"{THE_SAME}\n{lead_of(last)}")
        found = turn(
            read,
            ranking,
            Before(
                last,
                self._basis.known(last.related),
                lambda: self._going_on.said(last, read, kind, means),
            ),
            joined=lambda: self._matcher.rank(f"{last.title} {text}"),
            means=means,
            kind=kind,
            asks=asked is not None or "?" in text or aspect,
            aspect=aspect,
            title=self._knowledge.claims[ranking.matches[0].claim].title if ranking.sure else "",
        )
        if found is None:
            return None
        if found.claim:
            return self._show(found.claim, question, ranking, screening, "")
        if found.said is None or found.steps:
            return self._steps_left(question, text, last, found, screening)
        lead = self._questions.lead(last, asked, means) if asked and not set(read.own) & set(asked.rest) else ""
        again = ranking.sure and ranking.matches[0].claim == last.id  # it does answer, in other words
        lines = (lead,) if lead else found.said.lines or ((lead_of(last),) if again else ())
        focus = found.said.focus
        if not lead and kind in YES_NO and last.id in self._about_them:
            against = self._basis.speaks_against(last, text)
            lines = (against,) if against else lines
        if not lines and not read.own and read.act is not Act.WHY and (kind is None or kind in YES_NO):
            # "so the press is enough?" names nothing: what the claim says to whether it does.
            lines, focus = (self._said_to(last, (Kind.DOES,), "") or lead_of(last),), "do" if last.do else focus
        answer = self._show(last.id, question, ranking, screening, focus)
        return said_first(answer, "\n".join(lines) or (NO_MORE if read.act is not Act.WHY else ""))

    def stays(self, question: str, text: str, last: Claim, ranking: Ranking, screening: Screening) -> Answer:
        """Return what the answer `last` says to a message that is about it: its line for that question, the one that speaks of what it names, or that it has no more."""
        asked = self._basis.asked(text)
        kind, read = asked.kind if asked else None, self._going_on.read(text)
        asks = asked is not None or not self.states(text)
        lead = self._basis.opens(last, asked) if asked and not (read and set(read.own) & set(asked.rest)) else ""
        said = self._going_on.said(last, read, kind, self._matcher.concepts) if read else None
        if lead or said is None or not said.lines:
            lines = (lead or f"{NO_MORE if asks else THE_SAME}\n{lead_of(last)}",)
            return said_first(self._show(last.id, question, ranking, screening, "do" if last.do else "why"), *lines)
        focus = said.focus if kind is Kind.WHY or not last.do else "do"
        return said_first(self._show(last.id, question, ranking, screening, focus), "\n".join(said.lines))

    def _only_tells(self, text: str, read: Read, asked: Asked | None) -> bool:
        """Say whether a message of a few words tells how much of it there is, and names nothing."""
        degrees = set(self._going_on.following.degrees)
        named = read.act is not Act.NONE or bool(read.units) or not degrees.issuperset(read.own)
        tells = asked is None and not named and self.states(text)
        return tells and len(read.line) <= FEW_WORDS and not degrees.isdisjoint(read.line)

    def added(
        self, question: str, text: str, last: Claim, before: str, *, ranking: Ranking, screening: Screening
    ) -> Answer | None:
        """Return the answer to a message that adds something to what was asked `before`; None for any other.

        `ranking`: what it is by itself.
        """
        added = None if self._chatter(text) else self._adding.read(text)
        if added is None or (added.adds not in WITH_FIGURES and self._asks_figure(text)):
            return None
        if added.adds in {Adds.HELPS, Adds.WHOM}:
            says = self._on_thing(added, last, before, ranking)
            return said_first(self._show(last.id, question, ranking, screening, "do"), says) if says else None
        if added.adds is Adds.GONE and ranking.sure and ranking.matches[0].claim in last.related:
            return None
        if added.adds in _OF_STOPPING and self._is_beside(last, ranking, _OF_STOPPING[added.adds]):
            return None
        says = self._says_to(added, last, before, lost=not ranking.near)
        if added.adds is Adds.MISSES:
            named = without_claim(last, self._basis.known(last.related))
            if named and self._is_about(last, added.own):
                return self._show(named, question, ranking, screening, "")
            steps = self._without_it(last) if not says and self._is_about(last, added.own) else ()
            if steps:
                return self._steps_left(question, text, last, Turn(steps=steps), screening)
            # What the first line offers beside it is more than any other claim has to do with it.
            says = says or ("" if added.own else lead_of(last))
        if not says:
            return None
        unneeded = added.adds is Adds.MISSES and opening_of(says)[0] == "no"
        reasons = unneeded or added.adds is Adds.REFUSES or not last.do
        focus = "why" if reasons else "do"
        return said_first(self._show(last.id, question, ranking, screening, focus), says)

    @staticmethod
    def _is_beside(last: Claim, ranking: Ranking, kinds: Sequence[Kind]) -> bool:
        """Say whether a message is answered beside the last answer, which has no line for these kinds of question."""
        own = any(lead.startswith(tuple(f"{kind}: " for kind in kinds)) for lead in last.leads)
        return not own and ranking.near and ranking.matches[0].claim in last.related

    def asks_of_it(self, text: str) -> bool:
        """Say whether a message only asks something of what was said before ("is that bad", "should I see a doctor")."""
        added = self._adding.read(text)
        return added is not None and added.adds in OF_IT

    def asks_for_a_doctor(self, text: str) -> bool:
        """Say whether a message only asks whether a doctor should see it."""
        return self._adding.is_for_a_doctor(text)

    def _on_thing(self, added: Added, last: Claim, before: str, ranking: Ranking) -> str:
        """Return what a claim says to whether a thing helps against it, or to whom it goes for; "" where another answers that."""
        own, means = " ".join(added.own), self._matcher.concepts
        if self._basis.speaks_of(last, own):
            told = self._going_on.said(last, Read(Act.NONE, added.own, (), back=True), None, means).lines
            return "\n".join(told) or lead_of(last)
        beside = self._matcher.rank(f"{last.title} {own}") if added.adds is Adds.WHOM else ranking
        other = self._knowledge.claims[beside.matches[0].claim] if beside.sure else last
        beside_it = other.id in last.related and added.adds is not Adds.WHOM
        if other.id != last.id and (beside_it or self._basis.speaks_of(other, own, title=True)):
            return ""
        if added.adds is Adds.WHOM:
            return f"{NOT_APART}\n{self._basis.first(last, before)}"
        return f"{NOTHING_ON_IT}\n{lead_of(last)}" if self._touches(last) and other.id == last.id else ""

    def _said_to(self, last: Claim, kinds: Sequence[Kind], before: str, *, opens: Collection[Kind] = ()) -> str:
        """Return the first of a claim's lines for some kinds of question; "" for none.

        A yes or no is only said for the kinds that it `opens`, and where it is true for what was asked `before`.
        """
        leads = leads_of(last)
        kind = next((each for each in kinds if each in leads), None)
        if kind is None:
            return ""
        asked = self._basis.asked(before)
        rest = asked.rest if asked else tuple(words(clean(before)))
        opened = self._questions.lead(last, Asked(kind, rest), self._matcher.concepts) if kind in opens else ""
        return opened or opening_of(leads[kind])[1]

    def _of_it(self, added: Added, last: Claim, before: str) -> str:
        """Return what a claim says to a message that only asks something of it; "" where it says nothing to that."""
        match added.adds:
            case Adds.DOCTOR:
                return self._to_a_doctor(last)
            case Adds.HALTS if self._touches(last):
                return self._said_to(last, (Kind.AVOID, Kind.SHOULD, Kind.CAN), before, opens={Kind.AVOID}) or lead_of(
                    last
                )
            case Adds.CARRIES if self._touches(last) and last.id not in self._about_them:
                return self._said_to(last, (Kind.CAN, Kind.SHOULD), before, opens={Kind.CAN}) or lead_of(last)
            case Adds.HARMS:
                return self._harm(added, last, before)
            case Adds.HURRIED:
                return f"{SHORT_OF_TIME}\n{lead_of(last)}"
            case Adds.GONE:
                return leads_of(last).get(Kind.HOW_LONG, "") or (f"{NO_TIME}\n{lead_of(last)}")
        return ""

    def _harm(self, added: Added, last: Claim, before: str) -> str:
        """Return what a claim says to whether it is bad, or all right."""
        kinds = (Kind.CAN, Kind.BAD, Kind.DOES) if added.calm and not added.normal else (Kind.BAD, Kind.CAN, Kind.DOES)
        opens = () if added.normal else ({Kind.CAN} if added.calm else {Kind.BAD})
        said = self._said_to(last, kinds, before, opens=opens)
        if not self._touches(last):
            return said or lead_of(last)
        return said if opening_of(said)[0] else f"{NOT_FROM_HERE}\n{said or lead_of(last)}"

    def _to_a_doctor(self, last: Claim) -> str:
        """Return when a claim sends to a doctor, in its own lines; "" where it is about nothing that hurts."""
        doctors = self._going_on.following.doctors
        speaking = [line for line in (lead_of(last), *last.do) if speaks_of([line], doctors, literally)]
        when = [line for line in speaking if "?" in line] or speaking
        if when:
            return "\n".join(when[:MOST_SENTENCES])
        if last.id in self._about_them:
            return lead_of(last)
        return A_DOCTORS if self._touches(last) else ""

    def _asks_figure(self, text: str) -> bool:
        """Say whether a text asks for a figure of its own ("it doesn't hurt, how deep can I go")."""
        asked = self._basis.asked(text)
        return asked is not None and asked.kind in FIGURES

    def _without_it(self, last: Claim) -> tuple[str, ...]:
        """Return the steps of a claim for whoever has none of what it is about; none where no step names that."""
        left = steps_left(last, subject_of(last), literally)
        return left if len(left) < len(last.do) else ()

    def hurts(self, text: str) -> bool:
        """Say whether a text has a word of pain."""
        return self._adding.hurts(text)

    def states(self, text: str) -> bool:
        """Say whether a text asks nothing by its form."""
        return self._adding.states(text)

    def _says_to(self, added: Added, last: Claim, before: str, *, lost: bool) -> str:
        """Return what a claim says first to what is added; "" where it says nothing to that. `lost`: by itself the message leads nowhere."""
        if added.adds in OF_IT:
            return self._of_it(added, last, before)
        leads = leads_of(last)
        asked = self._basis.asked(before)
        first = self._basis.first(last, before)
        match added.adds:
            case Adds.MISSES:
                unneeded = leads.get(Kind.NEED, "")
                return unneeded if opening_of(unneeded)[0] == "no" and self._is_about(last, added.own) else ""
            case Adds.DISLIKES:
                unneeded = leads.get(Kind.NEED, "") or leads.get(Kind.CAN, "")
                return (
                    (unneeded or lead_of(last)) if self._basis.speaks_of(last, " ".join(added.own), title=True) else ""
                )
            case Adds.PAINLESS:
                speaks = last.id in self._about_them or self._adding.is_painless(lead_of(last))
                return lead_of(last) if speaks else ""
            case Adds.WHEN:
                return leads.get(added.kind, "") if self._touches(last) and self._is_about(last, added.own) else ""
            case Adds.REFUSES:
                return leads.get(Kind.WHY, "") or first
            case Adds.OF_ME:
                figure = asked is not None and asked.kind in FIGURES
                return f"{FOR_THEM}\n{first}" if figure else (first if lost else "")
            case Adds.SPOT:
                return f"{NO_SPOT}\n{first}" if self._touches(last) else ""
            case Adds.HEALS:
                return (leads.get(Kind.HOW_LONG, "") or f"{NO_TIME}\n{lead_of(last)}") if self._touches(last) else ""
            case Adds.UNIT:
                read = Read(Act.NONE, (), added.units, back=True)
                known = self._going_on.said(last, read, None, self._matcher.concepts).lines
                return ("\n".join(known) or f"{NO_FIGURE}\n{first}") if self._is_about(last, added.own) else ""
        return ""

    def _is_about(self, claim: Claim, own: Collection[str]) -> bool:
        return not own or self._basis.speaks_of(claim, " ".join(own), title=True)

    def _steps_left(self, question: str, text: str, last: Claim, left: Turn, screening: Screening) -> Answer:
        """Return the steps that are left of the last answer, and what stands beside it."""
        beside = dict.fromkeys(filter(None, (left.beside, *last.related)))
        related = [claim for claim in beside if claim in self._knowledge.claims][:MOST_SUGGESTIONS]
        line = screening.line or self._touches(last)
        steps = [f"{number}. {step}" for number, step in enumerate(left.steps, 1)]
        says = "\n".join((LEFT, *steps)) if steps else NONE_LEFT
        return Answer(
            question, Outcome.SUGGEST, says, focus="do",
            listed=titles_of(related, self._knowledge), end=self._basis.line if line else "",
            candidates=self._matcher.rank(text).matches, suggestions=tuple(related), safety_line=line,
        )  # fmt: skip
