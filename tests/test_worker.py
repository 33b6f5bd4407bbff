"""The process beside the bot: it works, it is stopped, it ends, and nothing of it stays at rest."""

import asyncio
import gc
import multiprocessing
import os
import time
from collections.abc import Iterator
from multiprocessing.synchronize import SemLock
from pathlib import Path

import pytest

from bot.worker import Worker, WorkerError, WorkerTimeoutError


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(idle_seconds=0.2)
    yield made
    made.close()


def children() -> int:
    return len(multiprocessing.active_children())


async def test_work_is_done_in_another_process(worker: Worker) -> None:
    assert await worker.run(60, os.getpid) != os.getpid()
    assert worker.call(60, sorted, [3, 1, 2], reverse=True) == [3, 2, 1]


async def test_what_the_work_raises_arrives(worker: Worker) -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        await worker.run(60, int, "x")


async def test_work_that_takes_too_long_is_stopped_and_the_next_is_done(worker: Worker) -> None:
    with pytest.raises(WorkerTimeoutError):
        await worker.run(0.2, time.sleep, 3600)
    assert await worker.run(60, len, "four") == 4


async def test_a_process_that_dies_is_told_and_replaced(worker: Worker) -> None:
    with pytest.raises(WorkerError):
        await worker.run(60, os._exit, 3)
    assert await worker.run(60, len, "four") == 4


def begin_and_hang(mark: Path) -> None:
    mark.touch()
    time.sleep(3600)


async def test_work_that_is_called_off_leaves_the_process_to_the_next(worker: Worker, tmp_path: Path) -> None:
    first = await worker.run(60, os.getpid)
    mark = tmp_path / "begun"
    task = asyncio.create_task(worker.run(3600, begin_and_hang, mark))
    async with asyncio.timeout(60):
        while not mark.exists():  # noqa: ASYNC110 -- another process makes it
            await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await worker.run(60, os.getpid) != first


async def test_at_rest_there_is_no_second_process(worker: Worker) -> None:
    before = children()
    await worker.run(60, len, "four")
    for _ in range(200):
        if children() <= before:
            break
        await asyncio.sleep(0.1)
    assert children() <= before
    assert worker._pool is None
    assert await worker.run(60, len, "again") == 5


async def test_a_lock_that_outlives_its_process_ends_without_a_complaint() -> None:
    worker = Worker()  # which does not end by itself meanwhile
    await worker.run(60, len, "four")
    locks = [each for each in gc.get_objects() if isinstance(each, SemLock)]
    assert locks

    await asyncio.to_thread(worker.close)
    locks.clear()
    gc.collect()  # pytest takes what is said here for an error
