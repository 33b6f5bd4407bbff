"""What a card opens: steps, reasons, sources. In as many pages as it takes, since no step and no caveat is ever cut."""

from enum import StrEnum

from bot.core.lead import LONGEST_LINE, beginning, lead_of, says_more
from bot.core.model import Claim, Knowledge
from bot.ui import wording
from bot.ui.answer.citations import citations
from bot.ui.kit.limits import cut, pages


class Section(StrEnum):
    """The part of a claim that its card shows below the picture; the value is the kind of the button that opens it."""

    NONE = ""
    STEPS = "steps"
    WHY = "why"
    SOURCES = "sources"
    RELATED = "related"
    MORE = "extras"
    WHOLE = "whole"
    """Title, answer, steps: what moderators look over; no button of a card opens it."""


OF_FOCUS = {"why": Section.WHY, "sources": Section.SOURCES, "do": Section.STEPS, "avoid": Section.STEPS}
"""What a follow-up asked for, as the section that answers it."""


def first_line(claim: Claim) -> str:
    """Return the line that stands out on a card, "" where it would only say the statement again.

    One that is too long for a line is cut, and comes whole behind "Why".
    """
    line = lead_of(claim) or cut(claim.answer, LONGEST_LINE)
    return line if says_more(line, claim) else ""


def bold(line: str) -> str:
    """Return a line in bold, as it is where Markdown in it would come out garbled; of several lines each but those of a list."""
    return "\n".join(each if _stays_plain(each) else f"**{each}**" for each in line.split("\n"))


def _stays_plain(line: str) -> bool:
    return not line.strip() or line.startswith("- ") or not set("*_`~|[<").isdisjoint(line)


def steps_text(claim: Claim) -> str:
    """Return all that is to do, as a numbered list; "" where nothing is."""
    lines = [f"{number}. {step}" for number, step in enumerate(claim.do, start=1)]
    return "\n".join(["**What to do**", *lines]) if lines else ""


def avoid_text(claim: Claim) -> str:
    """Return all that is to be left out; "" where nothing is."""
    return "\n".join(["**Better not**", *(f"- {each}" for each in claim.avoid)]) if claim.avoid else ""


def unknown_text(claim: Claim) -> str:
    """Return what is not known yet; "" where nothing is said of it."""
    return f"**{wording.NOT_SHOWN_YET}**\n{claim.unknown}" if claim.unknown else ""


def section_pages(claim: Claim, knowledge: Knowledge, section: Section, room: int) -> list[list[str]]:
    """Return the paragraphs of an open section, shared out over pages of at most `room` characters; [] where it has none.

    `claim` as members read it (`bot.core.references.readable`).
    """
    return pages([part for part in _paragraphs(claim, knowledge, section) if part], room)


def _paragraphs(claim: Claim, knowledge: Knowledge, section: Section) -> list[str]:
    if section is Section.STEPS:
        return [steps_text(claim) or wording.NO_STEPS, avoid_text(claim)]
    if section is Section.WHOLE:
        return [_rest(claim), steps_text(claim), avoid_text(claim)]
    if section is Section.WHY:
        return [_rest(claim), claim.why or wording.NO_REASONS, unknown_text(claim)]
    if section is Section.SOURCES:
        own = [f"-# {wording.NOT_CHECKED}"] if claim.added_by_server and claim.cited else []
        return [*own, *citations(claim, knowledge)]
    return []


def _rest(claim: Claim) -> str:
    """Return what an answer says beyond the card's first line and the statement."""
    if not claim.lead:
        return beginning(claim.answer)[1]
    return claim.answer if says_more(claim.answer, claim) else ""
