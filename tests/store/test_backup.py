"""`legpress db backup` and `restore`: consistent, whole or not at all, and nothing that was there is lost."""

import asyncio
import contextlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.cli import main
from bot.errors import ConfigError
from bot.private_files import UNFINISHED
from bot.store import sqlite_file
from bot.store.backup import back_up, restore
from bot.store.copies import Copies
from bot.store.database import FILE, connect, database_url
from bot.store.revisions import ItemChange
from bot.store.sqlite_file import beside
from bot.store.store import Store, open_store
from tests.store.test_sqlite_file import GUILD, commit, made
from tests.support.postgres import prepare


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, store_address: str) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", store_address)
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))


async def held(address: str, folder: Path) -> list[str]:
    """What is in the database: the texts of all revisions, oldest first, and the number of the newest."""
    store = await open_store(address, folder)
    try:
        newest = await store.revisions.newest(GUILD)
        states = [await store.revisions.states_at(GUILD, number) for number in range(1, newest + 1)]
        return [str(one["text"]) for each in states if (one := each.get("one"))]
    finally:
        await store.close()


async def edit(address: str, folder: Path, first: int, last: int) -> None:
    store = await open_store(address, folder)
    for number in range(first, last):
        await commit(store, number)
    await store.close()


def test_a_backup_taken_by_command_comes_back_and_what_was_there_is_kept_aside(
    store_address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    asyncio.run(prepare(store_address, state))
    asyncio.run(edit(store_address, state, 0, 3))
    assert main(["db", "backup", "copy.bak"]) == 0
    assert stat.S_IMODE((tmp_path / "copy.bak").stat().st_mode) == 0o600
    asyncio.run(edit(store_address, state, 3, 5))
    capsys.readouterr()
    assert main(["db", "restore", "copy.bak"]) == 0
    told = capsys.readouterr().out
    assert "What was there before is in" in told
    assert asyncio.run(held(store_address, state)) == ["edit 0", "edit 1", "edit 2"]
    [before] = [path for path in state.iterdir() if "before" in path.name]
    assert str(before) in told
    assert main(["db", "restore", str(before)]) == 0  # and back again
    assert asyncio.run(held(store_address, state)) == [f"edit {i}" for i in range(5)]
    assert main(["db", "check"]) == 0
    assert not [path for path in state.iterdir() if path.name.startswith(UNFINISHED)]


def test_a_backup_writes_over_nothing_unless_it_is_told_to(
    store_address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(prepare(store_address, tmp_path / "state"))
    (tmp_path / "thesis").write_text("a year's work")
    assert main(["db", "backup", "thesis"]) == 2
    assert "add --replace" in capsys.readouterr().err
    assert (tmp_path / "thesis").read_text() == "a year's work"
    assert main(["db", "backup", "--replace", "thesis"]) == 0
    assert main(["db", "backup", "no/such/folder/copy"]) == 2
    assert "make it first" in capsys.readouterr().err


def test_while_the_bot_runs_a_backup_is_consistent_and_a_restore_is_refused(
    store_address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"

    async def running() -> None:
        await prepare(store_address, state)
        store = await open_store(store_address, state)
        try:
            await _two_at_a_time(store, 0, 20)
            busy = asyncio.create_task(_two_at_a_time(store, 20, 60))
            assert await asyncio.to_thread(main, ["db", "backup", "copy"]) == 0
            await busy
            assert await asyncio.to_thread(main, ["db", "restore", "copy"]) == 2
        finally:
            await store.close()

    asyncio.run(running())
    assert "stop it first" in capsys.readouterr().err
    assert len(asyncio.run(held(store_address, state))) == 60
    assert main(["db", "restore", "copy"]) == 0

    async def looked() -> None:
        store = await open_store(store_address, state)
        entries = await store.revisions.entries(GUILD)
        assert len({row.revision for row in entries}) == 1
        assert entries[0].revision >= 20
        await store.close()

    asyncio.run(looked())


async def _two_at_a_time(store: Store, first: int, last: int) -> None:
    for number in range(first, last):
        changes = [ItemChange(item, number, {"text": f"edit {number}"}) for item in ("one", "two")]
        await store.revisions.commit(GUILD, changes, author=5, at=0, action="edit", why="")


def test_a_file_that_is_no_backup_changes_nothing(
    store_address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    state = tmp_path / "state"
    asyncio.run(prepare(store_address, state))
    asyncio.run(edit(store_address, state, 0, 2))
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8\xff" * 1000)
    for name in ("holiday.jpg", "missing"):
        assert main(["db", "restore", name]) == 2
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert "no backup that can be used" in told or "There is no file" in told
        assert "Traceback" not in told
    assert asyncio.run(held(store_address, state)) == ["edit 0", "edit 1"]
    assert not [path for path in state.glob("*") if "before" in path.name]


def test_what_is_no_ordinary_file_is_never_replaced(
    store_address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(prepare(store_address, tmp_path / "state"))
    os.mkfifo(tmp_path / "pipe")
    assert main(["db", "backup", "--replace", "pipe"]) == 2
    assert "no ordinary file" in capsys.readouterr().err
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


CUT_SHORT = """
import os, sys
from bot.cli import main
os.fsync = lambda _: os._exit(9)
main(sys.argv[1:])
"""
"""A process that dies with its copy written and not yet on the disk."""


@pytest.mark.parametrize(
    "command", [["backup", "--replace", "copy"], pytest.param(["restore", "copy"], marks=pytest.mark.soak)]
)
def test_a_copy_that_was_cut_short_is_gone_within_an_hour(
    store_address: str, tmp_path: Path, command: list[str]
) -> None:
    state = tmp_path / "state"
    asyncio.run(prepare(store_address, state))
    asyncio.run(edit(store_address, state, 0, 3))
    assert main(["db", "backup", "copy"]) == 0
    died = subprocess.run([sys.executable, "-c", CUT_SHORT, "db", *command], check=False, cwd=tmp_path)
    assert died.returncode == 9
    left = _unfinished(tmp_path)
    assert left
    (tmp_path / f"{UNFINISHED}notes-of-somebody").write_text("theirs")
    assert main(["db", *command]) == 0
    assert set(left) <= set(_unfinished(tmp_path)), "another one may still be writing it"
    for path in (*left, tmp_path / f"{UNFINISHED}notes-of-somebody"):
        os.utime(path, (0, 0))
    assert main(["db", *command]) == 0
    assert [path.name for path in _unfinished(tmp_path)] == [f"{UNFINISHED}notes-of-somebody"]


def test_the_running_bot_drops_what_a_restore_left_half_written(store_address: str, tmp_path: Path) -> None:
    state = tmp_path / "state"
    asyncio.run(prepare(store_address, state))
    asyncio.run(edit(store_address, state, 0, 3))
    assert main(["db", "backup", "copy"]) == 0
    subprocess.run([sys.executable, "-c", CUT_SHORT, "db", "restore", "copy"], check=False, cwd=tmp_path)
    left = _unfinished(state)
    assert left
    copies = Copies(state, 7)
    copies.drop_old(datetime.now(UTC))
    assert _unfinished(state) == left
    for path in left:
        os.utime(path, (0, 0))
    copies.drop_old(datetime.now(UTC))
    assert _unfinished(state) == []


def _unfinished(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.name.startswith(UNFINISHED))


POSTGRES = pytest.mark.parametrize(
    "store_address", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


@pytest.fixture
def emptied(store_address: str, tmp_path: Path) -> Iterator[None]:
    """A PostgreSQL database without any table."""
    asyncio.run(_drop_all(store_address, tmp_path))
    yield
    asyncio.run(_drop_all(store_address, tmp_path))


async def _drop_all(address: str, folder: Path) -> None:
    database = connect(database_url(address, folder))
    async with database.writing() as connection:
        for statement in ("DROP SCHEMA public CASCADE", "CREATE SCHEMA public"):
            await connection.execute(text(statement))
    await database.close()


@POSTGRES
@pytest.mark.usefixtures("emptied")
def test_a_database_without_tables_is_no_backup_and_takes_one(
    store_address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["db", "backup", "copy"]) == 2
    assert "nothing to back up" in capsys.readouterr().err
    assert not (tmp_path / "copy").exists()
    asyncio.run(prepare(store_address, tmp_path))
    asyncio.run(edit(store_address, tmp_path, 0, 3))
    assert main(["db", "backup", "copy"]) == 0
    assert "step 0005, 1 servers" in capsys.readouterr().out
    asyncio.run(_drop_all(store_address, tmp_path))
    assert main(["db", "restore", "copy"]) == 0
    assert capsys.readouterr().out == "Restored from copy: step 0005, 1 servers.\n"
    assert len(asyncio.run(held(store_address, tmp_path))) == 3


@POSTGRES
@pytest.mark.usefixtures("emptied")
def test_beside_another_programs_tables_all_comes_back_and_theirs_stay(
    store_address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(prepare(store_address, tmp_path))
    asyncio.run(edit(store_address, tmp_path, 0, 2))

    async def photos(statement: str) -> list[int]:
        database = connect(database_url(store_address, tmp_path))
        async with database.writing() as connection:
            found = await connection.execute(text(statement))
            rows = [int(row[0]) for row in found] if found.returns_rows else []
        await database.close()
        return rows

    asyncio.run(photos("CREATE TABLE photos AS SELECT 7 AS number"))
    assert main(["db", "backup", "copy"]) == 0
    asyncio.run(edit(store_address, tmp_path, 2, 4))
    assert main(["db", "restore", "copy"]) == 0
    assert len(asyncio.run(held(store_address, tmp_path))) == 2
    [before] = (tmp_path / "state").glob("before-restore-*")
    assert main(["db", "restore", str(before)]) == 0
    assert len(asyncio.run(held(store_address, tmp_path))) == 4
    assert asyncio.run(photos("SELECT number FROM photos")) == [7]


@POSTGRES
def test_the_programs_of_postgresql_reach_the_database_that_the_bot_reaches(
    store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asyncio.run(prepare(store_address, tmp_path))
    asyncio.run(edit(store_address, tmp_path, 0, 3))
    address, _, folder = store_address.partition("?host=")
    monkeypatch.setenv("DATABASE_URL", f"{address}?host={tmp_path}/nobody:5432&host={folder}:5432")
    assert main(["db", "check"]) == 0
    assert main(["db", "backup", "copy"]) == 0
    assert main(["db", "restore", "copy"]) == 0
    assert len(asyncio.run(held(store_address, tmp_path))) == 3


@pytest.mark.parametrize("command", [["check"], ["current"], ["backup", "copy"]])
def test_hosts_without_their_ports_are_told_in_one_sentence(
    command: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me@/lp?host=one&host=two")
    assert main(["db", *command]) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert "each with its port" in told


SQLITE = pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)


@SQLITE
def test_a_backup_of_a_newer_version_or_of_another_program_is_refused(tmp_path: Path, store_address: str) -> None:
    file = asyncio.run(made(tmp_path / "state"))
    back_up(file, tmp_path / "copy")
    newer, other = tmp_path / "newer", tmp_path / "other"
    shutil.copyfile(tmp_path / "copy", newer)
    for path, statement in (
        (newer, "UPDATE alembic_version SET version_num = '9999'"),
        (other, "CREATE TABLE photos (id INTEGER)"),
    ):
        with sqlite3.connect(path) as connection:
            connection.execute(statement)
        connection.close()
    whole = file.read_bytes()
    with pytest.raises(ConfigError, match="step 9999, which this version does not know"):
        restore(file, newer)
    with pytest.raises(ConfigError, match="not this bot's"):
        restore(file, other)
    assert file.read_bytes() == whole


@SQLITE
def test_a_database_that_lost_the_note_of_its_step_is_told_as_the_bots(tmp_path: Path, store_address: str) -> None:
    file = asyncio.run(made(tmp_path / "state"))
    back_up(file, tmp_path / "copy")
    for path, statement in ((file, "DELETE FROM alembic_version"), (tmp_path / "copy", "DROP TABLE alembic_version")):
        with sqlite3.connect(path) as connection:
            connection.execute(statement)
        connection.close()
    for call in (lambda: back_up(file, tmp_path / "another"), lambda: restore(file, tmp_path / "copy")):
        with pytest.raises(ConfigError, match="note of their step is lost"):
            call()
    assert not (tmp_path / "another").exists()


@SQLITE
def test_a_restore_takes_no_other_programs_place(
    tmp_path: Path, store_address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    back_up(asyncio.run(made(tmp_path / "made")), tmp_path / "copy.bak")
    theirs = tmp_path / "state" / "legpress.sqlite3"
    theirs.parent.mkdir(exist_ok=True)
    for path in theirs.parent.iterdir():
        path.unlink()
    with sqlite3.connect(theirs) as connection:
        connection.execute("CREATE TABLE photos (id INTEGER)")
    connection.close()
    whole = theirs.read_bytes()
    assert main(["db", "restore", str(tmp_path / "copy.bak")]) == 2
    assert "belongs to another program" in capsys.readouterr().err
    assert theirs.read_bytes() == whole
    assert not [path for path in theirs.parent.iterdir() if "before" in path.name]


@SQLITE
@pytest.mark.parametrize("ending", ["", "-wal", "-shm", ".lock", ".restored"])
def test_no_backup_takes_the_place_of_what_belongs_to_the_database(
    tmp_path: Path, store_address: str, ending: str
) -> None:
    file = asyncio.run(made(tmp_path / "state"))
    part = file.with_name(file.name + ending)
    before = part.read_bytes() if part.exists() else None
    with pytest.raises(ConfigError, match="or of what belongs to it"):
        back_up(file, part, replace=True)
    assert (part.read_bytes() if part.exists() else None) == before


@SQLITE
def test_a_database_that_lacks_tables_is_no_backup(tmp_path: Path, store_address: str) -> None:
    file = asyncio.run(made(tmp_path / "state"))
    back_up(file, tmp_path / "copy")
    for dropped, words in (("marks", "lacks the tables marks"), ("entries", "not this bot's")):
        with sqlite3.connect(tmp_path / "copy") as connection:
            connection.execute(f"DROP TABLE {dropped}")
        connection.close()
        whole = file.read_bytes()
        with pytest.raises(ConfigError, match=words):
            restore(file, tmp_path / "copy")
        assert file.read_bytes() == whole


@SQLITE
def test_a_backup_copied_by_hand_with_its_wal_is_whole(tmp_path: Path, store_address: str) -> None:
    async def copied_while_open() -> None:
        store = await open_store("", tmp_path / "state")
        for number in range(5):
            await commit(store, number)
        for ending in ("", "-wal"):
            shutil.copyfile(f"{tmp_path / 'state' / FILE}{ending}", f"{tmp_path / 'copy'}{ending}")
        await commit(store, 5)
        await store.close()

    asyncio.run(copied_while_open())
    wal = (tmp_path / "copy-wal").read_bytes()
    assert wal
    restore(tmp_path / "state" / FILE, tmp_path / "copy")
    assert asyncio.run(held("", tmp_path / "state")) == [f"edit {i}" for i in range(5)]
    assert (tmp_path / "copy-wal").read_bytes() == wal


@SQLITE
def test_a_backup_named_by_a_link_is_whole_too(tmp_path: Path, store_address: str) -> None:
    file = asyncio.run(made(tmp_path / "state"))
    (tmp_path / "crashed").mkdir()
    copy = tmp_path / "crashed" / "copy"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("INSERT INTO ignored (member_id, at) VALUES (77, 1)")
    connection.commit()
    for each in (file, *beside(file)):
        shutil.copyfile(each, copy.with_name(each.name.replace(file.name, copy.name)))
    connection.close()
    link = tmp_path / "link.bak"
    link.symlink_to(copy)
    restore(file, link)
    with contextlib.closing(sqlite3.connect(file)) as restored:
        assert restored.execute("SELECT member_id FROM ignored").fetchall() == [(77,)]


@SQLITE
def test_a_damaged_database_with_a_wal_makes_room_and_is_kept(tmp_path: Path, store_address: str) -> None:
    file = asyncio.run(made(tmp_path / "state"))
    back_up(file, tmp_path / "copy")
    file.write_bytes(b"damaged" * 1000)
    file.with_name(f"{FILE}-wal").write_bytes(b"old commits")
    done = restore(file, tmp_path / "copy")
    assert done.before is not None
    assert done.before.read_bytes() == b"damaged" * 1000
    assert done.before.with_name(f"{done.before.name}-wal").read_bytes() == b"old commits"
    assert len(asyncio.run(held("", tmp_path / "state"))) == 3


@SQLITE
@pytest.mark.parametrize("steps", range(6))
def test_a_restore_cut_short_at_any_step_is_finished_or_never_began(
    tmp_path: Path, store_address: str, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    state = tmp_path / "state"
    file = asyncio.run(made(state, edits=2))
    back_up(file, tmp_path / "copy")
    asyncio.run(edit("", state, 2, 4))
    file.with_name(f"{FILE}-wal").write_bytes(b"")
    left = [steps]
    move = Path.replace

    def cut_short(self: Path, target: Path) -> Path:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        return move(self, target)

    with monkeypatch.context() as power:
        power.setattr(Path, "replace", cut_short)
        with contextlib.suppress(KeyboardInterrupt):
            restore(file, tmp_path / "copy")
    texts = asyncio.run(held("", state))
    assert len(texts) == (4 if steps == 0 else 2)
    if steps:
        [before] = state.glob("*.before-*Z")
        assert before.stat().st_size > 10_000
    assert not file.with_name(f"{FILE}{sqlite_file.RESTORED}").exists()


@SQLITE
def test_a_full_disk_leaves_no_half_backup(
    tmp_path: Path, store_address: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asyncio.run(made(tmp_path / "state"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        assert main(["db", "backup", "copy"]) == 1
    assert "No space left" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["state"]


@SQLITE
def test_check_reads_the_whole_file(tmp_path: Path, store_address: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = asyncio.run(made(tmp_path / "state"))
    assert main(["db", "check"]) == 0
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    capsys.readouterr()
    assert main(["db", "check"]) == 1
    assert "legpress db restore FILE" in capsys.readouterr().err
