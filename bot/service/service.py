"""Asking: the gate first, then follow-ups, then the matcher; the same for every way in."""

import logging
import time
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, partial

from bot.core.after_stop import AfterStop, Told
from bot.core.answering import (
    offering,
    with_caution,
)
from bot.core.asking import NO_QUESTIONS, Questions
from bot.core.complaints import NO_COMPLAINTS, Complaints
from bot.core.conversation import NOTHING_SAID, Conversation, LiveStop
from bot.core.first_words import NO_FIRST_WORDS, Reader
from bot.core.going_on import NO_FOLLOWING, GoingOn
from bot.core.likely_wordings import NO_SHAPES, Shapes
from bot.core.listener import Listener
from bot.core.matching import Explanation, Matcher
from bot.core.model import OUT_OF_SCOPE, QUESTION, Answer, Claim, Knowledge, Outcome, Ranking, Stop, Tier
from bot.core.once import one_message
from bot.core.safety import Gate, Mentions, NextMessages, SafetyRules, Screening, Trace, next_messages, stop_texts
from bot.core.text import clean, words
from bot.core.word_lists import NO_WORDS, WordLists
from bot.measures import Stage
from bot.service.answerer import FEWEST_OF_TRAINING, WARNING_SIGNS, Answerer
from bot.service.choices import CLAIM_PREFIX, Choice, Titles, from_value, stop_choice
from bot.service.for_them import FORGOTTEN_BUT
from bot.service.known import Known, KnownWordings

log = logging.getLogger(__name__)

MOST_CHARACTERS = 6000
"""Discord's own limit for a command's text; of a longer one the beginning and the end are read."""

SLOW = 0.05
"""Seconds of work from which on the gate's silence is not trusted: its answer carries the safety line."""

MOST_POPULAR = 4
"""Claims that are offered before a letter is typed, above the topics."""

MOST_LOOKED_AT = 5_000
"""Texts of claims of which a service remembers whether the gate would stop them."""
ANOTHER = "Go on, what do you want to know?"
NOT_THEIRS = "Right, then I go on as if it was not about you."

ABOUT = """\
I answer questions about the leg press, and about backs that complain after it, from a list of claims that people \
wrote and checked against published research. Each answer says how well supported it is and names its sources; where \
nobody knows, it says that too.

General gym information, not medical advice. I match words, I can miss things, and I cannot judge your body. \
Silence from me does not mean you're fine. When a message sounds alarming I stop and point to help instead of \
answering. No health professional has reviewed that stop rule yet.

I keep nothing of what you write with your name. Where a server agreed, wordings that I could not answer are kept \
without anybody's name; `/privacy` says more."""


_HALF_TYPED, _FIRST_ASKED, _THEN_ASKED = "low", "my lower bakc hurts on the leg press", "and how deep is that"


class _Compiled:
    """What is compiled when a first message needs it, for a service and all that are made from it, whichever needs it first.

    Most starts of the terminal do without; where each server's service compiled its own, its first message would wait.
    """

    def __init__(self, rules: SafetyRules, gate: Gate) -> None:
        """Compile nothing yet."""
        self._rules = rules
        self._gate = gate
        self._mentions: Mentions | None = None

    @cached_property
    def messages(self) -> NextMessages:
        """What reads the messages after a stop, and small talk."""
        return next_messages(self._rules)

    @cached_property
    def gate(self) -> Gate:
        """The gate after its first look, which loads its tables and so tells nothing of how long a look takes."""
        self._gate.check("leg press")
        return self._gate

    def mentions(self, classes: Sequence[str]) -> Mentions:
        """Return what finds a warning sign in a text; `classes` are the same each time."""
        if self._mentions is None:
            self._mentions = self._gate.mentions(classes)
        return self._mentions


class _Spelling:
    """The words that are no mistake: the gate's, and those of a knowledge."""

    def __init__(self, gate: Gate, knowledge: Knowledge) -> None:
        self._gate = gate
        self._knowledge = knowledge

    def __call__(self, word: str) -> bool:
        return self._gate.spells(word) or word in self.words

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of the knowledge: none of them is misspelt."""
        texts = (
            text
            for claim in self._knowledge.claims.values()
            for text in (claim.title, claim.claim, claim.lead, claim.answer, claim.why, *claim.do, *claim.avoid)
        )
        return frozenset(word for text in texts for word in words(clean(text)))


class Service:
    """Everything the bot can be asked, on one fixed state of the knowledge; safe to share between threads.

    None of its parts holds it, so that with its last user it goes at once: what was there when `bot.memory.keep` was called,
    the garbage collector never looks at.
    """

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
        complaints: Complaints | Listener = NO_COMPLAINTS,
        going_on: GoingOn = NO_FOLLOWING,
        compiled: _Compiled | None = None,
    ) -> None:
        """Serve `knowledge`; `region` chooses the emergency numbers where a call names no other.

        `version` names the files that it was read from; `compiled` is what another one has compiled of the same rules. `first_words` tells what asks nothing, `questions` which kind of
        question it is, `going_on` how people go on from an answer, `lists` holds
        words by what they are used for, `shapes` how a new claim is likely to be asked for, `complaints` which
        bodily complaints are everyday. While it is `reading`, the matcher knows nothing
        yet: alarms are stopped as ever, and questions put off.
        """
        self.knowledge = knowledge
        self.texts = stop_texts(rules)
        self.safety_line = self.texts.line
        self._matcher = matcher
        self._gate = gate
        self._rules = rules
        self._compiled = compiled or _Compiled(rules, gate)
        self._region = region
        self._reading = reading
        self._first_words = first_words
        self.shapes = shapes
        self._spelling = _Spelling(gate, knowledge)
        self.complaints = complaints if isinstance(complaints, Listener) else Listener(complaints, self._spelling)
        self.version = version
        self._questions = questions
        self.lists = lists
        self._going_on = going_on
        self._answerer = Answerer(
            knowledge, matcher, gate, self.texts, first_words=first_words, questions=questions, lists=lists,
            going_on=going_on, reading=reading, is_small_talk=partial(_is_small_talk, self._compiled),
            speaks_of_body=partial(_speaks_of_body, self.complaints),
        )  # fmt: skip
        self._titles = Titles(knowledge, matcher.rank, partial(_alarms, gate), matcher.concepts)
        self._looked_at: dict[int, bool] = {}
        self._known = KnownWordings(knowledge.claims)
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
            version=self.version, lists=self.lists,
            going_on=self._going_on, complaints=self.complaints, compiled=self._compiled,
        )  # fmt: skip
        if knowledge is self.knowledge:
            other.edition = self.edition
        if not self._reading and not reading:
            other._titles = Titles(
                knowledge, matcher.rank, partial(_alarms, self._gate), matcher.concepts, self._titles
            )
        other._known = self._known
        other._answerer.share_conditions(self._answerer)
        return other

    @property
    def _messages(self) -> NextMessages:
        return self._compiled.messages

    def known_wordings(self) -> Iterator[Known]:
        """Yield the wordings by which the claims are known."""
        return self._known.of(self.knowledge.claims)

    def warm(self) -> None:
        """Make what the first message would wait for: a fifth of a second. What is small talk or comes after a stop is compiled, and an answer thought through."""
        self._messages.warm()
        try:
            _ = self._compiled.gate
        except Exception as error:  # noqa: BLE001 -- as in `ask`
            log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400
        if not self._reading:
            self._matcher.warm()
            _ = self._thought

    @cached_property
    def _thought(self) -> Outcome:
        """What became of a first question, half typed and whole, and one that goes on from it: most of what thinks is made when first used."""
        self.suggest_choices(_HALF_TYPED)
        _, heard = self.ask(_FIRST_ASKED)
        return self.ask(_THEN_ASKED, heard)[0].outcome

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
        try:
            gate, started = self._compiled.gate, time.thread_time()
            with Stage("gate"):
                screening = gate.check(text, [earlier for _, earlier in conversation.texts])
        except Exception as error:  # noqa: BLE001 -- whatever fails in the gate, an answer without it must not go out
            log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400 -- a traceback may quote the text
            live = held or beside
            told = None if live is None else self._after.again(live, region)
            return (
                self._line_alone(question) if told is None else self._stopped(question, told, ranked=ranked)
            ), conversation
        careful = careful or time.thread_time() - started > SLOW
        heard = conversation.heard(text, now).having(self._answerer.conditions.named(text), now)
        cautioning = _cautioning(conversation, now)
        if cautioning is not None and screening.stop is not None and screening.stop.rules == cautioning.stop.rules:
            # Said before, and only the earlier message says it: now the caution goes with the answer.
            screening = self._gate.check(text)
        if screening.stop is not None:
            before = held or cautioning or beside
            told = self._after.alarm(screening.stop, text, before, now, region)
            after = heard.stopped(told.live)
            if told.live.stop.tier is Tier.EMERGENCY:  # nothing graver could be heard together with these words
                after = after.wordless()
            card = self._answerer.conditions.flagged(self._answerer.conditions.named(text), screening.stop.rules)
            if card and told.live.stop.tier is Tier.SOON:  # what they ask next goes on from that
                after = replace(after, claim=card, answered_at=now)
            return self._stopped(question, told, ranked=ranked), after
        if cautioning is not None and pointed is not None and pointed.rules == cautioning.stop.rules:
            pointed = None  # told before, and it holds nobody: its caution goes with the answer
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
            told = None if answer.claim is not None else self._after.after_soon(text, cautioning, now, region)
            if told is not None:
                return self._stopped(question, told, ranked=ranked), heard.stopped(told.live)
            if not answer.quiet:
                answer = with_caution(answer, self._after.caution(cautioning, region))
        if screening.language and answer.outcome is Outcome.DECLINE:
            sentence = self.texts.reads_english(screening.language)
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
        return self._answerer.show_claim(claim_id, focus=focus)

    def nothing_asked(self, text: str) -> Answer:
        """Return the answer to a message without a word, with `text` and things to ask."""
        return self._answerer.nothing_asked(text)

    def touches_pain(self, claim: Claim) -> bool:
        """Say whether a claim is about pain, injury or a condition: as its data says, else by the gate's words of pain."""
        return self._answerer.touches_pain(claim)

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
        return self._titles.choices(text, limit, self._answerer.fit_to_offer(popular)[:MOST_POPULAR])

    def offering(self, answer: Answer, popular: Sequence[str]) -> Answer:
        """Return a decline that nothing is near with what is `popular` in its place; any other answer as it is."""
        return offering(answer, self._answerer.fit_to_offer(popular), self.knowledge) if answer.unlike else answer

    def has_word(self, word: str) -> bool:
        """Say whether a claim has a word."""
        return word in self._spelling.words

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

    def names_sign(self, text: str) -> bool:
        """Say whether a text of a claim names a warning sign, however it means it: True too where that fails."""
        found = self._named_in.get(key := hash(text))
        if found is None:
            try:
                text = _bounded(text)
                found = self._is_about_sign(text) and self._is_about_sign(self.complaints.bare(text))
            except Exception as error:  # noqa: BLE001 -- as in `ask`
                log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400
                found = True
            if len(self._named_in) >= MOST_LOOKED_AT:
                self._named_in.clear()
            self._named_in[key] = found
        return found

    def likely_alarm(self, text: str) -> float:
        """Return how likely the gate's model takes a text for an alarm, rules left out: 1 where it fails."""
        try:
            return self._gate.alarm(_bounded(text))
        except Exception as error:  # noqa: BLE001 -- as in `ask`
            log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400
            return 1.0

    def _is_about_sign(self, text: str) -> bool:
        return self._compiled.mentions(self.complaints.sign_classes)(text) or self.complaints.is_about_sign(text)

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


def _speaks_of_body(heard: Listener, text: str) -> bool:
    with one_message():
        return heard.names_place(text) or bool(heard.complaint(text) or heard.implied(text))


def _is_small_talk(compiled: _Compiled, text: str) -> bool:
    return compiled.messages.is_small_talk(text)
