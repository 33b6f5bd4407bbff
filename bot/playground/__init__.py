"""The playground: the real bot in a local browser, on a simulated Discord, with no token and no network."""

import asyncio
import errno
import gc
import logging
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

import click

from bot import apart
from bot.errors import BotError, ConfigError
from bot.sentences import say

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from bot.bootstrap import Live
    from bot.client import LegPressBot
    from bot.pictures import PictureCache
    from bot.playground.community import Community
    from bot.playground.door import Door
    from bot.playground.nearby import Code
    from bot.playground.page import Page
    from bot.playground.scene import Scene
    from bot.store.cache import FileCache

INSTALL = 'pip install "legpress-bot[playground]"'
FIRST_FREE_PORT, HIGHEST_PORT = 1024, 65535
REFRESH_SECONDS = 2.0
VISIT_SECONDS, PAINT_SECONDS = 5.0, 1.0
"""How long the first visitor is waited for, and how long their browser has the processor to itself."""

_NEEDED = ("simcord", "aiohttp", "linkify_it", "markdown_it", "PIL", "regex")
"""Modules of the extra [playground]: SimCord and what its page needs, but for PyAV, which it imports only for videos."""

log = logging.getLogger(__name__)


def run(
    *,
    knowledge_dir: Path | None,
    port: int,
    lan: bool = False,
    region: str = "",
    cache: "FileCache | None" = None,
    pictures_dir: Path | None = None,
) -> int:
    """Serve the playground until Ctrl-C and return the exit code 0.

    Its page is at `port` of this computer, 0 takes a free one; with `lan` phones in its network reach it too, with a
    code. `region` tells whose emergency numbers to name; `cache` keeps start-up work, and `pictures_dir` what is drawn
    (None: nothing does).

    Raises ConfigError where the extra is not installed, the port or the folder for temporary files cannot be used,
    there is no network for `lan`, the knowledge folder is missing or the region unknown, and KnowledgeError with every
    fault for invalid knowledge.
    """
    missing = [module for module in _NEEDED if find_spec(module) is None]
    if missing:
        raise ConfigError(say("terminal.playground.not_installed", missing=", ".join(missing), install=INSTALL))
    _probe(port)
    from bot.playground.nearby import own_address

    address = own_address() if lan else ""
    click.echo(say("terminal.playground.starting"))
    from bot.bootstrap import Live, shipped_pictures
    from bot.pictures import PictureCache

    # Pressed before anything is served, Ctrl-C is met here; from then on `serve` takes it.
    with suppress(KeyboardInterrupt), _without_looking_for_garbage(), _temporary_folder() as folder:
        live = Live(knowledge_dir, region=region, cache=cache, wait=False)
        serve(live, folder, PictureCache(pictures_dir, shipped=shipped_pictures()), port, address)
    click.echo(say("terminal.playground.ended"))
    return 0


def serve(live: "Live", folder: Path, pictures: "PictureCache", port: int, address: str = "") -> None:
    """Serve a channel and the direct messages, with a bot each, behind one door, and say where; return when it has ended.

    The bots answer from `live`, keep what they keep below `folder`, and take their `pictures` there. The door is at
    `port` (0: a free one), with `address` also there. Raises ConfigError where the port cannot be used.
    """
    from bot.playground.community import read_community
    from bot.playground.door import Door
    from bot.playground.nearby import Code

    community = read_community()
    ends: SimpleQueue[None] = SimpleQueue()  # the one kind of queue that a signal's handler may use
    pages = _pages(live, folder, pictures, community, on_end=lambda: ends.put(None))
    code = Code() if address else None
    door = Door(*pages, community, port, address=address, code=code)
    with _ctrl_c(lambda: ends.put(None)), ExitStack() as closing:
        for page in pages:
            closing.callback(page.close)
        pages[0].start()
        pages[0].opened()
        closing.callback(door.close)
        with _told(port):
            here = door.open()
        stays = (
            say("terminal.playground.nothing_leaves_your_network")
            if address
            else say("terminal.playground.nothing_leaves_this_computer")
        )
        click.echo(say("terminal.playground.runs", stays=stays))
        click.echo(f"  {here}")
        if code is not None:
            _tell_of_network(door, code)
        click.echo(say("terminal.playground.how_to"))
        threading.Thread(target=lambda: _when_open(door, pages, pictures), daemon=True).start()
        _wait(ends, live, pages)
    click.echo()


def _pages(
    live: "Live", folder: Path, pictures: "PictureCache", community: "Community", on_end: Callable[[], None]
) -> "tuple[Page, Page]":
    """Return the channel with its community and past, and an outsider's direct messages."""
    from bot.playground.bots import playground_bot
    from bot.playground.page import Page, set_clock
    from bot.playground.past import Clock, Past
    from bot.playground.scene import direct_messages, server_channel

    clock = Clock()

    def past(page: Page, scene: "Scene", bot: "LegPressBot") -> Past:
        return Past(page.env, scene, bot.desk.workshop, clock, community)

    async def today(page: Page, scene: "Scene", bot: "LegPressBot") -> None:
        if not live.service().reading:
            await past(page, scene, bot).today(lambda to: set_clock(page.env, to))

    async def weeks(page: Page, scene: "Scene", bot: "LegPressBot") -> None:
        while live.service().reading:  # noqa: ASYNC110 -- what reads is another thread, with no event
            await asyncio.sleep(REFRESH_SECONDS)
        there = past(page, scene, bot)
        await there.weeks()
        async with page.turn:
            if not scene.said:
                await there.today(lambda _: None)
                # Only then: what is pressed on a page that was just published anew is refused.
                await page.preview.refresh()
            await there.clash()

    async def nothing(*_: object) -> None:
        """Let nothing happen."""

    def bot() -> "AbstractAsyncContextManager[LegPressBot]":
        return playground_bot(live, folder, pictures, clock)

    return (
        Page(bot, lambda env: server_channel(env, community), on_end, before=today, after=weeks),
        Page(bot, lambda env: direct_messages(env, community), on_end, before=nothing, after=nothing),
    )


def _tell_of_network(door: "Door", code: "Code") -> None:
    """Say how a phone gets in, and who else could."""
    from bot.playground.nearby import picture_of

    plain, whole = door.nearby
    click.echo(say("terminal.playground.on_a_phone", plain=plain, code=code))
    click.echo(picture_of(whole))
    click.echo(say("terminal.playground.whoever_has_the_code"))


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
            say("terminal.playground.no_folder_for_temporary_files_can", reason=error.strerror or type(error).__name__)
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


def _when_open(door: "Door", pages: "Sequence[Page]", pictures: "PictureCache") -> None:
    """Do what can wait until the first visitor sees a card, or until nobody has come for a while."""
    if door.visited.wait(VISIT_SECONDS):
        time.sleep(PAINT_SECONDS)
    pages[0].go_on()
    pages[1].start()
    gc.freeze()
    gc.enable()
    with suppress(Exception):  # a page that does not open ends the playground by itself
        pages[1].opened()
        pages[1].go_on()
    _draw_ahead(pictures)


def _wait(ends: "SimpleQueue[None]", live: "Live", pages: "Sequence[Page]") -> None:
    """Wait for the end, and meanwhile use knowledge that changed."""
    while True:
        with suppress(Empty):
            ends.get(timeout=REFRESH_SECONDS)
            return
        reading = live.service().reading
        try:
            changed = live.refresh()
        except apart.FitEndedError:
            continue
        if changed:
            for page in pages:
                page.knowledge_changed()
            click.echo(say("terminal.playground.read") if reading else say("terminal.playground.changed"))


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
    """Return a free port near `port`; 0, which takes any, where there is none."""
    first = port + 10 if port >= FIRST_FREE_PORT else 8800
    for candidate in range(first, min(first + 200, HIGHEST_PORT), 10):
        with suppress(OSError):
            _bind(candidate)
            return candidate
    return 0


@contextmanager
def _told(port: int) -> Iterator[None]:
    """Turn the refusal of a port into a sentence that names another."""
    try:
        yield
    except OSError as error:
        if error.errno not in {errno.EADDRINUSE, errno.EACCES}:
            raise
        why = (
            say("terminal.playground.is_taken_by_another_program")
            if error.errno == errno.EADDRINUSE
            else say("terminal.playground.may_not_be_used_here")
        )
        other = _free_near(port)
        raise ConfigError(say("terminal.playground.port_taken", port=port, why=why, other=other)) from None


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
