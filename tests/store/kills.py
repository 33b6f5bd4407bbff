"""Kills a process that edits, again and again, and looks whether an acknowledged edit is lost or one is half applied.

    python -m tests.store.kills --kills 500             (SQLite, in a temporary folder)
    python -m tests.store.kills --kills 200 --postgres  (a PostgreSQL of its own)
    python -m tests.store.kills --address postgresql://...   (one that is there; its tables are replaced)

Each round forks a child that opens the store and publishes revisions, telling the number of each down a pipe once the store
has returned: edits of three items, imports of forty more, approvals of a suggestion. Between them it lets go of what is too
old, of a whole server too, and backs up. At a random moment it and the programs that it runs get SIGKILL. Of ten rounds one
kills a restore, after which the database is as it was, or as the backup is; and one an upgrade from the first step, after
which it is at that step or at the newest, and what was in it is there.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import random
import select
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text
from sqlalchemy.engine import Connection

from bot.store import backup, backup_postgres, migrate
from bot.store.database import FILE, Database, connect, database_url
from bot.store.drafts import Drafts
from bot.store.revisions import Closing, ItemChange
from bot.store.store import Store, open_store
from bot.store.tables import metadata
from tests.conftest import EVERYTHING, postgres_programs
from tests.support.postgres import PostgresServer, prepare

GUILD, LEAVING, OLD = 77, 78, 79
"""The server that edits, one that is left and forgotten again and again, and one that an upgrade finds."""
ITEMS = ("one", "two", "three")
IMPORTED = tuple(f"import-{number}" for number in range(40))
LONGEST_SECONDS = 0.25
MOST_SECONDS = 3.0
"""How long a child lives at most, and on a machine so slow or busy that it would get hardly anything done by then."""
QUIET_SECONDS = 20.0
BACKUP, ASIDE = "copy.bak", "aside.pgdump"
EVERY, RESTORE_AT, UPGRADE_AT = 10, 9, 4
"""Of so many rounds, the one that kills a restore, and the one that kills an upgrade."""
DONE = b"0 done\n"
LATE_SECONDS = 20.0
"""How long the first restore and the first upgrade may take; those after them are killed within what that one took."""
WANTED = 2
"""Edits acknowledged for each kill, on average, below which children live longer."""


@dataclass
class Figures:
    """What the rounds came to; `faults` is empty where nothing was lost or half applied."""

    kills: int = 0
    acknowledged: int = 0
    unacknowledged_but_whole: int = 0
    killed_before_first_edit: int = 0
    restores: int = 0
    upgrades: int = 0
    finished: dict[str, int] = field(default_factory=dict)
    """Restores and upgrades that were done before they were killed; the first of each is left to end."""
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Round:
    """What a child acknowledged, what it complained of, and how many seconds it lived."""

    acknowledged: dict[int, str]
    complaints: list[str]
    seconds: float


@dataclass(frozen=True)
class Place:
    """The database: at `address`, or where that is empty a file in `folder`."""

    address: str
    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / FILE

    @property
    def backup(self) -> Path:
        return self.folder / BACKUP

    def opened(self) -> Database:
        return connect(database_url(self.address, self.folder))

    def back_up(self) -> None:
        if self.address:
            backup_postgres.back_up(database_url(self.address), self.backup, replace=True)
        else:
            backup.back_up(self.file, self.backup, replace=True)

    def restore(self) -> None:
        if self.address:
            backup_postgres.restore(database_url(self.address), self.backup, self._aside())
        else:
            backup.restore(self.file, self.backup)

    def _aside(self) -> Path:
        aside = self.folder / ASIDE
        aside.unlink(missing_ok=True)
        return aside

    def backed_up(self) -> int:
        """The newest revision in the backup."""
        if self.address:
            arguments = ["--data-only", "--table=revisions", "--file=-", str(self.backup)]
            script = subprocess.run([_pg_restore(), *arguments], check=True, capture_output=True, text=True).stdout
            rows = [line.split("\t") for line in script.splitlines() if line.startswith(f"{GUILD}\t")]
            return max((int(row[1]) for row in rows), default=0)
        with contextlib.closing(sqlite3.connect(self.backup)) as connection:
            query = "SELECT coalesce(max(number), 0) FROM revisions WHERE guild_id = ?"
            return int(connection.execute(query, (GUILD,)).fetchone()[0])


def _pg_restore() -> str:
    """PostgreSQL's own program, beside the server's where it is not in the path."""
    programs = postgres_programs()
    beside = (programs / "initdb").resolve().parent if programs else Path()
    return shutil.which("pg_restore") or str(beside / "pg_restore")


# What the children do


async def _edit_for_ever(place: Place, pipe: int) -> None:
    store = await open_store(place.address, place.folder)
    for turn in itertools.count(1):
        imports = turn % 5 == 0
        held = {row.item: row.revision for row in await store.revisions.entries(GUILD)}
        draft = await Drafts(store.database).add(GUILD, author=1, at=0, data={})
        tag = f"{os.getpid()}-{draft}"
        items = (*ITEMS, *IMPORTED) if imports else ITEMS
        changes = [ItemChange(item, held.get(item, 0), {"tag": tag, "text": tag * 200}) for item in items]
        approved = None
        if turn % 3 == 0:
            approved = await store.suggestions.add(GUILD, at=0, data={"tag": tag}, tell=9, most=10**6)
        number = await store.revisions.commit(
            GUILD, changes, author=1, at=0, action="import" if imports else "edit", why=tag,
            closing=Closing(draft, approved),
        )  # fmt: skip
        os.write(pipe, f"{number} {tag}\n".encode())
        if turn % 4 == 0:
            await store.drafts.drop_before(1)
            await _leave(store)
        if turn % 7 == 0:
            await asyncio.to_thread(place.back_up)


async def _leave(store: Store) -> None:
    """Have a server with a change of each kind, and forget it."""
    held = {row.item: row.revision for row in await store.revisions.entries(LEAVING)}
    changes = [ItemChange(item, held.get(item, 0), {"text": "x" * 500}) for item in ITEMS]
    await store.revisions.commit(LEAVING, changes, author=1, at=0, action="edit", why="")
    await store.servers.left(LEAVING, 1)
    await store.servers.absent([LEAVING], 1)
    await store.servers.drop(LEAVING, left_before=2, absent_before=2)


async def _upgrade(place: Place) -> None:
    database = place.opened()
    await migrate.upgrade(database)
    await database.close()


def _child(place: Place, pipe: int, kind: str) -> None:
    try:
        if kind == "edit":
            asyncio.run(_edit_for_ever(place, pipe))
        elif kind == "restore":
            place.restore()
        else:
            asyncio.run(_upgrade(place))
        os.write(pipe, DONE)
        time.sleep(60)
    except BaseException as error:  # noqa: BLE001 -- told to the parent, which fails on it
        os.write(pipe, f"! {type(error).__name__}: {error}\n".replace("\n", " ").encode() + b"\n")
    finally:
        os._exit(1)


def _round(place: Place, seconds: float, kind: str = "edit") -> Round:
    """Let a child work and kill it after a time, or when it is done."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        os.close(reading)
        _child(place, writing, kind)
    with contextlib.suppress(OSError):  # the child has done it already
        os.setpgid(child, child)
    os.close(writing)
    told = b""
    begun = time.monotonic()
    while (left := begun + seconds - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            piece = os.read(reading, 65536)
            told += piece
            if not piece or piece.endswith(DONE):
                break
    lived = time.monotonic() - begun
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reading, 65536):
        told += piece
    os.close(reading)
    lines = told.decode().splitlines()
    done = dict(line.split(" ", 1) for line in lines if not line.startswith("!"))
    if place.address:
        asyncio.run(_quiet(place))
    complaints = [line for line in lines if line.startswith("!")]
    return Round({int(number): tag for number, tag in done.items()}, complaints, lived)


async def _quiet(place: Place) -> None:
    """Wait until PostgreSQL has noticed that those who were connected are dead: a commit on its way is done by then."""
    database = place.opened()
    query = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' "
        "AND pid <> pg_backend_pid()"
    )
    try:
        async with asyncio.timeout(QUIET_SECONDS):
            while True:
                async with database.reading() as connection:
                    if not (await connection.execute(query)).scalar_one():
                        return
                await asyncio.sleep(0.02)
    finally:
        await database.close()


# What must hold afterwards


async def _look(store: Store, acknowledged: dict[int, str], seen: int) -> tuple[int, list[str]]:
    """Return the newest revision, and what is lost or half applied since revision `seen`."""
    faults: list[str] = []
    newest = await store.revisions.newest(GUILD)
    rows = {row.number: row for row in await store.revisions.revisions(GUILD, limit=newest - seen + 1)}
    for number in range(seen + 1, newest + 1):
        row = rows.get(number)
        if row is None or set(row.items) != {*ITEMS, *(IMPORTED if row.action == "import" else ())}:
            faults.append(f"revision {number} is half applied: {row}")
            continue
        states = await store.revisions.states_at(GUILD, number)
        tags = {str((states[item] or {}).get("tag")) for item in row.items}
        if tags != {row.why}:
            faults.append(f"revision {number} has states of {tags}, not of {row.why}")
    for number, tag in acknowledged.items():
        if number not in rows or rows[number].why != tag:
            faults.append(f"revision {number} ({tag}) was acknowledged and is lost")
    entries = await store.revisions.entries(GUILD)
    faults += [
        f"'{entry.item}' is at revision {entry.revision}, the newest is {newest}"
        for entry in entries
        if entry.item in ITEMS and (entry.revision != newest or entry.state is None)
    ]
    if len({entry.revision for entry in entries if entry.item in IMPORTED}) > 1:
        faults.append("an import is half applied")
    return newest, faults


async def _decided(store: Store) -> list[str]:
    """Return the suggestions whose member would still be told though they are decided, or the other way round."""
    async with store.database.reading() as connection:
        query = text(
            "SELECT s.id FROM suggestions s LEFT JOIN suggestion_notices n ON n.suggestion_id = s.id "
            "WHERE (s.decided IS NULL) <> (n.suggestion_id IS NOT NULL)"
        )
        return [f"suggestion {row[0]} is half decided" for row in await connection.execute(query)]


async def _left(store: Store) -> list[str]:
    """Return what is half forgotten of the server that leaves."""
    rows = (await store.servers.belongings(LEAVING)).rows
    held = {table: count for table, count in rows.items() if table != "servers"}
    changes = held.get("revisions", 0)
    whole = {"entries": len(ITEMS), "revisions": changes, "revision_items": len(ITEMS) * changes}
    return [] if held in ({}, whole) and ("servers" in rows or not held) else [f"a server is half forgotten: {rows}"]


async def _looked(place: Place, acknowledged: dict[int, str], seen: int) -> tuple[int, list[str]]:
    store = await open_store(place.address, place.folder)
    try:
        newest, faults = await _look(store, acknowledged, seen)
        return newest, [*faults, *await _decided(store), *await _left(store)]
    finally:
        await store.close()


def _restored(place: Place, seconds: float) -> tuple[int, Round, list[str]]:
    """Kill a restore; return the newest revision, the round, and what is neither as it was before nor as the backup is."""
    before, kept = asyncio.run(_newest(place)), place.backed_up()
    told = _round(place, seconds, "restore")
    after, faults = asyncio.run(_looked(place, {}, 0))
    wanted = {kept} if told.acknowledged else {kept, before}
    if after not in wanted:
        faults.append(f"after a restore that was killed the newest revision is {after}, not one of {wanted}")
    return after, told, faults


async def _newest(place: Place) -> int:
    store = await open_store(place.address, place.folder)
    try:
        return await store.revisions.newest(GUILD)
    finally:
        await store.close()


def _upgraded(place: Place, seconds: float) -> tuple[int, Round, list[str]]:
    """Kill an upgrade from the first step; return the newest revision, the round, and what was lost or done by half."""
    asyncio.run(_begin_at_first_step(place))
    told = _round(place, seconds, "upgrade")
    step, faults = asyncio.run(_stands(place))
    wanted = {migrate.newest()} if told.acknowledged else {migrate.newest(), FIRST_STEP}
    if step not in wanted:
        faults.append(f"after an upgrade that was killed the tables are at step {step}, not at one of {wanted}")
    return 0, told, faults


FIRST_STEP = min(migrate.known_steps())


async def _begin_at_first_step(place: Place) -> None:
    """Put a database of the first version, with a server in it, in the place of what is there."""
    if not place.address:
        for path in place.folder.glob(f"{FILE}*"):
            path.unlink()

    def go(connection: Connection) -> None:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
        config = Config()
        config.set_main_option("script_location", str(migrate.MIGRATIONS).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, FIRST_STEP)
        for item in ITEMS:
            row = {"guild": OLD, "item": item, "state": '{"hidden":true}'}
            insert = "INSERT INTO entries (guild_id, item, revision, state) VALUES (:guild, :item, 1, :state)"
            connection.execute(text(insert), row)

    database = place.opened()
    try:
        async with database.writing() as connection:
            await connection.run_sync(go)
    finally:
        await database.close()


async def _stands(place: Place) -> tuple[str | None, list[str]]:
    """Return the step of the tables, and what of the old server is lost once they are upgraded."""
    database = place.opened()
    try:
        step = await migrate.current(database)
        await migrate.upgrade(database)
        rows = await Store(database).revisions.entries(OLD)
    finally:
        await database.close()
    lost = {(row.item, row.revision) for row in rows} != {(item, 1) for item in ITEMS}
    return step, [f"an upgrade that was killed lost rows: {rows}"] if lost else []


def run(place: Place, kills: int, seed: int) -> Figures:
    """Kill `kills` times and return the figures."""
    chance = random.Random(seed)
    figures = Figures()
    started = time.monotonic()
    asyncio.run(prepare(place.address, place.folder))
    place.back_up()
    newest, longest = 0, LONGEST_SECONDS
    takes: dict[str, float] = {}
    for number in range(kills):
        figures.kills += 1
        kind = {RESTORE_AT: "restore", UPGRADE_AT: "upgrade"}.get(number % EVERY)
        if kind is not None:
            seconds = chance.uniform(0.0, takes[kind]) if kind in takes else LATE_SECONDS
            newest, told, faults = (_restored if kind == "restore" else _upgraded)(place, seconds)
            takes.setdefault(kind, told.seconds)
            figures.faults += faults + told.complaints
            figures.restores += kind == "restore"
            figures.upgrades += kind == "upgrade"
            figures.finished[kind] = figures.finished.get(kind, 0) + bool(told.acknowledged)
            continue
        told = _round(place, chance.uniform(0.0, longest))
        before = newest
        newest, faults = asyncio.run(_looked(place, told.acknowledged, before))
        figures.acknowledged += len(told.acknowledged)
        figures.unacknowledged_but_whole += newest - before - len(told.acknowledged)
        figures.killed_before_first_edit += newest == before
        figures.faults += faults + told.complaints
        if figures.acknowledged < WANTED * figures.kills:
            longest = min(longest * 1.6, MOST_SECONDS)
    figures.seconds = round(time.monotonic() - started, 1)
    return figures


@contextmanager
def _own_server() -> Iterator[str]:
    """Start a PostgreSQL and give its address."""
    programs = postgres_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="lp-pg-"))
    server = PostgresServer(programs, folder)
    try:
        server.make()
        server.start()
        yield server.address
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Run the rounds that the command line asks for and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--address", default="")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.postgres and postgres_programs() is None:
        sys.stderr.write("Not run on PostgreSQL: its server programs are not on this machine.\n")
        return 2 if EVERYTHING else 0
    server = _own_server() if arguments.postgres else contextlib.nullcontext(arguments.address)
    with tempfile.TemporaryDirectory(prefix="lp-kills-") as made, server as address:
        figures = run(Place(address, arguments.folder or Path(made)), arguments.kills, arguments.seed)
    sys.stdout.write(json.dumps(asdict(figures)) + "\n")
    return 1 if figures.faults else 0


if __name__ == "__main__":
    sys.exit(main())
