"""The forms (modals): those with one text behind "Ask more" and "Report", and those with several fields.

Like the buttons they carry their own state.

discord.py keeps a modal in memory until it is sent in, and forgets all of them in a restart; here the custom_id says
what the form is for, and `submitted` reads what came in.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import discord
from discord import ui

from bot.core.visible import as_kept
from bot.ui import wording
from bot.ui.kit import faults
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.limits import cut

MOST_FORM_TITLE = 45
MOST_FORM_TEXT = 4000
PREFIX = "lp-form:"
_TEMPLATE = re.compile(PREFIX + r"(?P<kind>[a-z]{1,12}):(?P<claim>[^\n]{1,64}):\d{1,20}")


class OwnForm(ui.Modal):
    """A modal whose custom_id says what it is for."""

    def __init__(self, kind: str, about: str, opened_by: int, *, title: str) -> None:
        """Make an empty form; `opened_by` is the interaction's id, since no two open forms may share a custom_id."""
        super().__init__(title=cut(title, MOST_FORM_TITLE), custom_id=f"{PREFIX}{kind}:{about}:{opened_by}")

    async def show(self, interaction: Interaction) -> None:
        """Open the form; as a finished one, so that discord.py keeps no copy."""
        self.stop()
        await interaction.response.send_modal(self)

    async def on_error(self, interaction: Interaction, error: Exception, /) -> None:  # type: ignore[override]
        """Answer for a form that discord.py itself ran."""
        await faults.answer_for(interaction, f"form {type(self).__name__}", error)


class FieldsForm(OwnForm):
    """A modal with up to five fields: texts, and choices out of a list."""

    def add_text(
        self, name: str, question: str, *, description: str, value: str, most: int, required: bool, long: bool
    ) -> None:
        """Add a text field that holds `value` at first."""
        style = discord.TextStyle.paragraph if long else discord.TextStyle.short
        field = ui.TextInput[Any](
            style=style, custom_id=name, default=value[:most] or None, max_length=most, required=required
        )
        self.add_item(ui.Label(text=cut(question, MOST_FORM_TITLE), description=cut(description, 100), component=field))

    def add_choice(
        self, name: str, question: str, *, description: str, options: Sequence[tuple[str, str]], value: str
    ) -> None:
        """Add a list of (value, label) with `value` chosen at first."""
        select = ui.Select[Any](
            custom_id=name,
            options=[
                discord.SelectOption(label=cut(text, 100), value=each, default=each == value)
                for each, text in options[:25]
            ],
            required=True,
        )
        self.add_item(
            ui.Label(text=cut(question, MOST_FORM_TITLE), description=cut(description, 100), component=select)
        )


class Form(OwnForm):
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
        least: int = 2,
    ) -> None:
        """Make the form; `opened_by` is the interaction's id."""
        super().__init__(kind, claim_id, opened_by, title=title)
        field = ui.TextInput[Any](
            style=discord.TextStyle.paragraph, custom_id="text", min_length=least, max_length=most
        )
        self.add_item(ui.Label(text=cut(question, MOST_FORM_TITLE), description=description, component=field))


async def submitted(interaction: Interaction) -> None:
    """Hand on what was sent in with one of our forms; one of a kind that is no more gets a sentence. Never raises."""
    data: Mapping[str, Any] = interaction.data or {}
    match = _TEMPLATE.fullmatch(str(data.get("custom_id", "")))
    handlers = desk_of(interaction).handlers
    if match is None or match["kind"] not in {**handlers.forms, **handlers.texts}:
        await faults.tell(interaction, wording.OLD_FORM)
        return
    try:
        typed = _typed(data.get("components", ()))
        try:
            if match["kind"] in handlers.forms:
                await handlers.forms[match["kind"]](interaction, match["claim"], typed)
            else:
                await handlers.texts[match["kind"]](interaction, match["claim"], typed.get("text", ""))
        finally:  # what was typed is an alarm also where the form's own business fails
            if match["kind"] in handlers.spoken:
                await desk_of(interaction).alarmed(interaction, *typed.values())
    except Exception as fault:  # noqa: BLE001 -- a door: nothing may pass
        await faults.answer_for(interaction, f"form {match['kind']}", fault)


def _typed(components: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the text of each field, or the one value chosen there, by custom_id."""
    typed: dict[str, str] = {}
    for component in components:
        inner = component.get("component") or component
        values = inner.get("values")
        value = values[0] if values else inner.get("value")
        typed[str(inner.get("custom_id", ""))] = as_kept(str(value or ""))
    return typed
