"""`/knowledge inbox`: what members asked in vain."""

from typing import Any

from discord import app_commands

from bot.sentences import say
from bot.ui.desks.inbox import show_inbox
from bot.ui.kit.desk import Interaction
from bot.ui.kit.turn import turn_of


def inbox_command() -> app_commands.Command[Any, ..., None]:
    """Return the subcommand, for the group of /knowledge."""
    return app_commands.Command(name="inbox", description=say("commands.inbox.description"), callback=_inbox)


async def _inbox(interaction: Interaction) -> None:
    """Show what was asked in vain."""
    await show_inbox(turn_of(interaction))
