"""What becomes of members' questions while processes of the bot are killed: `python -m tests.benchmarks.machines KILLS`.

Three processes lease three shards (or `--processes` and `--shards`) on a PostgreSQL of their own, on the stand-in for Discord, which takes one IDENTIFY in
five seconds. Members of all shards ask all the time, while one process after the other is killed (`kill -9`; every other one with `--ends`
is asked to end instead) and a new one is started in its place. Before that claims are published from outside, and each process is asked
until it answers with them.
"""

import argparse
import asyncio
import random
import shutil
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap import build_service
from bot.core.fields import Fields
from bot.service.workshop import put_together
from bot.store.cache import FileCache
from bot.store.store import open_store
from tests.conftest import postgres_programs
from tests.support.machines import ANSWER_SECONDS, Machines, killed, machines, servers, shared_database
from tests.support.postgres import PostgresServer
from tests.support.wire import Wire, serving
from tests.support.workshop import KNOWLEDGE, add

CALM_SECONDS = 3.0
LONGEST_SECONDS = 120.0
PUBLISHED = ("creatine", "caffeine", "beetroot", "chalk", "citrulline")


async def _measured(server: PostgresServer, folder: Path, arguments: argparse.Namespace) -> None:
    address = await shared_database(server, "machines")
    wire = Wire()
    wire.spacing = 5.0
    gaps: list[float] = []
    choose = random.Random(arguments.seed)
    async with (
        serving(wire),
        machines(wire, address, folder, folder / "cache", arguments.shards) as running,
    ):
        for _ in range(arguments.processes):
            await running.start()
        await running.until_all_run(LONGEST_SECONDS)
        for shard in range(arguments.shards):
            await running.until_it_knows(shard)
        changes = await _changes(running, address, folder)
        running.sent.clear()
        async with running.asking():
            for number in range(arguments.kills):
                await asyncio.sleep(CALM_SECONDS)
                gaps += await _one_exchange(running, choose, ends=arguments.ends and number % 2 == 1)
            await asyncio.sleep(CALM_SECONDS)
        await running.until_all_run(LONGEST_SECONDS)
        account = running.account()
        registered = len(wire.bodies("PUT", "/commands"))
    _say(
        f"{arguments.kills} ends of {arguments.processes} processes with {arguments.shards} shards; gap for a shard: "
        f"median {statistics.median(gaps):.1f} s, longest {max(gaps):.1f} s, of {len(gaps)}"
    )
    _say(
        f"a published claim is in its server's answers after: median {statistics.median(changes):.2f} s, "
        f"longest {max(changes):.2f} s, of {len(changes)}"
    )
    _say(f"interactions: {account}")
    _say(f"IDENTIFYs: {len(wire.identifies)}, out of turn {wire.out_of_turn}; commands registered {registered} times")


async def _changes(running: Machines, address: str, folder: Path) -> list[float]:
    """Publish claims from one process more, and return how long each took until its server's process answered with it."""
    service = build_service(KNOWLEDGE, cache=FileCache(folder / "cache"))
    store = await open_store(address, folder / "publishing")
    desks = put_together(store, lambda: service, regions=service.regions, clock=lambda: datetime.now(UTC))
    took: list[float] = []
    try:
        for thing in PUBLISHED:
            fields = Fields(
                title=f"{thing} and the sled".capitalize(),
                claim=f"On the sled {thing} helps a little.",
                answer=f"Try {thing} for a month; it helps a little.",
                questions=f"does {thing} help my sled numbers\nshould i take {thing} before legs",
            )
            question = fields.questions.splitlines()[0]
            for shard in range(running.shards):
                sent = await running.ask(shard, question)
                await running.until(lambda sent=sent: sent.asked.answered, ANSWER_SECONDS)  # type: ignore[misc]
            for shard, server in enumerate(servers(running.shards)):
                await add(desks, server, fields)
                took.append(await running.until_said(shard, question, fields.claim, LONGEST_SECONDS))
    finally:
        await desks.close()
    return took


async def _one_exchange(running: Machines, choose: random.Random, *, ends: bool) -> list[float]:
    """End a process that runs a shard, and return how long each of its shards had no session."""
    victim = running.holder(choose.randrange(running.shards))
    lost = [shard for shard in range(running.shards) if running.holder(shard) is victim]
    at = time.monotonic()
    if ends:
        victim.signal()
    else:
        await killed(victim)
    await running.start()
    await running.until(
        lambda: not any(each.at < at for shard in lost for each in running.live(shard)), LONGEST_SECONDS
    )
    closed = {shard: max(each.ended for each in running.wire.sessions if each.shard[0] == shard) for shard in lost}
    await running.until_all_run(LONGEST_SECONDS)
    return [running.live(shard)[0].at - closed[shard] for shard in lost]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=10)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--shards", type=int, default=3)
    parser.add_argument("--ends", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    programs = postgres_programs()
    if programs is None:
        raise SystemExit("This needs PostgreSQL's server programs (Debian, Ubuntu: apt install postgresql).")
    database, folder = Path(tempfile.mkdtemp(prefix="lp-pg-")), Path(tempfile.mkdtemp(prefix="lp-machines-"))
    server = PostgresServer(programs, database)
    try:
        server.make()
        server.start()
        asyncio.run(_measured(server, folder, arguments))
    finally:
        server.stop()
        shutil.rmtree(database, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
