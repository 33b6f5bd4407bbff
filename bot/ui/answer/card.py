"""A claim as the card that a phone shows whole.

Read in two seconds: the statement, what is judged of it, one line, the picture. One tap away and in the same place: steps,
why, sources, what is related. The safety line comes last of all that is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.core.judgement import asked, judged_claim, judgement
from bot.core.judgement import label as whose
from bot.core.lead import led
from bot.core.model import Claim, Knowledge
from bot.core.references import readable
from bot.ui import wording
from bot.ui.answer.sections import Section, bold, first_line, section_pages
from bot.ui.kit.buttons import FIRST_LINE, LAST_LINE, LEAD_LINE, Press
from bot.ui.kit.layout import box, rule
from bot.ui.kit.limits import MOST_TEXT, cut, label
from bot.ui.kit.pictures import Shown

MOST_HEAD = 500
"""Characters of statement and judgement."""
MOST_WHOLE = 2700
"""Characters of a card that moderators see whole; with what stands around it, under Discord's 4,000."""
MARGIN = 120
"""Characters kept free on a page of a section, for the marks around it."""
MOST_WORDS, MOST_WORDS_BESIDE = 1000, 200
"""Characters of a missing picture's words: on a card alone, and where a section or others stand beside."""
MOST_LINE = 700
"""Characters of what a card ends with: a caution and the safety line."""
MOST_RELATED = 5
"""Buttons in a row."""
MOST_RELATED_LABEL = 38
"""Discord advises 34 to 38 characters on a button."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a card stands.

    `private`: only the one who asked sees it; `shareable`: there is a channel to post it in; `suggestable`: there are
    moderators to suggest something to. `site`: where the pages of the shipped claims are, "" for nowhere. `teach`: what
    the button to teach what was declined is about, "" for no such button.
    """

    private: bool = False
    shareable: bool = False
    suggestable: bool = False
    site: str = ""
    teach: str = ""


PUBLIC = Place()


def badge(claim: Claim) -> str:
    """Return the judgement in a line: symbol and words, so that nobody needs the colour."""
    parts = (wording.SYMBOLS[claim.verdict], asked(claim), f"**{judgement(claim)}**")
    return " ".join(filter(None, parts))


def heading(claim: Claim) -> str:
    """Return the statement that is judged, and the judgement."""
    lines = [f"**{whose(claim)}:** {judged_claim(claim)}", badge(claim)]
    if claim.added_by_server:
        lines.append(f"-# {wording.ADDED_BY_SERVER}{wording.SAID_BY_COACH if claim.said else ''}")
    elif claim.own_picture is not None:
        lines.append(f"-# {wording.PICTURE_BY_SERVER}")
    return "\n".join(lines)


def card(
    claim: Claim,
    knowledge: Knowledge,
    place: Place = PUBLIC,
    *,
    section: Section = Section.NONE,
    page: int = 1,
    first: str = "",
    lead: str = "",
    safety_line: str = "",
    picture: Shown | None = None,
) -> ui.Container[Any]:
    """Return the card of `claim`, with one `section` of it open (its `page`, counted from 1; past the last: the last).

    `first`: what the member's conditions ask for, before everything else. `lead`: the first line for the question that was
    asked, "" for the claim's own. `safety_line` is "" where the answer touches no pain.
    """
    claim = readable(led(claim, lead), knowledge)
    head, line = cut(heading(claim), MOST_HEAD), bold(first_line(claim))
    first, last = cut(first, MOST_LINE), cut(safety_line, MOST_LINE)
    words = MOST_WORDS_BESIDE if section is not Section.NONE else MOST_WORDS
    missing = min(words, len(picture.alt)) + MARGIN if picture is not None and picture.png is None else 0
    most = MOST_WHOLE if section is Section.WHOLE else MOST_TEXT
    opened = section_pages(
        claim, knowledge, section, most - len(head) - len(line) - len(first) - len(last) - missing - MARGIN
    )
    number = max(1, min(page, len(opened)))
    title: list[ui.Item[Any]] = [ui.TextDisplay(f"### {claim.title}")] if section is Section.WHOLE else []
    before = [ui.TextDisplay[Any](first, id=FIRST_LINE), rule()] if first else []
    parts: list[ui.Item[Any]] = [
        *title,
        *before,
        ui.TextDisplay(head),
        *([ui.TextDisplay[Any](line, id=LEAD_LINE if lead else None)] if line else []),
    ]
    if picture is not None:
        parts.append(picture.block(words))
    if opened:
        parts += [ui.TextDisplay(text) for text in opened[number - 1]]
    if len(opened) > number and section is Section.WHOLE:
        parts.append(ui.TextDisplay(wording.REST_BEHIND))
    if last:
        parts += [*([rule()] if opened else []), ui.TextDisplay(last, id=LAST_LINE)]
    if len(opened) > number and section is not Section.WHOLE:
        parts.append(ui.ActionRow(Press("page", f"{section}:{number + 1}:{claim.id}", wording.NEXT_PAGE)))
    parts += [*_opened_buttons(claim, knowledge, place, section), *_rows(claim, knowledge, place, section)]
    return box(wording.COLOURS[claim.verdict], *parts)


def _rows(claim: Claim, knowledge: Knowledge, place: Place, section: Section) -> list[ui.ActionRow[Any]]:
    """Return the two rows that every card ends with; together they take as little of a phone as labels allow."""

    def opens(each: Section, text: str) -> Press:
        if each is section:
            return Press("card", claim.id, f"{text} ▴", style=discord.ButtonStyle.primary)
        return Press(each.value, claim.id, text)

    first = [opens(Section.STEPS, "Steps")] if claim.do or claim.avoid else []
    first += [opens(Section.WHY, "Why"), opens(Section.SOURCES, "Sources")]
    second = [opens(Section.RELATED, "Related")] if _related(claim, knowledge) else []
    if place.shareable:
        second.append(Press("share", claim.id, "Share"))
    elif not place.private:
        second += [Press("helpful", claim.id, "", emoji="👍"), Press("unhelpful", claim.id, "", emoji="👎")]
    second.append(opens(Section.MORE, "More"))
    return [ui.ActionRow(*first), ui.ActionRow(*second)]


def _opened_buttons(claim: Claim, knowledge: Knowledge, place: Place, section: Section) -> list[ui.ActionRow[Any]]:
    if section is Section.RELATED:
        related = _related(claim, knowledge)
        return [show_buttons(related, [knowledge.claims[each].title for each in related])]
    if section is not Section.MORE:
        return []
    return [more_buttons(claim, place)]


def more_buttons(claim: Claim, place: Place) -> ui.ActionRow[Any]:
    """Return what stands behind "More": a further question, feedback, a report, the claim's page where there is one."""
    has_page = bool(place.site) and not claim.added_by_server
    return ui.ActionRow(
        *([Press("more", claim.id, "Ask more", emoji="✏️")] if place.private else []),
        Press("helpful", claim.id, "Helpful", emoji="👍"),
        Press("unhelpful", claim.id, "Not helpful", emoji="👎"),
        Press("report", claim.id, "Report", emoji="🚩"),
        *([ui.Button[Any](label=wording.PAGE, url=f"{place.site}/claims/{claim.id}.html")] if has_page else []),
    )


def compact_card(claim: Claim) -> list[ui.Item[Any]]:
    """Return a claim in short, for a message that answers several questions: what is judged, one line, a button to it."""
    lines = [heading(claim), *filter(None, [bold(first_line(claim))])]
    return [
        ui.Section(ui.TextDisplay(cut("\n".join(lines), MOST_HEAD + 200)), accessory=Press("show", claim.id, "Steps"))
    ]


def several(
    claims: Sequence[Claim],
    knowledge: Knowledge,
    *,
    lines: Sequence[str] = (),
    first: str = "",
    safety_line: str = "",
) -> ui.Container[Any]:
    """Return the one compact card of a message that asks several things.

    `lines`: what each says first to its own question, "" for the general line. `first` and `safety_line` as on a card.
    """
    parts: list[ui.Item[Any]] = [ui.TextDisplay(cut(first, MOST_LINE), id=FIRST_LINE)] if first else []
    for claim, line in zip(claims, lines or [""] * len(claims), strict=False):
        parts += [*([rule()] if parts else []), *compact_card(readable(led(claim, line), knowledge))]
    last: list[ui.Item[Any]] = (
        [rule(), ui.TextDisplay(cut(safety_line, MOST_LINE), id=LAST_LINE)] if safety_line else []
    )
    return box(wording.QUIET_COLOUR, *parts, *last)


def show_buttons(claim_ids: Sequence[str], names: Sequence[str]) -> ui.ActionRow[Any]:
    """Return a row of buttons that show claims, each under its name."""
    return ui.ActionRow(
        *(
            Press("show", claim_id, label(name, MOST_RELATED_LABEL), emoji="➡️")
            for claim_id, name in zip(claim_ids, names, strict=True)
        )
    )


def _related(claim: Claim, knowledge: Knowledge) -> list[str]:
    others = dict.fromkeys(each for each in claim.related if each in knowledge.claims and each != claim.id)
    return list(others)[:MOST_RELATED]
