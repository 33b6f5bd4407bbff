"""Knowledge in and out as YAML files. What comes in is measured before it is read, and previewed before it is live."""

import asyncio

import aiohttp
import discord

from bot.errors import Fault, KnowledgeError, UserError
from bot.sentences import say
from bot.service.exchange import MOST_IMPORT_BYTES
from bot.ui.answer.replies import plain
from bot.ui.curation import words
from bot.ui.curation.drafting import look
from bot.ui.kit.limits import whole_items
from bot.ui.kit.turn import Turn

MOST_FAULT_TEXT = 1600
FETCH_SECONDS = 20.0


async def import_file(turn: Turn, file: discord.Attachment, topic: str, why: str) -> None:
    """Show what importing a file would do. Raises UserError where it is too big or gone."""
    await turn.require_editor()
    if file.size > MOST_IMPORT_BYTES:
        raise UserError(
            say("moderators.files.too_big", size=file.size / 1e6, most_import_bytes=MOST_IMPORT_BYTES // 10**6)
        )
    await turn.wait()
    try:
        async with asyncio.timeout(FETCH_SECONDS):
            raw = await file.read()
    except (discord.HTTPException, aiohttp.ClientError, TimeoutError) as refused:
        raise UserError(words.FILE_GONE) from refused
    exchange, curation = turn.workshop.exchange, turn.workshop.curation
    try:
        draft = await exchange.begin_import(turn.guild, turn.actor, raw, file.filename, topic, why=why)
    except KnowledgeError as error:
        await _tell_faults(turn, error)
        return
    if draft.changes_nothing:
        await curation.drop(turn.guild, turn.actor, draft.id)
        await turn.show(plain("\n".join([words.NOTHING_NEW, *(f"- {note}" for note in draft.notes)])))
        return
    await look(turn, draft)


async def export(turn: Turn, topic: str) -> None:
    """Give the server's own knowledge as a file, all of it or one topic. Raises UserError where there is none."""
    await turn.require_moderator()
    exchange = turn.workshop.exchange
    if topic:
        content = await exchange.export_topic(turn.guild, topic)
        await turn.hand_over(say("moderators.files.this_servers_claims_in", topic=topic), f"{topic}.yaml", content)
        return
    await turn.hand_over(
        say("moderators.files.export_of_all"),
        "knowledge.yaml",
        await exchange.export(turn.guild),
    )


async def _tell_faults(turn: Turn, error: KnowledgeError) -> None:
    lines = [_line(fault) for fault in error.faults]
    fitting = whole_items(lines, MOST_FAULT_TEXT)
    count = f"{len(lines)} thing{'s' if len(lines) > 1 else ''} to mend"
    head = say("moderators.files.faulty", count=count)
    if fitting == len(lines):
        await turn.show(plain("\n".join([head, *lines])))
        return
    whole = "\n".join(map(str, error.faults)).encode()
    await turn.hand_over(
        "\n".join([head, *lines[:fitting], say("moderators.files.all_faults_attached")]), "faults.txt", whole
    )


def _line(fault: Fault) -> str:
    """Return a fault as an entry of a list: a phone breaks its line, which it would not in a code block."""
    name = fault.file.replace("`", "'")
    return f"- `{name}:{fault.line}:{fault.column}:` {discord.utils.escape_markdown(fault.message)}"
