"""The Discord client, and running it."""

from bot.client.bot import LegPressBot, intents
from bot.client.connecting import register_commands, serve
from bot.client.desk import ANSWER_SECONDS, OLDEST_SECONDS
from bot.client.freshness import Freshness

__all__ = ["ANSWER_SECONDS", "OLDEST_SECONDS", "Freshness", "LegPressBot", "intents", "register_commands", "serve"]
