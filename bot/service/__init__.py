"""Use cases: what any way in (terminal, playground, Discord) asks of the bot."""

from bot.service.choices import Choice
from bot.service.conversations import Conversations
from bot.service.service import Service

__all__ = ["Choice", "Conversations", "Service"]
