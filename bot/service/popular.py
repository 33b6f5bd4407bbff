"""What a server's members ask most: the claims to begin with where nothing is typed, and where nothing is near."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.errors import StoreError
from bot.service.recent import Recent
from bot.store.store import Store

log = logging.getLogger(__name__)

DAYS = 30
MOST = 12
FEWEST_TIMES = 5
"""A claim is popular from so many answers on: one member's question is shown to nobody as what people ask."""
HELD_FOR = timedelta(hours=1)
MOST_SERVERS = 5_000
WAIT_SECONDS = 0.5
"""How long whoever asks waits for the counts."""


class Popular:
    """The claims that each server's members get most, held for an hour; `clock` gives the time with its zone."""

    def __init__(self, store: Store, clock: Callable[[], datetime]) -> None:
        """Read the counts in `store`."""
        self._store = store
        self._clock = clock
        self._held: Recent[int, tuple[datetime, tuple[str, ...]]] = Recent(MOST_SERVERS)

    async def of(self, guild: int | None) -> tuple[str, ...]:
        """Return a server's claims of the last thirty days, the most asked first; a dozen at most, since some may be hidden by now.

        None where too little was asked, and where the database does not answer at once. Never raises.
        """
        if guild is None:
            return ()
        now = self._clock()
        held = self._held.get(guild)
        if held is not None and timedelta(0) <= now - held[0] < HELD_FOR:
            return held[1]
        since = (now.date() - timedelta(days=DAYS - 1)).isoformat()
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                counts = await self._store.tallies.totals(guild, since, "claim")
        except (StoreError, TimeoutError) as fault:
            log.debug("What is asked most is not known: %s", type(fault).__name__)
            return () if held is None else held[1]
        asked = [(count, claim) for kind, claim, count in counts if kind == "claim" and count >= FEWEST_TIMES]
        found = tuple(claim for _, claim in sorted(asked, key=lambda each: (-each[0], each[1])))[:MOST]
        self._held.put(guild, (now, found))
        return found
