"""What a server's moderators look at weekly: what was asked most, missed and disliked, and what changed since the week before."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.core.model import Knowledge
from bot.core.stats import ANSWERED
from bot.service.access import Actor, Right
from bot.service.overlays import Overlays
from bot.service.recording import HELPFUL, UNHELPFUL, Recording
from bot.service.server_settings import SettingsDesk
from bot.store.inbox import FEWEST_ASKERS
from bot.store.store import Store

DAYS = 7
MOST = 5
"""Lines of each kind."""
SENT = "digest_sent"
"""The note in a server's settings of the day on which its last digest went out; it stays where that is switched off, and goes with them."""
_SENT_BEFORE = "digest"
"""Where its week ("2026-48") was noted before, in the place of the switch."""


@dataclass(frozen=True, slots=True)
class Given:
    """A claim, how often it was the answer this week, and how often in the week before."""

    claim: str
    title: str
    times: int
    before: int


@dataclass(frozen=True, slots=True)
class Missed:
    """What nothing answered this week: the most asked wording, how often since it was first asked, its group in the inbox."""

    group: int
    wording: str
    times: int


@dataclass(frozen=True, slots=True)
class Disliked:
    """A claim with thumbs down this week, the thumbs up beside them, and the reasons that were picked, most first."""

    claim: str
    title: str
    down: int
    up: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days of a server. `missed` is None where the server does not keep what nothing answers."""

    first: date
    last: date
    asked: int
    answered: int
    asked_before: int
    answered_before: int
    most: tuple[Given, ...]
    missed: tuple[Missed, ...] | None
    disliked: tuple[Disliked, ...]

    @property
    def claims(self) -> tuple[tuple[str, str], ...]:
        """The claims that it names (id, title), each once."""
        disliked = {each.claim: each.title for each in self.disliked}
        return tuple({**disliked, **{each.claim: each.title for each in self.most}}.items())


class Weekly:
    """Weeks of all servers, one server at a time. May raise UserError and StoreError."""

    def __init__(
        self,
        store: Store,
        overlays: Overlays,
        settings: SettingsDesk,
        recording: Recording,
        clock: Callable[[], datetime],
    ) -> None:
        """Read from `store`, after `recording` wrote what waits; `clock` gives the time with its zone."""
        self._store = store
        self._overlays = overlays
        self._settings = settings
        self._recording = recording
        self._clock = clock

    async def week(self, guild: int, by: Actor) -> Week:
        """Return the last seven days, today included, for whoever may edit."""
        await self._settings.require(guild, by, Right.EDIT)
        await self._recording.flush()
        return await self._week(guild, self._clock().date())

    async def due(self, guild: int) -> Week | None:
        """Return the seven days up to yesterday for a server that wants a digest and had none in those days, else None.

        That it went out is noted first, so that no restart sends it twice. A week in which nothing was asked sends none.
        A day to come was noted by a clock that ran ahead: seven days from today are waited for.
        """
        settings = await self._settings.certain(guild)
        if not settings.digest or settings.log_channel is None:
            return None
        today = self._clock().date()
        held = await self._store.servers.settings(guild)
        noted = held.get(SENT)
        sent = _day(noted or held.get(_SENT_BEFORE))
        was_sent = sent is not None and sent > today - timedelta(days=DAYS)
        note = min(sent, today) if sent is not None and was_sent else today
        is_first = await self._store.servers.first(guild, SENT, note.isoformat(), was=noted)
        if was_sent or not is_first:
            return None
        week = await self._week(guild, today - timedelta(days=1))
        # Others may read there: what one member asked is nobody's news.
        week = replace(week, most=tuple(each for each in week.most if each.times >= FEWEST_ASKERS))
        return week if week.asked or week.disliked or week.missed else None

    async def _week(self, guild: int, last: date) -> Week:
        first = last - timedelta(days=DAYS - 1)
        tallies = self._store.tallies
        earlier = (first - timedelta(days=DAYS)).isoformat()
        outcomes = _both(await tallies.since(guild, earlier, "outcome"), first, last)
        given, before = _both(await tallies.since(guild, earlier, "claim"), first, last)
        knowledge = (await self._overlays.for_server(guild)).knowledge
        most = [
            Given(claim, knowledge.claims[claim].title, times, before[claim])
            for claim, times in sorted(given.items(), key=lambda each: (-each[1], each[0]))
            if claim in knowledge.claims
        ]
        return Week(
            first,
            last,
            sum(outcomes[0].values()),
            outcomes[0][ANSWERED],
            sum(outcomes[1].values()),
            outcomes[1][ANSWERED],
            tuple(most[:MOST]),
            await self._missed(guild, first),
            await self._disliked(guild, first, knowledge),
        )

    async def _missed(self, guild: int, first: date) -> tuple[Missed, ...] | None:
        if not (await self._settings.certain(guild)).keep_questions:
            return None
        groups: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for row in await self._store.inbox.all(guild):
            if row.most_askers >= FEWEST_ASKERS and row.last_day >= first.isoformat():
                groups[row.group].append((row.times, row.wording))
        found = [Missed(group, max(rows)[1], sum(times for times, _ in rows)) for group, rows in groups.items()]
        return tuple(sorted(found, key=lambda each: (-each.times, each.group))[:MOST])

    async def _disliked(self, guild: int, first: date, knowledge: Knowledge) -> tuple[Disliked, ...]:
        up: Counter[str] = Counter()
        down: Counter[str] = Counter()
        counts = {f"press:{HELPFUL}": up, f"press:{UNHELPFUL}": down}
        for kind, claim, count in await self._store.tallies.totals(guild, first.isoformat(), "press:"):
            if kind in counts:
                counts[kind][claim] += count
        reasons: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for kind, claim, count in await self._store.tallies.totals(guild, first.isoformat(), "reason:"):
            reasons[claim].append((kind.removeprefix("reason:"), count))
        return tuple(
            Disliked(
                claim,
                knowledge.claims[claim].title,
                times,
                up[claim],
                tuple(sorted(reasons[claim], key=lambda each: (-each[1], each[0]))),
            )
            for claim, times in sorted(down.items(), key=lambda each: (-each[1], each[0]))
            if claim in knowledge.claims
        )[:MOST]


def _both(rows: Iterable[tuple[str, str, int]], first: date, last: date) -> tuple[Counter[str], Counter[str]]:
    """Return the counts by name of the week that begins on `first`, and those of the week before it."""
    week: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for day, name, count in rows:
        if day <= last.isoformat():
            (week if day >= first.isoformat() else before)[name] += count
    return week, before


def _day(note: object) -> date | None:
    """Return the day that a note names, of a week its first; None for anything else."""
    if not isinstance(note, str):
        return None
    try:
        year, week = map(int, note.split("-"))
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        pass
    try:
        return date.fromisoformat(note)
    except ValueError:
        return None
