"""Letting go of what need not be kept any longer."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from bot.errors import StoreError
from bot.service.departed import Departed
from bot.service.presence import Presence
from bot.service.server_settings import SettingsDesk
from bot.store.store import Store

log = logging.getLogger(__name__)

EVERY_SECONDS = 3600.0
WAITING_SECONDS = 5.0
"""Between two looks whether Discord's time is known: a wrong clock must not delete anything at the start."""
MOST_WRONG = timedelta(hours=1)
"""What this machine's clock may differ from Discord's before it is trusted with deleting nothing."""
DRAFT_DAYS = 7
PICTURE_DAYS = DRAFT_DAYS + 1
"""A picture that was never published outlives the drafts that name it."""
SUGGESTION_DAYS = 30
COUNT_DAYS = 366


@dataclass(frozen=True, slots=True)
class LetGo:
    """How much one run of the job deleted."""

    wordings: int = 0
    marks: int = 0
    drafts: int = 0
    pictures: int = 0
    suggestions: int = 0
    counts: int = 0
    servers: int = 0


class Retention:
    """The job that deletes what is too old; `clock` gives the time with its zone."""

    def __init__(
        self,
        store: Store,
        settings: SettingsDesk,
        presence: Presence,
        departed: Departed,
        clock: Callable[[], datetime],
    ) -> None:
        """Delete from `store`, as long as `presence` finds the clock right."""
        self._store = store
        self._settings = settings
        self._presence = presence
        self._departed = departed
        self._clock = clock
        self._is_ours: Callable[[], bool] = lambda: True

    def only_while(self, is_ours: Callable[[], bool]) -> None:
        """Delete for age only while `is_ours` says so, where several processes share the database.

        Servers that were left are each process's own: it judges those of its shards alone.
        """
        self._is_ours = is_ours

    async def run_once(self) -> LetGo:
        """Delete what is too old now, and return how much that was; the log tells first what it is. Raises StoreError."""
        now = self._clock()
        today = now.date()

        def seconds(days: int) -> int:
            return int((now - timedelta(days=days)).timestamp())

        servers = await self._departed.run_once()
        if servers:
            await self._store.leave_no_trace()
        if not self._is_ours():
            return LetGo(servers=servers)
        if abs(self._presence.now() - now) > MOST_WRONG:
            log.warning("This machine's clock is wrong by more than an hour, so nothing is deleted for its age.")
            return LetGo(servers=servers)
        ahead = await self._store.redate(now + MOST_WRONG, now)
        if ahead:
            log.info("A clock had run ahead: %d entries are dated as of today.", ahead)
        marks = await self._store.marks.drop_before(today.isoformat())
        due = await self._store.overdue(
            drafts=seconds(DRAFT_DAYS),
            suggestions=seconds(SUGGESTION_DAYS),
            counts=(today - timedelta(days=COUNT_DAYS)).isoformat(),
        )
        if due:
            log.info("About to let go of what is too old: %s.", due)
        wordings = 0
        for guild in await self._store.inbox.servers():
            days = (await self._settings.certain(guild)).retention_days
            wordings += await self._store.inbox.drop_before(guild, (today - timedelta(days=days)).isoformat())
        drafts = await self._store.drafts.drop_before(seconds(DRAFT_DAYS))
        pictures = await self._store.pictures.drop_unused_before(seconds(PICTURE_DAYS))
        suggestions = await self._store.suggestions.drop_before(seconds(SUGGESTION_DAYS))
        counts = await self._store.tallies.drop_before((today - timedelta(days=COUNT_DAYS)).isoformat())
        done = LetGo(wordings, marks, drafts, pictures, suggestions, counts, servers)
        if any(astuple(done)):
            await self._store.leave_no_trace()
        return done

    async def run(self) -> None:
        """Delete what is too old every hour, for ever, once Discord has told its time. Cancel it to end it."""
        while True:
            if not self._presence.knows_the_time:
                await asyncio.sleep(WAITING_SECONDS)
                continue
            try:
                done = await self.run_once()
                log.log(logging.INFO if any(astuple(done)) else logging.DEBUG, "Let go of what was too old: %s", done)
            except StoreError as error:
                log.warning("What is too old could not be deleted: %s", error)
            except Exception as error:  # noqa: BLE001 -- a job that dies would keep everything for good
                log.error("Deleting what is too old failed: %s", type(error).__name__)  # noqa: TRY400
            await asyncio.sleep(EVERY_SECONDS)
