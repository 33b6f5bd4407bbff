"""One page of the playground: a simulated Discord with its own bot, served to a browser on this computer."""

import asyncio
import os
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import available_timezones

import discord
import simcord

from bot.client import LegPressBot
from bot.playground.scene import BOT_NAME, Scene

OpenBot = Callable[[], AbstractAsyncContextManager[LegPressBot]]

SETTLE_SECONDS = 20.0
"""How long an answer may take; SimCord's own five seconds are short on a busy machine."""

CLOSE_SECONDS = 10.0


class Page:
    """A page on its own thread, since SimCord allows one simulated Discord to an event loop and one channel to a page."""

    def __init__(
        self,
        open_bot: OpenBot,
        arrange: Callable[[simcord.Env], Awaitable[Scene]],
        port: int,
        on_end: Callable[[], None],
    ) -> None:
        """`open_bot` gives the bot and puts away afterwards what it left.

        `on_end` is called, on the page's thread, when the page has ended for whatever reason. Port 0: a free one.
        """
        self._open_bot = open_bot
        self._arrange = arrange
        self.port = port
        self._on_end = on_end
        self._opened: Future[str] = Future()
        self._ending = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._bot: LegPressBot | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def open(self) -> str:
        """Start serving and return the address. Raises whatever kept the page from opening: OSError where the port is taken."""
        self._thread.start()
        return self._opened.result()

    def knowledge_changed(self) -> None:
        """Let the bot offer the topics of this moment as commands."""
        if self._loop is not None and self._bot is not None:
            asyncio.run_coroutine_threadsafe(self._bot.knowledge_changed(), self._loop).result(SETTLE_SECONDS)

    def close(self) -> None:
        """End the page and wait for it; nothing happens where it has ended already or was never opened."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ending.set)
        if self._thread.ident is not None:
            self._thread.join(CLOSE_SECONDS)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:
            if self._opened.done():
                raise
            self._opened.set_exception(error)
        finally:
            self._on_end()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        async with self._open_bot() as bot:
            self._bot = bot
            await self._serve_bot(bot)

    async def _serve_bot(self, bot: LegPressBot) -> None:
        world = simcord.run(
            bot,
            check_errors=False,  # a page goes on after a fault, as Discord does; the bot has logged it
            approved_intents=discord.Intents.default(),  # those that need no approval by Discord
            settle_timeout=SETTLE_SECONDS,
        )
        async with world as env:
            _set_clock(env)
            assert env.bot.user is not None
            await env.bot.user.edit(username=BOT_NAME)
            scene = await self._arrange(env)
            preview = env.preview(
                scene.channel, viewers=scene.viewers, layout="channel", timezone=local_timezone(), port=self.port
            )
            async with preview:
                self._opened.set_result(preview.url)
                ends = [asyncio.create_task(wait()) for wait in (self._ending.wait, preview.wait_closed)]
                ends.append(asyncio.create_task(_keep_time(env, preview)))
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
                for task in ends:
                    task.cancel()


async def _keep_time(env: simcord.Env, preview: simcord.Preview) -> None:
    """Let the simulated clock follow the real one: by itself it stands still, and no cooldown would ever end.

    The page counts "5 minutes ago" from a time of its own, which would stay that of its start.
    """
    while True:
        await asyncio.sleep(1)
        _set_clock(env)
        preview.capture_time = env.now()


def _set_clock(env: simcord.Env) -> None:
    # Never back: what was written a moment ago would stand in the future.
    env.backend.advance_clock(max(0.0, (datetime.now(UTC) - env.now()).total_seconds()))


def local_timezone() -> str:
    """Return the name of this computer's time zone, such as Europe/Lisbon, or UTC where it cannot be told."""
    name = os.environ.get("TZ", "").lstrip(":") or Path("/etc/localtime").resolve().as_posix().partition("zoneinfo/")[2]
    return name if name in available_timezones() else "UTC"
