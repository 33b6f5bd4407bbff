"""Who runs which shard, among the processes on one PostgreSQL: advisory locks of one connection, which end with it.

Nothing is written into tables. What a process holds is free as soon as its connection ends: at once where the process
was killed, after eight seconds where its machine is gone. The connection must reach PostgreSQL itself, or a pooler that
gives each client a session of its own.
"""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from bot.errors import ConfigError, StoreError
from bot.sentences import say
from bot.store.database import connect, database_url
from bot.store.listening import connect_arguments

log = logging.getLogger(__name__)

_BASE = 0x6C656700
"""The first half of each lock's number: "leg", and which kind it is."""
WHOLE, COUNT, PROCESS, SHARD, RUNNING, IDENTIFY, DUTY, STARTING = range(_BASE, _BASE + 8)
APPLICATION = "legpress lease "
"""What PostgreSQL lists these connections as, followed by a number of the process's own."""
CONNECT_SECONDS = 5.0
YOUNG_SECONDS = 8
ANSWER_SECONDS = 4.0
"""How long the database may take to answer here; a connection that hangs longer counts as lost."""
_KEEPALIVES = {"tcp_keepalives_idle": "4", "tcp_keepalives_interval": "2", "tcp_keepalives_count": "2"}
"""How soon PostgreSQL lets go of a machine that is gone: eight seconds."""

_WHOLE_TAKEN = say("host.leases.whole_taken")
_PART_TAKEN = say("host.leases.part_taken")


@dataclass(frozen=True, slots=True)
class Leased:
    """What there is at a moment: how many processes, which shards are leased, and which others have connected to Discord.

    `is_young`: the server has just started, so that not everybody has come back who ran a shard.
    """

    processes: int
    shards: frozenset[int]
    running_elsewhere: frozenset[int]
    is_young: bool = False


class Leases:
    """What this process holds. Everything that is awaited raises StoreError where the database does not answer."""

    def __init__(self, address: str, *, whole: bool = False, count: int = 0) -> None:
        """Hold it at `address` (DATABASE_URL): all shards (`whole`), or some of `count`. Raises ConfigError for an address."""
        self._database = connect(database_url(address))
        self._whole = whole
        self._count = count
        self._number = secrets.randbits(31)
        self._connection: Any = None
        self._one_at_a_time = asyncio.Lock()
        self.has_duty = False
        self.name = f"{APPLICATION}{secrets.randbits(32):08x}"
        """What PostgreSQL lists this process's connection as."""

    @property
    def is_connected(self) -> bool:
        """Whether what was taken is held still, as far as this process has noticed."""
        return self._connection is not None and not self._connection.is_closed()

    async def open(self) -> None:
        """Connect and say that this process is there. What was held before is to be taken anew.

        Raises ConfigError where another process keeps this one from running beside it.
        """
        await self.close()
        with _translated():
            import asyncpg

            arguments = connect_arguments(self._database)
            named = {"application_name": self.name, **_KEEPALIVES}
            arguments |= {"server_settings": named, "command_timeout": ANSWER_SECONDS}
            connection = await asyncpg.connect(**arguments, timeout=CONNECT_SECONDS)
        self._connection = connection
        try:
            # A connection that this process had lost may be there still, with all that it held.
            await self._ask(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 "
                "AND pid <> pg_backend_pid()",
                self.name,
            )
            await self._ask("SELECT pg_advisory_lock($1, 0)", STARTING)  # of two that start, one is first
            await self._enter()
            await self._ask("SELECT pg_advisory_unlock($1, 0)", STARTING)
        except BaseException:
            await self.close()
            raise

    async def _enter(self) -> None:
        if self._whole:
            if not await self._yes("SELECT pg_try_advisory_lock($1, 0)", WHOLE):
                raise ConfigError(_WHOLE_TAKEN)
        elif not await self._yes("SELECT pg_try_advisory_lock_shared($1, 0)", WHOLE):
            raise ConfigError(_PART_TAKEN)
        elif others := [
            other for kind, other, _ in await self._locks([COUNT]) if kind == COUNT and other != self._count
        ]:
            raise ConfigError(say("host.leases.other_count", own=self._count, other=others[0]))
        else:
            await self._ask("SELECT pg_advisory_lock_shared($1, $2)", COUNT, self._count)
        await self._ask("SELECT pg_advisory_lock($1, $2)", PROCESS, self._number)

    async def look(self) -> Leased:
        """Return what there is now."""
        locks = await self._locks([PROCESS, SHARD, RUNNING])
        young = f"SELECT now() - pg_postmaster_start_time() < interval '{YOUNG_SECONDS} seconds'"
        return Leased(
            processes=sum(kind == PROCESS for kind, _, _ in locks),
            shards=frozenset(number for kind, number, _ in locks if kind == SHARD),
            running_elsewhere=frozenset(number for kind, number, own in locks if kind == RUNNING and not own),
            is_young=await self._yes(young),
        )

    async def take(self, shard: int) -> bool:
        """Lease a shard and say whether that was done: nobody else has it then."""
        return await self._yes("SELECT pg_try_advisory_lock($1, $2)", SHARD, shard)

    async def running(self, shard: int) -> None:
        """Let others know that this process has identified for a shard that it leased."""
        await self._yes("SELECT pg_try_advisory_lock($1, $2)", RUNNING, shard)

    async def offer(self, shard: int) -> None:
        """Give a shard's lease away: whoever takes it connects before this process lets go."""
        await self._ask("SELECT pg_advisory_unlock($1, $3), pg_advisory_unlock($2, $3)", SHARD, RUNNING, shard)

    async def take_turn(self, bucket: int) -> bool:
        """Take the turn to identify in one of Discord's buckets, and say whether that was done."""
        return await self._yes("SELECT pg_try_advisory_lock($1, $2)", IDENTIFY, bucket)

    async def end_turn(self, bucket: int) -> None:
        """Let the next one identify."""
        await self._ask("SELECT pg_advisory_unlock($1, $2)", IDENTIFY, bucket)

    async def take_duty(self) -> bool:
        """Take on what only one process does, and say whether that was done; it is kept until the connection ends."""
        self.has_duty = self.has_duty or await self._yes("SELECT pg_try_advisory_lock($1, 0)", DUTY)
        return self.has_duty

    async def close(self) -> None:
        """Give everything back."""
        connection, self._connection = self._connection, None
        self.has_duty = False
        if connection is not None:
            connection.terminate()

    async def _locks(self, kinds: Collection[int]) -> list[tuple[int, int, bool]]:
        """Return kind and number of all locks of some kinds, and whether this process holds them."""
        rows = await self._ask(
            "SELECT classid::bigint, objid::bigint, pid = pg_backend_pid() FROM pg_locks WHERE locktype = 'advisory' "
            "AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) "
            "AND classid::bigint = ANY($1::bigint[])",
            list(kinds),
        )
        return [(row[0], row[1], row[2]) for row in rows]

    async def _yes(self, statement: str, *values: Any) -> bool:
        return bool((await self._ask(statement, *values))[0][0])

    async def _ask(self, statement: str, *values: Any) -> Any:
        async with self._one_at_a_time:
            if self._connection is None:
                raise StoreError(say("host.leases.out_of_reach"))
            try:
                with _translated():
                    return await self._connection.fetch(statement, *values)
            except StoreError:
                await self.close()  # whatever failed, what is held can no longer be told
                raise


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError | TimeoutError) or type(error).__module__.startswith("asyncpg"):
            raise StoreError(say("host.leases.out_of_reach_since", error=type(error).__name__)) from error
        raise
