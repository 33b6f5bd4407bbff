"""`/knowledge review`, `inbox` and `stats`: what moderators are waited for, and what their server asks."""

from typing import TYPE_CHECKING, cast

from discord import app_commands
from discord.ext import commands

from bot.sentences import say
from bot.service.statistics import MOST_DAYS
from bot.ui.desks.inbox import show_inbox
from bot.ui.desks.queue import show_queue
from bot.ui.desks.stats import show_stats
from bot.ui.kit.desk import Interaction
from bot.ui.kit.turn import turn_of

if TYPE_CHECKING:
    from bot.client import LegPressBot


class Desks(commands.Cog):
    """Further subcommands of /knowledge, whose group is there before this cog."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Put the subcommands into the group."""
        group = self.bot.tree.get_command("knowledge")
        assert isinstance(group, app_commands.Group)
        for name, description, callback in (
            ("review", say("commands.desks.review"), self.review),
            ("inbox", say("commands.desks.inbox"), self.inbox),
        ):
            group.add_command(
                app_commands.Command(name=name, description=description, callback=callback), override=True
            )
        stats: app_commands.Command[Desks, ..., None] = app_commands.Command(
            name="stats", description=say("commands.desks.stats"), callback=self.stats
        )
        group.add_command(stats, override=True)

    async def review(self, interaction: Interaction) -> None:
        """Show what waits for a decision."""
        await show_queue(turn_of(interaction))

    async def inbox(self, interaction: Interaction) -> None:
        """Show what was asked in vain."""
        await show_inbox(turn_of(interaction))

    @app_commands.describe(days=say("commands.desks.stats_days"))
    async def stats(self, interaction: Interaction, days: app_commands.Range[int, 1, MOST_DAYS] = 30) -> None:
        """Show the counts."""
        await show_stats(turn_of(interaction), days)


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Desks(cast("LegPressBot", bot)))
