"""Looking around: claims, their questions, the history and its differences; and the buttons that lead to a draft."""

import asyncio
from dataclasses import replace

from bot.core.overlay import SERVER_TOPIC
from bot.core.visible import visible
from bot.errors import UserError
from bot.sentences import say
from bot.service.draft_values import Draft
from bot.service.explained import explained
from bot.service.listing import ALL, Sought
from bot.ui import wording
from bot.ui.answer.explanation_card import explanation_layout
from bot.ui.answer.held import held_back
from bot.ui.answer.replies import reply
from bot.ui.answer.sending import send_privately
from bot.ui.curation import words
from bot.ui.curation.differences import block, difference_layout
from bot.ui.curation.drafting import kept, open_edit, prepared, preparing
from bot.ui.curation.histories import ON_PAGE, history_layout, revision_buttons, revision_heading
from bot.ui.curation.listings import (
    ANY_TOPIC,
    MOST_WORDS,
    claim_layout,
    list_layout,
    question_layouts,
    unpacked,
)
from bot.ui.curation.pages import jump_form, page_in
from bot.ui.kit.buttons import NO_CLAIM
from bot.ui.kit.desk import Interaction
from bot.ui.kit.forms import Form
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.turn import Turn, turn_of

MOST_SEARCHED = 60
TRIED = say("moderators.browsing.tried")


async def show_list(turn: Turn, page: int = 0, sought: Sought = ALL) -> None:
    """Show a page of the server's claims. Raises UserError where the topic is none."""
    await turn.wait()
    await turn.require_moderator()
    topics = dict(turn.workshop.overlays.base().knowledge.topics)
    if sought.topic and sought.topic not in {SERVER_TOPIC, *topics}:
        raise UserError(say("moderators.browsing.no_such_topic", topic=sought.topic))
    rows = await turn.workshop.listing.rows(turn.guild, turn.actor, sought)
    await turn.show(list_layout(rows, topics, page, sought))


def searched(typed: str) -> str:
    """Return what somebody looks for as a list carries it: whole words, on one line, as many as fit."""
    plain = " ".join(visible(typed).split())
    return plain if len(plain) <= MOST_WORDS else plain[: MOST_WORDS + 1].rpartition(" ")[0] or plain[:MOST_WORDS]


async def show_claim(turn: Turn, claim_id: str) -> None:
    """Show one claim with all that can be done to it."""
    await turn.wait(beside=True)
    await turn.require_moderator()
    shown = await turn.workshop.curation.show(turn.guild, claim_id)
    await turn.show(claim_layout(shown, await turn.picture_of(shown.answer, shown.service)))


async def show_history(turn: Turn, claim: str = NO_CLAIM, before: int = 0) -> None:
    """Show a page of what was changed, of one claim or of all."""
    await turn.require_moderator()
    revisions = await turn.workshop.history.revisions(
        turn.guild, None if claim == NO_CLAIM else claim, before=before or None, limit=ON_PAGE + 1
    )
    await turn.show(history_layout(revisions, claim, before=before))


async def show_revision(turn: Turn, number: int, claim: str = NO_CLAIM) -> None:
    """Show what one revision changed."""
    await turn.require_moderator()
    history = turn.workshop.history
    revision = await history.revision(turn.guild, number)
    found = await history.difference(turn.guild, number - 1, number, None if claim == NO_CLAIM else claim)
    shown = block(found)
    await turn.show(difference_layout(revision_heading(revision), shown, *revision_buttons(number, claim)), beside=True)
    if shown.is_cut:
        await turn.hand_over(words.LONG_FILE, f"revision-{number}.diff", shown.whole)


async def show_between(turn: Turn, older: int, newer: int | None, claim: str = NO_CLAIM) -> None:
    """Show how the states after two revisions differ; `newer` None is how it is now."""
    await turn.require_moderator()
    history = turn.workshop.history
    if newer is None:
        newest = await history.revisions(turn.guild, limit=1)
        newer = newest[0].number if newest else 0
    older, newer = min(older, newer), max(older, newer)
    shown = block(await history.difference(turn.guild, older, newer, None if claim == NO_CLAIM else claim))
    heading = f"### From revision {older} to {newer}" + ("" if claim == NO_CLAIM else f", `{claim}`")
    await turn.show(difference_layout(heading, shown), beside=True)
    if shown.is_cut:
        await turn.hand_over(words.LONG_FILE, f"revisions-{older}-{newer}.diff", shown.whole)


async def show_trial(turn: Turn, question: str) -> None:
    """Show what a question gets here and why, and below it the very reply that a member would see."""
    if await held_back(turn.interaction):
        return
    await turn.wait(beside=True)
    await turn.require_moderator()
    service = await turn.workshop.overlays.for_server(turn.guild)
    answer, _ = await asyncio.to_thread(service.ask, question)
    found = await asyncio.to_thread(explained, service, question, answer)
    await turn.show(explanation_layout(found, service.knowledge, TRIED))
    picture = await turn.picture_of(answer, service)
    await send_privately(
        turn.interaction, [reply(answer, service.knowledge, safety_line=service.safety_line, picture=picture)]
    )


def _split(about: str) -> tuple[int, str]:
    """Return the number and the claim in a custom_id. Raises UserError for one that nobody was given."""
    number, _, claim = about.partition(".")
    if not number.isdecimal() or len(number) > 9 or not claim:  # noqa: PLR2004 -- no server gets that far
        raise UserError(wording.OLD_BUTTON)
    return int(number), claim


async def _list(interaction: Interaction, about: str) -> None:
    page, sought = _split(about)
    await show_list(turn_of(interaction), page, _sought(sought))


def _sought(about: str) -> Sought:
    """Return what a list's custom_id says is sought. Raises UserError for what nobody was given."""
    try:
        return unpacked(about)
    except ValueError:
        raise UserError(wording.OLD_BUTTON) from None


async def _picked_view(interaction: Interaction, about: str, picked: list[str]) -> None:
    sought = _sought(f"{''.join(picked)}.{about.partition('.')[2]}")
    await show_list(turn_of(interaction), 0, sought)


async def _picked_topic(interaction: Interaction, about: str, picked: list[str]) -> None:
    topic = "".join(picked)
    sought = replace(_sought(about), topic="" if topic == ANY_TOPIC else topic)
    await show_list(turn_of(interaction), 0, sought)


async def _picked_claim(interaction: Interaction, _: str, picked: list[str]) -> None:
    await show_claim(turn_of(interaction), "".join(picked))


async def _open_search(interaction: Interaction, about: str) -> None:
    await turn_of(interaction).require_moderator()
    _sought(about)
    made = Form(
        "kfound",
        about,
        interaction.id,
        title="Search the claims",
        question="A few words",
        description=say("moderators.browsing.searched_in"),
        most=MOST_SEARCHED,
    )
    await made.show(interaction)


async def _received_search(interaction: Interaction, about: str, text: str) -> None:
    await show_list(turn_of(interaction), 0, replace(_sought(about), words=searched(text)))


async def _open_jump(interaction: Interaction, about: str) -> None:
    await turn_of(interaction).require_moderator()
    _sought(about)
    await jump_form("kjump", about, interaction.id).show(interaction)


async def _received_jump(interaction: Interaction, about: str, text: str) -> None:
    await show_list(turn_of(interaction), page_in(text), _sought(about))


async def _view(interaction: Interaction, claim: str) -> None:
    await show_claim(turn_of(interaction), claim)


async def _questions(interaction: Interaction, claim: str) -> None:
    turn = turn_of(interaction)
    await turn.wait(beside=True)
    await turn.require_moderator()
    await send_privately(interaction, question_layouts(await turn.workshop.curation.show(turn.guild, claim)))


async def _history(interaction: Interaction, about: str) -> None:
    before, claim = _split(about)
    await show_history(turn_of(interaction), claim, before)


async def _revision(interaction: Interaction, about: str) -> None:
    number, claim = _split(about)
    await show_revision(turn_of(interaction), number, claim)


async def _to_now(interaction: Interaction, about: str) -> None:
    number, claim = _split(about)
    await show_between(turn_of(interaction), number, None, claim)


async def _edit(interaction: Interaction, claim: str) -> None:
    await open_edit(turn_of(interaction), claim)


async def roll_back(turn: Turn, number: int, claim: str = NO_CLAIM, why: str = "") -> None:
    """Show what going back to the state after a revision would do."""

    async def begin() -> Draft:
        wanted = None if claim == NO_CLAIM else claim
        return await turn.workshop.history.begin_rollback(turn.guild, turn.actor, number, wanted, why)

    await prepared(turn, begin)


async def _back(interaction: Interaction, about: str) -> None:
    number, claim = _split(about)
    await roll_back(turn_of(interaction), number, claim)


async def _undo(interaction: Interaction, about: str) -> None:
    turn = turn_of(interaction)
    number, _ = _split(about)
    await prepared(turn, lambda: turn.workshop.history.begin_undo(turn.guild, turn.actor, number))


async def _open_questions(interaction: Interaction, claim: str) -> None:
    turn = turn_of(interaction)
    await turn.require_editor()
    made = Form(
        "kquestions",
        claim,
        interaction.id,
        title="Add questions",
        question=say("moderators.browsing.how_people_ask_it"),
        description=say("moderators.browsing.questions_are_added"),
    )
    await made.show(interaction)


async def _received_questions(interaction: Interaction, claim: str, text: str) -> None:
    turn = turn_of(interaction)
    curation = turn.workshop.curation
    await kept(
        turn,
        {"questions": text},
        lambda: curation.begin_questions(turn.guild, turn.actor, claim, text.splitlines()),
    )


HANDLERS = Handlers(
    buttons={
        "klist": _list,
        "klistfind": _open_search,
        "kjump": _open_jump,
        "kview": _view,
        "kasks": _questions,
        "khist": _history,
        "krev": _revision,
        "know": _to_now,
        "kedit": _edit,
        "khide": preparing(lambda turn, claim: turn.workshop.curation.begin_hide(turn.guild, turn.actor, claim)),
        "krestore": preparing(lambda turn, claim: turn.workshop.curation.begin_restore(turn.guild, turn.actor, claim)),
        "kremove": preparing(lambda turn, claim: turn.workshop.curation.begin_remove(turn.guild, turn.actor, claim)),
        "kback": _back,
        "kundo": _undo,
        "kmore": _open_questions,
    },
    lists={"klistview": _picked_view, "klisttopic": _picked_topic, "klistopen": _picked_claim},
    texts={"kquestions": _received_questions, "kfound": _received_search, "kjump": _received_jump},
    spoken=frozenset({"kjump"}),
)
