"""Several processes of the bot on one PostgreSQL: who runs which shard, and what becomes of it when one dies."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.service import Service
from bot.service.workshop import put_together
from bot.store.database import connect, database_url
from bot.store.leases import Leases
from bot.store.store import open_store
from tests.faults.conftest import checked_wire
from tests.support.machines import QUESTION, Machines, killed, machines, servers, shared_database
from tests.support.postgres import PostgresServer
from tests.support.wire import APPLICATION, USER, Wire, serving
from tests.support.wire_members import CHANNEL, Members, said
from tests.support.workshop import CREATINE, add

pytestmark = [pytest.mark.postgres, pytest.mark.long]

SHARDS = 3
ALARM = "numb between my legs and i cannot pee since leg press"
GAP_SECONDS = 15.0
SPACING = 5.0
_databases = count()


@pytest.fixture
async def address(postgres: PostgresServer) -> str:
    return await shared_database(postgres, f"machines_{next(_databases)}")


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with serving(checked_wire()) as wire:
        wire.spacing = SPACING
        yield wire


@pytest.fixture
async def three(wire: Wire, address: str, tmp_path: Path, cache_folder: Path) -> AsyncIterator[Machines]:
    async with machines(wire, address, tmp_path, cache_folder, SHARDS) as three:
        yield three


async def test_a_killed_process_is_replaced_and_nothing_is_unaccounted(three: Machines) -> None:
    for _ in range(3):
        await three.start()
    await three.until_all_run()
    assert len({three.holder(shard).process.pid for shard in range(SHARDS)}) == SHARDS
    assert len(three.wire.bodies("PUT", "/commands")) == 1
    async with three.asking():
        # Of who is killed sooner after an IDENTIFY nobody knows when it was, and the next one may come out of turn.
        await asyncio.sleep(SPACING + 0.5)
        victim = three.holder(1)
        at = await killed(victim)
        await three.until(lambda: not three.live(1))
        await three.until_all_run(GAP_SECONDS)
        assert time.monotonic() - at < GAP_SECONDS
        await asyncio.sleep(1.0)
    found = three.account()
    assert found.answered > 0
    assert found.lost == 0
    assert three.wire.out_of_turn == 0
    for each in three.all:
        assert "Traceback" not in "\n".join(each.lines())


@pytest.mark.soak
async def test_one_that_is_asked_to_end_leaves_its_shards_to_the_others(three: Machines) -> None:
    for _ in range(2):
        await three.start()
    await three.until_all_run()
    leaving = three.holder(0)
    async with three.asking():
        leaving.signal()
        assert await leaving.ended(30) == 0
        await three.until_all_run(2 * GAP_SECONDS)
    assert three.account().lost == 0
    lines = leaving.lines()
    assert len(lines[next(at for at, line in enumerate(lines) if "Asked to stop" in line) :]) <= 3


@pytest.mark.soak  # of two processes: tests/service/test_sharing.py
async def test_a_change_of_knowledge_reaches_every_process(
    three: Machines, address: str, tmp_path: Path, base_service: Service
) -> None:
    for _ in range(3):
        await three.start()
    await three.until_all_run()
    assert len({three.holder(shard).process.pid for shard in range(SHARDS)}) == SHARDS
    question = CREATINE.questions.splitlines()[0]
    for shard in range(SHARDS):  # what its server made of the knowledge is in each one's memory from now on
        await three.until_it_knows(shard)
        asked = await three.ask(shard, question)
        await three.until(lambda asked=asked: asked.asked.answered)  # type: ignore[misc]
        assert CREATINE.claim not in said(asked.asked.response)
    elsewhere = put_together(
        await open_store(address, tmp_path / "elsewhere"),
        lambda: base_service,
        regions=base_service.regions,
        clock=lambda: datetime.now(UTC),
    )
    try:
        for shard, server in enumerate(servers(SHARDS)):
            await add(elsewhere, server)
            await three.until_said(shard, question, CREATINE.claim)
    finally:
        await elsewhere.close()


async def test_while_the_database_hangs_all_answer_and_afterwards_nothing_has_moved(
    three: Machines, postgres: PostgresServer
) -> None:
    for _ in range(2):
        await three.start()
    await three.until_all_run()
    before = len(three.wire.identifies)
    try:
        postgres.hang()
        await asyncio.sleep(6.0)  # the leases are given up for lost after four
        asked = [await three.ask(shard) for shard in range(SHARDS)]
        await three.until(lambda: all(each.asked.answered for each in asked))
    finally:
        postgres.go_on()
    for each in three.all:
        await each.until_logged("is reached again")
    await asyncio.sleep(6.0)
    assert len(three.wire.identifies) == before
    await three.until_all_run(1)


async def test_one_that_lost_its_lease_answers_on_until_another_has_connected(three: Machines, address: str) -> None:
    bot = await three.start()
    await three.until_all_run()
    other = Leases(address, count=SHARDS)
    await other.open()
    try:
        async with asyncio.timeout(20):
            while not await other.take(1):
                await _end_leases_of_others(address, other)
        await asyncio.sleep(3.0)
        asked = await three.ask(1)
        await three.until(lambda: asked.asked.answered)
        await other.running(1)
        await three.until(lambda: not three.live(1))
        assert three.live(0)
        assert three.live(2)
    finally:
        await other.close()
    await three.until_all_run()  # it was free again
    assert "Traceback" not in "\n".join(bot.lines())


async def _end_leases_of_others(address: str, own: Leases) -> None:
    database = connect(database_url(address))
    async with database.writing() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'legpress lease %' "
                "AND application_name <> :own AND datname = current_database()"
            ),
            {"own": own.name},
        )
    await database.close()


WHOLE = {"SHARD_IDS": "", "SHARD_COUNT": "0"}


async def test_a_second_process_beside_one_that_runs_all_is_refused_with_one_line(three: Machines) -> None:
    running = await three.start(**WHOLE)
    await three.wire.until_ready()
    refused = await three.start(**WHOLE)
    assert await refused.ended(60) == 2
    [line] = refused.trouble()
    assert "Another process runs this bot" in line
    assert running.process.returncode is None
    assert {each.shard[0] for each in three.wire.sessions} <= set(range(SHARDS))


@pytest.mark.soak
async def test_each_runs_the_shards_that_it_is_told(three: Machines) -> None:
    first = await three.start(SHARD_IDS="0,2")
    second = await three.start(SHARD_IDS="1")
    await three.until_all_run()
    assert [three.holder(shard) for shard in range(SHARDS)] == [first, second, first]
    assert three.wire.out_of_turn == 0
    assert len(three.wire.bodies("PUT", "/commands")) == 1


async def test_many_may_identify_at_once_where_discord_lets_them(three: Machines) -> None:
    three.wire.max_concurrency = SHARDS
    begun = time.monotonic()
    await three.start(**WHOLE)
    await three.until_all_run()
    first, *_, last = sorted(each.at for each in three.wire.sessions)
    assert last - first < SPACING
    assert begun < first
    assert three.wire.out_of_turn == 0


async def test_a_stop_told_in_one_process_holds_in_direct_messages_that_another_answers(three: Machines) -> None:
    await three.start(SHARD_IDS="0")
    await three.start(SHARD_IDS="1,2")
    await three.until_all_run()
    members = Members(three.wire)
    for shard in range(2):
        await three.until_it_knows(shard)
    await three.ask(1, ALARM, by=31)
    await asyncio.sleep(2.0)
    calm = await members.slash("legpress ask", question=QUESTION, by=32)
    held = await members.slash("legpress ask", question=QUESTION, by=31)
    await three.until(lambda: calm.answered and held.answered)
    assert "The claim:" in said(calm.response)
    assert "The claim:" not in said(held.response)
    assert "emergency" in said(held.response).lower()


async def test_why_goes_on_from_a_card_of_a_process_that_is_gone(three: Machines) -> None:
    old = await three.start(SHARD_IDS="0-2")
    await three.until_all_run()
    await three.until_it_knows(0)
    members = Members(three.wire)
    await members.say(QUESTION, by=41)
    await three.until(lambda: bool(three.wire.messages))
    [card] = three.wire.messages
    await killed(old)
    await three.start(SHARD_IDS="0-2")
    await three.until_all_run()
    await three.until_it_knows(0)
    shown = {**members.message("", by=APPLICATION), **{name: card[name] for name in ("id", "components", "flags")}}
    reference = {"message_id": card["id"], "channel_id": CHANNEL, "type": 0}
    await members.say("why?", by=41, message_reference=reference, referenced_message={**shown, "author": USER}, type=19)
    await three.until(lambda: len(three.wire.messages) == 2)
    first, second = (said(each["said"]) for each in three.wire.messages)
    assert second.splitlines()[0] == first.splitlines()[0]
    assert "What is not known" in second
    assert "What is not known" not in first
