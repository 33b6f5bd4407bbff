"""The connection to SQLite or PostgreSQL: opening, transactions, and every failure as one sentence."""

import asyncio
import logging
import re
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Table, event, make_url
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, Connection
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from bot import measures
from bot.errors import ConfigError, StoreError
from bot.sentences import say
from bot.store import sqlite_file
from bot.store.engine import AsyncConnection, AsyncEngine, create_async_engine

log = logging.getLogger(__name__)

FILE = "legpress.sqlite3"
BUSY_SECONDS = 5
CONNECT_SECONDS = 5
COMMAND_SECONDS = 15

OUT_OF_REACH = say("host.database.out_of_reach")
FULL = say("host.database.full")
BUSY = say("host.database.busy")
FAILING = say("host.database.failing")
READ_ONLY = say("host.database.read_only")
DAMAGED = say("host.database.damaged")
NOT_LET_IN = say("host.database.not_let_in")
REFUSED = say("host.database.refused")

_VALUE = re.compile(r"((?: with text|query argument \$\d+:|input syntax for [\w ]+:) ).*")
"""How the drivers quote a value in what they say."""
APPLICATION = "legpress"
"""What PostgreSQL lists our connections as."""

_WRITES = "legpress_writes"
_OUTSIDE = "legpress_outside"
_OPTIONS = frozenset(
    {
        "host",
        "port",
        "user",
        "password",
        "database",
        "ssl",
        "direct_tls",
        "passfile",
        "target_session_attrs",
        "krbsrvname",
    }
)
"""What may follow the ? of an address: what the driver takes that concerns the way to the server."""
_SSL = frozenset({"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})


class Database:
    """One database. Made by `connect`; `close` it."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Use `engine`."""
        self.engine = engine
        self.is_postgres = engine.dialect.name == "postgresql"
        self._in_use = 0
        self._idle = asyncio.Event()
        self._idle.set()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection to read with. Raises StoreError where the database does not answer."""
        async with self._translated(), self._connected() as connection:
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Give a connection inside a transaction, committed at the end and rolled back on any error.

        Raises StoreError where the database does not answer or refuses; nothing is changed then.
        """
        async with self._translated(), self._connected() as connection:
            await connection.execution_options(**{_WRITES: True})
            async with connection.begin():
                yield connection

    async def empty_journal(self) -> bool:
        """Fold SQLite's write-ahead log into the file and empty it, so that what was deleted is in neither; say whether it is.

        Somebody who reads at the moment keeps it from being done. PostgreSQL's is the host's own affair.
        """
        if self.is_postgres:
            return True
        async with self._translated(), self._connected() as connection:
            await connection.execution_options(**{_OUTSIDE: True})
            row = (await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")).one()
            return int(row[0]) == 0

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        self._in_use += 1
        self._idle.clear()
        try:
            async with self.engine.connect() as connection:
                yield connection
        finally:
            self._in_use -= 1
            if not self._in_use:
                self._idle.set()

    @asynccontextmanager
    async def _translated(self) -> AsyncIterator[None]:
        try:
            yield
        except Exception as error:
            if not _is_from_database(error):
                raise
            measures.count("store_errors")
            log.warning("The database failed: %s", _reason(error))
            raise StoreError(self._sentence(error)) from error

    def _sentence(self, error: Exception) -> str:
        told, file = _sentence(error), sqlite_path(self.engine.url)
        return FULL if told == FAILING and file is not None and sqlite_file.is_full(file) else told

    def insert(self, table: Table) -> Any:
        """Return an insert that knows `on_conflict_do_update`, which the two dialects spell alike."""
        if not self.is_postgres:
            return sqlite.insert(table)
        from sqlalchemy.dialects import postgresql  # late: SQLite does without

        return postgresql.insert(table)

    async def close(self) -> None:
        """Close every connection, once those in use are given back: a pool forgets those that come back later."""
        with suppress(TimeoutError):
            async with asyncio.timeout(COMMAND_SECONDS):
                await self._idle.wait()
        await self.engine.dispose()


def database_url(setting: str = "", state_dir: Path | None = None) -> URL:
    """Return where the database is: `setting` (DATABASE_URL), else a file in `state_dir` or the system's data folder.

    Raises ConfigError for an address that names no database this project speaks to.
    """
    if not setting:
        from platformdirs import user_data_path

        folder = state_dir or user_data_path("legpress")
        return URL.create("sqlite+aiosqlite", database=str(folder / FILE))
    try:
        url = make_url(setting)
    except (SQLAlchemyError, ValueError):  # ValueError: a port that is no number
        raise ConfigError(say("host.database.no_address")) from None
    if url.drivername == "sqlite":
        return url.set(drivername="sqlite+aiosqlite")
    if url.drivername in {"postgresql", "postgres", "postgresql+asyncpg"}:
        query = dict(url.query)
        if "sslmode" in query:  # libpq's name for it, which many hosts hand out
            query["ssl"] = query.pop("sslmode")
        _require_known(query, url.port)
        return url.set(drivername="postgresql+asyncpg", query=query)
    raise ConfigError(say("host.database.wrong_scheme"))


def _require_known(query: Mapping[str, object], port: int | None) -> None:
    unknown = sorted(set(query) - _OPTIONS)
    if unknown:
        raise ConfigError(
            say("host.database.unknown_option", unknown=unknown[0], known=", ".join(sorted(_OPTIONS | {"sslmode"})))
        )
    if query.get("ssl", "prefer") not in _SSL:
        raise ConfigError(say("host.database.unknown_sslmode", listed=", ".join(sorted(_SSL))))
    ports = str(query.get("port", port if port is not None else 5432)).split(",")
    if not all(each.isdigit() and 0 < int(each) < 65536 for each in ports):  # noqa: PLR2004 -- the highest port
        raise ConfigError(say("host.database.wrong_port"))


def connect(url: URL) -> Database:
    """Return the database at `url`; nothing is opened before it is used.

    Raises ConfigError where the driver or the folder is missing.
    """
    if url.drivername == "postgresql+asyncpg":
        try:
            engine = create_async_engine(
                url,
                pool_pre_ping=True,
                hide_parameters=True,
                pool_size=5,
                pool_timeout=CONNECT_SECONDS,
                connect_args={
                    "timeout": CONNECT_SECONDS,
                    "command_timeout": COMMAND_SECONDS,
                    "server_settings": {"application_name": APPLICATION},
                },
            )
        except ImportError:
            raise ConfigError(say("host.database.no_driver")) from None
        except (SQLAlchemyError, ValueError):
            raise ConfigError(
                "DATABASE_URL names its hosts in a way that is not known; name one host, or each with its port "
                "(?host=one:5432&host=two:5432)."
            ) from None
        return Database(engine)
    file = sqlite_path(url)
    if file is not None:
        sqlite_file.make_privately(file)
    from bot.store.turns import Opened, WholeDriver  # late: PostgreSQL does without

    engine = create_async_engine(
        url,
        module=WholeDriver(),
        hide_parameters=True,
        pool_timeout=CONNECT_SECONDS,
        connect_args={"timeout": BUSY_SECONDS, "factory": Opened},
    )
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return Database(engine)


def sqlite_path(url: URL) -> Path | None:
    """Return the file of an SQLite database, None for PostgreSQL and for one in memory."""
    is_file = url.drivername.startswith("sqlite") and url.database and url.database != ":memory:"
    return Path(url.database).absolute() if is_file and url.database else None


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",  # with WAL, anything less may lose the last commits when the power goes
    "foreign_keys=ON",
    "secure_delete=ON",  # what is deleted is gone from the file, too
    f"busy_timeout={BUSY_SECONDS * 1000}",
)


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin late and lock late; `_begin_sqlite` says when.
    connection.isolation_level = None
    # All at once: a statement of its own goes four times to the driver's thread and back.
    connection.run_async(lambda driver: driver.executescript("".join(f"PRAGMA {each};" for each in _PRAGMAS)))


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(_OUTSIDE, False):
        return  # SQLite folds its log only outside of a transaction
    driver: Any = connection.connection.dbapi_connection
    # A transaction that reads first and asks for the lock later may be refused for what it has read.
    if connection.get_execution_options().get(_WRITES, False):
        driver.begin()
    else:
        driver.begin_later()


def _is_from_database(error: Exception) -> bool:
    # The PostgreSQL driver's own errors come through as they are while it connects; it is imported only where it is used.
    return isinstance(error, SQLAlchemyError | OSError | sqlite3.Error) or type(error).__module__.startswith("asyncpg.")


def _reason(error: BaseException) -> str:
    """Return what failed, without the statement's values, which are people's texts."""
    cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    told = _VALUE.sub(r"\1...", str(cause).splitlines()[0])[:200] if str(cause) else "no reason given"
    return f"{type(cause).__name__}: {told}"


def _sentence(error: BaseException) -> str:
    text = str(error.orig if isinstance(error, DBAPIError) and error.orig is not None else error).lower()
    if "disk is full" in text or "disk full" in text or "no space left" in text:
        return FULL
    if "disk i/o error" in text:
        return FAILING
    if "database is locked" in text:
        return BUSY
    if any(sign in text for sign in ("malformed", "not a database", "could not decode")):
        return DAMAGED
    if "readonly" in text or "read-only" in text:
        return READ_ONLY
    if any(name in _names(error) for name in ("InvalidPasswordError", "InvalidAuthorization", "InvalidCatalogName")):
        return NOT_LET_IN
    refused = isinstance(error, IntegrityError | ProgrammingError | DataError) or "no such table" in text
    return REFUSED if refused else OUT_OF_REACH


def _names(error: BaseException | None) -> str:
    """Return the names of an error's type and of those below it, down to the driver's own."""
    below = getattr(error, "orig", None) or (error.__cause__ if error is not None else None)
    return "" if error is None else f"{type(error).__name__} {_names(below)}"
