"""Claims as moderators see them: page by page, and one with all that can be done to it."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.core.model import Topic
from bot.core.overlay import PROTECTED, Standing
from bot.service.curation import Listed, Shown
from bot.ui import wording
from bot.ui.buttons import Press
from bot.ui.curation import words
from bot.ui.curation.previews import frozen, whole_card
from bot.ui.layout import Layout, box
from bot.ui.limits import MOST_TEXT, cut, pages
from bot.ui.pictures import Shown as Picture

ON_PAGE = 15
ANY = "any"
"""In the place of a standing: all of them."""


def list_layout(listed: Sequence[Listed], topics: dict[str, Topic], page: int, standing: str) -> Layout:
    """Return a page (counted from 0) of the claims that are `listed`."""
    last = max(0, (len(listed) - 1) // ON_PAGE)
    page = min(max(page, 0), last)
    head = f"### Claims ({len(listed)})" if standing == ANY else f"### Claims {words.STANDINGS[Standing(standing)]}"
    lines = [_line(each, topics) for each in listed[page * ON_PAGE : (page + 1) * ON_PAGE]] or [words.NO_LIST]
    text = "\n".join([head, *lines, f"-# Page {page + 1} of {last + 1} · `/knowledge show` shows one"])
    row: ui.ActionRow[Any] = ui.ActionRow()
    if page > 0:
        row.add_item(Press("klist", f"{page - 1}.{standing}", "Back", emoji="◀️"))
    if page < last:
        row.add_item(Press("klist", f"{page + 1}.{standing}", "Next", emoji="▶️"))
    return Layout(box(wording.QUIET_COLOUR, ui.TextDisplay(cut(text, MOST_TEXT)), row)).sealed()


def _line(each: Listed, topics: dict[str, Topic]) -> str:
    topic = topics[each.topic].title if each.topic in topics else "This server"
    marks = [f"`{each.id}`", topic]
    if each.standing is not Standing.SHIPPED:
        marks.append(f"**{words.STANDINGS[each.standing]}**")
    if each.release_notice:
        marks.append("⚠️ the shipped one has changed since")
    title = discord.utils.escape_markdown(cut(each.title, 60))
    return f"- {title}\n  -# {' · '.join(marks)}"


def claim_layout(shown: Shown, picture: Picture | None = None) -> Layout:
    """Return one claim as members see it (or would, were it not hidden), with what can be done to it."""
    claim = shown.claim
    lines = [f"`{claim.id}` · {words.STANDINGS[shown.standing]}"]
    if shown.revision:
        lines.append(f"-# Changed last in revision {shown.revision}")
    lines.append(f"-# {len(claim.questions)} questions lead here")
    if shown.release_notice:
        lines.append("⚠️ A release has changed the shipped claim since this server replaced it: look, and choose.")
    picture = None if picture is None else picture.briefly()
    whole = whole_card(shown.answer, shown.service, picture)
    if shown.standing is Standing.HIDDEN:
        frozen([whole])
    buttons = [Press("kasks", claim.id, "Questions", emoji="❓")]
    if claim.id not in PROTECTED:
        buttons += [Press("kedit", claim.id, "Edit", emoji="✏️"), Press("kmore", claim.id, "Add questions", emoji="➕")]
        buttons += _standing_buttons(shown)
    more: ui.ActionRow[Any] = ui.ActionRow()
    if shown.release_notice:
        more.add_item(Press("revdiff", claim.id, "What changed", emoji="⚠️", style=discord.ButtonStyle.primary))
    if shown.revision:
        more.add_item(Press("khist", f"0.{claim.id}", "History", emoji="🕘"))
    if claim.own_picture is not None:
        more.add_item(Press("kunpicture", claim.id, "Take picture off", emoji="🖼️"))
    head = box(wording.QUIET_COLOUR, ui.TextDisplay("\n".join(lines)), ui.ActionRow(*buttons), more)
    return Layout(head, whole, pictures=[picture] if picture else []).sealed()


def _standing_buttons(shown: Shown) -> list[Press]:
    claim, standing = shown.claim, shown.standing
    if standing is Standing.HIDDEN:
        return [Press("krestore", claim.id, "Restore", emoji="↩️")]
    if standing is Standing.ADDED:
        return [Press("khide", claim.id, "Hide", emoji="🙈"), Press("kremove", claim.id, "Remove", emoji="🗑️")]
    found = [Press("khide", claim.id, "Hide", emoji="🙈")]
    if standing in {Standing.REPLACED, Standing.EXTENDED}:
        found.append(Press("krestore", claim.id, "As shipped", emoji="↩️"))
    return found


def question_layouts(shown: Shown) -> list[Layout]:
    """Return all wordings that lead to a claim, in as many messages as they take."""
    lines = [f"- {discord.utils.escape_markdown(each)}" for each in shown.claim.questions]
    blocks = ["\n".join(lines[at : at + 20]) for at in range(0, len(lines), 20)]
    heading = f"### How people ask: {discord.utils.escape_markdown(shown.claim.title)}"
    return [
        Layout(box(wording.QUIET_COLOUR, *(ui.TextDisplay(part) for part in page))).sealed()
        for page in pages([heading, *blocks])
    ]
