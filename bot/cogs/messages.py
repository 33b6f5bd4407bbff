"""Ordinary messages to the bot: mentions, replies to its own messages, direct messages."""

import logging
import re
from typing import TYPE_CHECKING, cast

import discord
from discord.ext import commands

from bot.core.model import Answer
from bot.service import Service
from bot.ui import wording
from bot.ui.asked import replied_to, written
from bot.ui.buttons import claim_shown
from bot.ui.card import Place
from bot.ui.layout import Layout
from bot.ui.replies import notice, picture_of, reply

if TYPE_CHECKING:
    from bot.client import LegPressBot

log = logging.getLogger(__name__)

CANNOT_REPLY = 160002
"""Discord's code for replying without permission to read the channel's history."""


class Messages(commands.Cog):
    """Answers where it was asked, as a reply."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that a person wrote to the bot; silence is the answer to thanks and chatter."""
        if not self.bot.is_addressed(message):
            return
        guild = message.guild.id if message.guild else None
        answer = await self._answer(message, guild)
        if answer is None:
            if self._names_bot(message.content):
                await self._send(message, notice(wording.HOW_TO_ASK))
            return
        if answer.quiet:
            return
        service = await self.bot.service_for(guild)
        place = Place(suggestable=guild is not None)
        picture = await picture_of(answer, service.knowledge, self.bot.pictures, guild)
        if picture is not None and not self._may_attach(message):
            picture = picture.without_file()
        await self._send(
            message, reply(answer, service.knowledge, place, safety_line=service.safety_line, picture=picture)
        )
        self.bot.note_answered(guild, message.author.id, answer, [message.author, *message.mentions])

    async def _answer(self, message: discord.Message, guild: int | None) -> Answer | None:
        """Return the answer to what `message` says; None where it says nothing that can be read."""
        place, member = message.channel.id, message.author.id
        text = written(message, self.bot.user)
        if text:
            self._go_on_from(message, await self.bot.service_for(guild))
            return await self.bot.ask(place, member, text, guild)
        # A reply to somebody that only names the bot asks it to answer them; their words join nobody's conversation.
        meant = await replied_to(message) if self._names_bot(message.content) else None
        text = "" if meant is None or meant.author.bot else written(meant, self.bot.user)
        if not text:
            return None
        answer = await self.bot.ask_once(text, guild)
        if answer.claim is not None:
            self.bot.note_shown(place, member, answer.claim)
        return answer

    def _names_bot(self, content: str) -> bool:
        return self.bot.user is not None and re.search(rf"<@!?{self.bot.user.id}>", content) is not None

    def _go_on_from(self, message: discord.Message, service: Service) -> None:
        """Let a reply go on from the card that it answers, even where somebody else had asked for it."""
        answered = message.reference.resolved if message.reference else None
        if not isinstance(answered, discord.Message) or answered.author != self.bot.user:
            return
        claim_id = claim_shown(answered)
        if claim_id in service.knowledge.claims:
            self.bot.note_shown(message.channel.id, message.author.id, claim_id)

    def _may_attach(self, message: discord.Message) -> bool:
        """Say whether the bot may attach files where `message` stands; without that, Discord refuses the whole answer."""
        return message.guild is None or message.channel.permissions_for(message.guild.me).attach_files

    async def _send(self, message: discord.Message, layout: Layout) -> None:
        """Reply to `message`; where only replying is refused, or it is gone, speak without the reference."""
        reference = message.to_reference(fail_if_not_exists=False)
        try:
            try:
                await message.channel.send(view=layout, files=layout.files(), reference=reference, mention_author=False)
            except discord.HTTPException as refused:
                if refused.code != CANNOT_REPLY:
                    raise
                await message.channel.send(view=layout, files=layout.files())
        except discord.Forbidden as refused:
            # Nothing to mend from here, and nobody to tell: the channel is closed to the bot.
            log.info("may not speak where it was asked (%s/%s)", refused.status, refused.code)


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot (called by discord.py)."""
    await bot.add_cog(Messages(cast("LegPressBot", bot)))
