"""What hangs on shipped claims that are gone, in `/knowledge review`: made the server's own, moved, or dropped."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.sentences import say
from bot.service.orphans import Orphan
from bot.ui import wording
from bot.ui.curation.drafting import prepared, preparing
from bot.ui.curation.pages import nearest_claims, quoted
from bot.ui.kit.buttons import Press
from bot.ui.kit.desk import Interaction
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.picks import values_row
from bot.ui.kit.turn import turn_of

SHOWN = 3
"""Wordings that a card quotes."""


def orphan_shown(orphan: Orphan, titles: dict[str, str]) -> list[ui.Item[Any]]:
    """Return what hangs on a claim that is gone, with what can be done about it; `titles` are those of claims."""
    what = []
    if orphan.questions:
        what.append(f"{len(orphan.questions)} question{'s' if len(orphan.questions) > 1 else ''} of yours")
    if orphan.hidden:
        what.append("your hiding")
    if orphan.picture is not None:
        what.append("your picture")
    lines = [say("moderators.orphans.heading", item=orphan.item, what=", ".join(what))]
    lines += [f"> {quoted(text, 120)}" for text in orphan.questions[:SHOWN]]
    buttons = []
    if orphan.successor:
        title = discord.utils.escape_markdown(titles.get(orphan.successor, orphan.successor))
        lines.append(f"-# **{title}** takes its place.")
        buttons.append(
            Press(
                "orphnext",
                orphan.item,
                say("moderators.queue.move_to_its_successor"),
                emoji="➡️",
                style=discord.ButtonStyle.primary,
            )
        )
    buttons.append(Press("orphmove", orphan.item, "Move to …", emoji="🔀"))
    if orphan.questions or orphan.picture is not None:
        buttons.append(Press("orphown", orphan.item, "Make it ours", emoji="🏠"))
    buttons.append(Press("orphdrop", orphan.item, "Drop", emoji="🗑️", style=discord.ButtonStyle.danger))
    return [ui.TextDisplay("\n".join(lines)), ui.ActionRow(*buttons)]


def targets_layout(item: str, claims: Sequence[tuple[str, str]]) -> Layout:
    """Return the claims (id, title) to which it can move."""
    parts: list[ui.Item[Any]] = [ui.TextDisplay(say("moderators.orphans.move_where", item=item))]
    if claims:
        parts.append(values_row("orphto", item, "The nearest first", claims))
    parts.append(ui.ActionRow(Press("revpage", "0", "Back", emoji="◀️")))
    return Layout(box(wording.QUIET_COLOUR, *parts)).sealed()


async def move_on(interaction: Interaction, item: str) -> None:
    """Prepare to move it to the claim that took the place of the one that is gone."""
    turn = turn_of(interaction)
    found = {each.item: each.successor for each in await turn.workshop.orphans.all(turn.guild)}
    await prepared(turn, lambda: turn.workshop.orphans.begin_move(turn.guild, turn.actor, item, found.get(item, "")))


async def choose_target(interaction: Interaction, item: str) -> None:
    """Show the claims to which it can move, those nearest to its wordings first."""
    turn = turn_of(interaction)
    await turn.require_moderator()
    questions = next((each.questions for each in await turn.workshop.orphans.all(turn.guild) if each.item == item), ())
    words = questions[0] if questions else item.replace("-", " ")
    await turn.show(targets_layout(item, await nearest_claims(turn, words)))


async def move_to(interaction: Interaction, item: str, values: list[str]) -> None:
    """Prepare to move it to the claim that was picked."""
    turn = turn_of(interaction)
    await prepared(turn, lambda: turn.workshop.orphans.begin_move(turn.guild, turn.actor, item, "".join(values)))


HANDLERS = Handlers(
    buttons={
        "orphown": preparing(lambda turn, item: turn.workshop.orphans.begin_adopt(turn.guild, turn.actor, item)),
        "orphdrop": preparing(lambda turn, item: turn.workshop.orphans.begin_drop(turn.guild, turn.actor, item)),
        "orphnext": move_on,
        "orphmove": choose_target,
    },
    lists={"orphto": move_to},
)
