"""Which process runs which shard: fleets on a real PostgreSQL, with shards that only note that they run."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from bot.client.fleet import OFFER_SECONDS, REFUSED_SECONDS, SETTLED_SECONDS, Fleet
from bot.client.identifying import Identifying
from bot.errors import ConfigError
from bot.store.leases import Leased, Leases
from tests.support.postgres import PostgresServer

pytestmark = pytest.mark.postgres

TICK = 0.02
NOBODY = "postgresql://legpress@/postgres?host=/nowhere"


class CountedLeases(Leases):
    """Leases that count how often somebody has looked at them."""

    looks = 0

    async def look(self) -> Leased:
        seen = await super().look()
        self.looks += 1
        return seen


class Process:
    """A process of the bot's, whose shards only note that they run."""

    def __init__(self, address: str, clock: Callable[[], float], *, shards: tuple[int, ...] = (), of: int = 0) -> None:
        self.leases = CountedLeases(address, whole=not (shards or of), count=of or 4)
        self.fleet = Fleet(self.leases, shards=shards, leased_of=of, tick=TICK, clock=clock)
        self.running: set[int] = set()
        self.duties = 0
        self.failures = 0
        self.fleet.on_duty_changed = self._changed
        self._keeping: asyncio.Task[None] | None = None

    def _changed(self) -> None:
        self.duties += 1

    async def start(self) -> None:
        """Take what it needs, and keep it."""
        await self.fleet.claim()
        self.fleet.begin(self._begin, self._end)
        self._keeping = asyncio.create_task(self.fleet.keep())
        for shard in self.fleet.shards:
            self.running.add(shard)
            await self.fleet.has_started(shard)

    async def _begin(self, shard: int) -> None:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("no luck")
        self.running.add(shard)

    async def _end(self, shard: int) -> None:
        if self.failures:
            self.failures -= 1
            raise RuntimeError("no luck")
        self.running.discard(shard)

    async def looks(self) -> None:
        """Wait until it has looked at the leases and done what it does about them, however busy the machine is."""
        before = self.leases.looks
        await until(
            lambda: self.leases.looks >= before + 3
        )  # the first may be under way, and the third ends the second

    async def die(self) -> None:
        """End at once."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.gather(self._keeping, return_exceptions=True)
        await self.leases.close()


class Time:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def passing() -> Time:
    return Time()


@pytest.fixture
async def process(postgres: PostgresServer, passing: Time) -> AsyncIterator[Callable[..., Process]]:
    made: list[Process] = []

    def make(*, address: str = postgres.address, shards: tuple[int, ...] = (), of: int = 0) -> Process:
        made.append(Process(address, passing, shards=shards, of=of))
        return made[-1]

    yield make
    for each in made:
        await each.die()


async def until(holds: Callable[[], bool], passing: Time | None = None) -> None:
    """Wait until something holds; each look takes a second of `passing`."""
    async with asyncio.timeout(60):
        while not holds():
            if passing is not None:
                passing.now += 1.0
            await asyncio.sleep(2 * TICK)


async def test_one_that_comes_alone_leases_all(process: Callable[..., Process], passing: Time) -> None:
    alone = process(of=4)
    await alone.start()
    await until(lambda: alone.running == {0, 1, 2, 3}, passing)
    assert alone.fleet.on_duty
    assert not alone.fleet.is_spare


async def test_those_that_come_together_share(process: Callable[..., Process], passing: Time) -> None:
    both = [process(of=4), process(of=4)]
    for each in both:
        await each.start()
    await until(lambda: sum(len(each.running) for each in both) == 4, passing)
    assert [len(each.running) for each in both] == [2, 2]
    assert both[0].running.isdisjoint(both[1].running)
    assert sorted(each.fleet.on_duty for each in both) == [False, True]


async def test_what_a_dead_one_ran_is_taken_with_its_duty(process: Callable[..., Process], passing: Time) -> None:
    first, second = process(of=4), process(of=4)
    await first.start()
    await second.start()
    await until(lambda: len(first.running) + len(second.running) == 4, passing)
    assert first.fleet.on_duty
    await first.die()
    await until(lambda: second.running == {0, 1, 2, 3}, passing)
    await until(lambda: second.fleet.on_duty)
    assert second.duties == 1


async def test_one_that_comes_later_gets_its_share_once_all_is_settled(
    process: Callable[..., Process], passing: Time
) -> None:
    first = process(of=4)
    await first.start()
    await until(lambda: first.running == {0, 1, 2, 3}, passing)
    second = process(of=4)
    await second.start()
    await first.looks()
    passing.now += SETTLED_SECONDS / 2
    await first.looks()
    await second.looks()
    assert (first.running, second.running) == ({0, 1, 2, 3}, set())
    assert second.fleet.is_spare
    passing.now += SETTLED_SECONDS
    await until(lambda: len(first.running) == 2 and len(second.running) == 2)
    assert first.running | second.running == {0, 1, 2, 3}


async def test_an_offer_that_nobody_takes_is_taken_back(process: Callable[..., Process], passing: Time) -> None:
    first = process(of=2)
    await first.start()
    await until(lambda: first.running == {0, 1}, passing)
    guest = process(of=2).leases
    await guest.open()  # it counts as a process, and takes nothing
    await first.looks()
    passing.now += SETTLED_SECONDS + 1
    await first.looks()
    assert len((await guest.look()).shards) == 1
    assert first.running == {0, 1}
    passing.now += OFFER_SECONDS - 2
    await first.looks()
    assert len((await guest.look()).shards) == 1
    passing.now += 3
    await first.looks()
    assert (await guest.look()).shards == {0, 1}


async def test_a_shard_that_cannot_be_started_is_free_again(process: Callable[..., Process], passing: Time) -> None:
    alone = process(of=2)
    alone.failures = 3
    await alone.start()
    await until(lambda: alone.running == {0, 1}, passing)
    assert alone.failures == 0


async def test_a_fault_of_its_own_does_not_end_the_looking(process: Callable[..., Process], passing: Time) -> None:
    first, second = process(of=2), process(of=2)
    await first.start()
    await until(lambda: first.running == {0, 1}, passing)
    first.failures = 1
    await second.start()
    await first.looks()
    passing.now += SETTLED_SECONDS + 1
    await until(lambda: len(second.running) == 1)
    await until(lambda: first.failures == 0)
    await second.die()
    await until(lambda: len(first.running) == 2, passing)


REFUSED = {
    "two that run all": ({}, {}, "Another process runs this bot"),
    "all beside a part": ({"of": 4}, {}, "Another process runs this bot"),
    "a part beside all": ({}, {"of": 4}, "runs all of this bot's shards"),
    "the same shard": ({"shards": (0, 1)}, {"shards": (1, 2)}, "runs shard 1 of this bot already"),
    "another count": ({"of": 3}, {"of": 4}, "SHARD_COUNT is 4 here, and 3"),
}


@pytest.mark.parametrize("how", REFUSED)
async def test_what_cannot_run_beside_another_is_refused_with_one_line(
    process: Callable[..., Process], passing: Time, how: str
) -> None:
    first, second, words = REFUSED[how]
    running = process(**first)  # type: ignore[arg-type]
    await running.start()
    refused = process(**second)  # type: ignore[arg-type]
    starting = asyncio.create_task(refused.start())
    await asyncio.sleep(10 * TICK)
    assert not starting.done()  # the other may be about to end
    passing.now += REFUSED_SECONDS
    with pytest.raises(ConfigError, match=words) as raised:
        await starting
    assert len(raised.value.faults) == 1
    assert running.leases.is_connected


async def test_one_that_is_about_to_end_is_waited_for(process: Callable[..., Process]) -> None:
    old, new = process(), process()
    await old.start()
    starting = asyncio.create_task(new.start())
    await asyncio.sleep(10 * TICK)
    await old.die()
    await starting
    assert new.leases.is_connected


async def test_without_the_database_what_is_named_runs_all_the_same(
    process: Callable[..., Process], caplog: pytest.LogCaptureFixture
) -> None:
    for named in (process(address=NOBODY, shards=(0, 1)), process(address=NOBODY)):
        await named.start()
        assert named.running == set(named.fleet.shards)
    assert "it goes on to run until another one does" in caplog.text


async def test_one_that_lost_its_place_ends_with_one_line_once_another_has_connected(
    process: Callable[..., Process], passing: Time
) -> None:
    old, new = process(shards=(0,)), process(shards=(0,))
    await old.fleet.claim()
    await old.fleet.has_started(0)
    await old.leases.close()
    await new.start()
    keeping = asyncio.create_task(old.fleet.keep())
    await old.looks()
    assert not keeping.done()
    passing.now += REFUSED_SECONDS
    with pytest.raises(ConfigError, match="runs shard 0 of this bot already"):
        await keeping


async def test_one_that_ends_takes_nothing_back(process: Callable[..., Process], passing: Time) -> None:
    leaving = process(of=2)
    await leaving.start()
    await until(lambda: leaving.running == {0, 1}, passing)
    await leaving.fleet.let_go()
    passing.now += 60
    await asyncio.sleep(10 * TICK)
    # One look may have been under way and connect once more, only to let go again.
    await until(lambda: not leaving.leases.is_connected)
    await asyncio.sleep(10 * TICK)
    assert not leaving.leases.is_connected


async def test_a_process_without_leases_is_alone_and_on_duty() -> None:
    fleet = Fleet()
    await fleet.claim()
    assert fleet.is_alone
    assert fleet.on_duty
    assert not fleet.is_leasing
    assert isinstance(fleet.identifying, Identifying)
