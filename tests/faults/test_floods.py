"""What comes in one instant by the thousand, on the wire: an alarm behind it gets its stop before it is answered."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.conftest import SERVER, Running, checked_wire
from tests.support.floods import made
from tests.support.wire import serving
from tests.support.wire_bot import bot_process
from tests.support.wire_members import Members, said

pytestmark = pytest.mark.asyncio(loop_scope="module")

ALARM = "i cant feel my legs since the set"
MANY = 600
AHEAD = 60
"""How much of a flood may be answered before an alarm behind it: on a slow machine more than a handful comes at an honest pace."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def running(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """A bot that nobody hurries: what is counted here is what comes first, on a busy machine too."""
    wire = checked_wire()
    wire.tells_time, wire.answerable_seconds = False, 60.0
    async with serving(wire), bot_process(wire, tmp_path_factory.mktemp("bot"), cache_folder) as bot:
        await wire.until_ready()
        members = Members(wire)
        await members.until_it_knows("how deep should i go")
        yield Running(wire, bot, members)


@pytest.mark.parametrize("kind", ["questions", "mentions"])
async def test_an_alarm_behind_a_flood_is_stopped_first(running: Running, kind: str) -> None:
    wire, flooder = running.wire, 1 << 24 if kind == "mentions" else 1 << 25
    flood, answered = made(wire, kind, MANY, by=flooder, in_=SERVER)
    ahead = 0

    def stopped() -> bool:
        nonlocal ahead
        if not alarm.answered:
            ahead = sum(each.answered for each in answered) + len(wire.messages)
        return alarm.answered

    await wire.dispatch_at_once(flood)
    alarm = await running.members.slash("legpress ask", question=ALARM, by=flooder - 1)
    await wire.until(stopped, 60.0)
    assert "emergency number" in said(alarm.response)
    assert ahead <= AHEAD
