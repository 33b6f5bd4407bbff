"""`/knowledge inbox`: what was asked in vain, and one click from there to an answer. Nothing is live before a preview."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import discord
from discord import ui

from bot.core.model import Outcome
from bot.errors import UserError
from bot.sentences import say
from bot.service.curation import Act
from bot.service.inbox import Group
from bot.store.inbox import FEWEST_ASKERS
from bot.ui import wording
from bot.ui.curation.drafting import open_first_step, prepared
from bot.ui.curation.pages import nearest_claims, number_in, quoted, turning
from bot.ui.kit.buttons import NO_CLAIM, Press
from bot.ui.kit.desk import Interaction
from bot.ui.kit.forms import Form
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box, rule
from bot.ui.kit.picks import values_row
from bot.ui.kit.turn import Turn, turn_of

ON_PAGE = 7
MOST_GROUPS = 500
MOST_SEARCHED = 100
EMPTY = say("moderators.inbox.empty")
NONE_FOUND = say("moderators.inbox.none_found")


def inbox_layout(groups: Sequence[Group], titles: dict[str, str], page: int, *, done: str = "") -> Layout:
    """Return a page (counted from 0) of the groups; `titles` are those of claims, `done` what was done just now."""
    last = max(0, (len(groups) - 1) // ON_PAGE)
    page = min(page, last)
    shown = groups[page * ON_PAGE : (page + 1) * ON_PAGE]
    parts: list[ui.Item[Any]] = [ui.TextDisplay(f"✅ {done}")] if done else []
    parts.append(ui.TextDisplay(say("moderators.inbox.heading", count=len(groups), fewest_askers=FEWEST_ASKERS)))
    parts.append(ui.TextDisplay("\n".join(_line(group, titles) for group in shown) or EMPTY))
    if shown:
        options = [(str(group.id), f"{group.count}× {group.wording}") for group in shown]
        parts.append(values_row("inbopen", str(page), say("moderators.inbox.open_one_of_them"), options))
    parts.append(turning("inbpage", page, last))
    parts.append(ui.ActionRow(Press("week", NO_CLAIM, "The week", emoji="📊")))
    return Layout(box(wording.QUIET_COLOUR, *parts)).sealed()


def _line(group: Group, titles: dict[str, str]) -> str:
    marks = [f"last {_day(group.last)}"]
    others = len(group.wordings) - 1
    if others:
        marks.insert(0, f"asked in {others + 1} ways" if others < 4 else say("moderators.inbox.asked_in_ways_or_more"))  # noqa: PLR2004
    if group.nearest in titles:
        marks.append(f"near: {discord.utils.escape_markdown(titles[group.nearest])}")
    return f"- **{group.count}×** {quoted(group.wording, 160)}\n  -# {' · '.join(marks)}"


def group_layout(group: Group, claims: Sequence[tuple[str, str]], titles: dict[str, str]) -> Layout:
    """Return one group with all that can be made of it; `claims` (id, title) may take its wordings."""
    times = "once" if group.count == 1 else f"{group.count} times"
    got = (
        say("moderators.inbox.suggested")
        if group.outcome is Outcome.SUGGEST
        else say("moderators.inbox.i_had_no_answer")
    )
    lines = [f"### Asked {times}", *(f"- {quoted(each, 250)}" for each in group.wordings)]
    when = f"On {_day(group.last)}" if group.first == group.last else f"From {_day(group.first)} to {_day(group.last)}"
    lines.append(f"-# {when} · {got}")
    if group.nearest in titles:
        lines.append(f"-# Nearest claim: {discord.utils.escape_markdown(titles[group.nearest])}")
    about = str(group.id)
    parts: list[ui.Item[Any]] = [ui.TextDisplay("\n".join(lines)), rule()]
    if claims:
        parts.append(ui.TextDisplay(say("moderators.inbox.nearest")))
        parts.append(values_row("inbclaim", about, "A question of …", claims))
    parts.append(
        ui.ActionRow(
            Press("inbfind", about, "Another claim", emoji="🔎"),
            Press("inbnew", about, "New claim", emoji="✏️", style=discord.ButtonStyle.primary),
        )
    )
    parts.append(
        ui.ActionRow(
            Press("inbout", about, "Out of scope", emoji="🚫"),
            Press("inbdrop", about, "Dismiss", emoji="🗑️"),
            Press("inbpage", "0", "Back", emoji="◀️"),
        )
    )
    parts.append(ui.TextDisplay(say("moderators.inbox.nothing_live_yet")))
    return Layout(box(wording.QUIET_COLOUR, *parts)).sealed()


def dismiss_layout(group: Group) -> Layout:
    """Return what dismissing a group does, and the question whether to."""
    lines = ["### Dismiss these?", *(f"- {quoted(each, 250)}" for each in group.wordings)]
    lines.append(say("moderators.inbox.deleted"))
    about = str(group.id)
    return Layout(
        box(
            wording.QUIET_COLOUR,
            ui.TextDisplay("\n".join(lines)),
            ui.ActionRow(
                Press("inbdropyes", about, "Dismiss", emoji="🗑️", style=discord.ButtonStyle.danger),
                Press("inbback", about, "Back", emoji="◀️"),
            ),
        )
    ).sealed()


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


async def show_inbox(turn: Turn, page: int = 0, *, done: str = "") -> None:
    """Show a page of what was asked in vain. Raises UserError for whoever may not edit, and without consent."""
    await turn.wait()
    groups = await turn.workshop.inbox.groups(turn.guild, turn.actor, limit=MOST_GROUPS)
    await turn.show(inbox_layout(groups, await _titles(turn), page, done=done))


async def _titles(turn: Turn) -> dict[str, str]:
    claims = (await turn.workshop.overlays.for_server(turn.guild)).knowledge.claims
    return {claim.id: claim.title for claim in claims.values()}


async def _show_group(turn: Turn, group_id: int) -> None:
    group = await turn.workshop.inbox.group(turn.guild, turn.actor, group_id)
    await turn.show(group_layout(group, await nearest_claims(turn, group.wording), await _titles(turn)))


async def turn_page(interaction: Interaction, about: str) -> None:
    """Show another page."""
    await show_inbox(turn_of(interaction), number_in(about))


async def open_gap(interaction: Interaction, _page: str, values: list[str]) -> None:
    """Show the group that was picked."""
    await _show_group(turn_of(interaction), number_in("".join(values)))


async def back_to_gap(interaction: Interaction, about: str) -> None:
    """Show a group again."""
    await _show_group(turn_of(interaction), number_in(about))


async def make_question(interaction: Interaction, about: str, values: list[str]) -> None:
    """Prepare to make a group's wordings questions of the claim that was picked."""
    turn = turn_of(interaction)
    group, claim = number_in(about), "".join(values)
    await prepared(turn, lambda: turn.workshop.inbox.begin_question(turn.guild, turn.actor, group, claim))


async def open_search(interaction: Interaction, about: str) -> None:
    """Open the form in which a claim is looked for by its title."""
    turn = turn_of(interaction)
    await turn.require_editor()
    number_in(about)
    form = Form(
        "inbfound",
        about,
        interaction.id,
        title=say("moderators.inbox.which_claim_answers_it"),
        question=say("moderators.inbox.title_words"),
        description=say("moderators.inbox.choose_from_found"),
        most=MOST_SEARCHED,
    )
    await form.show(interaction)


async def received_search(interaction: Interaction, about: str, text: str) -> None:
    """Show a group with the claims that were found."""
    turn = turn_of(interaction)
    group = await turn.workshop.inbox.group(turn.guild, turn.actor, number_in(about))
    found = await turn.workshop.curation.choices(turn.guild, text, to=Act.EDIT)
    if not found:
        raise UserError(NONE_FOUND)
    claims = [(each.value, each.label) for each in found]
    await turn.show(group_layout(group, claims, await _titles(turn)))


async def start_claim(interaction: Interaction, about: str) -> None:
    """Open the form of a new claim that has a group's wordings as its questions."""
    turn = turn_of(interaction)
    draft = await turn.workshop.inbox.begin_claim(turn.guild, turn.actor, number_in(about))
    await open_first_step(interaction, str(draft.id))


async def mark_out_of_scope(interaction: Interaction, about: str) -> None:
    """Prepare to mark a group as none of the bot's business."""
    turn = turn_of(interaction)
    group = number_in(about)
    await prepared(turn, lambda: turn.workshop.inbox.begin_out_of_scope(turn.guild, turn.actor, group))


async def ask_dismiss(interaction: Interaction, about: str) -> None:
    """Say what dismissing does, and ask."""
    turn = turn_of(interaction)
    await turn.show(dismiss_layout(await turn.workshop.inbox.group(turn.guild, turn.actor, number_in(about))))


async def dismiss(interaction: Interaction, about: str) -> None:
    """Delete a group, and show what is left."""
    turn = turn_of(interaction)
    await turn.workshop.inbox.dismiss(turn.guild, turn.actor, number_in(about))
    await show_inbox(turn, done="Dismissed.")


HANDLERS = Handlers(
    buttons={
        "inbpage": turn_page,
        "inbback": back_to_gap,
        "inbfind": open_search,
        "inbnew": start_claim,
        "inbout": mark_out_of_scope,
        "inbdrop": ask_dismiss,
        "inbdropyes": dismiss,
    },
    lists={"inbopen": open_gap, "inbclaim": make_question},
    texts={"inbfound": received_search},
)
