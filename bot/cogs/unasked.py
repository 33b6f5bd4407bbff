"""Answers that nobody asked the bot for: only where the host and the server want them, and only very sure ones."""

from typing import TYPE_CHECKING, cast

import discord
from discord.ext import commands

from bot.errors import StoreError
from bot.service.unasked import Unasked
from bot.ui import faults
from bot.ui.replies import picture_of, reply

if TYPE_CHECKING:
    from bot.client import LegPressBot

SHORTEST, LONGEST = 12, 400
"""Characters of a message that may be a question; what is longer tells a story, and an answer to part of it is a guess."""


class UnaskedAnswers(commands.Cog):
    """Listens in the channels that a server chose; silent unless the host set MESSAGE_CONTENT."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a member's question where that is wanted."""
        if not self.bot.intents.message_content or message.guild is None:
            return
        if message.author.bot or message.webhook_id is not None or message.is_system():
            return
        try:
            workshop = self.bot.workshop
            await workshop.settings.get(message.guild.id)  # once read, they are in memory
        except StoreError:
            return
        unasked = workshop.unasked
        wanted = unasked.wants(message.guild.id, message.channel.id, message.id, message.author.id)
        unasked.heard(message.channel.id)
        if not wanted or self._is_for_others(message):
            return
        try:
            await self._answer(message, message.guild.id, unasked)
        except discord.Forbidden as refused:
            faults.log.info("may not speak in a channel for unasked answers (%s/%s)", refused.status, refused.code)

    def _is_for_others(self, message: discord.Message) -> bool:
        """Say whether a message is said to somebody, or is no question of a length that can be one."""
        if self.bot.is_addressed(message) or message.mentions or message.reference is not None:
            return True
        return not SHORTEST <= len(message.content.strip()) <= LONGEST

    async def _answer(self, message: discord.Message, guild: int, unasked: Unasked) -> None:
        service = await self.bot.service_for(guild)
        answer = await self.bot.ask_once(message.content, guild)
        if answer.quiet or not unasked.is_good(answer):
            return
        # Another message may have been answered while this one was matched.
        if not unasked.wants(guild, message.channel.id, message.id, message.author.id):
            return
        # Noted before it is sent: a second message that comes meanwhile must not be answered, too.
        unasked.spoke(message.channel.id, message.id)
        picture = await picture_of(answer, service.knowledge, self.bot.pictures, guild)
        if picture is not None:
            picture = picture if self._may_attach(message) else picture.without_file()
        layout = reply(answer, service.knowledge, safety_line=service.safety_line, picture=picture)
        reference = message.to_reference(fail_if_not_exists=False)
        await message.channel.send(view=layout, files=layout.files(), reference=reference, mention_author=False)
        self.bot.note_answered(guild, message.author.id, answer, [message.author])

    @staticmethod
    def _may_attach(message: discord.Message) -> bool:
        assert message.guild is not None
        return message.channel.permissions_for(message.guild.me).attach_files


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot (called by discord.py)."""
    await bot.add_cog(UnaskedAnswers(cast("LegPressBot", bot)))
