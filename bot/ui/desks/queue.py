"""`/knowledge review`: the worst-rated claims first, then changed releases, then what members suggest. One click each."""

from collections.abc import Sequence
from typing import Any, TypeAlias

import discord
from discord import ui

from bot.errors import StoreError, UserError
from bot.sentences import say
from bot.service.access import Right, may
from bot.service.drafts import MOST_WHY
from bot.service.history import SETTLED, ReleaseNotice
from bot.service.orphans import Orphan
from bot.service.review import Decision, Queue, Rated, Suggestion
from bot.ui import wording
from bot.ui.answer.replies import plain
from bot.ui.curation.differences import MOST_OF_TWO, block
from bot.ui.curation.drafting import open_first_step, prepared, preparing, tell_member
from bot.ui.curation.pages import nearest_claims, number_in, quoted, turning
from bot.ui.curation.words import GIVEN_BACK, LONG_FILE
from bot.ui.desks.orphans import orphan_shown
from bot.ui.kit.buttons import Press
from bot.ui.kit.desk import Interaction
from bot.ui.kit.forms import Form
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box, rule
from bot.ui.kit.picks import values_row
from bot.ui.kit.turn import Turn, turn_of

ON_PAGE = 3
EMPTY = say("moderators.queue.empty")

Waiting: TypeAlias = Rated | ReleaseNotice | Orphan | Suggestion


def queue_layout(queue: Queue, titles: dict[str, str], page: int, *, done: str = "") -> Layout:
    """Return a page (counted from 0) of what waits; `titles` are those of claims, `done` what was decided just now."""
    waiting: list[Waiting] = [*queue.worst, *queue.notices, *queue.orphans, *queue.suggestions]
    last = max(0, (len(waiting) - 1) // ON_PAGE)
    page = min(page, last)
    parts: list[ui.Item[Any]] = [ui.TextDisplay(f"✅ {done}")] if done else []
    counts = say(
        "moderators.queue.counts",
        rated=len(queue.worst),
        changed=len(queue.notices) + len(queue.orphans),
        suggested=len(queue.suggestions),
    )
    parts.append(ui.TextDisplay(say("moderators.queue.heading", count=len(waiting), counts=counts)))
    for each in waiting[page * ON_PAGE : (page + 1) * ON_PAGE]:
        parts += [rule(), *_shown(each, titles)]
    if not waiting:
        parts.append(ui.TextDisplay(EMPTY))
    parts.append(turning("revpage", page, last))
    return Layout(box(wording.QUIET_COLOUR, *parts)).sealed()


def _shown(waiting: Waiting, titles: dict[str, str]) -> list[ui.Item[Any]]:
    if isinstance(waiting, Rated):
        return _rated(waiting)
    if isinstance(waiting, ReleaseNotice):
        return _notice(waiting, titles)
    if isinstance(waiting, Orphan):
        return orphan_shown(waiting, titles)
    return _suggested(waiting, titles)


def _rated(rated: Rated) -> list[ui.Item[Any]]:
    reasons = ", ".join(f"{wording.reason_in_a_list(name)} ({count})" for name, count in rated.reasons)
    lines = [
        f"**👎 {discord.utils.escape_markdown(rated.title)}**",
        say("moderators.queue.thumbs", helpful=_times(rated.up), not_helpful=_times(rated.down)),
    ]
    if reasons:
        lines.append(f"-# {reasons}")
    return [
        ui.TextDisplay("\n".join(lines)),
        ui.ActionRow(
            Press("kview", rated.claim, "Look at it", emoji="👁️"),
            Press("kedit", rated.claim, "Edit", emoji="✏️", style=discord.ButtonStyle.primary),
            Press("khide", rated.claim, "Hide", emoji="🙈"),
        ),
    ]


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _notice(notice: ReleaseNotice, titles: dict[str, str]) -> list[ui.Item[Any]]:
    what = (
        say("moderators.queue.is_no_longer_shipped")
        if notice.gone
        else "has changed in the shipped knowledge since you replaced it"
    )
    text = say(
        "moderators.queue.still_yours",
        title=discord.utils.escape_markdown(notice.title),
        what=what,
    )
    if notice.successor:
        title = discord.utils.escape_markdown(titles.get(notice.successor, notice.successor))
        text += say("moderators.queue.replaced_by", title=title)
    buttons = [Press("revdiff", notice.claim, "Difference", emoji="🔍"), *_choice(notice)]
    return [ui.TextDisplay(text), ui.ActionRow(*buttons)]


def notice_layout(notice: ReleaseNotice) -> tuple[Layout, bytes | None]:
    """Return what a release changed in a claim and how the server's own differs, and both whole where they were cut."""
    parts: list[ui.Item[Any]] = [ui.TextDisplay(f"### {discord.utils.escape_markdown(notice.title)}")]
    whole, is_cut = b"", False
    for heading, difference in (
        (say("moderators.queue.what_release_changed"), notice.shipped_change),
        (say("moderators.queue.how_yours"), notice.ours),
    ):
        shown = block([] if difference is None else [difference], MOST_OF_TWO)
        parts += [ui.TextDisplay(f"**{heading}**"), ui.TextDisplay(shown.text)]
        whole += f"{heading}\n".encode() + shown.whole + b"\n"
        is_cut = is_cut or shown.is_cut
    layout = Layout(box(wording.QUIET_COLOUR, *parts, ui.ActionRow(*_choice(notice)))).sealed()
    return layout, whole if is_cut else None


def _choice(notice: ReleaseNotice) -> list[Press]:
    ours = Press("revours", notice.claim, "Keep ours", emoji="🏠")
    if not notice.gone:
        return [ours, Press("revtheirs", notice.claim, "Take theirs", emoji="⬇️")]
    drop = Press("revtheirs", notice.claim, "Drop ours", emoji="🗑️", style=discord.ButtonStyle.danger)
    if not notice.successor:
        return [ours, drop]
    return [ours, Press("revnext", notice.claim, say("moderators.queue.move_to_its_successor"), emoji="➡️"), drop]


def _suggested(suggestion: Suggestion, titles: dict[str, str]) -> list[ui.Item[Any]]:
    lines = [f"**💬 Suggested** <t:{int(suggestion.at.timestamp())}:d>: {quoted(suggestion.question, 260)}"]
    if suggestion.answer:
        lines.append(f"> {quoted(suggestion.answer, 450)}")
    elif suggestion.claim in titles:
        lines.append(
            say(
                "moderators.queue.as_question_of",
                title=discord.utils.escape_markdown(titles[suggestion.claim]),
            )
        )
    else:
        lines.append(say("moderators.queue.no_answer_yet"))
    if suggestion.link:
        lines.append(f"-# {discord.utils.escape_markdown(suggestion.link)}")
    about = str(suggestion.id)
    buttons = [
        Press("revamend", about, "Amend", emoji="✏️"),
        Press("revas", about, "Question of …", emoji="❓"),
        Press("revno", about, "Refuse", emoji="✖️", style=discord.ButtonStyle.danger),
        Press("revwhynot", about, "Refuse, saying why", emoji="📝"),
    ]
    if suggestion.ready:
        buttons.insert(0, Press("revyes", about, "Approve", emoji="✅", style=discord.ButtonStyle.success))
    return [ui.TextDisplay("\n".join(lines)), ui.ActionRow(*buttons)]


def claims_layout(suggestion: Suggestion, claims: Sequence[tuple[str, str]]) -> Layout:
    """Return a suggestion with the claims (id, title) of which it may become a question."""
    parts: list[ui.Item[Any]] = [
        ui.TextDisplay(say("moderators.queue.question_of_which_claim", quoted=quoted(suggestion.question, 260)))
    ]
    if claims:
        parts.append(values_row("revclaim", str(suggestion.id), "The nearest first", claims))
    parts.append(ui.ActionRow(Press("revpage", "0", "Back", emoji="◀️")))
    return Layout(box(wording.QUIET_COLOUR, *parts)).sealed()


async def show_queue(turn: Turn, page: int = 0, *, done: str = "") -> None:
    """Show a page of what waits. Raises UserError for whoever may not approve."""
    await turn.wait()
    queue = await turn.workshop.review.queue(turn.guild, turn.actor)
    claims = (await turn.workshop.overlays.for_server(turn.guild)).knowledge.claims
    await turn.show(queue_layout(queue, {claim.id: claim.title for claim in claims.values()}, page, done=done))


async def turn_page(interaction: Interaction, about: str) -> None:
    """Show another page."""
    await show_queue(turn_of(interaction), number_in(about))


async def approve(interaction: Interaction, about: str) -> None:
    """Show what publishing a suggestion as it is would do."""
    turn = turn_of(interaction)
    suggestion = number_in(about)
    await prepared(turn, lambda: turn.workshop.review.begin_approval(turn.guild, turn.actor, suggestion))


async def refuse(interaction: Interaction, about: str) -> None:
    """Decide against a suggestion, and tell whoever wished to know."""
    turn = turn_of(interaction)
    suggestion = number_in(about)
    await turn.wait()
    await _decided(turn, await turn.workshop.review.refuse(turn.guild, turn.actor, suggestion), "Refused.")


async def open_refusal(interaction: Interaction, about: str) -> None:
    """Open the form for the reason of a refusal."""
    turn = turn_of(interaction)
    suggestion = await turn.workshop.review.suggestion(turn.guild, turn.actor, number_in(about))
    form = Form(
        "revwhynot",
        str(suggestion.id),
        interaction.id,
        title="Refuse, saying why",
        question="Why not?",
        description=say("moderators.queue.read_by_whom"),
        most=MOST_WHY,
    )
    await form.show(interaction)


async def received_refusal(interaction: Interaction, about: str, why: str) -> None:
    """Decide against a suggestion with a reason; where that fails, give back what was typed."""
    turn = turn_of(interaction)
    await turn.wait()
    try:
        decision = await turn.workshop.review.refuse(turn.guild, turn.actor, number_in(about), why)
    except (UserError, StoreError) as fault:
        await turn.hand_over(f"{fault}\n{GIVEN_BACK}", "typed.txt", why.encode())
        return
    await _decided(turn, decision, "Refused.")


async def _decided(turn: Turn, decision: Decision, done: str) -> None:
    await show_queue(turn, done=done)
    if decision.tell is not None:
        await tell_member(turn.interaction, decision.tell, decision.text)


async def amend(interaction: Interaction, about: str) -> None:
    """Open the form of the claim that a suggestion would become."""
    turn = turn_of(interaction)
    draft = await turn.workshop.review.begin_amend(turn.guild, turn.actor, number_in(about))
    await open_first_step(interaction, str(draft.id))


async def choose_claim(interaction: Interaction, about: str) -> None:
    """Show the claims of which a suggestion may become a question."""
    turn = turn_of(interaction)
    suggestion = await turn.workshop.review.suggestion(turn.guild, turn.actor, number_in(about))
    await turn.show(claims_layout(suggestion, await nearest_claims(turn, suggestion.question)))


async def make_question(interaction: Interaction, about: str, values: list[str]) -> None:
    """Prepare to make a suggestion a question of the claim that was picked."""
    turn = turn_of(interaction)
    suggestion, claim = number_in(about), "".join(values)
    await prepared(turn, lambda: turn.workshop.review.begin_as_question(turn.guild, turn.actor, suggestion, claim))


async def show_notice(interaction: Interaction, claim_id: str) -> None:
    """Show what a release changed in a claim, and how the server's own differs from it."""
    turn = turn_of(interaction)
    await turn.require_moderator()
    notice = await _notice_of(turn, claim_id)
    layout, whole = notice_layout(notice)
    await turn.show(layout, beside=True)
    if whole is not None:
        await turn.hand_over(LONG_FILE, "difference.diff", whole)


async def _notice_of(turn: Turn, claim_id: str) -> ReleaseNotice:
    for notice in await turn.workshop.history.release_notices(turn.guild):
        if notice.claim == claim_id:
            return notice
    raise UserError(SETTLED)


async def keep_ours(interaction: Interaction, claim_id: str) -> None:
    """Keep the server's own claim."""
    turn = turn_of(interaction)
    await turn.wait()
    revision = await turn.workshop.history.keep_ours(turn.guild, turn.actor, claim_id)
    done = f"Yours stays (revision {revision.number})."
    if may(await turn.workshop.settings.certain(turn.guild), turn.actor, Right.APPROVE):
        await show_queue(turn, done=done)
    else:
        await turn.show(plain(f"✅ {done}"))


HANDLERS = Handlers(
    buttons={
        "revpage": turn_page,
        "revyes": approve,
        "revno": refuse,
        "revwhynot": open_refusal,
        "revamend": amend,
        "revas": choose_claim,
        "revdiff": show_notice,
        "revours": keep_ours,
        "revtheirs": preparing(
            lambda turn, claim: turn.workshop.history.begin_take_release(turn.guild, turn.actor, claim)
        ),
        "revnext": preparing(
            lambda turn, claim: turn.workshop.history.begin_move_to_successor(turn.guild, turn.actor, claim)
        ),
    },
    lists={"revclaim": make_question},
    texts={"revwhynot": received_refusal},
    spoken=frozenset({"revwhynot"}),
)
