"""Looking a shipped source up by words, from the preview of a draft."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.core.fields import lines_of
from bot.core.model import Source
from bot.core.source_search import find_sources, source_line
from bot.errors import UserError
from bot.sentences import say
from bot.service.draft_values import Draft
from bot.ui import wording
from bot.ui.curation import words
from bot.ui.curation.drafting import number_of, prepared
from bot.ui.curation.pages import quoted
from bot.ui.kit.buttons import Press
from bot.ui.kit.desk import Interaction
from bot.ui.kit.forms import Form
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.limits import cut
from bot.ui.kit.picks import values_row
from bot.ui.kit.turn import turn_of

MOST_SOUGHT = 100
MOST_NAMED = 5
"""Sources that are written out above the list of them: a phone cuts the lines of a list."""


async def open_sources(interaction: Interaction, about: str) -> None:
    """Open the form in which a shipped source is looked for."""
    turn = turn_of(interaction)
    await turn.require_moderator()
    draft = await turn.workshop.curation.draft(turn.guild, turn.actor, number_of(about))
    made = Form(
        "ksourced",
        str(draft.id),
        interaction.id,
        title=words.FIND_SOURCE,
        question=say("moderators.sources.asked"),
        description=say("moderators.sources.asked_hint"),
        most=MOST_SOUGHT,
    )
    await made.show(interaction)


async def received_sources(interaction: Interaction, about: str, text: str) -> None:
    """Show the shipped sources that have what was typed; one of them is picked."""
    turn = turn_of(interaction)
    await turn.require_moderator()
    draft = await turn.workshop.curation.draft(turn.guild, turn.actor, number_of(about))
    found = await asyncio.to_thread(find_sources, turn.workshop.overlays.base().knowledge, text)
    await turn.show(sources_layout(draft.id, text, found))


def sources_layout(draft: int, typed: str, found: Sequence[Source]) -> Layout:
    """Return the sources that were found for what was typed, to pick one for a draft."""
    about = str(draft)
    back = ui.ActionRow[Any](
        Press("ksource", about, "Other words", emoji="🔎"),
        Press("klook", about, say("moderators.sources.back_to_preview"), emoji="↩️"),
    )
    if not found:
        return Layout(
            box(wording.QUIET_COLOUR, ui.TextDisplay(f"{words.NO_SOURCE_FOUND}\n-# {quoted(typed, 100)}"), back)
        ).sealed()
    lines = [
        f"{number}. {cut(discord.utils.escape_markdown(source_line(each)), 110)}"
        for number, each in enumerate(found[:MOST_NAMED], start=1)
    ]
    more = (
        say("moderators.sources.and_more_in_list_below", count=len(found) - MOST_NAMED)
        if len(found) > MOST_NAMED
        else ""
    )
    text = "\n".join([words.FOUND_SOURCES, f"-# {quoted(typed, 100)}", *lines])
    options = [(each.id, source_line(each)) for each in found]
    row = values_row("kcite", about, say("moderators.sources.add_one_of_them"), options)
    texts = [ui.TextDisplay[Any](each) for each in (text, more) if each]
    return Layout(box(wording.QUIET_COLOUR, *texts, row, back)).sealed()


async def _cited(interaction: Interaction, about: str, picked: list[str]) -> None:
    turn = turn_of(interaction)
    curation, source = turn.workshop.curation, "".join(picked)

    async def added() -> Draft:
        draft = await curation.draft(turn.guild, turn.actor, number_of(about))
        if draft.fields is None:
            raise UserError(say("moderators.drafting.not_about_a_text"))
        cited = lines_of(draft.fields.sources)
        if source in cited:
            raise UserError(words.HAS_IT)
        fields = replace(draft.fields, sources="\n".join([*cited, source]))
        return await curation.change(turn.guild, turn.actor, draft.id, fields)

    await prepared(turn, added)


HANDLERS = Handlers(buttons={"ksource": open_sources}, texts={"ksourced": received_sources}, lists={"kcite": _cited})
