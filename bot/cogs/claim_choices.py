"""What the subcommands of /knowledge share: a claim is typed with the server's claims on offer, and a reason beside it."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from discord import app_commands

from bot.sentences import say
from bot.service.curation import Act
from bot.ui.kit import faults
from bot.ui.kit.desk import Interaction
from bot.ui.kit.limits import label
from bot.ui.kit.turn import turn_of

MOST_CHOICES = 25
MOST_WHY = 300
MOST_CHOICE = 100
WHY = say("commands.knowledge.why")
WHICH = say("commands.knowledge.which")

ClaimId: TypeAlias = app_commands.Range[str, 1, MOST_CHOICE]
Why: TypeAlias = app_commands.Range[str, 0, MOST_WHY]
Choices: TypeAlias = list[app_commands.Choice[str]]


async def offered_claims(interaction: Interaction, typed: str, to: Act = Act.LOOK) -> Choices:
    """Return the claims with which one may do `to`; none to whoever is no moderator there."""

    async def find() -> Choices:
        turn = turn_of(interaction)
        await turn.require_moderator()
        found = await turn.workshop.curation.choices(turn.guild, typed[:MOST_CHOICE], MOST_CHOICES, to=to)
        return [app_commands.Choice(name=label(each.label, MOST_CHOICE), value=each.value) for each in found]

    return await offered(find)


async def offered(find: Callable[[], Coroutine[Any, Any, Choices]]) -> Choices:
    """Return what is found; the door that discord.py leaves open: a failure offers nothing."""
    try:
        return await find()
    except Exception as fault:  # noqa: BLE001
        faults.note("autocomplete of /knowledge", fault)
        return []
