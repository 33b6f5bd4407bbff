"""What happens when a button is pressed or a form is sent in."""

import discord

from bot.core.model import Answer
from bot.errors import UserError
from bot.service import Service
from bot.ui import faults, wording
from bot.ui.buttons import ACTIONS, NO_CLAIM
from bot.ui.card import Place
from bot.ui.desk import Interaction, desk_of
from bot.ui.details import source_layouts, why_layouts
from bot.ui.explaining import button_for_shown, button_on, with_button
from bot.ui.feedback import reasons_layout
from bot.ui.forms import RECEIVERS, Form
from bot.ui.held import alarmed, held_back
from bot.ui.replies import picture_of, reply
from bot.ui.sending import may_speak, post, send_answer, send_privately

MOST_REPORT = 1000


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


async def why(interaction: Interaction, claim_id: str) -> None:
    """Show the reasons and what nobody knows."""
    answer, service = await _shown(interaction, claim_id)
    line = service.safety_line if answer.safety_line else ""
    layouts = why_layouts(service.knowledge.claims[claim_id], service.knowledge, safety_line=line)
    layouts[-1] = with_button(layouts[-1], button_for_shown(interaction))
    await send_privately(interaction, layouts)


async def sources(interaction: Interaction, claim_id: str) -> None:
    """Show what is cited, or that nothing fits."""
    _, service = await _shown(interaction, claim_id)
    await send_privately(interaction, source_layouts(service.knowledge.claims[claim_id], service.knowledge))


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
    await interaction.response.edit_message(view=mine, attachments=mine.files())


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
        description="Goes to the people who run this bot, without your name. Leave out anything private.",
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
        question="Your question, in your own words",
        description='"why?", "and with one leg?" or something new. Only you see the answer.',
    )
    await form.show(interaction)


async def received_report(interaction: Interaction, claim_id: str, text: str) -> None:
    """Pass a report on, without who wrote it. One that describes an alarming symptom gets the stop as well."""
    desk = desk_of(interaction)
    known = claim_id in (await desk.service_for(interaction.guild_id)).knowledge.claims
    if not await alarmed(interaction, text):
        await held_back(interaction, again=True)
    try:
        desk.reports.take(interaction.user.id)
    except UserError as full:
        quoted = discord.utils.escape_markdown(text[:MOST_REPORT])
        raise UserError(f"{full} Nothing of it was sent; this is what you wrote:\n{quoted}") from None
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


ACTIONS.update(
    {
        "show": show,
        "why": why,
        "sources": sources,
        "share": share,
        "helpful": helpful,
        "unhelpful": unhelpful,
        "report": open_report,
        "more": open_question,
    }
)
RECEIVERS.update({"report": received_report, "ask": received_question})
