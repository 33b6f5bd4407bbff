"""`/knowledge picture` and `remove-picture`: a server's own picture on a claim."""

from typing import Any

import discord
from discord import app_commands

from bot.cogs.claim_choices import WHICH, WHY, Choices, ClaimId, Why, offered_claims
from bot.sentences import say
from bot.service.curation import Act
from bot.ui.curation import own_pictures
from bot.ui.kit.desk import Interaction
from bot.ui.kit.turn import turn_of

MOST_WORDS = 2000
"""What is taken in; that more than 1,024 characters are too many is told in words that say how many there are."""


def picture_commands() -> list[app_commands.Command[Any, ..., None]]:
    """Return the subcommands, for the group of /knowledge."""
    put_on: app_commands.Command[Any, ..., None] = app_commands.Command(
        name="picture", description=say("commands.knowledge_picture.picture"), callback=_picture
    )
    take_off: app_commands.Command[Any, ..., None] = app_commands.Command(
        name="remove-picture", description=say("commands.knowledge_picture.remove_picture"), callback=_remove_picture
    )
    put_on.autocomplete("claim")(_offer_editable)
    take_off.autocomplete("claim")(_offer_pictured)
    return [put_on, take_off]


@app_commands.describe(
    claim=WHICH, alt=say("commands.knowledge_picture.picture_alt"),
    image=say("commands.knowledge_picture.picture_image"), why=WHY,
)  # fmt: skip
async def _picture(
    interaction: Interaction,
    claim: ClaimId,
    alt: app_commands.Range[str, 1, MOST_WORDS],
    image: discord.Attachment | None = None,
    why: Why = "",
) -> None:
    """Prepare to put a picture on a claim."""
    await own_pictures.put_on(turn_of(interaction), claim, alt, image, why)


@app_commands.describe(
    claim=WHICH,
    why=WHY,
    for_good=say("commands.knowledge_picture.remove_picture_for_good"),
)
async def _remove_picture(interaction: Interaction, claim: ClaimId, why: Why = "", for_good: bool = False) -> None:
    """Prepare to take a picture off a claim, or delete it."""
    away = own_pictures.erase if for_good else own_pictures.take_off
    await away(turn_of(interaction), claim, why)


async def _offer_editable(interaction: Interaction, typed: str) -> Choices:
    """Offer the claims that may be changed."""
    return await offered_claims(interaction, typed, Act.EDIT)


async def _offer_pictured(interaction: Interaction, typed: str) -> Choices:
    """Offer the claims that may have a picture of the server's."""
    return await offered_claims(interaction, typed, Act.TAKE_PICTURE_OFF)
