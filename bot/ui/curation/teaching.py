"""Teaching from what stands in a channel: the message menu, the button under a decline, and the word of whoever wrote it."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hmac import compare_digest
from typing import Any, Self

import discord
from discord import ui

from bot.core.fields import Fields
from bot.core.model import Claim
from bot.errors import UserError
from bot.sentences import say
from bot.service.draft_values import Draft
from bot.service.teaching import CHANGED, Words
from bot.ui import wording
from bot.ui.answer.explain_button import KEPT
from bot.ui.answer.replies import plain
from bot.ui.answer.sections import avoid_text, steps_text
from bot.ui.answer.sending import speak
from bot.ui.curation.drafting import kept, look, number_of
from bot.ui.curation.steps import FIRST, form, received
from bot.ui.kit import deadline, faults
from bot.ui.kit.asked import question_behind, replied_to, written
from bot.ui.kit.buttons import NO_CLAIM
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.pressable import Pressable
from bot.ui.kit.seal import seal
from bot.ui.kit.taught import Material
from bot.ui.kit.turn import Turn, turn_of

FORM = "kteach"
READING_SECONDS = 1.0
"""How long the question is looked for: a form must come first, and within three seconds."""
MOST_SHOWN = 2_800
"""Characters of the text that a writer is asked about: all of it is shown, within what one message of Discord's holds."""
OWN = say("moderators.teaching.own")
WRITER_FORGOTTEN = say("moderators.teaching.writer_forgotten")
MESSAGE_GONE = say("moderators.teaching.message_gone")
NOT_TO_BE_ASKED = say("moderators.teaching.not_to_be_asked")
NOT_HERE = say("moderators.teaching.not_here")
SAID_NO_ALREADY = say("moderators.teaching.said_no_already")
ASKED_ALREADY = say("moderators.teaching.asked_already")
NOT_YOURS = say("moderators.teaching.not_yours")
ASKED = "asked"
YES, NO, BACK = "y", "n", "b"
MAY_IT = say("moderators.teaching.may_it")
SAID_YES = say("moderators.teaching.said_yes")
SAID_NO = say("moderators.teaching.said_no")


async def teach_from(interaction: Interaction, message: discord.Message) -> None:
    """Open the form of a new claim with what a message says, and with the question that it replies to."""
    turn = turn_of(interaction)
    await turn.require_editor()
    me = interaction.client.user
    if message.author == me:
        raise UserError(OWN)
    answer = written(message, me)
    if not answer:
        raise UserError(wording.NOTHING_TO_TEACH)
    found = await turn.workshop.teaching.drafted(turn.guild, turn.actor, answer, await _asked(message, me))
    can_be_asked = not message.author.bot and message.webhook_id is None
    material = Material(
        found.fields.lead,
        found.fields.why,
        found.left_out,
        message.channel.id,
        message.id,
        message.author.id if can_be_asked else None,
        turn.actor.id,
    )
    desk_of(interaction).taught.keep(turn.guild, interaction.id, material)
    topics = (await turn.workshop.overlays.for_server(turn.guild)).knowledge.topics
    await form(FIRST, str(interaction.id), interaction.id, found.fields, topics.values(), kind=FORM).show(interaction)


async def _asked(message: discord.Message, me: discord.abc.Snowflake | None) -> str:
    """Return the question that a message replies to, "" where Discord does not hand it over in time: the form asks for it."""
    try:
        async with asyncio.timeout(deadline.left(READING_SECONDS)):
            question = await replied_to(message)
    except (TimeoutError, discord.HTTPException):
        return ""
    return "" if question is None or question.author == me else written(question, me)


async def teach_answer(interaction: Interaction, about: str) -> None:
    """Open the form of a new claim with the question that was declined."""
    turn = turn_of(interaction)
    await turn.require_editor()
    question = await _declined(interaction, about)
    found = await turn.workshop.teaching.drafted(turn.guild, turn.actor, "", question)
    topics = (await turn.workshop.overlays.for_server(turn.guild)).knowledge.topics
    await form(FIRST, NO_CLAIM, interaction.id, found.fields, topics.values(), kind=FORM).show(interaction)


async def _declined(interaction: Interaction, about: str) -> str:
    """Return the question under whose decline the button stands; "" where it cannot be had: the form asks for it."""
    try:
        if about.startswith(KEPT) and about[1:].isdecimal() and len(about) <= 21:  # noqa: PLR2004 -- an id's digits
            return desk_of(interaction).asked.of(int(about[1:]), interaction.user.id).question
        if interaction.message is None:
            return ""
        async with asyncio.timeout(deadline.left(READING_SECONDS)):
            return await question_behind(interaction.message, interaction.client.user)
    except (UserError, TimeoutError, discord.HTTPException):
        return ""


async def _received(interaction: Interaction, about: str, typed: Mapping[str, str]) -> None:
    turn = turn_of(interaction)
    taught = desk_of(interaction).taught
    material = taught.of(turn.guild, int(about)) if about.isdecimal() and len(about) <= 20 else None  # noqa: PLR2004

    async def begin() -> Draft:
        before = form_before(material)
        draft = await turn.workshop.teaching.begin(turn.guild, turn.actor, received(FIRST, before, typed))
        if material is not None:
            taught.keep(turn.guild, draft.id, material)
        return draft

    await kept(turn, typed, begin)


def form_before(material: Material | None) -> Fields:
    """Return the fields of a claim that the first form does not show, as the message gave them."""
    return Fields() if material is None else Fields(lead=material.lead, why=material.why)


async def ask_writer(interaction: Interaction, about: str) -> None:
    """Ask whoever wrote the message, where they wrote it; a moderator's own word is their press."""
    turn = turn_of(interaction)
    await turn.require_editor()
    draft = await turn.workshop.curation.draft(turn.guild, turn.actor, number_of(about))
    material = desk_of(interaction).taught.of(turn.guild, draft.id)
    if material is None or material.writer is None:
        raise UserError(WRITER_FORGOTTEN)
    await turn.wait()
    teaching = turn.workshop.teaching
    words = await teaching.words(turn.guild, draft.id)
    if material.word == NO or (material.word and material.asked_of == words.text):
        await look(turn, draft)  # what they said since is not on the preview yet
        raise UserError(SAID_NO_ALREADY if material.word == NO else ASKED_ALREADY)
    if material.writer == turn.actor.id:
        await teaching.say(turn.guild, words, agreed=True)
        material.word = YES
    else:
        if not teaching.may_be_asked(material.writer):
            raise UserError(NOT_TO_BE_ASKED)
        claim = draft.items[0].after.claim
        assert claim is not None
        if (length := len(_all_of(claim))) > MOST_SHOWN:
            raise UserError(say("moderators.teaching.too_long_to_ask", most=f"{MOST_SHOWN:,}", length=f"{length:,}"))
        await _ask(turn, material, material.writer, words, claim)
        material.word = ASKED
    material.asked_of = words.text
    await look(turn, await turn.workshop.curation.draft(turn.guild, turn.actor, draft.id))


async def _ask(turn: Turn, material: Material, writer: int, words: Words, claim: Claim) -> None:
    channel = turn.interaction.client.get_partial_messageable(material.channel, guild_id=turn.guild)
    message = channel.get_partial_message(material.message)
    try:
        await message.fetch()
    except discord.NotFound as gone:
        raise UserError(MESSAGE_GONE) from gone
    except discord.Forbidden:
        pass  # without the channel's history it is asked without the reference
    try:
        mark = _sealed(turn.interaction, writer, words)
        await speak(channel, asking_layout(writer, words, claim, mark), to=message)
    except discord.Forbidden as refused:
        raise UserError(NOT_HERE) from refused


def _sealed(interaction: Interaction, writer: int, words: Words) -> str:
    return seal(interaction.client, interaction.guild_id, writer, words.draft, words.item, words.text)


def _all_of(claim: Claim) -> str:
    """Return all that members read of a claim: a yes counts for nothing that was not shown."""
    plain = discord.utils.escape_markdown
    leads = [each.partition(": ")[2] for each in claim.leads]
    listed = replace(claim, do=tuple(map(plain, claim.do)), avoid=tuple(map(plain, claim.avoid)))
    said = [
        *map(plain, (claim.claim, claim.lead, *leads, claim.answer)),
        steps_text(listed),
        avoid_text(listed),
        *map(plain, (claim.why, claim.unknown)),
    ]
    return "\n".join(dict.fromkeys(filter(None, said)))


def asking_layout(writer: int, words: Words, claim: Claim, mark: str) -> Layout:
    """Return the question to whoever wrote a message, with the text that the card would have; `mark` seals both."""
    text = "\n".join(f"> {line}" for line in _all_of(claim).splitlines())
    said = say("moderators.teaching.asking", writer=writer, title=discord.utils.escape_markdown(claim.title), text=text)
    asked = Question(writer, words.draft, words.item, mark)
    row: ui.ActionRow[Any] = ui.ActionRow(
        Voice(YES, asked, "Yes, say so", discord.ButtonStyle.success), Voice(NO, asked, "No")
    )
    return Layout(box(wording.QUIET_COLOUR, ui.TextDisplay(said), ui.TextDisplay(MAY_IT), row)).sealed()


@dataclass(frozen=True, slots=True)
class Question:
    """Who is asked, about which draft or claim, and a seal of both and of the text that they are shown."""

    writer: int
    draft: int
    item: str
    mark: str


class Voice(
    Pressable[ui.Button[Any]],
    template=r"lp-said:(?P<word>[ynb]):(?P<writer>\d{1,20}):(?P<draft>\d{1,15}):(?P<item>[^\n:]{1,40}):(?P<mark>[0-9a-f]{12})",
):
    """A button that only whoever wrote a message can press: whether the card may tell of them.

    Its seal is the bot's own: nobody makes a button up for another text or person.
    """

    def __init__(
        self,
        word: str,
        question: Question,
        text: str = "…",
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    ) -> None:
        self.word = word
        self.question = question
        about = f"{question.writer}:{question.draft}:{question.item}:{question.mark}"
        super().__init__(ui.Button(label=text, style=style, custom_id=f"lp-said:{word}:{about}"))

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """Return the button that the custom_id names."""
        return cls(match["word"], Question(int(match["writer"]), int(match["draft"]), match["item"], match["mark"]))

    async def pressed(self, interaction: Interaction) -> None:
        """Take the word of whoever wrote it; anybody else gets one sentence."""
        asked = self.question
        if interaction.user.id != asked.writer:
            await faults.tell(interaction, NOT_YOURS)
            return
        if interaction.guild_id is None:
            raise UserError(wording.OLD_BUTTON)
        desk = desk_of(interaction)
        agreed = self.word == YES
        standing = await desk.workshop.teaching.standing(interaction.guild_id, asked.draft, asked.item)
        shown = [each for each in standing if compare_digest(_sealed(interaction, asked.writer, each), asked.mark)]
        if not shown:
            raise UserError(CHANGED)
        await desk.workshop.teaching.say(interaction.guild_id, shown[0], agreed=agreed)
        if (material := desk.taught.of(interaction.guild_id, asked.draft)) is not None:
            material.word = YES if agreed else NO
        await interaction.response.edit_message(view=self._answered() if agreed else plain(SAID_NO))

    def _answered(self) -> Layout:
        back = Voice(BACK, self.question, "Take it back")
        return Layout(box(wording.QUIET_COLOUR, ui.TextDisplay(SAID_YES), ui.ActionRow[Any](back))).sealed()


HANDLERS = Handlers(buttons={"teach": teach_answer, "kvoice": ask_writer}, forms={FORM: _received})
