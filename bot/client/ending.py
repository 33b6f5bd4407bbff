"""Ends the bot as it should: nothing new, what is in hand answered, what is noted written, within ten seconds."""

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import Iterator

from bot import apart
from bot.client.bot import LegPressBot

log = logging.getLogger(__name__)

LAST_ARRIVALS_SECONDS = 0.3
"""What Discord had sent by the time the system asked is still taken."""
IN_HAND_SECONDS = 6.0
CLOSING_SECONDS = 3.0
MOST_SECONDS = 9.8
"""By the clock, from the signal to the end of the process; what hangs in a thread or a driver does not count."""
_ANSWERING = ("discord.py: ", "CommandTree-invoker", "discord-ui-")
"""How discord.py calls the tasks in which something is answered."""


@contextlib.contextmanager
def asked_to_stop(loop: asyncio.AbstractEventLoop) -> Iterator[asyncio.Event]:
    """Yield what is set when the system asks the process to end (SIGTERM), or somebody presses Ctrl-C."""
    stop = asyncio.Event()
    handled = []
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, or not the main thread
            loop.add_signal_handler(number, stop.set)
            handled.append(number)
    try:
        yield stop
    finally:
        for number in handled:
            loop.remove_signal_handler(number)


async def end_well(bot: LegPressBot, running: asyncio.Task[None]) -> None:
    """End `running`, the bot's main task. Returns in about ten seconds at most, whatever hangs."""
    log.info("Asked to stop: finishing what is in hand.")
    apart.end_fits()
    await bot.fleet.let_go()
    if bot.shards:
        await asyncio.sleep(LAST_ARRIVALS_SECONDS)
    bot.accept_nothing_new()
    leaving = asyncio.gather(*(shard.disconnect() for shard in bot.shards.values()), return_exceptions=True)
    left = await _finished(bot, IN_HAND_SECONDS)
    leaving.cancel()
    running.cancel()
    _, hanging = await asyncio.wait({running}, timeout=CLOSING_SECONDS)
    if left or hanging:
        log.warning("Stopped; not everything could be finished (answers: %s, closing: %s).", left, len(hanging))
    else:
        log.info("Stopped.")


def end_by_force_later(seconds: float = MOST_SECONDS) -> None:
    """End the process after so many seconds, whatever still runs: a thread that hangs would keep it for good.

    For the program alone, when it was asked to stop: nothing of the process is left.
    """

    def end() -> None:
        log.warning("Stopped by force; something did not let go.")
        logging.shutdown()
        os._exit(0)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


async def _finished(bot: LegPressBot, seconds: float) -> int:
    """Wait until nothing waits or is being answered, and return how much still is after `seconds`."""
    loop = asyncio.get_running_loop()
    until = loop.time() + seconds
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await bot.backlog.read_all()
    while in_hand := [each for each in asyncio.all_tasks() if each.get_name().startswith(_ANSWERING)]:
        if loop.time() >= until:
            return len(in_hand) + len(bot.backlog)
        await asyncio.wait(in_hand, timeout=until - loop.time())
    return 0
