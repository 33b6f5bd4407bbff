"""`/knowledge review` and `stats`: what moderators are waited for, and what their server asks."""

from typing import Any

from discord import app_commands

from bot.sentences import say
from bot.service.statistics import MOST_DAYS
from bot.ui.desks.queue import show_queue
from bot.ui.desks.stats import show_stats
from bot.ui.kit.desk import Interaction
from bot.ui.kit.turn import turn_of


def desk_commands() -> list[app_commands.Command[Any, ..., None]]:
    """Return the subcommands, for the group of /knowledge."""
    return [
        app_commands.Command(name="review", description=say("commands.desks.review"), callback=_review),
        app_commands.Command(name="stats", description=say("commands.desks.stats"), callback=_stats),
    ]


async def _review(interaction: Interaction) -> None:
    """Show what waits for a decision."""
    await show_queue(turn_of(interaction))


@app_commands.describe(days=say("commands.desks.stats_days"))
async def _stats(interaction: Interaction, days: app_commands.Range[int, 1, MOST_DAYS] = 30) -> None:
    """Show the counts."""
    await show_stats(turn_of(interaction), days)
