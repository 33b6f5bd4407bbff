"""One step of a moderator's work: where it happens, who takes it, and how it is answered, always privately."""

import io
from dataclasses import dataclass

import discord

from bot.core.model import Answer
from bot.errors import UserError
from bot.service import Service
from bot.service.access import Actor, Right, may, require
from bot.service.workshop import Workshop
from bot.ui import wording
from bot.ui.kit.desk import Interaction, desk_of
from bot.ui.kit.layout import Layout
from bot.ui.kit.pictures import Shown, picture_of


@dataclass(frozen=True, slots=True)
class Turn:
    """An interaction in a server, with the desks and whoever is at them."""

    interaction: Interaction
    workshop: Workshop
    guild: int
    actor: Actor

    async def require_moderator(self) -> None:
        """Raise UserError for whoever may neither edit nor review; what only shows something rests on it."""
        settings = await self.workshop.settings.certain(self.guild)
        if not may(settings, self.actor, Right.APPROVE):
            require(settings, self.actor, Right.EDIT)

    async def require_editor(self) -> None:
        """Raise UserError for whoever may not edit: before a form is opened, so that nobody types in vain."""
        await self.workshop.settings.require(self.guild, self.actor, Right.EDIT)

    @property
    def replaces(self) -> bool:
        """Whether the answer takes the place of the private message whose button was pressed."""
        message = self.interaction.message
        return message is not None and message.flags.ephemeral

    async def wait(self, *, beside: bool = False) -> None:
        """Tell Discord, once, that the answer takes a moment. `beside`: it comes as a message of its own."""
        if self.interaction.response.is_done():
            return
        if self.replaces and not beside:
            await self.interaction.response.defer()
        else:
            await self.interaction.response.defer(ephemeral=True, thinking=True)

    async def show(self, layout: Layout, *, beside: bool = False) -> None:
        """Show `layout` to the moderator alone. `beside`: in a message of its own."""
        response = self.interaction.response
        if response.is_done():
            await self.interaction.edit_original_response(view=layout, attachments=layout.files())
        elif self.replaces and not beside:
            await response.edit_message(view=layout, attachments=layout.files())
        else:
            await response.send_message(view=layout, files=layout.files(), ephemeral=True)

    async def picture_of(self, answer: Answer, service: Service) -> Shown | None:
        """Return the picture on the card of `answer`, None where there is none."""
        return await picture_of(answer, service.knowledge, desk_of(self.interaction).pictures, self.guild)

    async def hand_over(self, text: str, name: str, content: bytes) -> None:
        """Give the moderator a file, privately."""
        file = discord.File(io.BytesIO(content), filename=name)
        if self.interaction.response.is_done():
            await self.interaction.followup.send(text, file=file, ephemeral=True)
        else:
            await self.interaction.response.send_message(text, file=file, ephemeral=True)


def turn_of(interaction: Interaction) -> Turn:
    """Return the turn that `interaction` is. Raises UserError outside servers, StoreError without a database."""
    if interaction.guild_id is None:
        raise UserError(wording.ONLY_IN_SERVERS)
    return Turn(interaction, desk_of(interaction).workshop, interaction.guild_id, actor_of(interaction))


def actor_of(interaction: Interaction) -> Actor:
    """Return who acts, with their roles, as Discord tells it with each interaction."""
    member = interaction.user
    roles = frozenset(role.id for role in member.roles) if isinstance(member, discord.Member) else frozenset()
    held = interaction.permissions
    return Actor(member.id, roles, manages=held.manage_guild or held.administrator)
