"""The message menu "Explain this answer", for moderators."""

from typing import TYPE_CHECKING, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.ui.answer.explaining import explain_message
from bot.ui.kit.desk import Interaction

if TYPE_CHECKING:
    from bot.client import LegPressBot

MENU = "Explain this answer"


class Explain(commands.Cog):
    """Discord hides the menu from who may not manage the server; the rights are looked at again."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(
            name=MENU,
            callback=self.explain,
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        )
        self.menu.default_permissions = discord.Permissions(manage_guild=True)

    async def cog_load(self) -> None:
        """Put the menu into the tree."""
        self.bot.tree.add_command(self.menu, override=True)

    async def explain(self, interaction: Interaction, message: discord.Message) -> None:
        """Explain an answer of the bot, or what a message would get."""
        await explain_message(interaction, message)


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Explain(cast("LegPressBot", bot)))
