"""In which servers the bot is: noted when it connects, when it joins or leaves one, and with every sign of life."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast

import discord
from discord.ext import commands

from bot.errors import StoreError
from bot.service.presence import Presence
from bot.ui.kit import faults

if TYPE_CHECKING:
    from bot.client import LegPressBot


class PresenceEvents(commands.Cog):
    """Hands on what Discord says of servers."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_shard_ready(self, shard_id: int) -> None:
        """Compare what is noted with the servers that Discord named for a shard: the last one's comparison is that of all."""
        self.bot.shards_seen.ready(shard_id)
        await self._note(lambda presence: presence.reconcile())

    @commands.Cog.listener()
    async def on_shard_resumed(self, shard_id: int) -> None:
        """Compare again: what happened meanwhile has been told by now."""
        self.bot.shards_seen.resumed(shard_id)
        await self._note(lambda presence: presence.reconcile())

    @commands.Cog.listener()
    async def on_shard_connect(self, shard_id: int) -> None:
        """Forget the servers that Discord no longer named when a shard began anew."""
        self.bot.shards_seen.connected(shard_id)

    @commands.Cog.listener()
    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Judge no server of a shard that is not connected."""
        self.bot.shards_seen.disconnected(shard_id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Keep what a server had, where the bot comes back in time."""
        await self._note(lambda presence: presence.joined(guild.id))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Have what is kept of a server deleted in thirty days."""
        await self._note(lambda presence: presence.left(guild.id))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: "discord.Interaction[LegPressBot]") -> None:
        """Note a sign of life. Where the bot was installed by a user alone, its use is none of the server."""
        await self._seen(interaction.guild_id)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Note a sign of life."""
        await self._seen(message.guild.id if message.guild else None)

    @commands.Cog.listener()
    async def on_server_alive(self, guild: int) -> None:
        """Note a sign of life: a message there that is for nobody here."""
        await self._seen(guild)

    async def _seen(self, guild: int | None) -> None:
        if guild is not None and self.bot.shards_seen.has(guild):
            await self._note(lambda presence: presence.seen(guild))

    async def _note(self, change: Callable[[Presence], Awaitable[object]]) -> None:
        """Note it where nobody waits; what is missed is made good when the database answers again."""
        try:
            workshop = self.bot.desk.workshop
        except StoreError:
            return  # no database is open (yet): when it is, all servers are compared
        try:
            await change(workshop.presence)
        except StoreError as fault:
            faults.note("noting in which servers the bot is", fault)


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(PresenceEvents(cast("LegPressBot", bot)))
