"""What stands behind "Why" and "Sources": as many messages as it takes, since no caveat is ever cut."""

from collections.abc import Iterator
from typing import Any

from discord import ui

from bot.core.model import Claim, Knowledge
from bot.core.references import readable
from bot.ui import wording
from bot.ui.card import avoid_text, is_shortened, steps_text, unknown_text
from bot.ui.citations import citations
from bot.ui.layout import Layout, box, rule
from bot.ui.limits import pages


def why_layouts(claim: Claim, knowledge: Knowledge, *, safety_line: str = "") -> list[Layout]:
    """Return the reasons, what nobody knows, and whatever the card had no room for."""
    claim = readable(claim, knowledge)
    parts = [f"### {claim.title}\n**Why**", claim.why or wording.NO_REASONS, unknown_text(claim)]
    if is_shortened(claim, knowledge):
        parts[1:1] = [claim.answer, steps_text(claim), avoid_text(claim)]
    return _layouts(claim, [*parts, safety_line])


def source_layouts(claim: Claim, knowledge: Knowledge) -> list[Layout]:
    """Return the formal citations with their links and caveats, or say that none fits."""
    head = f"### {claim.title}\n**Sources**"
    if claim.added_by_server:
        head += f"\n-# {wording.ADDED_BY_SERVER}; {wording.NOT_CHECKED}"
    return _layouts(claim, [head, *citations(claim, knowledge)])


def _layouts(claim: Claim, parts: list[str]) -> list[Layout]:
    colour = wording.COLOURS[claim.verdict]
    shared = pages([part for part in parts if part])
    return [Layout(box(colour, *_ruled(page))).sealed() for page in shared]


def _ruled(page: list[str]) -> Iterator[ui.Item[Any]]:
    for number, part in enumerate(page):
        if number > 1:  # the heading stands with what it heads
            yield rule()
        yield ui.TextDisplay(part)
