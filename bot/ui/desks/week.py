"""A server's week in a message: what was asked most, missed and disliked, what changed, and a tap to each claim."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import discord
from discord import ui

from bot.sentences import say
from bot.service.weekly import Week
from bot.ui import wording
from bot.ui.curation.browsing import show_claim
from bot.ui.curation.pages import quoted
from bot.ui.kit.buttons import NO_CLAIM, Press
from bot.ui.kit.desk import Interaction
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.picks import values_row
from bot.ui.kit.turn import Turn, turn_of

NOT_KEPT = say("moderators.week.not_kept")
NOTHING = "Nothing was asked."
FOR_MORE = say("moderators.week.for_more")


def week_texts(week: Week) -> list[ui.TextDisplay[Any]]:
    """Return what a week was like, without anybody's name, a text for each part."""
    lines = [f"### {_day(week.first)} to {_day(week.last)}"]
    if week.asked or week.asked_before:
        share = f", {week.answered} of them answered" if week.asked else ""
        lines.append(f"**{week.asked}** asked{share}. {_changed(week)}")
    else:
        lines.append(NOTHING)
    parts = ("\n".join(part) for part in (lines, _most(week), _missed(week), _disliked(week)))
    return [ui.TextDisplay(part) for part in parts if part]


def _changed(week: Week) -> str:
    """Return what changed since the week before."""
    if not week.asked_before:
        return say("moderators.week.nothing_the_week_before")
    more = week.asked - week.asked_before
    than = "As many as" if not more else f"{abs(more)} {'more' if more > 0 else 'fewer'} than"
    if not week.asked:
        return say("moderators.week.before", than=than)
    now, before = round(100 * week.answered / week.asked), round(100 * week.answered_before / week.asked_before)
    return say("moderators.week.before_and_answered", than=than, now=now, before=before)


def _most(week: Week) -> Iterator[str]:
    if week.most:
        yield "**Asked most**"
    for each in week.most:
        before = say("moderators.week.none_week_before") if not each.before else f"{each.before}× the week before"
        yield f"- {each.times}× {_plain(each.title)} ({before})"


def _missed(week: Week) -> Iterator[str]:
    if week.missed is None:
        yield f"**Missed**\n-# {NOT_KEPT}"
    elif week.missed:
        yield say("moderators.week.missed_by_three_members_or_more")
        yield from (f"- {each.times}× {quoted(each.wording, 120)}" for each in week.missed)


def _disliked(week: Week) -> Iterator[str]:
    if week.disliked:
        yield "**Thumbs down**"
    for each in week.disliked:
        reasons = ", ".join(f"{wording.reason_in_a_list(name)} ({count})" for name, count in each.reasons)
        yield f"- {each.down}× {_plain(each.title)}, beside {each.up} up{f': {reasons}' if reasons else ''}"


def opening_rows(week: Week) -> list[ui.ActionRow[Any]]:
    """Return what opens the claims of a week, and the inbox."""
    rows = [values_row("weekclaim", NO_CLAIM, "Open a claim", week.claims)] if week.claims else []
    if week.missed:
        rows.append(ui.ActionRow[Any](Press("inbpage", "0", "Open the inbox", emoji="📥")))
    return rows


def week_layout(week: Week) -> Layout:
    """Return a week as a message for moderators."""
    return Layout(box(wording.QUIET_COLOUR, *week_texts(week), *opening_rows(week))).sealed()


def digest_layout(week: Week) -> Layout:
    """Return a week as the digest for the log channel, with nothing to press: others may read there."""
    return Layout(box(wording.QUIET_COLOUR, *week_texts(week), ui.TextDisplay(FOR_MORE))).sealed()


async def show_week(turn: Turn) -> None:
    """Show the last seven days to whoever may edit."""
    await turn.wait()
    await turn.show(week_layout(await turn.workshop.weekly.week(turn.guild, turn.actor)))


async def _week(interaction: Interaction, _about: str) -> None:
    await show_week(turn_of(interaction))


async def _open_claim(interaction: Interaction, _about: str, values: list[str]) -> None:
    await show_claim(turn_of(interaction), "".join(values))


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _plain(text: str) -> str:
    return discord.utils.escape_markdown(text)


HANDLERS = Handlers(buttons={"week": _week}, lists={"weekclaim": _open_claim})
