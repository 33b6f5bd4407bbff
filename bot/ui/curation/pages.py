"""What lists for moderators share: claims to choose from, numbers in custom_ids, turning pages."""

import asyncio
import re
from typing import Any

import discord
from discord import ui

from bot.core.overlay import PROTECTED
from bot.errors import UserError
from bot.sentences import say
from bot.service.choices import CLAIM_PREFIX
from bot.ui import wording
from bot.ui.kit.buttons import Press
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.forms import Form
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.limits import cut
from bot.ui.kit.turn import Turn

JUMP = "To a page"
NO_PAGE = say("moderators.pages.no_page")
MOST_TYPED = 20
TURNED = frozenset({"inbpage", "revpage"})
"""The kinds of buttons that turn pages, and are about nothing but the page."""
LONGEST_NUMBER = 15
"""Digits; far below what a database's integer holds."""


def number_in(about: str) -> int:
    """Return the number in a custom_id. Raises UserError for one that nobody was given."""
    if not about.isdecimal() or len(about) > LONGEST_NUMBER:
        raise UserError(say("card.pages.no_such_entry"))
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
    if last > 1:
        row.add_item(Press("jump", kind, JUMP, emoji="🔢"))
    return row


def page_in(typed: str) -> int:
    """Return the number of the page that was typed, counted from 0. Raises UserError where there is no number in it."""
    found = re.search(r"\d{1,6}", typed)
    if found is None:
        raise UserError(NO_PAGE)
    return max(0, int(found[0]) - 1)


async def open_jump(interaction: Interaction, about: str) -> None:
    """Open the form for the number of a page; `about` is the kind of the button that turns to one."""
    if about not in TURNED:
        raise UserError(wording.OLD_BUTTON)
    await jump_form("jumped", about, interaction.id).show(interaction)


def jump_form(kind: str, about: str, opened_by: int) -> Form:
    """Return the form for the number of a page."""
    return Form(
        kind, about, opened_by, title=JUMP, question="Which page?",
        description=say("card.pages.number_of_the_page"), most=MOST_TYPED, least=1,
    )  # fmt: skip


async def _received_jump(interaction: Interaction, about: str, typed: str) -> None:
    if about not in TURNED:
        raise UserError(wording.OLD_BUTTON)
    await desk_of(interaction).handlers.buttons[about](interaction, str(page_in(typed)))


HANDLERS = Handlers(buttons={"jump": open_jump}, texts={"jumped": _received_jump}, spoken=frozenset({"jumped"}))
