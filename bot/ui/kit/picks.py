"""Lists to pick from that survive a restart: claims, roles, channels, or values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self, TypeAlias

import discord
from discord import ui

from bot.ui import wording
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.faults import tell
from bot.ui.kit.limits import label
from bot.ui.kit.pressable import Pressable

MOST_OPTIONS = 25

AnySelect: TypeAlias = ui.Select[Any] | ui.RoleSelect[Any] | ui.ChannelSelect[Any]


class Pick(Pressable[AnySelect], template=r"lp-pick:(?P<kind>[a-z]{1,12}):(?P<about>[^\n]{1,64})"):
    """A list: its `kind` chooses what happens, `about` says with what."""

    def __init__(self, kind: str, about: str, select: AnySelect) -> None:
        self.kind = kind
        self.about = about
        select.custom_id = f"lp-pick:{kind}:{about}"
        super().__init__(select)

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """Return the list that the custom_id names; what can be picked stands in the message alone."""
        return cls(match["kind"], match["about"], ui.Select())

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the list's kind stands for; a kind that is no more gets one sentence."""
        data: Mapping[str, Any] = interaction.data or {}
        picked = desk_of(interaction).handlers.lists.get(self.kind)
        if picked is None:
            await tell(interaction, wording.OLD_BUTTON)
        else:
            await picked(interaction, self.about, [str(value) for value in data.get("values", ())])


def values_row(
    kind: str,
    about: str,
    placeholder: str,
    options: Sequence[tuple[str, str]],
    chosen: str | None = None,
    *,
    several: bool = False,
) -> ui.ActionRow[Any]:
    """Return a list of (value, label), of which one is picked, or `several`; at most 25 of them are shown."""
    shown = [
        discord.SelectOption(label=label(text, 100), value=value, default=value == chosen)
        for value, text in options[:MOST_OPTIONS]
    ]
    most = len(shown) if several else 1
    select = ui.Select[Any](placeholder=label(placeholder, 150), options=shown, max_values=most)
    return ui.ActionRow(Pick(kind, about, select))


def roles_row(kind: str, about: str, placeholder: str, chosen: Iterable[int]) -> ui.ActionRow[Any]:
    """Return a list of the server's roles, of which any number up to 25 is picked."""
    defaults = [
        discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.role) for each in sorted(chosen)
    ]
    select = ui.RoleSelect[Any](
        placeholder=placeholder, min_values=0, max_values=MOST_OPTIONS, default_values=defaults[:MOST_OPTIONS]
    )
    return ui.ActionRow(Pick(kind, about, select))


def channels_row(
    kind: str,
    about: str,
    placeholder: str,
    chosen: Iterable[int],
    types: Sequence[discord.ChannelType],
    *,
    most: int = MOST_OPTIONS,
) -> ui.ActionRow[Any]:
    """Return a list of the server's channels of certain `types`, of which up to `most` are picked."""
    defaults = [
        discord.SelectDefaultValue(id=each, type=discord.SelectDefaultValueType.channel) for each in sorted(chosen)
    ]
    select = ui.ChannelSelect[Any](
        placeholder=placeholder,
        min_values=0,
        max_values=most,
        channel_types=list(types),
        default_values=defaults[:most],
    )
    return ui.ActionRow(Pick(kind, about, select))
