"""SQLAlchemy's Core on an event loop, without the ORM that `sqlalchemy.ext.asyncio` brings in: 6 MB of an idle bot.

The drivers wait on the loop, SQLAlchemy does not: it runs in a greenlet, which gives way while its driver waits.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar, TypeVarTuple, overload

from sqlalchemy import Executable, create_engine
from sqlalchemy.engine import URL, Connection, Dialect, Engine
from sqlalchemy.util import greenlet_spawn

if TYPE_CHECKING:
    from sqlalchemy.engine import CursorResult, ScalarResult
    from sqlalchemy.sql.selectable import TypedReturnsRows

T = TypeVar("T")
Ts = TypeVarTuple("Ts")
Parameters: TypeAlias = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None
Rows: TypeAlias = "CursorResult[*tuple[Any, ...]]"


class AsyncConnection:
    """A connection of the pool, from entering the context to its end. All that it finds is in memory when it is returned."""

    def __init__(self, engine: Engine) -> None:
        """Take a connection of `engine` once the context is entered."""
        self._engine = engine
        self._connection: Connection | None = None

    @property
    def sync_connection(self) -> Connection:
        """The connection itself, for what `run_sync` runs."""
        assert self._connection is not None
        return self._connection

    @property
    def dialect(self) -> Dialect:
        """How the database speaks."""
        return self._engine.dialect

    async def __aenter__(self) -> Self:
        self._connection = await greenlet_spawn(self._engine.connect)
        return self

    async def __aexit__(
        self, type_: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Give the connection back, also where whoever used it is cancelled meanwhile: half given back it would be lost."""
        closing = asyncio.create_task(greenlet_spawn(self.sync_connection.close))
        cancelled: asyncio.CancelledError | None = None
        while not closing.done():
            try:
                await asyncio.shield(closing)
            except asyncio.CancelledError as error:
                cancelled = error
        closing.result()
        if cancelled is not None:
            raise cancelled

    async def execution_options(self, **options: Any) -> None:
        """Set options of what is executed from now on."""
        await greenlet_spawn(self.sync_connection.execution_options, **options)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[None]:
        """Begin a transaction: committed at the end of the context, rolled back where that ends with an error."""
        transaction = await greenlet_spawn(self.sync_connection.begin)
        transaction.__enter__()
        try:
            yield
        except BaseException as error:
            await greenlet_spawn(transaction.__exit__, type(error), error, error.__traceback__)
            raise
        await greenlet_spawn(transaction.__exit__, None, None, None)

    @overload
    async def execute(
        self, statement: "TypedReturnsRows[*Ts]", parameters: Parameters = None
    ) -> "CursorResult[*Ts]": ...

    @overload
    async def execute(self, statement: Executable, parameters: Parameters = None) -> Rows: ...

    async def execute(self, statement: Executable, parameters: Parameters = None) -> Rows:
        """Execute a statement, and return what it gives."""
        return await greenlet_spawn(self.sync_connection.execute, statement, parameters)

    async def exec_driver_sql(self, statement: str) -> Rows:
        """Execute a text as the driver takes it, and return what it gives."""
        return await greenlet_spawn(self.sync_connection.exec_driver_sql, statement)

    async def scalar(self, statement: Executable, parameters: Parameters = None) -> Any:
        """Execute a statement, and return the first value that it gives; None where it gives none."""
        return await greenlet_spawn(self.sync_connection.scalar, statement, parameters)

    async def scalars(self, statement: Executable, parameters: Parameters = None) -> "ScalarResult[Any]":
        """Execute a statement, and return the first value of each row that it gives."""
        return await greenlet_spawn(self.sync_connection.scalars, statement, parameters)

    async def run_sync(self, run: Callable[[Connection, *Ts], T], *args: *Ts) -> T:
        """Return what `run` makes of the connection, which it uses as if nobody waited, and of what else it takes."""
        return await greenlet_spawn(run, self.sync_connection, *args)


class AsyncEngine:
    """A pool of connections to one database."""

    def __init__(self, sync_engine: Engine) -> None:
        """Use the pool of `sync_engine`, whose driver waits on the loop."""
        self.sync_engine = sync_engine

    @property
    def url(self) -> URL:
        """Where the database is."""
        return self.sync_engine.url

    @property
    def dialect(self) -> Dialect:
        """How the database speaks."""
        return self.sync_engine.dialect

    def connect(self) -> AsyncConnection:
        """Return a connection, to be used as a context."""
        return AsyncConnection(self.sync_engine)

    def execution_options(self, **options: Any) -> Self:
        """Return an engine on the same pool with further options."""
        return type(self)(self.sync_engine.execution_options(**options))

    async def dispose(self) -> None:
        """Close every connection that nobody uses."""
        await greenlet_spawn(self.sync_engine.dispose)


def create_async_engine(url: URL | str, **options: Any) -> AsyncEngine:
    """Return the engine for `url`, which names an asynchronous driver; `options` as SQLAlchemy's `create_engine` takes them."""
    return AsyncEngine(create_engine(url, **options))
