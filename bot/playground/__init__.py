"""The playground: the real bot in a local browser, on a simulated Discord, with no token and no network."""

import errno
import gc
import logging
import signal
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import click

from bot import apart
from bot.errors import BotError, ConfigError

if TYPE_CHECKING:
    from bot.pictures import PictureCache
    from bot.playground.page import OpenBot, Page
    from bot.store.cache import FileCache

INSTALL = 'pip install "legpress-bot[playground]"'
FIRST_FREE_PORT, HIGHEST_PORT = 1024, 65535
REFRESH_SECONDS = 2.0
TITLES = ("A server's channel:", "Direct messages:")

_NEEDED = ("simcord", "aiohttp", "linkify_it", "markdown_it", "PIL", "regex")
"""Modules of the extra [playground]: SimCord and what its page needs, but for PyAV, which it imports only for videos."""

log = logging.getLogger(__name__)


def run(
    *,
    knowledge_dir: Path | None,
    port: int,
    region: str = "",
    cache: "FileCache | None" = None,
    pictures_dir: Path | None = None,
) -> int:
    """Serve the playground until Ctrl-C, or until a page is ended in the browser, and return the exit code 0.

    The channel's page is at `port`, the direct messages' page at the next one; 0 takes two free ones. `region` tells
    whose emergency numbers to name; `cache` keeps start-up work, and `pictures_dir` what is drawn (None: nothing does).

    Raises ConfigError where the extra is not installed, a port or the folder for temporary files cannot be used, the
    knowledge folder is missing or the region unknown, and KnowledgeError with every fault for invalid knowledge.
    """
    missing = [module for module in _NEEDED if find_spec(module) is None]
    if missing:
        raise ConfigError(f"The playground is not installed ({', '.join(missing)} missing). To add it: {INSTALL}")
    ports = [port, port + 1 if 0 < port < HIGHEST_PORT else 0]
    for wanted in ports:
        _probe(wanted)
    click.echo("Starting the bot; the first time takes a little longer.\n")
    from bot.bootstrap import Live, shipped_pictures
    from bot.pictures import PictureCache
    from bot.playground.bots import playground_bot

    def when_open() -> None:
        gc.freeze()
        gc.enable()
        _draw_ahead(pictures)

    def refresh() -> str:
        reading = live.service().reading
        if not live.refresh():
            return ""
        return "The knowledge is read." if reading else "The changed knowledge is in use."

    # Pressed before anything is served, Ctrl-C is met here; from then on `serve` takes it.
    with suppress(KeyboardInterrupt), _without_looking_for_garbage(), _temporary_folder() as folder:
        live = Live(knowledge_dir, region=region, cache=cache, wait=False)
        pictures = PictureCache(pictures_dir, shipped=shipped_pictures())
        serve(lambda: playground_bot(live, folder, pictures), ports, refresh, when_open=when_open)
    click.echo("The playground has ended.")
    return 0


def serve(
    open_bot: "OpenBot", ports: Sequence[int], refresh: Callable[[], str], *, when_open: Callable[[], None]
) -> None:
    """Serve a channel and the direct messages, with a bot each, and say where; return when they have ended.

    `ports` are those of the two pages; 0 takes a free one. `refresh` is called now and then, so that changed knowledge
    is used; it returns what to say of it, "" where nothing changed. `when_open` is called once, in a thread, when the addresses are told.
    Raises ConfigError where a port cannot be used.
    """
    from bot.playground.page import Page
    from bot.playground.scene import QUESTION, TYPED, direct_messages, server_channel

    ends: SimpleQueue[None] = SimpleQueue()  # the one kind of queue that a signal's handler may use
    pages = [
        Page(open_bot, arrange, port, on_end=lambda: ends.put(None))
        for arrange, port in zip((server_channel, direct_messages), ports, strict=True)
    ]
    with _ctrl_c(lambda: ends.put(None)), ExitStack() as closing:
        for page in pages:
            closing.callback(page.close)
        click.echo("The bot runs in your browser. It needs no token, and nothing leaves this computer. Open:\n")
        for title, page in zip(TITLES, pages, strict=True):
            click.echo(f"  {title:<21}{_open(page)}")
        click.echo(
            "\nTry there: type / for the commands, or ask the bot by its name:\n\n"
            f"  {TYPED} {QUESTION}\n\n"
            "Ctrl-C ends it."
        )
        threading.Thread(target=when_open, daemon=True).start()
        _wait(ends, refresh, pages)
    click.echo()


@contextmanager
def _without_looking_for_garbage() -> Iterator[None]:
    """Leave garbage alone: a start makes many small values that stay, and looking through them takes a tenth of it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def _temporary_folder() -> Iterator[Path]:
    """Give a folder for what is gone when the playground ends. Raises ConfigError where none can be made."""
    try:
        made = tempfile.TemporaryDirectory(prefix="legpress-", ignore_cleanup_errors=True)
    except OSError as error:
        raise ConfigError(
            f"No folder for temporary files can be written ({error.strerror or type(error).__name__}); make room, or "
            "name another one in the environment variable TMPDIR."
        ) from None
    with made as folder:
        yield Path(folder)


def _draw_ahead(pictures: "PictureCache") -> None:
    """Draw every picture, so that the first card comes with its own at once."""
    from bot.core.drawing import PICTURES

    for drawing in PICTURES.values():
        try:
            pictures.png(drawing.svg)
        except BotError as fault:
            log.warning("The picture %s cannot be drawn: %s", drawing.name, fault)


def _wait(ends: "SimpleQueue[None]", refresh: Callable[[], str], pages: "Sequence[Page]") -> None:
    while True:
        with suppress(Empty):
            ends.get(timeout=REFRESH_SECONDS)
            return
        try:
            news = refresh()
        except apart.FitEndedError:
            continue
        if news:
            for page in pages:
                page.knowledge_changed()
            click.echo(news)


def _probe(port: int) -> None:
    """Raise ConfigError where `port` cannot be used: to be told before the bot is made, which takes seconds."""
    with _told(port):
        _bind(port)


def _bind(port: int) -> None:
    """Take `port` for a moment. Raises OSError where it cannot be had."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def _free_near(port: int) -> int:
    """Return a port at or after which both pages find room; 0, which takes any two, where none near `port` is."""
    first = port + 10 if port >= FIRST_FREE_PORT else 8800
    for candidate in range(first, min(first + 200, HIGHEST_PORT), 10):
        with suppress(OSError):
            _bind(candidate)
            _bind(candidate + 1)
            return candidate
    return 0


def _open(page: "Page") -> str:
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
        other = _free_near(port)
        raise ConfigError(
            f"Port {port} {why}. Name another: legpress playground --port {other} (or PLAYGROUND_PORT={other} make run)."
        ) from None


@contextmanager
def _ctrl_c(end: Callable[[], None]) -> Iterator[None]:
    """Take Ctrl-C, and a polite request to stop, for the wish to end; more of them change nothing."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may handle signals
        return

    def ended(*_: object) -> None:
        apart.end_fits()
        end()

    before = {number: signal.signal(number, ended) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
