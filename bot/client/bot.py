"""The bot as a Discord client: intents, commands, what components need of it, and the doors for errors."""

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot import measures, way
from bot.client.backlog import Backlog, words_in
from bot.client.delivery import insist
from bot.client.desk import ANSWER_SECONDS, OLDEST_SECONDS, ClientDesk
from bot.client.doors import FRAME, close_doors, guard_sockets, pass_over
from bot.client.fleet import Fleet
from bot.client.freshness import Freshness, made_at
from bot.client.packed import Packing
from bot.client.registering import Registering
from bot.client.sharding import ShardedBot
from bot.client.shards_seen import ShardsSeen
from bot.pictures import PictureCache
from bot.sentences import say
from bot.service import Conversations, Service
from bot.service.workshop import Workshop
from bot.store.registered import Registered
from bot.ui import wording
from bot.ui.answer.held import held_back, is_held_command
from bot.ui.desks.telling import tell_log
from bot.ui.kit import deadline, faults, forms
from bot.ui.kit.buttons import custom_ids
from bot.ui.kit.desk import Interaction
from bot.ui.kit.pictures import DRAWING_SECONDS
from bot.ui.registry import PRESSABLE

log = logging.getLogger(__name__)
COMMANDS = "bot.cogs.ask"
COGS = (
    COMMANDS,
    "bot.cogs.messages",
    "bot.cogs.knowledge",
    "bot.cogs.settings",
    "bot.cogs.presence",
    "bot.cogs.privacy",
    "bot.cogs.unasked",
    "bot.cogs.explain",
    "bot.cogs.teach",
    "bot.cogs.welcome",
)
"""All kinds of components that outlive a restart."""
ADDRESSED = ("INTERACTION_CREATE", "MESSAGE_CREATE")
"""The events in which somebody may wait for an answer."""
RUN_BY_THE_TREE = (discord.InteractionType.application_command, discord.InteractionType.autocomplete)
"""What the command tree answers: for whatever listens besides, they are signs of life and nothing more."""
KINDS = {2: "command", 3: "component", 4: "autocomplete", 5: "form"}
"""Interactions by Discord's number of their type."""


def intents(*, message_content: bool = False) -> discord.Intents:
    """Return the only intents needed; none is privileged, unless the host wants `message_content`."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True, message_content=message_content)


class Tree(app_commands.CommandTree["LegPressBot"]):
    """The command tree with its door closed: whatever a command raises, the member gets one sentence."""

    async def interaction_check(self, interaction: Interaction, /) -> bool:
        """Let through what can still be answered, and what no stop holds back. discord.py has no hook for what is raised here."""
        try:
            _ = interaction.command  # read here for the first time: what Discord told of it may be malformed
        except Exception as fault:  # noqa: BLE001
            await self._pass_over(interaction, fault)
            return False
        try:
            if self.client.desk.is_stale(interaction):
                return False
            return not (is_held_command(interaction) and await held_back(interaction))
        except Exception as fault:  # noqa: BLE001
            await faults.answer_for(interaction, "looking at the age of a command", fault)
            return False

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answer for a failed command."""
        if type(error) is app_commands.AppCommandError:  # none of its kinds: so discord.py calls what is malformed
            await self._pass_over(interaction, error)
            return
        command = interaction.command
        where = f"command {command.qualified_name if command else '?'}"
        if interaction.type is discord.InteractionType.autocomplete:  # there no sentence can be said
            faults.note(where, error)
        else:
            await faults.answer_for(interaction, where, error)

    async def _pass_over(self, interaction: Interaction, fault: Exception) -> None:
        pass_over("INTERACTION_CREATE", fault)
        if interaction.type is discord.InteractionType.application_command:
            await faults.tell(interaction, wording.OLD_COMMAND)


class LegPressBot(ShardedBot):
    """The bot. It answers from what `service` returns at each call, so that reloaded knowledge is used at once."""

    tree: Tree

    def __init__(
        self,
        conversations: Conversations,
        service: Callable[[], Service],
        *,
        state_dir: Path | None = None,
        report_channel_id: int | None = None,
        workshop: Workshop | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        message_content: bool = False,
        site_url: str = "",
        shard_count: int | None = None,
        fleet: Fleet | None = None,
        pictures: PictureCache | None = None,
        drawing_seconds: float = DRAWING_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make the client; nothing connects before `start`.

        `state_dir` keeps the hash of the commands registered last (None: they are registered at every start);
        `report_channel_id` gets what members report (None: the log does); `workshop` is what moderators work with, and
        is started and closed by whoever opened it (None: all answer from the shipped knowledge until there is one, see
        `use_workshop`); `answer_seconds` bounds the answering; `message_content` lets servers choose channels
        where it answers unasked, and asks Discord for that privileged intent; `site_url` is where the pages of the claims
        are ("": nowhere); `shard_count` None asks Discord how many
        shards to run; `fleet` is this process among others (None: it is alone); `pictures` keeps what is drawn (None: a folder in `state_dir` does), and `drawing_seconds` is how
        long an answer waits for its picture; `clock` gives seconds from any moment, and never jumps.
        """
        guard_sockets()
        super().__init__(
            fleet or Fleet(),
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=intents(message_content=message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            # Nobody's messages or membership are kept in memory: nothing here needs them.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            shard_count=shard_count,
            shard_connect_timeout=None,  # `reaching` has its own
            http_trace=self._trace(),
        )
        close_doors(self._connection.parsers, self._arrived, Packing(self._connection))
        self.known_events = frozenset({*self._connection.parsers, FRAME})
        self.has_faulty_files = False
        self.shards_seen = ShardsSeen(
            lambda: {guild.id: guild for guild in self.guilds}, self.get_guild, lambda: self.shard_count
        )
        self._freshness = Freshness(clock)
        self._registering = Registering(self, state_dir, shared=self._registered_by_all)
        self.fleet.on_duty_changed = self._register
        self._accepts = True
        self.desk = ClientDesk(
            self, conversations, service, self._freshness,
            state_dir=state_dir, report_channel_id=report_channel_id, workshop=workshop, answer_seconds=answer_seconds,
            site_url=site_url, pictures=pictures, drawing_seconds=drawing_seconds, clock=clock,
        )  # fmt: skip
        self.backlog = Backlog(
            lambda event, data: self._connection.parsers[event](data), self._is_urgent, lambda: self.desk.is_busy
        )
        if workshop is not None:
            self.use_workshop(workshop)

    async def load_commands(self) -> None:
        """Load what listens, and with it the commands; nothing is registered.

        discord.py's `load_extension` would execute each module anew, for every bot of a process.
        """
        if not self.cogs:
            for extension in COGS:
                await import_module(extension).setup(self)

    async def setup_hook(self) -> None:
        """Load what listens and register the commands; safe to run again after a restart."""
        await self.load_commands()
        self.add_dynamic_items(*PRESSABLE)
        self._register()

    async def knowledge_changed(self) -> None:
        """Build the subcommands anew from the topics of this moment, and register them where they changed."""
        if not self.cogs:
            return  # still starting: `setup_hook` takes the topics of its own moment
        await import_module(COMMANDS).setup(self)
        self._register()

    def _register(self) -> None:
        """Register the commands where they changed: one process does it for all."""
        if self.cogs and self.fleet.on_duty:
            self._registering.start()

    def _registered_by_all(self) -> Registered | None:
        """Return what keeps which commands Discord knows for all processes; None where each has a database of its own."""
        workshop = self.desk.workshop_at_hand
        return workshop.store.registered if workshop is not None and workshop.store.database.is_postgres else None

    def use_workshop(self, workshop: Workshop) -> None:
        """Answer with what servers made of the knowledge from now on."""
        self.desk.use_workshop(workshop)
        workshop.presence.watch(self.shards_seen.present, self.shards_seen.now)
        workshop.retention.only_while(lambda: self.fleet.on_duty)

    def knowledge_faulty(self, found: str) -> None:
        """Tell servers' log channels that changed files are not used; `found` has a fault on each line. From any thread."""
        self.has_faulty_files = True
        self._tell_all(say("card.wording.faulty_files", count=len(found.splitlines())))

    def knowledge_mended(self) -> None:
        """Tell servers' log channels that the files are right again. From any thread."""
        self.has_faulty_files = False
        self._tell_all(wording.MENDED_FILES)

    def _tell_all(self, text: str) -> None:
        if self.is_ready():
            asyncio.run_coroutine_threadsafe(self._tell_logs(text), self.loop)

    async def _tell_logs(self, text: str) -> None:
        workshop = self.desk.workshop_at_hand
        if workshop is None:
            return
        for guild in self.guilds:
            await workshop.settings.get(guild.id)
            await tell_log(self, workshop, guild.id, text)

    def _trace(self) -> aiohttp.TraceConfig:
        """Return what learns Discord's time from the header of each of its responses."""
        trace = aiohttp.TraceConfig()

        async def responded(_session: object, _context: object, ended: aiohttp.TraceRequestEndParams) -> None:
            if ended.url.path.startswith("/api/"):  # of other machines' clocks nothing is known
                self._responded(ended.response)
            else:
                _count_response(ended.response)

        trace.on_request_end.append(responded)
        return trace

    def _responded(self, response: aiohttp.ClientResponse) -> None:
        """Count a response of Discord's, and learn its time."""
        _count_response(response)
        date = response.headers.get("Date", "")
        self.shards_seen.told_time(date)
        self._freshness.told(date)

    # Commands at Discord, and what is ready

    async def sync_commands(self, *, always: bool = False) -> bool:
        """Register the commands with Discord where they changed since last time, and say whether that was done.

        A refusal by Discord is logged, not raised: the commands of last time still work.
        """
        return await self._registering.once(always=always)

    def lacks(self) -> list[str]:
        """Return what still keeps the bot from answering everybody, a sentence each; nothing where it can."""
        found = []
        if not self._accepts:
            found.append("The bot ends.")
        closed = sum(shard.is_closed() for shard in self.shards.values())
        if (not self.is_ready() or closed) and not self.fleet.is_spare:
            found.append(say("host.bot.waiting", closed=closed, count=len(self.shards)))
        if self.desk.service().reading:
            found.append("Reading the knowledge.")
        return found

    def accept_nothing_new(self) -> None:
        """Turn away what somebody would wait for, but for what waits already: the bot is about to end."""
        self._accepts = False

    async def close(self) -> None:
        """End the registering, and the connection."""
        self._registering.stop()
        await super().close()

    # Events and doors

    def dispatch(self, event_name: str, /, *args: Any, **kwargs: Any) -> None:
        """Pass an event on to what listens. A command of which nothing is left to be done there starts no tasks."""
        if event_name == "interaction" and args[0].type in RUN_BY_THE_TREE and not self._is_news(args[0].guild_id):
            return
        super().dispatch(event_name, *args, **kwargs)

    def _is_news(self, guild: int | None) -> bool:
        """Say whether a sign of life from a server (None: from none) is to be noted; before the database is open, each is."""
        workshop = self.desk.workshop_at_hand
        return guild is not None and (workshop is None or workshop.presence.is_news(guild))

    def _arrived(self, event: str, data: Any) -> bool:
        """Look at an event before anything else does, and say whether to go on with it.

        Its deadline starts here, and the age of an interaction is told. What has to wait comes here again.
        """
        if event not in ADDRESSED:
            deadline.never()
            way.end()
            return True
        if event == "MESSAGE_CREATE" and self._is_for_nobody(data):
            if self._is_news(guild := int(data["guild_id"])):
                self.dispatch("server_alive", guild)
            return False
        way.begin()
        is_interaction = event == "INTERACTION_CREATE"
        age = self._age(data) if is_interaction else 0.0
        if age > OLDEST_SECONDS:
            measures.count("interactions", KINDS.get(data.get("type"), "other"))
            measures.count("interactions_late")
            log.info("dropped an interaction that came too late to be answered")
            return False
        if not (self._accepts or self.backlog.reads) or self.backlog.keeps(event, data):
            return False
        deadline.begin(age)
        if is_interaction:
            session = self.http._HTTPClient__session  # type: ignore[attr-defined]  # noqa: SLF001 -- as discord.py's own do
            insist(data, session, self._responded)
            measures.count("interactions", KINDS.get(data.get("type"), "other"))
        return True

    async def _is_urgent(self, event: str, data: Mapping[str, Any]) -> bool:
        """Say whether a part of a flood is read: an alarm that can still be answered."""
        try:
            if event == "INTERACTION_CREATE" and self._age(data) > OLDEST_SECONDS:
                return False
            return await self.desk.is_urgent(data.get("guild_id"), words_in(data))
        except Exception as fault:  # noqa: BLE001 -- the door behind it answers for whatever is wrong with an event
            faults.note("looking at an event of a flood", fault)
            return True

    def _is_for_nobody(self, data: Mapping[str, Any]) -> bool:
        """Say whether a message in a server neither mentions the bot nor any role: nothing here would look at it.

        Most messages are such, and reading one takes longer than anything else that happens to them.
        """
        if self.intents.message_content or self.user is None or not data.get("guild_id"):
            return False
        own = str(self.user.id)
        return data["mention_roles"] == [] and all(each["id"] != own for each in data["mentions"])

    def _age(self, data: Mapping[str, Any]) -> float:
        try:
            made = made_at(data["id"])
        except (KeyError, TypeError, ValueError, OverflowError):
            return 0.0  # what reads the event tells of it
        try:
            return self._freshness.age(made)
        except Exception as fault:  # noqa: BLE001 -- whose age cannot be told is answered
            faults.note("telling the age of an event", fault)
            return 0.0

    async def on_message(self, _message: discord.Message, /) -> None:
        """Do nothing: of prefix commands, which the base class would look for, there are none."""

    async def on_interaction(self, interaction: Interaction) -> None:
        """Receive forms, and answer for components that nothing here knows any more."""
        if interaction.type is discord.InteractionType.modal_submit:
            data: Mapping[str, Any] = interaction.data or {}
            if data.get("custom_id") not in self._connection._view_store._modals:  # noqa: SLF001 -- discord.py runs those
                await forms.submitted(interaction)
        elif interaction.type is discord.InteractionType.component and not self._knows(interaction):
            await faults.tell(interaction, wording.OLD_BUTTON)

    def _knows(self, interaction: Interaction) -> bool:
        """Say whether something answers for the component that was used."""
        data: Mapping[str, Any] = interaction.data or {}
        custom_id = str(data.get("custom_id", ""))
        if interaction.message is None or custom_id not in custom_ids(interaction.message.components):
            return False  # discord.py leaves it alone, too
        store = self._connection._view_store  # noqa: SLF001 -- nothing public says which components it knows
        if any(pattern.fullmatch(custom_id) for pattern in store._dynamic_items):  # noqa: SLF001
            return True
        key = (data.get("component_type"), custom_id)
        return any(key in store._views.get(where, ()) for where in (interaction.message.id, None))  # noqa: SLF001

    async def on_error(self, event_method: str, /, *args: Any, **_kwargs: Any) -> None:
        """Answer for a failed listener, where somebody waits for an answer."""
        fault = sys.exc_info()[1]
        if fault is None:
            return
        subject = args[0] if args else None
        if isinstance(subject, discord.Interaction):
            await faults.answer_for(subject, event_method, fault)
            return
        faults.note(event_method, fault)
        if isinstance(subject, discord.Message) and self.is_addressed(subject):
            try:
                await subject.reply(faults.sentence(fault), mention_author=False)
            except discord.HTTPException as refused:
                faults.note("telling a member", refused)

    def is_addressed(self, message: discord.Message) -> bool:
        """Say whether a person wrote `message` to the bot: a mention, a reply to it, or a direct message."""
        if not _by_person(message):
            return False
        if message.guild is None or (self.user is not None and self.user in message.mentions):
            return True
        return self._names_own_role(message) and bool(message.content)

    def names_role_alone(self, message: discord.Message) -> bool:
        """Say whether a person mentioned the bot's own role instead of the bot, so that Discord hides what they wrote."""
        return _by_person(message) and self._names_own_role(message) and not self.is_addressed(message)

    @staticmethod
    def _names_own_role(message: discord.Message) -> bool:
        role = message.guild.self_role if message.guild else None
        return role is not None and role in message.role_mentions


def _count_response(response: aiohttp.ClientResponse) -> None:
    measures.count("responses", str(response.status))
    if response.status == faults.TOO_MANY:
        scope = response.headers.get("X-RateLimit-Scope", "")
        measures.count("rate_limits", scope if scope in {"user", "global", "shared"} else "edge")


def _by_person(message: discord.Message) -> bool:
    return not (message.author.bot or message.webhook_id is not None or message.is_system())
