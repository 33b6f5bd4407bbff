"""Counting what was asked and keeping what was not answered: after the reply, in the background, never in its way."""

import asyncio
import logging
import re
from collections import Counter, deque
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.grouping import Grouping, Weights, Wording
from bot.core.matching.synonyms import KNOWN
from bot.core.model import OUT_OF_SCOPE, QUESTION, Answer, Knowledge, Outcome
from bot.core.references import without_references
from bot.core.scrub import scrub
from bot.core.text import clean, words
from bot.core.word_lists import WordLists
from bot.errors import StoreError
from bot.service.choices import CLAIM_PREFIX, STOP_PREFIX
from bot.service.overlays import Overlays
from bot.service.privacy import Privacy
from bot.service.server_settings import SettingsDesk
from bot.store.inbox import MOST_NEW_OF_A_MEMBER, NewWording
from bot.store.marks import Deed
from bot.store.store import Store
from bot.store.tallies import TallyKey

log = logging.getLogger(__name__)

FLUSH_SECONDS = 5.0
MOST_WAITING = 2_000
"""Questions and presses that wait to be written; what comes beyond is not kept."""
MOST_WAITING_OF_A_MEMBER = MOST_NEW_OF_A_MEMBER
"""Of these, so that nobody fills the room of all while the database is down."""
KEPT_WAITING = timedelta(minutes=10)
"""How long words and presses wait for a database that is down, beside the member's id; counts wait on."""
MOST_COUNTS = 50_000
HELPFUL, UNHELPFUL = "helpful", "not helpful"
_INNER_CAPITAL = re.compile(r"(?:(?<=[a-z\d] )|(?<=[a-z\d][,;] ))[A-ZÄÖÜ][^\W\d_]*[a-z][^\W\d_]*")
_KEPT = {Outcome.DECLINE, Outcome.SUGGEST}


@dataclass(frozen=True, slots=True)
class _Asked:
    guild: int
    day: str
    member: int
    wording: str
    outcome: Outcome
    nearest: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class _Pressed:
    guild: int
    day: str
    member: int
    claim: str
    kind: str
    at: datetime


class Reader:
    """What the scrubbing and grouping of questions rest on, made anew when the knowledge is another one."""

    def __init__(self, lists: Callable[[], WordLists] = WordLists) -> None:
        """Read with the lists of words of the moment."""
        self._lists = lists
        self.names_too: frozenset[str] = frozenset()
        """Given names that are words as well, since the last `refresh`."""
        self._knowledge: Knowledge | None = None
        self._known: frozenset[str] = frozenset()
        self._grouping = Grouping(Weights(()))

    def known(self, knowledge: Knowledge) -> frozenset[str]:
        """Return the words that are no names: of `knowledge`, or, until `refresh` was called, of the one before it."""
        if self._knowledge is None:
            self.refresh(knowledge)
        return self._known

    def grouping(self, knowledge: Knowledge) -> Grouping:
        """Return what tells which wordings are alike, of the same knowledge."""
        if self._knowledge is None:
            self.refresh(knowledge)
        return self._grouping

    def is_of(self, knowledge: Knowledge) -> bool:
        """Say whether it was made from `knowledge`."""
        return self._knowledge is knowledge

    def refresh(self, knowledge: Knowledge) -> None:
        """Make it from `knowledge`. Takes a tenth of a second and more: not for an event loop that people wait for."""
        questions = [question for claim in knowledge.claims.values() for question in claim.questions]
        answers = [f"{claim.title}\n{without_references(claim.answer)}" for claim in knowledge.claims.values()]
        outside = [question for group in knowledge.out_of_scope for question in group.questions]
        # What stands with a capital within a sentence alone is a name there: of a town, of whoever did a study.
        texts = [_INNER_CAPITAL.sub(" ", text) for text in (*questions, *answers, *outside)]
        found = {word for text in texts for word in words(clean(text))}
        found |= {word for group in knowledge.vocabulary for text in (group.word, *group.same) for word in text.split()}
        self._known = frozenset(found) | KNOWN
        self._grouping = Grouping(Weights(questions, self._lists().empty))
        self.names_too = frozenset(self._lists().names)
        self._knowledge = knowledge


class Recording:
    """Takes note of answers and presses. What it is told costs no waiting; a store that is down costs the notes alone."""

    def __init__(
        self,
        store: Store,
        overlays: Overlays,
        settings: SettingsDesk,
        privacy: Privacy,
        clock: Callable[[], datetime],
    ) -> None:
        """Write into `store`; `clock` gives the time with its zone."""
        self._store = store
        self._overlays = overlays
        self._settings = settings
        self._privacy = privacy
        self._clock = clock
        self._reader = Reader(lambda: overlays.base().lists)
        self._counts: Counter[TallyKey] = Counter()
        self._asked: deque[_Asked] = deque(maxlen=MOST_WAITING)
        self._pressed: deque[_Pressed] = deque(maxlen=MOST_WAITING)
        self._writing = asyncio.Lock()

    def answered(
        self, guild: int | None, member: int, answer: Answer, question: str, *, names: Collection[str] = ()
    ) -> None:
        """Note an answer that went out. `names`: what the people around are called, to be struck out.

        Of alarms nothing is kept, not even the count; of members who want to be ignored neither.
        """
        if (
            guild is None
            or answer.quiet
            or answer.kind not in {QUESTION, OUT_OF_SCOPE}
            or answer.outcome is Outcome.STOP
            or self._privacy.is_ignored(member)
        ):
            return
        if question.startswith((CLAIM_PREFIX, STOP_PREFIX)) and answer.claim is None:
            return
        day = self._clock().date().isoformat()
        self._count(TallyKey(guild, day, "outcome", str(answer.outcome)))
        if answer.claim is not None:
            self._count(TallyKey(guild, day, "claim", answer.claim))
        if answer.outcome not in _KEPT or answer.safety_line or answer.stop is not None or answer.settled:
            return
        knowledge = self._overlays.base().knowledge
        known = self._reader.known(knowledge)
        wording = scrub(question, names=names, known=known, words_too=self._reader.names_too)
        if wording and _few(self._asked, member):
            near = answer.suggestions[0] if answer.outcome is Outcome.SUGGEST and answer.suggestions else None
            self._asked.append(_Asked(guild, day, member, wording, answer.outcome, near, self._clock()))

    def pressed(self, guild: int | None, member: int, claim_id: str, kind: str) -> None:
        """Note a press on a feedback button ("helpful", "not helpful", "not helpful: wrong")."""
        if guild is not None and not self._privacy.is_ignored(member) and _few(self._pressed, member):
            now = self._clock()
            self._pressed.append(_Pressed(guild, now.date().isoformat(), member, claim_id[:40], kind, now))

    async def flush(self) -> None:
        """Write what waits. What cannot be written waits on, as far as there is room, with one line in the log."""
        async with self._writing:
            counts, asked, pressed = self._counts, deque(self._asked), deque(self._pressed)
            self._counts = Counter()
            self._asked.clear()
            self._pressed.clear()
            if not (counts or asked or pressed):
                return
            try:
                while pressed:
                    await self._count_press(pressed[0], counts)
                    pressed.popleft()
                await self._store.tallies.add(counts)
                counts = Counter()
                for guild in dict.fromkeys(each.guild for each in asked):
                    await self._keep(guild, asked)
            except StoreError as error:
                log.warning("Some counts and questions wait until the database is back: %s", error)
                for key, count in counts.items():
                    self._count(key, count)
                oldest = self._clock() - KEPT_WAITING
                self._asked.extendleft(each for each in reversed(asked) if each.at > oldest)
                self._pressed.extendleft(each for each in reversed(pressed) if each.at > oldest)

    async def forget(self, member: int) -> None:
        """Drop what waits of a member; what is being written just now is waited for, so that it can be deleted."""
        async with self._writing:
            self._asked = deque((each for each in self._asked if each.member != member), maxlen=MOST_WAITING)
            self._pressed = deque((each for each in self._pressed if each.member != member), maxlen=MOST_WAITING)

    async def run(self) -> None:
        """Write what waits every few seconds, for ever. Cancel it to end it."""
        while True:
            try:
                knowledge = self._overlays.base().knowledge
                if not self._reader.is_of(knowledge):
                    await asyncio.to_thread(self._reader.refresh, knowledge)
                await self.flush()
            except Exception as error:  # noqa: BLE001 -- a recorder that dies would record nothing any more
                log.error("Recording failed: %s", type(error).__name__)  # noqa: TRY400 -- a traceback may quote texts
            await asyncio.sleep(FLUSH_SECONDS)

    def _count(self, key: TallyKey, times: int = 1) -> None:
        if len(self._counts) < MOST_COUNTS or key in self._counts:
            self._counts[key] += times

    async def _count_press(self, each: _Pressed, counts: Counter[TallyKey]) -> None:
        verdict, _, reason = each.kind.partition(":")
        what = f"reason:{each.claim}" if reason else f"press:{each.claim}"
        if self._privacy.is_ignored(each.member):  # since they pressed
            return
        if not await self._store.marks.first_today(Deed(each.guild, each.day, what), each.member):
            return
        if reason:
            counts[TallyKey(each.guild, each.day, f"reason:{reason.strip()[:20]}", each.claim)] += 1
        elif verdict in {HELPFUL, UNHELPFUL}:
            counts[TallyKey(each.guild, each.day, "press", verdict)] += 1
            counts[TallyKey(each.guild, each.day, f"press:{verdict}", each.claim)] += 1

    async def _keep(self, guild: int, asked: deque[_Asked]) -> None:
        """Write a server's questions, and take each out of what waits when it is written, or is not to be."""
        waiting = [each for each in asked if each.guild == guild]
        if not (await self._settings.certain(guild)).keep_questions:
            for each in waiting:
                asked.remove(each)
            return
        held = await self._store.inbox.all(guild)
        known = [Wording(row.wording, row.nearest, row.times) for row in held]
        groups: list[int | None] = [row.group for row in held]
        grouping = self._reader.grouping(self._overlays.base().knowledge)
        for each in waiting:
            taken_back = not (await self._settings.certain(guild)).keep_questions
            if taken_back or self._privacy.is_ignored(each.member):  # since they asked
                asked.remove(each)
                continue
            new = Wording(each.wording, each.nearest)
            at = await asyncio.to_thread(grouping.nearest, new, known)
            kept = await self._store.inbox.record(
                guild,
                each.day,
                NewWording(each.wording, str(each.outcome), each.nearest, None if at is None else groups[at]),
                each.member,
            )
            asked.remove(each)
            known.append(new)
            groups.append(kept)
        if not (await self._settings.certain(guild)).keep_questions:
            await self._store.inbox.drop_all(guild)


def _few(waiting: Collection[_Asked | _Pressed], member: int) -> bool:
    return sum(each.member == member for each in waiting) < MOST_WAITING_OF_A_MEMBER
