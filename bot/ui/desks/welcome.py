"""The one message with which the bot says hello to a server that it has just joined."""

from typing import Any

import discord
from discord import ui

from bot.errors import UserError
from bot.sentences import say
from bot.service.access import Right, may
from bot.ui import wording
from bot.ui.answer.replies import plain
from bot.ui.answer.sending import send_privately
from bot.ui.kit.buttons import NO_CLAIM, Press
from bot.ui.kit.desk import Interaction
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.turn import turn_of

HELLO = say("moderators.welcome.hello")
HOW_TO_TEACH = say("moderators.welcome.how_to_teach")
NOT_YOURS_TO_HIDE = say("card.welcome.not_yours_to_hide")


def welcome_layout() -> Layout:
    """Return the message."""
    row: ui.ActionRow[Any] = ui.ActionRow(
        Press(
            "howteach",
            NO_CLAIM,
            say("moderators.welcome.how_to_teach_me"),
            emoji="🎓",
            style=discord.ButtonStyle.primary,
        ),
        Press("hidehello", NO_CLAIM, "Hide", emoji="✖️"),
    )
    return Layout(box(wording.QUIET_COLOUR, ui.TextDisplay(HELLO), row)).sealed()


async def tell_how(interaction: Interaction, _about: str) -> None:
    """Say privately how a server teaches the bot."""
    await send_privately(interaction, [plain(HOW_TO_TEACH)])


async def hide(interaction: Interaction, _about: str) -> None:
    """Delete the message for whoever may edit knowledge, or the messages there."""
    turn = turn_of(interaction)
    settings = await turn.workshop.settings.certain(turn.guild)
    if not (may(settings, turn.actor, Right.EDIT) or interaction.permissions.manage_messages):
        raise UserError(NOT_YOURS_TO_HIDE)
    await interaction.response.defer()
    if interaction.message is not None:
        await interaction.message.delete()


HANDLERS = Handlers(buttons={"howteach": tell_how, "hidehello": hide})
