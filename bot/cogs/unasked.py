"""Answers that nobody asked the bot for: only where the host and the server want them, and only very sure ones."""

from typing import TYPE_CHECKING, cast

import discord
from discord.ext import commands

from bot.core.model import Outcome
from bot.errors import StoreError
from bot.service.unasked import Unasked
from bot.ui.answer.replies import reply
from bot.ui.answer.sending import speak, until_taken
from bot.ui.kit import faults
from bot.ui.kit.pictures import picture_of

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
            workshop = self.bot.desk.workshop
            await workshop.settings.get(message.guild.id)  # once read, they are in memory
        except StoreError:
            return
        unasked = workshop.unasked
        has_turn = unasked.has_turn(message.channel.id)
        unasked.heard(message.channel.id)
        if self._is_for_others(message) or not self._listens(message, unasked):
            return
        try:
            await self._answer(message, message.guild.id, unasked, has_turn=has_turn)
        except discord.Forbidden as refused:
            faults.log.info("may not speak in a channel for unasked answers (%s/%s)", refused.status, refused.code)

    def _is_for_others(self, message: discord.Message) -> bool:
        """Say whether a message is said to somebody, or is too short to say anything."""
        if self.bot.is_addressed(message) or message.mentions or message.reference is not None:
            return True
        return len(message.content.strip()) < SHORTEST

    @staticmethod
    def _listens(message: discord.Message, unasked: Unasked) -> bool:
        assert message.guild is not None
        return unasked.listens(message.guild.id, message.channel.id, message.id, message.author.id)

    async def _answer(self, message: discord.Message, guild: int, unasked: Unasked, *, has_turn: bool) -> None:
        service = await self.bot.desk.service_for(guild)
        answer = await self.bot.desk.ask_once(message.content, guild, message.author.id)
        if answer.outcome is Outcome.STOP:
            # No quiet minute holds an alarm back, nor does length; asked as this member's, the second is a short one.
            answer = await self.bot.desk.ask(message.channel.id, message.author.id, message.content, guild)
        elif (
            not has_turn
            or self.bot.desk.rests(message.channel.id)
            or len(message.content.strip()) > LONGEST
            or answer.quiet
            or not unasked.is_good(answer)
            or not unasked.has_turn(message.channel.id)
        ):
            return
        if not self._listens(message, unasked):
            return
        # Noted before it is sent: a second message that comes meanwhile must not be answered, too.
        unasked.spoke(message.channel.id, message.id)
        picture = await picture_of(answer, service.knowledge, self.bot.desk.pictures, guild)
        if picture is not None:
            picture = picture if self._may_attach(message) else picture.without_file()
        await until_taken(
            lambda layout: speak(message.channel, layout, to=message),
            answer,
            lambda shown: reply(answer, service.knowledge, safety_line=service.safety_line, picture=shown),
            picture,
        )
        self.bot.desk.note_answered(guild, message.author.id, answer, [message.author])

    @staticmethod
    def _may_attach(message: discord.Message) -> bool:
        assert message.guild is not None
        return message.channel.permissions_for(message.guild.me).attach_files


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(UnaskedAnswers(cast("LegPressBot", bot)))
