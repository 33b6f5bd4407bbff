"""What cogs and components ask of the client they run in: answers, what was said before, reports, and what to count."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Hashable, Iterable
from pathlib import Path

import discord

from bot import measures
from bot.bootstrap import shipped_pictures
from bot.client.freshness import Freshness
from bot.core.model import Answer, Outcome, Stop
from bot.errors import GateFailedError, StoreError, UserError
from bot.pictures import PictureCache, rendered_apart
from bot.sentences import say
from bot.service import Conversations, Service
from bot.service.allowance import Allowance, Pace, Paces
from bot.service.answer_room import SHORT, AnswerRoom
from bot.service.choices import Choice
from bot.service.conversations import NO_CONTEXT, Context
from bot.service.recent import Recent
from bot.service.workshop import Workshop
from bot.ui.answer.held import alarmed, held_back
from bot.ui.answer.replies import plain
from bot.ui.kit import deadline, faults
from bot.ui.kit.asked import Asked
from bot.ui.kit.desk import MOST_CARDS, Interaction, Person, SentCards
from bot.ui.kit.limits import MOST_QUESTION
from bot.ui.kit.pictures import DRAWING_SECONDS, Pictures
from bot.ui.kit.taught import TaughtLately
from bot.ui.kit.ticks import Ticks
from bot.ui.registry import HANDLERS

log = logging.getLogger(__name__)
feedback_log = logging.getLogger("bot.feedback")
report_log = logging.getLogger("bot.reports")

ANSWER_SECONDS = deadline.ANSWER_SECONDS
"""How long an interaction takes at most, from its arrival to its answer."""
OLDEST_SECONDS = 2.8
"""Discord takes the first response to an interaction for three seconds; after a resume it replays older ones."""
MOST_REPORTS, MOST_REPORTS_OF_A_SERVER = 5, 50
"""Within a day, of one member and from one server."""
QUESTIONS_AT_ONCE, SECONDS_A_QUESTION = 20, 3.0
"""Of one member: more than anybody asks in earnest, whoever reads the answers."""
QUESTIONS_OF_A_SERVER, SECONDS_OF_A_SERVER = 300, 0.05
"""Of all its members together: twenty a second for as long as they like."""
CHOICES_AT_ONCE, SECONDS_A_CHOICE = 60, 0.25
"""What autocomplete offers one member: Discord asks for it with every few letters."""
CHOICES_OF_A_SERVER, SECONDS_OF_A_SERVERS_CHOICE = 900, 0.02
NO_DATABASE = say("card.desk.no_database")


class ClientDesk:
    """The desk of one client: `bot.ui.kit.desk.Desk`, and what its cogs ask besides."""

    def __init__(
        self,
        client: discord.Client,
        conversations: Conversations,
        service: Callable[[], Service],
        freshness: Freshness,
        *,
        state_dir: Path | None = None,
        report_channel_id: int | None = None,
        workshop: Workshop | None = None,
        answer_seconds: float = ANSWER_SECONDS,
        site_url: str = "",
        pictures: PictureCache | None = None,
        drawing_seconds: float = DRAWING_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Answer for `client`; `freshness` tells how old an interaction is. All else is as for `LegPressBot`."""
        self._client = client
        self._conversations = conversations
        self._service = service
        self._freshness = freshness
        self._report_channel_id = report_channel_id
        self._workshop = workshop
        self._answer_seconds = answer_seconds
        self._room = AnswerRoom()
        self.reports = Allowance(MOST_REPORTS, "reports")
        self.server_reports = Allowance(MOST_REPORTS_OF_A_SERVER, say("card.desk.reports_of_a_server"))
        self._questions = Paces(
            Pace(QUESTIONS_AT_ONCE, SECONDS_A_QUESTION, clock), Pace(QUESTIONS_OF_A_SERVER, SECONDS_OF_A_SERVER, clock)
        )
        self._choices = Paces(
            Pace(CHOICES_AT_ONCE, SECONDS_A_CHOICE, clock),
            Pace(CHOICES_OF_A_SERVER, SECONDS_OF_A_SERVERS_CHOICE, clock),
        )
        self.handlers = HANDLERS
        self.ticks = Ticks()
        self.asked = Asked()
        self.taught = TaughtLately()
        self.cards: SentCards = Recent(MOST_CARDS)
        self.site_url = site_url
        folder = state_dir / "pictures" if state_dir else None
        drawn = pictures or PictureCache(folder, render=rendered_apart, shipped=shipped_pictures())
        self.pictures = Pictures(drawn, self._own_picture, seconds=drawing_seconds)

    def service(self) -> Service:
        """Return the service with the shipped knowledge of this moment, as no server changed it."""
        return self._service()

    @property
    def workshop(self) -> Workshop:
        """What moderators work with. Raises StoreError where no database is open."""
        if self._workshop is None:
            raise StoreError(NO_DATABASE)
        return self._workshop

    @property
    def workshop_at_hand(self) -> Workshop | None:
        """What moderators work with, None where no database is open."""
        return self._workshop

    def use_workshop(self, workshop: Workshop) -> None:
        """Answer with what servers made of the knowledge from now on."""
        self._workshop = workshop

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
        answer = await self._answered(
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
            too_late=lambda: self._conversations.alarm(place, member, question, direct=direct),
            text=question,
            paces=self._questions,
        )
        return await self._offering(guild, answer)

    async def ask_once(self, question: str, guild: int | None = None, member: Hashable = None) -> Answer:
        """Answer a text that belongs to nobody's conversation."""
        answer = await self._answered(
            guild,
            member,
            lambda service: (service or self.service()).ask(question[:MOST_QUESTION])[0],
            text=question,
            paces=self._questions,
        )
        return await self._offering(guild, answer)

    async def _offering(self, guild: int | None, answer: Answer) -> Answer:
        """Return a decline that nothing is near with what is asked most in a server; any other answer as it is."""
        if not answer.unlike:
            return answer
        popular = await self._popular(guild)
        return (await self.service_for(guild)).offering(answer, popular) if popular else answer

    async def _popular(self, guild: int | None) -> tuple[str, ...]:
        return () if self._workshop is None else await self._workshop.popular.of(guild)

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

        It counts as told to the member, unless somebody else wrote it (`proxy`). Raises GateFailedError where the gate
        fails or takes too long.
        """
        found: list[Answer] = []

        def look(service: Service | None) -> Answer:
            stop = self._conversations.alarm(
                place, member, text[:MOST_QUESTION], service=service, direct=guild is None, proxy=proxy
            )
            if stop is not None:
                found.append(stop)
            return stop or Answer("", Outcome.DECLINE, "")

        answer = await self._answered(guild, member, look, text=text)
        if found:
            return found[0]
        self._require_looked_at(answer)
        return None

    async def stop_in(self, text: str, guild: int | None = None, member: Hashable = None) -> Stop | None:
        """Return the stop that a text by itself gets; nobody's conversation changes. Raises what `alarm` does."""
        answer = await self._answered(
            guild,
            member,
            lambda service: Answer(
                "", Outcome.DECLINE, "", stop=(service or self.service()).stop_in(text[:MOST_QUESTION])
            ),
            text=text,
        )
        self._require_looked_at(answer)
        return answer.stop

    def _require_looked_at(self, answer: Answer) -> None:
        """Raise GateFailedError where the line stands in for what looking at a text should have said, but for a flood's."""
        if answer.safety_line and answer.stop is None and not answer.quiet:
            raise GateFailedError(self.service().safety_line)

    async def held_back(self, interaction: Interaction) -> bool:
        """Give whoever sent the interaction the stop that holds for them there, and say whether one does."""
        return await held_back(interaction)

    async def alarmed(self, interaction: Interaction, *fields: str) -> bool:
        """Give the stop for an alarm that was typed into a form's fields, and say whether it was one."""
        return await alarmed(interaction, *fields)

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
        popular = () if typed.strip() else await self._popular(guild)
        async with asyncio.timeout(deadline.left(self._answer_seconds)):
            return await self._room.run(
                guild,
                member,
                lambda alarms: self._own_service(guild, alarms),
                lambda service: self._conversations.choices(
                    typed[:MOST_QUESTION],
                    place,
                    member,
                    service=service or self.service(),
                    direct=guild is None,
                    popular=popular,
                ),
                alarms=self._alarms,
                text=typed,
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
        shown = self._workshop.overlays.known(guild).knowledge.claims.get(answer.claim or "")
        if shown is not None and shown.added_by_server:
            measures.count("answers_taught")
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
        self.taught.forget(member)

    def forget_old(self) -> None:
        """Forget what was said more than ten minutes ago, and who sent a report more than a day ago."""
        self._conversations.expire()
        self.asked.expire()
        self.taught.expire()
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
            channel = self._client.get_partial_messageable(self._report_channel_id)
            try:
                await channel.send(view=plain(words))
            except discord.HTTPException as fault:
                faults.note("posting a report in the host's channel", fault)
            else:
                return
        report_log.warning("report on %s: %r", self._named(about) if about else "no answer", text)

    def is_stale(self, interaction: Interaction) -> bool:
        """Say whether the interaction is too old to be answered: Discord gives three seconds."""
        return self._freshness.age(interaction.created_at.timestamp()) > OLDEST_SECONDS

    def _alarms(self, text: str) -> bool:
        """Say whether a text by itself is an alarm, in any server: no server can edit what stops."""
        try:
            return bool(text) and self.service().stop_in(text[:MOST_QUESTION]) is not None
        except GateFailedError:
            return False  # it waits its turn like all else, and gets the line then

    @property
    def is_busy(self) -> bool:
        """Whether answers are in work or wait for their turn."""
        return self._room.is_busy

    async def is_urgent(self, guild: Hashable, text: str) -> bool:
        """Say whether a text of a flood is an alarm."""
        return await self._room.is_urgent(guild, None, text, self._alarms)

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
        too_late: Callable[[], Answer | None] = lambda: None,
        text: str = "",
        paces: Paces | None = None,
    ) -> Answer:
        """Run the asking: a short text where it is, a long one beside the event loop.

        Where it fails or takes too long, `instead` goes out, and where that is nothing the safety line alone; before both, for
        a short text that took too long, what `too_late` quickly says.
        An alarm in `text` does not wait for what a server made of the knowledge.
        """
        try:
            async with asyncio.timeout(deadline.left(self._answer_seconds)):
                return await self._room.run(
                    guild,
                    member,
                    lambda alarms: self._own_service(guild, alarms),
                    ask,
                    alarms=self._alarms,
                    text=text,
                    paces=paces,
                )
        except GateFailedError as failed:
            return instead() or Answer("", Outcome.DECLINE, str(failed), safety_line=True)
        except (
            UserError
        ) as full:  # a flood without an alarm: neither a line in the log nor a reply in the channel for each
            line = self.service().safety_line
            return instead() or Answer("", Outcome.DECLINE, str(full), end=line, safety_line=True, quiet=True)
        except Exception as fault:  # noqa: BLE001 -- an answer that fails must not take the safety line with it
            faults.note("answering a question", fault)
            return (
                self._stop_after_all(fault, text, too_late)
                or instead()
                or Answer("", Outcome.DECLINE, self.service().safety_line, safety_line=True)
            )

    @staticmethod
    def _stop_after_all(fault: Exception, text: str, too_late: Callable[[], Answer | None]) -> Answer | None:
        """Return what `too_late` does where a short text's turn did not come in time: in a crowd of alarms each is one."""
        if not isinstance(fault, TimeoutError) or len(text) > SHORT:
            return None
        try:
            return too_late()
        except GateFailedError:
            return None


def _tier_of(answer: Answer) -> str:
    """Return what the gate made of the question behind `answer`, for counting."""
    if answer.stop is not None:
        return str(answer.stop.tier)
    return "line" if answer.safety_line else "none"
