"""A server's counts over time."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.core.stats import Stats, stats
from bot.errors import UserError
from bot.sentences import say
from bot.service.access import Actor, Right
from bot.service.overlays import Overlays
from bot.service.recording import Recording
from bot.service.server_settings import SettingsDesk
from bot.store.store import Store

MOST_DAYS = 365


class Statistics:
    """Counts of all servers, one server at a time. May raise UserError and StoreError."""

    def __init__(
        self,
        store: Store,
        overlays: Overlays,
        settings: SettingsDesk,
        recording: Recording,
        clock: Callable[[], datetime],
    ) -> None:
        """Read from `store`, after `recording` wrote what waits."""
        self._store = store
        self._overlays = overlays
        self._settings = settings
        self._recording = recording
        self._clock = clock

    async def stats(self, guild: int, by: Actor, *, days: int = 30) -> Stats:
        """Return the counts of the last days, today included."""
        await self._settings.require(guild, by, Right.EDIT)
        if not 1 <= days <= MOST_DAYS:
            raise UserError(say("moderators.statistics.counted_days", most_days=MOST_DAYS))
        await self._recording.flush()
        today = self._clock().date()
        since = (today - timedelta(days=days - 1)).isoformat()
        knowledge = (await self._overlays.for_server(guild)).knowledge
        topics: Counter[str] = Counter()
        for _, claim, count in await self._store.tallies.totals(guild, since, "claim"):
            found = knowledge.claims.get(claim)
            if found is not None:
                topics[knowledge.topics[found.topic].title] += count
        return stats(
            today,
            days,
            await self._store.tallies.since(guild, since, "outcome"),
            await self._store.tallies.since(guild, since, "press"),
            topics,
        )
