"""What was changed in a server, by whom and why, page by page."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.sentences import say
from bot.service.draft_values import Revision
from bot.service.teaching import ACTION as VOICE
from bot.store.revisions import FOLDED
from bot.ui import wording
from bot.ui.curation import words
from bot.ui.curation.differences import person
from bot.ui.kit.buttons import NO_CLAIM, Press
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.limits import cut

ON_PAGE = 8
MOST_ITEMS = 4


def history_layout(revisions: Sequence[Revision], claim: str, *, before: int) -> Layout:
    """Return a page of revisions, newest first, each with a button to what it changed.

    `revisions`: one more than fits says that there are older ones; `claim` is NO_CLAIM for all; `before` is where the
    page begins, 0 for the newest.
    """
    about = "" if claim == NO_CLAIM else f" of `{claim}`"
    parts: list[ui.Item[Any]] = [ui.TextDisplay(f"### History{about}")]
    if not revisions:
        parts.append(ui.TextDisplay(words.NO_HISTORY))
    for each in revisions[:ON_PAGE]:
        look = Press("krev", f"{each.number}.{claim}", "Look", emoji="🔍")
        parts.append(ui.Section(ui.TextDisplay(_entry(each)), accessory=look))
    row: ui.ActionRow[Any] = ui.ActionRow()
    if before:
        row.add_item(Press("khist", f"0.{claim}", "Newest", emoji="⏮️"))
    if len(revisions) > ON_PAGE:
        oldest = revisions[ON_PAGE - 1].number
        row.add_item(Press("khist", f"{oldest}.{claim}", "Older", emoji="▶️"))
    return Layout(box(wording.QUIET_COLOUR, *parts, row)).sealed()


def revision_heading(revision: Revision) -> str:
    """Return what a revision was, above its difference."""
    return f"### Revision {revision.number}\n{_entry(revision)}"


def revision_buttons(number: int, claim: str) -> list[Press]:
    """Return the ways back from a revision, and the difference to how it is now."""
    return [
        Press("kundo", f"{number}.{claim}", say("moderators.histories.take_this_one_back"), emoji="🧷"),
        Press("kback", f"{number}.{claim}", say("moderators.histories.back_to_this_state"), emoji="↩️"),
        Press("kback", f"{number - 1}.{claim}", say("moderators.histories.back_to_before_it"), emoji="⏪"),
        Press("know", f"{number}.{claim}", "Difference to now", emoji="🆚"),
    ]


def _entry(each: Revision) -> str:
    what = words.ACTIONS.get(each.action, each.action.capitalize())
    when = discord.utils.format_dt(each.at, "R")
    who = [] if each.action in {FOLDED, VOICE} else [person(each.author)]
    lines = [" · ".join([f"**{each.number}**", what, *who, when])]
    items = [f"`{item}`" for item in each.items[:MOST_ITEMS]]
    more = len(each.items) - MOST_ITEMS
    lines.append(f"-# {', '.join(items)}{f' and {more} more' if more > 0 else ''}")
    if each.why:
        lines.append(f"-# {discord.utils.escape_markdown(cut(each.why, 150))}")
    return "\n".join(lines)
