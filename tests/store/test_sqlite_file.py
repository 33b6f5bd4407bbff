"""The SQLite file: private, one process's, and named with what to do where it is no database that can be used."""

import asyncio
import os
import resource
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.errors import ConfigError, StoreError
from bot.store import migrate
from bot.store.backup import back_up
from bot.store.database import DAMAGED, FAILING, FILE, FULL, NOT_LET_IN, Database, connect, database_url
from bot.store.revisions import ItemChange
from bot.store.sqlite_file import beside
from bot.store.store import Store, open_store
from bot.store.tables import metadata
from tests.support.postgres import PostgresServer

GUILD = 1


async def commit(store: Store, expected: int, words: str = "") -> int:
    change = ItemChange("one", expected, {"text": words or f"edit {expected}"})
    return await store.revisions.commit(GUILD, [change], author=5, at=0, action="edit", why="")


async def made(folder: Path, edits: int = 3) -> Path:
    """An SQLite database with some edits in it, closed again."""
    store = await open_store("", folder)
    for number in range(edits):
        await commit(store, number, "x" * 5000)
    await store.close()
    return folder / FILE


async def test_file_and_folder_are_for_this_user_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        store = await open_store("", tmp_path / "state")
        await commit(store, 0)
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "state").iterdir()}
        assert set(modes.values()) == {0o600}
        assert {FILE, f"{FILE}-wal", f"{FILE}-shm"} <= set(modes)
        assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700
        await store.close()
    finally:
        os.umask(before)


async def test_a_file_that_others_could_read_is_closed_to_them_and_the_folder_is_left_as_it_is(tmp_path: Path) -> None:
    file = await made(tmp_path)
    for path, others_may in ((tmp_path, 0o755), (file, 0o644)):
        os.chmod(path, others_may)  # noqa: PTH101
    await (await open_store("", tmp_path)).close()
    assert [stat.S_IMODE(os.stat(path).st_mode) for path in (file, tmp_path)] == [0o600, 0o755]  # noqa: PTH116


HOLD = """
import asyncio, sys
from pathlib import Path
from bot.store.store import open_store
async def hold():
    store = await open_store("", Path(sys.argv[1]))
    print("held", flush=True)
    await asyncio.sleep(60)
asyncio.run(hold())
"""


async def test_a_second_process_is_refused_by_name_and_may_come_when_the_first_has_died(
    tmp_path: Path, checkout: Path
) -> None:
    first = await asyncio.create_subprocess_exec(
        sys.executable, "-c", HOLD, str(tmp_path), cwd=checkout, stdout=asyncio.subprocess.PIPE
    )
    assert first.stdout is not None
    assert await first.stdout.readline() == b"held\n"
    with pytest.raises(ConfigError, match=f"Process {first.pid} is using the database"):
        await open_store("", tmp_path)
    first.kill()
    await first.wait()
    await (await open_store("", tmp_path)).close()


async def test_a_full_disk_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / f"{FILE}.lock").symlink_to("/dev/full")

    with pytest.raises(ConfigError, match=r"cannot be written \(.+\); make room there, or set STATE_DIR"):
        await open_store("", tmp_path)


@pytest.mark.parametrize(("left", "said"), [(0, FULL), (1_000_000, FAILING)])
async def test_a_disk_that_is_full_when_it_is_opened_is_told_apart_from_one_that_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int, said: str
) -> None:
    file = await made(tmp_path)
    for each in beside(file):
        each.unlink(missing_ok=True)

    class Disk:
        f_bavail, f_frsize, f_flag = left, 4096, 0

    monkeypatch.setattr(os, "statvfs", lambda _: Disk)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))  # less than SQLite takes beside a database
    try:
        with pytest.raises(StoreError) as told:
            await open_store("", tmp_path)
        assert str(told.value) == said
        with pytest.raises(StoreError, match="is full" if not left else "cannot be read"):
            back_up(file, tmp_path / "copy")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_link_to_the_file_is_the_same_file(tmp_path: Path) -> None:
    store = await open_store("", tmp_path / "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(ConfigError, match="is using the database"):
        await open_store("", tmp_path / "link")
    (tmp_path / "other.sqlite3").symlink_to(tmp_path / "real" / FILE)
    with pytest.raises(ConfigError, match="is using the database"):
        await open_store(f"sqlite:///{tmp_path / 'other.sqlite3'}", tmp_path / "elsewhere")
    await store.close()


def _garbage(file: Path) -> None:
    file.write_bytes(b"no database at all" * 500)


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2 // 4096 * 4096 + 100])


def _cut_in_the_header(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:50])


def _overwritten(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    for page in range(2, len(whole) // 4096):
        whole[page * 4096 : page * 4096 + 2000] = os.urandom(2000)
    file.write_bytes(bytes(whole))


def _emptied_beside_its_wal(file: Path) -> None:
    file.write_bytes(b"")
    file.with_name(f"{FILE}-wal").write_bytes(b"commits")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_garbage, "is no SQLite database"),
        (_cut, "is damaged"),
        (_cut_in_the_header, "is damaged"),
        (_overwritten, "is damaged"),
        (_emptied_beside_its_wal, "is empty, though its -wal file is not"),
    ],
)
async def test_a_broken_file_is_named_with_what_to_do_and_left_as_it_is(
    tmp_path: Path, spoil: Callable[[Path], None], words: str
) -> None:
    file = await made(tmp_path)
    spoil(file)
    before = file.read_bytes()
    with pytest.raises(ConfigError, match=words) as raised:
        await open_store("", tmp_path)
    assert str(file) in str(raised.value)
    assert "legpress db restore FILE" in str(raised.value)
    assert "\n" not in str(raised.value)
    assert file.read_bytes() == before


async def test_an_old_file_beside_a_newer_wal_is_named_too(tmp_path: Path) -> None:
    file = await made(tmp_path / "state")
    old = tmp_path / "copied.sqlite3"
    shutil.copyfile(file, old)
    store = await open_store("", tmp_path / "state")
    for number in range(3, 63):  # so many that SQLite begins its -wal anew meanwhile
        await commit(store, number, "y" * 60_000)
    shutil.copyfile(f"{file}-wal", tmp_path / "kept-wal")
    await store.close()
    shutil.copyfile(old, file)
    shutil.copyfile(tmp_path / "kept-wal", f"{file}-wal")
    with pytest.raises(ConfigError, match="legpress db restore FILE"):
        await open_store("", tmp_path / "state")


async def test_damage_that_comes_while_the_bot_runs_is_told_as_such(tmp_path: Path) -> None:
    store = await open_store("", tmp_path)
    for number in range(60):
        await commit(store, number, "x" * 9000)
    async with store.database.writing() as connection:
        await connection.execute(text("DELETE FROM drafts"))
    await store.database.close()
    _overwritten(tmp_path / FILE)
    with pytest.raises(StoreError, match=DAMAGED):
        await store.revisions.states_at(GUILD, 60)
    await store.close()


def _tables(path: Path, *statements: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(path) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


async def test_another_programs_file_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "theirs.db"
    _tables(other, "CREATE TABLE photos (id INTEGER)", "INSERT INTO photos VALUES (1)")
    with pytest.raises(ConfigError, match="belongs to another program"):
        await open_store(f"sqlite:///{other}")
    with sqlite3.connect(other) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("photos",)]
    connection.close()


async def test_another_programs_steps_are_no_newer_version_of_ours(empty_database: Database) -> None:
    async with empty_database.writing() as connection:
        await connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        await connection.execute(text("INSERT INTO alembic_version VALUES ('ab12cd34')"))
    with pytest.raises(ConfigError, match="belongs to another program"):
        await migrate.upgrade(empty_database)
    with pytest.raises(ConfigError, match="belongs to another program"):
        await migrate.require_newest(empty_database)
    async with empty_database.writing() as connection:
        await connection.execute(text("DROP TABLE alembic_version"))


async def test_tables_whose_step_is_lost_are_told_from_an_empty_database(empty_database: Database) -> None:
    await migrate.upgrade(empty_database)
    async with empty_database.writing() as connection:
        await connection.execute(text("DELETE FROM alembic_version"))
    for look in (migrate.upgrade, migrate.require_newest):
        with pytest.raises(ConfigError, match="the note of their step is lost"):
            await look(empty_database)
    async with empty_database.writing() as connection:
        await connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(ConfigError, match="the note of their step is lost"):
        await migrate.upgrade(empty_database)
    async with empty_database.writing() as connection:
        await connection.run_sync(metadata.drop_all)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:hunter2@host:abc/x",
        "postgresql://me:hunter2@host:99999/x",
        "postgresql://me:hunter2@host/x?sslmode=nonsense",
        "postgresql://me:hunter2@host/x?foo=bar",
        "postgresql://me:hunter2@/x?host=/tmp&port=zero",
    ],
)
def test_a_wrong_port_or_option_is_one_line_about_the_setting(address: str) -> None:
    with pytest.raises(ConfigError, match="DATABASE_URL") as raised:
        connect(database_url(address))
    assert "hunter2" not in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.postgres
@pytest.mark.parametrize("store_address", ["postgres"], indirect=True)
async def test_a_database_that_is_not_there_is_told_apart_from_one_out_of_reach(
    store_address: str, postgres: PostgresServer
) -> None:
    with pytest.raises(StoreError, match=NOT_LET_IN):
        await open_store(store_address.replace("/postgres?", "/nowhere?"))
    with pytest.raises(StoreError, match=NOT_LET_IN):
        await open_store(store_address.replace("legpress@", "nobody-here@"))
