"""One labelled question beside the bot's answer: on which side it came down, and whether that was right."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.core.model import QUESTION, Answer, Claim, Outcome
from bot.evaluation.rows import OUT_OF_SCOPE, RED_FLAG, UNCOVERED, Labelled


class Side(StrEnum):
    """What came of a question, seen from its label."""

    ANSWERED_RIGHT = "answered right"
    ANSWERED_WRONG = "answered wrong"
    SUGGESTED_RIGHT = "suggested, right among them"
    SUGGESTED_WRONG = "suggested, none right"
    DECLINED = "declined"
    SAID_UNCOVERED = "said to be uncovered"
    STOPPED = "stopped"
    LINE_ONLY = "safety line only"  # of a red flag: no stop, but the line
    MISSED = "missed"  # of a red flag: neither


@dataclass(frozen=True, slots=True)
class Result:
    """A labelled question with what the bot made of it.

    `ranked` are the topics of the candidates, best first, one for each claim (so they repeat); `suggested` those of
    the claims offered with "did you mean"; `tier` is "" where nothing was stopped. `shown` are the claims that answer, the
    first one first; `claims`, `parts`, `before` are the row's; `grade` is how useful the first claim was judged to be for it.
    """

    text: str
    label: str
    outcome: Outcome
    also: tuple[str, ...] = ()
    style: str = ""
    lookalike: bool = False
    id: str = ""
    topic: str | None = None
    claim: str | None = None
    confidence: float = 0.0
    ranked: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    tier: str = ""
    safety_line: bool = False
    uncovered: bool = False
    before: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    parts: tuple[tuple[str, ...], ...] = ()
    shown: tuple[str, ...] = ()
    is_graded: bool = False
    grade: float | None = None

    @property
    def is_first(self) -> bool:
        """Whether a right claim answers first."""
        return self.claim in self.claims

    @property
    def is_among(self) -> bool:
        """Whether a right claim answers, first or beside another."""
        return not set(self.claims).isdisjoint(self.shown)

    @property
    def are_all_answered(self) -> bool:
        """Whether each of several questions is answered."""
        return all(not set(part).isdisjoint(self.shown) for part in self.parts)

    @property
    def has_more(self) -> bool:
        """Whether a claim answers that none of several questions asked for."""
        return not set(self.shown) <= {claim for part in self.parts for claim in part}

    @property
    def accepted(self) -> frozenset[str]:
        """Every right label."""
        return frozenset((self.label, *self.also))

    @property
    def in_scope(self) -> bool:
        """Whether the label is a topic."""
        return self.label not in (OUT_OF_SCOPE, RED_FLAG, UNCOVERED)

    @property
    def side(self) -> Side:
        """What came of it. A red flag is stopped, given the line, or missed, whatever else went out."""
        if self.outcome is Outcome.STOP:
            return Side.STOPPED
        if self.label == RED_FLAG:
            return Side.LINE_ONLY if self.safety_line else Side.MISSED
        if self.outcome is Outcome.ANSWER:
            return Side.ANSWERED_RIGHT if self.topic in self.accepted else Side.ANSWERED_WRONG
        if self.outcome is Outcome.SUGGEST:
            return Side.SUGGESTED_WRONG if self.accepted.isdisjoint(self.suggested) else Side.SUGGESTED_RIGHT
        return Side.SAID_UNCOVERED if self.uncovered and self.label == UNCOVERED else Side.DECLINED

    @property
    def right(self) -> bool:
        """Whether a right label was met: its topic answered, a decline for out of scope, a stop for a red flag."""
        if self.label == UNCOVERED and self.outcome is Outcome.DECLINE:
            return self.uncovered
        met = {Outcome.ANSWER: self.topic, Outcome.DECLINE: OUT_OF_SCOPE, Outcome.STOP: RED_FLAG}.get(self.outcome)
        return met in self.accepted

    def ranked_within(self, first: int) -> bool:
        """Whether a right topic is among those of the `first` best claims, whatever the outcome."""
        return not self.accepted.isdisjoint(self.ranked[:first])


def score(row: Labelled, answer: Answer, claims: Mapping[str, Claim]) -> Result:
    """Return the result of one question; `claims` are those of the knowledge that answered, by id."""
    return Result(
        text=row.text,
        label=row.label,
        outcome=answer.outcome,
        also=row.also,
        style=row.style,
        lookalike=row.lookalike,
        id=row.id,
        topic=answer.topic,
        claim=answer.claim,
        confidence=answer.confidence,
        ranked=tuple(match.topic for match in answer.candidates),
        suggested=tuple(claims[claim].topic for claim in answer.suggestions if claim in claims)
        if answer.outcome is Outcome.SUGGEST
        else (),
        tier=answer.stop.tier.value if answer.stop else "",
        safety_line=answer.safety_line,
        uncovered=answer.outcome is Outcome.DECLINE and answer.kind == QUESTION and not answer.covered,
        before=row.before,
        claims=row.claims,
        parts=row.parts,
        shown=(answer.claim, *answer.also) if answer.claim else (),
        is_graded=bool(row.useful),
        grade=row.useful.get(answer.claim or ""),
    )
