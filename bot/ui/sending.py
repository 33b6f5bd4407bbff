"""Sending what was built: privately to whoever asked, or into the channel."""

from collections.abc import Callable, Iterable, Sequence

import discord

from bot.core.model import Answer
from bot.errors import UserError
from bot.ui import wording
from bot.ui.card import Place
from bot.ui.desk import Interaction, Person, desk_of
from bot.ui.explaining import button_for_asked, with_button
from bot.ui.layout import Layout
from bot.ui.pictures import Shown
from bot.ui.replies import picture_of, reply


def place_of(interaction: Interaction) -> Place:
    """Return where a private card of this interaction stands; with the bot alone there is nobody to share with."""
    at_home = interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None
    return Place(private=True, shareable=not interaction.context.dm_channel, suggestable=at_home)


async def send_privately(interaction: Interaction, layouts: Sequence[Layout]) -> None:
    """Answer an interaction with messages that only the member sees."""
    for layout in layouts:
        if interaction.response.is_done():
            await interaction.followup.send(view=layout, files=layout.files(), ephemeral=True)
        else:
            await interaction.response.send_message(view=layout, files=layout.files(), ephemeral=True)


async def send_answer(interaction: Interaction, answer: Answer, people: Iterable[Person] = ()) -> None:
    """Show `answer` privately, remember its claim for follow-ups in this place, and have it counted.

    `people`: who is spoken of besides whoever asked; their names are kept nowhere.
    """
    desk = desk_of(interaction)
    service = await desk.service_for(interaction.guild_id)
    picture = await picture_of(answer, service.knowledge, desk.pictures, interaction.guild_id)
    layout = reply(answer, service.knowledge, place_of(interaction), safety_line=service.safety_line, picture=picture)
    await send_privately(interaction, [with_button(layout, button_for_asked(interaction, answer))])
    if answer.claim is not None:
        desk.note_shown(interaction.channel_id, interaction.user.id, answer.claim)
    desk.note_answered(interaction.guild_id, interaction.user.id, answer, [interaction.user, *people])


def may_speak(interaction: Interaction, permissions: discord.Permissions) -> bool:
    """Say whether `permissions` let their holder write in the interaction's channel."""
    if isinstance(interaction.channel, discord.Thread):
        return permissions.send_messages_in_threads
    return permissions.send_messages


async def post(interaction: Interaction, build: Callable[[Shown | None], Layout], picture: Shown | None = None) -> bool:
    """Put what `build` makes of `picture` in the interaction's channel, and say whether the bot is a member there.

    Where the bot may not attach files, the picture's words stand in. It is an ordinary message, because a reply to one
    reaches the bot with its text, unlike a reply to an interaction's response. Raises UserError where the server does not let the bot speak.
    """
    channel = interaction.channel
    at_home = interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None
    if not at_home or not isinstance(channel, discord.abc.Messageable):
        return False
    if not may_speak(interaction, interaction.app_permissions):
        raise UserError(wording.SHARE_REFUSED)
    if picture is not None and not interaction.app_permissions.attach_files:
        picture = picture.without_file()
    layout = build(picture)
    try:
        await channel.send(view=layout, files=layout.files())
    except discord.Forbidden as refused:
        raise UserError(wording.SHARE_REFUSED) from refused
    return True
