"""Asking: the gate first, then follow-ups, then the matcher; the same for every way in."""

import logging
import time
from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import cached_property, partial

from bot.core import followup
from bot.core.after_stop import AfterStop, Told
from bot.core.answering import (
    MOST_SUGGESTIONS,
    LastLines,
    Leads,
    answer_with,
    decide,
    offering,
    suggesting,
    titles_of,
    with_caution,
)
from bot.core.asking import NO_QUESTIONS, Questions
from bot.core.chatter import Chatter
from bot.core.conditions import Conditions
from bot.core.conversation import NOTHING_SAID, Conversation, LiveStop
from bot.core.first_words import EMPTY_SAID, NO_FIRST_WORDS, FirstWords, Reader
from bot.core.going_on import NO_FOLLOWING, GoingOn
from bot.core.keywords import Headings, entry, looked_up
from bot.core.likely_wordings import NO_SHAPES, Shapes
from bot.core.matching import Explanation, Matcher
from bot.core.model import Answer, Claim, Knowledge, Match, Outcome, Ranking, Stop, Tier
from bot.core.once import once, one_message
from bot.core.readings import rank_after, rank_together, rank_with_it
from bot.core.reassuring import NOT_REASSURING, Reassuring
from bot.core.references import without_references
from bot.core.safety import Gate, Mentions, NextMessages, SafetyRules, Screening, Trace, next_messages, stop_texts
from bot.core.several import several
from bot.core.word_lists import NO_WORDS, WordLists
from bot.measures import Stage
from bot.service.choices import CLAIM_PREFIX, Choice, Titles, from_value, stop_choice
from bot.service.for_them import FORGOTTEN_BUT, ForThem
from bot.service.onward import Onward

log = logging.getLogger(__name__)

MOST_CHARACTERS = 6000
"""Discord's own limit for a command's text; of a longer one the beginning and the end are read."""

SLOW = 0.05
"""Seconds of work from which on the gate's silence is not trusted: its answer carries the safety line."""

MOST_POPULAR = 4
"""Claims that are offered before a letter is typed, above the topics."""
FEWEST_OF_TRAINING = 5
"""Words that a question about training has more than, for it to count as one after a stop."""

MOST_LOOKED_AT = 5_000
"""Texts of claims of which a service remembers whether the gate would stop them."""
WARNING_SIGNS = "warning-signs"

GOES_ON = {
    followup.Kind.REFUSAL: "Fair enough, then leave that out. These stand beside it:",
    followup.Kind.NEXT: "Then these come next. Pain that stays or gets worse belongs to a doctor or physio (physical therapist):",
}
"""What is said before what stands beside the last answer."""
ANOTHER = "Go on, what do you want to know?"
NOT_THEIRS = "Right, then I go on as if it was not about you."

STILL_READING = "I'm still reading my knowledge, ask again in a few seconds."

ABOUT = """\
I answer questions about the leg press, and about backs that complain after it, from a list of claims that people \
wrote and checked against published research. Each answer says how well supported it is and names its sources; where \
nobody knows, it says that too.

General gym information, not medical advice. I match words, I can miss things, and I cannot judge your body. \
Silence from me does not mean you're fine. When a message sounds alarming I stop and point to help instead of \
answering. No health professional has reviewed that stop rule yet.

I keep nothing of what you write with your name. Where a server agreed, wordings that I could not answer are kept \
without anybody's name; `/privacy` says more."""


class Service:
    """Everything the bot can be asked, on one fixed state of the knowledge; safe to share between threads."""

    def __init__(
        self,
        knowledge: Knowledge,
        matcher: Matcher,
        gate: Gate,
        rules: SafetyRules,
        *,
        region: str = "",
        reading: bool = False,
        first_words: Reader = NO_FIRST_WORDS,
        shapes: Shapes = NO_SHAPES,
        version: str = "",
        questions: Questions = NO_QUESTIONS,
        lists: WordLists = NO_WORDS,
        reassuring: Reassuring = NOT_REASSURING,
        going_on: GoingOn = NO_FOLLOWING,
    ) -> None:
        """Serve `knowledge`; `region` chooses the emergency numbers where a call names no other.

        `version` names the files that it was read from. `first_words` tells what asks nothing, `questions` which kind of
        question it is, `going_on` how people go on from an answer, `lists` holds
        words by what they are used for, `shapes` how a new claim is likely to be asked for, `reassuring` how
        a warning sign is played down. While it is `reading`, the matcher knows nothing
        yet: alarms are stopped as ever, and questions put off.
        """
        self.knowledge = knowledge
        self.texts = stop_texts(rules)
        self.safety_line = self.texts.line
        self._matcher = matcher
        self._gate = gate
        self._rules = rules
        self._region = region
        self._reading = reading
        self._first_words = first_words
        self.shapes = shapes
        self.reassuring = reassuring
        self.version = version
        self._questions = questions
        self.lists = lists
        self._going_on = going_on
        self._pain: dict[str, bool] = {}
        self._titles = Titles(knowledge, matcher.rank, partial(_alarms, gate), matcher.concepts)
        self._looked_at: dict[int, bool] = {}
        self.edition: Hashable = object()
        """Stands for the knowledge as it is: equal in services that show the same claims in the same words."""
        self._named_in: dict[int, bool] = {}

    def over(self, knowledge: Knowledge, matcher: Matcher, *, region: str = "") -> "Service":
        """Return a service on other knowledge with the same gate; `region` "" keeps this one's."""
        return self._other(knowledge, matcher, region or self._region, reading=self._reading)

    def ready(self, matcher: Matcher) -> "Service":
        """Return the same service with the matcher that it was still reading for."""
        return self._other(self.knowledge, matcher, self._region, reading=False)

    def _other(self, knowledge: Knowledge, matcher: Matcher, region: str, *, reading: bool) -> "Service":
        other = Service(
            knowledge, matcher, self._gate, self._rules,
            region=region, reading=reading, first_words=self._first_words, questions=self._questions, shapes=self.shapes,
            version=self.version, lists=self.lists, reassuring=self.reassuring,
            going_on=self._going_on,
        )  # fmt: skip
        if knowledge is self.knowledge:
            other.edition = self.edition
        for name in ("_messages", "_mentions"):
            if name in self.__dict__:  # compiled once for all
                other.__dict__[name] = self.__dict__[name]
        return other

    @cached_property
    def _messages(self) -> NextMessages:
        """Compiled when the first message needs it: most starts of the terminal do without."""
        return next_messages(self._rules)

    def warm(self) -> None:
        """Compile what else the first message would wait for that is small talk, or comes after a stop: a tenth of a second."""
        _ = self._messages

    @cached_property
    def _conditions(self) -> Conditions:
        return Conditions(self.knowledge, self.lists.conditions)

    @property
    def _for_them(self) -> ForThem:
        return ForThem(
            self._conditions, self.knowledge, self._matcher.rank, self._asks, self._answer_with,
            speaks=self._onward.speaks, touches=self.touches_pain,
        )  # fmt: skip

    @cached_property
    def _onward(self) -> Onward:
        return Onward(
            self.knowledge, self._matcher, going_on=self._going_on, questions=self._questions, chatter=self._chatter,
            about_them=self._conditions.claims, show=self._answer_with, touches=self.touches_pain, line=self.safety_line,
        )  # fmt: skip

    @cached_property
    def _chatter(self) -> Chatter:
        return Chatter(self.lists.small_talk)

    @cached_property
    def _after(self) -> AfterStop:
        return AfterStop(self.texts, self._messages, self._region)

    @property
    def matcher(self) -> Matcher:
        """What ranks the claims, for building another one on it."""
        return self._matcher

    @property
    def reading(self) -> bool:
        """Whether the matcher is still to come, and questions are put off."""
        return self._reading

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions whose emergency numbers are known."""
        return tuple(self.texts.regions)

    def rank(self, text: str) -> Ranking:
        """Return what the matcher alone makes of a text."""
        return self._matcher.rank(_bounded(text))

    def ask(
        self,
        question: str,
        conversation: Conversation = NOTHING_SAID,
        *,
        now: float = 0.0,
        region: str = "",
        beside: LiveStop | None = None,
        theirs: bool = False,
        pointed: Stop | None = None,
        careful: bool = False,
        ranked: bool = True,
    ) -> tuple[Answer, Conversation]:
        """Return the answer to any text, and the conversation after it.

        `now` is in seconds on the clock that the conversation was kept with. `beside`: a stop that the message goes on
        about although it is not this conversation's: an older one that is replied to, or somebody else's (`theirs`). `pointed`: an alarm in
        what the message points to (somebody's message, a thread's title), untold so far. `careful`: the answer carries
        the safety line whatever it is about. `ranked`: a stop tells too what the matcher makes of the text, for whoever
        measures; who waits for it is not kept waiting for that. Raises nothing for any text.
        """
        with one_message(), self._matcher.one_message():
            return self._ask(
                question,
                conversation.at(now),
                now=now,
                region=region,
                beside=beside,
                theirs=theirs,
                pointed=pointed,
                careful=careful,
                ranked=ranked,
            )

    def _ask(
        self,
        question: str,
        conversation: Conversation,
        *,
        now: float,
        region: str,
        beside: LiveStop | None,
        theirs: bool,
        pointed: Stop | None,
        careful: bool,
        ranked: bool,
    ) -> tuple[Answer, Conversation]:
        chosen = self._chosen(question, conversation, now, region)
        if chosen is not None:
            return chosen
        text = _bounded(question)
        held = _holding(conversation, now)
        started = time.thread_time()
        try:
            with Stage("gate"):
                screening = self._gate.check(text, [earlier for _, earlier in conversation.texts])
        except Exception as error:  # noqa: BLE001 -- whatever fails in the gate, an answer without it must not go out
            log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400 -- a traceback may quote the text
            live = held or beside
            told = None if live is None else self._after.again(live, region)
            return (
                self._line_alone(question) if told is None else self._stopped(question, told, ranked=ranked)
            ), conversation
        careful = careful or time.thread_time() - started > SLOW
        heard = conversation.heard(text, now).having(self._conditions.named(text), now)
        cautioning = _cautioning(conversation, now)
        if cautioning is not None and screening.stop is not None and screening.stop.rules == cautioning.stop.rules:
            # Said before, and only the earlier message says it: now the caution goes with the answer.
            screening = self._gate.check(text)
        if screening.stop is not None:
            before = held or cautioning or beside
            told = self._after.alarm(screening.stop, text, before, now, region)
            after = heard.stopped(told.live)
            card = self._conditions.flagged(self._conditions.named(text), screening.stop.rules)
            if card and told.live.stop.tier is Tier.SOON:  # what they ask next goes on from that
                after = replace(after, claim=card, answered_at=now)
            return self._stopped(question, told, ranked=ranked), after
        if held is None and beside is None and pointed is not None:
            told = self._after.alarm(pointed, text, None, now, region)
            return self._stopped(question, told, ranked=ranked), heard.stopped(told.live)
        if held is None and beside is not None and theirs:
            return self._stopped(question, self._after.again(beside, region), after=True, ranked=ranked), heard
        if held is not None or beside is not None:
            # A few words ("is it serious?") say nothing of training, whatever they rank first.
            trains = len(text.split()) > FEWEST_OF_TRAINING and self._matcher.rank(text).sure
            told = self._after.next(text, held or beside, now, region, hurts=screening.line, trains=trains)  # type: ignore[arg-type]
            return self._stopped(question, told, after=True, ranked=ranked), heard if held is None else heard.stopped(
                told.live
            )
        with Stage("matching"):
            return self._answered(
                question, text, screening, heard, now=now, region=region, careful=careful, ranked=ranked
            )

    def _answered(
        self,
        question: str,
        text: str,
        screening: Screening,
        heard: Conversation,
        *,
        now: float,
        region: str,
        careful: bool,
        ranked: bool,
    ) -> tuple[Answer, Conversation]:
        """Answer what is no alarm, and comes after none that still holds."""
        cautioning = _cautioning(heard, now)
        owed = heard.stop is not None and cautioning is None
        aside = self._for_them.aside(question, text, heard) or self._lets_go(question, text, heard)
        if aside is not None:
            return aside
        beside = self._for_them.beside_a_yes(text, heard)
        if beside:
            heard = heard.with_a_yes()
        answer = self._answer(
            question, beside or text, replace(screening, line=screening.line or careful or owed), heard
        )
        answer = self._for_them.first(answer, text, screening, heard, cautioning)
        if cautioning is not None:
            told = None if answer.claim is not None else self._after.after_soon(text, cautioning, now, region)
            if told is not None:
                return self._stopped(question, told, ranked=ranked), heard.stopped(told.live)
            if not answer.quiet:
                answer = with_caution(answer, self._after.caution(cautioning, region))
        if screening.language and answer.outcome is Outcome.DECLINE:
            sentence = self.texts.reads_english(screening.language)
            answer = replace(answer, remark=sentence)
        if answer.claim is not None:
            has = self._conditions.after((answer.claim, *answer.also), text)
            return answer, heard.answered(answer.claim, now).having(has, now)
        return answer, heard.offering(answer.suggestions if answer.outcome is Outcome.SUGGEST else (), now)

    def _asks(self, text: str) -> bool:
        return once(self._questions.asked, self._going_on.bare(text)) is not None

    def _lets_go(self, question: str, text: str, heard: Conversation) -> tuple[Answer, Conversation] | None:
        """Answer what only lets go of what was said: it was about somebody else, or another question comes; None for every other text."""
        if (heard.conditions or heard.stop is not None) and self._going_on.is_not_theirs(text):
            said = NOT_THEIRS if heard.stop is None else FORGOTTEN_BUT
            return Answer(question, Outcome.DECLINE, said), replace(heard, conditions=())
        if self._going_on.another(text) == "":
            return Answer(question, Outcome.DECLINE, ANOTHER), replace(heard, claim="", offered=())
        return None

    def held(self, live: LiveStop, *, region: str = "") -> Answer:
        """Return what a command, button or form gets that would bring training advice while a stop holds."""
        return self._stopped("", self._after.technique(live, region), after=True)

    def again(self, live: LiveStop, *, region: str = "") -> Answer:
        """Return a stop in short."""
        return self._stopped("", self._after.again(live, region), after=True)

    def is_about_them(self, text: str) -> bool:
        """Say whether a text speaks of a person ("can he train?") whom it does not name."""
        return self._messages.is_about_them(_bounded(text))

    def told_of(self, stop: Stop, now: float, *, region: str = "") -> tuple[Answer, LiveStop]:
        """Return the whole text of a stop that was found outside a conversation, and the stop as it is kept."""
        told = self._after.alarm(stop, "", None, now, region)
        return self._stopped("", told), told.live

    def stop_in(self, text: str) -> Stop | None:
        """Return the stop that a text by itself gets; None for none, or where the gate fails."""
        try:
            return self._gate.check(_bounded(text)).stop
        except Exception as error:  # noqa: BLE001 -- as in `ask`
            log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400
            return None

    def show_claim(self, claim_id: str, *, focus: str = "") -> Answer | None:
        """Return the answer that shows one claim, or None where there is no such claim (any more)."""
        if claim_id not in self.knowledge.claims:
            return None
        answer = answer_with(claim_id, self.knowledge, last=self._last, touches=self.touches_pain, focus=focus)
        return replace(answer, candidates=(Match(claim_id, self.knowledge.claims[claim_id].topic, 1.0),), fits=1.0)

    def show_topic(self, topic_id: str) -> Answer | None:
        """Return the topic's leading claim as an answer, or None where there is no such topic."""
        topic = self.knowledge.topics.get(topic_id)
        return None if topic is None else self.show_claim(topic.leading)

    def warning_signs(self) -> Answer:
        """Return the list of warning signs; the safety line alone where the knowledge has no such claim."""
        return self.show_claim(WARNING_SIGNS) or self._line_alone("")

    def suggest_choices(
        self, typed: str, limit: int = 25, *, live: LiveStop | None = None, popular: Sequence[str] = ()
    ) -> list[Choice]:
        """Return choices for what is typed so far, best first; on an alarm, or while `live` holds, the stop is the only one.

        `popular`: the claims to begin with where nothing is typed.
        """
        text = _bounded(typed)
        try:
            stop = self._gate.check(text).stop
        except Exception as error:  # noqa: BLE001 -- as in `ask`
            log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400
            if live is None:
                return []
            stop = None
        if stop is None and live is not None:
            stop = live.stop
        if stop is not None:
            where = (live.region if live else "") or self._region
            return [stop_choice(self.texts.label(stop, where), stop)]
        return self._titles.choices(text, limit, self._fit_to_offer(popular)[:MOST_POPULAR])

    def offering(self, answer: Answer, popular: Sequence[str]) -> Answer:
        """Return a decline that nothing is near with what is `popular` in its place; any other answer as it is."""
        return offering(answer, self._fit_to_offer(popular), self.knowledge) if answer.unlike else answer

    def _fit_to_offer(self, popular: Sequence[str]) -> list[str]:
        """Return what may be named as asked by others: not what is about a condition of somebody's."""
        about = self._conditions.claims
        return [claim for claim in popular if claim in self.knowledge.claims and claim not in about]

    def touches_pain(self, claim: Claim) -> bool:
        """Say whether a claim is about pain, injury or a condition: as its data says, else by the gate's words of pain."""
        topic = self.knowledge.topics.get(claim.topic)
        marked = claim.pain if claim.pain is not None or topic is None or claim.added_by_server else topic.pain
        if marked is not None:
            return marked
        if claim.id not in self._pain:
            screenings = [
                self._gate.check(text) for text in (claim.title, claim.claim, without_references(claim.answer))
            ]
            self._pain[claim.id] = any(each.line or each.stop is not None for each in screenings)
        return self._pain[claim.id]

    @cached_property
    def _headings(self) -> Headings:
        return Headings(self.knowledge, self._matcher.concepts)

    @property
    def _last(self) -> LastLines:
        return LastLines(self.texts.line, self.texts.pointer)

    def alarms(self, text: str) -> bool:
        """Say whether the gate would stop a text of a claim: True too where it fails.

        A draft's texts are looked at with every press of a button. Of each only its hash is kept, and what was found.
        """
        found = self._looked_at.get(key := hash(text))
        if found is None:
            found = _alarms(self._gate, text)
            if len(self._looked_at) >= MOST_LOOKED_AT:
                self._looked_at.clear()
            self._looked_at[key] = found
        return found

    @cached_property
    def _mentions(self) -> Mentions:
        return self._gate.mentions(self.reassuring.about)

    def names_sign(self, text: str) -> bool:
        """Say whether a text of a claim names a warning sign, however it means it: True too where that fails."""
        found = self._named_in.get(key := hash(text))
        if found is None:
            try:
                found = self._mentions(_bounded(text)) or self.reassuring.is_about_sign(_bounded(text))
            except Exception as error:  # noqa: BLE001 -- as in `ask`
                log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400
                found = True
            if len(self._named_in) >= MOST_LOOKED_AT:
                self._named_in.clear()
            self._named_in[key] = found
        return found

    def about(self) -> str:
        """Return what the bot is and is not, as Markdown."""
        return ABOUT

    def explain(self, question: str) -> tuple[Explanation, Trace]:
        """Return why the matcher and the gate made of `question` what they did."""
        text = _bounded(question)
        return self._matcher.explain(text), self._gate.explain(text)

    def _chosen(
        self, question: str, conversation: Conversation, now: float, region: str
    ) -> tuple[Answer, Conversation] | None:
        """Answer a value that autocomplete offered, or return None where the text is something else."""
        if question.startswith(CLAIM_PREFIX):
            held = _holding(conversation, now)
            if held is not None:
                return self._stopped(question, self._after.technique(held, region)), conversation
            answer = self.show_claim(question.removeprefix(CLAIM_PREFIX).strip())
            return None if answer is None else (answer, conversation.answered(answer.claim or "", now))
        stop = from_value(question)
        if stop is None:
            return None
        # What was chosen is the stop's whole text, even where it was told before: the label promised it.
        before = conversation.stop.region if conversation.stop else ""
        told = self._after.alarm(stop, "", None, now, before or region)
        return self._stopped(question, told), conversation.stopped(replace(told.live, region=before))

    def _stopped(self, question: str, told: Told, *, after: bool = False, ranked: bool = True) -> Answer:
        matches = self._matcher.rank(_bounded(question)).matches if question and ranked else ()
        return Answer(question, Outcome.STOP, told.text, candidates=matches, stop=told.live.stop, after_stop=after)

    def _line_alone(self, question: str) -> Answer:
        return Answer(question, Outcome.DECLINE, self.safety_line, safety_line=True)

    def _answer(self, question: str, text: str, screening: Screening, conversation: Conversation) -> Answer:
        if screening.about_signs and WARNING_SIGNS in self.knowledge.claims:
            return self._answer_with(WARNING_SIGNS, question, self._matcher.rank(text), screening)
        if self._reading:
            line = self.safety_line if screening.line else ""
            return Answer(question, Outcome.DECLINE, STILL_READING, end=line, safety_line=screening.line)
        new = self._going_on.another(text)
        if new:  # the subject changes, what they said of themselves stays
            text, conversation = new, replace(conversation, claim="", texts=(), offered=())
        offered = [claim for claim in conversation.offered if claim in self.knowledge.claims]
        if choice := followup.chosen(text, offered):
            return self._answer_with(choice, question, self._matcher.rank(text), screening)
        last = self.knowledge.claims.get(conversation.claim)
        follow = followup.read(text)
        if last is not None and follow.kind is followup.Kind.PART:
            return self._answer_with(last.id, question, self._matcher.rank(text), screening, follow.focus)
        if last is not None and self.touches_pain(last) and self._going_on.stays(text):
            return self._onward.beside(question, text, last, GOES_ON[followup.Kind.NEXT], screening)
        if last is not None and follow.kind in GOES_ON:
            return self._onward.beside(question, text, last, GOES_ON[follow.kind], screening)
        said = None if screening.line else self._first_words.read(text, self._matcher.has_word)
        whole = self._matcher.rank(text)
        if said is not None and not whole.own:
            return self._said(question, text, said)
        if last is not None:
            on = self._added(question, text, last, conversation.before, ranking=whole, screening=screening)
            if on is not None:
                return on
        if whole.own and (last is None or len(text.split()) > FEWEST_OF_TRAINING):
            ranking = whole
        elif last is None:
            ranking = self._several(text, whole)
        else:
            title = self.knowledge.topics[last.topic].title
            more = self._going_on.more(text) if follow.kind in {followup.Kind.NEW, followup.Kind.ASPECT} else None
            ranking = rank_with_it(
                text,
                more,
                last,
                conversation.before,
                rank=self._matcher.rank,
                speaks=self._onward.speaks_of,
                chatter=self._chatter,
            ) or rank_after(text, follow, last, title, self._matcher.rank, chatter=self._chatter)
            if follow.kind is followup.Kind.NEW and (ranking.also or "?" in text):
                ranking = self._several(text, ranking)
        alone = ranking
        ranking = rank_together(
            text, conversation.before, alone, conversation.claim, self._matcher.rank, chatter=self._chatter
        )
        names = self._matcher.names_subject
        if (
            ranking is alone
            and not ranking.own
            and (last is None or len(text.split()) > FEWEST_OF_TRAINING or names(text))
        ):
            ranking = self._held_to_words(text, ranking)
        if self._matcher.is_put_outside(text):
            ranking = replace(ranking, outside=True)
        asked = once(self._questions.asked, self._matcher.asked(text))
        leads = partial(self._questions.lead, asked=asked, concepts=self._matcher.concepts) if asked else (lambda _: "")
        told = self._for_them.told(text, ranking, conversation, last)
        if told:  # "two stents last year" asks nothing, and wants the card about it
            return replace(
                self._answer_with(told, question, ranking, screening, leads=leads),
                asks=asked.kind.value if asked else "",
            )
        if last is not None and not whole.own and not self._conditions.named(text):
            on = self._onward.answer(question, text, last, ranking, screening)
            if on is not None:
                return on
        end = self._last
        if not ranking.sure and self._messages.is_small_talk(text):
            end = replace(end, pointer="")
        answer = decide(
            question,
            ranking,
            self.knowledge,
            last=end,
            touches=self.touches_pain,
            line=screening.line,
            leads=leads,
            line_for=self._onward.first_line,
            chatter=self._chatter,
        )
        if last is None or answer.outcome is Outcome.DECLINE:
            answer = self._looked_up(answer, text, ranking, screening)
        return replace(answer, asks=asked.kind.value) if asked else answer

    def _added(
        self, question: str, text: str, last: Claim, before: str, *, ranking: Ranking, screening: Screening
    ) -> Answer | None:
        """Return the answer to what a message only adds to the last question: a complaint of theirs, or what tells no more of it."""
        better = self._for_them.steered(text, ranking, last, states=self._onward.states(text))
        if better:
            asked = self._questions.asked(self._going_on.bare(before)) if before else None
            leads = (
                partial(self._questions.lead, asked=asked, concepts=self._matcher.concepts) if asked else (lambda _: "")
            )
            return self._answer_with(better, question, ranking, screening, leads=leads)
        if ranking.own or self._conditions.named(text):
            return None
        return self._onward.added(question, text, last, before, ranking=ranking, screening=screening)

    def _looked_up(self, answer: Answer, text: str, ranking: Ranking, screening: Screening) -> Answer:
        """Return what a word or two look up by a claim's heading, or the answer as it is."""
        ranked = [match.claim for match in answer.candidates]
        named = looked_up(self._matcher.asked(text), ranked, self._headings, answered=answer.claim, fits=answer.fits)
        if len(named) == 1 and ranked[:1] != named and answer.outcome is Outcome.SUGGEST:
            named = list(dict.fromkeys([*named, *ranked]))[:MOST_SUGGESTIONS]
        if len(named) == 1:
            return self._answer_with(named[0], answer.question, ranking, screening)
        if not named:
            return answer
        end = self.safety_line if screening.line else self._last.pointer
        found = suggesting(answer.question, named, ranking, self.knowledge, end, line=screening.line)
        return replace(found, fits=answer.fits)

    def _held_to_words(self, text: str, ranking: Ranking) -> Ranking:
        """Return a ranking that knows how far its first claim speaks of what the text names."""
        if not ranking.matches or ranking.also:
            return ranking
        covers = self._matcher.coverage(text, ranking.matches[0].claim)
        return replace(ranking, covers=covers, about_us=self._matcher.names_subject(text))

    def _several(self, text: str, whole: Ranking) -> Ranking:
        """Return the ranking of a text with the claims that answer each of its questions."""
        return several(
            self._matcher.asked(text),
            whole,
            self._rank_entry,
            self.knowledge.claims,
            conditions=self._conditions.claims,
            names=self._onward.names_something,
            asks=lambda piece: self._questions.asked(piece) is not None,
        )

    def _rank_entry(self, text: str) -> Ranking:
        """Return the ranking of one question of several; of a list ("seat? feet?") an entry is a heading that is looked up."""
        return entry(self._matcher.rank(text), text, self._headings)

    def nothing_asked(self, text: str) -> Answer:
        """Return the answer to a message without a word, with `text` and things to ask."""
        return self._said("", "", replace(EMPTY_SAID, says=text))

    def _said(self, question: str, text: str, said: FirstWords) -> Answer:
        """Return the line for first words, with claims to ask for next: of the first topics where none of its own is there."""
        asks = [claim for claim in said.asks if claim in self.knowledge.claims]
        if not asks and (said.asks or not said.silent):
            asks = [topic.leading for topic in self.knowledge.topics.values()][:MOST_SUGGESTIONS]
        return Answer(
            question, Outcome.DECLINE, said.says, listed=titles_of(asks, self.knowledge),
            candidates=self._matcher.rank(text).matches, suggestions=tuple(asks), quiet=said.silent, kind=said.kind,
            covered=False,
        )  # fmt: skip

    def _answer_with(
        self,
        claim_id: str,
        question: str,
        ranking: Ranking,
        screening: Screening,
        focus: str = "",
        *,
        leads: Leads = lambda _: "",
    ) -> Answer:
        """Answer with a claim that the conversation names, not the matcher; it leads the candidates."""
        answer = answer_with(
            claim_id,
            self.knowledge,
            last=self._last,
            touches=self.touches_pain,
            question=question,
            line=screening.line,
            focus=focus,
            leads=leads,
        )
        first = Match(claim_id, self.knowledge.claims[claim_id].topic, 1.0)
        others = [match for match in ranking.matches if match.claim != claim_id]
        return replace(answer, candidates=(first, *others)[:10], fits=1.0)


def _alarms(gate: Gate, text: str) -> bool:
    try:
        return gate.check(_bounded(text)).stop is not None
    except Exception as error:  # noqa: BLE001 -- as in `ask`
        log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400
        return True


def _holding(conversation: Conversation, now: float) -> LiveStop | None:
    return conversation.stop if conversation.stop is not None and conversation.stop.holds(now) else None


def _cautioning(conversation: Conversation, now: float) -> LiveStop | None:
    return conversation.stop if conversation.stop is not None and conversation.stop.cautions(now) else None


def _bounded(text: str) -> str:
    """Return a text of at most MOST_CHARACTERS: of a longer one its beginning and its end, where questions stand."""
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    return f"{text[:half]}\n{text[-half + 1 :]}"
