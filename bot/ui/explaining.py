"""Moderators ask why an answer came out as it did: by a button on what only they see, and by the message menu."""

import asyncio
from typing import Any

import discord
from discord import ui

from bot.core.model import Answer, Outcome
from bot.errors import StoreError, UserError
from bot.service.access import Right, may
from bot.service.explained import explained
from bot.ui import wording
from bot.ui.asked import NO_QUESTION, NOT_TO_BE_READ, question_behind, written
from bot.ui.buttons import ACTIONS, Press, claim_shown, custom_ids
from bot.ui.desk import Interaction, desk_of
from bot.ui.explanation_card import explanation_layout
from bot.ui.layout import Layout
from bot.ui.limits import MOST_COMPONENTS, MOST_QUESTION
from bot.ui.turn import Turn, actor_of, turn_of

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


async def explain_press(interaction: Interaction, about: str) -> None:
    """Explain the answer that a button stands under. Raises UserError for who is no moderator, and what is forgotten."""
    turn = turn_of(interaction)
    await turn.wait(beside=True)
    await turn.require_moderator()
    kind, number = about[:1], about[1:]
    if not number.isdecimal() or len(number) > 20:  # noqa: PLR2004 -- Discord's ids have no more digits
        raise UserError(wording.OLD_BUTTON)
    if kind == KEPT:
        gave = desk_of(interaction).asked.of(int(number), interaction.user.id)
        await _show(turn, gave.question, gave)
    elif kind == REPLIED:
        await explain_answer(turn, await _message(interaction, int(number)))
    else:
        raise UserError(wording.OLD_BUTTON)


async def explain_message(interaction: Interaction, message: discord.Message) -> None:
    """Explain the bot's answer `message`, or what anybody else's message gets as a question."""
    turn = turn_of(interaction)
    await turn.wait(beside=True)
    await turn.require_moderator()
    if message.author == interaction.client.user:
        await explain_answer(turn, message)
        return
    words = written(message, interaction.client.user)
    if not words:
        raise UserError(wording.NOTHING_TO_READ)
    await _show(turn, words)


async def explain_answer(turn: Turn, answer: discord.Message) -> None:
    """Explain a public answer of the bot. Raises UserError where its question cannot be read."""
    if answer.author != turn.interaction.client.user or answer.flags.ephemeral:
        raise UserError(NO_QUESTION)
    await _show(turn, await question_behind(answer, turn.interaction.client.user), shown=claim_shown(answer))


async def _message(interaction: Interaction, number: int) -> discord.Message:
    channel = interaction.channel
    if not isinstance(channel, discord.abc.Messageable):
        raise UserError(NO_QUESTION)
    try:
        return await channel.fetch_message(number)
    except discord.NotFound as gone:
        raise UserError(NO_QUESTION) from gone
    except discord.Forbidden as refused:
        raise UserError(NOT_TO_BE_READ) from refused


async def _show(turn: Turn, question: str, gave: Answer | None = None, *, shown: str = "") -> None:
    service = await turn.workshop.overlays.for_server(turn.guild)
    found = await asyncio.to_thread(explained, service, question[:MOST_QUESTION], gave, shown=shown)
    await turn.show(explanation_layout(found, service.knowledge))


ACTIONS[KIND] = explain_press
