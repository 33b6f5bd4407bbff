"""Stops cross from one process of the bot to the others: by a keyed hash, without a word, and without a table."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from bot.core.conversation import CARE_SECONDS, WINDOW_SECONDS, LiveStop
from bot.core.model import Stop, Tier
from bot.errors import StoreError
from bot.service.sharing import SharedStops
from bot.service.stops import Stops
from bot.store.listening import listen, tell
from bot.store.store import Store

SECRET = "MTIzNDU2.the.token"
SERVER_CHANNEL, DIRECT, ALICE, BOB = 8_800_088, 9_900_099, 424_242_424, 535_353_535
SOON = LiveStop(Stop(Tier.SOON, ("R30",), "soon"), 100.0)
HELD = LiveStop(Stop(Tier.EMERGENCY, ("R01",), "collapse", proxy=True, minor=True, language="es"), 100.0, region="uk")


class Two:
    """Two processes that tell each other at once; their clocks show different seconds."""

    def __init__(self, other_secret: str = SECRET) -> None:
        self.notices: list[str] = []
        self.shares = [SharedStops(SECRET), SharedStops(other_secret)]
        self.first, self.second = (Stops(each) for each in self.shares)
        for each in self.shares:
            each.tell_over(self._send)

    async def _send(self, notice: str) -> None:
        self.notices.append(notice)

    async def told(self) -> None:
        """Let everybody hear what was told, the one who told it too."""
        for _ in range(3):
            await asyncio.sleep(0)
        for notice in self.notices:
            self.first.heard(notice, 150.0)
            self.second.heard(notice, 5_000.0)
        self.notices.clear()


async def test_a_stop_told_in_a_server_holds_in_direct_messages_that_another_process_answers() -> None:
    two = Two()
    two.first.keep(SERVER_CHANNEL, ALICE, HELD, 100.0)
    await two.told()
    held = two.second.of(DIRECT, ALICE, 5_000.0, direct=True)
    assert held is not None
    assert (held.stop.tier, held.stop.route) == (Tier.EMERGENCY, "collapse")
    assert held.holds(5_000.0 + WINDOW_SECONDS - 1)
    assert not held.holds(5_000.0 + WINDOW_SECONDS + 1)
    assert held.is_remembered(5_000.0 + CARE_SECONDS - 1)
    assert not held.is_remembered(5_000.0 + CARE_SECONDS + 1)
    assert two.second.of(DIRECT, BOB, 5_000.0, direct=True) is None
    assert two.second.beside(SERVER_CHANNEL, BOB, 5_000.0) == held


async def test_one_told_in_direct_messages_is_not_told_in_public_there_either() -> None:
    two = Two()
    two.first.keep(DIRECT, ALICE, HELD, 100.0, direct=True)
    await two.told()
    assert two.second.of(SERVER_CHANNEL, ALICE, 5_000.0) is None
    assert two.second.elsewhere(SERVER_CHANNEL, ALICE, 5_000.0)
    assert two.second.of(SERVER_CHANNEL, ALICE, 5_000.0, private=True) is not None


async def test_one_that_was_told_some_time_ago_is_over_no_later() -> None:
    two = Two()
    two.first.keep(SERVER_CHANNEL, ALICE, SOON, 100.0 + WINDOW_SECONDS - 60)
    await two.told()
    held = two.second.of(SERVER_CHANNEL, ALICE, 5_000.0)
    assert held is not None
    assert held.cautions(5_059.0)
    assert not held.cautions(5_061.0)


async def test_one_that_is_forgotten_is_forgotten_everywhere() -> None:
    two = Two()
    two.first.keep(SERVER_CHANNEL, ALICE, HELD, 100.0)
    await two.told()
    two.first.keep(SERVER_CHANNEL, ALICE, None, 101.0)
    await two.told()
    assert len(two.first) == len(two.second) == 0


async def test_the_process_that_told_it_keeps_all_that_it_knows() -> None:
    two = Two()
    two.first.keep(SERVER_CHANNEL, ALICE, HELD, 100.0)
    await two.told()
    assert two.first.of(SERVER_CHANNEL, ALICE, 100.0) == HELD


async def test_a_notice_names_nobody_and_says_nothing_of_what_was_said() -> None:
    two = Two()
    two.first.keep(SERVER_CHANNEL, ALICE, HELD, 100.0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    [notice] = two.notices
    _, place, member, *rest = notice.split(":")
    assert rest == ["0", "emergency", "collapse", str(int(CARE_SECONDS))]
    assert str(ALICE) not in notice
    assert str(SERVER_CHANNEL) not in notice
    assert SharedStops("another token").name(ALICE) != member
    assert (place, member) == (two.shares[1].name(SERVER_CHANNEL), two.shares[1].name(ALICE))


async def test_whoever_has_another_token_understands_nothing() -> None:
    two = Two(other_secret="another token")
    two.first.keep(SERVER_CHANNEL, ALICE, HELD, 100.0)
    await two.told()
    assert two.second.of(SERVER_CHANNEL, ALICE, 5_000.0) is None


@pytest.mark.parametrize(
    "notice",
    ["", "x", ":" * 6, "a:b:c:0:emergency:x:1", f"a:{'0' * 24}:{'0' * 24}:0:worse:x:1",
     f"a:{'0' * 24}:{'0' * 24}:0:emergency:x:-1", f"a:{'0' * 24}:{'0' * 24}:0:emergency:<@1>:1"],
)  # fmt: skip
def test_what_is_no_notice_is_passed_over(notice: str) -> None:
    stops = Stops(SharedStops(SECRET))
    stops.heard(notice, 0.0)
    assert len(stops) == 0


async def test_a_database_that_fails_costs_no_stop(caplog: pytest.LogCaptureFixture) -> None:
    async def fails(_: str) -> None:
        raise StoreError("gone")

    shared = SharedStops(SECRET)
    shared.tell_over(fails)
    stops = Stops(shared)
    caplog.set_level("INFO")
    stops.keep(SERVER_CHANNEL, ALICE, HELD, 100.0)
    await asyncio.sleep(0.01)
    assert stops.of(SERVER_CHANNEL, ALICE, 100.0) == HELD
    assert str(ALICE) not in caplog.text


@pytest.mark.postgres
@pytest.mark.parametrize("store_address", ["postgres"], indirect=True)
class TestOverPostgres:
    @pytest.fixture
    async def hearing(self, store: Store) -> AsyncIterator[list[str]]:
        heard: list[str] = []
        listening = asyncio.create_task(listen(store.database, lambda _: None, heard.append))
        yield heard
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)

    @pytest.mark.both_databases
    async def test_a_notice_arrives_within_two_seconds(self, store: Store, hearing: list[str]) -> None:
        await _until(lambda: bool(hearing), lambda: tell(store.database, "anything"))
        assert set(hearing) == {"anything"}


async def _until(holds: Callable[[], bool], act: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await act()  # type: ignore[misc]
            await asyncio.sleep(0.1)
