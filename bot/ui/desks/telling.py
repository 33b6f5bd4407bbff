"""What the bot writes into a server's log channel."""

import logging

import discord

from bot.errors import UserError
from bot.sentences import say
from bot.service.workshop import Workshop
from bot.ui.answer.replies import plain
from bot.ui.kit import faults

log = logging.getLogger(__name__)


async def tell_log(client: discord.Client, workshop: Workshop, guild: int, text: str) -> None:
    """Post `text` in the log channel that a server chose, if it did. Never raises."""
    channel = workshop.settings.known(guild).log_channel
    if channel is None:
        return
    try:
        await client.get_partial_messageable(channel, guild_id=guild).send(view=plain(text))
    except (discord.Forbidden, discord.NotFound) as refused:
        log.info("the log channel of a server takes nothing (%s/%s)", refused.status, refused.code)
    except Exception as fault:  # noqa: BLE001 -- what it tells of has been done already
        faults.note("writing to a log channel", fault)


async def try_log(client: discord.Client, guild: int, channel: int, text: str) -> None:
    """Post `text` in a channel that is to become the log channel. Raises UserError where Discord refuses it."""
    try:
        await client.get_partial_messageable(channel, guild_id=guild).send(view=plain(text))
    except discord.HTTPException as refused:
        raise UserError(say("moderators.telling.may_not_write", channel=channel)) from refused
