"""The playground: the real bot in a local browser, on a simulated Discord, with no token and no network."""

import errno
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import click

from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.playground.page import OpenBot, Opened, Page
    from bot.store.cache import FileCache

INSTALL = 'pip install "legpress-bot[playground]"'
FIRST_FREE_PORT, HIGHEST_PORT = 1024, 65535
REFRESH_SECONDS = 2.0

_NEEDED = ("simcord", "aiohttp", "av", "linkify_it", "markdown_it", "PIL", "regex")
"""Modules of the extra [playground]: SimCord and what its page needs."""


def run(*, knowledge_dir: Path | None, port: int, region: str = "", cache: "FileCache | None" = None) -> int:
    """Serve the playground until Ctrl-C, or until a page is ended in the browser, and return the exit code 0.

    The channel's page is at `port`, the direct messages' page at the next one; 0 takes two free ones.
    `region` tells whose emergency numbers to name; `cache` keeps start-up work. Raises ConfigError where the extra is not installed, a port cannot
    be used, the folder is missing or the region unknown, and KnowledgeError with every fault for invalid knowledge.
    """
    missing = [module for module in _NEEDED if find_spec(module) is None]
    if missing:
        raise ConfigError(f"The playground is not installed ({', '.join(missing)} missing). To add it: {INSTALL}")
    ports = [port, port + 1 if 0 < port < HIGHEST_PORT else 0]
    for wanted in ports:
        _probe(wanted)
    click.echo("Starting the bot; the first time takes a little longer.\n")
    from bot.bootstrap import Live
    from bot.playground.bots import playground_bot

    with suppress(KeyboardInterrupt):  # pressed before anything is served; from then on `serve` takes it
        live = Live(knowledge_dir, region=region, cache=cache)
        serve(lambda: playground_bot(live), ports, live.refresh)
    click.echo("The playground has ended.")
    return 0


def serve(open_bot: "OpenBot", ports: Sequence[int], refresh: Callable[[], bool]) -> None:
    """Serve a channel and the direct messages, with a bot each, and say where; return when they have ended.

    `ports` are those of the two pages; 0 takes a free one. `refresh` is called now and then, so that changed knowledge
    is used; it returns whether there was any. Raises ConfigError where a port cannot be used.
    """
    from bot.playground.page import Page
    from bot.playground.scene import QUESTION, direct_messages, server_channel

    ends: SimpleQueue[None] = SimpleQueue()  # the one kind of queue that a signal's handler may use
    pages = [
        Page(open_bot, arrange, port, on_end=lambda: ends.put(None))
        for arrange, port in zip((server_channel, direct_messages), ports, strict=True)
    ]
    with _ctrl_c(lambda: ends.put(None)), ExitStack() as closing:
        for page in pages:
            closing.callback(page.close)
        channel, direct = [_open(page) for page in pages]
        click.echo(
            "The bot runs in your browser. It needs no token, and nothing leaves this computer. Open:\n\n"
            f"  A server's channel:  {channel.address}\n"
            f"  Direct messages:     {direct.address}\n\n"
            "Type / there for the commands. To ask in the channel, paste this:\n\n"
            f"  {channel.mention} {QUESTION}\n\n"
            "Ctrl-C ends it."
        )
        _wait(ends, refresh, pages)
    click.echo()


def _wait(ends: "SimpleQueue[None]", refresh: Callable[[], bool], pages: "Sequence[Page]") -> None:
    while True:
        with suppress(Empty):
            ends.get(timeout=REFRESH_SECONDS)
            return
        if refresh():
            for page in pages:
                page.knowledge_changed()
            click.echo("The changed knowledge is in use.")


def _probe(port: int) -> None:
    """Raise ConfigError where `port` cannot be used: to be told before the bot is made, which takes seconds."""
    with _told(port), socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def _open(page: "Page") -> "Opened":
    with _told(page.port):
        return page.open()


@contextmanager
def _told(port: int) -> Iterator[None]:
    """Turn the refusal of a port into a sentence that names another."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        why = "is taken by another program" if error.errno == errno.EADDRINUSE else "may not be used here"
        other = port + 10 if FIRST_FREE_PORT <= port < HIGHEST_PORT - 10 else 8800
        raise ConfigError(f"Port {port} {why}. Name another: legpress playground --port {other}") from None


@contextmanager
def _ctrl_c(end: Callable[[], None]) -> Iterator[None]:
    """Take Ctrl-C, and a polite request to stop, for the wish to end; more of them change nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may handle signals
        return
    before = {number: signal.signal(number, lambda *_: end()) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
