"""What overlays cost: many servers with 20 claims each. Figures: `python -m tests.benchmarks.test_overlays`.

It fills a real store with 1,000 servers (`--store`), each with claims of its own, and lets 64 of them (`--servers`) ask once,
one after the other, as after a restart: each overlay is read, built, and answered with; only the last `MOST_BUILT` stay in
memory. That takes half a minute of a processor; 10,000 and 300, which the guide tells of, take four.

Memory is the process's own (resident set), before and after they were built, and what Python and NumPy allocate for one
(tracemalloc counts both). All times are the processor's, so that a busy machine does not weigh on them. The time to answer
is the whole way of a question, gate and wording included, as the median over questions that nobody asked before, with and
without an overlay in turns.
"""

import argparse
import asyncio
import gc
import json
import os
import random
import statistics
import sys
import tempfile
import time
import tracemalloc
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.bootstrap import build_service
from bot.core.model import Claim, Confidence, Verdict
from bot.core.overlay import Entry, Overlay, to_plain
from bot.service import Service
from bot.service.overlays import MOST_BUILT, join
from bot.service.workshop import put_together
from bot.store.database import FILE
from bot.store.plain import dumped
from bot.store.store import Store, open_store
from bot.store.tables import entries

CLAIMS = 20
MOST_RATIO = 1.3
WORDS = [
    "creatine",
    "chalk",
    "belt",
    "fasting",
    "music",
    "towel",
    "locker",
    "parking",
    "shoes",
    "grip",
    "protein",
    "rest",
    "sauna",
    "treadmill",
    "rowing",
    "bench",
    "monday",
    "opening",
    "hours",
    "trainer",
    "discount",
    "spotter",
    "mirror",
    "water",
    "bottle",
    "app",
    "tracker",
    "plates",
    "deload",
    "holiday",
]


@dataclass(frozen=True)
class Figures:
    """What an overlay costs in memory and time."""

    sample: int
    kilobytes_each: float
    milliseconds_to_build: float
    answer_microseconds: float
    answer_microseconds_with_overlay: float
    ratio: float


@dataclass(frozen=True)
class StoreFigures:
    """What a store of many servers takes."""

    servers: int
    megabytes: int
    kilobytes_each: float
    milliseconds_to_read: float
    milliseconds_at_most: float


@dataclass(frozen=True)
class AllFigures:
    """What it takes when one server after the other asks. Times are in milliseconds, memory is resident."""

    servers_asked: int
    right_answers: int
    seconds: float
    first_question_median: float
    first_question_99th: float
    again_median: float
    kept: int
    megabytes_before: float
    megabytes_when_full: float
    megabytes_at_the_end: float
    resident_kilobytes_each: float


def overlay_of(server: int) -> Overlay:
    """Return the overlay of one server: twenty claims of its own, different ones in each."""
    chance = random.Random(server)
    own = {}
    for i in range(CLAIMS):
        subject = " and ".join(chance.sample(WORDS, 2))
        machine = chance.choice(["sled", "press"])
        starts = ("can i use", "is it worth", "what about")
        claim = Claim(
            id=f"own-{i}",
            topic="this-server",
            title=f"About {subject}"[:60],
            claim=f"{subject} helps.",
            verdict=Verdict.OPINION,
            confidence=Confidence.LOW,
            answer=f"In server {server} we say: {subject}.",
            questions=tuple(f"{start} {subject} on the {machine}" for start in starts),
            added_by_server=True,
        )
        own[claim.id] = Entry(claim)
    return Overlay(own)


def memory_of(base: Service, overlays: list[Overlay]) -> float:
    """Return the kilobytes that each joined overlay holds."""
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [join(base, overlay) for overlay in overlays]
    gc.collect()
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before) / len(kept) / 1024


def answer_times(base: Service, services: list[Service], questions: list[str]) -> tuple[float, float]:
    """Return the medians, in microseconds, without and with an overlay.

    Every second question goes to either: base and overlays share what they remember of words, so that the second to get
    the same question would only seem faster.
    """
    without: list[float] = []
    with_overlay: list[float] = []
    for i, question in enumerate(questions):
        asked, times = (services[i // 2 % len(services)], with_overlay) if i % 2 else (base, without)
        started = time.process_time()
        asked.ask(question)
        times.append((time.process_time() - started) * 1e6)
    return statistics.median(without), statistics.median(with_overlay)


def measure(base: Service, *, sample: int, questions: int) -> Figures:
    """Return the figures over a sample of servers."""
    join(base, overlay_of(-1))  # what is made once is not the first server's cost
    kilobytes = memory_of(base, [overlay_of(server) for server in range(min(sample, 20))])
    started = time.process_time()
    services = [join(base, overlay_of(server)) for server in range(sample)]
    milliseconds = (time.process_time() - started) / sample * 1000
    asked = [question for claim in base.knowledge.claims.values() for question in claim.questions]
    asked += [claim.questions[0] for server in range(20) for claim in overlay_of(server).claims(base.knowledge)]
    random.Random(1).shuffle(asked)
    plain, over = answer_times(base, services, asked[:questions])
    return Figures(
        sample, round(kilobytes, 1), round(milliseconds, 1), round(plain), round(over), round(over / plain, 3)
    )


async def fill(store: Store, servers: int) -> None:
    """Write the overlays of many servers, each of its own, into a store."""
    for first in range(0, servers, 200):
        rows = [
            {"guild_id": server, "item": item, "revision": 1, "state": dumped(to_plain(entry))}
            for server in range(first, min(first + 200, servers))
            for item, entry in overlay_of(server).entries.items()
        ]
        async with store.database.writing() as connection:
            await connection.execute(entries.insert(), rows)


async def read_times(store: Store, folder: Path, servers: int) -> StoreFigures:
    """Return what a filled store takes on the disk, and what reading one server's overlay takes."""
    times = []
    for server in random.Random(1).sample(range(servers), min(200, servers)):
        started = time.process_time()
        found = await store.revisions.entries(server)
        times.append((time.process_time() - started) * 1000)
        assert len(found) == CLAIMS
    size = on_disk(folder)
    each = round(size / servers / 1024, 1)
    return StoreFigures(servers, round(size / 1024**2), each, round(statistics.median(times), 2), round(max(times), 2))


async def ask_all(store: Store, base: Service, servers: int) -> AllFigures:
    """Let one server after the other ask a question of its own, and the last ones once more."""
    workshop = put_together(store, lambda: base, regions=base.regions, clock=lambda: datetime.now(UTC))
    overlays, wait = workshop.overlays, 60.0
    gc.collect()
    before, full = resident(), 0.0
    first: list[float] = []
    right = 0
    started = time.process_time()
    for server in range(servers):
        claim = chosen_claim(server)
        at = time.process_time()
        await asyncio.wait_for(overlays.published(server), wait)
        answer, _ = overlays.known(server).ask(claim.questions[0])
        first.append((time.process_time() - at) * 1000)
        right += f"In server {server} we say" in answer.text
        if server + 1 == MOST_BUILT:
            gc.collect()
            full = resident()
    seconds = time.process_time() - started
    again = []
    for server in range(max(0, servers - MOST_BUILT), servers):
        at = time.process_time()
        (await overlays.for_server(server)).ask(chosen_claim(server).questions[1])
        again.append((time.process_time() - at) * 1000)
    gc.collect()
    await overlays.close()
    return AllFigures(
        servers,
        right,
        round(seconds, 1),
        round(statistics.median(first), 1),
        round(statistics.quantiles(first, n=100)[98], 1),
        round(statistics.median(again), 1),
        min(servers, MOST_BUILT),
        round(before),
        round(full or resident()),
        round(resident()),
        round(1024 * ((full or resident()) - before) / min(servers, MOST_BUILT), 1),
    )


def on_disk(folder: Path) -> int:
    """Return the bytes of the database's files."""
    return sum(file.stat().st_size for file in folder.glob(f"{FILE}*"))


def chosen_claim(server: int) -> Claim:
    """Return one of a server's claims, another one for each server."""
    found = overlay_of(server).entries[f"own-{server % CLAIMS}"].claim
    assert found is not None
    return found


def resident() -> float:
    """Return the megabytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


@pytest.fixture(scope="module")
def base() -> Service:
    return build_service()


def test_a_server_costs_its_own_claims_alone(base: Service) -> None:
    figures = measure(base, sample=2, questions=60)
    assert figures.kilobytes_each < 500
    assert figures.ratio > 0


def test_memory_grows_with_the_overlay_and_not_with_the_base(base: Service) -> None:
    small, large = Overlay(dict(list(overlay_of(1).entries.items())[:2])), overlay_of(1)
    few, many = memory_of(base, [small] * 2), memory_of(base, [large] * 2)
    assert many < 500
    assert few < 0.6 * many  # what the base's own wordings hold in place is the rest


async def test_every_server_is_answered_with_its_own_and_only_so_many_are_held(base: Service, tmp_path: Path) -> None:
    store = await open_store("", tmp_path)
    await fill(store, 6)
    figures = await ask_all(store, base, 6)
    assert figures.right_answers >= 5
    assert (await read_times(store, tmp_path, 6)).kilobytes_each > 1
    await store.close()


async def everything(stored: int, servers: int, base: Service, folder: Path) -> tuple[StoreFigures, AllFigures]:
    """Fill a store with so many servers, and let `servers` of them ask."""
    store = await open_store("", folder)
    try:
        await fill(store, stored)
        return await read_times(store, folder, stored), await ask_all(store, base, servers)
    finally:
        await store.close()


def main() -> int:
    """Measure and print the figures as JSON; exit code 1 where an overlay makes answering too slow."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--store", type=int, default=1_000, help="servers in the store")
    parser.add_argument("--servers", type=int, default=64, help="how many of them ask")
    parser.add_argument("--sample", type=int, default=10, help="overlays for the time to answer")
    chosen = parser.parse_args()
    base = build_service()
    with tempfile.TemporaryDirectory(prefix="lp-bench-") as folder:
        stored, asked = asyncio.run(everything(chosen.store, min(chosen.servers, chosen.store), base, Path(folder)))
    figures = measure(base, sample=chosen.sample, questions=600)
    sys.stdout.write(json.dumps({**asdict(figures), "store": asdict(stored), "all": asdict(asked)}, indent=1) + "\n")
    return 0 if figures.ratio <= MOST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
