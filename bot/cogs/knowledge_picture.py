"""`/knowledge picture` and `remove-picture`: a server's own picture on a claim."""

from typing import TYPE_CHECKING, TypeAlias, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.knowledge import MOST_CHOICE, MOST_CHOICES, MOST_WHY, WHICH, WHY
from bot.sentences import say
from bot.service.curation import Act
from bot.ui.curation import own_pictures
from bot.ui.kit import faults
from bot.ui.kit.desk import Interaction
from bot.ui.kit.limits import label
from bot.ui.kit.turn import turn_of

if TYPE_CHECKING:
    from bot.client import LegPressBot

MOST_WORDS = 2000
"""What is taken in; that more than 1,024 characters are too many is told in words that say how many there are."""

ClaimId: TypeAlias = app_commands.Range[str, 1, MOST_CHOICE]
Why: TypeAlias = app_commands.Range[str, 0, MOST_WHY]


class KnowledgePicture(commands.Cog):
    """Further subcommands of /knowledge, whose group is there before this cog."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Put the subcommands into the group."""
        group = self.bot.tree.get_command("knowledge")
        assert isinstance(group, app_commands.Group)
        put_on: app_commands.Command[KnowledgePicture, ..., None] = app_commands.Command(
            name="picture", description=say("commands.knowledge_picture.picture"),
            callback=self.picture,
        )  # fmt: skip
        take_off: app_commands.Command[KnowledgePicture, ..., None] = app_commands.Command(
            name="remove-picture", description=say("commands.knowledge_picture.remove_picture"),
            callback=self.remove_picture,
        )  # fmt: skip
        for command, offer in ((put_on, self.offer_claims), (take_off, self.offer_pictured)):
            command.autocomplete("claim")(offer)
            group.add_command(command, override=True)

    @app_commands.describe(
        claim=WHICH, alt=say("commands.knowledge_picture.picture_alt"),
        image=say("commands.knowledge_picture.picture_image"), why=WHY,
    )  # fmt: skip
    async def picture(
        self,
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
    async def remove_picture(
        self,
        interaction: Interaction,
        claim: ClaimId,
        why: Why = "",
        for_good: bool = False,
    ) -> None:
        """Prepare to take a picture off a claim, or delete it."""
        away = own_pictures.erase if for_good else own_pictures.take_off
        await away(turn_of(interaction), claim, why)

    async def offer_claims(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the claims that may be changed."""
        return await _offered(interaction, typed, Act.EDIT)

    async def offer_pictured(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer the claims that may have a picture of the server's."""
        return await _offered(interaction, typed, Act.TAKE_PICTURE_OFF)


async def _offered(interaction: Interaction, typed: str, to: Act) -> list[app_commands.Choice[str]]:
    """Return what is found; the door that discord.py leaves open: a failure offers nothing."""
    try:
        turn = turn_of(interaction)
        await turn.require_moderator()
        found = await turn.workshop.curation.choices(turn.guild, typed[:MOST_CHOICE], MOST_CHOICES, to=to)
    except Exception as fault:  # noqa: BLE001
        faults.note("autocomplete of /knowledge picture", fault)
        return []
    return [app_commands.Choice(name=label(each.label, MOST_CHOICE), value=each.value) for each in found]


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(KnowledgePicture(cast("LegPressBot", bot)))
