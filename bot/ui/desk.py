"""What buttons and forms need of the client in which they are pressed."""

from typing import Any, Protocol, TypeAlias, cast

import discord

from bot.core.model import Answer
from bot.service.service import Service

Interaction: TypeAlias = discord.Interaction[Any]


class Desk(Protocol):
    """The client as the components see it: it answers, remembers, and passes reports on."""

    def service(self) -> Service:
        """Return the service with the knowledge of this moment."""
        ...

    async def ask(self, place: int | None, member: int, question: str) -> Answer:
        """Answer in the light of what `member` said in `place` before; never raises, whatever the text."""
        ...

    async def ask_once(self, question: str) -> Answer:
        """Answer a text that belongs to nobody's conversation; never raises."""
        ...

    def note_shown(self, place: int | None, member: int, claim_id: str) -> None:
        """Remember which claim `member` saw last in `place`, so that a follow-up goes on from it."""
        ...

    def note_feedback(self, claim_id: str, kind: str) -> None:
        """Count one press: no member, no place, no text."""
        ...

    async def pass_on_report(self, about: str, text: str) -> None:
        """Hand a report to the host, without who wrote it."""
        ...

    def is_stale(self, interaction: Interaction) -> bool:
        """Say whether the interaction is too old to be answered: Discord gives three seconds."""
        ...


def desk_of(interaction: Interaction) -> Desk:
    """Return the client that got `interaction`, as the desk that it is."""
    return cast("Desk", interaction.client)
