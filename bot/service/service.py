"""Asking: the gate first, then follow-ups, then the matcher; the same for every way in."""

import logging
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from bot.core import followup
from bot.core.answering import answer_with, decide
from bot.core.conversation import NOTHING_SAID, Conversation
from bot.core.matching import Explanation, Matcher
from bot.core.model import Answer, Knowledge, Match, Outcome, Ranking, Stop, Tier
from bot.core.readings import rank_after
from bot.core.safety import Gate, SafetyRules, Screening, Trace, safety_line, stop_text

log = logging.getLogger(__name__)

MOST_CHARACTERS = 6000
"""Discord's own limit for a command's text; of a longer one the beginning and the end are read."""

CLAIM_PREFIX, STOP_PREFIX = "claim:", "stop:"
WARNING_SIGNS = "warning-signs"

ABOUT = """\
I answer questions about the leg press, and about backs that complain after it, from a list of claims that people \
wrote and checked against published research. Each answer says how well supported it is and names its sources; where \
nobody knows, it says that too.

General gym information, not medical advice. I match words, I can miss things, and I cannot judge your body. \
Silence from me does not mean you're fine. When a message sounds alarming I stop and point to help instead of \
answering. No health professional has reviewed that stop rule yet.

I keep nothing of what you write with your name. Where a server agreed, wordings that I could not answer are kept \
without anybody's name; `/privacy` says more."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An autocomplete entry: `label` is shown, `Service.ask` understands `value`; each at most 100 characters."""

    label: str
    value: str


class Service:
    """Everything the bot can be asked, on one fixed state of the knowledge; safe to share between threads."""

    def __init__(
        self, knowledge: Knowledge, matcher: Matcher, gate: Gate, rules: SafetyRules, *, region: str = ""
    ) -> None:
        """Serve `knowledge`; `region` chooses the emergency numbers where a call names no other."""
        self.knowledge = knowledge
        self.safety_line = safety_line(rules)
        self._matcher = matcher
        self._gate = gate
        self._rules = rules
        self._region = region

    def over(self, knowledge: Knowledge, matcher: Matcher, *, region: str = "") -> "Service":
        """Return a service on other knowledge with the same gate; `region` "" keeps this one's."""
        return Service(knowledge, matcher, self._gate, self._rules, region=region or self._region)

    @property
    def matcher(self) -> Matcher:
        """What ranks the claims, for building another one on it."""
        return self._matcher

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions whose emergency numbers are known."""
        return tuple(self._rules.regions)

    def rank(self, text: str) -> Ranking:
        """Return what the matcher alone makes of a text."""
        return self._matcher.rank(_bounded(text))

    def ask(
        self, question: str, conversation: Conversation = NOTHING_SAID, *, now: float = 0.0, region: str = ""
    ) -> tuple[Answer, Conversation]:
        """Return the answer to any text, and the conversation after it.

        `now` is in seconds on the clock that the conversation was kept with. Raises nothing for any text.
        """
        chosen = self._chosen(question, region)
        if chosen is not None:
            return chosen, conversation if chosen.claim is None else conversation.answered(chosen.claim, now)
        text = _bounded(question)
        conversation = conversation.at(now)
        try:
            screening = self._gate.check(text, [earlier for _, earlier in conversation.texts])
        except Exception as error:  # noqa: BLE001 -- whatever fails in the gate, an answer without it must not go out
            log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400 -- a traceback may quote the text
            return self._line_alone(question), conversation
        heard = conversation.heard(text, now)
        if screening.stop is not None:
            return self._stop(question, screening, conversation, region), heard.stopped(screening, now)
        if conversation.stop is not None and followup.read(text).kind is followup.Kind.PART:
            # "Why?" and "what do I do" after an alarm: there is nothing to say but the same again.
            return self._stop(question, conversation.stop, conversation, region), heard
        answer = self._answer(question, text, screening, conversation)
        return answer, heard if answer.claim is None else heard.answered(answer.claim, now)

    def show_claim(self, claim_id: str, *, focus: str = "") -> Answer | None:
        """Return the answer that shows one claim, or None where there is no such claim (any more)."""
        if claim_id not in self.knowledge.claims:
            return None
        answer = answer_with(claim_id, self.knowledge, safety_line=self.safety_line, focus=focus)
        return replace(answer, candidates=(Match(claim_id, self.knowledge.claims[claim_id].topic, 1.0),))

    def show_topic(self, topic_id: str) -> Answer | None:
        """Return the topic's leading claim as an answer, or None where there is no such topic."""
        topic = self.knowledge.topics.get(topic_id)
        return None if topic is None else self.show_claim(topic.leading)

    def warning_signs(self) -> Answer:
        """Return the list of warning signs; the safety line alone where the knowledge has no such claim."""
        return self.show_claim(WARNING_SIGNS) or self._line_alone("")

    def suggest_choices(self, typed: str, limit: int = 25) -> list[Choice]:
        """Return choices for what is typed so far, best first; on an alarm the stop is the only one."""
        text = _bounded(typed)
        try:
            screening = self._gate.check(text)
        except Exception as error:  # noqa: BLE001 -- as in `ask`
            log.error("The safety gate failed: %s", type(error).__name__)  # noqa: TRY400
            return []
        if screening.stop is not None:
            text = stop_text(self._rules, screening, region=self._region).replace("**", "")  # choices show no Markdown
            return [Choice(_shortened(text, 100), f"{STOP_PREFIX}{screening.stop.tier}")]
        ids = self._ids_for(text)[:limit]
        return [Choice(_shortened(self._title(claim), 100), f"{CLAIM_PREFIX}{claim}") for claim in ids]

    def about(self) -> str:
        """Return what the bot is and is not, as Markdown."""
        return ABOUT

    def explain(self, question: str) -> tuple[Explanation, Trace]:
        """Return why the matcher and the gate made of `question` what they did."""
        text = _bounded(question)
        return self._matcher.explain(text), self._gate.explain(text)

    def _title(self, claim_id: str) -> str:
        claim = self.knowledge.claims[claim_id]
        return f"{claim.title} ({self.knowledge.topics[claim.topic].title})"

    def _ids_for(self, text: str) -> list[str]:
        """Claim ids for a text that may end in half a word: by title, then as the matcher ranks them."""
        if not text.strip():
            return [topic.leading for topic in self.knowledge.topics.values()]
        by_title = process.extract(
            text.lower(),
            {claim: self._title(claim).lower() for claim in self.knowledge.claims},
            scorer=fuzz.partial_ratio,
            score_cutoff=80,
            limit=5,
        )
        ranked = self._matcher.rank(text)
        ranked_ids = [match.claim for match in ranked.matches]
        titles = [claim for _, _, claim in by_title]
        return list(dict.fromkeys([*ranked_ids, *titles] if ranked.near else [*titles, *ranked_ids]))

    def _chosen(self, question: str, region: str) -> Answer | None:
        """Answer a value that autocomplete offered, or return None where the text is something else."""
        if question.startswith(CLAIM_PREFIX):
            return self.show_claim(question.removeprefix(CLAIM_PREFIX).strip())
        if question.startswith(STOP_PREFIX) and question.removeprefix(STOP_PREFIX) in set(Tier):
            stop = Stop(Tier(question.removeprefix(STOP_PREFIX)), ())
            text = stop_text(self._rules, Screening(stop=stop), region=region or self._region)
            return Answer(question, Outcome.STOP, text, stop=stop)
        return None

    def _stop(self, question: str, screening: Screening, conversation: Conversation, region: str) -> Answer:
        text = stop_text(
            self._rules,
            screening,
            region=region or self._region,
            repeated=conversation.stopped_at is not None,
        )
        matches = self._matcher.rank(_bounded(question)).matches
        return Answer(question, Outcome.STOP, text, candidates=matches, stop=screening.stop)

    def _line_alone(self, question: str) -> Answer:
        return Answer(question, Outcome.DECLINE, self.safety_line, safety_line=True)

    def _answer(self, question: str, text: str, screening: Screening, conversation: Conversation) -> Answer:
        if screening.about_signs and WARNING_SIGNS in self.knowledge.claims:
            return self._answer_with(WARNING_SIGNS, question, self._matcher.rank(text), screening)
        last = self.knowledge.claims.get(conversation.claim)
        if last is None:
            ranking = self._matcher.rank(text)
        else:
            follow = followup.read(text)
            if follow.kind is followup.Kind.PART:
                return self._answer_with(last.id, question, self._matcher.rank(text), screening, follow.focus)
            title = self.knowledge.topics[last.topic].title
            ranking = rank_after(text, follow, last, title, self._matcher.rank)
        return decide(question, ranking, self.knowledge, safety_line=self.safety_line, line=screening.line)

    def _answer_with(
        self, claim_id: str, question: str, ranking: Ranking, screening: Screening, focus: str = ""
    ) -> Answer:
        """Answer with a claim that the conversation names, not the matcher; it leads the candidates."""
        answer = answer_with(
            claim_id,
            self.knowledge,
            safety_line=self.safety_line,
            question=question,
            line=screening.line,
            focus=focus,
        )
        first = Match(claim_id, self.knowledge.claims[claim_id].topic, 1.0)
        others = [match for match in ranking.matches if match.claim != claim_id]
        return replace(answer, candidates=(first, *others)[:10])


def _bounded(text: str) -> str:
    """Return a text of at most MOST_CHARACTERS: of a longer one its beginning and its end, where questions stand."""
    if len(text) <= MOST_CHARACTERS:
        return text
    half = MOST_CHARACTERS // 2
    return f"{text[:half]}\n{text[-half + 1 :]}"


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
