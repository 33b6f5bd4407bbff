"""Reaches Discord again and again where it cannot be reached, and says so once."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterator

import aiohttp
import discord

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
UNAUTHORIZED = 401


def pauses(first: float = FIRST_PAUSE, longest: float = LONGEST_PAUSE) -> Iterator[float]:
    """Return growing pauses in seconds, for ever; each by chance between half and all of it, so that many bots spread."""
    pause = first
    while True:
        yield pause * random.uniform(0.5, 1.0)  # noqa: S311 -- nothing secret
        pause = min(longest, pause * 2)


def passes_by_itself(fault: BaseException) -> bool:
    """Say whether reaching Discord failed for something that ends without anybody mending it."""
    if isinstance(fault, discord.GatewayNotFound):
        cause = fault.__cause__
        return not (isinstance(cause, discord.HTTPException) and cause.status == UNAUTHORIZED)
    return isinstance(fault, discord.DiscordServerError | aiohttp.ClientError | OSError)


class Reaching:
    """Whether Discord can be reached: told in one line each time that this changes."""

    def __init__(self, ended: Callable[[], bool], paused: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """Give up when `ended` says so; `paused` waits for seconds."""
        self._ended = ended
        self._paused = paused
        self._lost: set[str] = set()

    async def insist(self, attempt: Callable[[], Awaitable[None]], what: str = "Discord") -> None:
        """Make an attempt until it succeeds. Raises what does not pass by itself."""
        for pause in pauses():
            try:
                await attempt()
            except Exception as fault:
                if self._ended() or not passes_by_itself(fault):
                    raise
                self._lose(what, fault)
            else:
                self._find(what)
                return
            await self._paused(pause)

    def _lose(self, what: str, fault: BaseException) -> None:
        if what not in self._lost:
            self._lost.add(what)
            code = f" {status}" if (status := getattr(fault, "status", None)) else ""
            log.warning(
                "%s cannot be reached (%s%s); it is tried again until it can be", what, type(fault).__name__, code
            )

    def _find(self, what: str) -> None:
        if what in self._lost:
            self._lost.discard(what)
            log.warning("%s is reached again", what)
