"""What Discord accepts in one message, and how long text is made to fit it."""

import re
from collections.abc import Iterator, Sequence

from discord import ui

from bot.core.lead import sentence_ends
from bot.sentences import say

MOST_TEXT = 4000
"""Characters over all text of one message with Components V2 (`LayoutView.content_length`)."""
MOST_COMPONENTS = 40
MOST_PARAGRAPHS = 19
"""On a page; with a line between each two and the container around them that is under 40 components."""
MOST_LABEL = 80
MOST_CHOICE = 100
"""Of what autocomplete offers, and of its value."""
MOST_CUSTOM_ID = 100
MOST_DESCRIPTION = 100
"""Of a command; a choice's name and value have the same limit."""
MOST_QUESTION = 6000
"""Characters of a string option, and what is read of a message."""


def cut(text: str, most: int) -> str:
    """Return `text` in at most `most` characters: whole, or up to a sentence's end, or a word's, with "…"."""
    text = text.strip()
    if len(text) <= most:
        return text
    room = max(0, most - 2)
    ends = [end for end in sentence_ends(text) if end <= room]
    if ends and ends[-1] >= room // 3:
        return text[: ends[-1]].rstrip() + " …"
    space = text.rfind(" ", room // 3, room + 1)
    return (text[: space if space > 0 else room].rstrip() + " …")[:most]


def label(text: str, most: int = MOST_LABEL) -> str:
    """Return one line that fits a button's or choice's label."""
    return cut(" ".join(text.split()) or "…", most)


_MARKS = re.compile(
    r"\\(?P<sign>\W|_)|\[(?P<words>(?:\\.|[^\[\]\\])+)\]\(<?(?P<link>[^)>]*)>?\)|^(?:-# |#{1,3} )|\*+", re.MULTILINE
)


def without_marks(text: str) -> str:
    """Return a text of a message as it stands in a file: what Markdown marks without its marks, links after their words.

    Signs that were escaped, since somebody typed them, stand as they were typed.
    """
    return _MARKS.sub(_unmarked, text)


def _unmarked(found: re.Match[str]) -> str:
    if found["link"] is not None:
        return f"{without_marks(found['words'])} ({found['link']})"
    return found["sign"] or ""


def whole_items(items: Sequence[str], room: int) -> int:
    """Return how many of `items`, each on its own line, fit in `room` characters."""
    fitting = 0
    for item in items:
        room -= len(item) + 1
        if room < 0:
            break
        fitting += 1
    return fitting


def pages(paragraphs: Sequence[str], most: int = MOST_TEXT) -> list[list[str]]:
    """Share out `paragraphs`, in order, over as many messages as they need; one too long alone is split, never cut."""
    shared: list[list[str]] = [[]]
    room = most
    for paragraph in paragraphs:
        for piece in _pieces(paragraph, most):
            if shared[-1] and (len(piece) > room or len(shared[-1]) == MOST_PARAGRAPHS):
                shared.append([])
                room = most
            shared[-1].append(piece)
            room -= len(piece)
    return [page for page in shared if page]


def _pieces(paragraph: str, most: int) -> Iterator[str]:
    while len(paragraph) > most:
        at = paragraph.rfind(" ", 0, most)
        at = at if at > 0 else most
        yield paragraph[:at]
        paragraph = paragraph[at:].lstrip()
    if paragraph:
        yield paragraph


def faults(view: ui.LayoutView) -> list[str]:
    """Return what Discord would refuse in `view`, one sentence each; [] where nothing."""
    found = []
    if (length := view.content_length()) > MOST_TEXT:
        found.append(say("card.limits.characters_of_text", length=length, most_text=MOST_TEXT))
    if (count := view.total_children_count) > MOST_COMPONENTS:
        found.append(f"{count} components, {MOST_COMPONENTS} are allowed")
    if not view.children:
        found.append("an empty message")
    ids: set[str] = set()
    for item in view.walk_children():
        if isinstance(item, ui.TextDisplay) and not item.content.strip():
            found.append("an empty text")
        custom_id = getattr(item, "custom_id", None)
        if custom_id is None:
            continue
        if len(custom_id) > MOST_CUSTOM_ID:
            found.append(
                say("card.limits.custom_id_of_characters", count=len(custom_id), most_custom_id=MOST_CUSTOM_ID)
            )
        if custom_id in ids:
            found.append(f"custom_id {custom_id} twice")
        ids.add(custom_id)
    return found


def assert_fits(view: ui.LayoutView) -> None:
    """Raise ValueError with every limit of Discord's that `view` breaks; discord.py checks only some of them."""
    if found := faults(view):
        raise ValueError(say("card.limits.refused") + "; ".join(found) + ".")
