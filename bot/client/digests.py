"""The weekly digest: once a week into the log channel of each server that switched it on."""

import asyncio

import discord

from bot.client.bot import LegPressBot
from bot.errors import StoreError
from bot.service.workshop import Workshop
from bot.ui.desks.week import digest_layout
from bot.ui.kit import faults

EVERY_SECONDS = 3600.0


async def digests_forever(bot: LegPressBot, every: float = EVERY_SECONDS) -> None:
    """Send what is due every hour, for ever. Cancel it to end it."""
    while True:
        await asyncio.sleep(every)
        if bot.is_ready() and (workshop := bot.desk.workshop_at_hand) is not None:
            await send_digests(bot, workshop)


async def send_digests(bot: LegPressBot, workshop: Workshop) -> int:
    """Send what is due now, and return to how many servers; one that cannot be told does not hold up the others."""
    sent = 0
    for guild in list(bot.guilds):
        try:
            week = await workshop.weekly.due(guild.id)
            channel = (await workshop.settings.get(guild.id)).log_channel
            if week is None or channel is None:
                continue
            await bot.get_partial_messageable(channel, guild_id=guild.id).send(view=digest_layout(week))
            sent += 1
        except StoreError as fault:
            faults.note("looking for weekly digests", fault)
            return sent
        except (discord.HTTPException, OSError) as fault:
            faults.note("sending a weekly digest", fault)
        except Exception as fault:  # noqa: BLE001 -- one server's digest must not cost the others theirs
            faults.note("making a weekly digest", fault)
    return sent
