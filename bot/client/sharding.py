"""Starting and ending shards: which ones, and in whose turn."""

import asyncio
import contextlib
import logging
from collections.abc import Iterable
from typing import Any

import discord
from discord.ext import commands
from yarl import URL

from bot.client.fleet import Fleet
from bot.client.reaching import Reaching

log = logging.getLogger(__name__)


class ShardedBot(commands.AutoShardedBot):
    """A client that runs the shards which its fleet says: all, some, or those that it leases, more and fewer meanwhile."""

    def __init__(self, fleet: Fleet, **options: Any) -> None:
        """Be one process of `fleet`; `options` are discord.py's."""
        super().__init__(**options)
        self.fleet = fleet
        self.reaching = Reaching(self.is_closed)
        self._gateway = URL()

    async def launch_shards(self) -> None:
        """Connect the shards. Where Discord cannot say how many or where, it is asked again until it does."""
        if self.is_closed():
            return
        await self.reaching.insist(self._ask_for_the_gateway)
        self.fleet.begin(self._start_shard, self._end_shard)
        if self.fleet.is_leasing:
            return
        # Each of Discord's buckets by itself: what waits in one holds up no other.
        concurrency = self.fleet.identifying.concurrency
        buckets: dict[int, list[int]] = {}
        for shard in self.fleet.shards or range(self.shard_count or 1):
            buckets.setdefault(shard % concurrency, []).append(shard)
        if len(buckets) == 1:
            await self._start_shards(*buckets.values())
        else:
            await asyncio.gather(*map(self._start_shards, buckets.values()))

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait for a shard's turn to identify."""
        identifying = self.fleet.identifying
        if shard_id is None:
            return
        if not identifying.has_turn(shard_id):
            await super().before_identify_hook(shard_id, initial=initial)  # Discord wants a pause after a session's end
            await identifying.take(shard_id)
        identifying.sent(shard_id)

    async def _ask_for_the_gateway(self) -> None:
        count, address, limits = await self.http.get_bot_gateway()
        while limits["remaining"] < 1:
            # Discord resets the token of a bot that begins more sessions than it may.
            seconds = limits["reset_after"] / 1000
            log.warning("Discord lets this bot begin no session for %.0f minutes; it waits until then.", seconds / 60)
            await asyncio.sleep(seconds)
            count, address, limits = await self.http.get_bot_gateway()
        self.shard_count = self.shard_count or count
        self.fleet.identifying.concurrency = max(1, limits["max_concurrency"])
        self._gateway = URL(address)
        self._connection.shard_count = self.shard_count
        self._connection.shard_ids = [] if self.fleet.is_leasing else [*(self.fleet.shards or range(self.shard_count))]

    async def _start_shards(self, shards: Iterable[int]) -> None:
        wanted = list(shards)
        for shard in wanted:
            await self._start_shard(shard)
            await self.fleet.has_started(shard)

    async def _start_shard(self, shard: int) -> None:
        """Connect one more shard, however long that takes."""
        if shard not in self._connection.shard_ids:
            self._connection.shard_ids = [*self._connection.shard_ids, shard]
        await self.fleet.identifying.take(shard)
        await self.launch_shard(self._gateway, shard)

    async def _end_shard(self, shard: int) -> None:
        """Leave a shard to another process, with the servers that belong to it."""
        self._connection.shard_ids = [each for each in self._connection.shard_ids if each != shard]
        running = self._AutoShardedClient__shards.pop(shard, None)  # type: ignore[attr-defined]
        if running is not None:
            # Where it is about to reconnect, discord.py has a note of that.
            running.reidentify = running.reconnect = _nothing
            with contextlib.suppress(OSError, discord.DiscordException):
                await running.disconnect()
        for guild in [each for each in self.guilds if each.shard_id == shard]:
            self._connection._remove_guild(guild)  # noqa: SLF001 -- nothing public lets go of a server without leaving it


async def _nothing(*_: object) -> None:
    pass
