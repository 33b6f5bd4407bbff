"""Files that are whole whatever happens: a loss of power keeps what was synced, in the order in which it was."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.private_files import SealedFolder, write_whole
from bot.store.backup import back_up, restore
from bot.store.copies import Copies
from tests.store.test_sqlite_file import made
from tests.support.postgres import Clock


class Disk:
    """What has been done to the disk, as `strace` would tell: a file's sync, a rename, a folder's sync."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[tuple[str, int, Path | None]] = []
        sync, move = os.fsync, Path.replace

        def synced(handle: int) -> None:
            found = os.fstat(handle)
            self.done.append(("folder" if stat.S_ISDIR(found.st_mode) else "file", found.st_ino, None))
            sync(handle)

        def moved(path: Path, target: Path) -> Path:
            self.done.append(("rename", path.stat().st_ino, Path(target)))
            return move(path, target)

        monkeypatch.setattr(os, "fsync", synced)
        monkeypatch.setattr(Path, "replace", moved)

    def lost(self, new: Callable[[Path], bool]) -> list[str]:
        """What a loss of power could take away: names given to content that is not on the disk, or not kept themselves."""
        faults = []
        for at, (what, inode, target) in enumerate(self.done):
            if what != "rename" or target is None or not new(target):
                continue
            if ("file", inode, None) not in self.done[:at]:
                faults.append(f"{target.name} got its name before its content was synced")
            folder = target.parent.stat().st_ino
            if ("folder", folder, None) not in self.done[at:]:
                faults.append(f"the name of {target.name} was never synced")
        return faults


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    return Disk(monkeypatch)


def _any(_: Path) -> bool:
    return True


def test_a_file_is_synced_before_it_has_its_name_and_the_name_after(tmp_path: Path, disk: Disk, clock: Clock) -> None:
    write_whole(tmp_path / "one", b"x")
    SealedFolder(tmp_path / "sealed", "kind 1", 3).put("key", b"x")
    Copies(tmp_path, 7).keep(5, clock(), {"knowledge.yaml": b"x"})
    assert sum(what == "rename" for what, _, _ in disk.done) == 3
    assert disk.lost(_any) == []


async def test_a_backup_and_a_restore_are_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = await made(tmp_path / "state")
    disk = Disk(monkeypatch)
    back_up(file, tmp_path / "copy")
    restore(file, tmp_path / "copy")
    assert disk.lost(lambda target: ".before-" not in target.name) == []
    renames = [target.name for what, _, target in disk.done if what == "rename" and target is not None]
    assert renames[0] == "copy"
    assert renames[-1] == file.name  # last: until then the restored file waits under a name of its own
    assert renames.index(f"{file.name}.restored") < renames.index(file.name)


def test_what_is_written_without_a_sync_is_noticed(tmp_path: Path, disk: Disk) -> None:
    (tmp_path / "new").write_bytes(b"x")
    (tmp_path / "new").replace(tmp_path / "one")
    assert len(disk.lost(_any)) == 2
