"""`/privacy`, in servers and in direct messages alike."""

from typing import TYPE_CHECKING, cast

from discord import app_commands
from discord.ext import commands

from bot.cogs.ask import CONTEXTS, INSTALLS
from bot.sentences import say
from bot.ui.desks.privacy import show_privacy
from bot.ui.kit.desk import Interaction

if TYPE_CHECKING:
    from bot.client import LegPressBot


class PrivacyCommand(commands.Cog):
    """What members may know, and may have deleted."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot
        self.command: app_commands.Command[PrivacyCommand, [], None] = app_commands.Command(
            name="privacy",
            description=say("commands.privacy.privacy"),
            callback=self.privacy,
            allowed_installs=INSTALLS,
            allowed_contexts=CONTEXTS,
        )

    async def cog_load(self) -> None:
        """Put the command into the tree."""
        self.bot.tree.add_command(self.command, override=True)

    async def privacy(self, interaction: Interaction) -> None:
        """Show a member what is kept of them."""
        await show_privacy(interaction)


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(PrivacyCommand(cast("LegPressBot", bot)))
