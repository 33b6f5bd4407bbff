"""Finding the question behind an answer again: in the message that it replies to, or for ten minutes in memory."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import discord
from cachetools import TTLCache

from bot.core.conversation import WINDOW_SECONDS
from bot.core.model import Answer
from bot.errors import UserError
from bot.sentences import say

MOST_KEPT = 500
MOST_HOPS = 2
"""A question is the message replied to, or, where that only mentions the bot, the one that this replies to."""

NO_QUESTION = say("card.asked.no_question")
NOT_TO_BE_READ = say("card.asked.not_to_be_read")
FORGOTTEN = say("card.asked.forgotten")


def written(message: discord.Message, me: discord.abc.Snowflake | None) -> str:
    """Return what `message` says: its own words without a mention of the bot (`me`) and what its poll asks, else what it forwards."""
    own = message.content
    if me is not None:
        own = re.sub(rf"<@!?{me.id}>", " ", own)
    own = "\n".join(filter(None, (own.strip(), "" if message.poll is None else str(message.poll.question).strip())))
    return own or next((each.content.strip() for each in message.message_snapshots if each.content.strip()), "")


def title_of_thread(channel: object) -> str:
    """Return the title of a thread, or of a forum's post; "" everywhere else."""
    return channel.name if isinstance(channel, discord.Thread) else ""


def title_of_own_thread(channel: object, member: int) -> str:
    """Return the title of a thread that `member` opened; "" everywhere else."""
    return title_of_thread(channel) if getattr(channel, "owner_id", None) == member else ""


async def question_behind(answer: discord.Message, me: discord.abc.Snowflake | None) -> str:
    """Return the question that `answer`, a message of the bot, replies to. Raises UserError where none can be read."""
    message = answer
    for _ in range(MOST_HOPS):
        found = await replied_to(message)
        if found is None:
            break
        message = found
        if words := written(message, me):
            return words
    raise UserError(NO_QUESTION if message is answer else NOT_TO_BE_READ)


async def replied_to(message: discord.Message) -> discord.Message | None:
    """Return the message that `message` replies to, None where it replies to none or that cannot be had."""
    reference = message.reference
    if reference is None or reference.message_id is None or reference.type is not discord.MessageReferenceType.reply:
        return None
    if isinstance(reference.resolved, discord.Message):
        return reference.resolved
    if isinstance(reference.resolved, discord.DeletedReferencedMessage):
        return None
    try:
        return await message.channel.fetch_message(reference.message_id)
    except (discord.NotFound, discord.Forbidden):
        return None


@dataclass(frozen=True, slots=True)
class _Kept:
    member: int
    answer: Answer


class Asked:
    """What moderators asked privately, with the answer they got: in memory, for ten minutes. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._kept: TTLCache[int, _Kept] = TTLCache(MOST_KEPT, WINDOW_SECONDS, timer=clock)

    def keep(self, key: int, member: int, answer: Answer) -> None:
        """Keep `answer`, and with it the question, under a key that its button knows."""
        self._kept[key] = _Kept(member, answer)

    def of(self, key: int, member: int) -> Answer:
        """Return what `member` was answered. Raises UserError where it is forgotten, or somebody else's."""
        kept = self._kept.get(key)
        if kept is None or kept.member != member:
            raise UserError(FORGOTTEN)
        return kept.answer

    def forget(self, member: int) -> None:
        """Forget all that a member asked."""
        for key in [key for key, kept in self._kept.items() if kept.member == member]:
            self._kept.pop(key, None)

    def expire(self) -> None:
        """Forget what is older than ten minutes."""
        self._kept.expire()
