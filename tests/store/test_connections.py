"""Every connection is closed in the end, whoever is cancelled meanwhile: SQLite's driver warns of each that is not."""

import asyncio
import contextlib
import gc
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store.database import Database, connect, database_url


async def test_closing_waits_for_connections_in_use_and_those_of_who_was_cancelled(tmp_path: Path) -> None:
    for pause in range(60):
        database = connect(database_url("", tmp_path / str(pause % 6)))
        asking = [asyncio.create_task(_ask(database)) for _ in range(3)]
        await asyncio.sleep(pause / 4000)
        for task in asking:
            task.cancel()
        await database.close()
        await asyncio.gather(*asking, return_exceptions=True)
    await asyncio.sleep(0.1)
    gc.collect()
    assert not _open_under(tmp_path)


async def test_a_file_that_is_no_database_leaves_no_connection_behind(tmp_path: Path) -> None:
    (tmp_path / "legpress.sqlite3").write_bytes(b"no database at all" * 100)
    database = connect(database_url("", tmp_path))
    for _ in range(3):
        with pytest.raises(StoreError):
            await _ask(database)
    await database.close()
    await asyncio.sleep(0.1)
    gc.collect()


def _open_under(folder: Path) -> list[str]:
    """Return the files in a folder that this process holds open; none where the system does not tell."""
    found = []
    for each in Path("/proc/self/fd").glob("*"):
        with contextlib.suppress(OSError):
            found.append(str(each.readlink()))
    return [each for each in found if each.startswith(str(folder))]


async def _ask(database: Database) -> None:
    async with database.reading() as connection:
        slow = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 20000) SELECT sum(x) FROM c"
        await connection.exec_driver_sql(slow)
