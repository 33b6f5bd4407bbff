"""`/legpress` and its subcommands, one for each topic, and the message menu "Answer this"."""

import re
from typing import TYPE_CHECKING, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.depth_tools import tool_commands
from bot.core.model import Topic
from bot.core.subcommands import MOST_SUBCOMMANDS, RESERVED
from bot.errors import UserError
from bot.sentences import say
from bot.ui import wording
from bot.ui.answer.actions import open_report
from bot.ui.answer.held import context_of, held_back
from bot.ui.answer.replies import notice
from bot.ui.answer.sending import send_answer, send_privately
from bot.ui.desks.suggestions import open_suggestion
from bot.ui.kit import faults
from bot.ui.kit.asked import written
from bot.ui.kit.desk import Interaction
from bot.ui.kit.limits import MOST_CHOICE, MOST_DESCRIPTION, MOST_QUESTION, label

if TYPE_CHECKING:
    from bot.client import LegPressBot

MENU = "Answer this"
MOST_CHOICES = 25
_COMMAND_NAME = re.compile(r"[a-z0-9-]{1,32}")

INSTALLS = app_commands.AppInstallationType(guild=True, user=True)
CONTEXTS = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)


def subcommand_topics(topics: list[Topic]) -> list[Topic]:
    """Return the topics that become subcommands, in order: Discord allows 25, and the built-in ones come first."""
    possible = [topic for topic in topics if topic.id not in RESERVED and _COMMAND_NAME.fullmatch(topic.id)]
    return possible[: MOST_SUBCOMMANDS - len(RESERVED)]


class Ask(commands.Cog):
    """The commands that members use."""

    def __init__(self, bot: "LegPressBot") -> None:
        self.bot = bot
        self.group = app_commands.Group(
            name="legpress",
            description=say("commands.ask.group"),
            allowed_installs=INSTALLS,
            allowed_contexts=CONTEXTS,
        )
        self.menu = app_commands.ContextMenu(
            name=MENU, callback=self.answer_message, allowed_installs=INSTALLS, allowed_contexts=CONTEXTS
        )
        ask: app_commands.Command[Ask, ..., None] = app_commands.Command(
            name="ask", description=say("commands.ask.ask"), callback=self.ask
        )
        ask.autocomplete("question")(self.offer)
        self.group.add_command(ask)
        for name, description, callback in (
            ("warning-signs", say("commands.ask.warnings"), self.warning_signs),
            ("about", say("commands.ask.about"), self.about),
            ("report", say("commands.ask.report"), self.report),
            ("suggest", say("commands.ask.suggest"), self.suggest),
        ):
            self.group.add_command(app_commands.Command(name=name, description=description, callback=callback))
        for command in tool_commands():
            self.group.add_command(command)
        for topic in subcommand_topics(list(bot.desk.service().knowledge.topics.values())):
            self.group.add_command(self._topic_command(topic))

    async def cog_load(self) -> None:
        """Put the commands into the tree."""
        self.bot.tree.add_command(self.group, override=True)
        self.bot.tree.add_command(self.menu, override=True)

    def _topic_command(self, topic: Topic) -> app_commands.Command["Ask", [], None]:
        async def show(interaction: Interaction) -> None:
            answer = (await self.bot.desk.service_for(interaction.guild_id)).show_topic(topic.id)
            if answer is None:
                raise UserError(wording.GONE)
            await send_answer(interaction, answer)

        description = label(topic.description or topic.title, MOST_DESCRIPTION)
        return app_commands.Command(name=topic.id, description=description, callback=show)

    @app_commands.describe(question=say("commands.ask.ask_question"))
    async def ask(self, interaction: Interaction, question: app_commands.Range[str, 1, MOST_QUESTION]) -> None:
        """Answer a question; only the member sees it, until they share it."""
        place, member = interaction.channel_id, interaction.user.id
        await send_answer(
            interaction,
            await self.bot.desk.ask(
                place, member, question, interaction.guild_id, private=True, context=await context_of(interaction)
            ),
        )

    async def offer(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Offer what `typed` may become. The door that discord.py leaves open: a failure offers nothing."""
        try:
            offered = await self.bot.desk.choices(
                typed, interaction.guild_id, interaction.channel_id, interaction.user.id
            )
        except UserError as full:
            return [app_commands.Choice(name=label(str(full), MOST_CHOICE), value=typed[:MOST_CHOICE] or " ")]
        except Exception as fault:  # noqa: BLE001
            faults.note("autocomplete", fault)
            return []
        return [app_commands.Choice(name=each.label, value=each.value) for each in offered[:MOST_CHOICES]]

    async def warning_signs(self, interaction: Interaction) -> None:
        """Show the list of warning signs, the same for everyone."""
        await send_answer(interaction, (await self.bot.desk.service_for(interaction.guild_id)).warning_signs())

    async def about(self, interaction: Interaction) -> None:
        """Say what the bot is and is not."""
        await send_privately(interaction, [notice(self.bot.desk.service().about())])

    async def report(self, interaction: Interaction) -> None:
        """Open the form for a report."""
        await open_report(interaction)

    async def suggest(self, interaction: Interaction) -> None:
        """Open the form for a suggestion."""
        await open_suggestion(interaction)

    async def answer_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer somebody's message, privately for whoever chose the menu; it joins nobody's conversation, but for a stop."""
        if await held_back(interaction, again=True):
            return
        words = written(message, self.bot.user)
        if not words:
            raise UserError(wording.NOTHING_TO_READ)
        place, member, guild = interaction.channel_id, interaction.user.id, interaction.guild_id
        stop = await self.bot.desk.alarm(place, member, words, guild, proxy=message.author.id != member)
        answer = stop or await self.bot.desk.ask_once(words, guild, member)
        await send_answer(interaction, answer, [message.author, *message.mentions])


async def setup(bot: commands.Bot) -> None:
    """Add the cog to the bot, in the place of an earlier one: each offers the topics of its own moment."""
    await bot.add_cog(Ask(cast("LegPressBot", bot)), override=True)
