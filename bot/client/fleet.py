"""The processes that together run the bot: which shards are this one's, and what only one of them does.

On SQLite a process is always alone. On PostgreSQL each one holds leases (`bot.store.leases`) as long as it runs: one that
runs all shards, or certain ones, keeps others from running them too; one that leases takes its share of what is free, so
that the shards of a process that died are soon another's. A process that lost its leases, or the database, answers on
until it sees that another one has connected.
"""

import asyncio
import contextlib
import logging
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.client.identifying import Identifying
from bot.errors import ConfigError, StoreError
from bot.sentences import say
from bot.store.leases import Leased, Leases
from bot.ui.kit import faults

log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
WHOLE_TICK_SECONDS = 5.0
"""The same for a process that runs all shards: nobody waits for what it might take."""
REFUSED_SECONDS = 10.0
"""How long another process may still hold what this one needs: PostgreSQL lets go of a machine that is gone after eight."""
FIRST_LOOK_SECONDS, LOOK_AGAIN_SECONDS = 2.0, 5.0
"""How long a process that comes, or that had lost the database, leaves free shards to those that ran them or come too."""
SETTLED_SECONDS = 30.0
"""How long the number of processes has to stay the same before one that has more than its share gives some away."""
OFFER_SECONDS = 10.0
"""How long a shard that nobody takes is offered."""


@dataclass(slots=True)
class _Run:
    """A shard that this process runs, or is about to."""

    is_leased: bool = True
    is_connected: bool = False
    offered_at: float | None = None
    starting: asyncio.Task[None] | None = None


class Fleet:
    """This process among those that run the bot."""

    def __init__(
        self,
        leases: Leases | None = None,
        *,
        shards: Sequence[int] = (),
        leased_of: int = 0,
        tick: float = TICK_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Hold `leases` (None: it is alone). Run `shards` (none: all), or lease some of `leased_of`."""
        self.shards = tuple(shards)
        self.identifying = Identifying(leases)
        self.on_duty_changed: Callable[[], None] = lambda: None
        self._leases = leases
        self._count = leased_of
        self._tick_seconds = tick
        self._clock = clock
        self._runs: dict[int, _Run] = {}
        self._has_duty = leases is None or not (shards or leased_of)
        self._start: Callable[[int], Awaitable[None]] | None = None
        self._end: Callable[[int], Awaitable[None]] | None = None
        self._looks_from = 0.0
        self._was_open = False
        self._told_lost = False
        self._ends = False
        self._refused_since: float | None = None
        self._processes = 0
        self._processes_since = 0.0

    @property
    def is_alone(self) -> bool:
        """Whether no other process can run the bot beside this one."""
        return self._leases is None

    @property
    def is_leasing(self) -> bool:
        """Whether this process runs the shards that it can lease."""
        return self._count > 0

    @property
    def is_spare(self) -> bool:
        """Whether this process stands by, with all shards run by others."""
        return self.is_leasing and not self._runs and self._leases is not None and self._leases.is_connected

    @property
    def on_duty(self) -> bool:
        """Whether this process does what only one does: registering the commands, and deleting what is too old."""
        return self._has_duty

    async def claim(self) -> None:
        """Take what this process needs, before it logs in. Without the database it starts all the same.

        Raises ConfigError where another process has it.
        """
        if self._leases is None:
            return
        until = self._clock() + REFUSED_SECONDS
        while True:
            try:
                await self._open()
            except StoreError as error:
                self._lose(error)
                self._was_open = True  # from now on they are taken one by one, as after a loss
                self._runs = {shard: _Run(is_leased=False) for shard in self.shards}
                return
            except ConfigError:
                if self._clock() >= until:
                    raise
            else:
                return
            await asyncio.sleep(self._tick_seconds)

    async def _open(self) -> None:
        assert self._leases is not None
        await self._leases.open()
        try:
            if not self._was_open:
                await self._take_named(self._leases)
            await self._look_for_duty()
        except BaseException:
            await self._leases.close()
            raise
        if self._ends:
            await self._leases.close()
        self._looks_from = self._clock() + (LOOK_AGAIN_SECONDS if self._was_open else FIRST_LOOK_SECONDS)
        self._was_open = True
        if self._told_lost:
            self._told_lost = False
            log.warning("The database that the bot's processes share is reached again.")

    async def _take_named(self, leases: Leases) -> None:
        for shard in self.shards:
            if not await leases.take(shard):
                raise ConfigError(say("host.fleet.shard_taken", shard=shard))
            self._runs[shard] = _Run()

    def begin(self, start: Callable[[int], Awaitable[None]], end: Callable[[int], Awaitable[None]]) -> None:
        """Begin to run shards: `start` connects one and `end` leaves it."""
        self._start, self._end = start, end

    async def has_started(self, shard: int) -> None:
        """Note that a shard has identified."""
        run = self._runs.get(shard)
        if run is None or self._leases is None:
            return
        run.is_connected = True
        if run.is_leased:
            with contextlib.suppress(StoreError):  # it is told when the database is back
                await self._leases.running(shard)

    async def keep(self) -> None:
        """Hold what was taken, and take what becomes free, for ever. Raises ConfigError where another process has it."""
        pause = self._tick_seconds * (1.0 if self.shards or self.is_leasing else WHOLE_TICK_SECONDS / TICK_SECONDS)
        while not self._ends:
            await asyncio.sleep(pause)
            try:
                await self._look()
                self._refused_since = None
            except StoreError as error:
                self._lose(error)
            except ConfigError:
                # Whoever runs it now has to have connected before this process stops to answer.
                self._refused_since = self._refused_since or self._clock()
                if self._clock() - self._refused_since >= REFUSED_SECONDS:
                    raise
            except Exception as fault:  # noqa: BLE001 -- a process that no longer looks would keep its shards for good
                faults.note("looking after this process's shards", fault)
        await asyncio.Event().wait()

    async def let_go(self) -> None:
        """Leave everything to the other processes: this one ends."""
        self._ends = True
        if self._leases is not None:
            await self._leases.close()

    def _lose(self, error: StoreError) -> None:
        for run in self._runs.values():
            run.is_leased = False
        if not self._told_lost and not self._ends:
            self._told_lost = True
            log.warning("%s What this process runs, it goes on to run until another one does.", error)

    async def _look(self) -> None:
        leases = self._leases
        assert leases is not None
        if not leases.is_connected:
            for run in self._runs.values():
                run.is_leased = False
            await self._open()
        await self._look_for_duty()
        seen = await leases.look()
        for shard, run in list(self._runs.items()):
            if not run.is_leased:
                await self._regain(leases, seen, shard, run)
        if self.is_leasing and self._start is not None:
            await self._take_share(leases, seen)

    async def _look_for_duty(self) -> None:
        if self._leases is not None and not self._leases.has_duty and await self._leases.take_duty():
            if not self._has_duty:
                self._has_duty = True
                self.on_duty_changed()
        elif self._leases is not None and not self._leases.has_duty and (self.shards or self._count):
            self._has_duty = False

    async def _regain(self, leases: Leases, seen: Leased, shard: int, run: _Run) -> None:
        """Lease a shard again that this process runs without; where another has connected, leave it to that one."""
        if shard in seen.running_elsewhere:
            if not self.is_leasing:
                raise ConfigError(say("host.fleet.shard_taken", shard=shard))
            await self._leave(shard)
            return
        is_offered = run.offered_at is not None and self._clock() - run.offered_at < OFFER_SECONDS
        if shard not in seen.shards and not is_offered and await leases.take(shard):
            if run.offered_at is not None:
                self._processes_since = self._clock()  # nobody wanted it; it is not offered again at once
            run.is_leased, run.offered_at = True, None
            if run.is_connected:
                await leases.running(shard)

    async def _take_share(self, leases: Leases, seen: Leased) -> None:
        now = self._clock()
        if seen.processes != self._processes:
            self._processes, self._processes_since = seen.processes, now
        share = -(-self._count // max(1, seen.processes))
        leased = [shard for shard, run in self._runs.items() if run.is_leased]
        if len(leased) > share:
            if now - self._processes_since >= SETTLED_SECONDS and len(leased) == len(self._runs):
                await leases.offer(leased[-1])
                run = self._runs[leased[-1]]
                run.is_leased, run.offered_at = False, now
            return
        starting = sum(not run.is_connected for run in self._runs.values())
        free = [shard for shard in range(self._count) if shard not in seen.shards and shard not in self._runs]
        if not free or seen.is_young or now < self._looks_from:
            return
        if len(self._runs) < share and starting < self.identifying.concurrency:
            shard = random.choice(free)  # noqa: S311 -- so that processes which start together seldom meet
            if await leases.take(shard):
                run = self._runs[shard] = _Run()
                run.starting = asyncio.create_task(self._run(shard))

    async def _run(self, shard: int) -> None:
        assert self._start is not None
        assert self._leases is not None
        try:
            await self._start(shard)
        except Exception as fault:  # noqa: BLE001 -- another process may have more luck, or this one the next time
            faults.note("starting a shard", fault)
            del self._runs[shard]
            with contextlib.suppress(StoreError):
                await self._leases.offer(shard)
        else:
            await self.has_started(shard)

    async def _leave(self, shard: int) -> None:
        run = self._runs.pop(shard)
        if run.starting is not None:
            run.starting.cancel()
            await asyncio.gather(run.starting, return_exceptions=True)
        log.info("Another process runs a shard now that this one ran; it is left to that one.")
        if self._end is not None:
            await self._end(shard)
