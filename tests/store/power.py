"""Takes the power away at random moments, from a record of what a process did to its files.

    python -m tests.store.power --images 300

A child opens an SQLite store, edits, backs up, restores and edits again, telling what it has acknowledged; `strace` records
each of its writes, syncs and renames. From that record disks are made as a loss of power may leave them: what was synced is
there, and of all that came after the last sync of a file or folder any part is, in any order, the last of it torn within a
write. Each disk is then opened as the bot would: nothing that was acknowledged is lost, and nothing is half there.
"""

import argparse
import asyncio
import copy
import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import BotError
from bot.store.backup import back_up, restore
from bot.store.database import FILE
from bot.store.revisions import ItemChange
from bot.store.store import open_store
from tests.store.disks import ended

GUILD = 77
ITEMS = ("one", "two", "three")
BACKUP = "copy.bak"
SECTOR = 512
CALLS = (
    "openat,open,creat,write,pwrite64,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,ftruncate,lseek,"
    "sendfile,copy_file_range,writev,pwritev,link,linkat,fallocate"
)
UNREAD = {"sendfile", "copy_file_range", "writev", "pwritev", "link", "linkat", "fallocate"}
"""Calls whose effect on our files is not played back: meeting one is a fault of this program."""


# The child


async def _edit(folder: Path, first: int, count: int) -> None:
    store = await open_store("", folder)
    for number in range(first, first + count):
        held = {row.item: row.revision for row in await store.revisions.entries(GUILD)}
        changes = [ItemChange(item, held.get(item, 0), {"text": f"{number} " * 400}) for item in ITEMS]
        made = await store.revisions.commit(GUILD, changes, author=1, at=0, action="edit", why=f"edit {number}")
        _tell(f"edit {number} {made}")
    await store.close()


def _tell(text: str) -> None:
    os.write(1, f"{text}\n".encode())


def _work(folder: Path) -> None:
    for name in ("_USE_CP_SENDFILE", "_USE_CP_COPY_FILE_RANGE"):
        if hasattr(shutil, name):
            setattr(shutil, name, False)  # written as ordinary bytes, the record holds what was copied
    asyncio.run(_edit(folder, 0, 6))
    back_up(folder / FILE, folder / BACKUP)
    _tell("backed up")
    asyncio.run(_edit(folder, 6, 4))
    _tell("restoring")
    restore(folder / FILE, folder / BACKUP)
    _tell("restored")
    asyncio.run(_edit(folder, 10, 3))


# The record


@dataclass(frozen=True)
class Call:
    """One call of the system: its name, arguments as `strace` writes them, and what it returned."""

    name: str
    arguments: str
    returned: int


_LINE = re.compile(r"(\d+) +(.*)")
_CALL = re.compile(r"(\w+)\((.*)\) += (-?\d+)")
_QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FD = re.compile(r"^(\d+)<((?:\\x[0-9a-f]{2})*)>")


def recorded(folder: Path) -> list[Call]:
    """Run the child under strace and return what it did, in the order in which it was done."""
    log = folder / "strace"
    state = folder / "state"
    command = ["strace", "-f", "-y", "-xx", "-s", "1048576", "-e", f"trace={CALLS}", "-o", str(log)]
    child = [sys.executable, "-m", "tests.store.power", "--work", str(state)]
    subprocess.run([*command, *child], check=True, stdout=subprocess.DEVNULL)
    return list(_calls(log.read_text(encoding="ascii", errors="replace").splitlines()))


def _calls(lines: list[str]) -> Iterator[Call]:
    unfinished: dict[str, str] = {}
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            continue
        process, said = found.groups()
        if said.endswith("<unfinished ...>"):
            unfinished[process] = said.removesuffix("<unfinished ...>").rstrip()
            continue
        if said.startswith("<... "):
            said = unfinished.pop(process, "") + said.partition("resumed>")[2]
        call = _CALL.match(said)
        if call is not None:
            yield Call(call[1], call[2], int(call[3]))


def _plain(hexadecimal: str) -> bytes:
    return bytes.fromhex(hexadecimal.replace("\\x", ""))


# The disk


@dataclass
class File:
    """What of a file is on the disk for certain, and what was done to it since: (offset, bytes), or (size, None) for a cut."""

    synced: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def content(self, done: list[tuple[int, bytes | None]]) -> bytes:
        made = bytearray(self.synced)
        for at, written in done:
            if written is None:
                made = made[:at].ljust(at, b"\0")
            else:
                made[len(made) :] = bytes(max(0, at - len(made)))
                made[at : at + len(written)] = written
        return bytes(made)


@dataclass
class Disk:
    """A folder as it is, and as much of it as is on the disk for certain."""

    folder: Path
    files: dict[int, File] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)
    synced_names: dict[str, int] = field(default_factory=dict)
    renamed: list[dict[str, int]] = field(default_factory=list)
    """The names after each change since the folder was synced."""
    at: dict[int, int] = field(default_factory=dict)
    """Where each open file is written next."""
    told: list[str] = field(default_factory=list)

    def do(self, call: Call) -> None:
        """Play back a call. Raises NotImplementedError for one on our files that is not known here."""
        if call.returned < 0:
            return
        quoted = [_plain(each) for each in _QUOTED.findall(call.arguments)]
        handle = _FD.match(call.arguments)
        number, path = (int(handle[1]), _plain(handle[2]).decode()) if handle else (-1, "")
        name = self._name(path)
        if call.name == "write" and number == 1:
            self.told += quoted[0].decode().splitlines()
        elif call.name in {"openat", "open", "creat"}:
            self._open(quoted[0].decode(), call)
        elif call.name in {"rename", "renameat", "renameat2"}:
            self._rename(*(self._name(each.decode()) for each in quoted))
        elif call.name in {"unlink", "unlinkat"}:
            if self.names.pop(self._name(quoted[0].decode()) or "", None) is not None:
                self._changed()
        elif call.name in {"fsync", "fdatasync"} and path == str(self.folder):
            self.synced_names, self.renamed = dict(self.names), []
        elif name in self.names:
            self._to_file(self.files[self.names[name]], number, call, quoted)

    def _to_file(self, file: File, number: int, call: Call, quoted: list[bytes]) -> None:
        last = call.arguments.rpartition(", ")[2]
        if call.name in {"fsync", "fdatasync"}:
            file.synced, file.since = file.content(file.since), []
        elif call.name == "pwrite64":
            file.since.append((int(last), quoted[0][: call.returned]))
        elif call.name == "write":
            file.since.append((self.at.get(number, 0), quoted[0][: call.returned]))
            self.at[number] = self.at.get(number, 0) + call.returned
        elif call.name == "ftruncate":
            file.since.append((int(last), None))
        elif call.name == "lseek":
            self.at[number] = call.returned
        elif call.name in UNREAD:
            raise NotImplementedError(call.name)

    def _open(self, path: str, call: Call) -> None:
        self.at[call.returned] = 0
        name = self._name(path)
        if name is None or not {"O_WRONLY", "O_RDWR"} & set(re.split(r"[|, ]", call.arguments)):
            return
        if name not in self.names:
            number = len(self.files)
            self.files[number] = File()
            self.names[name] = number
            self._changed()
        elif "O_TRUNC" in call.arguments:
            self.files[self.names[name]].since.append((0, None))

    def _rename(self, old: str | None, new: str | None) -> None:
        if old in self.names and new is not None:
            self.names[new] = self.names.pop(old)
            self._changed()

    def _changed(self) -> None:
        self.renamed.append(dict(self.names))

    def _name(self, path: str) -> str | None:
        found = Path(path)
        return found.name if found.parent == self.folder and not path.endswith("(deleted)") else None

    def after_the_power_went(self, into: Path, chance: random.Random) -> None:
        """Write into a folder what a loss of power may leave."""
        names = chance.choice([self.synced_names, *self.renamed])
        into.mkdir()
        for name, number in names.items():
            if name.endswith("-shm"):
                continue  # in memory alone
            file = self.files[number]
            (into / name).write_bytes(file.content(_some(file.since, chance)))


def _some(done: list[tuple[int, bytes | None]], chance: random.Random) -> list[tuple[int, bytes | None]]:
    """Return any part of what was not synced: none, all, up to a moment, or here and there, one of it torn."""
    how = chance.randrange(4)
    if how == 0 or not done:
        return []
    if how == 1:
        return done
    kept = done[: chance.randrange(len(done) + 1)] if how == 2 else [one for one in done if chance.random() < 0.5]
    if kept and (written := kept[-1][1]) is not None and len(written) > SECTOR:
        kept = [*kept[:-1], (kept[-1][0], written[: SECTOR * chance.randrange(1, 1 + len(written) // SECTOR)])]
    return kept


# What must hold


@dataclass
class Figures:
    """What the disks came to; `faults` is empty where nothing was lost or half there."""

    calls: int = 0
    disks: int = 0
    acknowledged: int = 0
    faults: list[str] = field(default_factory=list)


async def _found(folder: Path) -> tuple[list[str], list[str]]:
    """Return the edits that a disk holds, and what is half there."""
    store = await open_store("", folder)
    try:
        rows = list(reversed(await store.revisions.revisions(GUILD, limit=100)))
        entries = await store.revisions.entries(GUILD)
        faults = [f"{row.why} is half there" for row in rows if set(row.items) != set(ITEMS)]
        newest = await store.revisions.newest(GUILD)
        if {row.revision for row in entries} - {newest} or newest != len(rows):
            faults.append(f"the newest revision is {newest} of {len(rows)}, but entries are of others")
        return [row.why for row in rows], faults
    finally:
        await store.close()


def _wanted(told: list[str]) -> list[list[str]]:
    """Return what the edits may be after what was told: one more than was acknowledged may be on its way."""
    done: list[str] = []
    kept: list[str] = []
    for line in told:
        if line.startswith("edit"):
            done.append(f"edit {line.split()[1]}")
        elif line == "backed up":
            kept = list(done)
        elif line == "restored":
            done = list(kept)
    more = [*done, f"edit {_edits(told)}"]
    return [done, kept] if told and told[-1] == "restoring" else [done, more]


def _edits(told: list[str]) -> int:
    return sum(line.startswith("edit") for line in told)


def run(folder: Path, images: int, seed: int) -> Figures:
    """Record once, take the power away `images` times, and return the figures."""
    calls = recorded(folder)
    chance = random.Random(seed)
    moments = sorted(chance.choices(range(1, len(calls) + 1), k=images))
    disk = Disk(folder / "state")
    figures = Figures(len(calls))
    done = 0
    for number, moment in enumerate(moments):
        for call in calls[done:moment]:
            disk.do(call)
        done = moment
        into = folder / f"image-{number}"
        copy.deepcopy(disk).after_the_power_went(into, chance)
        try:
            found, faults = asyncio.run(_found(into))
        except BotError as error:
            found, faults = [], [f"it cannot be opened: {error}"]
        if not faults and found not in _wanted(disk.told):
            faults = [f"it holds {found}, not one of {_wanted(disk.told)}"]
        figures.faults += [f"at call {moment} of {len(calls)}, after {disk.told[-1:]}: {fault}" for fault in faults]
        figures.disks += 1
        shutil.rmtree(into)
    for call in calls[done:]:
        disk.do(call)
    figures.acknowledged = _edits(disk.told)
    return figures


def main() -> int:
    """Do what the command line asks for and print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--images", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path)
    arguments = parser.parse_args()
    if arguments.work is not None:
        arguments.work.mkdir()
        _work(arguments.work)
        return 0
    return ended(lambda folder: run(folder, arguments.images, arguments.seed), "power", "The power is not taken away")


if __name__ == "__main__":
    sys.exit(main())
