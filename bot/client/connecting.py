"""Runs the client: connects it, opens its database, keeps its knowledge fresh, and says plainly what went wrong."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import aiohttp
import discord

from bot.client.bot import LegPressBot
from bot.client.digests import digests_forever
from bot.client.doors import quieten
from bot.client.ending import asked_to_stop, end_well
from bot.client.port import Port, open_port
from bot.client.reaching import UNAUTHORIZED
from bot.client.watchdog import Watchdog
from bot.core.text import forget_words
from bot.errors import ConfigError, NetworkError, StoreError
from bot.memory import building, give_back, in_large_pages, keep, keep_too, leave_room
from bot.sentences import say
from bot.service.workshop import Workshop
from bot.store.pulse import BEAT_SECONDS, Pulse
from bot.ui.kit import faults
from bot.ui.kit.faults import TOO_MANY

log = logging.getLogger(__name__)

REFRESH_SECONDS = 2.0
"""How often the knowledge files are looked at: polling, since file events miss some mounted folders."""
FORGET_SECONDS = 20.0
"""How often what was said more than ten minutes ago is looked for in memory."""
REOPEN_SECONDS = 10.0
"""How long to wait before a database that was out of reach at the start is tried again."""
REJECTED = say("host.connecting.rejected")
INTENTS_REFUSED = say("host.connecting.intents_refused")
FATAL_CLOSES = {
    4004: REJECTED,
    4012: say("host.connecting.outdated", code=4012),
    4013: say("host.connecting.outdated", code=4013),
    4014: INTENTS_REFUSED,
}
"""How Discord ends a connection for good, by the code of its close, where only the host can mend it."""


async def serve(
    bot: LegPressBot,
    token: str,
    refresh: Callable[[], bool],
    *,
    every: float = REFRESH_SECONDS,
    open_workshop: Callable[[], Awaitable[Workshop]] | None = None,
    reopen: float = REOPEN_SECONDS,
    pulse: Pulse | None = None,
    port: Port | None = None,
    watchdog: Watchdog | None = None,
    when_asked: Callable[[], None] = lambda: None,
) -> None:
    """Run `bot` until it is stopped, calling `refresh` in a thread now and then so that changed knowledge is used.

    `refresh` says whether there was a change: topics that came or went are then subcommands at once. `open_workshop`
    is tried again every `reopen` seconds where the database is out of reach, while the bot answers without it. `pulse`
    beats as long as the event loop turns, and so does `watchdog` for systemd. On `port` the bot shows what it does.
    `when_asked` is called when the system asks the process to end.

    Raises ConfigError where Discord rejects the token, the database cannot be used as it is, or the port cannot be had,
    NetworkError where Discord is out of reach.
    """
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(_nobody_awaits)
    quieten()
    running = asyncio.create_task(
        _run(
            bot,
            token,
            refresh,
            every=every,
            open_workshop=open_workshop,
            reopen=reopen,
            pulse=pulse,
            port=port,
            watchdog=watchdog,
        )
    )
    with asked_to_stop(loop) as stop:
        waiting = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
            if not running.done():
                when_asked()
                if watchdog is not None:
                    watchdog.tell("STOPPING=1")
                await end_well(bot, running)
                return
        finally:
            waiting.cancel()
            running.cancel()
            await asyncio.gather(running, waiting, return_exceptions=True)
    await running


async def _run(
    bot: LegPressBot,
    token: str,
    refresh: Callable[[], bool],
    *,
    every: float,
    open_workshop: Callable[[], Awaitable[Workshop]] | None,
    reopen: float,
    pulse: Pulse | None,
    port: Port | None,
    watchdog: Watchdog | None,
) -> None:
    async with contextlib.AsyncExitStack() as closing:
        if port is not None:
            await closing.enter_async_context(open_port(bot, port))
        if watchdog is not None:
            closing.callback(asyncio.create_task(watchdog.run(lambda: "; ".join(bot.lacks()) or "Connected.")).cancel)
        closing.push_async_callback(bot.fleet.let_go)
        await bot.fleet.claim()
        if open_workshop is not None:
            await closing.enter_async_context(_workshop_of(bot, open_workshop, reopen))
        watch = asyncio.create_task(_refresh_forever(bot, refresh, every))
        closing.callback(watch.cancel)
        closing.callback(asyncio.create_task(_forget_forever(bot)).cancel)
        closing.callback(asyncio.create_task(digests_forever(bot)).cancel)
        if pulse is not None:
            closing.callback(pulse.stop)
            closing.callback(asyncio.create_task(_beat_forever(bot, pulse)).cancel)
        closing.callback(asyncio.create_task(_draw_ahead(bot)).cancel)
        with plain_errors():
            async with bot:
                await _log_in(bot, token)
                await _connected(bot)


async def _connected(bot: LegPressBot) -> None:
    """Connect, and keep this process's place among others meanwhile. Raises what ends the bot."""
    if bot.fleet.is_alone:
        await bot.connect()
        return
    tasks = [asyncio.create_task(bot.connect()), asyncio.create_task(bot.fleet.keep())]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()


async def _log_in(bot: LegPressBot, token: str) -> None:
    """Log in; where Discord is out of order, until it is not. Where nothing at all answers, the network is to blame."""
    answered = False

    async def attempt() -> None:
        nonlocal answered
        try:
            await bot.login(token)
        except BaseException as fault:
            # discord.py makes a session at each login, and keeps the connector of the last.
            await bot.http.close()
            bot.http.connector = discord.utils.MISSING
            if isinstance(fault, aiohttp.ClientConnectorError) and not answered:
                raise _no_network(fault) from None
            answered = True
            raise

    await bot.reaching.insist(attempt)


def _nobody_awaits(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log in one line what failed where nobody waits for it; its own words may quote a member."""
    fault = context.get("exception")
    if isinstance(fault, asyncio.CancelledError):
        return
    log.error("something failed beside the answers: %s", type(fault).__name__ if fault else "no exception")
    if isinstance(fault, BaseException):
        log.debug("%s", faults.describe(fault))


async def _draw_ahead(bot: LegPressBot) -> None:
    """Have every picture ready, then leave no more memory taken than an idle bot needs."""
    await bot.desk.pictures.draw_all()
    forget_words()
    keep()
    give_back()
    leave_room()
    await asyncio.to_thread(in_large_pages)


@contextlib.asynccontextmanager
async def _workshop_of(
    bot: LegPressBot, open_workshop: Callable[[], Awaitable[Workshop]], reopen: float
) -> AsyncIterator[None]:
    """Give `bot` its workshop, now or as soon as the database answers, and close it at the end."""
    opened: list[Workshop] = []

    async def attempt() -> bool:
        try:
            workshop = await open_workshop()
        except StoreError as error:
            log.error("%s Until then everybody gets the shipped answers.", error)  # noqa: TRY400 -- told in one line
            return False
        opened.append(workshop)
        await workshop.start()
        bot.use_workshop(workshop)
        return True

    async def try_again() -> None:
        try:
            while True:
                await asyncio.sleep(reopen)
                if await attempt():
                    return
        except ConfigError as error:
            log.error("The database cannot be used: %s", error)  # noqa: TRY400
        except Exception as fault:  # noqa: BLE001 -- nobody awaits this
            faults.note("opening the database", fault)

    later = None if await attempt() else asyncio.create_task(try_again())
    try:
        yield
    finally:
        if later is not None:
            later.cancel()
            await asyncio.gather(later, return_exceptions=True)
        for workshop in opened:
            await workshop.close()


async def _refresh_forever(bot: LegPressBot, refresh: Callable[[], bool], every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            with building():
                changed = await asyncio.to_thread(refresh)
                if changed:
                    await bot.knowledge_changed()
                    keep_too()
            if changed:
                if (workshop := bot.desk.workshop_at_hand) is not None:
                    await workshop.overlays.follow()
                await asyncio.to_thread(_settle)
        except Exception as fault:  # noqa: BLE001 -- a watcher that dies would leave the old knowledge for good
            faults.note("looking for changed knowledge", fault)


def _settle() -> None:
    """Leave no more memory taken than what is in use needs: what changed knowledge took the place of is gone by now."""
    forget_words()
    give_back()
    in_large_pages()


async def _forget_forever(bot: LegPressBot) -> None:
    while True:
        await asyncio.sleep(FORGET_SECONDS)
        try:
            bot.desk.forget_old()
            bot.backlog.expire()
        except Exception as fault:  # noqa: BLE001 -- a clock that stops would keep people's words
            faults.note("forgetting what was said", fault)


async def _beat_forever(bot: LegPressBot, pulse: Pulse) -> None:
    while True:
        pulse.beat(connected=bot.is_ready() and not bot.is_closed())
        await asyncio.sleep(BEAT_SECONDS)


async def register_commands(bot: LegPressBot, token: str) -> None:
    """Register the commands with Discord without connecting. Raises what `serve` raises."""
    with plain_errors():
        async with bot:
            # Logging in runs `setup_hook`, which registers what changed; asked for by hand, it is done in any case.
            await bot.login(token)
            if not await bot.sync_commands(always=True):
                raise NetworkError(say("host.connecting.commands_refused"))


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turn what goes wrong on the way to Discord into this project's errors."""
    try:
        yield
    except discord.LoginFailure:
        raise ConfigError(REJECTED) from None
    except discord.PrivilegedIntentsRequired:
        raise ConfigError(INTENTS_REFUSED) from None
    except discord.ConnectionClosed as closed:
        if closed.code in FATAL_CLOSES:
            raise ConfigError(FATAL_CLOSES[closed.code]) from None
        raise NetworkError(say("host.connecting.ended", code=closed.code)) from None
    except discord.GatewayNotFound as fault:
        if isinstance(fault.__cause__, discord.HTTPException) and fault.__cause__.status == UNAUTHORIZED:
            raise ConfigError(REJECTED) from None
        raise _no_network(fault) from None
    except (aiohttp.ClientError, OSError, discord.DiscordServerError) as error:
        raise _no_network(error) from None
    except discord.HTTPException as error:
        log.debug("logging in failed", exc_info=True)
        if error.status == TOO_MANY:
            raise NetworkError(say("host.connecting.too_many_requests")) from None
        raise NetworkError(say("host.connecting.login_refused", status=error.status)) from None


def _no_network(error: Exception) -> NetworkError:
    log.debug("connecting failed", exc_info=error)
    return NetworkError(say("host.connecting.not_reached", error=type(error).__name__))
