"""Sending what was built: privately to whoever asked, or into the channel."""

import asyncio
import contextlib
import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import aiohttp
import discord

from bot import measures
from bot.core.model import Answer, Outcome
from bot.errors import UserError
from bot.measures import Stage
from bot.ui import wording
from bot.ui.answer.card import Place
from bot.ui.answer.explain_button import button_for_asked, with_button
from bot.ui.answer.finished import finished
from bot.ui.answer.replies import plain, reply
from bot.ui.kit import faults
from bot.ui.kit.desk import Interaction, Person, desk_of
from bot.ui.kit.layout import Layout, words_of
from bot.ui.kit.pictures import Shown, picture_of
from bot.ui.kit.responding import respond

CANNOT_REPLY = 160002
"""Discord's code for replying without permission to read the channel's history."""
SPEAKING_PAUSES = (0.0, 0.5, 2.0, 5.0)
"""Seconds before a message in a channel is sent again; the first comes at once."""
SPEAKING_SECONDS = 6.0
"""How long Discord may take for one of them; discord.py by itself waits for minutes, and with it the whole channel."""


def place_of(interaction: Interaction) -> Place:
    """Return where a private card of this interaction stands; with the bot alone there is nobody to share with."""
    at_home = interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None
    return Place(
        private=True,
        shareable=not interaction.context.dm_channel,
        suggestable=at_home,
        site=desk_of(interaction).site_url,
    )


async def send_privately(interaction: Interaction, layouts: Sequence[Layout]) -> None:
    """Answer an interaction with messages that only the member sees; where one is refused, with its words alone."""
    for layout in layouts:
        words = words_of(layout)
        with holding(words):
            await _first_taken(partial(_privately, interaction), _or_words(layout, words))


async def edit(interaction: Interaction, layout: Layout) -> None:
    """Change the message whose button was pressed; where that is refused, say the words to the member, privately."""
    words = words_of(layout)

    async def send(wanted: Layout) -> None:
        if wanted is layout:
            await interaction.response.edit_message(view=layout, attachments=layout.files())
        else:
            await _privately(interaction, wanted)

    with holding(words):
        await _first_taken(send, _or_words(layout, words))


def _or_words(layout: Layout, words: str) -> list[Callable[[], Layout]]:
    return [lambda: layout, lambda: plain(words)]


@contextlib.contextmanager
def holding(text: str) -> Iterator[None]:
    """Have whoever answers for a message that was not taken say its `text`, as long as an answer can still be taken."""
    try:
        yield
    except Exception as fault:
        if not text or faults.is_too_late(fault):
            raise
        raise faults.UnsaidError(text) from fault


async def _privately(interaction: Interaction, layout: Layout) -> None:
    if interaction.response.is_done():
        await interaction.followup.send(view=layout, files=layout.files(), ephemeral=True)
    else:
        await respond(interaction, layout)


async def send_answer(interaction: Interaction, answer: Answer, people: Iterable[Person] = ()) -> None:
    """Show `answer` privately, remember its claim for follow-ups in this place, and have it counted.

    `people`: who is spoken of besides whoever asked; their names are kept nowhere.
    """
    desk = desk_of(interaction)
    service = await desk.service_for(None if answer.outcome is Outcome.STOP else interaction.guild_id)
    picture = await picture_of(answer, service.knowledge, desk.pictures, interaction.guild_id)

    def build(shown: Shown | None) -> Layout:
        about = button_for_asked(interaction, answer)
        place = replace(place_of(interaction), teach=about)

        layout = finished(
            desk.cards,
            service,
            answer,
            place,
            lambda: reply(answer, service.knowledge, place, safety_line=service.safety_line, picture=shown),
            shown=shown,
        )
        return with_button(layout, about)

    with holding(answer.text):
        await until_taken(lambda layout: _privately(interaction, layout), answer, build, picture)
    if answer.claim is not None:
        desk.note_shown(interaction.channel_id, interaction.user.id, answer.claim)
    desk.note_answered(interaction.guild_id, interaction.user.id, answer, [interaction.user, *people])


async def until_taken(
    send: Callable[[Layout], Awaitable[object]],
    answer: Answer,
    build: Callable[[Shown | None], Layout],
    picture: Shown | None = None,
) -> None:
    """Send what `build` makes of `picture`; where that cannot be built or is refused, something simpler.

    First it goes without its picture, then as its text alone: a stop is worth having in any form, also where speaking
    seems to be forbidden. Raises what came last where Discord takes none of them.
    """
    is_stop = answer.outcome is Outcome.STOP
    attempts: list[Callable[[], Layout]] = [lambda: build(picture)]
    if picture is not None and picture.png is not None:
        attempts.append(lambda: build(picture.without_file()))
    if answer.text:
        attempts.append(lambda: plain(answer.text))
    may_be_allowed = len(attempts) if is_stop else 1 if picture is not None and picture.png is not None else 0
    await _first_taken(send, attempts, may_be_allowed)


async def _first_taken(
    send: Callable[[Layout], Awaitable[object]], attempts: Sequence[Callable[[], Layout]], may_be_allowed: int = 1
) -> None:
    """Send the first of `attempts` that Discord takes, each simpler than the one before. Raises what came last.

    Where the first `may_be_allowed` of them are forbidden, the next may not be.
    """
    is_slow = False
    for number, attempt in enumerate(attempts, start=1):
        try:
            with Stage("card"):
                layout = attempt()
            with Stage("sending"):
                await send(layout)
        except Exception as fault:
            if is_slow and faults.is_taken(fault):
                return  # what came with its file had arrived
            is_slow = is_slow or isinstance(fault, faults.SlowFileError)
            in_vain = isinstance(fault, discord.Forbidden) and number > may_be_allowed
            if in_vain or number == len(attempts) or not faults.refused_as_it_is(fault):
                raise
            measures.count("send_simpler")
            faults.note("sending an answer as it was meant, so that it goes out simpler,", fault)
        else:
            return


async def speak(channel: discord.abc.Messageable, layout: Layout, *, to: discord.Message | None = None) -> None:
    """Say something in a channel, as a reply `to` a message where one is given; sent again where that can help.

    A number that goes with it has Discord take it only once. Raises what came last.
    """
    reference = None if to is None else to.to_reference(fail_if_not_exists=False)
    nonce = _number_of(layout, to)
    for pause in (*SPEAKING_PAUSES, None):
        try:
            async with asyncio.timeout(SPEAKING_SECONDS):
                if reference is None:
                    await channel.send(view=layout, files=layout.files(), nonce=nonce)
                else:
                    await channel.send(
                        view=layout, files=layout.files(), nonce=nonce, reference=reference, mention_author=False
                    )
        except (discord.HTTPException, aiohttp.ClientError, OSError) as fault:
            if isinstance(fault, discord.HTTPException) and fault.code == CANNOT_REPLY and reference is not None:
                reference = None
                continue
            if pause is None or not faults.repeat_helps(fault):
                measures.count("send_failures", "channel")
                raise
            measures.count("send_repeats", "channel")
            await asyncio.sleep(pause)
        else:
            return


def _number_of(layout: Layout, to: discord.Message | None) -> str:
    """Return the number that goes with what is said: of an answer the same in each process that might give it."""
    if to is None:
        return str(secrets.randbits(60))
    said = json.dumps(
        [to.id, layout.to_components()],
        sort_keys=True,
        default=str,
    )
    return str(int.from_bytes(hashlib.sha256(said.encode()).digest()[:7]))


def may_speak(interaction: Interaction, permissions: discord.Permissions) -> bool:
    """Say whether `permissions` let their holder write in the interaction's channel."""
    if isinstance(interaction.channel, discord.Thread):
        return permissions.send_messages_in_threads
    return permissions.send_messages


async def post(interaction: Interaction, build: Callable[[Shown | None], Layout], picture: Shown | None = None) -> bool:
    """Put what `build` makes of `picture` in the interaction's channel, and say whether the bot is a member there.

    Where the bot may not attach files, the picture's words stand in. It is an ordinary message, because a reply to one
    reaches the bot with its text, unlike a reply to an interaction's response. Raises UserError where the server does not let the bot speak.
    """
    channel = interaction.channel
    at_home = interaction.guild_id is not None and interaction.client.get_guild(interaction.guild_id) is not None
    if not at_home or not isinstance(channel, discord.abc.Messageable):
        return False
    if not may_speak(interaction, interaction.app_permissions):
        raise UserError(wording.SHARE_REFUSED)
    if picture is not None and not interaction.app_permissions.attach_files:
        picture = picture.without_file()
    layout = build(picture)
    try:
        await speak(channel, layout)
    except discord.Forbidden as refused:
        raise UserError(wording.SHARE_REFUSED) from refused
    return True
