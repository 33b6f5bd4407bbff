"""What overlays cost: 10,000 servers with 20 claims each. Figures: `python -m tests.benchmarks.test_overlays`.

Memory is what Python and NumPy allocate (tracemalloc counts both), over a sample of servers; the store holds all of
them; the time to answer is the whole way of a question, gate and wording included, as the median over
questions that nobody asked before, with and without an overlay in turns, so that a busy machine weighs on both alike.
"""

import asyncio
import gc
import json
import random
import statistics
import sys
import tempfile
import time
import tracemalloc
from dataclasses import asdict, dataclass
from pathlib import Path

import pytest

from bot.bootstrap import build_service
from bot.core.model import Claim, Confidence, Verdict
from bot.core.overlay import Entry, Overlay, to_plain
from bot.service import Service
from bot.service.overlays import join
from bot.store.database import FILE
from bot.store.plain import dumped
from bot.store.store import open_store
from bot.store.tables import entries

SERVERS, CLAIMS = 10_000, 20
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
    milliseconds_to_read: float
    milliseconds_at_most: float


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
        started = time.perf_counter()
        asked.ask(question)
        times.append((time.perf_counter() - started) * 1e6)
    return statistics.median(without), statistics.median(with_overlay)


def measure(base: Service, *, sample: int, questions: int) -> Figures:
    """Return the figures over a sample of servers."""
    join(base, overlay_of(-1))  # what is made once is not the first server's cost
    kilobytes = memory_of(base, [overlay_of(server) for server in range(min(sample, 20))])
    started = time.perf_counter()
    services = [join(base, overlay_of(server)) for server in range(sample)]
    milliseconds = (time.perf_counter() - started) / sample * 1000
    asked = [question for claim in base.knowledge.claims.values() for question in claim.questions]
    asked += [claim.questions[0] for server in range(20) for claim in overlay_of(server).claims(base.knowledge)]
    random.Random(1).shuffle(asked)
    plain, over = answer_times(base, services, asked[:questions])
    return Figures(
        sample, round(kilobytes, 1), round(milliseconds, 1), round(plain), round(over), round(over / plain, 3)
    )


async def read_times(folder: Path) -> StoreFigures:
    """Fill a store with 10,000 servers and return what reading one server's overlay takes."""
    store = await open_store("", folder)
    states = [(item, dumped(to_plain(entry))) for item, entry in overlay_of(1).entries.items()]
    try:
        for first in range(0, SERVERS, 500):
            rows = [
                {"guild_id": server, "item": item, "revision": 1, "state": state}
                for server in range(first, first + 500)
                for item, state in states
            ]
            async with store.database.writing() as connection:
                await connection.execute(entries.insert(), rows)
        times = []
        for server in random.Random(1).sample(range(SERVERS), 200):
            started = time.perf_counter()
            found = await store.revisions.entries(server)
            times.append((time.perf_counter() - started) * 1000)
            assert len(found) == CLAIMS
        size = (folder / FILE).stat().st_size / 1024**2
    finally:
        await store.close()
    return StoreFigures(SERVERS, round(size), round(statistics.median(times), 2), round(max(times), 2))


@pytest.fixture(scope="module")
def base() -> Service:
    return build_service()


def test_a_server_costs_its_own_claims_alone(base: Service) -> None:
    figures = measure(base, sample=4, questions=300)
    assert figures.kilobytes_each < 1000
    assert figures.ratio > 0


def test_memory_grows_with_the_overlay_and_not_with_the_base(base: Service) -> None:
    small, large = Overlay(dict(list(overlay_of(1).entries.items())[:2])), overlay_of(1)
    assert memory_of(base, [small] * 2) < memory_of(base, [large] * 2) / 2


def main() -> int:
    """Measure and print the figures as JSON; exit code 1 where an overlay makes answering too slow."""
    with tempfile.TemporaryDirectory(prefix="lp-bench-") as folder:
        store = asyncio.run(read_times(Path(folder)))
    figures = measure(build_service(), sample=int(sys.argv[1]) if len(sys.argv) > 1 else 20, questions=2000)
    sys.stdout.write(json.dumps({**asdict(figures), "store": asdict(store)}) + "\n")
    return 0 if figures.ratio <= MOST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
