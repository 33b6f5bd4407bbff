"""What answers after the first are made of, on one state of the knowledge, and what a claim there says to a question."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.core.answering import Leads, Touches
from bot.core.asking import FIGURES, Asked, Kind, Questions
from bot.core.chatter import Chatter
from bot.core.claim_lines import ClaimWords
from bot.core.conditions import Conditions
from bot.core.going_on import GoingOn
from bot.core.lead import lead_of
from bot.core.matching import Matcher
from bot.core.model import Answer, Claim, Knowledge, Ranking
from bot.core.once import once
from bot.core.safety import Screening
from bot.core.wording import AVOID


class Show(Protocol):
    """Makes an answer with a claim that the conversation names, not the matcher."""

    def __call__(
        self,
        claim_id: str,
        question: str,
        ranking: Ranking,
        screening: Screening,
        focus: str = "",
        *,
        leads: Leads = ...,
    ) -> Answer:
        """Return it: `ranking` is what is behind it, `screening` what the gate made of the text, `focus` the part that is shown."""


_EITHER = frozenset({"or", "vs", "versus"})
"""What a question has that names its choices itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """The parts that all of these answers share: `about` conditions, `show` makes an answer of a claim, `line` is the safety line.

    `said`: the words of the claims.
    """

    knowledge: Knowledge
    matcher: Matcher
    going_on: GoingOn
    questions: Questions
    chatter: Chatter
    about: Conditions
    show: Show
    touches: Touches
    line: str
    said: ClaimWords

    def known(self, claims: Iterable[str]) -> list[Claim]:
        """Return those of some claims that there are."""
        return [self.knowledge.claims[each] for each in claims if each in self.knowledge.claims]

    def asks(self, text: str) -> bool:
        """Say whether a text asks anything."""
        return once(self.questions.asked, self.going_on.bare(text)) is not None

    def asked(self, text: str) -> Asked | None:
        """Return what kind of question a text is, behind the words that go on from something; None for none, and for ""."""
        return self.questions.asked(self.going_on.bare(text)) if text else None

    def opens(self, claim: Claim, asked: Asked | None) -> str:
        """Return the first line of a claim for a question; "" where its general one stands."""
        return self.questions.lead(claim, asked, self.matcher.concepts) if asked else ""

    def first(self, claim: Claim, before: str) -> str:
        """Return the first line of a claim for what was asked `before`, its general one where it has none for that."""
        return self.opens(claim, self.asked(before)) or lead_of(claim)

    def first_line(self, claim: Claim, piece: str) -> str:
        """Return the first line of a claim for one question of several; "" where its general one stands."""
        return self.opens(claim, self.questions.asked(piece) if piece else None)

    def speaks_of(self, claim: Claim | str, text: str, *, title: bool = False) -> bool:
        """Say whether a claim speaks of what a text names, anywhere or in its title."""
        found = claim if isinstance(claim, Claim) else self.knowledge.claims[claim]
        return self.going_on.speaks(found, text, self.matcher.concepts, title=title)

    def speaks(self, claim: Claim, text: str) -> str:
        """Return what a claim says to what a text asks, in one of its own lines; "" where it does not speak of that."""
        asked = self.questions.asked(self.going_on.bare(text))
        told = asked is not None and (asked.kind in FIGURES or asked.kind is Kind.CHOICE)
        lead = self.opens(claim, asked) if told else ""
        if lead:  # a yes or no of the card is about the press as a whole
            return lead
        return self.going_on.line(claim.do, text, self.matcher.concepts) or self.speaks_against(claim, text)

    def speaks_against(self, claim: Claim, text: str) -> str:
        """Return what a claim says to leave out that a text names; "" for nothing."""
        against = self.going_on.line(claim.avoid, text, self.matcher.concepts)
        return f"{AVOID}: {against}" if against else ""

    def names_something(self, piece: str) -> bool:
        """Say whether one question of several names something, or asks for a figure ("how often")."""
        read, asked = self.going_on.read(piece), self.questions.asked(piece)
        names = read is None or bool(read.own) or (asked is not None and asked.kind in FIGURES)
        picks = self.going_on.picks(piece) and (asked is None or _EITHER.isdisjoint(piece.split()))
        return names and not picks
