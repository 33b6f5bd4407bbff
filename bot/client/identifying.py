"""Whose turn it is to identify: one in each of Discord's buckets in five seconds, within this process and across processes.

Discord puts a shard into the bucket `shard % max_concurrency`, and ends the session of whoever identifies out of turn.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.errors import StoreError
from bot.store.leases import Leases

SPACING_SECONDS = 5.1
"""From one IDENTIFY to the next; Discord counts five seconds on its own side."""
PATIENCE_SECONDS = 10.0
"""How long a turn is kept for a shard that does not come to identify, such as where the gateway cannot be reached."""


@dataclass(slots=True)
class _Turn:
    bucket: int
    is_shared: bool
    ends: asyncio.TimerHandle
    is_used: bool = False


class Identifying:
    """The turns of this process's shards."""

    def __init__(
        self, leases: Leases | None = None, paused: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Take turns with other processes through `leases` (None: there are none); `paused` waits for seconds."""
        self.concurrency = 1
        self._leases = leases
        self._paused = paused
        self._buckets: defaultdict[int, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._turns: dict[int, _Turn] = {}
        self._ending: set[asyncio.Task[None]] = set()

    def has_turn(self, shard: int) -> bool:
        """Say whether it is a shard's turn, and it has not identified yet."""
        turn = self._turns.get(shard)
        return turn is not None and not turn.is_used

    async def take(self, shard: int) -> None:
        """Wait for a shard's turn. It is kept for it until five seconds after `sent`."""
        bucket = shard % self.concurrency
        await self._buckets[bucket].acquire()
        try:
            is_shared = await self._agreed(bucket)
        except BaseException:
            self._buckets[bucket].release()
            raise
        later = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._end, shard)
        self._turns[shard] = _Turn(bucket, is_shared, later)

    def sent(self, shard: int) -> None:
        """Note that a shard identifies now."""
        turn = self._turns[shard]
        turn.is_used = True
        turn.ends.cancel()
        turn.ends = asyncio.get_running_loop().call_later(SPACING_SECONDS, self._end, shard)

    async def _agreed(self, bucket: int) -> bool:
        """Wait until no other process identifies in a bucket; where the database is gone, this process's own turns count."""
        leases = self._leases
        while leases is not None and leases.is_connected:
            try:
                if await leases.take_turn(bucket):
                    return True
            except StoreError:
                break
            await self._paused(random.uniform(0.2, 0.4))  # noqa: S311 -- nothing secret
        return False

    def _end(self, shard: int) -> None:
        turn = self._turns.pop(shard)
        self._buckets[turn.bucket].release()
        if turn.is_shared:
            task = asyncio.get_running_loop().create_task(self._give_back(turn.bucket))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def _give_back(self, bucket: int) -> None:
        try:
            if self._leases is not None:
                await self._leases.end_turn(bucket)
        except StoreError:
            return  # it went with the connection
