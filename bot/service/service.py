"""Everything that the bot can be asked, on one fixed state of the knowledge: the same for every way in."""

import logging
from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property, partial

from bot.core.answering import (
    offering,
)
from bot.core.asking import NO_QUESTIONS, Questions
from bot.core.complaints import NO_COMPLAINTS, Complaints
from bot.core.conversation import NOTHING_SAID, Conversation, LiveStop
from bot.core.first_words import NO_FIRST_WORDS, Reader
from bot.core.going_on import NO_FOLLOWING, GoingOn
from bot.core.likely_wordings import NO_SHAPES, Shapes
from bot.core.listener import Listener
from bot.core.matching import Explanation, Matcher
from bot.core.model import Answer, Claim, Knowledge, Outcome, Ranking, Stop
from bot.core.once import one_message
from bot.core.safety import Gate, SafetyRules, Trace, stop_texts
from bot.core.weighing import Evidence
from bot.core.word_lists import NO_WORDS, WordLists
from bot.errors import GateFailedError
from bot.sentences import say
from bot.service.answerer import WARNING_SIGNS, Answerer
from bot.service.choices import Choice, Titles, stop_choice
from bot.service.claim_texts import ClaimTexts, Spelling
from bot.service.guard import Guard, bounded
from bot.service.known import Known, KnownWordings
from bot.service.messages import Circumstances, Messages, line_alone

log = logging.getLogger(__name__)

MOST_POPULAR = 4
"""Claims that are offered before a letter is typed, above the topics."""

ABOUT = say("card.service.about")


_HALF_TYPED, _FIRST_ASKED, _THEN_ASKED = "low", "my lower bakc hurts on the leg press", "and how deep is that"


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
        guard: Guard | None = None,
    ) -> None:
        """Serve `knowledge`; `region` chooses the emergency numbers where a call names no other.

        `version` names the files that it was read from; `guard` is another one's, of the same gate and rules. `first_words` tells what asks nothing, `questions` which kind of
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
        self._guard = guard or Guard(gate, rules)
        self._region = region
        self._reading = reading
        self._first_words = first_words
        self.shapes = shapes
        spelling = Spelling(self._guard, knowledge)
        heard = complaints if isinstance(complaints, Listener) else Listener(complaints, spelling)
        self.claim_texts = ClaimTexts(self._guard, heard, spelling)
        self.version = version
        self._questions = questions
        self.lists = lists
        self._going_on = going_on
        self._answerer = Answerer(
            knowledge, matcher, gate, self.texts, first_words=first_words, questions=questions, lists=lists,
            going_on=going_on, reading=reading, is_small_talk=self._guard.is_small_talk,
            speaks_of_body=partial(_speaks_of_body, heard),
        )  # fmt: skip
        self._messages = Messages(
            self._guard, self._answerer, matcher, texts=self.texts, going_on=going_on, region=region
        )
        self._titles = Titles(knowledge, matcher.rank, self._guard.alarms, matcher.concepts)
        self._known = KnownWordings(knowledge.claims)
        self.edition: Hashable = object()
        """Stands for the knowledge as it is: equal in services that show the same claims in the same words."""

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
            going_on=self._going_on, complaints=self.claim_texts.complaints, guard=self._guard,
        )  # fmt: skip
        if knowledge is self.knowledge:
            other.edition = self.edition
        if not self._reading and not reading:
            other._titles = Titles(knowledge, matcher.rank, self._guard.alarms, matcher.concepts, self._titles)
        other._known = self._known
        other._answerer.share_conditions(self._answerer)
        return other

    def known_wordings(self) -> Iterator[Known]:
        """Yield the wordings by which the claims are known."""
        return self._known.of(self.knowledge.claims)

    def warm(self) -> None:
        """Make what the first message would wait for: a fifth of a second. What is small talk or comes after a stop is compiled, and an answer thought through."""
        self._guard.warm()
        if not self._reading:
            self._matcher.warm()
            _ = self._thought

    @cached_property
    def _thought(self) -> Outcome:
        """What became of a first question, half typed and whole, and one that goes on from it: most of what thinks is made when first used."""
        self.suggest_choices(_HALF_TYPED)
        _, heard = self.ask(_FIRST_ASKED)
        return self.ask(_THEN_ASKED, heard)[0].outcome

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
        return self._matcher.rank(bounded(text))

    def evidence(
        self, text: str, conversation: Conversation, *, gave: str = "", reader: str = ""
    ) -> dict[str, Evidence]:
        """Return what speaks for each claim that a text after an answer may be about, for none of them under ""; nothing where nothing was answered.

        `gave`: the claim that a `reader` by form would answer it with.
        """
        return self._answerer.evidence(bounded(text), conversation, gave, reader)

    @property
    def weights(self) -> Mapping[str, float]:
        """What each kind of evidence counts."""
        return self._going_on.following.weighs

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
        """Return the answer to any text, and the conversation after it. Raises nothing for any text.

        What the rest means stands with Circumstances.
        """
        around = Circumstances(now, region, beside, theirs, pointed, careful, ranked)
        with one_message(), self._matcher.one_message():
            return self._messages.answer(question, conversation.at(now), around)

    def held(self, live: LiveStop, *, region: str = "") -> Answer:
        """Return what a command, button or form gets that would bring training advice while a stop holds."""
        return self._messages.held(live, region)

    def again(self, live: LiveStop, *, region: str = "") -> Answer:
        """Return a stop in short."""
        return self._messages.again(live, region)

    def told_of(self, stop: Stop, now: float, *, region: str = "") -> tuple[Answer, LiveStop]:
        """Return the whole text of a stop that was found outside a conversation, and the stop as it is kept."""
        return self._messages.told_of(stop, now, region)

    def stop_in(self, text: str) -> Stop | None:
        """Return the stop that a text by itself gets; None for none. Raises GateFailedError where nobody can tell."""
        found = self._guard.check(text)
        if found is None:
            raise GateFailedError(self.safety_line)
        return found.stop

    def is_about_them(self, text: str) -> bool:
        """Say whether a text speaks of a person ("can he train?") whom it does not name."""
        return self._guard.messages.is_about_them(bounded(text))

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
        return self.show_claim(WARNING_SIGNS) or line_alone("", self.safety_line)

    def suggest_choices(
        self, typed: str, limit: int = 25, *, live: LiveStop | None = None, popular: Sequence[str] = ()
    ) -> list[Choice]:
        """Return choices for what is typed so far, best first; on an alarm, or while `live` holds, the stop is the only one.

        `popular`: the claims to begin with where nothing is typed.
        """
        text = bounded(typed)
        screening = self._guard.check(text)
        if screening is None and live is None:
            return []
        stop = None if screening is None else screening.stop
        if stop is None and live is not None:
            stop = live.stop
        if stop is not None:
            where = (live.region if live else "") or self._region
            return [stop_choice(self.texts.label(stop, where), stop)]
        return self._titles.choices(text, limit, self._answerer.fit_to_offer(popular)[:MOST_POPULAR])

    def offering(self, answer: Answer, popular: Sequence[str]) -> Answer:
        """Return a decline that nothing is near with what is `popular` in its place; any other answer as it is."""
        return offering(answer, self._answerer.fit_to_offer(popular), self.knowledge) if answer.unlike else answer

    def about(self) -> str:
        """Return what the bot is and is not, as Markdown."""
        return ABOUT

    def explain(self, question: str) -> tuple[Explanation, Trace]:
        """Return why the matcher and the gate made of `question` what they did."""
        text = bounded(question)
        return self._matcher.explain(text), self._guard.explain(text)


def _speaks_of_body(heard: Listener, text: str) -> bool:
    with one_message():
        return heard.names_place(text) or bool(heard.complaint(text) or heard.implied(text))
