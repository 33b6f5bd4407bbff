"""What Discord says of the servers that the bot is in, shard by shard, and what time it is there."""

import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

import discord

from bot.client.freshness import dated
from bot.service.presence import Present


class ShardsSeen:
    """The servers of the shards that are connected now.

    discord.py keeps servers that left while a shard was cut off and began anew: the ones that Discord then named are new
    objects, and those that were there before under the same object are gone.
    """

    def __init__(
        self,
        guilds: Callable[[], Mapping[int, discord.Guild]],
        guild: Callable[[int], discord.Guild | None],
        shard_count: Callable[[], int | None],
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read from what the client holds; `steady` gives seconds that never jump."""
        self._guilds = guilds
        self._guild = guild
        self._shard_count = shard_count
        self._steady = steady
        self._connected: set[int] = set()
        self._known: dict[int, dict[int, discord.Guild]] = {}
        self._vanished: dict[int, discord.Guild] = {}
        self._told: tuple[datetime, float] | None = None

    def ready(self, shard: int) -> None:
        """Note that Discord has named all servers of a shard."""
        self._connected.add(shard)

    def resumed(self, shard: int) -> None:
        """Note that a shard goes on where it was cut off."""
        if self._known.pop(shard, None) is not None:
            self._connected.add(shard)

    def disconnected(self, shard: int) -> None:
        """Note that a shard was cut off."""
        if shard in self._connected:
            self._connected.discard(shard)
            self._known[shard] = {guild.id: guild for guild in self._guilds().values() if guild.shard_id == shard}

    def connected(self, shard: int) -> None:
        """Note that a shard begins anew: what is still the same object was not named by Discord."""
        now = self._guilds()
        for guild_id, guild in self._known.pop(shard, {}).items():
            if now.get(guild_id) is guild:
                self._vanished[guild_id] = guild

    def servers(self) -> frozenset[int]:
        """Return the servers that the bot is in, unavailable ones too."""
        now = self._guilds()
        return frozenset(each for each, guild in now.items() if self._vanished.get(each) is not guild)

    def has(self, server: int) -> bool:
        """Say whether the bot is in a server. Asked with every message, so it looks at no other."""
        guild = self._guild(server)
        return guild is not None and self._vanished.get(server) is not guild

    def present(self) -> Present | None:
        """Return what is known; None before the first shard is ready."""
        count = self._shard_count()
        if not count or not (self._connected or self._known):
            return None
        return Present(self.servers(), frozenset(self._connected), count, self.now())

    def told_time(self, date: str) -> None:
        """Take note of what time it is at Discord, as the header of an HTTP response says."""
        try:
            self._told = (dated(date), self._steady())
        except ValueError:
            return

    def now(self) -> datetime | None:
        """Return what time it is at Discord, None before it has told."""
        if self._told is None:
            return None
        told, at = self._told
        return told + timedelta(seconds=self._steady() - at)
