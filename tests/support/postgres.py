"""A PostgreSQL of the tests' own, and the store's fixtures on both databases.

The server is started from Debian's programs in a temporary folder, on a Unix socket only, as a user who is not root
(PostgreSQL refuses root), and ends with the tests.
"""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text
from sqlalchemy.util import greenlet_spawn

from bot.errors import ConfigError
from bot.store import migrate
from bot.store.database import Database, connect, database_url
from bot.store.store import Store, open_store
from bot.store.tables import metadata
from tests.conftest import postgres_programs

START_SECONDS = 120
"""Much more than it takes: a busy machine is not wrong."""


class PostgresServer:
    """A server below `folder`; `address` is what DATABASE_URL would say."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = (programs / "initdb").resolve().parent  # a link may lead to one of them alone
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._user = _unprivileged() if os.geteuid() == 0 else None
        self.address = f"postgresql://legpress@/postgres?host={folder}"

    def make(self) -> None:
        """Make an empty cluster. It trusts whoever reaches its socket, which stands in a folder of its own."""
        if self._user is not None:
            os.chown(self._folder, self._user.pw_uid, self._user.pw_gid)
        arguments = ["-D", str(self._folder / "data"), "-U", "legpress", "-A", "trust", "-E", "UTF8", "--locale=C"]
        self._run("initdb", *arguments, "--no-sync")

    def start(self) -> None:
        """Start the server and wait until it answers; nothing happens where it runs."""
        if self._process is not None:
            return
        options = [
            "-D", str(self._folder / "data"), "-k", str(self._folder), "-c", "listen_addresses=",
            "-c", "fsync=off", "-c", "max_connections=40", "-c", "shared_buffers=16MB",
            # None of it is seen by who asks; a cluster that lives for minutes needs none.
            "-c", "autovacuum=off", "-c", "jit=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off",
            "-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "track_counts=off",
        ]  # fmt: skip
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._programs / "postgres"), *options], stdout=log, stderr=log, cwd="/", **self._as_user()
            )
        self._run("pg_isready", "-h", str(self._folder), "-U", "legpress", "-q", wait=True)

    def stop(self) -> None:
        """End the server and every connection to it; nothing happens where it does not run."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(START_SECONDS)
            self._process = None

    def hang(self) -> None:
        """Stop the server and all its connections as they are, so that nobody is refused and nobody answered."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text(encoding="ascii")
        for pid in (self._process.pid, *map(int, children.split())):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def _run(self, program: str, *arguments: str, wait: bool = False) -> None:
        command = [str(self._programs / program), *arguments]
        deadline = datetime.now(UTC) + timedelta(seconds=START_SECONDS)
        while True:
            done = subprocess.run(
                command, check=False, capture_output=True, cwd="/", timeout=START_SECONDS, **self._as_user()
            )
            if done.returncode == 0:
                return
            if not wait or datetime.now(UTC) > deadline:
                raise RuntimeError(f"{program} failed: {done.stderr.decode(errors='replace')}")

    def _as_user(self) -> dict[str, Any]:
        if self._user is None:
            return {}
        return {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and this machine has neither a user postgres nor nobody.")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A running server; only tests marked `postgres` may ask for it."""
    programs = postgres_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="lp-pg-"))  # short: a socket's path has at most 107 characters
    server = PostgresServer(programs, folder)
    try:
        server.make()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_address(request: pytest.FixtureRequest) -> str:
    """What DATABASE_URL would say: "" for an SQLite file in `tmp_path`, else an address."""
    if request.param == "sqlite":
        return ""
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.address


@pytest.fixture
async def empty_database(store_address: str, tmp_path: Path) -> AsyncIterator[Database]:
    """A database without any table."""
    database = connect(database_url(store_address, tmp_path))
    await _clear(database)
    yield database
    await database.close()


@pytest.fixture(scope="session")
def upgraded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with this version's tables: copying it takes a tenth of going through every step."""
    folder = tmp_path_factory.mktemp("upgraded")
    asyncio.run(prepare("", folder))
    (file,) = (path for path in folder.iterdir() if path.is_file())
    return file


@pytest.fixture
async def store(store_address: str, upgraded_file: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store with this version's tables, once on SQLite and once on PostgreSQL."""
    if store_address:
        opened = await _emptied(store_address, tmp_path)
    else:
        shutil.copy2(upgraded_file, tmp_path)
        opened = await open_store("", tmp_path)
        engine = opened.database.engine.sync_engine
        event.listen(engine, "connect", _wait_for_no_disk)  # after the store's own
        await greenlet_spawn(_wait_for_no_disk_from_now_on, engine)
    yield opened
    await opened.close()


def _wait_for_no_disk(connection: Any, _entry: object) -> None:
    """Let a connection leave to the disk when it writes: no test of these stores takes the power away."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=OFF")
    cursor.close()


def _wait_for_no_disk_from_now_on(engine: Engine) -> None:
    """Let the connection that opened the store leave it to the disk, too: to connect once more costs three times that."""
    connection = engine.raw_connection()
    _wait_for_no_disk(connection, None)
    connection.close()


async def _emptied(address: str, folder: Path) -> Store:
    """Open the store of a server and empty its tables, in one connection and one statement: each costs a process there."""
    try:
        opened = await open_store(address, folder)
    except ConfigError:  # it has no tables yet
        await prepare(address, folder)
        opened = await open_store(address, folder)
    tables = "; ".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
    async with opened.database.writing() as connection:
        await connection.execute(text(f"DO $$ BEGIN {tables}; END $$"))
    return opened


async def prepare(address: str, folder: Path) -> None:
    """Make or empty this version's tables."""
    database = connect(database_url(address, folder))
    try:
        if await migrate.current(database) == migrate.newest():
            async with database.writing() as connection:
                for table in reversed(metadata.sorted_tables):
                    await connection.execute(table.delete())
        else:
            await migrate.upgrade(database)
    finally:
        await database.close()


async def _clear(database: Database) -> None:
    async with database.writing() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE IF EXISTS alembic_version"))


class Clock:
    """A clock that tests set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands at noon of a certain day until a test moves it."""
    return Clock(datetime(2026, 11, 22, 12, 0, tzinfo=UTC))
