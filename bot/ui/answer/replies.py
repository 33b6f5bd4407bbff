"""An Answer becomes one message, whatever its outcome."""

from typing import Any

from discord import ui

from bot.core.model import OUT_OF_SCOPE, QUESTION, Answer, Claim, Knowledge, Outcome, Stop
from bot.ui import wording
from bot.ui.answer.after_stop import about_stop
from bot.ui.answer.card import MOST_RELATED_LABEL, PUBLIC, Place, card, several, show_buttons
from bot.ui.answer.sections import OF_FOCUS, Section
from bot.ui.kit.buttons import NO_CLAIM, Press
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.limits import MOST_TEXT, cut, label
from bot.ui.kit.pictures import Shown

MOST_OFFERED = 4
"""Claims to tap under a reply: one row."""


def reply(
    answer: Answer,
    knowledge: Knowledge,
    place: Place = PUBLIC,
    *,
    safety_line: str = "",
    picture: Shown | None = None,
) -> Layout:
    """Return the message for `answer`.

    `safety_line` is the line itself; a card ends with it where the answer asks for it. `picture` is what `picture_of`
    returned. Raises ValueError where Discord would refuse the message.
    """
    if answer.outcome is Outcome.STOP and answer.stop is not None:
        return stop(answer.text, answer.stop)
    if answer.outcome is Outcome.ANSWER and answer.claim is not None and answer.claim in knowledge.claims:
        line = "\n\n".join(part for part in (answer.caution, safety_line if answer.safety_line else "") if part)
        return _answered(answer, knowledge.claims[answer.claim], knowledge, place, safety_line=line, picture=picture)
    return _offer(answer, knowledge, place)


def stop(text: str, stopped: Stop) -> Layout:
    """Return the stop: the whole text at once, and nothing to press but "Report", which says what stop it is."""
    return notice(text, wording.STOP_COLOURS[stopped.tier], about=about_stop(stopped))


def notice(text: str, colour: int = wording.QUIET_COLOUR, *, about: str = NO_CLAIM) -> Layout:
    """Return a plain message with a "Report" button."""
    return Layout(box(colour, ui.TextDisplay(cut(text, MOST_TEXT)), _report_row(about))).sealed()


def plain(text: str) -> Layout:
    """Return a message with nothing to press."""
    return Layout(box(wording.QUIET_COLOUR, ui.TextDisplay(cut(text, MOST_TEXT)))).sealed()


def _report_row(about: str = NO_CLAIM) -> ui.ActionRow[Any]:
    return ui.ActionRow(Press("report", about, "Report", emoji="🚩"))


def _answered(
    answer: Answer, claim: Claim, knowledge: Knowledge, place: Place, *, safety_line: str, picture: Shown | None
) -> Layout:
    ids = dict.fromkeys(each for each in answer.also if each in knowledge.claims and each != claim.id)
    if ids:
        claims = [claim, *(knowledge.claims[each] for each in ids)]
        return Layout(
            several(claims, knowledge, lines=answer.lines, first=answer.first, safety_line=safety_line)
        ).sealed()
    section = OF_FOCUS.get(answer.focus, Section.NONE)
    whole = card(
        claim, knowledge, place,
        section=section, first=answer.first, lead=answer.lead, safety_line=safety_line, picture=picture,
    )  # fmt: skip
    return Layout(whole, pictures=[picture] if picture else []).sealed()


def _offer(answer: Answer, knowledge: Knowledge, place: Place) -> Layout:
    leading = {topic.leading: topic.title for topic in knowledge.topics.values()}
    offered = [each for each in dict.fromkeys(answer.suggestions) if each in knowledge.claims][:MOST_OFFERED]
    titles = {each: knowledge.claims[each].title for each in offered}
    names = {**titles, **leading} if answer.outcome is Outcome.DECLINE and answer.kind == OUT_OF_SCOPE else titles
    above, below = _around_the_buttons(answer, tuple(titles.values()))
    last = _report_row()
    # Where the safety line stands, nothing is asked of whoever wrote that.
    if (
        place.suggestable
        and answer.outcome is Outcome.DECLINE
        and answer.kind in {QUESTION, OUT_OF_SCOPE}
        and not (answer.safety_line or answer.quiet or answer.settled)
    ):
        last.add_item(Press("suggest", NO_CLAIM, "Suggest an answer", emoji="✍️"))
        if place.teach:
            last.add_item(Press("teach", place.teach, wording.TEACH, emoji="🎓"))
    buttons = show_buttons(offered, [names[each] for each in offered])
    rest = [ui.TextDisplay[Any](below)] if below else []
    return Layout(
        box(wording.QUIET_COLOUR, ui.TextDisplay(cut(above, MOST_TEXT - len(below))), buttons, *rest, last)
    ).sealed()


def _around_the_buttons(answer: Answer, titles: tuple[str, ...]) -> tuple[str, str]:
    """Return what stands above and below the buttons: without the list of titles, where the buttons say each in full."""
    in_full = answer.listed == titles and all(label(title, MOST_RELATED_LABEL) == title for title in titles)
    return (answer.above, answer.below) if titles and in_full and answer.above else (answer.text, "")
