"""The forms (modals) behind "Ask more" and "Report". Like the buttons they carry their own state.

discord.py keeps a modal in memory until it is sent in, and forgets all of them in a restart; here the custom_id says
what the form is for, and `submitted` reads what came in.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, TypeAlias

import discord
from discord import ui

from bot.ui import faults
from bot.ui.desk import Interaction
from bot.ui.limits import cut

MOST_FORM_TITLE = 45
MOST_FORM_TEXT = 4000
PREFIX = "lp-form:"
_TEMPLATE = re.compile(PREFIX + r"(?P<kind>[a-z]{1,12}):(?P<claim>[^\n]{1,60}):\d{1,20}")

Received: TypeAlias = Callable[[Interaction, str, str], Awaitable[None]]
RECEIVERS: dict[str, Received] = {}
"""What each kind of form does with its claim id and text; `bot.ui.actions` fills it."""


class Form(ui.Modal):
    """A modal with one text field."""

    def __init__(
        self,
        kind: str,
        claim_id: str,
        opened_by: int,
        *,
        title: str,
        question: str,
        description: str,
        most: int = MOST_FORM_TEXT,
    ) -> None:
        """Make the form; `opened_by` is the interaction's id, since no two open forms may share a custom_id."""
        super().__init__(title=cut(title, MOST_FORM_TITLE), custom_id=f"{PREFIX}{kind}:{claim_id}:{opened_by}")
        field = ui.TextInput[Any](style=discord.TextStyle.paragraph, custom_id="text", min_length=2, max_length=most)
        self.add_item(ui.Label(text=cut(question, MOST_FORM_TITLE), description=description, component=field))

    async def show(self, interaction: Interaction) -> None:
        """Open the form; as a finished one, so that discord.py keeps no copy."""
        self.stop()
        await interaction.response.send_modal(self)

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """Answer for a form that discord.py itself ran."""
        await faults.answer_for(interaction, f"form {type(self).__name__}", error)


async def submitted(interaction: Interaction) -> None:
    """Hand on what was sent in with one of our forms; other modals are left alone. Never raises."""
    data: Mapping[str, Any] = interaction.data or {}
    match = _TEMPLATE.fullmatch(str(data.get("custom_id", "")))
    if match is None:
        return
    try:
        await RECEIVERS[match["kind"]](interaction, match["claim"], _text(data.get("components", ())))
    except Exception as fault:  # noqa: BLE001 -- a door: nothing may pass
        await faults.answer_for(interaction, f"form {match['kind']}", fault)


def _text(components: Iterable[Mapping[str, Any]]) -> str:
    for component in components:
        inner = component.get("component") or component
        if inner.get("custom_id") == "text":
            return str(inner.get("value", ""))
    return ""
