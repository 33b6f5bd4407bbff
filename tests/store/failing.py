"""Lets the disk fail at each write or sync in turn, once or from then on: full, read-only, or broken.

    python -m tests.store.failing --runs 300

A child opens an SQLite store, edits, backs up, keeps a copy, restores and edits again, while `strace` fails one of its calls
on the files of the database. Each failure has to be one sentence; whoever opens the store afterwards finds every
acknowledged edit, and none half there.
"""

import argparse
import asyncio
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import BotError
from bot.store.backup import back_up, restore
from bot.store.copies import Copies
from bot.store.database import FILE
from bot.store.revisions import ItemChange
from bot.store.store import open_store
from tests.store.disks import ended

GUILD = 77
ITEMS = ("one", "two", "three")
BACKUP = "copy.bak"
FAILURES = (("ENOSPC", "pwrite64,write,ftruncate"), ("EROFS", "pwrite64,write,ftruncate"), ("EIO", "fsync,fdatasync"))
CALLS = 140
"""About how many such calls the child makes where none fails."""


@dataclass
class Figures:
    """What the runs came to; `faults` is empty where nothing was lost, half there, or told as anything but a sentence."""

    runs: int = 0
    failed: int = 0
    acknowledged: int = 0
    sentences: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def _tell(kind: str, text: str) -> None:
    os.write(1, f"{kind} {text}\n".encode())


def _try(what: Callable[[], object]) -> None:
    try:
        what()
    except BotError as error:
        _tell("said", str(error))


async def _edit(folder: Path, first: int, count: int) -> None:
    store = await open_store("", folder)
    for number in range(first, first + count):
        try:
            held = {row.item: row.revision for row in await store.revisions.entries(GUILD)}
            changes = [ItemChange(item, held.get(item, 0), {"text": f"{number} " * 400}) for item in ITEMS]
            await store.revisions.commit(GUILD, changes, author=1, at=0, action="edit", why=f"{number}")
            _tell("edit", f"{number}")
        except BotError as error:
            _tell("said", str(error))
    await store.close()


def _work(folder: Path) -> None:
    _try(lambda: asyncio.run(_edit(folder, 0, 2)))
    _try(lambda: back_up(folder / FILE, folder / BACKUP))
    _try(lambda: Copies(folder, 7).keep(GUILD, datetime.now(UTC), {"knowledge.yaml": b"x" * 5_000}))
    _try(lambda: restore(folder / FILE, folder / BACKUP))
    _try(lambda: asyncio.run(_edit(folder, 2, 1)))


async def _found(folder: Path) -> tuple[list[str], bool]:
    store = await open_store("", folder)
    try:
        rows = list(reversed(await store.revisions.revisions(GUILD, limit=100)))
        whole = {row.revision for row in await store.revisions.entries(GUILD)} <= {len(rows)}
        return [row.why for row in rows], whole and all(set(row.items) == set(ITEMS) for row in rows)
    finally:
        await store.close()


def _run(folder: Path, failure: tuple[str, str], when: str) -> tuple[list[str], list[str]]:
    """Let the calls that `when` names fail, and return what the child told and what is wrong."""
    folder.mkdir(mode=0o700)
    names = ("", FILE, f"{FILE}-wal", f"{FILE}-journal", f"{FILE}.lock", f"{FILE}.restored", BACKUP)
    only = [part for name in names for part in ("-P", str(folder / name))]
    error, calls = failure
    inject = ["-e", f"trace={calls}", "-e", f"inject={calls}:error={error}:when={when}"]
    command = ["strace", "-f", "-o", os.devnull, *only, *inject, sys.executable, "-m", "tests.store.failing"]
    done = subprocess.run([*command, "--work", str(folder)], check=False, capture_output=True, text=True)
    told = done.stdout.splitlines()
    faults = [f"exit code {done.returncode}: {done.stderr[-500:]}"] if done.returncode else []
    try:
        found, whole = asyncio.run(_found(folder))
    except BotError as fault:
        return told, [*faults, f"it cannot be opened afterwards: {fault}"]
    acknowledged = [line.removeprefix("edit ") for line in told if line.startswith("edit")]
    # An edit that failed in its last step may be there although nobody was told so.
    if [each for each in found if each in acknowledged] != acknowledged or not whole:
        faults.append(f"acknowledged {acknowledged}, found {found}, whole: {whole}")
    return told, faults


def run(folder: Path, runs: int, seed: int) -> Figures:
    """Let the disk fail in `runs` ways, and return the figures."""
    chance = random.Random(seed)
    figures = Figures()
    for number in range(runs):
        failure = FAILURES[number % len(FAILURES)]
        when = f"{1 + (number * CALLS) // runs}{chance.choice(['', '+'])}"
        told, faults = _run(folder / f"run-{number}", failure, when)
        said = {line.removeprefix("said ") for line in told if line.startswith("said")}
        figures.runs += 1
        figures.failed += bool(said)
        figures.acknowledged += sum(line.startswith("edit") for line in told)
        figures.sentences = sorted(
            {*figures.sentences, *(each.replace(str(folder / f"run-{number}"), "…") for each in said)}
        )
        figures.faults += [f"{failure[0]} at call {when}: {fault}" for fault in faults]
    return figures


def main() -> int:
    """Do what the command line asks for and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path)
    arguments = parser.parse_args()
    if arguments.work is not None:
        _work(arguments.work)
        return 0
    return ended(lambda folder: run(folder, arguments.runs, arguments.seed), "failing", "The disk is not made to fail")


if __name__ == "__main__":
    sys.exit(main())
