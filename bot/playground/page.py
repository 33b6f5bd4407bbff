"""One place of the playground: a simulated Discord with its own bot, shown by SimCord on this computer's loopback."""

import asyncio
import contextvars
import logging
import os
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import available_timezones

import discord
import simcord

from bot.client import LegPressBot
from bot.playground.bots import stand_in
from bot.playground.scene import BOT_NAME, Scene
from bot.sentences import say

OpenBot = Callable[[], AbstractAsyncContextManager[LegPressBot]]
Arrange = Callable[[simcord.Env], Awaitable[Scene]]
Happen = Callable[["Page", Scene, LegPressBot], Awaitable[None]]
T = TypeVar("T")
log = logging.getLogger(__name__)

SETTLE_SECONDS = 20.0
"""How long an answer may take; SimCord's own five seconds are short on a busy machine."""

CLOSE_SECONDS = 10.0
PAST = timedelta(minutes=55)
"""How long before it opens a page's time begins. After an hour the bot would take this computer's clock for wrong."""


class Page:
    """A page on its own thread, since SimCord allows one simulated Discord to an event loop and one channel to a page."""

    def __init__(
        self, open_bot: OpenBot, arrange: Arrange, on_end: Callable[[], None], *, before: Happen, after: Happen
    ) -> None:
        """`open_bot` gives the bot and puts away afterwards what it left; `arrange` makes the place.

        `before` happens there before the page opens, `after` when it is open. `on_end` is called, on the page's thread,
        when the page has ended for whatever reason.
        """
        self._open_bot = open_bot
        self._arrange = arrange
        self._before = before
        self._after = after
        self._on_end = on_end
        self._may_go_on = asyncio.Event()
        self._complete = asyncio.Event()
        self.turn = asyncio.Lock()
        """Held, on the page's thread, by whoever does something there: SimCord refuses two at once."""
        self._opened: Future[str] = Future()
        self._ending = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._context: contextvars.Context | None = None
        self._bot: LegPressBot | None = None
        self._env: simcord.Env | None = None
        self._scene: Scene | None = None
        self._preview: simcord.Preview | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Start serving, on a thread of its own."""
        self._thread.start()

    def opened(self) -> str:
        """Wait until it is served and return SimCord's own address, a secret. Raises whatever kept it from opening."""
        return self._opened.result()

    @property
    def is_open(self) -> bool:
        """Say whether it is served."""
        return self._opened.done() and self._opened.exception() is None

    @property
    def env(self) -> simcord.Env:
        """The simulated Discord of the opened page."""
        assert self._env is not None
        return self._env

    @property
    def scene(self) -> Scene:
        """The place of the opened page."""
        assert self._scene is not None
        return self._scene

    @property
    def preview(self) -> simcord.Preview:
        """SimCord's own server of the opened page."""
        assert self._preview is not None
        return self._preview

    def call(self, work: Callable[[], Coroutine[Any, Any, T]]) -> "Future[T]":
        """Do `work` on the page's thread, among whatever else happens there, and return what will hold its result."""
        done: Future[T] = Future()
        loop, context = self._loop, self._context
        if loop is None or context is None or loop.is_closed():
            done.set_exception(RuntimeError(say("terminal.page.page_is_not_open")))
            return done

        def begin() -> None:
            task = loop.create_task(work())
            task.add_done_callback(lambda each: _hand_on(each, done))

        # In the context of the page, in which SimCord's clock is the time.
        loop.call_soon_threadsafe(begin, context=context)
        return done

    def release(self) -> None:
        """Give back the turn that another thread took."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.turn.release)

    def knowledge_changed(self) -> None:
        """Let the bot offer the topics of this moment as commands."""
        if self._bot is not None and self._context is not None:
            self.call(self._bot.knowledge_changed).result(SETTLE_SECONDS)

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
            assert env.bot.user is not None
            stand_in(bot)
            await env.bot.user.edit(username=BOT_NAME)
            set_clock(env, datetime.now(UTC) - PAST)
            self._env, self._scene = env, await self._arrange(env)
            await self._before(self, self._scene, bot)
            set_clock(env, datetime.now(UTC))
            preview = env.preview(
                self._scene.channel, viewers=self._scene.viewers, layout="channel", timezone=local_timezone()
            )
            async with preview:
                self._preview = preview
                self._context = contextvars.copy_context()
                self._opened.set_result(preview.url)
                ends = [asyncio.create_task(wait()) for wait in (self._ending.wait, preview.wait_closed)]
                ends.append(asyncio.create_task(_keep_time(env, preview)))
                background = asyncio.create_task(self._go_on(bot))
                await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
                for task in (*ends, background):
                    task.cancel()
                await asyncio.gather(background, return_exceptions=True)

    async def _go_on(self, bot: LegPressBot) -> None:
        """Let happen what need not be there when the page opens."""
        await self._may_go_on.wait()
        try:
            await self._after(self, self.scene, bot)
        except Exception:
            log.exception("Something of the playground's community is missing")
        finally:
            self._complete.set()

    def go_on(self) -> None:
        """Let happen what `after` holds; whoever calls waits for nothing."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._may_go_on.set)

    async def complete(self) -> None:
        """Wait, on the page's thread, until all has happened that is to be there."""
        await self._complete.wait()


def _hand_on(task: "asyncio.Task[T]", done: "Future[T]") -> None:
    if task.cancelled():
        done.cancel()
    elif (error := task.exception()) is not None:
        done.set_exception(error)
    else:
        done.set_result(task.result())


async def _keep_time(env: simcord.Env, preview: simcord.Preview) -> None:
    """Let the simulated clock follow the real one: by itself it stands still, and no cooldown would ever end.

    The page counts "5 minutes ago" from a time of its own, which would stay that of its start.
    """
    while True:
        await asyncio.sleep(1)
        set_clock(env, datetime.now(UTC))
        preview.capture_time = env.now()


def set_clock(env: simcord.Env, to: datetime) -> None:
    """Set the simulated clock. Never back: what was written a moment ago would stand in the future."""
    env.backend.advance_clock(max(0.0, (to - env.now()).total_seconds()))


def local_timezone() -> str:
    """Return the name of this computer's time zone, such as Europe/Lisbon, or UTC where it cannot be told."""
    name = os.environ.get("TZ", "").lstrip(":") or Path("/etc/localtime").resolve().as_posix().partition("zoneinfo/")[2]
    return name if name in available_timezones() else "UTC"
