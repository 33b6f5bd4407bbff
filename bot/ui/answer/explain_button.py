"""The button by which moderators ask why an answer came out as it did: for whom it is there, and on what it stands."""

from typing import Any

import discord
from discord import ui

from bot.core.model import Answer, Outcome
from bot.errors import StoreError
from bot.service.access import Right, may
from bot.ui.kit.buttons import Press, custom_ids
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.layout import Layout
from bot.ui.kit.limits import MOST_COMPONENTS
from bot.ui.kit.turn import actor_of

KIND = "explain"
KEPT, REPLIED = "k", "m"
"""How a button's id begins: the number behind it is a kept question's, or that of a public message of the bot."""


def is_moderator(interaction: Interaction) -> bool:
    """Say whether to offer an explanation, from what is in memory; it is made certain when it is asked for."""
    if interaction.guild_id is None:
        return False
    try:
        settings = desk_of(interaction).workshop.settings.known(interaction.guild_id)
    except StoreError:
        return False
    held = interaction.permissions
    if not (held.manage_guild or held.administrator or settings.edit_roles or settings.approve_roles):
        return False  # no role makes one: their names need not be looked up
    actor = actor_of(interaction)
    return may(settings, actor, Right.EDIT) or may(settings, actor, Right.APPROVE)


def button_for_asked(interaction: Interaction, answer: Answer) -> str:
    """Keep what a moderator asked privately and return the id of the button that explains it; "" for anybody else."""
    if not answer.question or answer.outcome is Outcome.STOP or not is_moderator(interaction):
        return ""
    desk_of(interaction).asked.keep(interaction.id, interaction.user.id, answer)
    return f"{KEPT}{interaction.id}"


def button_for_shown(interaction: Interaction) -> str:
    """Return the id of the button that explains the public answer whose button was pressed; "" where there is none."""
    message = interaction.message
    if message is None or message.flags.ephemeral or message.reference is None or not is_moderator(interaction):
        return ""
    return f"{REPLIED}{message.id}"


def button_on(message: discord.Message | None) -> str:
    """Return the id of the explaining button that stands on `message`, "" where none does."""
    begin = f"lp:{KIND}:"
    found = (each.removeprefix(begin) for each in custom_ids(message.components if message else ()))
    return next((each for each in found if each[:1] in (KEPT, REPLIED) and each[1:].isdecimal()), "")


def with_button(layout: Layout, about: str) -> Layout:
    """Return `layout` with the button at its end; as it is where `about` is "", or nothing more fits."""
    if about and layout.total_children_count + 2 <= MOST_COMPONENTS:
        row: ui.ActionRow[Any] = ui.ActionRow(Press(KIND, about, "Explain the match", emoji="🔎"))
        return layout.add_item(row).sealed()
    return layout
