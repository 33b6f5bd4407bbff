"""The bot as a Discord client: intents, commands, what components need of it, and the doors for errors."""

import asyncio
import logging
import sys
import time
from collections.abc import Awaitable, Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import Any

import aiohttp
import discord
from discord import app_commands
from discord.ext import commands

from bot import measures, way
from bot.bootstrap import shipped_pictures
from bot.client.delivery import insist
from bot.client.doors import FRAME, close_doors, guard_sockets
from bot.client.freshness import Freshness, made_at
from bot.client.packed import Packing
from bot.client.reaching import Reaching
from bot.client.registering import Registering
from bot.client.shards_seen import ShardsSeen
from bot.core.model import Answer, Outcome, Stop
from bot.errors import StoreError, UserError
from bot.pictures import PictureCache, rendered_apart
from bot.service import Conversations, Service
from bot.service.allowance import Allowance, Pace, Paces
from bot.service.answer_room import AnswerRoom
from bot.service.conversations import NO_CONTEXT, Context
from bot.service.service import Choice
from bot.service.workshop import Workshop
from bot.ui import actions as _actions  # noqa: F401 -- fills the tables of what buttons and forms do
from bot.ui import deadline, faults, forms, wording
from bot.ui.asked import Asked
from bot.ui.buttons import Press, custom_ids
from bot.ui.checklist_card import Untick
from bot.ui.desk import Interaction, Person
from bot.ui.desks.telling import tell_log
from bot.ui.feedback import Reason
from bot.ui.held import alarmed, held_back, is_held_command
from bot.ui.limits import MOST_QUESTION
from bot.ui.picks import Pick
from bot.ui.pictures import DRAWING_SECONDS, Pictures
from bot.ui.replies import plain
from bot.ui.spot_card import SpotAnswer, SpotMachine
from bot.ui.ticks import Ticks

log = logging.getLogger(__name__)
feedback_log = logging.getLogger("bot.feedback")
report_log = logging.getLogger("bot.reports")

OLDEST_SECONDS = 2.8
"""Discord takes the first response to an interaction for three seconds; after a resume it replays older ones."""
ANSWER_SECONDS = deadline.ANSWER_SECONDS
"""How long an interaction takes at most, from its arrival to its answer."""
SHORT = 240
"""Characters of a text that takes the gate and the matcher a few milliseconds, and nothing else waits for that."""
MOST_REPORTS, MOST_REPORTS_OF_A_SERVER = 5, 50
"""Within a day, of one member and from one server."""
QUESTIONS_AT_ONCE, SECONDS_A_QUESTION = 20, 3.0
"""Of one member: more than anybody asks in earnest, whoever reads the answers."""
QUESTIONS_OF_A_SERVER, SECONDS_OF_A_SERVER = 300, 0.05
"""Of all its members together: twenty a second for as long as they like."""
CHOICES_AT_ONCE, SECONDS_A_CHOICE = 60, 0.25
"""What autocomplete offers one member: Discord asks for it with every few letters."""
CHOICES_OF_A_SERVER, SECONDS_OF_A_SERVERS_CHOICE = 900, 0.02
COMMANDS = "bot.cogs.ask"
EXTENSIONS = (
    COMMANDS,
    "bot.cogs.messages",
    "bot.cogs.knowledge",
    "bot.cogs.desks",
    "bot.cogs.knowledge_picture",
    "bot.cogs.settings",
    "bot.cogs.presence",
    "bot.cogs.privacy",
    "bot.cogs.unasked",
    "bot.cogs.explain",
)
NO_DATABASE = "The database is out of reach, so nothing can be changed. Questions are answered. Try again in a minute."
PRESSABLE = (Press, Reason, Untick, Pick, SpotMachine, SpotAnswer)
"""All kinds of components that outlive a restart."""
ADDRESSED = ("INTERACTION_CREATE", "MESSAGE_CREATE")
"""The events in which somebody may wait for an answer."""
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
            if self.client.is_stale(interaction):
                return False
            return not (is_held_command(interaction) and await held_back(interaction))
        except Exception as fault:  # noqa: BLE001
            await faults.answer_for(interaction, "looking at the age of a command", fault)
            return False

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Answer for a failed command."""
        command = interaction.command
        await faults.answer_for(interaction, f"command {command.qualified_name if command else '?'}", error)


class LegPressBot(commands.AutoShardedBot):
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
        shards to run; `pictures` keeps what is drawn (None: a folder in `state_dir` does), and `drawing_seconds` is how
        long an answer waits for its picture; `clock` gives seconds from any moment, and never jumps.
        """
        guard_sockets()
        super().__init__(
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
        self._conversations = conversations
        self._service = service
        self._state_dir = state_dir
        self._report_channel_id = report_channel_id
        self.shards_seen = ShardsSeen(
            lambda: {guild.id: guild for guild in self.guilds}, self.get_guild, lambda: self.shard_count
        )
        self._workshop = workshop
        if workshop is not None:
            workshop.presence.watch(self.shards_seen.present)
        self._answer_seconds = answer_seconds
        self._freshness = Freshness(clock)
        self._room = AnswerRoom()
        self.reaching = Reaching(self.is_closed)
        self._registering = Registering(self, state_dir)
        self._accepts = True
        self.reports = Allowance(MOST_REPORTS, "reports")
        self.server_reports = Allowance(MOST_REPORTS_OF_A_SERVER, "reports from one server")
        self._questions = Paces(
            Pace(QUESTIONS_AT_ONCE, SECONDS_A_QUESTION, clock), Pace(QUESTIONS_OF_A_SERVER, SECONDS_OF_A_SERVER, clock)
        )
        self._choices = Paces(
            Pace(CHOICES_AT_ONCE, SECONDS_A_CHOICE, clock),
            Pace(CHOICES_OF_A_SERVER, SECONDS_OF_A_SERVERS_CHOICE, clock),
        )
        self.ticks = Ticks()
        self.asked = Asked()
        self.site_url = site_url
        folder = state_dir / "pictures" if state_dir else None
        drawn = pictures or PictureCache(folder, render=rendered_apart, shipped=shipped_pictures())
        self.pictures = Pictures(drawn, self._own_picture, seconds=drawing_seconds)

    async def load_commands(self) -> None:
        """Load what listens, and with it the commands; nothing is registered."""
        for extension in EXTENSIONS:
            if extension not in self.extensions:
                await self.load_extension(extension)

    async def setup_hook(self) -> None:
        """Load what listens and register the commands; safe to run again after a restart."""
        await self.load_commands()
        self.add_dynamic_items(*PRESSABLE)
        self._registering.start()

    async def knowledge_changed(self) -> None:
        """Build the subcommands anew from the topics of this moment, and register them where they changed."""
        if COMMANDS not in self.extensions:
            return  # still starting: `setup_hook` takes the topics of its own moment
        await self.reload_extension(COMMANDS)
        self._registering.start()

    # What the components need of their desk

    def service(self) -> Service:
        """Return the service with the shipped knowledge of this moment, as no server changed it."""
        return self._service()

    @property
    def workshop(self) -> Workshop:
        """What moderators work with. Raises StoreError where no database is open."""
        if self._workshop is None:
            raise StoreError(NO_DATABASE)
        return self._workshop

    def use_workshop(self, workshop: Workshop) -> None:
        """Answer with what servers made of the knowledge from now on."""
        self._workshop = workshop
        workshop.presence.watch(self.shards_seen.present)

    async def service_for(self, guild: int | None) -> Service:
        """Return the service with what a server made of the knowledge (None: as it is shipped); never raises."""
        return self._service() if self._workshop is None else await self._workshop.overlays.for_server(guild)

    async def ask(
        self,
        place: Hashable,
        member: Hashable,
        question: str,
        guild: int | None = None,
        *,
        private: bool = False,
        context: Context = NO_CONTEXT,
    ) -> Answer:
        """Answer in the light of what `member` said in `place` before; never raises, whatever the text.

        `private`: only the member reads the answer. `context`: what the message replies to.
        """
        direct = guild is None
        return await self._answered(
            guild,
            member,
            lambda service: self._conversations.ask(
                place,
                member,
                question[:MOST_QUESTION],
                service=service,
                direct=direct,
                private=private,
                context=context,
            ),
            instead=lambda: self._conversations.held(place, member, direct=direct, private=private, again=True),
            text=question,
            paces=self._questions,
        )

    async def ask_once(self, question: str, guild: int | None = None, member: Hashable = None) -> Answer:
        """Answer a text that belongs to nobody's conversation."""
        return await self._answered(
            guild,
            member,
            lambda service: (service or self.service()).ask(question[:MOST_QUESTION])[0],
            text=question,
            paces=self._questions,
        )

    async def held(
        self, place: Hashable, member: Hashable, guild: int | None = None, *, private: bool = False, again: bool = False
    ) -> Answer | None:
        """Return the stop that a member gets in place of what no words ask for; None where none holds."""
        direct = guild is None
        if not self._conversations.holds(place, member, direct=direct, private=private):
            return None
        return await self._answered(
            guild,
            member,
            lambda service: (
                self._conversations.held(place, member, service=service, direct=direct, private=private, again=again)
                or Answer("", Outcome.DECLINE, self.service().safety_line, safety_line=True)
            ),
            instead=lambda: self._conversations.held(place, member, direct=direct, private=private, again=again),
        )

    async def alarm(
        self, place: Hashable, member: Hashable, text: str, guild: int | None = None, *, proxy: bool = False
    ) -> Answer | None:
        """Return the stop for an alarm that was written elsewhere than in a question, None where `text` is none.

        It counts as told to the member, unless somebody else wrote it (`proxy`).
        """
        found: list[Answer] = []

        def look(service: Service | None) -> Answer:
            stop = self._conversations.alarm(
                place, member, text[:MOST_QUESTION], service=service, direct=guild is None, proxy=proxy
            )
            if stop is not None:
                found.append(stop)
            return stop or Answer("", Outcome.DECLINE, "")

        await self._answered(guild, member, look, text=text)
        return found[0] if found else None

    async def stop_in(self, text: str, guild: int | None = None, member: Hashable = None) -> Stop | None:
        """Return the stop that a text by itself gets; nobody's conversation changes."""
        answer = await self._answered(
            guild,
            member,
            lambda service: Answer(
                "", Outcome.DECLINE, "", stop=(service or self.service()).stop_in(text[:MOST_QUESTION])
            ),
            text=text,
        )
        return answer.stop

    async def held_back(self, interaction: Interaction) -> bool:
        """Give whoever sent the interaction the stop that holds for them there, and say whether one does."""
        return await held_back(interaction)

    async def alarmed(self, interaction: Interaction, text: str) -> bool:
        """Give the stop for an alarm that was typed into a form, and say whether it was one."""
        return await alarmed(interaction, text)

    def rests(self, place: Hashable) -> bool:
        """Say whether a stop holds in a place for anybody, so that nothing is said there unasked."""
        return self._conversations.rests(place)

    def seconds_to_wait(self, member: Hashable) -> float:
        """Return how long a member's next answer after a stop has to wait."""
        return self._conversations.seconds_to_wait(member)

    def note_told(self, member: Hashable) -> None:
        """Note that a member was answered after a stop."""
        self._conversations.told(member)

    async def choices(
        self, typed: str, guild: int | None = None, place: Hashable = None, member: Hashable = None
    ) -> list[Choice]:
        """Return what autocomplete offers `member` for `typed`; on an alarm, or after one, only the stop. May raise.

        Raises UserError, saying when to come back, where that is asked for too often.
        """
        async with asyncio.timeout(deadline.left(self._answer_seconds)):
            return await self._room.run(
                guild,
                member,
                lambda alarms: self._own_service(guild, alarms),
                lambda service: self._conversations.choices(
                    typed[:MOST_QUESTION], place, member, service=service or self.service(), direct=guild is None
                ),
                alarms=lambda: self._alarms(typed),
                short=len(typed) <= SHORT,
                paces=self._choices,
            )

    def note_answered(self, guild: int | None, member: int, answer: Answer, people: Iterable[Person]) -> None:
        """Count an answer that has gone out; the names of `people` are struck from what is kept of the question."""
        measures.count("questions", str(answer.outcome), answer.topic or "")
        measures.count("gate", _tier_of(answer))
        passed = deadline.passed()
        if passed is not None:
            measures.took("whole", passed)
        log.debug("answered: %s, %s", answer.outcome, self._named(answer.claim) if answer.claim else "no claim")
        if self._workshop is None:
            return
        called = [
            name
            for each in people
            if not getattr(each, "bot", False)
            for name in (each.name, each.global_name, each.display_name)
            if name
        ]
        self._workshop.recording.answered(guild, member, answer, answer.question, names=called)

    def note_shown(self, place: Hashable, member: Hashable, claim_id: str) -> None:
        """Remember which claim `member` saw last in `place`, so that a follow-up goes on from it."""
        self._conversations.note(place, member, claim_id)

    def forget(self, member: int) -> None:
        """Forget what is in memory of what a member said."""
        self._conversations.forget(member)
        self.asked.forget(member)

    def forget_old(self) -> None:
        """Forget what was said more than ten minutes ago, and who sent a report more than a day ago."""
        self._conversations.expire()
        self.asked.expire()
        self.reports.expire()
        self.server_reports.expire()
        self._questions.expire()
        self._choices.expire()
        self.pictures.expire()

    def note_feedback(self, guild: int | None, member: int, claim_id: str, kind: str) -> None:
        """Count one press, once a day for each member; who pressed is not kept with it."""
        feedback_log.info("claim %s: %s", self._named(claim_id), kind)
        if self._workshop is not None:
            self._workshop.recording.pressed(guild, member, claim_id, kind)

    def _named(self, claim_id: str) -> str:
        """Return a claim as the log may name it: the name of a server's own is what somebody there wrote."""
        return claim_id if claim_id in self.service().knowledge.claims else "of a server's own"

    async def pass_on_report(self, about: str, text: str) -> None:
        """Hand a report to the host's channel, or to the log; who wrote it is never said."""
        if self._report_channel_id is not None:
            quoted = discord.utils.escape_markdown(text).replace("\n", "\n> ")
            words = f"**Report**{f' on the answer `{about}`' if about else ''}\n> {quoted}"
            channel = self.get_partial_messageable(self._report_channel_id)
            try:
                await channel.send(view=plain(words))
            except discord.HTTPException as fault:
                faults.note("posting a report in the host's channel", fault)
            else:
                return
        report_log.warning("report on %s: %r", self._named(about) if about else "no answer", text)

    def knowledge_faulty(self, found: str) -> None:
        """Tell servers' log channels that changed files are not used; `found` has a fault on each line. From any thread."""
        self.has_faulty_files = True
        self._tell_all(wording.FAULTY_FILES.format(count=len(found.splitlines())))

    def knowledge_mended(self) -> None:
        """Tell servers' log channels that the files are right again. From any thread."""
        self.has_faulty_files = False
        self._tell_all(wording.MENDED_FILES)

    def _tell_all(self, text: str) -> None:
        if self.is_ready():
            asyncio.run_coroutine_threadsafe(self._tell_logs(text), self.loop)

    async def _tell_logs(self, text: str) -> None:
        if self._workshop is None:
            return
        for guild in self.guilds:
            await self._workshop.settings.get(guild.id)
            await tell_log(self, self._workshop, guild.id, text)

    def is_stale(self, interaction: Interaction) -> bool:
        """Say whether the interaction is too old to be answered: Discord gives three seconds."""
        return self._freshness.age(interaction.created_at.timestamp()) > OLDEST_SECONDS

    def _alarms(self, text: str) -> bool:
        """Say whether a text by itself is an alarm, in any server: no server can edit what stops."""
        return bool(text) and self.service().stop_in(text[:MOST_QUESTION]) is not None

    async def _own_service(self, guild: int | None, alarms: Callable[[], Awaitable[bool]]) -> Service | None:
        """Return the service of a server, None where no database is open or `guild` is None: the common one answers.

        Where it is not in memory, what `alarms` does not wait for it.
        """
        if self._workshop is None or guild is None:
            return None
        overlays = self._workshop.overlays
        if overlays.at_hand(guild) is None and await alarms():
            return overlays.known(guild)
        return await overlays.for_server(guild)

    async def _own_picture(self, guild: int, digest: str) -> bytes | None:
        """Return the bytes of a server's own picture. Raises StoreError."""
        return await self.workshop.pictures.content(guild, digest)

    async def _answered(
        self,
        guild: int | None,
        member: Hashable,
        ask: Callable[[Service | None], Answer],
        *,
        instead: Callable[[], Answer | None] = lambda: None,
        text: str = "",
        paces: Paces | None = None,
    ) -> Answer:
        """Run the asking: a short text where it is, a long one beside the event loop.

        Where it fails or takes too long, `instead` goes out, and where that is nothing the safety line alone.
        An alarm in `text` does not wait for what a server made of the knowledge.
        """
        try:
            async with asyncio.timeout(deadline.left(self._answer_seconds)):
                return await self._room.run(
                    guild,
                    member,
                    lambda alarms: self._own_service(guild, alarms),
                    ask,
                    alarms=lambda: self._alarms(text),
                    short=len(text) <= SHORT,
                    paces=paces,
                )
        except (
            UserError
        ) as full:  # a flood without an alarm: neither a line in the log nor a reply in the channel for each
            said = f"{full}\n\n{self.service().safety_line}"
            return instead() or Answer("", Outcome.DECLINE, said, safety_line=True, quiet=True)
        except Exception as fault:  # noqa: BLE001 -- an answer that fails must not take the safety line with it
            faults.note("answering a question", fault)
            return instead() or Answer("", Outcome.DECLINE, self.service().safety_line, safety_line=True)

    def _trace(self) -> aiohttp.TraceConfig:
        """Return what learns Discord's time from the header of each of its responses."""
        trace = aiohttp.TraceConfig()

        async def responded(_session: object, _context: object, ended: aiohttp.TraceRequestEndParams) -> None:
            date = ended.response.headers.get("Date")
            self.shards_seen.told_time(date)
            _count_response(ended.response)
            if ended.url.path.startswith("/api/"):  # of other machines' clocks nothing is known
                self._freshness.told(date or "")

        trace.on_request_end.append(responded)
        return trace

    # Connecting, and commands at Discord

    async def launch_shards(self) -> None:
        """Connect all shards. Where Discord cannot say how many, it is asked again until it does."""
        await self.reaching.insist(super().launch_shards)

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
        if not self.is_ready() or closed:
            found.append(f"Waiting for Discord ({closed} of {len(self.shards)} shards).")
        if self.service().reading:
            found.append("Reading the knowledge.")
        return found

    def accept_nothing_new(self) -> None:
        """Turn away what somebody would wait for: the bot is about to end."""
        self._accepts = False

    async def close(self) -> None:
        """End the registering, and the connection."""
        self._registering.stop()
        await super().close()

    # Events and doors

    def _arrived(self, event: str, data: Any) -> bool:
        """Look at an event before anything else does, and say whether to go on with it.

        Its deadline starts here, and the age of an interaction is told.
        """
        if event not in ADDRESSED:
            deadline.never()
            way.end()
            return True
        if event == "MESSAGE_CREATE" and self._is_for_nobody(data):
            self.dispatch("server_alive", int(data["guild_id"]))
            return False
        way.begin()
        age = self._age(data)
        if event != "INTERACTION_CREATE":
            deadline.begin()
            return self._accepts
        deadline.begin(age)
        insist()
        measures.count("interactions", KINDS.get(data.get("type"), "other"))
        if age > OLDEST_SECONDS:
            measures.count("interactions_late")
            log.info("dropped an interaction that came too late to be answered")
        return self._accepts and age <= OLDEST_SECONDS

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
            return self._freshness.age(made_at(data["id"]))
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


def _tier_of(answer: Answer) -> str:
    """Return what the gate made of the question behind `answer`, for counting."""
    if answer.stop is not None:
        return str(answer.stop.tier)
    return "line" if answer.safety_line else "none"


def _count_response(response: aiohttp.ClientResponse) -> None:
    measures.count("responses", str(response.status))
    if response.status == faults.TOO_MANY:
        scope = response.headers.get("X-RateLimit-Scope", "")
        measures.count("rate_limits", scope if scope in {"user", "global", "shared"} else "edge")


def _by_person(message: discord.Message) -> bool:
    return not (message.author.bot or message.webhook_id is not None or message.is_system())
