"""The port that a host may open: /metrics for Prometheus, /healthz (the loop turns) and /readyz (it can answer)."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.errors import ConfigError
from bot.sentences import say

if TYPE_CHECKING:
    from bot.client.bot import LegPressBot

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Port:
    """Where to listen."""

    host: str
    number: int


@contextlib.asynccontextmanager
async def open_port(bot: "LegPressBot", port: Port) -> AsyncIterator[int]:
    """Serve what is seen of `bot` for as long as the context lasts, and yield the port's number.

    Raises ConfigError where the port cannot be had.
    """
    # Late: only where somebody wants to look do these take room.
    from aiohttp import web

    from bot.client.metrics import CONTENT_TYPE_LATEST, Metrics

    metrics = Metrics(bot)

    async def show(_: web.Request) -> web.Response:
        return web.Response(body=metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def alive(_: web.Request) -> web.Response:
        return web.Response(text="alive\n")  # whoever answers this turns the loop

    async def ready(_: web.Request) -> web.Response:
        lacks = bot.lacks()
        return web.Response(text="".join(f"{each}\n" for each in lacks or ["ready"]), status=503 if lacks else 200)

    application = web.Application()
    application.router.add_get("/metrics", show)
    application.router.add_get("/healthz", alive)
    application.router.add_get("/readyz", ready)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    watching = asyncio.create_task(metrics.watch_loop())
    try:
        try:
            await web.TCPSite(runner, port.host, port.number).start()
        except OSError as error:
            raise ConfigError(
                say("host.port.not_opened", host=port.host, number=port.number, reason=error.strerror)
            ) from error
        number = int(runner.addresses[0][1])
        log.info("Metrics, /healthz and /readyz are at %s, port %s.", port.host, number)
        yield number
    finally:
        watching.cancel()
        metrics.close()
        await runner.cleanup()
