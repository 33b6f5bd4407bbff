"""From a ranking to a decision: answer, suggest or decline, and the words of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.core.chatter import NO_CHATTER, Chatter
from bot.core.lead import lead_as, lead_of
from bot.core.model import OUT_OF_SCOPE, Answer, Claim, Knowledge, Outcome, Ranking
from bot.core.wording import written
from bot.sentences import say

MOST_SUGGESTIONS = 3
MOST_TEXTS = 100
"""Of claims, of three kilobytes each, that are kept as they read."""
SAME_TOPICS_AT_MOST = 3
"""Topics whose leading claims are named where no claim is near enough to be offered."""
FITS, PLAIN = 0.7, 0.5
"""A question is answered where its first claim fits at least so probably; one in a few words, all of them that claim's, where it leads to no other."""
ENOUGH, HALF = 1 / 3, 1 / 2
"""A claim fits in full where its wordings have so much of what the question names, or half of what is only told; one with less than half is no near miss."""
OFFERED = 0.3
"""From here on a claim that may fit is offered: a topic may be near, and its first claim speak of nothing that was asked."""
PLACES = 4
"""Decimals of what an answer says of its own certainty: no sum's order shows in them."""
NEAREST = 2
"""Claims that are named where nobody has written an answer."""
LIKE = 0.15
"""A claim or topic so probable is named as near where nothing is near enough to be offered."""
UNKNOWN = say("card.answering.unknown")
SETTLED = say("card.answering.settled")
ASKED, ASKABLE = say("card.answering.people_here_ask_most_about"), say("card.answering.ask_me_about_these")
UNCOVERED = say("card.answering.uncovered")
ONE_OF_THEM = say("card.answering.one_of_them")
ONE_ALONE = say("card.answering.one_alone")
"""What stands below several answers, which are a line or two each."""

Touches: TypeAlias = Callable[[Claim], bool]
"""Says whether a claim is about pain, injury or a condition, by the knowledge's own data."""
Leads: TypeAlias = Callable[[Claim], str]
"""Says the first line of a claim for the question at hand, "" where its general one stands."""

LineFor: TypeAlias = Callable[[Claim, str], str]
"""Says the first line of a claim for one question of several, "" where its general one stands."""


@dataclass(frozen=True, slots=True)
class LastLines:
    """What answers may end with: the safety line, and for declines and suggestions the pointer to the warning signs."""

    line: str
    pointer: str = ""


def decide(
    question: str,
    ranking: Ranking,
    knowledge: Knowledge,
    *,
    last: LastLines,
    touches: Touches,
    line: bool = False,
    leads: Leads = lambda _: "",
    line_for: LineFor = lambda _, __: "",
    chatter: Chatter = NO_CHATTER,
    asks: str = "",
) -> Answer:
    """Return the answer to `question` for what the matcher made of it; `line_for`: the first line of a claim for one question of several.

    `asks` is the kind of question that it is, "" where none is known.

    `line` says that the gate wants the safety line on whatever goes out. A line without a word before it would read as an
    alarm over a sore elbow, so a decline says first that nothing is known.
    """
    fits = fitting(ranking)
    if (ranking.sure or ranking.plain) and fits >= enough_for(ranking):
        also = tuple(claim for claim in _also(ranking, knowledge, touches) if claim in knowledge.claims)
        first = knowledge.claims[ranking.matches[0].claim]
        lead = ""
        lines: tuple[str, ...] = ()
        if also:
            pieces = dict(ranking.pieces)
            parts = [knowledge.claims[claim] for claim in dict.fromkeys((first.id, *also))]
            lines = tuple(line_for(claim, pieces.get(claim.id, "")) for claim in parts)
            said = "\n\n".join([*map(in_short, parts, lines), ONE_ALONE])
        else:
            lead = leads(first)
            said = _text(first, lead, knowledge, "")
        shown = (first, *(knowledge.claims[claim] for claim in also))
        with_line = line or any(map(touches, shown))
        sources = dict.fromkeys(source for claim in shown for source in claim.sources)
        return Answer(
            question,
            Outcome.ANSWER,
            said,
            topic=first.topic,
            claim=first.id,
            candidates=ranking.matches,
            also=also,
            pieces=ranking.pieces,
            lines=lines,
            safety_line=with_line,
            sources=tuple(s for s in sources if s in knowledge.sources and knowledge.sources[s].cite_ready),
            first=ONE_OF_THEM if ranking.missed else "",
            fits=fits,
            asks=asks,
            lead=lead,
            end=last.line if with_line else "",
        )
    if chatter(question) and not line:
        text = say("card.answering.hello")
        return Answer(question, Outcome.DECLINE, text, candidates=ranking.matches, quiet=True, asks=asks)
    uncovered = ranking.about_us and not ranking.outside and (not ranking.near or ranking.covers < HALF)
    if ranking.near and _may_be_meant(ranking, fits) and not ((uncovered or ranking.outside) and not line):
        suggested = _suggest(question, ranking, knowledge, last.line if line else last.pointer, line=line)
        return replace(suggested, fits=fits, asks=asks)
    says = _uncovered if uncovered and ranking.matches else _decline
    declined = says(question, ranking, knowledge, last.line if line else last.pointer)
    return replace(declined, safety_line=line, fits=fits, asks=asks)


def _also(ranking: Ranking, knowledge: Knowledge, touches: Touches) -> tuple[str, ...]:
    """Return what is answered besides: where the message asks one thing, what the server itself says of it.

    An answer about pain or a condition stands alone, with all that is to be done.
    """
    if ranking.also or not ranking.beside:
        return ranking.also
    first = knowledge.claims.get(ranking.matches[0].claim)
    return () if first is None or touches(first) else (ranking.beside,)


def fitting(ranking: Ranking) -> float:
    """Return how probable it is that the first claim answers the question: its topic is right, and it speaks of the thing."""
    if not ranking.matches:
        return 0.0
    enough = HALF if ranking.told else ENOUGH
    return round(ranking.matches[0].confidence * min(ranking.covers / enough, 1.0), PLACES)


def _may_be_meant(ranking: Ranking, fits: float) -> bool:
    """Say whether something is worth offering: the first claim fits, or the next is near as well."""
    return fits >= OFFERED or any(match.confidence >= OFFERED for match in ranking.matches[1:2])


def enough_for(ranking: Ranking) -> float:
    """Return how probably the first claim has to fit for a question to be answered with it."""
    return PLAIN if ranking.plain else FITS


def answer_with(
    claim_id: str,
    knowledge: Knowledge,
    *,
    last: LastLines,
    touches: Touches,
    question: str = "",
    line: bool = False,
    focus: str = "",
    leads: Leads = lambda _: "",
) -> Answer:
    """Return the answer that shows one claim. Raises KeyError where the knowledge has no such claim."""
    claim = knowledge.claims[claim_id]
    lead = "" if focus else leads(claim)
    with_line = line or touches(claim)
    return Answer(
        question,
        Outcome.ANSWER,
        _text(claim, lead, knowledge, focus),
        end=last.line if with_line else "",
        topic=claim.topic,
        claim=claim.id,
        safety_line=with_line,
        sources=tuple(s for s in claim.sources if s in knowledge.sources and knowledge.sources[s].cite_ready),
        focus=focus,
        lead=lead,
    )


def _text(claim: Claim, lead: str, knowledge: Knowledge, focus: str) -> str:
    """Return a claim as a plain text; each is written once, whatever its first line is: most questions lead to few claims."""
    texts = knowledge.texts
    key = (claim.id, focus)
    found = texts.get(key)
    if found is None:
        if len(texts) >= MOST_TEXTS:
            texts.clear()
        found = texts[key] = written(claim, knowledge, focus)
    return found.text(lead_as(claim, lead))


def in_short(claim: Claim, line: str = "") -> str:
    """Return a claim in a line or two, as one of several answers; `line`: what it says first to the question, "" for the general line."""
    return f"{claim.title}: {line or lead_of(claim) or claim.claim}"


def with_caution(answer: Answer, caution: str) -> Answer:
    """Return an answer that also says `caution`, before the safety line."""
    return replace(answer, caution=caution)


def said_first(answer: Answer, first: str) -> Answer:
    """Return an answer that says `first` before anything else."""
    return replace(answer, first="\n\n".join(filter(None, (first, answer.first))))


def _suggest(question: str, ranking: Ranking, knowledge: Knowledge, end: str, *, line: bool) -> Answer:
    suggestions = [match.claim for match in ranking.matches[:MOST_SUGGESTIONS]]
    return suggesting(question, suggestions, ranking, knowledge, end, line=line)


def suggesting(
    question: str, suggestions: Sequence[str], ranking: Ranking, knowledge: Knowledge, end: str, *, line: bool
) -> Answer:
    """Return the question back to the member which of some claims is meant; `end` is the last line of the text."""
    return Answer(
        question,
        Outcome.SUGGEST,
        say("card.answering.unsure"),
        listed=titles_of(suggestions, knowledge),
        end=end,
        candidates=ranking.matches,
        suggestions=tuple(suggestions),
        safety_line=line,
    )


def _uncovered(question: str, ranking: Ranking, knowledge: Knowledge, end: str) -> Answer:
    """Say that nobody has written an answer to this yet, and name the two claims that are nearest, where any is near."""
    near = ranking.matches[:NEAREST] if ranking.matches[0].confidence >= LIKE else ()
    nearest = tuple(match.claim for match in near)
    return Answer(
        question, Outcome.DECLINE, f"{UNCOVERED} Nearest to it:" if nearest else UNCOVERED,
        listed=titles_of(nearest, knowledge), end=end,
        candidates=ranking.matches, suggestions=nearest, covered=False,
    )  # fmt: skip


def titles_of(claims: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the titles of claims, as an answer lists them."""
    return tuple(knowledge.claims[claim].title for claim in claims)


def _nearest_topics(ranking: Ranking, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the leading claims of the topics that are near enough to be named, at most three; none where no topic is."""
    near = dict.fromkeys(match.topic for match in ranking.matches if match.confidence >= LIKE)
    known = [topic for topic in near if topic in knowledge.topics]
    return tuple(knowledge.topics[topic].leading for topic in known[:SAME_TOPICS_AT_MOST])


def _decline(question: str, ranking: Ranking, knowledge: Knowledge, end: str) -> Answer:
    nearest = _nearest_topics(ranking, knowledge)
    declined = Answer(
        question, Outcome.DECLINE, f"{_opening(ranking.outside)}.", end=end,
        candidates=ranking.matches, suggestions=nearest, kind=OUT_OF_SCOPE, covered=False, unlike=not nearest,
        settled=ranking.outside,
    )  # fmt: skip
    if not nearest:
        return offering(declined, (), knowledge)
    titles = ", ".join(knowledge.topics[knowledge.claims[claim].topic].title.lower() for claim in nearest)
    return replace(
        declined, said=say("card.answering.nearest_to_your_words", opening=_opening(ranking.outside), titles=titles)
    )


def offering(declined: Answer, popular: Sequence[str], knowledge: Knowledge) -> Answer:
    """Return a decline that nothing is near with what people ask about: what is `popular`, then the first topics."""
    leading = {topic.leading: topic.title for topic in knowledge.topics.values()}
    wanted = [claim for claim in dict.fromkeys((*popular, *leading)) if claim in knowledge.claims][:MOST_SUGGESTIONS]
    if not wanted:
        return replace(declined, said=f"{_opening(declined.settled)}.")
    names = ", ".join(leading.get(claim, knowledge.claims[claim].title).lower() for claim in wanted)
    offer = f"{ASKED if popular else ASKABLE}: {names}."
    return replace(declined, said=f"{_opening(declined.settled)}. {offer}", suggestions=tuple(wanted))


def _opening(settled: bool) -> str:
    """Return why there is no answer."""
    return SETTLED if settled else UNKNOWN
