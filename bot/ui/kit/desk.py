"""What buttons and forms need of the client in which they are pressed."""

from collections.abc import Hashable, Iterable
from typing import Any, Protocol, TypeAlias, cast

import discord

from bot.core.model import Answer, Stop
from bot.service.allowance import Allowance
from bot.service.conversations import NO_CONTEXT, Context
from bot.service.recent import Recent
from bot.service.service import Service
from bot.service.workshop import Workshop
from bot.ui.kit.asked import Asked
from bot.ui.kit.handlers import Handlers
from bot.ui.kit.kept import Kept
from bot.ui.kit.pictures import Pictures, Whose
from bot.ui.kit.taught import TaughtLately
from bot.ui.kit.ticks import Ticks

Interaction: TypeAlias = discord.Interaction[Any]
Person: TypeAlias = discord.User | discord.Member
SentCards: TypeAlias = Recent[Hashable, Kept]
"""Cards as Discord takes them, by all that they depend on."""
MOST_CARDS = 256
"""So many are kept, of some kilobytes each; their pictures are not in them."""


class Desk(Protocol):
    """What components ask of their client: it answers, remembers, and passes reports on (`bot.client.desk` does)."""

    ticks: Ticks
    """What keeps quick taps on a checklist together."""
    asked: Asked
    """What moderators asked privately in the last minutes, so that it can be explained to them."""
    taught: TaughtLately
    """What moderators are teaching from messages."""
    pictures: Pictures
    """What draws the pictures of messages."""
    cards: SentCards
    """The cards that went out lately."""
    handlers: Handlers
    """What is done when something is pressed, picked or sent in."""

    site_url: str
    """Where the pages of the claims are on the web, without a slash at the end; "" for nowhere."""

    @property
    def workshop(self) -> Workshop:
        """What moderators work with. Raises StoreError where no database is open."""
        ...

    async def service_for(self, guild: int | None) -> Service:
        """Return the service with what a server made of the knowledge (None: as it is shipped); never raises."""
        ...

    async def ask(
        self,
        place: int | None,
        member: int,
        question: str,
        guild: int | None = None,
        *,
        private: bool = False,
        context: Context = NO_CONTEXT,
    ) -> Answer:
        """Answer in the light of what `member` said in `place` before; never raises. `private`: only they read it.

        `context`: what the question stands in beside its own words.
        """
        ...

    async def ask_once(self, question: str, guild: int | None = None) -> Answer:
        """Answer a text that belongs to nobody's conversation; never raises."""
        ...

    async def held(
        self, place: int | None, member: int, guild: int | None = None, *, private: bool = False, again: bool = False
    ) -> Answer | None:
        """Return the stop that a member gets in place of what no words ask for; None where none holds. Never raises."""
        ...

    async def held_back(self, interaction: Interaction) -> bool:
        """Give whoever sent the interaction the stop that holds for them there, and say whether one does."""
        ...

    async def alarmed(self, interaction: Interaction, *fields: str) -> bool:
        """Give the stop for an alarm that was typed into a form's fields, and say whether it was one."""
        ...

    async def alarm(
        self, place: int | None, member: int, text: str, guild: int | None = None, *, proxy: bool = False
    ) -> Answer | None:
        """Return the stop for an alarm written elsewhere than in a question; None where it is none. `proxy`: by somebody else.

        Raises GateFailedError where the gate fails or takes too long.
        """
        ...

    async def stop_in(self, text: str, guild: int | None = None, member: int | None = None) -> Stop | None:
        """Return the stop that a text by itself gets; nobody's conversation changes. Raises what `alarm` does."""
        ...

    def note_answered(self, guild: int | None, member: int, answer: Answer, people: Iterable[Person]) -> None:
        """Count an answer that has gone out; the names of `people` are struck from what is kept of the question."""
        ...

    def note_shown(self, place: int | None, member: int, claim_id: str) -> None:
        """Remember which claim `member` saw last in `place`, so that a follow-up goes on from it."""
        ...

    def forget(self, member: int) -> None:
        """Forget what is in memory of what a member said."""
        ...

    def note_feedback(self, guild: int | None, member: int, claim_id: str, kind: str) -> None:
        """Count one press, once a day for each member; who pressed is not kept with it."""
        ...

    @property
    def reports(self) -> Allowance:
        """How many reports a member may send."""
        ...

    @property
    def server_reports(self) -> Allowance:
        """How many reports may come from one server."""
        ...

    async def pass_on_report(self, about: str, text: str) -> None:
        """Hand a report to the host, without who wrote it."""
        ...

    def is_stale(self, interaction: Interaction) -> bool:
        """Say whether the interaction is too old to be answered: Discord gives three seconds."""
        ...


def desk_of(interaction: Interaction) -> Desk:
    """Return the desk of the client that got `interaction`."""
    return cast("Desk", interaction.client.desk)


def whose(interaction: Interaction) -> Whose:
    """Return the server and the member for whom something is worked out; a direct message is a member's own place."""
    return interaction.guild_id or interaction.user.id, interaction.user.id
