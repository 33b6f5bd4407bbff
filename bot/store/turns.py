"""SQLite's driver, asked once for each statement.

SQLAlchemy's own way goes to the driver's thread and back four times for a statement (a cursor, the statement, its rows, the
cursor's end), once more to begin a transaction that reads, and once to roll back what was never begun.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar, TypeVarTuple

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_dbapi

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class _Found(NamedTuple):
    """What a statement gave."""

    description: Any
    rows: list[Any]
    rowcount: int
    lastrowid: int | None


class WholeCursor:
    """A cursor as PEP 249 has it, that holds what its statement gave."""

    description: Any = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, connection: "WholeConnection") -> None:
        """Execute on `connection`."""
        self._connection = connection
        self._rows: deque[Any] = deque()

    def execute(self, operation: str, parameters: Any = None) -> None:
        """Execute a statement, and take all that it gives."""
        self._take(self._connection.asked(_executed, operation, parameters or ()))

    def executemany(self, operation: str, parameters: Sequence[Any]) -> None:
        """Execute a statement for each of `parameters`."""
        self._take(self._connection.asked(_executed_many, operation, parameters))

    def _take(self, found: _Found) -> None:
        self.description, rows, self.rowcount, self.lastrowid = found
        self._rows = deque(rows)

    def fetchone(self) -> Any:
        """Return the next row; None where there is none."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """Return the next rows, `size` at most."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        """Return all rows that are left."""
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def __iter__(self) -> Iterator[Any]:
        while self._rows:
            yield self._rows.popleft()

    def setinputsizes(self, *_sizes: Any) -> None:
        """Do nothing: SQLite takes values of any size."""

    def setoutputsize(self, *_sizes: Any) -> None:
        """Do nothing: SQLite gives values of any size."""

    def close(self) -> None:
        """Let go of the rows; the driver's own cursor is closed since it was read."""
        self._rows.clear()


class WholeConnection(AsyncAdapt_aiosqlite_connection):
    """A connection of the driver's whose transactions begin when `begin` or `begin_later` was called."""

    __slots__ = ("_begins_later", "_may_be_open")

    def __init__(self, dbapi: Any, connection: Any) -> None:
        """Use the driver's `connection`."""
        super().__init__(dbapi, connection)
        self._begins_later = False
        self._may_be_open = False

    def cursor(self, server_side: bool = False) -> Any:  # noqa: ARG002 -- as SQLAlchemy's own
        """Return a cursor, which asks the driver for nothing yet."""
        return WholeCursor(self)

    def begin(self) -> None:
        """Begin a transaction that writes, so that nobody else does meanwhile."""
        self._may_be_open = True  # from now on, also for who is cancelled while the driver begins
        self.asked(_executed, "BEGIN IMMEDIATE", ())

    def begin_later(self) -> None:
        """Begin a transaction that reads with its first statement: before that SQLite's own has seen nothing either."""
        self._begins_later = True

    def asked(self, ask: Callable[[sqlite3.Connection, *Ts], T], *args: *Ts) -> T:
        """Return what `ask` finds in the driver's thread, after a transaction has begun that was to begin later."""
        later, self._begins_later = self._begins_later, False
        self._may_be_open = self._may_be_open or later

        def both(driver: sqlite3.Connection) -> T:
            if later:
                driver.execute("BEGIN").close()
            return ask(driver, *args)

        async def asking(driver: Any) -> T:
            found: T = await driver._execute(both, driver._conn)  # noqa: SLF001 -- all that the driver offers is made so
            return found

        try:
            return self.run_async(asking)
        except Exception as error:  # noqa: BLE001 -- as SQLAlchemy's own: it tells a closed connection by its words
            self._handle_exception(error)

    def commit(self) -> None:
        """Commit what was done since the beginning."""
        self._end(super().commit)

    def rollback(self) -> None:
        """Undo what was done since the beginning."""
        self._end(super().rollback)

    def _end(self, end: Callable[[], None]) -> None:
        self._begins_later = False
        if self._may_be_open:
            end()
            self._may_be_open = False


class Opened(sqlite3.Connection):
    """A connection that closes with the last reference to it.

    One whose opening was called off midway is dropped unclosed by aiosqlite, whose own connections tell when they were left open.
    """

    def __del__(self) -> None:
        """Close it; one that another thread opened is closed by what frees its memory."""
        with suppress(sqlite3.Error):
            self.close()


class WholeDriver(AsyncAdapt_aiosqlite_dbapi):
    """The driver as SQLAlchemy sees it, with connections of this kind."""

    def __init__(self) -> None:
        """Use aiosqlite."""
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arg: Any, **kw: Any) -> WholeConnection:
        """Return a new connection."""
        opened: Any = super().connect(*arg, **kw)
        return WholeConnection(self, opened.driver_connection)


def _executed(driver: sqlite3.Connection, operation: str, parameters: Any) -> _Found:
    return _read(driver.execute(operation, parameters))


def _executed_many(driver: sqlite3.Connection, operation: str, parameters: Sequence[Any]) -> _Found:
    return _read(driver.executemany(operation, parameters))


def _read(cursor: sqlite3.Cursor) -> _Found:
    try:
        rows = cursor.fetchall() if cursor.description else []
        return _Found(cursor.description, rows, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()
