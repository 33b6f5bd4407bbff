"""What is answered to a few words that ask one thing more of the last answer: in that answer's own lines."""

from collections.abc import Sequence

from bot.core.answering import MOST_SUGGESTIONS, in_short, said_first
from bot.core.asking import FIGURES, Kind, leads_of, opening_of
from bot.core.claim_lines import MOST_SENTENCES, all_texts, literally, speaks_of
from bot.core.conversation import Conversation
from bot.core.few_words import Asks, FewWords, ReadsFewWords
from bot.core.lead import lead_of
from bot.core.model import Answer, Claim
from bot.core.overlay import PROTECTED
from bot.core.readings import corrects
from bot.core.safety import Screening
from bot.core.text import sentences
from bot.sentences import say
from bot.service.basis import Basis
from bot.service.onward import A_DOCTORS, NO_MORE, THE_SAME
from bot.service.pointed import THAT_FITS

OTHER_MACHINES = "machines-compared"
"""The claim that says why no figure goes for another machine."""
GENERAL = {
    Kind.HOW_MUCH: "how-much-weight",
    Kind.HOW_MANY: "sets-and-reps",
    Kind.HOW_OFTEN: "how-often",
    Kind.HOW_DEEP: "find-your-depth",
}
"""The claims that answer a bare question for a figure after a card that has no line for it."""
MOST_LOOKED_BACK = 3
"""Earlier messages that may hold the question for a figure."""


class InFewWords:
    """Answers them on one state of the knowledge. Fixed once made."""

    def __init__(self, basis: Basis) -> None:
        """Answer from what is on `basis`."""
        self._basis = basis
        self._knowledge = basis.knowledge
        self._matcher = basis.matcher
        self._going_on = basis.going_on
        self._reads = ReadsFewWords(basis.going_on.listed)
        self._about = basis.about
        self._show = basis.show

    def answer(self, question: str, text: str, last: Claim, heard: Conversation, screening: Screening) -> Answer | None:
        """Return the answer to a few words that ask one thing more of the answer `last`; None for any other."""
        if self._about.named(text):
            return None
        asked = self._basis.asked(text)
        read = self._reads.read(text, asked)
        if read is None:
            return self._put_right(question, text, last, screening)
        found = self._says_to(read, text, last, heard)
        if found is None:
            return None
        claim, says = found
        focus = "" if claim is not last else "do" if claim.do else "why"  # of another claim a caution may come first
        return said_first(self._show(claim.id, question, self._matcher.rank(text), screening, focus), says)

    def is_reassured(self, text: str) -> bool:
        """Say whether a text only tells that somebody looked at it and found nothing grave."""
        return self._reads.is_reassured(text)

    def _says_to(self, read: FewWords, text: str, last: Claim, heard: Conversation) -> tuple[Claim, str] | None:
        """Return the claim that is shown, and what is said first."""
        says = ""
        match read.asks:
            case Asks.ELSE:
                says = self._beside(last, heard)
            case Asks.NUMBER:
                return self._number(last, heard)
            case Asks.FIGURE:
                return self._figure(read, text, last)
            case Asks.ENOUGH:
                spoken_of = [last, *self._earlier(heard)]
                found = ((claim, self._on_figure(read, claim)) for claim in spoken_of)
                return next((each for each in found if each[1]), None)
            case Asks.PER:
                says = self._per(read, last)
            case Asks.WORSENS:
                says = self._if_worse(read, last)
            case Asks.DETAIL:
                says = self._on_detail(read, text, last)
            case Asks.REASSURED:
                says = "\n".join((say("follow_ups.few_words.looked_at"), lead_of(last))) if self._hurts(last) else ""
            case Asks.FORBIDDEN:
                says = say("follow_ups.few_words.forbidden")
            case Asks.AFTERWARDS:
                leads = leads_of(last)
                on_card = last.id in self._about.claims
                says = (leads.get(Kind.WHEN, "") or leads.get(Kind.HOW_LONG, "") or lead_of(last)) if on_card else ""
            case Asks.SKIPS:
                leads = leads_of(last)
                kinds = (Kind.NEED, Kind.SHOULD, Kind.WHY)
                says = next((leads[kind] for kind in kinds if kind in leads), lead_of(last))
            case Asks.MACHINE:
                return self._on_machine(read, text, last, heard)
        return (last, says) if says else None

    def _beside(self, last: Claim, heard: Conversation) -> str:
        """Return a line of each claim that stands beside the last, none that what is held advises against."""
        held = heard.told
        beside = [
            claim
            for claim in self._basis.known(last.related)
            if claim.id not in PROTECTED and not self._about.instead(claim.id, held)
        ]
        return (
            "\n".join((say("follow_ups.few_words.beside"), *map(in_short, beside[:MOST_SUGGESTIONS]))) if beside else ""
        )

    def _earlier(self, heard: Conversation) -> list[Claim]:
        """Return the claims that surely answer what was asked before the last question, the newest first."""
        rankings = [self._matcher.rank(said) for _, said in list(reversed(heard.texts[:-1]))[:MOST_LOOKED_BACK]]
        return self._basis.known(ranking.matches[0].claim for ranking in rankings if ranking.sure)

    def _number(self, last: Claim, heard: Conversation) -> tuple[Claim, str] | None:
        """Return the figure that was asked for last, of whatever claim answers that."""
        for _, said in list(reversed(heard.texts[:-1]))[:MOST_LOOKED_BACK]:
            asked = self._basis.asked(said)
            if asked is None or asked.kind not in FIGURES:
                continue
            ranking = self._matcher.rank(said)
            claim = self._knowledge.claims[ranking.matches[0].claim] if ranking.sure else last
            return claim, leads_of(claim).get(asked.kind, "") or lead_of(claim)
        return None

    def _figure(self, read: FewWords, text: str, last: Claim) -> tuple[Claim, str] | None:
        """Return what the last answer says to a bare question for a figure ("how heavy"); None where it has no line for that."""
        if read.unit and last.id not in self._about.claims:
            return None  # "how much weight" names what it asks for, which a claim of its own may answer
        line = leads_of(last).get(read.kind or "", "")
        if not line and read.kind is Kind.HOW_FAR:
            line = leads_of(last).get(Kind.HOW_DEEP, "") or (lead_of(last) if last.id not in self._about.claims else "")
        if not line and last.id in self._about.claims and read.kind in GENERAL:
            found = self._knowledge.claims.get(GENERAL[read.kind])
            return (found, leads_of(found).get(read.kind, "") or lead_of(found)) if found is not None else None
        if not line or (self._reads.weighs(text) and not self._reads.weighs(line)):
            return None
        counts = self._reads.counts(line)
        if read.own and counts and not any(self._reads.same(word, line) for word in read.own):
            return None
        return last, line

    def _on_figure(self, read: FewWords, last: Claim) -> str:
        """Return whether a figure fits what the last answer says, in its own line; "" where it gives none."""
        leads = [opening_of(line)[1] for line in leads_of(last).values()]
        lines = [line for line in dict.fromkeys((lead_of(last), *leads)) if line]
        for line in lines:
            if self._reads.holds(read, line.split(";")[0]):
                return f"{THAT_FITS} {line}"
        if lines and self._reads.holds(read, lines[0]):
            return lines[0]
        spoken_of = next((each for each in sentences(last.answer) if self._reads.holds(read, each)), "")
        if spoken_of:
            return spoken_of
        more = self._reads.more_than(read, lines[0]) if lines and read.unit else None
        if more is None:
            return ""
        says = say("follow_ups.few_words.more") if more else say("follow_ups.few_words.less")
        return f"{says} {lines[0]}"

    def _per(self, read: FewWords, last: Claim) -> str:
        """Return what the last answer says of what a figure goes for."""
        if not read.own or not speaks_of(all_texts(last), read.own, literally):
            return f"{NO_MORE}\n{lead_of(last)}"
        lines = (last.claim, lead_of(last), *leads_of(last).values(), *sentences(last.answer), *last.do)
        return next((line for line in lines if speaks_of([line], read.own, literally)), "") or lead_of(last)

    def _if_worse(self, read: FewWords, last: Claim) -> str:
        """Return what the last answer says for a complaint that gets worse; "" where it is about none."""
        if not self._hurts(last):
            return ""
        lines = self._reads.worse((*last.do, *sentences(last.answer)), read.own)
        return "\n".join(lines[:MOST_SENTENCES]) or f"{A_DOCTORS}\n{lead_of(last)}"

    def _on_detail(self, read: FewWords, text: str, last: Claim) -> str:
        """Return what stays the same whatever detail is told of a complaint or a condition; "" where the answer speaks of the detail."""
        if not self._hurts(last) or (self._going_on.stays(text) and last.id not in self._about.claims):
            return ""
        if read.own and speaks_of(all_texts(last), read.own, literally) == len(read.own):
            return ""
        ranking = self._matcher.rank(text)
        if ranking.sure and ranking.matches[0].claim in last.related:
            return ""
        return f"{THE_SAME}\n{lead_of(last)}"

    def _hurts(self, last: Claim) -> bool:
        return self._basis.touches(last) or last.id in self._about.claims

    def _on_machine(self, read: FewWords, text: str, last: Claim, heard: Conversation) -> tuple[Claim, str] | None:
        """Return that no figure goes for another machine, for whoever carries one over."""
        there = self._knowledge.claims.get(OTHER_MACHINES)
        before = self._basis.asked(heard.before)
        figures = Kind.HOW_MUCH in {read.kind, before.kind if before is not None else None}
        if there is None or not (figures or last.id in there.related) or last.topic != there.topic:
            return None
        ranking = self._matcher.rank(text)
        found = self._knowledge.claims[ranking.matches[0].claim] if ranking.sure else None
        if found is not None and found.id != last.id and Kind.HOW_MUCH in leads_of(found) and _speaks(found, read.own):
            return found, leads_of(found)[Kind.HOW_MUCH]
        return there, lead_of(there)

    def _put_right(self, question: str, text: str, last: Claim, screening: Screening) -> Answer | None:
        """Return what the last answer says of what puts it right ("no, I mean after I stand up"), where nothing else answers that."""
        if not corrects(text):
            return None
        read, ranking = self._going_on.read(text), self._matcher.rank(text)
        if read is None or not read.own or ranking.sure:
            return None
        if speaks_of(all_texts(last), read.own, self._matcher.concepts) < len(read.own):
            return None
        said = self._going_on.said(last, read, None, self._matcher.concepts)
        answer = self._show(last.id, question, ranking, screening, "do" if last.do else "why")
        return said_first(answer, "\n".join(said.lines)) if said.lines else None


def _speaks(claim: Claim, own: Sequence[str]) -> bool:
    return speaks_of([claim.title], own, literally) > 0
