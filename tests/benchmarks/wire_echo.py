"""The least that a bot with discord.py can do: it echoes. `tests/benchmarks/wire.py` runs it beside the real one.

With the argument "default" it has default intents and caches, as most bots; else those that an echo needs. With "reads" it makes
nothing of an event but what has to do with an alarm or the start of a benchmark, so that all else is merely read.
"""

import os
import sys
from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands


class Echo(commands.AutoShardedBot):
    """Echoes `/legpress ask`, privately, and looks at no message."""

    async def setup_hook(self) -> None:
        group = app_commands.Group(name="legpress", description="Echo.")

        @group.command(name="ask", description="Echo.")
        async def ask(interaction: discord.Interaction, question: str) -> None:
            await interaction.response.send_message(question, ephemeral=True)

        self.tree.add_command(group)

    def read_only(self) -> None:
        """Look at nothing that names a number, as each part of a flood does."""
        parsers = self._connection.parsers
        for event in ("INTERACTION_CREATE", "MESSAGE_CREATE"):
            parsers[event] = _unless_numbered(parsers[event])


def _unless_numbered(parse: Callable[[Any], None]) -> Callable[[Any], None]:
    def look(data: Any) -> None:
        asked = data.get("data", {}).get("options")
        if asked and not any(letter.isdigit() for letter in asked[0]["options"][0]["value"]):
            parse(data)

    return look


if __name__ == "__main__":
    least = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    intents = discord.Intents.default() if sys.argv[1:] == ["default"] else least
    echo = Echo("!", intents=intents, help_command=None)
    if sys.argv[1:] == ["reads"]:
        echo.read_only()
    echo.run(os.environ["DISCORD_TOKEN"], log_handler=None)
