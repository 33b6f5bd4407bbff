"""Answers a message: with a stop where the gate finds one or one still holds, else as what is no alarm."""

from dataclasses import dataclass, replace
from functools import cached_property

from bot.core.after_stop import AfterStop, Told
from bot.core.answering import with_caution
from bot.core.conversation import Conversation, LiveStop
from bot.core.going_on import GoingOn
from bot.core.matching import Matcher
from bot.core.model import OUT_OF_SCOPE, QUESTION, Answer, Outcome, Stop, Tier
from bot.core.safety import Screening, StopTexts
from bot.measures import Stage
from bot.sentences import say
from bot.service.answerer import FEWEST_OF_TRAINING, Answerer
from bot.service.choices import CLAIM_PREFIX, from_value
from bot.service.for_them import FORGOTTEN_BUT
from bot.service.guard import Guard, bounded

ANOTHER = say("card.messages.another")
NOT_THEIRS = say("card.messages.not_theirs")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What bears on a message, beside what was said before it.

    `now` is in seconds on the clock that the conversation was kept with; `region` "" is the service's own. `beside`: a stop
    that the message goes on about although it is not this conversation's: an older one that is replied to, or somebody
    else's (`theirs`). `pointed`: an alarm in what the message points to (somebody's message, a thread's title), untold so
    far. `careful`: the answer carries the safety line whatever it is about. `ranked`: a stop tells too what the matcher
    makes of the text, for whoever measures; who waits for it is not kept waiting for that.
    """

    now: float = 0.0
    region: str = ""
    beside: LiveStop | None = None
    theirs: bool = False
    pointed: Stop | None = None
    careful: bool = False
    ranked: bool = True


class Messages:
    """Answers messages, on one fixed state of the knowledge. Fixed once made."""

    def __init__(
        self, guard: Guard, answerer: Answerer, matcher: Matcher, *, texts: StopTexts, going_on: GoingOn, region: str
    ) -> None:
        """Ask `guard` first, then `answerer`; `texts` are what a stop says, `region` where a call names none."""
        self._guard = guard
        self._answerer = answerer
        self._matcher = matcher
        self._texts = texts
        self._going_on = going_on
        self._region = region

    @cached_property
    def _after(self) -> AfterStop:
        return AfterStop(self._texts, self._guard.messages, self._region)

    def answer(self, question: str, conversation: Conversation, around: Circumstances) -> tuple[Answer, Conversation]:
        """Return the answer to any text, and the conversation after it. Raises nothing for any text."""
        now, region, beside, pointed = around.now, around.region, around.beside, around.pointed
        chosen = self._chosen(question, conversation, now, region)
        if chosen is not None:
            return chosen
        text = bounded(question)
        held = _holding(conversation, now)
        look = self._guard.look(text, [earlier for _, earlier in conversation.texts])
        if look is None:
            live = held or beside
            told = None if live is None else self._after.again(live, region)
            return (
                line_alone(question, self._texts.line)
                if told is None
                else self._stopped(question, told, ranked=around.ranked)
            ), conversation
        screening = look.screening
        heard = conversation.heard(text, now).having(self._answerer.conditions.named(text), now)
        cautioning = _cautioning(conversation, now)
        if cautioning is not None and screening.stop is not None and screening.stop.rules == cautioning.stop.rules:
            # Said before, and only the earlier message says it: now the caution goes with the answer.
            alone = self._guard.look(text)
            screening = screening if alone is None else alone.screening
        before = held or cautioning or beside
        if before is not None and self._after.goes_on(text, screening, before.stop):
            screening = replace(screening, stop=None, line=True)
        if screening.stop is not None:
            told = self._after.alarm(screening.stop, text, before, now, region)
            after = heard.stopped(told.live)
            if told.live.stop.tier is Tier.EMERGENCY:  # nothing graver could be heard together with these words
                after = after.wordless()
            card = self._answerer.conditions.flagged(self._answerer.conditions.named(text), screening.stop.rules)
            if card and told.live.stop.tier is Tier.SOON:  # what they ask next goes on from that
                after = replace(after, claim=card, answered_at=now)
            return self._stopped(question, told, ranked=around.ranked), after
        if cautioning is not None and pointed is not None and pointed.rules == cautioning.stop.rules:
            pointed = None  # told before, and it holds nobody: its caution goes with the answer
        if held is None and beside is None and pointed is not None:
            told = self._after.alarm(pointed, text, None, now, region)
            return self._stopped(question, told, ranked=around.ranked), heard.stopped(told.live)
        if held is None and beside is not None and around.theirs:
            return self._stopped(question, self._after.again(beside, region), ranked=around.ranked, after=True), heard
        if held is not None or beside is not None:
            # A few words ("is it serious?") say nothing of training, whatever they rank first.
            trains = len(text.split()) > FEWEST_OF_TRAINING and self._matcher.rank(text).sure
            told = self._after.next(text, held or beside, now, region, hurts=screening.line, trains=trains)  # type: ignore[arg-type]
            return self._stopped(
                question, told, ranked=around.ranked, after=True
            ), heard if held is None else heard.stopped(told.live)
        with Stage("matching"):
            return self._answered(question, text, screening, heard, around, careful=around.careful or look.slow)

    def _answered(
        self,
        question: str,
        text: str,
        screening: Screening,
        heard: Conversation,
        around: Circumstances,
        *,
        careful: bool,
    ) -> tuple[Answer, Conversation]:
        """Answer what is no alarm, and comes after none that still holds; `careful`: with the safety line."""
        now = around.now
        cautioning = _cautioning(heard, now)
        owed = heard.stop is not None and cautioning is None
        aside = self._answerer.for_them.aside(question, text, heard) or self._lets_go(question, text, heard)
        if aside is not None:
            return aside
        heard = self._answerer.for_them.without_taken_back(text, heard)
        beside = self._answerer.for_them.beside_a_yes(text, heard)
        if beside:
            heard = heard.with_a_yes()
        seen = replace(screening, line=True) if (careful or owed) and not screening.line else screening
        answer = self._answerer.answer(question, beside or text, seen, heard)
        answer = self._answerer.for_them.first(answer, text, screening, heard, cautioning)
        if cautioning is not None:
            told = None if answer.claim is not None else self._after.after_soon(text, cautioning, now, around.region)
            if told is not None:
                return self._stopped(question, told, ranked=around.ranked), heard.stopped(told.live)
            if not answer.quiet:
                answer = with_caution(answer, self._after.caution(cautioning, around.region))
        if screening.language and answer.outcome is Outcome.DECLINE:
            sentence = self._texts.reads_english(screening.language)
            answer = replace(answer, remark=sentence)
        if answer.claim is not None:
            has = self._answerer.conditions.after((answer.claim, *answer.also), text)
            return answer, heard.answered(answer.claim, now).having(has, now)
        if answer.outcome is Outcome.DECLINE and answer.kind not in {QUESTION, OUT_OF_SCOPE}:
            return answer, heard  # an emoji or a "thanks" leaves open what the bot asked back
        return answer, heard.offering(answer.suggestions if answer.outcome is Outcome.SUGGEST else (), now)

    def _lets_go(self, question: str, text: str, heard: Conversation) -> tuple[Answer, Conversation] | None:
        """Answer what only lets go of what was said: it was about somebody else, or another question comes; None for every other text."""
        if (heard.conditions or heard.stop is not None) and self._going_on.is_not_theirs(text):
            said = NOT_THEIRS if heard.stop is None else FORGOTTEN_BUT
            return Answer(question, Outcome.DECLINE, said), replace(heard, conditions=())
        if self._going_on.another(text) == "":
            return Answer(question, Outcome.DECLINE, ANOTHER), replace(heard, claim="", offered=())
        return None

    def held(self, live: LiveStop, region: str = "") -> Answer:
        """Return what a command, button or form gets that would bring training advice while a stop holds."""
        return self._stopped("", self._after.technique(live, region), after=True)

    def again(self, live: LiveStop, region: str = "") -> Answer:
        """Return a stop in short."""
        return self._stopped("", self._after.again(live, region), after=True)

    def told_of(self, stop: Stop, now: float, region: str = "") -> tuple[Answer, LiveStop]:
        """Return the whole text of a stop that was found outside a conversation, and the stop as it is kept."""
        told = self._after.alarm(stop, "", None, now, region)
        return self._stopped("", told), told.live

    def _chosen(
        self, question: str, conversation: Conversation, now: float, region: str
    ) -> tuple[Answer, Conversation] | None:
        """Answer a value that autocomplete offered, or return None where the text is something else."""
        if question.startswith(CLAIM_PREFIX):
            held = _holding(conversation, now)
            if held is not None:
                return self._stopped(question, self._after.technique(held, region)), conversation
            answer = self._answerer.show_claim(question.removeprefix(CLAIM_PREFIX).strip())
            return None if answer is None else (answer, conversation.answered(answer.claim or "", now))
        stop = from_value(question)
        if stop is None:
            return None
        # What was chosen is the stop's whole text, even where it was told before: the label promised it.
        before = conversation.stop.region if conversation.stop else ""
        told = self._after.alarm(stop, "", None, now, before or region)
        return self._stopped(question, told), conversation.stopped(replace(told.live, region=before))

    def _stopped(self, question: str, told: Told, *, after: bool = False, ranked: bool = True) -> Answer:
        matches = self._matcher.rank(bounded(question)).matches if question and ranked else ()
        return Answer(question, Outcome.STOP, told.text, candidates=matches, stop=told.live.stop, after_stop=after)


def line_alone(question: str, line: str) -> Answer:
    """Return an answer that says nothing but the safety line."""
    return Answer(question, Outcome.DECLINE, line, safety_line=True)


def _holding(conversation: Conversation, now: float) -> LiveStop | None:
    return conversation.stop if conversation.stop is not None and conversation.stop.holds(now) else None


def _cautioning(conversation: Conversation, now: float) -> LiveStop | None:
    return conversation.stop if conversation.stop is not None and conversation.stop.cautions(now) else None
