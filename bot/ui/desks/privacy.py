"""`/privacy`: what is kept of a member, being left alone, and getting it deleted."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.sentences import say
from bot.service.privacy import Kept
from bot.ui import wording
from bot.ui.kit.buttons import NO_CLAIM, Press
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box, rule

GENERAL = say("moderators.privacy.general")
DELETE = say("moderators.privacy.delete")
IGNORED = say("moderators.privacy.ignored")


def privacy_layout(kept: Kept, *, first: Sequence[str] = ()) -> Layout:
    """Return what is kept of a member, with what they can do about it; `first` stands before it."""
    lines = "\n".join(f"- {line}" for line in kept.lines)
    if kept.ignored:
        wish = Press("pheed", NO_CLAIM, "Stop ignoring me", emoji="👋")
    else:
        wish = Press("pignore", NO_CLAIM, "Ignore me", emoji="🙈")
    delete = Press("pdelete", NO_CLAIM, "Delete my data", emoji="🗑️", style=discord.ButtonStyle.danger)
    parts: list[ui.Item[Any]] = [ui.TextDisplay("\n".join(f"✅ {line}" for line in first))] if first else []
    parts.append(ui.TextDisplay(say("moderators.privacy.heading", lines=lines)))
    if kept.ignored:
        parts.append(ui.TextDisplay(IGNORED))
    parts += [rule(), ui.TextDisplay(GENERAL), ui.ActionRow(wish, delete)]
    return Layout(box(wording.QUIET_COLOUR, *parts)).sealed()


async def show_privacy(interaction: Interaction, _about: str = NO_CLAIM) -> None:
    """Show a member what is kept of them."""
    await _show(interaction)


async def ignore(interaction: Interaction, _about: str) -> None:
    """Leave the member alone from now on."""
    await desk_of(interaction).workshop.privacy.ignore(interaction.user.id)
    await _show(interaction)


async def heed(interaction: Interaction, _about: str) -> None:
    """Take that back."""
    await desk_of(interaction).workshop.privacy.heed(interaction.user.id)
    await _show(interaction)


async def ask_delete(interaction: Interaction, _about: str) -> None:
    """Say what deleting does, and ask."""
    layout = Layout(
        box(
            wording.QUIET_COLOUR,
            ui.TextDisplay(DELETE),
            ui.ActionRow(
                Press("pdelyes", NO_CLAIM, "Delete it", emoji="🗑️", style=discord.ButtonStyle.danger),
                Press("pshow", NO_CLAIM, "Back", emoji="◀️"),
            ),
        )
    ).sealed()
    await interaction.response.edit_message(view=layout)


async def delete(interaction: Interaction, _about: str) -> None:
    """Take the member out of all that is kept."""
    desk_of(interaction).forget(interaction.user.id)
    deleted = await desk_of(interaction).workshop.privacy.delete(interaction.user.id)
    await _show(interaction, deleted.lines)


async def _show(interaction: Interaction, first: Sequence[str] = ()) -> None:
    kept = await desk_of(interaction).workshop.privacy.kept(interaction.user.id)
    layout = privacy_layout(kept, first=first)
    if interaction.message is None:
        await interaction.response.send_message(view=layout, ephemeral=True)
    else:
        await interaction.response.edit_message(view=layout)


HANDLERS = Handlers(
    buttons={"pshow": show_privacy, "pignore": ignore, "pheed": heed, "pdelete": ask_delete, "pdelyes": delete}
)
