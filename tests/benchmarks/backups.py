"""Backup and restore of many servers: minutes, and whether every row comes back as it was.

    python -m tests.benchmarks.backups --servers 1000 --claims 300
    python -m tests.benchmarks.backups --servers 1000 --claims 300 --address postgresql://...   (its tables are replaced)

Beside it, in the same run, a plain copy of the SQLite file by the system, as the peer.
"""

import argparse
import asyncio
import hashlib
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.engine import Connection

from bot.store import backup, backup_postgres
from bot.store.database import Database, connect, database_url, sqlite_path
from bot.store.tables import entries, metadata, revision_items, revisions, servers
from tests.support.postgres import prepare

CLAIM = {
    "id": "x", "topic": "depth", "title": "A claim of ours", "claim": "Something about the sled.", "verdict": "opinion",
    "confidence": "low", "answer": "What a phone shows first. " * 10, "why": "Because of this and that. " * 20,
    "questions": [f"how do people ask for this, way {i}" for i in range(10)],
}  # fmt: skip


async def _fill(database: Database, guilds: int, claims: int) -> None:
    state = json.dumps({"claim": CLAIM})
    for guild in range(1, guilds + 1):
        async with database.writing() as connection:
            await connection.execute(servers.insert(), {"guild_id": guild, "revision": 1})
            made = {"guild_id": guild, "number": 1, "author_id": guild, "at": 0, "action": "import", "why": ""}
            await connection.execute(revisions.insert(), made)
            items = [{"guild_id": guild, "item": f"claim-{i}", "state": f"{state}{i}"} for i in range(claims)]
            await connection.execute(revision_items.insert(), [{**item, "number": 1} for item in items])
            await connection.execute(entries.insert(), [{**item, "revision": 1} for item in items])


async def _meaning(address: str, folder: Path) -> str:
    """A hash of every value of every row, in the order of the keys."""
    database = connect(database_url(address, folder))
    digest = hashlib.sha256()
    try:
        async with database.reading() as connection:
            for table in metadata.sorted_tables:
                digest.update(table.name.encode())
                rows = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=1_000)
                await connection.run_sync(_add, rows, digest)
    finally:
        await database.close()
    return digest.hexdigest()


def _add(connection: Connection, rows: Select[Any], digest: "hashlib._Hash") -> None:
    for row in connection.execute(rows):
        digest.update(repr(tuple(row)).encode())


async def _made(address: str, folder: Path, guilds: int, claims: int) -> None:
    await prepare(address, folder)
    database = connect(database_url(address, folder))
    try:
        await _fill(database, guilds, claims)
    finally:
        await database.close()


def run(address: str, folder: Path, guilds: int, claims: int) -> dict[str, Any]:
    """Fill, back up, empty, restore; return seconds and whether all is as it was."""
    asyncio.run(_made(address, folder, guilds, claims))
    before = asyncio.run(_meaning(address, folder))
    url, copy = database_url(address, folder), folder / "copy.bak"
    path = sqlite_path(url)
    started = time.monotonic()
    size = (backup_postgres.back_up(url, copy) if path is None else backup.back_up(path, copy)).size
    backed_up = time.monotonic() - started
    asyncio.run(prepare(address, folder))
    started = time.monotonic()
    if path is None:
        backup_postgres.restore(url, copy, folder / "aside.pgdump")
    else:
        backup.restore(path, copy)
    restored = time.monotonic() - started
    started = time.monotonic()
    shutil.copyfile(copy, folder / "plain")
    plain = time.monotonic() - started
    return {
        "servers": guilds, "claims each": claims, "MB": round(size / 1e6), "backup, minutes": round(backed_up / 60, 2),
        "restore, minutes": round(restored / 60, 2), "plain copy of the backup, minutes": round(plain / 60, 2),
        "equal in meaning": asyncio.run(_meaning(address, folder)) == before,
    }  # fmt: skip


def main() -> int:
    """Measure what the command line asks for and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--servers", type=int, default=1000)
    parser.add_argument("--claims", type=int, default=300)
    parser.add_argument("--address", default="")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lp-backups-") as folder:
        figures = run(arguments.address, Path(folder), arguments.servers, arguments.claims)
    sys.stdout.write(json.dumps(figures) + "\n")
    return 0 if figures["equal in meaning"] else 1


if __name__ == "__main__":
    sys.exit(main())
