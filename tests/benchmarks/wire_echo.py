"""The least that a bot with discord.py can do: it echoes. `tests/benchmarks/wire.py` runs it beside the real one.

With the argument "default" it has default intents and caches, as most bots; else those that an echo needs.
"""

import os
import sys

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


if __name__ == "__main__":
    least = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
    intents = discord.Intents.default() if sys.argv[1:] == ["default"] else least
    Echo("!", intents=intents, help_command=None).run(os.environ["DISCORD_TOKEN"], log_handler=None)
