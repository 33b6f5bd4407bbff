"""Use cases: what any way in (terminal, playground, Discord) asks of the bot."""

from bot.service.conversations import Conversations
from bot.service.service import Choice, Service

__all__ = ["Choice", "Conversations", "Service"]
