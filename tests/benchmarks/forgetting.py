"""How long "Delete my data" of one member holds the write lock on a busy day, beside one ordinary edit in the same run.

    python -m tests.benchmarks.forgetting --marks 60000
    python -m tests.benchmarks.forgetting --marks 60000 --address postgresql://...   (its tables are emptied)

The day has so many marks of other members; the member has a few. Each time is from the transaction's beginning, with the
lock taken, to its end on the disk. A ratio says more than milliseconds, which depend on the machine.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.service.privacy import Privacy
from bot.store.database import Database
from bot.store.engine import AsyncConnection
from bot.store.marks import Deed, set_mark
from bot.store.revisions import ItemChange
from bot.store.store import Store, open_store
from tests.support.postgres import Clock, prepare

MEMBER, OWN_MARKS, ROUNDS = 99, 12, 15


async def _fill(store: Store, marks: int, day: str) -> None:
    async with store.database.writing() as connection:
        for i in range(marks):
            await set_mark(store.database, connection, Deed(1000 + i % 400, day, f"press:claim-{i % 150}"), 10_000 + i)


async def _measured(store: Store, marks: int) -> dict[str, float]:
    clock = Clock(datetime(2026, 11, 22, 12, tzinfo=UTC))
    day = clock().date().isoformat()
    await _fill(store, marks, day)
    held: list[float] = []
    writing = store.database.writing

    @asynccontextmanager
    async def timed() -> AsyncIterator[AsyncConnection]:
        started = time.perf_counter()
        async with writing() as connection:
            yield connection
        held.append(time.perf_counter() - started)

    Database.writing, kept = lambda _: timed(), Database.writing  # type: ignore[method-assign, assignment]
    privacy = Privacy(store, clock)
    forgetting, editing = [], []
    try:
        for number in range(ROUNDS):
            for i in range(OWN_MARKS):
                await store.marks.first_today(Deed(1000 + i, day, f"press:mine-{i}"), MEMBER)
            held.clear()
            await privacy.delete(MEMBER)
            forgetting.append(max(held))
            held.clear()
            change = ItemChange("one", number, {"text": "x" * 500})
            await store.revisions.commit(1, [change], author=5, at=0, action="edit", why="")
            editing.append(max(held))
    finally:
        Database.writing = kept  # type: ignore[method-assign]
    own, peer = statistics.median(forgetting), statistics.median(editing)
    return {
        "marks": marks, "longest lock, median ms": round(own * 1000, 2), "worst ms": round(max(forgetting) * 1000, 2),
        "one edit, median ms": round(peer * 1000, 2), "ratio": round(own / peer, 2),
    }  # fmt: skip


async def _run(address: str, folder: Path, marks: int) -> dict[str, float]:
    await prepare(address, folder)
    store = await open_store(address, folder)
    try:
        return await _measured(store, marks)
    finally:
        await store.close()


def main() -> int:
    """Measure what the command line asks for and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--marks", type=int, default=60_000)
    parser.add_argument("--address", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lp-forget-") as folder:
        sys.stdout.write(json.dumps(asyncio.run(_run(arguments.address, Path(folder), arguments.marks))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
