"""Each server's view of the knowledge: the base with the server's overlay, built when asked for and held while in use."""

import asyncio
import logging
import time
import weakref
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from bot.core import matching
from bot.core.overlay import Entry, Overlay, from_plain
from bot.errors import StoreError
from bot.service.recent import Recent
from bot.service.server_settings import SettingsDesk
from bot.service.service import Service
from bot.service.turns import Turns
from bot.store.store import Store

log = logging.getLogger(__name__)

MOST_BUILT = 256
"""Overlays held ready; see tests/benchmarks/test_overlays.py for what one costs."""
WAIT_SECONDS = 1.5
"""How long an answer waits for an overlay that is not in memory: Discord wants it within three seconds."""
RENEW_SECONDS = 0.5
"""How long an answer waits for a newer overlay where an older one is in memory to answer with."""
PUBLISH_SECONDS = 30.0
"""How long publishing waits for the new overlay; its moderator was told that it takes a moment."""
CLOSE_SECONDS = 2.0
MOST_PREPARED = 16
"""Overlays of previews that are kept for whoever publishes them."""
MOST_AT_ONCE = 2
"""Overlays that are built at the same time: after a restart many servers ask at once, and each takes a core."""
FOLLOW_SECONDS = 0.02
"""Between two servers that are brought onto changed knowledge, so that answers come in between."""
PAUSE_SECONDS = 5.0
"""How long a store that failed is left alone by those who ask."""


@dataclass(frozen=True, slots=True)
class Built:
    """A server's service, and what it was built from. `seen`: of which time that was, for telling older from newer."""

    base: Service
    overlay: Overlay
    region: str
    service: Service
    seen: int = 0


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
        self._prepared: Recent[int, Built] = Recent(MOST_PREPARED)
        self._building: dict[int, asyncio.Task[Service]] = {}
        self._late: set[int] = set()
        self._tasks: set[asyncio.Task[Service]] = set()
        self._room = asyncio.Semaphore(MOST_AT_ONCE)
        self._preparing = Turns(1)
        self._one_by_one: weakref.WeakValueDictionary[int, asyncio.Lock] = weakref.WeakValueDictionary()
        self._rest_until = float("-inf")
        # Threads of their own: what else runs beside the event loop must not keep an answer from its overlay.
        self._threads = ThreadPoolExecutor(MOST_AT_ONCE + 1, thread_name_prefix="overlay")

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
        if built is None and guild in self._late:
            return self.known(guild)  # somebody waited for it in vain already, and it comes when it comes
        task = self._task(guild)
        patience = WAIT_SECONDS if built is None and self._built.outdated(guild) is None else RENEW_SECONDS
        try:
            return await asyncio.wait_for(asyncio.shield(task), patience)
        except Exception:  # noqa: BLE001 -- an overlay that is late or cannot be built must not cost the answer
            if not task.done():
                self._late.add(guild)
                task.add_done_callback(lambda _: self._late.discard(guild))
            return self.known(guild)

    def at_hand(self, guild: int) -> Service | None:
        """Return a server's service where it is in memory and up to date, so that nobody waits for it."""
        built = self._built.get(guild)
        return built.service if built is not None and built.base is self._base() else None

    async def published(self, guild: int) -> None:
        """Bring what was just written into the answers: whoever asks after this returned is answered with it.

        Never raises: the change is in the store by now, and where that cannot be read it comes with the next question.
        """
        self.forget(guild)
        self._rest_until = float("-inf")  # the store has just answered
        try:
            await asyncio.wait_for(asyncio.shield(self._task(guild)), PUBLISH_SECONDS)
        except Exception as error:  # noqa: BLE001
            log.warning("A published change is not in the answers yet: %s", type(error).__name__)

    def renew(self, guild: int) -> None:
        """Build a server's overlay anew beside the answers, where it is in use: until then the old one answers."""
        self.forget(guild)
        if self._built.outdated(guild) is not None:
            self._task(guild)

    async def follow(self) -> None:
        """Bring what is held onto the base of this moment, one server after the other, and let go of the one before.

        Whoever asked would do that for their own server, and until the last one did, both would stay in memory. Never raises.
        """
        for guild, prepared in self._prepared.held():
            if prepared.base is not self._base():
                self._prepared.drop(guild)
        for guild, built in self._built.held():
            if built.base is not self._base():
                await asyncio.wait({self._task(guild)})
                await asyncio.sleep(FOLLOW_SECONDS)

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

    def drop(self, guild: int) -> None:
        """Hold nothing of a server any more: what was kept of it is deleted."""
        self.forget(guild)
        self._built.drop(guild)
        self._prepared.drop(guild)

    async def close(self) -> None:
        """End what is being built; what is nearly done may finish, since a reading cut short costs a connection."""
        tasks = list(self._tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=CLOSE_SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._threads.shutdown(wait=False)

    async def joined(self, guild: int, entries: Mapping[str, Entry], *, keep: bool = False) -> Service:
        """Return a server's service as it would be with `entries`. `keep`: they may be what is published next."""
        base, overlay = self._base(), overlay_of(entries)
        region = (await self._settings.get(guild)).region
        async with self._preparing.turn(guild, None):
            service = await self._beside(guild, base, overlay, region)
        if keep:
            self._prepared.put(guild, Built(base, overlay, region, service))
        return service

    async def read(self, guild: int) -> dict[str, Entry]:
        """Return a server's entries from the store. Raises StoreError."""
        rows = await self._store.revisions.entries(guild)
        return {row.item: from_plain(row.state) for row in rows if row.state is not None}

    def _task(self, guild: int) -> asyncio.Task[Service]:
        """Return what builds a server's overlay; those who ask at once share it."""
        task = self._building.get(guild)
        if task is None:
            task = asyncio.create_task(self._build(guild))
            self._building[guild] = task
            self._tasks.add(task)
            task.add_done_callback(lambda done: self._built_one(guild, done))
        return task

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
            overlay = held.overlay if held is not None else overlay_of(await self.read(guild))
        except StoreError:
            self._rest_until = self._clock() + PAUSE_SECONDS
            return self.known(guild)
        region = (await self._settings.get(guild)).region
        lock = self._one_by_one.setdefault(guild, asyncio.Lock())  # what the one before makes, may be what is wanted
        async with lock, self._room:
            service = await self._beside(guild, base, overlay, region)
        latest = self._built.outdated(guild)
        if latest is not None and latest.seen > seen:
            return latest.service  # somebody read later and was ready sooner
        self._built.put(guild, Built(base, overlay, region, service, seen), seen)
        return service

    async def _beside(self, guild: int, base: Service, overlay: Overlay, region: str) -> Service:
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._made, guild, base, overlay, region)

    def _made(self, guild: int, base: Service, overlay: Overlay, region: str) -> Service:
        """Return the base with an overlay: one that is in memory where it is the same, else built now."""
        for built in (self._built.outdated(guild), self._prepared.outdated(guild)):
            if built is not None and built.base is base and built.overlay == overlay:
                if built.region == region:
                    return built.service
                return base.over(built.service.knowledge, built.service.matcher, region=region)
        return join(base, overlay, region=region)


def join(base: Service, overlay: Overlay, *, region: str = "") -> Service:
    """Return a service on the base's knowledge with an overlay; the base's matcher is shared, not fitted anew."""
    own = overlay.reworded(base.knowledge)
    knowledge = overlay.joined(base.knowledge)
    if knowledge is base.knowledge:
        return base.over(knowledge, base.matcher, region=region) if region else base
    if not own and not overlay.hidden and not overlay.out_of_scope:  # pictures alone
        return base.over(knowledge, base.matcher, region=region)
    matcher = matching.build(
        own,
        base.matcher,
        hidden=frozenset(item for item in overlay.hidden if item in base.knowledge.claims),
        out_of_scope=overlay.out_of_scope,
    )
    return base.over(knowledge, matcher, region=region)


def overlay_of(entries: Mapping[str, Entry]) -> Overlay:
    """Return entries as an overlay, without those that hold nothing, in an order that depends on nothing else."""
    return Overlay({item: entry for item, entry in sorted(entries.items()) if not entry.is_empty})
