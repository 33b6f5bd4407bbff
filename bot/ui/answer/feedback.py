"""Why an answer did not help: one choice out of five, counted without anybody's name."""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.sentences import say
from bot.ui import wording
from bot.ui.answer.replies import plain
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.pressable import Pressable


class Reason(Pressable[ui.Select[Any]], template=r"lp-reason:(?P<claim>[^\n]{1,80})"):
    """The select that follows "Not helpful"."""

    def __init__(self, claim_id: str) -> None:
        self.claim_id = claim_id
        options = [discord.SelectOption(label=text, value=value) for value, text in wording.REASONS.items()]
        super().__init__(
            ui.Select(
                placeholder=say("card.feedback.pick_what_fits_best"), options=options, custom_id=f"lp-reason:{claim_id}"
            )
        )

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        """Return the select that the custom_id names."""
        return cls(match["claim"])

    async def pressed(self, interaction: Interaction) -> None:
        """Count the reason, and put thanks in the place of the question."""
        desk = desk_of(interaction)
        guild = interaction.guild_id
        if self.claim_id in (await desk.service_for(guild)).knowledge.claims:
            for reason in self.item.values:
                if reason in wording.REASONS:
                    desk.note_feedback(guild, interaction.user.id, self.claim_id, f"not helpful: {reason}")
        await interaction.response.edit_message(view=plain(wording.THANKS_REASON))


def reasons_layout(claim_id: str) -> Layout:
    """Return the private message that asks why the claim's answer did not help."""
    return Layout(
        box(wording.QUIET_COLOUR, ui.TextDisplay(wording.ASK_WHY_NOT), ui.ActionRow(Reason(claim_id)))
    ).sealed()
