"""PostgreSQL hangs under the running bot: it neither answers nor refuses. Questions and alarms do not wait for it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.client.ending import MOST_SECONDS
from bot.store import migrate
from bot.store.database import connect, database_url
from tests.faults.conftest import SERVER, Running, checked_wire
from tests.support.postgres import PostgresServer
from tests.support.wire import serving
from tests.support.wire_bot import bot_process
from tests.support.wire_members import Members, said

pytestmark = [pytest.mark.asyncio(loop_scope="module"), pytest.mark.postgres]

QUESTION = "how low do i lower the sled"
ALARM = "numb between my legs and i cannot pee since leg press"
UNSEEN = SERVER + 7_000_000
"""Of this server nothing is in memory yet."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def on_postgres(
    postgres: PostgresServer, cache_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Running]:
    name = "hanging"
    administering = connect(database_url(postgres.address))
    async with administering.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await administering.close()
    address = postgres.address.replace("/postgres?", f"/{name}?")
    database = connect(database_url(address))
    await migrate.upgrade(database)
    await database.close()
    async with (
        serving(checked_wire()) as wire,
        bot_process(wire, tmp_path_factory.mktemp("bot"), cache_folder, DATABASE_URL=address) as bot,
    ):
        await wire.until_ready()
        members = Members(wire)
        await members.until_it_knows(QUESTION)
        asked = await members.slash("legpress ask", question=QUESTION, in_=SERVER)
        await wire.until(lambda: asked.answered)
        try:
            yield Running(wire, bot, members)
        finally:
            postgres.go_on()


async def test_nobody_waits_for_it_beyond_the_deadline(on_postgres: Running, postgres: PostgresServer) -> None:
    wire, members = on_postgres.wire, on_postgres.members
    postgres.hang()
    known = await members.slash("legpress ask", question=QUESTION, by=1, in_=SERVER)
    unknown = await members.slash("legpress ask", question=QUESTION, by=2, in_=UNSEEN)
    alarms = [
        await members.slash("legpress ask", question=ALARM, by=3 + each, in_=where)
        for each, where in enumerate((SERVER, UNSEEN, UNSEEN + 100_000))
    ]
    everybody = [known, unknown, *alarms]
    await wire.until(lambda: all(each.answered for each in everybody))
    # Whatever comes after three seconds the stand-in refuses, as Discord does: all of them came in time.
    assert "The claim:" in said(known.response)
    assert "The claim:" in said(unknown.response)
    assert all("emergency" in said(each.response).lower() for each in alarms)


async def test_whoever_presses_or_commands_meanwhile_is_told_what_became_of_it(
    on_postgres: Running, postgres: PostgresServer
) -> None:
    wire, members = on_postgres.wire, on_postgres.members
    postgres.hang()
    asked = [
        await members.press("lp:pignore:-", by=21, in_=SERVER),
        await members.press("lp:pdelyes:-", by=22, in_=SERVER),
        await members.press("lp:setkeep:-", by=23, in_=SERVER),
        await members.pick("lp-pick:setregion:-", ["uk"], by=24, in_=SERVER),
        await members.slash("privacy", by=25, in_=SERVER),
    ]
    # Discord takes none of them after three seconds; each is acknowledged before.
    await wire.until(lambda: all(each.answered for each in asked))
    postgres.go_on()
    await wire.until(lambda: all(said(each.response) or each.followups for each in asked))
    for each in asked:
        words = said(each.response) + "".join(said(more) for more in each.followups)
        assert "###" in words or "nothing was changed" in words, words
    assert "no longer there to answer" not in "\n".join(on_postgres.bot.lines())


async def test_whose_late_answer_discord_refuses_is_told_so(on_postgres: Running, postgres: PostgresServer) -> None:
    wire, members = on_postgres.wire, on_postgres.members
    postgres.hang()
    pressed = await members.press("lp:pignore:-", by=31, in_=SERVER)
    asked = await members.slash("privacy", by=32, in_=SERVER)
    again = await members.slash("privacy", by=32, in_=SERVER)
    everybody = [pressed, asked, again]
    await wire.until(lambda: all(each.answered for each in everybody))
    for each in everybody:
        wire.fault("PATCH", f"/webhooks/*/{each.token}/messages/@original", status=400, code=50035)
    postgres.go_on()
    await wire.until(lambda: all(each.followups for each in everybody))
    wire.rules.clear()
    assert "Traceback" not in "\n".join(on_postgres.bot.lines())


async def test_it_is_used_again_once_it_goes_on(on_postgres: Running, postgres: PostgresServer) -> None:
    postgres.hang()
    await asyncio.sleep(0.2)
    postgres.go_on()
    asked = await on_postgres.members.slash("legpress ask", question=QUESTION, by=9, in_=UNSEEN + 200_000)
    await on_postgres.wire.until(lambda: asked.answered)
    assert "The claim:" in said(asked.response)
    assert "Traceback" not in "\n".join(on_postgres.bot.lines())


async def test_the_bot_ends_all_the_same_within_ten_seconds(on_postgres: Running, postgres: PostgresServer) -> None:
    bot = on_postgres.bot
    asked = await on_postgres.members.slash("legpress ask", question="claim:find-depth", by=10, in_=SERVER)
    await on_postgres.wire.until(lambda: asked.answered)
    postgres.hang()
    bot.signal()
    assert MOST_SECONDS < 10.0
    assert await bot.ended(30) == 0  # by its own count at most ten; a busy machine ends a process later
    lines = bot.lines()
    start = next(at for at, line in enumerate(lines) if "Asked to stop" in line)
    # What is noted in the background may have been with the database when it hung, and says so.
    of_the_end = [line for line in lines[start:] if "database" not in line]
    assert len(of_the_end) <= 3, "\n".join(lines)
    assert "Traceback" not in "\n".join(lines)
