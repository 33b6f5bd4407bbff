"""A server's own picture on a claim: looked at before it is read, cleaned beside the event loop, previewed on its card."""

import asyncio

import aiohttp
import discord

from bot.errors import UserError
from bot.pictures import alt_text, require_size
from bot.sentences import say
from bot.service.draft_values import Draft
from bot.ui.answer.replies import plain
from bot.ui.curation import words
from bot.ui.curation.drafting import look, prepared
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.turn import Turn, turn_of

FETCH_SECONDS = 20.0


async def put_on(turn: Turn, claim_id: str, alt: str, image: discord.Attachment | None, why: str = "") -> None:
    """Show what a claim's card would be with `image`, or with the present picture in other words where there is none.

    Raises UserError for a picture or words that cannot be used; nothing is kept then.
    """
    await turn.require_editor()
    if image is not None:
        require_size(image.size)  # before any of it is read
    told = alt_text(alt)
    await turn.wait()
    await look(turn, await _begun(turn, claim_id, told, image, why))


async def _begun(turn: Turn, claim_id: str, alt: str, image: discord.Attachment | None, why: str) -> Draft:
    pictures = turn.workshop.pictures
    if image is None:
        return await pictures.begin_words(turn.guild, turn.actor, claim_id, alt, why)
    await pictures.require_claim(turn.guild, claim_id)  # a picture for nothing need not be fetched
    try:
        async with asyncio.timeout(FETCH_SECONDS):
            raw = await image.read()
    except (discord.HTTPException, aiohttp.ClientError, TimeoutError) as refused:
        raise UserError(words.FILE_GONE) from refused
    content, kind = await desk_of(turn.interaction).pictures.cleaned(raw)
    return await pictures.begin(turn.guild, turn.actor, claim_id, content, kind=kind, alt=alt, why=why)


async def take_off(turn: Turn, claim_id: str, why: str = "") -> None:
    """Show what a claim's card would be without the server's own picture. Raises UserError where it has none."""
    await prepared(turn, lambda: turn.workshop.pictures.begin_removal(turn.guild, turn.actor, claim_id, why))


async def erase(turn: Turn, claim_id: str, why: str = "") -> None:
    """Take the server's own picture off a claim at once, and delete all that the claim ever had."""
    await turn.wait()
    erased = await turn.workshop.pictures.erase(turn.guild, turn.actor, claim_id, why)
    await turn.show(plain(say("moderators.words.erased", count="1 picture" if erased == 1 else f"{erased} pictures")))


async def _take_off(interaction: Interaction, claim: str) -> None:
    await take_off(turn_of(interaction), claim)


HANDLERS = Handlers(buttons={"kunpicture": _take_off})
