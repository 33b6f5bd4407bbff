"""Moderators ask why an answer came out as it did: by a button on what only they see, and by the message menu."""

import asyncio

import discord

from bot.core.model import Answer
from bot.errors import UserError
from bot.service.explained import explained
from bot.ui import wording
from bot.ui.answer.explain_button import KEPT, REPLIED
from bot.ui.answer.explanation_card import explanation_layout
from bot.ui.kit.asked import NO_QUESTION, NOT_TO_BE_READ, question_behind, written
from bot.ui.kit.buttons import claim_shown
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.limits import MOST_QUESTION
from bot.ui.kit.turn import Turn, turn_of


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
