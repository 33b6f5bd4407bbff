"""A failure becomes one private sentence for the member, and a log line without anybody's words."""

import logging
import traceback
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot import measures
from bot.errors import BotError, StoreError, UserError
from bot.ui import wording
from bot.ui.kit import deadline
from bot.ui.kit.limits import cut

log = logging.getLogger(__name__)

TIMED_OUT, TOO_MANY, SERVER_FAULTS = 408, 429, 500
"""Statuses of HTTP: the request took too long, a limit, and from here on faults of the server."""
LAST_CALL = 0.3
"""Seconds before Discord stops taking a first response in which nothing new is begun."""
UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060
MOST_CONTENT = 2000
"""Characters of a message that is nothing but text."""


OLD_COMMANDS = (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)
"""What discord.py raises for a command of another version than Discord, or the member's own program, knows."""


class UnsaidError(Exception):
    """What was to be said was taken in no form so far; whoever answers for it says `text` in place of an excuse."""

    def __init__(self, text: str) -> None:
        super().__init__()  # without the words: exceptions are logged
        self.text = text


class SlowFileError(TimeoutError):
    """Discord did not answer in time to what came with a file; without it there is time for another try."""


KNOWN = (discord.HTTPException, aiohttp.ClientError, OSError)
"""What is known well enough to be told in one line."""


def describe(fault: BaseException) -> str:
    """Return types and places of `fault` and its causes; messages are left out, since they may quote a member."""
    lines = []
    seen: BaseException | None = fault
    while seen is not None:
        lines.append(kind(seen))
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def kind(fault: BaseException) -> str:
    """Return the type of `fault`, and of Discord's answers the status and the code."""
    code = f" {fault.status}/{fault.code}" if isinstance(fault, discord.HTTPException) else ""
    return f"{type(fault).__module__}.{type(fault).__qualname__}{code}"


def cause(fault: BaseException) -> BaseException:
    """Return what the command's own code raised, where discord.py wrapped it."""
    return fault.original if isinstance(fault, app_commands.CommandInvokeError) else fault


def is_taken(fault: BaseException) -> bool:
    """Say whether Discord already has an answer to the interaction."""
    return isinstance(fault, discord.HTTPException) and fault.code == ALREADY_ACKNOWLEDGED


def is_too_late(fault: BaseException) -> bool:
    """Say whether Discord no longer takes, or already has, an answer to the interaction: nobody is left to tell."""
    return isinstance(fault, discord.HTTPException) and fault.code in (UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED)


def repeat_helps(fault: BaseException) -> bool:
    """Say whether sending the same again may succeed: the connection broke, Discord faltered, or set a limit."""
    if isinstance(fault, discord.HTTPException):
        return fault.status >= SERVER_FAULTS or fault.status in (TOO_MANY, TIMED_OUT)
    return isinstance(fault, aiohttp.ClientError | OSError)


def refused_as_it_is(fault: BaseException) -> bool:
    """Say whether Discord takes nothing like this, but may take something simpler: too large, not allowed, not valid."""
    if is_too_late(fault):
        return False
    return isinstance(fault, SlowFileError) or not repeat_helps(fault)


def sentence(fault: BaseException) -> str:
    """Return what the member is told about `fault`."""
    if isinstance(fault, UnsaidError):
        return cut(fault.text, MOST_CONTENT)
    if isinstance(fault, UserError | StoreError):
        return str(fault)
    if isinstance(fault, OLD_COMMANDS):
        return wording.OLD_COMMAND
    return wording.FAILED


def note(where: str, fault: BaseException) -> None:
    """Log `fault` as happening in `where`; what the member can put right is no fault."""
    if isinstance(fault, UnsaidError) and fault.__cause__ is not None:
        fault = fault.__cause__
    if isinstance(fault, UserError):
        return
    measures.count("faults", type(fault).__name__)
    if is_too_late(fault):
        log.info("%s: the interaction was no longer there to answer", where)
    elif isinstance(fault, OLD_COMMANDS):
        log.info("%s: the command is another version's", where)
    elif isinstance(fault, BotError):
        log.error("%s failed: %s", where, fault)  # our own sentence, which quotes nobody
    elif isinstance(fault, KNOWN):
        log.error("%s failed: %s", where, kind(fault))
    else:
        log.error("%s failed\n%s", where, describe(fault))


async def tell(interaction: discord.Interaction[Any], text: str) -> None:
    """Tell the member one sentence, privately, whether or not the interaction was answered before."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as fault:
        note("telling a member", fault)


async def answer_for(interaction: discord.Interaction[Any], where: str, fault: BaseException) -> None:
    """Log `fault` and tell the member, where there is still somebody to tell."""
    fault = cause(fault)
    note(where, fault)
    # Once the time for a first response is over, nothing is taken any more.
    if not is_too_late(fault) and (interaction.response.is_done() or deadline.sendable() > LAST_CALL):
        await tell(interaction, sentence(fault))
