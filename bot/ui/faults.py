"""A failure becomes one private sentence for the member, and a log line without anybody's words."""

import logging
import traceback

import discord
from discord import app_commands

from bot.errors import StoreError, UserError
from bot.ui import wording
from bot.ui.desk import Interaction

log = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062
ALREADY_ACKNOWLEDGED = 40060


def describe(fault: BaseException) -> str:
    """Return types and places of `fault` and its causes; messages are left out, since they may quote a member."""
    lines = []
    seen: BaseException | None = fault
    while seen is not None:
        code = f" {seen.status}/{seen.code}" if isinstance(seen, discord.HTTPException) else ""
        lines.append(f"{type(seen).__module__}.{type(seen).__qualname__}{code}")
        lines += [
            f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(seen.__traceback__)
        ]
        seen = seen.__cause__ or seen.__context__
    return "\n".join(lines)


def cause(fault: BaseException) -> BaseException:
    """Return what the command's own code raised, where discord.py wrapped it."""
    return fault.original if isinstance(fault, app_commands.CommandInvokeError) else fault


def is_too_late(fault: BaseException) -> bool:
    """Say whether Discord no longer takes, or already has, an answer to the interaction: nobody is left to tell."""
    return isinstance(fault, discord.HTTPException) and fault.code in (UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED)


def sentence(fault: BaseException) -> str:
    """Return what the member is told about `fault`."""
    if isinstance(fault, UserError | StoreError):
        return str(fault)
    if isinstance(fault, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return wording.OLD_COMMAND
    return wording.FAILED


def note(where: str, fault: BaseException) -> None:
    """Log `fault` as happening in `where`; what the member can put right is no fault."""
    if isinstance(fault, UserError):
        return
    if is_too_late(fault):
        log.info("%s: the interaction was no longer there to answer", where)
    else:
        log.error("%s failed\n%s", where, describe(fault))


async def tell(interaction: Interaction, text: str) -> None:
    """Tell the member one sentence, privately, whether or not the interaction was answered before."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as fault:
        note("telling a member", fault)


async def answer_for(interaction: Interaction, where: str, fault: BaseException) -> None:
    """Log `fault` and tell the member, where there is still somebody to tell."""
    fault = cause(fault)
    note(where, fault)
    if not is_too_late(fault):
        await tell(interaction, sentence(fault))
