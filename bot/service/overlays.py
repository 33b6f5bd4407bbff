"""Each server's view of the knowledge: the base with the server's overlay, built when asked for and held while in use."""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.core import matching
from bot.core.overlay import Entry, Overlay, from_plain
from bot.errors import StoreError
from bot.service.recent import Recent
from bot.service.server_settings import SettingsDesk
from bot.service.service import Service
from bot.store.store import Store

log = logging.getLogger(__name__)

MOST_BUILT = 256
"""Overlays held ready; see tests/benchmarks/test_overlays.py for what one costs."""
WAIT_SECONDS = 1.5
"""How long an answer waits for an overlay that is not in memory: Discord wants it within three seconds."""
MOST_AT_ONCE = 2
"""Overlays that are built at the same time: after a restart many servers ask at once, and each takes a core."""
PAUSE_SECONDS = 5.0
"""How long a store that failed is left alone by those who ask."""


@dataclass(frozen=True, slots=True)
class Built:
    """A server's service, and what it was built from."""

    base: Service
    overlay: Overlay
    region: str
    service: Service


class Overlays:
    """Services by server. `base` is called at each question, so that overlays move onto reloaded knowledge."""

    def __init__(
        self,
        base: Callable[[], Service],
        store: Store,
        settings: SettingsDesk,
        *,
        most: int = MOST_BUILT,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Hold at most `most` overlays; `clock` gives seconds."""
        self._base = base
        self._store = store
        self._settings = settings
        self._clock = clock
        self._built: Recent[int, Built] = Recent(most)
        self._building: dict[int, asyncio.Task[Service]] = {}
        self._tasks: set[asyncio.Task[Service]] = set()
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._rest_until = float("-inf")

    def base(self) -> Service:
        """Return the service without any overlay."""
        return self._base()

    async def for_server(self, guild: int | None) -> Service:
        """Return a server's service. Never raises: with the store down it is the one known last, or the base."""
        base = self._base()
        if guild is None:
            return base
        built = self._built.get(guild)
        if built is not None and built.base is base:
            return built.service
        if built is None and self._clock() < self._rest_until:
            return self.known(guild)
        task = self._building.get(guild)
        if task is None:
            task = asyncio.create_task(self._build(guild))
            self._building[guild] = task
            self._tasks.add(task)
            task.add_done_callback(lambda done: self._built_one(guild, done))
        try:
            return await asyncio.wait_for(asyncio.shield(task), WAIT_SECONDS)
        except Exception:  # noqa: BLE001 -- an overlay that is late or cannot be built must not cost the answer
            return self.known(guild)

    def known(self, guild: int | None) -> Service:
        """Return a server's service as it is in memory, up to date or not, else the base."""
        built = None if guild is None else self._built.outdated(guild)
        return self._base() if built is None else built.service

    def forget(self, guild: int | None = None) -> None:
        """Read a server's overlay (None: everyone's) anew when it is next needed."""
        self._built.expire(guild)
        # What is being built now may rest on what was there before: whoever asks next does not join it.
        if guild is None:
            self._building.clear()
        else:
            self._building.pop(guild, None)

    async def close(self) -> None:
        """End what is being built."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def joined(self, overlay: Overlay, *, region: str = "") -> Service:
        """Return the base with an overlay. CPU work: not for an event loop."""
        return join(self._base(), overlay, region=region)

    async def read(self, guild: int) -> dict[str, Entry]:
        """Return a server's entries from the store. Raises StoreError."""
        rows = await self._store.revisions.entries(guild)
        return {row.item: from_plain(row.state) for row in rows if row.state is not None}

    def _built_one(self, guild: int, done: asyncio.Task[Service]) -> None:
        self._tasks.discard(done)
        if self._building.get(guild) is done:
            del self._building[guild]
        if not done.cancelled() and done.exception() is not None:
            log.error("An overlay could not be built: %s", type(done.exception()).__name__)

    async def _build(self, guild: int) -> Service:
        seen = self._built.expiries
        base = self._base()
        try:
            held = self._built.get(guild)
            overlay = held.overlay if held is not None else Overlay(await self.read(guild))
        except StoreError:
            self._rest_until = self._clock() + PAUSE_SECONDS
            return self.known(guild)
        region = (await self._settings.get(guild)).region
        async with self._room:
            service = await asyncio.to_thread(join, base, overlay, region=region)
        self._built.put(guild, Built(base, overlay, region, service), seen)
        return service


def join(base: Service, overlay: Overlay, *, region: str = "") -> Service:
    """Return a service on the base's knowledge with an overlay; the base's matcher is shared, not fitted anew."""
    own = overlay.claims(base.knowledge)
    knowledge = overlay.joined(base.knowledge)
    if knowledge is base.knowledge:
        return base.over(knowledge, base.matcher, region=region) if region else base
    matcher = matching.build(
        own,
        base.matcher,
        hidden=frozenset(item for item in overlay.hidden if item in base.knowledge.claims),
        out_of_scope=overlay.out_of_scope,
    )
    return base.over(knowledge, matcher, region=region)


def overlay_of(entries: Mapping[str, Entry]) -> Overlay:
    """Return entries as an overlay, without those that hold nothing."""
    return Overlay({item: entry for item, entry in entries.items() if not entry.is_empty})
