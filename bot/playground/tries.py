"""What a press on our own page does: a card's example, or a menu on a message, which SimCord's page does not offer."""

import secrets
from dataclasses import dataclass
from typing import Any

import discord
import simcord
from simcord.backend.errors import BackendError, SetupError

from bot.errors import UserError
from bot.playground.community import Community, Try
from bot.playground.page import Page
from bot.playground.scene import with_mention
from bot.sentences import say

MESSAGE_MENU = 3
"""Discord's number of the kind of commands that are on a message."""
PUBLISH = "Publish"


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody whom the page can show, with the menus on messages that Discord offers them."""

    id: int
    name: str
    kind: str
    menus: tuple[str, ...]


def seats(page: Page, community: Community) -> list[Seat]:
    """Return whom an open page can show."""
    found = []
    for key, viewer in page.scene.seats.items():
        person = community.people[key]
        commands = page.env.backend.visible_commands(
            user_id=viewer.id, channel_id=page.scene.channel.id, type=MESSAGE_MENU
        )
        found.append(Seat(viewer.id, person.name, person.kind, tuple(each["name"] for each in commands)))
    return found


async def do_try(page: Page, context: str, card: Try, community: Community) -> int | None:
    """Do what a card says as whoever the browser's page `context` shows, and return the message to look at, if not the last.

    Raises UserError where that cannot be.
    """
    scene = page.scene

    async def done(viewer: Any) -> Any:
        if card.say:
            text = with_mention(page.env, card.say)
            if isinstance(viewer, simcord.UserHandle):
                return await viewer.send_dm(text)
            return await (scene.member(card.by) if card.by else viewer).send(scene.channel, text)
        if card.menu:
            return await viewer.context_menu(scene.channel, card.menu, scene.said[card.message])
        if card.conflict:
            try:
                return await viewer.click(scene.open_draft, label=PUBLISH)
            except (SetupError, AttributeError):
                raise UserError(community.conflict.settled) from None
        return await viewer.slash(scene.channel, card.command, **card.options)

    await _do(page, context, done)
    return scene.open_draft.id if card.conflict and scene.open_draft is not None else None


async def do_menu(page: Page, context: str, menu: str, message: int) -> None:
    """Use a menu on a message as whoever the browser's page `context` shows. Raises UserError where that cannot be."""

    async def done(viewer: Any) -> Any:
        there = await page.env.bot.get_channel(page.scene.channel.id).fetch_message(message)  # type: ignore[union-attr]
        return await viewer.context_menu(page.scene.channel, menu, there)

    await _do(page, context, done)


async def _do(page: Page, context: str, work: Any) -> None:
    """Do `work` with the viewer of a browser's page, show the form that it opens, and what it changed, on all pages.

    SimCord has no public way to open a form on a browser's page, so this sets what its own commands set.
    """
    preview: Any = page.preview
    await page.complete()
    async with page.turn:
        try:
            shown = preview._get_page(context)  # noqa: SLF001
            result = await work(shown.viewer)
            if isinstance(result, simcord.InteractionResult) and result.modal is not None:
                shown.modal = result
                shown.modal_handle = "m_" + secrets.token_urlsafe(12)
            shown.window_end_id = None
            await preview.refresh()
        except (SetupError, BackendError, discord.HTTPException) as fault:
            raise UserError(say("terminal.tries.not_here", fault=fault)) from None
