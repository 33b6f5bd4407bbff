"""The buttons under an answer: `lp:<kind>:<claim id>` says all there is to know, so that they outlive a restart."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, Self

import discord
from discord import ui

from bot.ui import wording
from bot.ui.kit.desk import Desk, Interaction, desk_of
from bot.ui.kit.faults import tell
from bot.ui.kit.pressable import Pressable

NO_CLAIM = "-"
"""In the place of a claim id, on messages that show no claim."""

_ON_EVERY_CARD = frozenset({"why", "card"})
"""Every card has one of these buttons: "Why", or, where that is open, the one that closes it."""


def claim_shown(message: discord.Message) -> str:
    """Return the id of the claim whose card `message` is; "" where it is none."""
    for custom_id in custom_ids(message.components):
        match = Press.__discord_ui_compiled_template__.fullmatch(custom_id)
        if match is not None and match["kind"] in _ON_EVERY_CARD:
            return str(match["claim"])
    return ""


def custom_ids(components: Iterable[Any]) -> Iterator[str]:
    """Return the custom_ids of a message's components, nested ones and those beside a section too."""
    for component in components:
        custom_id = getattr(component, "custom_id", None)
        if custom_id:
            yield custom_id
        yield from custom_ids(getattr(component, "children", ()))
        accessory = getattr(component, "accessory", None)
        if accessory is not None:
            yield from custom_ids([accessory])


FIRST_LINE, LAST_LINE, LEAD_LINE = 7002, 7001, 7003
"""The component ids of what a card begins and ends with, and of a first line that was chosen for the question, by which they
are found again when a button changes the card."""


def is_card_alone(message: discord.Message) -> bool:
    """Say whether `message` is a claim's card and nothing else but the button that explains it."""
    boxes = [each for each in message.components if not isinstance(each, discord.components.ActionRow)]
    return len(boxes) == 1 and claim_shown(message) != ""


def has_button(message: discord.Message, kind: str) -> bool:
    """Say whether a button of that kind stands on `message`."""
    return any(custom_id.startswith(f"lp:{kind}:") for custom_id in custom_ids(message.components))


def last_line(message: discord.Message | None) -> str:
    """Return what the card of `message` ends with (a caution, the safety line); "" where it does not say."""
    return _line(message, LAST_LINE)


def first_line_of(message: discord.Message | None) -> str:
    """Return what the card of `message` says before the claim (whom to ask first); "" where it does not say."""
    return _line(message, FIRST_LINE)


def lead_line_of(message: discord.Message | None) -> str:
    """Return the first line that the card of `message` has for its question; "" where it has the claim's own."""
    return _line(message, LEAD_LINE).removeprefix("**").removesuffix("**")


def _line(message: discord.Message | None, component: int) -> str:
    found = (each for each in _within(message.components if message else ()) if getattr(each, "id", None) == component)
    return next((str(each.content) for each in found if getattr(each, "content", "")), "")


def _within(components: Iterable[Any]) -> Iterator[Any]:
    for component in components:
        yield component
        yield from _within(getattr(component, "children", ()))


class Press(Pressable[ui.Button[Any]], template=r"lp:(?P<kind>[a-z]{1,12}):(?P<claim>[^\n]{1,80})"):
    """A button: its `kind` chooses the action, `claim_id` says for which claim (or, for moderators, which draft)."""

    def __init__(
        self,
        kind: str,
        claim_id: str,
        text: str = "…",
        *,
        emoji: str | None = None,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        disabled: bool = False,
    ) -> None:
        self.kind = kind
        self.claim_id = claim_id
        super().__init__(
            ui.Button(
                label=text or None,
                emoji=emoji,
                style=style,
                disabled=disabled,
                custom_id=f"lp:{kind}:{claim_id}",
            )
        )

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """Return the button that the custom_id names."""
        return cls(match["kind"], match["claim"])

    def is_held(self, desk: Desk, /) -> bool:
        """Say whether the button's kind is one that a stop holds back."""
        return self.kind in desk.handlers.held

    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button's kind stands for; a kind that is no more gets one sentence."""
        action = desk_of(interaction).handlers.buttons.get(self.kind)
        if action is None:
            await tell(interaction, wording.OLD_BUTTON)
        else:
            await action(interaction, self.claim_id)
