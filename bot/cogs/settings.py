"""`/settings`, and what happens to settings when roles and channels go."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import StoreError
from bot.sentences import say
from bot.service.server_settings import SettingsDesk
from bot.ui.desks.settings import show_settings
from bot.ui.kit import faults
from bot.ui.kit.desk import Interaction

if TYPE_CHECKING:
    from bot.client import LegPressBot


class SettingsCommand(commands.Cog):
    """What those who manage a server choose for it."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot
        self.command: app_commands.Command[SettingsCommand, [], None] = app_commands.Command(
            name="settings",
            description=say("commands.settings.settings"),
            callback=self.settings,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        )
        # A default that Discord lets servers change; who may, is checked at every press in any case.
        self.command.default_permissions = discord.Permissions(manage_guild=True)

    async def cog_load(self) -> None:
        """Put the command into the tree."""
        self.bot.tree.add_command(self.command, override=True)

    async def settings(self, interaction: Interaction) -> None:
        """Show the settings to whoever may change them."""
        await show_settings(interaction)

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Take a role that is gone out of the settings."""
        await self._note(lambda desk: desk.role_deleted(role.guild.id, role.id))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Take a channel that is gone out of the settings."""
        await self._note(lambda desk: desk.channel_deleted(channel.guild.id, channel.id))

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Take a thread that is gone out of the settings."""
        await self._note(lambda desk: desk.channel_deleted(payload.guild_id, payload.thread_id))

    async def _note(self, change: Callable[[SettingsDesk], Awaitable[None]]) -> None:
        """Change settings where nobody waits; what is missed is made good when `/settings` is opened."""
        try:
            await change(self.bot.desk.workshop.settings)
        except StoreError as fault:
            faults.note("noting what became of a role or channel", fault)


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(SettingsCommand(cast("LegPressBot", bot)))
