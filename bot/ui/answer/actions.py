"""What happens when a button is pressed or a form is sent in."""

from dataclasses import replace

import discord

from bot.core.model import Answer
from bot.errors import GateFailedError, UserError
from bot.sentences import say
from bot.service import Service
from bot.ui import wording
from bot.ui.answer.card import PUBLIC, Place, card, more_buttons
from bot.ui.answer.explain_button import KIND, button_for_shown, button_on, with_button
from bot.ui.answer.explaining import explain_press
from bot.ui.answer.feedback import reasons_layout
from bot.ui.answer.held import alarmed, held_back
from bot.ui.answer.replies import reply
from bot.ui.answer.sections import Section
from bot.ui.answer.sending import edit, may_speak, place_of, post, send_answer, send_privately
from bot.ui.kit import faults
from bot.ui.kit.buttons import (
    NO_CLAIM,
    first_line_of,
    has_button,
    is_card_alone,
    last_line,
    lead_line_of,
)
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.forms import Form
from bot.ui.kit.handlers import Action, Handlers
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.pictures import picture_of

MOST_REPORT = 1000
MOST_DIGITS = 3
"""Of a page's number."""


async def _shown(interaction: Interaction, claim_id: str) -> tuple[Answer, Service]:
    """Return the answer that shows a claim. Raises UserError where the server's knowledge has it no longer."""
    service = await desk_of(interaction).service_for(interaction.guild_id)
    answer = service.show_claim(claim_id)
    if answer is None:
        raise UserError(wording.GONE)
    return answer, service


def _note(interaction: Interaction, claim_id: str, kind: str) -> None:
    desk_of(interaction).note_feedback(interaction.guild_id, interaction.user.id, claim_id, kind)


async def show(interaction: Interaction, claim_id: str) -> None:
    """Show the claim's whole card, privately."""
    answer, _ = await _shown(interaction, claim_id)
    await send_answer(interaction, answer)


async def close_section(interaction: Interaction, claim_id: str) -> None:
    """Show the short card again."""
    await _show_section(interaction, claim_id, Section.NONE)


async def open_page(interaction: Interaction, about: str) -> None:
    """Show a further page of a section; `about` is section, page and claim."""
    section, _, rest = about.partition(":")
    page, _, claim_id = rest.partition(":")
    if section not in {Section.STEPS, Section.WHY, Section.SOURCES} or not page.isdecimal() or len(page) > MOST_DIGITS:
        raise UserError(wording.OLD_BUTTON)
    await _show_section(interaction, claim_id, Section(section), int(page))


def _opening(section: Section) -> Action:
    async def opened(interaction: Interaction, claim_id: str) -> None:
        await _show_section(interaction, claim_id, section)

    return opened


async def _show_section(interaction: Interaction, claim_id: str, section: Section, page: int = 1) -> None:
    """Show a claim with a section open: in place where the message is that card alone, else privately below it.

    So it is seen by whoever saw the card. What the card ended with stays its end.
    """
    answer, service = await _shown(interaction, claim_id)
    desk, message = desk_of(interaction), interaction.message
    in_place = message is not None and is_card_alone(message)
    private = not in_place or message is None or message.flags.ephemeral
    line = last_line(message) if in_place else ""
    if not line and answer.safety_line:
        line = service.safety_line
    if section is Section.MORE and not private:
        row = more_buttons(service.knowledge.claims[claim_id], place_of(interaction))
        layout = Layout(box(wording.QUIET_COLOUR, row)).sealed()
        await send_privately(interaction, [with_button(layout, button_for_shown(interaction))])
        return
    picture = await picture_of(answer, service.knowledge, desk.pictures, interaction.guild_id)
    if not private and picture is not None and not interaction.app_permissions.attach_files:
        picture = picture.without_file()
    place = place_of(interaction) if private else PUBLIC
    if in_place and message is not None and private and not has_button(message, "share"):
        place = replace(place, shareable=False)
    whole = card(
        service.knowledge.claims[claim_id],
        service.knowledge,
        place,
        section=section,
        page=page,
        first=first_line_of(message) if in_place else "",
        lead=lead_line_of(message) if in_place else "",
        safety_line=line,
        picture=picture,
    )
    layout = Layout(whole, pictures=[picture] if picture else []).sealed()
    if in_place:
        layout = with_button(layout, button_on(message))
        await edit(interaction, layout)
    else:
        await send_privately(interaction, [layout])


async def share(interaction: Interaction, claim_id: str) -> None:
    """Post the card in the channel, with the claim only; nobody sees what was asked."""
    answer, service = await _shown(interaction, claim_id)
    if interaction.guild_id is not None and not may_speak(interaction, interaction.permissions):
        raise UserError(wording.CANNOT_SHARE)
    desk = desk_of(interaction)
    picture = await picture_of(answer, service.knowledge, desk.pictures, interaction.guild_id)
    line = service.safety_line
    if not await post(
        interaction, lambda shown: reply(answer, service.knowledge, safety_line=line, picture=shown), picture
    ):
        # Where the bot is no member (installed by the user alone), only the interaction itself may speak.
        shared = reply(answer, service.knowledge, safety_line=line, picture=picture)
        await interaction.response.send_message(view=shared, files=shared.files())
        return
    mine = reply(answer, service.knowledge, Place(private=True), safety_line=line, picture=picture)
    mine = with_button(mine, button_on(interaction.message))
    await edit(interaction, mine)


async def helpful(interaction: Interaction, claim_id: str) -> None:
    """Count that the answer helped."""
    await _shown(interaction, claim_id)
    _note(interaction, claim_id, "helpful")
    await faults.tell(interaction, wording.THANKS_HELPFUL)


async def unhelpful(interaction: Interaction, claim_id: str) -> None:
    """Count that it did not, and ask why."""
    await _shown(interaction, claim_id)
    _note(interaction, claim_id, "not helpful")
    await send_privately(interaction, [reasons_layout(claim_id)])


async def open_report(interaction: Interaction, claim_id: str = NO_CLAIM) -> None:
    """Open the form that tells the host what is wrong."""
    form = Form(
        "report",
        claim_id,
        interaction.id,
        title="Report",
        question="What is wrong?",
        description=say("card.actions.goes_to_the_host"),
        most=MOST_REPORT,
    )
    await form.show(interaction)


async def open_question(interaction: Interaction, claim_id: str) -> None:
    """Open the form for a further question."""
    form = Form(
        "ask",
        claim_id,
        interaction.id,
        title="Ask more",
        question=say("card.actions.your_question"),
        description=say("card.actions.example_of_going_on"),
    )
    await form.show(interaction)


async def received_report(interaction: Interaction, claim_id: str, text: str) -> None:
    """Pass a report on, without who wrote it. One that describes an alarming symptom gets the stop as well."""
    desk = desk_of(interaction)
    known = claim_id in (await desk.service_for(interaction.guild_id)).knowledge.claims
    try:
        if not await alarmed(interaction, text):
            await held_back(interaction, again=True)
    except GateFailedError as failed:  # what broke is worth a report
        await faults.tell(interaction, str(failed))
    try:
        desk.reports.take(interaction.user.id)
        if interaction.guild_id is not None:
            desk.server_reports.take(interaction.guild_id)
    except UserError as full:
        quoted = discord.utils.escape_markdown(text[:MOST_REPORT])
        raise UserError(say("card.actions.nothing_of_it_was_sent", full=full, quoted=quoted)) from None
    await faults.tell(interaction, wording.THANKS_REPORT)
    await desk.pass_on_report(claim_id if known else "", text[:MOST_REPORT])


async def received_question(interaction: Interaction, claim_id: str, text: str) -> None:
    """Answer a question that goes on from the claim it was asked under."""
    desk = desk_of(interaction)
    place, member = interaction.channel_id, interaction.user.id
    guild = interaction.guild_id
    if claim_id in (await desk.service_for(guild)).knowledge.claims:
        desk.note_shown(place, member, claim_id)
    await send_answer(interaction, await desk.ask(place, member, text, guild, private=True))


_SECTIONS = {section.value: _opening(section) for section in Section if section not in {Section.NONE, Section.WHOLE}}
HANDLERS = Handlers(
    buttons={
        "show": show,
        "card": close_section,
        "page": open_page,
        **_SECTIONS,
        "share": share,
        "helpful": helpful,
        "unhelpful": unhelpful,
        "report": open_report,
        "more": open_question,
        KIND: explain_press,
    },
    texts={"report": received_report, "ask": received_question},
    held=frozenset({"show", "card", "page", "share", "more", *_SECTIONS}),
)
