"""Claims as moderators see them: page by page, and one with all that can be done to it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.core.model import Topic
from bot.core.overlay import PROTECTED, SERVER_TOPIC, Standing
from bot.sentences import say
from bot.service.curation import Shown
from bot.service.listing import ALL, Row, Sought, View
from bot.ui import wording
from bot.ui.curation import words
from bot.ui.curation.pages import JUMP
from bot.ui.curation.previews import frozen, whole_card
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.limits import cut, pages
from bot.ui.kit.picks import values_row
from bot.ui.kit.pictures import Shown as Picture

ON_PAGE = 7
MOST_WORDS = 22
"""Characters of what is looked for: a button's custom_id carries them, with view, topic and page."""
ANY_TOPIC = "-"


def packed(sought: Sought) -> str:
    """Return what is sought as a part of a custom_id."""
    return f"{sought.view}.{sought.topic or ANY_TOPIC}.{sought.words}"


def unpacked(about: str) -> Sought:
    """Return what a part of a custom_id says is sought. Raises ValueError for what nobody was given."""
    view, _, rest = about.partition(".")
    topic, _, words_ = rest.partition(".")
    return Sought(View(view), "" if topic == ANY_TOPIC else topic, words_[:MOST_WORDS])


def list_layout(rows: Sequence[Row], topics: dict[str, Topic], page: int, sought: Sought = ALL) -> Layout:
    """Return a page (counted from 0) of the claims that were found, with what looks for others."""
    last = max(0, (len(rows) - 1) // ON_PAGE)
    page = min(max(page, 0), last)
    shown = rows[page * ON_PAGE : (page + 1) * ON_PAGE]
    parts: list[ui.Item[Any]] = [ui.TextDisplay(_head(rows, topics, sought))]
    parts.append(ui.TextDisplay("\n".join(_line(each, topics) for each in shown) or _none(sought)))
    if shown:
        parts.append(ui.TextDisplay(f"-# Page {page + 1} of {last + 1}"))
    about = packed(sought)
    if shown:
        options = [(each.claim.id, each.claim.title) for each in shown]
        parts.append(values_row("klistopen", about, say("moderators.listings.look_at_one_of_them"), options))
    views = [(str(view), name) for view, name in words.VIEWS.items()]
    parts.append(values_row("klistview", about, "Which claims", views, str(sought.view)))
    known = [(topic.id, topic.title) for topic in topics.values() if topic.id != SERVER_TOPIC]
    choices = [(ANY_TOPIC, "Every topic"), (SERVER_TOPIC, "This server"), *known]
    parts.append(values_row("klisttopic", about, "Which topic", choices, sought.topic or ANY_TOPIC))
    row: ui.ActionRow[Any] = ui.ActionRow(Press("klistfind", about, "Search", emoji="🔎"))
    if page > 0:
        row.add_item(Press("klist", f"{page - 1}.{about}", "Back", emoji="◀️"))
    if page < last:
        row.add_item(Press("klist", f"{page + 1}.{about}", "Next", emoji="▶️"))
    if last > 1:
        row.add_item(Press("kjump", about, JUMP, emoji="🔢"))
    if sought.words:
        row.add_item(Press("klist", f"0.{packed(replace(sought, words=''))}", "Without search", emoji="✖️"))
    return Layout(box(wording.QUIET_COLOUR, *parts, row)).sealed()


def _head(rows: Sequence[Row], topics: dict[str, Topic], sought: Sought) -> str:
    marks = [words.VIEWS[sought.view]] if sought.view is not View.ANY else []
    if sought.topic:
        marks.append(topics[sought.topic].title if sought.topic in topics else "This server")
    if sought.words:
        marks.append(f"with “{discord.utils.escape_markdown(sought.words)}”")
    lines = [f"### Claims ({len(rows)})", *([f"**{' · '.join(marks)}**"] if marks else [])]
    if sought.view in words.VIEW_NOTES:
        lines.append(f"-# {words.VIEW_NOTES[sought.view]}")
    return "\n".join(lines)


def _none(sought: Sought) -> str:
    """Return why a list is empty, as far as what is sought tells it."""
    if sought.words:
        return words.NO_WORDS if sought.view is View.ANY and not sought.topic else words.NO_LIST
    return words.NO_LIST if sought.topic else words.EMPTY_VIEWS.get(sought.view, words.NO_LIST)


def _line(row: Row, topics: dict[str, Topic]) -> str:
    each = row.claim
    topic = topics[each.topic].title if each.topic in topics else "This server"
    marks = [f"`{each.id}`", topic]
    if row.down:
        marks.insert(0, f"👎\N{NO-BREAK SPACE}{row.down} 👍\N{NO-BREAK SPACE}{row.up}")
    if row.missed:
        marks.insert(0, f"missed {row.missed}×")
    if each.standing is not Standing.SHIPPED:
        marks.append(f"**{words.STANDINGS[each.standing]}**")
    if each.release_notice:
        marks.append(say("moderators.listings.shipped_one_has_changed_since"))
    title = discord.utils.escape_markdown(cut(each.title, 60))
    return f"- {title}\n  -# {' · '.join(marks)}"


def claim_layout(shown: Shown, picture: Picture | None = None) -> Layout:
    """Return one claim as members see it (or would, were it not hidden), with what can be done to it."""
    claim = shown.claim
    lines = [f"`{claim.id}` · {words.STANDINGS[shown.standing]}"]
    if shown.revision:
        lines.append(say("moderators.listings.changed_last_in_revision", revision=shown.revision))
    lines.append(f"-# {len(claim.questions)} questions lead here")
    if shown.release_notice:
        lines.append(say("moderators.listings.release_has_changed_shipped_claim_since"))
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
