"""Kills a process that edits, again and again, and looks whether an acknowledged edit is lost or one is half applied.

    python -m tests.store.kills --kills 200            (SQLite, in a temporary folder)
    python -m tests.store.kills --address postgresql://...

Each round forks a child that opens the store and publishes revisions of three items each, every third of them the approval of
a suggestion, telling the number of each down a pipe once the store has returned. Between them it deletes what is too old, and on
SQLite backs up. At a random moment it gets SIGKILL: while it starts, migrates, writes or commits. On SQLite every tenth round is
a restore that is killed: the database is then as it was, or as the backup is, and nothing between.
"""

import argparse
import asyncio
import contextlib
import itertools
import json
import os
import random
import select
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sqlalchemy import text

from bot.store.backup import back_up, restore
from bot.store.database import FILE
from bot.store.drafts import Drafts
from bot.store.revisions import Closing, ItemChange
from bot.store.store import Store, open_store

GUILD = 77
ITEMS = ("one", "two", "three")
LONGEST_SECONDS = 0.25
MOST_SECONDS = 3.0
"""How long a child lives at most, and on a machine so slow or busy that it would get hardly anything done by then."""
BACKUP = "copy.bak"
RESTORE_EVERY = 10
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
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


async def _edit_for_ever(address: str, folder: Path, pipe: int) -> None:
    store = await open_store(address, folder)
    for turn in itertools.count():
        held = {row.item: row.revision for row in await store.revisions.entries(GUILD)}
        draft = await Drafts(store.database).add(GUILD, author=1, at=0, data={})
        tag = f"{os.getpid()}-{draft}"
        changes = [ItemChange(item, held.get(item, 0), {"tag": tag, "text": tag * 200}) for item in ITEMS]
        approved = None
        if turn % 3 == 0:
            approved = await store.suggestions.add(GUILD, at=0, data={"tag": tag}, tell=9, most=10**6)
        closing = Closing(draft, approved)
        number = await store.revisions.commit(GUILD, changes, author=1, at=0, action="edit", why=tag, closing=closing)
        os.write(pipe, f"{number} {tag}\n".encode())
        if turn % 4 == 0:
            await store.drafts.drop_before(1)
        if turn % 7 == 0 and not address:
            await asyncio.to_thread(back_up, folder / FILE, folder / BACKUP, replace=True)


def _child(address: str, folder: Path, pipe: int, restoring: bool) -> None:
    try:
        if restoring:
            restore(folder / FILE, folder / BACKUP)
            os.write(pipe, b"0 restored\n")
            time.sleep(60)
        else:
            asyncio.run(_edit_for_ever(address, folder, pipe))
    except BaseException as error:  # noqa: BLE001 -- told to the parent, which fails on it
        os.write(pipe, f"! {type(error).__name__}: {error}\n".replace("\n", " ").encode() + b"\n")
    finally:
        os._exit(1)


def _round(address: str, folder: Path, seconds: float, restoring: bool = False) -> tuple[dict[int, str], list[str]]:
    """Let a child edit and kill it after a time; return what it acknowledged, and what it complained of."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(address, folder, writing, restoring)
    os.close(writing)
    told = b""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if select.select([reading], [], [], left)[0]:
            piece = os.read(reading, 65536)
            if not piece:
                break
            told += piece
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(reading, 65536):
        told += piece
    os.close(reading)
    lines = told.decode().splitlines()
    done = dict(line.split(" ", 1) for line in lines if not line.startswith("!"))
    return {int(number): tag for number, tag in done.items()}, [line for line in lines if line.startswith("!")]


async def _look(store: Store, acknowledged: dict[int, str], seen: int) -> tuple[int, list[str]]:
    """Return the newest revision, and what is lost or half applied since revision `seen`."""
    faults: list[str] = []
    newest = await store.revisions.newest(GUILD)
    rows = {row.number: row for row in await store.revisions.revisions(GUILD, limit=newest - seen + 1)}
    for number in range(seen + 1, newest + 1):
        row = rows.get(number)
        if row is None or set(row.items) != set(ITEMS):
            faults.append(f"revision {number} is half applied: {row}")
            continue
        states = await store.revisions.states_at(GUILD, number)
        tags = {str(state["tag"]) for state in states.values() if state is not None}
        if tags != {row.why}:
            faults.append(f"revision {number} has states of {tags}, not of {row.why}")
    for number, tag in acknowledged.items():
        if number not in rows or rows[number].why != tag:
            faults.append(f"revision {number} ({tag}) was acknowledged and is lost")
    tag = rows[newest].why if newest else ""
    faults += [
        f"'{entry.item}' is at revision {entry.revision}, the newest is {newest}"
        for entry in await store.revisions.entries(GUILD)
        if entry.revision != newest or entry.state is None or entry.state["tag"] != tag
    ]
    return newest, faults


async def _decided(store: Store) -> list[str]:
    """Return the suggestions whose member would still be told though they are decided, or the other way round."""
    async with store.database.reading() as connection:
        query = text(
            "SELECT s.id FROM suggestions s LEFT JOIN suggestion_notices n ON n.suggestion_id = s.id "
            "WHERE (s.decided IS NULL) <> (n.suggestion_id IS NOT NULL)"
        )
        return [f"suggestion {row[0]} is half decided" for row in await connection.execute(query)]


def _restored(folder: Path, seconds: float) -> list[str]:
    """Kill a restore; return what is neither as it was before nor as the backup is."""
    whole = folder / BACKUP
    if not whole.exists():
        return []

    def newest(path: Path) -> int:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            return int((connection.execute("SELECT coalesce(max(number), 0) FROM revisions").fetchone())[0])

    kept = newest(whole)
    before = asyncio.run(_newest(folder))
    done, complaints = _round("", folder, seconds, restoring=True)
    after = asyncio.run(_newest(folder))
    wanted = {kept} if done else {kept, before}
    if after not in wanted:
        complaints.append(f"after a restore that was killed the newest revision is {after}, not one of {wanted}")
    return complaints


async def _newest(folder: Path) -> int:
    store = await open_store("", folder)
    try:
        return await store.revisions.newest(GUILD)
    finally:
        await store.close()


async def _looked(address: str, folder: Path, acknowledged: dict[int, str], seen: int) -> tuple[int, list[str]]:
    store = await open_store(address, folder)
    try:
        newest, faults = await _look(store, acknowledged, seen)
        return newest, faults + await _decided(store)
    finally:
        await store.close()


def run(address: str, folder: Path, kills: int, seed: int) -> Figures:
    """Kill `kills` times and return the figures."""
    chance = random.Random(seed)
    figures = Figures()
    started = time.monotonic()
    newest, longest = 0, LONGEST_SECONDS
    for number in range(kills):
        if not address and number % RESTORE_EVERY == RESTORE_EVERY - 1:
            figures.faults += _restored(folder, chance.uniform(0.0, longest))
            figures.kills += 1
            figures.restores += 1
            newest = asyncio.run(_newest(folder))
            continue
        acknowledged, complaints = _round(address, folder, chance.uniform(0.0, longest))
        before = newest
        newest, faults = asyncio.run(_looked(address, folder, acknowledged, before))
        figures.kills += 1
        figures.acknowledged += len(acknowledged)
        figures.unacknowledged_but_whole += newest - before - len(acknowledged)
        figures.killed_before_first_edit += newest == before
        figures.faults += faults + complaints
        if figures.acknowledged < WANTED * figures.kills:
            longest = min(longest * 1.25, MOST_SECONDS)
    figures.seconds = round(time.monotonic() - started, 1)
    return figures


def main() -> int:
    """Run the rounds that the command line asks for and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--address", default="")
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lp-kills-") as made:
        figures = run(arguments.address, arguments.folder or Path(made), arguments.kills, arguments.seed)
    sys.stdout.write(json.dumps(asdict(figures)) + "\n")
    return 1 if figures.faults else 0


if __name__ == "__main__":
    sys.exit(main())
