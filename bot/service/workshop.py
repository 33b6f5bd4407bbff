"""All that servers can do with their knowledge, put together on one store, with what runs beside it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.service.curation import Curation
from bot.service.departed import Departed
from bot.service.drafts import DraftDesk
from bot.service.exchange import Exchange
from bot.service.history import History
from bot.service.inbox import Inbox, KeptQuestions
from bot.service.listing import Listing
from bot.service.orphans import Orphans
from bot.service.overlays import MOST_BUILT, Overlays
from bot.service.own_pictures import OwnPictures
from bot.service.popular import Popular
from bot.service.presence import Presence
from bot.service.privacy import Privacy
from bot.service.recording import Recording
from bot.service.retention import Retention
from bot.service.review import Review
from bot.service.server_settings import SettingsDesk
from bot.service.service import Service
from bot.service.statistics import Statistics
from bot.service.teaching import Teaching
from bot.service.unasked import Unasked
from bot.service.watching import Watching
from bot.service.weekly import Weekly
from bot.store.copies import Copies
from bot.store.store import Store

NO_COPIES = Copies(None, 0)


@dataclass(frozen=True)
class Workshop:
    """The desks. `start` what runs beside them, and `close` them at the end."""

    store: Store
    overlays: Overlays
    curation: Curation
    pictures: OwnPictures
    exchange: Exchange
    history: History
    orphans: Orphans
    review: Review
    inbox: Inbox
    listing: Listing
    settings: SettingsDesk
    popular: Popular
    presence: Presence
    privacy: Privacy
    recording: Recording
    statistics: Statistics
    weekly: Weekly
    teaching: Teaching
    retention: Retention
    watching: Watching
    unasked: Unasked
    _tasks: list[asyncio.Task[None]] = field(default_factory=list, repr=False)

    async def start(self) -> None:
        """Begin to record, to listen and to let go of what is old; nothing happens the second time."""
        if self._tasks:
            return
        await self.privacy.load()
        for run in (self.recording.run, self.watching.run, self.retention.run, self.privacy.run):
            self._tasks.append(asyncio.create_task(run()))

    async def close(self) -> None:
        """Write what waits, end what runs, and close the store."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        await self.recording.flush()
        self.curation.close()
        await self.overlays.close()
        await self.store.close()


def put_together(
    store: Store,
    base: Callable[[], Service],
    *,
    regions: Sequence[str],
    clock: Callable[[], datetime],
    most_overlays: int = MOST_BUILT,
    copies: Copies = NO_COPIES,
) -> Workshop:
    """Return the desks on `store`. `base` gives the service of the moment, `clock` the time with its zone.

    Discord's own time counts as soon as it is known. `copies` keeps what is deleted of servers that the bot left.
    """
    presence = Presence(store, clock)
    machine, clock = (
        clock,
        presence.now,
    )  # so that whatever is dated has Discord's time, whatever this machine's clock says
    settings = SettingsDesk(store, regions, clock)
    overlays = Overlays(base, store, settings, most=most_overlays)
    settings.changed.append(overlays.forget)
    privacy = Privacy(store, clock)
    drafts = DraftDesk(store, overlays, settings, clock)
    curation = Curation(drafts, overlays, KeptQuestions(store, settings).wordings)
    history = History(store, drafts)
    orphans = Orphans(drafts)
    recording = Recording(store, overlays, settings, privacy, clock)
    privacy.forgetting += [recording.forget, curation.forget]
    privacy.settings_changed.append(settings.forget_consent)
    departed = Departed(store, overlays, settings, presence, copies)
    return Workshop(
        store=store,
        overlays=overlays,
        curation=curation,
        pictures=OwnPictures(store, drafts, clock),
        exchange=Exchange(drafts),
        history=history,
        orphans=orphans,
        review=Review(
            store,
            drafts=drafts,
            curation=curation,
            history=history,
            orphans=orphans,
            settings=settings,
            overlays=overlays,
            recording=recording,
            clock=clock,
        ),
        inbox=Inbox(store, curation, settings, recording),
        listing=Listing(store, curation, settings, recording, clock),
        settings=settings,
        popular=Popular(store, clock),
        presence=presence,
        privacy=privacy,
        recording=recording,
        teaching=Teaching(
            store,
            drafts=drafts,
            curation=curation,
            overlays=overlays,
            settings=settings,
            privacy=privacy,
            clock=clock,
        ),
        statistics=Statistics(store, overlays, settings, recording, clock),
        weekly=Weekly(store, overlays, settings, recording, clock),
        retention=Retention(store, settings, presence, departed, machine),
        watching=Watching(store, overlays, settings, privacy),
        unasked=Unasked(settings, privacy),
    )
