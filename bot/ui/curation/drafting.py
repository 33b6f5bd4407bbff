"""Drafts from the first form to Publish: what the buttons and forms of the preview do."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import discord

from bot.core.fields import Fields
from bot.errors import UserError
from bot.sentences import say
from bot.service.draft_values import Conflict, Draft
from bot.service.drafts import MOST_WHY
from bot.ui.answer.held import held_back
from bot.ui.answer.replies import plain, reply
from bot.ui.answer.sending import send_privately
from bot.ui.curation import words
from bot.ui.curation.differences import block, conflict_layout, difference_layout
from bot.ui.curation.previews import Beside, faulty, only_answer, preview, published, second_thoughts
from bot.ui.curation.steps import FIRST, STEPS, Step, as_text, form, received
from bot.ui.kit import faults
from bot.ui.kit.buttons import NO_CLAIM, Press
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.forms import FieldsForm, Form
from bot.ui.kit.handlers import Action, Handlers, ReceivedFields
from bot.ui.kit.taught import Material
from bot.ui.kit.turn import Turn, turn_of

ADD_FORM, REASON_FORM = "kadd", "kreason"
MOST_TRIED = 500


async def look(turn: Turn, draft: Draft, *, more: bool = False) -> None:
    """Show what a draft would do, or what keeps it from being published; `more`: with all that can be done with it."""
    if draft.faults:
        await turn.show(faulty(draft))
        return
    made = await turn.workshop.curation.preview(turn.guild, turn.actor, draft.id)
    answer = only_answer(made)
    picture = await turn.picture_of(answer, made.service) if answer is not None else None
    beside = beside_of(desk_of(turn.interaction).taught.of(turn.guild, draft.id), draft)
    shown = preview(made, picture, beside, more=more)
    await turn.show(shown.layout)
    if shown.whole and not more:
        await turn.hand_over(words.LONG_FILE, "checks.txt", shown.whole)


def beside_of(material: Material | None, draft: Draft) -> Beside:
    """Return what a preview says of the message that it was taught from, and the button that asks whoever wrote it."""
    if material is None:
        return Beside()
    is_said = draft.items[0].after.is_said
    word = words.SAID_YES if is_said else words.SAID.get(material.word, "")
    if material.writer is None:
        word = words.NOBODY_TO_ASK
    lines = [*(f"✂️ {note}" for note in material.notes), word]
    asks = [Press("kvoice", str(draft.id), words.ASK_WRITER, emoji="🙋")] if material.writer and not is_said else []
    return Beside(tuple(filter(None, lines)), tuple(asks))


async def prepared(turn: Turn, begin: Callable[[], Awaitable[Draft]]) -> None:
    """Wait for a draft to be opened, and show what it would do."""
    await turn.wait()
    await look(turn, await begin())


def preparing(begin: Callable[[Turn, str], Awaitable[Draft]]) -> Action:
    """Return what a button does that opens a draft about what it names, and shows what it would do."""

    async def prepare(interaction: Interaction, about: str) -> None:
        turn = turn_of(interaction)
        await prepared(turn, lambda: begin(turn, about))

    return prepare


async def open_new(turn: Turn, topic: str = "", why: str = "") -> None:
    """Open the first form of a new claim. Raises UserError for whoever may not edit."""
    await turn.require_editor()
    topics = (await turn.workshop.overlays.for_server(turn.guild)).knowledge.topics
    if topic and topic not in topics:
        raise UserError(say("moderators.browsing.no_such_topic", topic=topic))
    if why.strip():  # a form carries no more than the topic; a draft keeps the reason until it is sent in
        draft = await turn.workshop.curation.begin_add(turn.guild, turn.actor, Fields(topic=topic), why)
        await _open_step(turn, FIRST, draft)
        return
    made = form(FIRST, topic or NO_CLAIM, turn.interaction.id, Fields(), topics.values(), kind=ADD_FORM)
    await made.show(turn.interaction)


async def open_edit(turn: Turn, claim_id: str, why: str = "") -> None:
    """Open the first form of a claim that is there."""
    draft = await turn.workshop.curation.begin_edit(turn.guild, turn.actor, claim_id, why=why)
    await _open_step(turn, FIRST, draft)


async def _open_step(turn: Turn, step: Step, draft: Draft) -> None:
    if draft.fields is None:
        raise UserError(say("moderators.drafting.not_about_a_text"))
    topics = (await turn.workshop.overlays.for_server(turn.guild)).knowledge.topics
    await form(step, str(draft.id), turn.interaction.id, draft.fields, topics.values()).show(turn.interaction)


def number_of(about: str) -> int:
    """Return the draft's number in a custom_id. Raises UserError for one that nobody was given."""
    if not about.isdecimal() or len(about) > 15:  # noqa: PLR2004 -- far below what a database's integer holds
        raise UserError(say("moderators.drafting.no_such_draft"))
    return int(about)


async def _received_new(interaction: Interaction, topic: str, typed: Mapping[str, str]) -> None:
    turn = turn_of(interaction)
    fields = received(FIRST, Fields(topic="" if topic == NO_CLAIM else topic), typed)
    await kept(turn, typed, lambda: turn.workshop.curation.begin_add(turn.guild, turn.actor, fields))


async def kept(turn: Turn, typed: Mapping[str, str], begin: Callable[[], Awaitable[Draft]]) -> None:
    """Show the draft that `begin` opens; where that fails, give back what the moderator typed."""
    try:
        await prepared(turn, begin)
    except Exception as fault:  # noqa: BLE001 -- whatever it is, it must not cost the text
        faults.note("keeping what was typed", fault)
        await turn.hand_over(f"{faults.sentence(fault)}\n{words.GIVEN_BACK}", "typed.txt", as_text(typed))


def _opening(step: Step) -> Action:
    async def open_step(interaction: Interaction, about: str) -> None:
        turn = turn_of(interaction)
        await turn.require_moderator()
        await _open_step(turn, step, await turn.workshop.curation.draft(turn.guild, turn.actor, number_of(about)))

    return open_step


def _receiving(step: Step) -> ReceivedFields:
    async def receive(interaction: Interaction, about: str, typed: Mapping[str, str]) -> None:
        turn = turn_of(interaction)
        await kept(turn, typed, lambda: _changed(turn, step, about, typed))

    return receive


open_first_step = _opening(FIRST)


async def _changed(turn: Turn, step: Step, about: str, typed: Mapping[str, str]) -> Draft:
    curation = turn.workshop.curation
    draft = await curation.draft(turn.guild, turn.actor, number_of(about))
    fields = received(step, draft.fields or Fields(), typed)
    return await curation.change(turn.guild, turn.actor, draft.id, fields)


async def publish(interaction: Interaction, about: str) -> None:
    """Make a draft live, where its preview finds nothing to think over: the button may be of an earlier one."""
    turn = turn_of(interaction)
    curation = turn.workshop.curation
    await turn.wait()
    draft = await curation.draft(turn.guild, turn.actor, number_of(about))
    if doubts := await curation.doubts(turn.guild, turn.actor, draft):
        await turn.show(second_thoughts(draft, doubts))
    else:
        await publish_all_same(interaction, about)


async def publish_all_same(interaction: Interaction, about: str) -> None:
    """Make a draft live; whoever was slower sees both changes and chooses."""
    turn = turn_of(interaction)
    curation = turn.workshop.curation
    await turn.wait()
    draft = await curation.draft(turn.guild, turn.actor, number_of(about))
    tell, news = await _news(turn, draft)
    try:
        revision = await curation.publish(turn.guild, turn.actor, draft.id)
    except Conflict as conflict:
        layout, whole = conflict_layout(draft.id, conflict)
        await turn.show(layout)
        if whole is not None:
            await turn.hand_over(words.LONG_FILE, "conflict.diff", whole)
        return
    await turn.show(published(revision, draft))
    if tell is not None:
        await tell_member(interaction, tell, news)


async def think_again(interaction: Interaction, about: str) -> None:
    """Say why a change should be thought over; a second press publishes it."""
    turn = turn_of(interaction)
    await turn.wait()
    made = await turn.workshop.curation.preview(turn.guild, turn.actor, number_of(about))
    if made.doubts:
        await turn.show(second_thoughts(made.draft, made.doubts))
    else:
        await publish_all_same(interaction, about)


async def look_again(interaction: Interaction, about: str) -> None:
    """Show a draft's preview anew."""
    turn = turn_of(interaction)
    await turn.require_moderator()
    await prepared(turn, lambda: turn.workshop.curation.draft(turn.guild, turn.actor, number_of(about)))


async def look_at_more(interaction: Interaction, about: str) -> None:
    """Show a draft's preview anew, with all that can be done with it."""
    turn = turn_of(interaction)
    await turn.require_moderator()
    await turn.wait()
    await look(turn, await turn.workshop.curation.draft(turn.guild, turn.actor, number_of(about)), more=True)


async def add_likely(interaction: Interaction, about: str) -> None:
    """Add all the likely wordings that would miss, and look at the draft again."""
    turn = turn_of(interaction)
    curation = turn.workshop.curation

    async def added() -> Draft:
        made = await curation.preview(turn.guild, turn.actor, number_of(about))
        if not made.missed:
            return made.draft
        return await curation.add_wordings(turn.guild, turn.actor, made.draft.id, made.missed)

    await prepared(turn, added)


async def _picked_likely(interaction: Interaction, about: str, picked: list[str]) -> None:
    turn = turn_of(interaction)
    curation = turn.workshop.curation
    await prepared(turn, lambda: curation.add_wordings(turn.guild, turn.actor, number_of(about), picked))


async def _news(turn: Turn, draft: Draft) -> tuple[int | None, str]:
    """Return whom to tell that a draft went live, and what: only for one that amends a suggestion."""
    if draft.origin.suggestion is None:
        return None, ""
    review = turn.workshop.review
    suggestion = await review.suggestion(turn.guild, turn.actor, draft.origin.suggestion)
    return await review.to_tell(turn.guild, draft.id), say("moderators.review.approved", question=suggestion.question)


async def tell_member(interaction: Interaction, member: int, text: str) -> None:
    """Send a member the direct message they asked for; where they closed theirs, nothing is lost but it."""
    try:
        channel = await interaction.client.create_dm(discord.Object(member))
        await channel.send(view=plain(text))
    except discord.HTTPException as fault:
        faults.note("telling a member what became of a suggestion", fault)


async def drop(interaction: Interaction, about: str) -> None:
    """Discard a draft."""
    turn = turn_of(interaction)
    await turn.workshop.curation.drop(turn.guild, turn.actor, number_of(about))
    await turn.show(plain(words.DROPPED))


async def keep_mine(interaction: Interaction, about: str) -> None:
    """Put a draft on top of what others published meanwhile, and look at it again."""
    turn = turn_of(interaction)
    await prepared(turn, lambda: turn.workshop.curation.rebase(turn.guild, turn.actor, number_of(about)))


async def show_difference(interaction: Interaction, about: str) -> None:
    """Show how a draft differs from what is live, line by line."""
    turn = turn_of(interaction)
    await turn.require_moderator()
    draft = await turn.workshop.curation.draft(turn.guild, turn.actor, number_of(about))
    shown = block(draft.differences)
    await turn.show(difference_layout("### What would change", shown), beside=True)
    if shown.is_cut:
        await turn.hand_over(words.LONG_FILE, "difference.diff", shown.whole)


async def open_try(interaction: Interaction, about: str) -> None:
    """Open the form for a question to what a draft would make of the knowledge."""
    made = Form(
        "ktried",
        about,
        interaction.id,
        title="Try a question",
        question=say("moderators.drafting.question_as_member_would_ask_it"),
        description=say("moderators.drafting.tried_as_if_live"),
        most=MOST_TRIED,
    )
    await made.show(interaction)


async def open_reason(interaction: Interaction, about: str) -> None:
    """Open the form for the reason of a change."""
    turn = turn_of(interaction)
    await turn.require_moderator()
    draft = await turn.workshop.curation.draft(turn.guild, turn.actor, number_of(about))
    made = FieldsForm(REASON_FORM, str(draft.id), interaction.id, title="Why this change?")
    made.add_text(
        "why",
        "The reason",
        description=say("moderators.drafting.why_it_changes"),
        value=draft.why,
        most=MOST_WHY,
        required=False,
        long=True,
    )
    await made.show(interaction)


async def received_reason(interaction: Interaction, about: str, typed: Mapping[str, str]) -> None:
    """Give a draft its reason, and show the preview again."""
    turn = turn_of(interaction)
    curation, why = turn.workshop.curation, typed.get("why", "")
    await kept(turn, typed, lambda: curation.give_reason(turn.guild, turn.actor, number_of(about), why))


async def received_try(interaction: Interaction, about: str, text: str) -> None:
    """Answer as if a draft were live."""
    turn = turn_of(interaction)
    if await held_back(interaction):
        return
    await turn.wait(beside=True)
    await turn.require_moderator()
    made = await turn.workshop.curation.preview(turn.guild, turn.actor, number_of(about))
    answer, _ = await asyncio.to_thread(made.service.ask, text)
    picture = await turn.picture_of(answer, made.service)
    line = made.service.safety_line
    await send_privately(interaction, [reply(answer, made.service.knowledge, safety_line=line, picture=picture)])


HANDLERS = Handlers(
    buttons={
        **{step.kind: _opening(step) for step in STEPS},
        "kpublish": publish,
        "ksure": publish_all_same,
        "kdoubt": think_again,
        "klook": look_again,
        "kfull": look_at_more,
        "kfinds": add_likely,
        "kdrop": drop,
        "kmine": keep_mine,
        "kdiff": show_difference,
        "ktry": open_try,
        "ksay": open_reason,
    },
    lists={"kfind": _picked_likely},
    texts={"ktried": received_try},
    forms={**{step.kind: _receiving(step) for step in STEPS}, ADD_FORM: _received_new, REASON_FORM: received_reason},
    held=frozenset({"ktry"}),
    spoken=frozenset({REASON_FORM}),
)
