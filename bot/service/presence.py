"""In which servers the bot is, as far as Discord has said: what decides whether a server may be forgotten."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.errors import StoreError
from bot.store.servers import Away
from bot.store.store import Store

log = logging.getLogger(__name__)

GREETED = "greeted"
"""The note in a server's settings that it was greeted; it goes with them."""
REST_SECONDS = 60.0
"""How long a store that failed is left alone by signs of life."""


@dataclass(frozen=True, slots=True)
class Present:
    """What this process sees of Discord.

    `servers`: those it is in, unavailable ones too; `shards`: those connected now; `at`: the time there, where known.
    """

    servers: frozenset[int]
    shards: frozenset[int]
    shard_count: int
    at: datetime | None = None

    def is_absent(self, guild: int) -> bool:
        """Say whether the bot is certainly not in a server: its shard is here and connected, and has no such server.

        A server's shard is `(id >> 22) % shard_count` (Discord's documentation on sharding).
        """
        return guild not in self.servers and (guild >> 22) % self.shard_count in self.shards


class Presence:
    """What is noted of servers that come and go. All that is awaited but `seen` may raise StoreError."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime], steady: Callable[[], float] = time.monotonic
    ) -> None:
        """Note it in `store`; `clock` gives the time with its zone, `steady` seconds that never jump."""
        self._store = store
        self._clock = clock
        self._steady = steady
        self._look: Callable[[], Present | None] = lambda: None
        self._told: Callable[[], datetime | None] = self._told_by_look
        self._here: set[int] = set()
        self._noting: set[int] = set()
        self._rest_until = float("-inf")

    async def greets(self, guild: int) -> bool:
        """Note that a server is greeted, and say whether it was not before."""
        return await self._store.servers.first(guild, GREETED)

    def watch(self, look: Callable[[], Present | None], told: Callable[[], datetime | None] | None = None) -> None:
        """Ask `look` what Discord says at the moment; it returns None as long as nothing is known.

        `told` gives the time there alone, for those who ask with each answer.
        """
        self._look = look
        self._told = told or self._told_by_look

    def _told_by_look(self) -> datetime | None:
        present = self._look()
        return None if present is None else present.at

    def is_absent(self, guild: int) -> bool:
        """Say whether the bot is certainly not in a server at this moment."""
        present = self._look()
        return present is not None and present.is_absent(guild)

    @property
    def knows_the_time(self) -> bool:
        """Whether Discord has told its time: before that nobody can say whether this machine's clock is right."""
        present = self._look()
        return present is not None and present.at is not None

    def now(self) -> datetime:
        """Return the time at Discord where it is known, so that no jump of this machine's clock makes days pass; else this machine's."""
        return self._told() or self._clock()

    async def reconcile(self) -> bool:
        """Compare what is noted with what Discord says, and say whether anything is known of Discord."""
        present = self._look()
        if present is None:
            return False
        now = int(self.now().timestamp())
        known, away = await self._store.servers.known_and_away()
        back = await self._store.servers.present([guild for guild in away if guild in present.servers])
        if back:
            log.info("The bot is in %d servers again that it had left.", back)
        is_right = self.knows_the_time
        new = [guild for guild in known if not _is_noted(away.get(guild), now, is_right) and self.is_absent(guild)]
        if new:
            await self._store.servers.absent(new, now, is_right=is_right)
        self._here = set(present.servers)
        return True

    async def joined(self, guild: int) -> None:
        """Note that the bot is in a server, again perhaps."""
        await self._store.servers.present([guild])
        self._here.add(guild)

    async def left(self, guild: int) -> None:
        """Note that the bot left a server: what it kept there is deleted in thirty days, unless it comes back."""
        self._here.discard(guild)
        await self._store.servers.left(guild, int(self.now().timestamp()))

    def is_news(self, guild: int) -> bool:
        """Say whether a sign of life from a server would be noted: with most it was long ago."""
        return guild not in self._here and guild not in self._noting and self._steady() >= self._rest_until

    async def seen(self, guild: int) -> None:
        """Note a sign of life from a server that the bot is in; where the store is down, the next one counts."""
        if not self.is_news(guild):
            return
        self._noting.add(guild)  # of a thousand messages at once, one is noted
        try:
            await self.joined(guild)
        except StoreError:
            self._rest_until = self._steady() + REST_SECONDS
        finally:
            self._noting.discard(guild)


def _is_noted(away: Away | None, now: int, is_right: bool) -> bool:
    """Say whether a server is noted as absent. A time to come was written by a clock that ran ahead, and counts for nothing.

    When it left is doubted only where `now` is right: by a clock that is behind, it would seem to have left long ago.
    """
    if away is None or away.absent_at is None:
        return False
    return away.absent_at <= now and (away.left_at <= now or not is_right)
