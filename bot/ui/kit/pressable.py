"""Components that carry their own state in their custom_id, and close the doors that discord.py leaves open."""

import re
from typing import Any, Self, TypeVar, cast, final

from discord import ui

from bot.ui import wording
from bot.ui.kit import faults
from bot.ui.kit.desk import Desk, Interaction, desk_of

ItemT = TypeVar("ItemT", bound=ui.Item[Any])


class Pressable(ui.DynamicItem[ItemT], template=r"(?!)"):
    """A button or select that survives a restart.

    discord.py only logs what a DynamicItem's `from_custom_id` and `callback` raise, and swallows what its
    `interaction_check` raises: here each of the three answers the member instead. Subclasses give `parsed` and
    `pressed`.
    """

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """Return the item that `match`, of its template on the custom_id, stands for."""
        raise NotImplementedError

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the component is for. May raise anything."""
        raise NotImplementedError

    def is_held(self, _desk: Desk, /) -> bool:
        """Say whether a stop holds back what the component brings, because that is training advice or leads to it."""
        return False

    @final
    @classmethod
    async def from_custom_id(cls, interaction: Interaction, _item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """Read the custom_id; where that fails the member is told, and what is returned does nothing."""
        try:
            return cls.parsed(match)
        except Exception as fault:  # noqa: BLE001 -- a door: nothing may pass
            await faults.answer_for(interaction, f"reading {cls.__name__}", fault)
            return cast("Self", Spent())

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Let the press through unless nobody is waiting for it any more, or a stop holds it back."""
        try:
            desk = desk_of(interaction)
            if desk.is_stale(interaction):
                return False
            return not (self.is_held(desk) and await desk.held_back(interaction))
        except Exception as fault:  # noqa: BLE001
            await faults.answer_for(interaction, f"checking {type(self).__name__}", fault)
            return False

    @final
    async def callback(self, interaction: Interaction) -> None:
        """Run `pressed`; whatever it raises is answered."""
        try:
            await self.pressed(interaction)
            if not interaction.response.is_done():
                await faults.tell(interaction, wording.OLD_BUTTON)
        except Exception as fault:  # noqa: BLE001
            await faults.answer_for(interaction, f"pressing {type(self).__name__}", fault)


class Spent(Pressable[ui.Button[Any]], template=r"lp-spent"):
    """What a custom_id that could not be read becomes: the member has been told, and nothing more happens."""

    def __init__(self) -> None:
        super().__init__(ui.Button(custom_id="lp-spent", label="…"))

    async def interaction_check(self, _interaction: Interaction, /) -> bool:
        """Let nothing through."""
        return False
