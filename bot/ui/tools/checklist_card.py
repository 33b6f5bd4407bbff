"""The checklist between sets as a card: what is left on top, each step with a button, what is done below.

Its whole state stands in its components, so that it outlives a restart with no database: owner, machine, goal and version
in each custom_id, the mask of ticked steps in that of the select. A button's custom_id stays the same while others are
ticked: Discord refuses a press of one that is gone, and a quick second tap is made on what the first one has just changed.
"""

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Self

import discord
from discord import ui

from bot.core.checklist import PAINFUL, PRESSES, Checklist, Goal, Item, checklist, is_ticked, ticked, unticked
from bot.core.model import Knowledge
from bot.sentences import say
from bot.ui import wording
from bot.ui.answer.sending import edit
from bot.ui.kit.buttons import Press, custom_ids
from bot.ui.kit.desk import Desk, Interaction, desk_of
from bot.ui.kit.faults import tell
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.limits import cut, label
from bot.ui.kit.pressable import Pressable
from bot.ui.kit.ticks import State

NOT_YOURS = say("card.checklist_card.not_yours")
CHANGED = say("card.checklist_card.changed")
HOW_TO = say("card.checklist_card.how_to")
ALL_DONE = say("card.checklist_card.all_done")
UNTICK, START_OVER = say("card.checklist_card.untick_step"), "Start over"

TO_DO_COLOUR, DONE_COLOUR = 0x0072B2, 0x3BA55D
OPEN, FULL = "▱", "▰"
MOST_STEP, MOST_DONE = 240, 70
"""Characters of a step: to do, and done. Twelve of each, with the safety line, stay under Discord's 4,000."""
MOST_OPTION = 100
_ALL = "all"
_STATE = re.compile(
    r"(?P<owner>\d{1,20}):(?P<machine>[a-z]{1,12}):(?P<goal>[A-Z]{1,12}):(?P<version>[0-9a-f]{8})(:(?P<mask>[0-9a-f]{1,4}))?"
)


class Untick(Pressable[ui.Select[Any]], template=r"lp-untick:(?P<state>[^\n]{1,80})"):
    """The select below what is done: takes a tick back, or all of them."""

    def __init__(self, packed: str, options: list[discord.SelectOption] | None = None) -> None:
        self.packed = packed
        shown = options or [discord.SelectOption(label=START_OVER, value=_ALL)]
        super().__init__(ui.Select(placeholder=UNTICK, options=shown, custom_id=f"lp-untick:{packed}"))

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """Return the select that the custom_id names."""
        return cls(match["state"])

    def is_held(self, _desk: Desk, /) -> bool:
        """Say that a stop holds the steps at the machine back."""
        return True

    async def pressed(self, interaction: Interaction) -> None:
        """Take back what was chosen."""
        for value in self.item.values[:1]:
            if value == _ALL:
                await _change(interaction, self.packed, lambda _: 0)
            elif value.isdecimal():
                await _change(interaction, self.packed, partial(unticked, index=int(value)))


def checklist_layout(found: Checklist, state: State, *, safety_line: str = "", note: str = "") -> Layout:
    """Return the card of a checklist. `note` stands in the place of the hint at how it works."""
    mask = found.valid(state.mask)
    left = found.left(mask)
    done = len(found.items) - len(left)
    head = f"### {found.title}\n**{_progress(done, len(found.items))}** {FULL * done}{OPEN * len(left)}"
    head += f"\n-# {note or (HOW_TO if left else ALL_DONE)}"
    items: list[ui.Item[Any]] = [ui.TextDisplay(head), *_to_do(found, mask, _packed(found, state))]
    if done:
        lines = [f"-# ✅ ~~{cut(item.text, MOST_DONE)}~~" for _, item in _ticked(found, mask)]
        items.append(ui.TextDisplay("\n".join(["**Done**", *lines])))
        items.append(ui.ActionRow(Untick(f"{_packed(found, state)}:{mask:x}", _options(found, mask))))
    if safety_line and found.goal in PAINFUL:
        items.append(ui.TextDisplay(safety_line))
    return Layout(box(TO_DO_COLOUR if left else DONE_COLOUR, *items)).sealed()


def _progress(done: int, of: int) -> str:
    return "All done." if done == of else f"{done} of {of} done"


def _to_do(found: Checklist, mask: int, packed: str) -> Iterator[ui.Item[Any]]:
    phase = None
    for index, item in enumerate(found.items):
        if is_ticked(mask, index):
            continue
        name = f"**{item.phase}**\n" if item.phase is not phase else ""
        phase = item.phase
        yield ui.Section(
            ui.TextDisplay(name + cut(item.text, MOST_STEP)),
            accessory=Press("tick", f"{index}:{packed}", "Tick", emoji="⬜"),
        )


def _ticked(found: Checklist, mask: int) -> list[tuple[int, Item]]:
    return [(index, item) for index, item in enumerate(found.items) if is_ticked(mask, index)]


def _options(found: Checklist, mask: int) -> list[discord.SelectOption]:
    options = [
        discord.SelectOption(label=label(item.text, MOST_OPTION), value=str(index))
        for index, item in _ticked(found, mask)
    ]
    return [*options, discord.SelectOption(label=START_OVER, value=_ALL)]


def _packed(found: Checklist, state: State) -> str:
    return f"{state.owner}:{found.press.key}:{found.goal.name}:{state.version}"


def _mask_shown(message: discord.Message) -> int:
    """Return what is ticked on the message, as its select says; without one nothing is."""
    for custom_id in custom_ids(message.components):
        match = Untick.__discord_ui_compiled_template__.fullmatch(custom_id)
        held = _STATE.fullmatch(match["state"]) if match else None
        if held is not None and held["mask"]:
            return int(held["mask"], 16)
    return 0


async def tick(interaction: Interaction, packed: str) -> None:
    """Tick the step whose button was pressed."""
    index, _, state = packed.partition(":")
    if not index.isdecimal():
        await tell(interaction, wording.OLD_BUTTON)
        return
    await _change(interaction, state, partial(ticked, index=int(index)))


async def _change(interaction: Interaction, packed: str, change: Callable[[int], int]) -> None:
    match = _STATE.fullmatch(packed)
    message = interaction.message
    if match is None or message is None or match["machine"] not in PRESSES or match["goal"] not in Goal.__members__:
        await tell(interaction, wording.OLD_BUTTON)
        return
    seen = State(int(match["owner"]), match["version"], _mask_shown(message))
    if interaction.user.id != seen.owner:
        await tell(interaction, NOT_YOURS)
        return
    desk = desk_of(interaction)
    service = await desk.service_for(interaction.guild_id)
    found = _current(service.knowledge, match)
    board = desk.ticks.changed(message.id, seen, found.version, change)
    note = "" if seen.version == found.version else CHANGED
    # One edit after the other, each with all taps so far: the last one to arrive must not be an older one.
    async with board.turn:
        layout = checklist_layout(
            found, State(seen.owner, board.version, board.mask), safety_line=service.safety_line, note=note
        )
        await edit(interaction, layout)


def _current(knowledge: Knowledge, match: re.Match[str]) -> Checklist:
    return checklist(knowledge, PRESSES[match["machine"]], Goal[match["goal"]])


HANDLERS = Handlers(buttons={"tick": tick}, held=frozenset({"tick"}))
