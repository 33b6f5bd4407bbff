"""From a ranking to a decision: answer, suggest or decline, and the words of it."""

import re
from dataclasses import replace

from bot.core.chatter import is_chatter
from bot.core.model import Answer, Claim, Knowledge, Outcome, Ranking
from bot.core.wording import claim_text

MOST_SUGGESTIONS = 3
SAME_TOPICS_AT_MOST = 3

_PAIN = re.compile(
    r"\b(?:pain\w*|hurt\w*|sore\w*|ache[sd]?|aching|achy|injur\w*|strain\w*|sprain\w*|tweak\w*|numb\w*|tingl\w*"
    r"|sciatica|hernia\w*|slipped dis[ck]|bulging dis[ck]|kill(?:s|ing)? my|twinge\w*|spasm\w*|throb\w*|flare\w*"
    r"|surgery|pregnan\w*|symptom\w*)\b",
    re.IGNORECASE,
)


def touches_pain(claim: Claim, question: str = "") -> bool:
    """Say whether a claim, or the question it answers, is about pain, injury or a condition."""
    shown = (question, claim.title, claim.claim, claim.answer, *claim.do, *claim.avoid)
    return any(_PAIN.search(text) for text in shown)


def decide(question: str, ranking: Ranking, knowledge: Knowledge, *, safety_line: str, line: bool = False) -> Answer:
    """Return the answer to `question` for what the matcher made of it.

    `safety_line` is the one-line net; `line` says that the gate wants it on whatever goes out. With nothing to answer
    the line stands alone.
    """
    if ranking.sure and ranking.matches:
        also = tuple(claim for claim in ranking.also if claim in knowledge.claims)
        answer = answer_with(ranking.matches[0].claim, knowledge, question=question, safety_line=safety_line, line=line)
        texts = [claim_text(knowledge.claims[claim], knowledge) for claim in also]
        body = answer.text.removesuffix(f"\n\n{safety_line}") if answer.safety_line else answer.text
        with_line = answer.safety_line or any(touches_pain(knowledge.claims[claim]) for claim in also)
        sources = dict.fromkeys((*answer.sources, *(s for c in also for s in knowledge.claims[c].sources)))
        return replace(
            answer,
            candidates=ranking.matches,
            also=also,
            text=_joined([body, *texts], safety_line if with_line else ""),
            safety_line=with_line,
            sources=tuple(s for s in sources if s in knowledge.sources and knowledge.sources[s].cite_ready),
        )
    if is_chatter(question) and not line:
        text = "Ask me anything about the leg press, or a back that complains about it, in your own words."
        return Answer(question, Outcome.DECLINE, text, candidates=ranking.matches, quiet=True)
    if ranking.near and ranking.matches:
        return _suggest(question, ranking, knowledge, safety_line if line or _PAIN.search(question) else "")
    if line:
        return Answer(
            question, Outcome.DECLINE, safety_line, candidates=ranking.matches, safety_line=True,
            suggestions=_nearest_topics(ranking, knowledge),
        )  # fmt: skip
    return _decline(question, ranking, knowledge)


def answer_with(
    claim_id: str, knowledge: Knowledge, *, safety_line: str, question: str = "", line: bool = False, focus: str = ""
) -> Answer:
    """Return the answer that shows one claim. Raises KeyError where the knowledge has no such claim."""
    claim = knowledge.claims[claim_id]
    with_line = line or touches_pain(claim, question)
    text = _joined([claim_text(claim, knowledge, focus)], safety_line if with_line else "")
    return Answer(
        question,
        Outcome.ANSWER,
        text,
        topic=claim.topic,
        claim=claim.id,
        safety_line=with_line,
        sources=tuple(s for s in claim.sources if s in knowledge.sources and knowledge.sources[s].cite_ready),
        focus=focus,
    )


def _joined(parts: list[str], safety_line: str) -> str:
    return "\n\n".join([*parts, safety_line] if safety_line else parts)


def _suggest(question: str, ranking: Ranking, knowledge: Knowledge, safety_line: str) -> Answer:
    suggestions = tuple(match.claim for match in ranking.matches[:MOST_SUGGESTIONS])
    titles = "\n".join(f"- {knowledge.claims[claim].title}" for claim in suggestions)
    text = _joined([f"I'm not sure what you mean. Is it one of these?\n{titles}"], safety_line)
    return Answer(
        question,
        Outcome.SUGGEST,
        text,
        candidates=ranking.matches,
        suggestions=suggestions,
        safety_line=bool(safety_line),
    )


def _nearest_topics(ranking: Ranking, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the leading claims of the three nearest topics; of the first three where the text names none."""
    nearest = dict.fromkeys([match.topic for match in ranking.matches] + list(knowledge.topics))
    known = [topic for topic in nearest if topic in knowledge.topics]
    return tuple(knowledge.topics[topic].leading for topic in known[:SAME_TOPICS_AT_MOST])


def _decline(question: str, ranking: Ranking, knowledge: Knowledge) -> Answer:
    suggestions = _nearest_topics(ranking, knowledge)
    titles = ", ".join(knowledge.topics[knowledge.claims[claim].topic].title.lower() for claim in suggestions)
    text = "I don't know this one. I only know about the leg press and backs that complain about it"
    text += f"; nearest to your words: {titles}." if titles else "."
    return Answer(question, Outcome.DECLINE, text, candidates=ranking.matches, suggestions=suggestions)
