"""Differences between two states as a ```diff block: cut at whole lines, with the whole as a file beside it."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.core.diff import ItemDiff
from bot.sentences import say
from bot.service.draft_values import Conflict
from bot.ui import wording
from bot.ui.curation import words
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.limits import cut, whole_items

MOST_BLOCK = 3000
MOST_OF_TWO = 1400
LONGEST_LINE = 700
"""In a message; the file has the whole line."""
PHONE = 27
"""Characters of a code block's line on a phone, which does not break them by itself."""


@dataclass(frozen=True, slots=True)
class Block:
    """A difference as a message shows it; `rest` is how many lines only the file has."""

    text: str
    rest: int
    whole: bytes

    @property
    def is_cut(self) -> bool:
        """Whether something is in the file alone."""
        return self.rest > 0


def block(differences: Sequence[ItemDiff], most: int = MOST_BLOCK) -> Block:
    """Return the differences in at most `most` characters: whole lines only, broken where a phone's screen ends."""
    lines = [line for each in differences for line in each.lines()]
    if not lines:
        return Block(words.NO_DIFFERENCE, 0, b"")
    shown = [_broken(cut(line, LONGEST_LINE) if len(line) > LONGEST_LINE else line) for line in lines]
    fitting = whole_items(shown, most - 60)
    rest = len(lines) - fitting
    shortened = sum(1 for line in lines[:fitting] if len(line) > LONGEST_LINE)
    tail = [say("moderators.differences.more_in_the_file", rest=rest, s="s" if rest > 1 else "")] if rest else []
    whole = "\n".join(line for each in differences for line in _whole(each))
    return Block("\n".join(["```diff", *shown[:fitting], *tail, "```"]), rest + shortened, f"{whole}\n".encode())


def _broken(line: str) -> str:
    """Return a line of a difference broken for a phone, each part marked as the line is, and none ending the block."""
    mark, text = line[:2], line[2:].replace("```", "'''")
    indent = f"{mark} " if mark in {"- ", "+ "} else "   "
    return "\n".join(
        textwrap.wrap(
            text,
            PHONE,
            initial_indent=mark,
            subsequent_indent=indent,
            break_on_hyphens=False,
            replace_whitespace=False,
        )
    )


def _whole(difference: ItemDiff) -> list[str]:
    """Return a difference as `ItemDiff.lines` does, with long texts in full."""
    lines = difference.lines()[:1]
    for each in difference.fields:
        lines.append(f"  {each.label}")
        lines += [f"- {' '.join(text.split())}" for text in each.removed]
        lines += [f"+ {' '.join(text.split())}" for text in each.added]
    return lines


def difference_layout(heading: str, shown: Block, *buttons: Press) -> Layout:
    """Return a difference under its heading, with what can be done about it."""
    row: ui.ActionRow[Any] = ui.ActionRow(*buttons)
    return Layout(box(wording.QUIET_COLOUR, ui.TextDisplay(heading), ui.TextDisplay(shown.text), row)).sealed()


def conflict_layout(draft_id: int, conflict: Conflict) -> tuple[Layout, bytes | None]:
    """Return both changes of a conflict with the choice between them, and both whole where they had to be cut."""
    theirs, mine = block([conflict.theirs], MOST_OF_TWO), block([conflict.mine], MOST_OF_TWO)
    revision = conflict.their_revision
    why = f": {discord.utils.escape_markdown(revision.why)}" if revision.why else ""
    layout = Layout(
        box(
            wording.WARNING_COLOUR,
            ui.TextDisplay(f"### Somebody was faster\n{conflict}"),
            ui.TextDisplay(
                say(
                    "moderators.differences.theirs",
                    number=revision.number,
                    person=person(revision.author),
                    why=why,
                )
            ),
            ui.TextDisplay(theirs.text),
            ui.TextDisplay("**Yours**, not live"),
            ui.TextDisplay(mine.text),
            ui.ActionRow(
                Press(
                    "kmine",
                    str(draft_id),
                    say("moderators.differences.keep_mine_on_top"),
                    emoji="⬆️",
                    style=discord.ButtonStyle.primary,
                ),
                Press("kdrop", str(draft_id), "Discard mine", emoji="🗑️", style=discord.ButtonStyle.danger),
            ),
        )
    ).sealed()
    whole = b"Theirs\n" + theirs.whole + b"\nYours\n" + mine.whole
    return layout, whole if theirs.is_cut or mine.is_cut else None


def person(member: int | None) -> str:
    """Return who made a change; nobody is pinged by it."""
    return words.FORGOTTEN if member is None else f"<@{member}>"
