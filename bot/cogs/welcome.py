"""Saying hello once to a server that the bot has just joined, where it may write; to anybody else it never writes first."""

from typing import TYPE_CHECKING, cast

import discord
from discord.ext import commands

from bot.errors import StoreError
from bot.ui.answer.sending import speak
from bot.ui.desks.welcome import welcome_layout
from bot.ui.kit import faults

if TYPE_CHECKING:
    from bot.client import LegPressBot


class Welcome(commands.Cog):
    """Listens for servers that the bot is added to."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say hello in the system channel. Whether that was done is noted first, so that no restart says it twice."""
        channel = guild.system_channel
        if channel is None or not _may_write(channel):
            return
        try:
            if not await self.bot.desk.workshop.presence.greets(guild.id):
                return
            await speak(channel, welcome_layout())
        except StoreError as fault:
            faults.note("noting that a server was greeted", fault)
        except discord.HTTPException as fault:
            faults.note("saying hello to a server", fault)


def _may_write(channel: discord.TextChannel) -> bool:
    allowed = channel.permissions_for(channel.guild.me)
    return allowed.view_channel and allowed.send_messages


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot (called by discord.py)."""
    await bot.add_cog(Welcome(cast("LegPressBot", bot)))
