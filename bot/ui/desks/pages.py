"""What the desks' lists share: claims to choose from, numbers in custom_ids, turning pages."""

import asyncio
from typing import Any

import discord
from discord import ui

from bot.core.overlay import PROTECTED
from bot.errors import UserError
from bot.service.choices import CLAIM_PREFIX
from bot.ui.buttons import Press
from bot.ui.limits import cut
from bot.ui.turn import Turn

LONGEST_NUMBER = 15
"""Digits; far below what a database's integer holds."""


def number_in(about: str) -> int:
    """Return the number in a custom_id. Raises UserError for one that nobody was given."""
    if not about.isdecimal() or len(about) > LONGEST_NUMBER:
        raise UserError("There is no such entry. Open the list again.")
    return int(about)


def quoted(text: str, most: int) -> str:
    """Return a member's words in quotation marks, on one line, their Markdown shown and not applied."""
    return f"“{cut(discord.utils.escape_markdown(' '.join(text.split())), most)}”"


async def nearest_claims(turn: Turn, wording: str) -> list[tuple[str, str]]:
    """Return (id, title) of the claims that may take a question, those nearest to `wording` first."""
    service = await turn.workshop.overlays.for_server(turn.guild)
    found = await asyncio.to_thread(service.suggest_choices, wording)
    ids = [(each.value.removeprefix(CLAIM_PREFIX), each.label) for each in found if each.value.startswith(CLAIM_PREFIX)]
    return [(claim, title) for claim, title in ids if claim not in PROTECTED]


def turning(kind: str, page: int, last: int) -> ui.ActionRow[Any]:
    """Return the buttons to the pages before and after `page`, counted from 0."""
    row: ui.ActionRow[Any] = ui.ActionRow()
    if page > 0:
        row.add_item(Press(kind, str(page - 1), "Back", emoji="◀️"))
    if page < last:
        row.add_item(Press(kind, str(page + 1), "Next", emoji="▶️"))
    return row
