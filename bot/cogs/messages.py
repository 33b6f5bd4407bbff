"""Ordinary messages to the bot: mentions, replies to its own messages, direct messages, and edits that bring an alarm."""

import asyncio
import logging
import re
from collections.abc import Awaitable
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import discord
from cachetools import LRUCache
from discord.ext import commands

from bot.core.answering import said_first
from bot.core.conversation import WINDOW_SECONDS
from bot.core.model import Answer, Outcome, Stop
from bot.errors import GateFailedError
from bot.service import Service
from bot.service.conversations import NO_CONTEXT, UNSEEN, Context
from bot.ui import wording
from bot.ui.answer.after_stop import live_stop
from bot.ui.answer.card import Place
from bot.ui.answer.replies import notice, reply
from bot.ui.answer.sending import holding, speak, until_taken
from bot.ui.kit.asked import replied_to, title_of_own_thread, title_of_thread, written
from bot.ui.kit.buttons import NO_CLAIM, claim_shown
from bot.ui.kit.layout import Layout
from bot.ui.kit.pictures import picture_of

if TYPE_CHECKING:
    from bot.client import LegPressBot

log = logging.getLogger(__name__)

MOST_EDITS = 1_000


class Messages(commands.Cog):
    """Answers where it was asked, as a reply."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot
        self._edits: LRUCache[tuple[int, object], bool] = LRUCache(MOST_EDITS)
        self._waiting: dict[int, int] = {}  # by member, the message whose answer after a stop has to wait

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that a person wrote to the bot; in a channel, silence is the answer to thanks and chatter."""
        if self.bot.is_addressed(message):
            await self._respond(message)
        elif self.bot.names_role_alone(message):
            # What was written may be an alarm: it cannot be seen.
            await self._send(message, notice(f"{wording.ROLE_NAMED}\n\n{self.bot.desk.service().safety_line}"))

    @commands.Cog.listener()
    async def on_raw_message_edit(self, event: discord.RawMessageUpdateEvent) -> None:
        """Answer an edit within ten minutes that is an alarm, or that comes from somebody who was stopped."""
        message = event.message
        if message.edited_at is None or not self.bot.is_addressed(message) or not self._is_new(message):
            return
        if (message.edited_at - message.created_at).total_seconds() > WINDOW_SECONDS:
            return
        guild = message.guild.id if message.guild else None
        held = await self.bot.desk.held(message.channel.id, message.author.id, guild)
        try:
            text = written(message, self.bot.user)
            is_alarm = held is not None or await self.bot.desk.stop_in(text, guild, message.author.id) is not None
        except GateFailedError as failed:
            await self._send(message, notice(str(failed)))
            return
        if is_alarm:
            await self._respond(message)

    def _is_new(self, message: discord.Message) -> bool:
        """Say whether this edit is seen for the first time: Discord tells of a link's preview as of an edit, too."""
        key = (message.id, message.edited_at)
        if key in self._edits:
            return False
        self._edits[key] = True
        return True

    async def _respond(self, message: discord.Message) -> None:
        guild = message.guild.id if message.guild else None
        try:
            answer = await self._answer(message, guild)
        except GateFailedError as failed:
            await self._send(message, notice(str(failed)))
            return
        service = await self.bot.desk.service_for(guild)
        unread = service.texts.lines["attachment"] if message.attachments else ""
        if answer is None:
            if not unread and (self._names_bot(message.content) or guild is None):
                empty = service.nothing_asked(wording.HOW_TO_ASK)
                await self._send(message, reply(empty, service.knowledge))
            elif self._names_bot(message.content):
                await self._send(message, notice(f"{unread}\n\n{wording.HOW_TO_ASK}"))
            elif unread:
                await self._send(message, notice(unread))
            return
        if (answer.quiet and guild is not None) or not await self._has_turn(message, answer):
            return
        if unread and answer.outcome in {Outcome.DECLINE, Outcome.SUGGEST}:
            answer = said_first(answer, unread)
        place = Place(suggestable=guild is not None, teach=NO_CLAIM if guild is not None else "")
        picture = await picture_of(answer, service.knowledge, self.bot.desk.pictures, guild)
        if picture is not None and not self._may_attach(message):
            picture = picture.without_file()
        await self._say(
            until_taken(
                lambda layout: speak(message.channel, layout, to=message),
                answer,
                lambda shown: reply(answer, service.knowledge, place, safety_line=service.safety_line, picture=shown),
                picture,
            ),
            answer.text,
        )
        self.bot.desk.note_answered(guild, message.author.id, answer, [message.author, *message.mentions])

    async def _has_turn(self, message: discord.Message, answer: Answer) -> bool:
        """Wait, after a stop, until the member may be answered again; False where a newer message took the turn.

        An alarm waits for nothing.
        """
        if not answer.after_stop:
            return True
        member = message.author.id
        if wait := self.bot.desk.seconds_to_wait(member):
            # Answers take turns in threads, so that an older message may come here later than a newer one.
            self._waiting[member] = max(message.id, self._waiting.get(member, 0))
            await asyncio.sleep(wait)
            if self._waiting.get(member) != message.id:
                return False
            del self._waiting[member]
        self.bot.desk.note_told(member)
        return True

    async def _answer(self, message: discord.Message, guild: int | None) -> Answer | None:
        """Return the answer to what `message` says; None where it says nothing that can be read."""
        place, member = message.channel.id, message.author.id
        text = written(message, self.bot.user)
        if text:
            service = await self.bot.desk.service_for(guild)
            self._go_on_from(message, service)
            try:
                context = await self._context(message, guild, text, service)
            except GateFailedError:
                context = UNSEEN
            return await self.bot.desk.ask(place, member, text, guild, context=context)
        if (held := await self.bot.desk.held(place, member, guild, again=True)) is not None:
            return held
        title = title_of_own_thread(message.channel, member)
        if title and (stop := await self.bot.desk.alarm(place, member, title, guild)) is not None:
            return stop
        # A reply to somebody that only names the bot asks it to answer them; their words join nobody's conversation.
        meant = await replied_to(message) if self._names_bot(message.content) else None
        if meant is not None and meant.author == self.bot.user:
            context = await self._context(message, guild, "?", await self.bot.desk.service_for(guild))
            return await self.bot.desk.ask(place, member, "?", guild, context=context) if context.stop else None
        text = "" if meant is None or meant.author.bot else written(meant, self.bot.user)
        if meant is None or not text:
            return None
        stop = await self.bot.desk.alarm(place, member, text, guild, proxy=meant.author.id != member)
        if stop is not None:
            return stop
        answer = await self.bot.desk.ask_once(text, guild, member)
        if answer.claim is not None:
            self.bot.desk.note_shown(place, member, answer.claim)
        return answer

    async def _context(self, message: discord.Message, guild: int | None, text: str, service: Service) -> Context:
        """Return what the message stands in: the stop or the alarm that it replies to, the title of its thread."""
        replied = message.reference.resolved if message.reference else None
        context = NO_CONTEXT
        if isinstance(replied, discord.Message):
            if replied.author == self.bot.user:
                live = live_stop(replied)
                if live is not None:
                    told = await replied_to(replied)
                    age = (message.created_at - replied.created_at).total_seconds()
                    return Context(live, age, own=told is None or told.author == message.author)
            else:
                words = "" if replied.author.bot else written(replied, self.bot.user)
                alarm = await self.bot.desk.stop_in(words, guild, message.author.id) if words else None
                context = Context(author=replied.author.id, alarm=self._of(alarm, replied, message))
        channel = message.channel
        if context.alarm is None and (title := title_of_own_thread(channel, message.author.id)):
            # Whom somebody replies to in a thread of their own changes nothing about why they opened it.
            return replace(context, alarm=await self.bot.desk.stop_in(title, guild, message.author.id))
        if context.alarm is None and (title := title_of_thread(channel)) and service.is_about_them(text):
            # Of whoever opened the thread, somebody else asks as of whoever wrote a message that they reply to.
            alarm = await self.bot.desk.stop_in(title, guild, message.author.id)
            return context if alarm is None else replace(context, alarm=replace(alarm, proxy=True))
        return context

    @staticmethod
    def _of(alarm: Stop | None, replied: discord.Message, message: discord.Message) -> Stop | None:
        return alarm if alarm is None or replied.author == message.author else replace(alarm, proxy=True)

    def _names_bot(self, content: str) -> bool:
        return self.bot.user is not None and re.search(rf"<@!?{self.bot.user.id}>", content) is not None

    def _go_on_from(self, message: discord.Message, service: Service) -> None:
        """Let a reply go on from the card that it answers, even where somebody else had asked for it."""
        answered = message.reference.resolved if message.reference else None
        if not isinstance(answered, discord.Message) or answered.author != self.bot.user:
            return
        claim_id = claim_shown(answered)
        if claim_id in service.knowledge.claims:
            self.bot.desk.note_shown(message.channel.id, message.author.id, claim_id)

    def _may_attach(self, message: discord.Message) -> bool:
        """Say whether the bot may attach files where `message` stands; without that, Discord refuses the whole answer."""
        return message.guild is None or message.channel.permissions_for(message.guild.me).attach_files

    async def _send(self, message: discord.Message, layout: Layout) -> None:
        """Reply to `message`; where only replying is refused, or it is gone, speak without the reference."""
        await self._say(speak(message.channel, layout, to=message))

    @staticmethod
    async def _say(speaking: Awaitable[None], words: str = "") -> None:
        with holding(words):
            try:
                await speaking
            except discord.Forbidden as refused:
                # Nothing to mend from here, and nobody to tell: the channel is closed to the bot.
                log.info("may not speak where it was asked (%s/%s)", refused.status, refused.code)


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Messages(cast("LegPressBot", bot)))
