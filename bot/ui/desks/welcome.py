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
from bot.ui.kit.buttons import ACTIONS, NO_CLAIM, Press
from bot.ui.kit.desk import Interaction
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.turn import turn_of

HELLO = (
    "### Hello, I answer questions about the leg press\n"
    "And about backs that complain after it: what is known, how sure anybody is, what to do at the machine today. Mention me "
    "with a question, or use `/legpress ask`. General gym information, no medical advice; `/privacy` says what I keep.\n"
    "-# I write first only this once."
)
HOW_TO_TEACH = (
    "### How to teach me\n"
    "- Hold a message in which somebody answers well, **Apps**, **Teach this**: it becomes the draft of an answer.\n"
    "- Under what I could not answer stands **Teach me**.\n"
    "- `/knowledge add` writes a claim from nothing.\n"
    "- `/knowledge list` shows all of them.\n"
    "- `/knowledge inbox` shows what is asked in vain, once `/settings` allows to keep that.\n\n"
    "You see what members will see, and nothing is live before you press **Publish**. Anything can be undone. It takes "
    "*Manage Server*, or a role that `/settings` names. Members can hand in what they know with `/legpress suggest`."
)
NOT_YOURS_TO_HIDE = say("card.welcome.not_yours_to_hide")


def welcome_layout() -> Layout:
    """Return the message."""
    row: ui.ActionRow[Any] = ui.ActionRow(
        Press("howteach", NO_CLAIM, "How to teach me", emoji="🎓", style=discord.ButtonStyle.primary),
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


ACTIONS.update({"howteach": tell_how, "hidehello": hide})
