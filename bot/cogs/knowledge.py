"""`/knowledge`: moderators look at their server's knowledge and change it. Everything is answered privately."""

from typing import TYPE_CHECKING, TypeAlias, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.claim_choices import MOST_CHOICE, MOST_CHOICES, WHICH, WHY, Choices, ClaimId, Why, offered, offered_claims
from bot.cogs.desks import desk_commands
from bot.cogs.inbox import inbox_command
from bot.cogs.knowledge_picture import picture_commands
from bot.sentences import say
from bot.service.curation import Act
from bot.service.listing import Sought, View
from bot.ui.curation import browsing, drafting, files, words
from bot.ui.kit.buttons import NO_CLAIM
from bot.ui.kit.desk import Interaction
from bot.ui.kit.limits import MOST_QUESTION, label
from bot.ui.kit.turn import turn_of

if TYPE_CHECKING:
    from bot.client import LegPressBot

HIGHEST_REVISION = 999_999_999

Revision: TypeAlias = app_commands.Range[int, 0, HIGHEST_REVISION]


class Knowledge(commands.Cog):
    """The commands of moderators. Discord hides them from who may not manage the server; the desks check it again."""

    group = app_commands.Group(
        name="knowledge",
        description=say("commands.knowledge.knowledge_group"),
        allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot
        for command in (*desk_commands(), inbox_command(), *picture_commands()):
            self.group.add_command(command, override=True)

    @group.command(name="list", description=say("commands.knowledge.list_claims"))
    @app_commands.describe(
        only=say("commands.knowledge.list_claims_only"),
        topic=say("commands.knowledge.list_claims_topic"),
        search=say("commands.knowledge.list_claims_search"),
    )
    @app_commands.choices(only=[app_commands.Choice(name=name, value=str(view)) for view, name in words.VIEWS.items()])
    async def list_claims(
        self,
        interaction: Interaction,
        only: str = "any",
        topic: app_commands.Range[str, 0, MOST_CHOICE] = "",
        search: app_commands.Range[str, 0, browsing.MOST_SEARCHED] = "",
    ) -> None:
        """List the server's claims."""
        sought = Sought(View(only), topic, browsing.searched(search))
        await browsing.show_list(turn_of(interaction), 0, sought)

    @group.command(name="show", description=say("commands.knowledge.show"))
    @app_commands.describe(claim=WHICH)
    async def show(self, interaction: Interaction, claim: ClaimId) -> None:
        """Show one claim."""
        await browsing.show_claim(turn_of(interaction), claim)

    @group.command(name="try", description=say("commands.knowledge.try_question"))
    @app_commands.describe(question=say("commands.knowledge.try_question_question"))
    async def try_question(self, interaction: Interaction, question: app_commands.Range[str, 1, MOST_QUESTION]) -> None:
        """Try a question."""
        await browsing.show_trial(turn_of(interaction), question)

    @group.command(name="add", description=say("commands.knowledge.add"))
    @app_commands.describe(topic=say("commands.knowledge.add_topic"), why=WHY)
    async def add(
        self, interaction: Interaction, topic: app_commands.Range[str, 0, MOST_CHOICE] = "", why: Why = ""
    ) -> None:
        """Open the form of a new claim."""
        await drafting.open_new(turn_of(interaction), topic, why)

    @group.command(name="edit", description=say("commands.knowledge.edit"))
    @app_commands.describe(claim=WHICH, why=WHY)
    async def edit(self, interaction: Interaction, claim: ClaimId, why: Why = "") -> None:
        """Open the form of a claim."""
        await drafting.open_edit(turn_of(interaction), claim, why)

    @group.command(name="hide", description=say("commands.knowledge.hide"))
    @app_commands.describe(claim=WHICH, why=WHY)
    async def hide(self, interaction: Interaction, claim: ClaimId, why: Why = "") -> None:
        """Prepare to hide a claim."""
        turn = turn_of(interaction)
        await drafting.prepared(turn, lambda: turn.workshop.curation.begin_hide(turn.guild, turn.actor, claim, why))

    @group.command(name="restore", description=say("commands.knowledge.restore"))
    @app_commands.describe(claim=WHICH, why=WHY)
    async def restore(self, interaction: Interaction, claim: ClaimId, why: Why = "") -> None:
        """Prepare to restore a claim."""
        turn = turn_of(interaction)
        await drafting.prepared(turn, lambda: turn.workshop.curation.begin_restore(turn.guild, turn.actor, claim, why))

    @group.command(name="remove", description=say("commands.knowledge.remove"))
    @app_commands.describe(claim=WHICH, why=WHY)
    async def remove(self, interaction: Interaction, claim: ClaimId, why: Why = "") -> None:
        """Prepare to remove a claim."""
        turn = turn_of(interaction)
        await drafting.prepared(turn, lambda: turn.workshop.curation.begin_remove(turn.guild, turn.actor, claim, why))

    @group.command(name="history", description=say("commands.knowledge.history"))
    @app_commands.describe(
        claim=WHICH, older=say("commands.knowledge.history_older"),
        newer=say("commands.knowledge.history_newer"),
    )  # fmt: skip
    async def history(
        self,
        interaction: Interaction,
        claim: app_commands.Range[str, 0, MOST_CHOICE] = "",
        older: Revision | None = None,
        newer: Revision | None = None,
    ) -> None:
        """Show the history, or a difference."""
        turn = turn_of(interaction)
        if older is None and newer is None:
            await browsing.show_history(turn, claim or NO_CLAIM)
        else:
            await browsing.show_between(turn, older or 0, newer, claim or NO_CLAIM)

    @group.command(name="rollback", description=say("commands.knowledge.rollback"))
    @app_commands.describe(
        revision=say("commands.knowledge.rollback_revision"), claim=WHICH, why=WHY
    )  # fmt: skip
    async def rollback(
        self,
        interaction: Interaction,
        revision: Revision,
        claim: app_commands.Range[str, 0, MOST_CHOICE] = "",
        why: Why = "",
    ) -> None:
        """Prepare to go back."""
        await browsing.roll_back(turn_of(interaction), revision, claim or NO_CLAIM, why)

    @group.command(name="import", description=say("commands.knowledge.import_file"))
    @app_commands.describe(
        file=say("commands.knowledge.import_file_file"),
        topic=say("commands.knowledge.import_file_topic"), why=WHY,
    )  # fmt: skip
    async def import_file(
        self,
        interaction: Interaction,
        file: discord.Attachment,
        topic: app_commands.Range[str, 0, MOST_CHOICE] = "",
        why: Why = "",
    ) -> None:
        """Prepare an import."""
        await files.import_file(turn_of(interaction), file, topic, why)

    @group.command(name="export", description=say("commands.knowledge.export"))
    @app_commands.describe(topic=say("commands.knowledge.export_topic"))
    async def export(self, interaction: Interaction, topic: app_commands.Range[str, 0, MOST_CHOICE] = "") -> None:
        """Give the file."""
        await files.export(turn_of(interaction), topic)

    @show.autocomplete("claim")
    @history.autocomplete("claim")
    @rollback.autocomplete("claim")
    async def offer_claims(self, interaction: Interaction, typed: str) -> Choices:
        """Offer all claims of the server."""
        return await offered_claims(interaction, typed)

    @edit.autocomplete("claim")
    async def offer_editable(self, interaction: Interaction, typed: str) -> Choices:
        """Offer the claims that may be changed."""
        return await offered_claims(interaction, typed, Act.EDIT)

    @hide.autocomplete("claim")
    async def offer_visible(self, interaction: Interaction, typed: str) -> Choices:
        """Offer the claims that are not hidden."""
        return await offered_claims(interaction, typed, Act.HIDE)

    @restore.autocomplete("claim")
    async def offer_restorable(self, interaction: Interaction, typed: str) -> Choices:
        """Offer the claims that are hidden or not as they were shipped."""
        return await offered_claims(interaction, typed, Act.RESTORE)

    @remove.autocomplete("claim")
    async def offer_added(self, interaction: Interaction, typed: str) -> Choices:
        """Offer the claims that the server added."""
        return await offered_claims(interaction, typed, Act.REMOVE)

    @list_claims.autocomplete("topic")
    @add.autocomplete("topic")
    @import_file.autocomplete("topic")
    @export.autocomplete("topic")
    async def offer_topics(self, interaction: Interaction, typed: str) -> Choices:
        """Offer the topics."""
        return await offered(lambda: self._topics(interaction, typed))

    async def _topics(self, interaction: Interaction, typed: str) -> Choices:
        service = await self.bot.desk.service_for(interaction.guild_id)
        topics = service.knowledge.topics.values()
        wanted = [each for each in topics if typed.lower().strip() in f"{each.title} {each.id}".lower()]
        return [
            app_commands.Choice(name=label(each.title, MOST_CHOICE), value=each.id) for each in wanted[:MOST_CHOICES]
        ]


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot."""
    await bot.add_cog(Knowledge(cast("LegPressBot", bot)))
