"""Sending what was built: privately to whoever asked, or into the channel."""

from collections.abc import Sequence

import discord

from bot.core.model import Answer
from bot.errors import UserError
from bot.ui import wording
from bot.ui.card import PUBLIC, Place
from bot.ui.desk import Interaction, desk_of
from bot.ui.layout import Layout
from bot.ui.replies import reply


def place_of(interaction: Interaction) -> Place:
    """Return where a private card of this interaction stands; with the bot alone there is nobody to share with."""
    return Place(private=True, shareable=not interaction.context.dm_channel)


async def send_privately(interaction: Interaction, layouts: Sequence[Layout]) -> None:
    """Answer an interaction with messages that only the member sees."""
    for layout in layouts:
        if interaction.response.is_done():
            await interaction.followup.send(view=layout, ephemeral=True)
        else:
            await interaction.response.send_message(view=layout, ephemeral=True)


async def send_answer(interaction: Interaction, answer: Answer) -> None:
    """Show `answer` privately, and remember its claim for follow-ups in this place."""
    desk = desk_of(interaction)
    service = desk.service()
    layout = reply(answer, service.knowledge, place_of(interaction), safety_line=service.safety_line)
    await send_privately(interaction, [layout])
    if answer.claim is not None:
        desk.note_shown(interaction.channel_id, interaction.user.id, answer.claim)


def public_layout(answer: Answer, interaction: Interaction) -> Layout:
    """Return the card of `answer` as it stands in a channel."""
    service = desk_of(interaction).service()
    return reply(answer, service.knowledge, PUBLIC, safety_line=service.safety_line)


def may_speak(interaction: Interaction, permissions: discord.Permissions) -> bool:
    """Say whether `permissions` let their holder write in the interaction's channel."""
    if isinstance(interaction.channel, discord.Thread):
        return permissions.send_messages_in_threads
    return permissions.send_messages


async def post(interaction: Interaction, layout: Layout) -> bool:
    """Put `layout` in the interaction's channel as an ordinary message, and say whether the bot is a member there.

    Ordinary, because a reply to one reaches the bot with its text, unlike a reply to an interaction's response.
    Raises UserError where the server does not let the bot speak.
    """
    channel = interaction.channel
    at_home = interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None
    if not at_home or not isinstance(channel, discord.abc.Messageable):
        return False
    if not may_speak(interaction, interaction.app_permissions):
        raise UserError(wording.SHARE_REFUSED)
    try:
        await channel.send(view=layout)
    except discord.Forbidden as refused:
        raise UserError(wording.SHARE_REFUSED) from refused
    return True
