"""The site on this computer while its knowledge is edited: made anew with every saved file, with what `check` says."""

import asyncio
import contextlib
import mimetypes
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.core.knowledge.folder import read_folder, signature
from bot.core.knowledge.lints import lint
from bot.core.knowledge.loader import Loaded, load_folder
from bot.errors import BotError, ConfigError, Fault
from bot.sentences import say
from bot.site.building import Draw, Site, Trouble, Workbench, build

if TYPE_CHECKING:
    from bot.core.model import Knowledge

HOST = "127.0.0.1"
LOOK_SECONDS = 0.4
"""Between two looks at the files; a folder is read when two looks in a row find it the same."""
KEEP_ALIVE_SECONDS = 15.0
_NAMES = frozenset({HOST, "localhost"})
_SECURE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"}


class Bench:
    """The site of a knowledge folder as it is now; while the files are faulty, the last good text with their faults."""

    def __init__(self, root: Path, safety_line: str, draw: Draw) -> None:
        """Read `root` at the first `refresh`. `safety_line` and `draw` are as `build` takes them."""
        self._root = root
        self._line = safety_line
        self._draw = draw
        self._good: tuple[Knowledge, Workbench] | None = None
        self.faults: tuple[Trouble, ...] = ()
        self.site: Site = {}

    def refresh(self) -> None:
        """Read the files and make the site. Blocks for about a second.

        Raises ConfigError where there is no knowledge folder, or where its first state is faulty: there is no good text.
        """
        loaded = load_folder(read_folder(self._root))
        self.faults = tuple(map(_trouble, loaded.faults))
        if loaded.knowledge is not None:
            self._good = loaded.knowledge, Workbench(warnings=_by_claim(loaded))
        if self._good is None:
            raise ConfigError(*map(str, loaded.faults), say("terminal.serving.mend_first"))
        knowledge, workbench = self._good
        self.site = build(knowledge, self._line, self._draw, Workbench(self.faults, workbench.warnings))


def _trouble(fault: Fault) -> Trouble:
    return Trouble(f"{fault.file}:{fault.line}:{fault.column}", fault.message)


def _by_claim(loaded: Loaded) -> dict[str, list[Trouble]]:
    """Return the warnings by the claim in whose entry they stand; "" for those that stand elsewhere."""
    found: defaultdict[str, list[Trouble]] = defaultdict(list)
    for warning in lint(loaded):
        found[loaded.claim_at(warning.file, warning.line) or ""].append(_trouble(warning))
    return dict(found)


def serve(root: Path, safety_line: str, draw: Draw, port: int, tell: Callable[[str], None]) -> None:
    """Show the site at `port` of this computer (0: a free one) until Ctrl-C; `tell` gets lines for the terminal.

    Raises ConfigError where the folder holds nothing to show or the port is in use.
    """
    bench = Bench(root, safety_line, draw)
    seen = signature(root)
    bench.refresh()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(bench, root, seen, port, tell))


async def _serve(
    bench: Bench, root: Path, seen: tuple[tuple[str, int, int], ...], port: int, tell: Callable[[str], None]
) -> None:
    page = Served(bench)
    runner = web.AppRunner(page.application())
    await runner.setup()
    try:
        site = web.TCPSite(runner, HOST, port)
        try:
            await site.start()
        except OSError as error:
            raise ConfigError(say("terminal.serving.port_taken", port=port)) from error
        tell(say("terminal.serving.address", root=root, host=HOST, port=runner.addresses[0][1]))
        tell(say("terminal.serving.how_to"))
        await _follow(bench, page, root, seen, tell)
    finally:
        await page.close()
        await runner.cleanup()


async def _follow(
    bench: Bench, page: "Served", root: Path, seen: tuple[tuple[str, int, int], ...], tell: Callable[[str], None]
) -> None:
    """Make the site anew whenever the files changed and have been still for one look."""
    last = seen
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        now = await asyncio.to_thread(signature, root)
        still, last = now == last, now
        if now == seen or not still:
            continue
        seen = now
        try:
            await asyncio.to_thread(bench.refresh)
        except BotError as error:
            tell(str(error))
            continue
        count = len(bench.faults)
        tell(
            "Shown anew."
            if not count
            else say("terminal.serving.fault_last_good_text_stays", count=count, s="" if count == 1 else "s")
        )
        page.changed()


class Served:
    """What browsers of this computer get of a bench, and how they hear that it changed."""

    def __init__(self, bench: Bench) -> None:
        """Serve what `bench` holds at the moment of each request."""
        self._bench = bench
        self._listening: set[asyncio.Queue[bool]] = set()
        # One for each open page: True when the site changed, False when it ends.

    def application(self) -> web.Application:
        """Return the aiohttp application."""
        application = web.Application(middlewares=[_only_this_computer])
        application.router.add_get("/events", self._events)
        application.router.add_get("/{path:.*}", self._file)
        return application

    def changed(self) -> None:
        """Let every open page load itself anew."""
        for queue in self._listening:
            queue.put_nowait(True)

    async def close(self) -> None:
        """End the open streams, so that the server can stop at once."""
        for queue in self._listening:
            queue.put_nowait(False)

    async def _file(self, request: web.Request) -> web.Response:
        path = request.match_info["path"] or "index.html"
        content = self._bench.site.get(path)
        if content is None:
            raise web.HTTPNotFound(text=say("terminal.serving.no_such_page"))
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        charset = None if kind.startswith("image/") else "utf-8"
        return web.Response(body=content, content_type=kind, charset=charset, headers=_SECURE)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={**_SECURE, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        with contextlib.suppress(ConnectionError):
            async for event in self._changes():
                await response.write(event)
        return response

    async def _changes(self) -> AsyncIterator[bytes]:
        queue: asyncio.Queue[bool] = asyncio.Queue()
        self._listening.add(queue)
        try:
            yield b": listening\n\n"
            while True:
                try:
                    async with asyncio.timeout(KEEP_ALIVE_SECONDS):
                        if not await queue.get():
                            return
                except TimeoutError:
                    yield b": still here\n\n"
                else:
                    yield b"event: changed\ndata: now\n\n"
        finally:
            self._listening.discard(queue)


@web.middleware
async def _only_this_computer(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Refuse other pages' requests: a name that was pointed at this computer, or a page from elsewhere that reads along."""
    name = request.host.rpartition(":")[0] or request.host
    origin = request.headers.get("Origin", "")
    if name not in _NAMES or (origin and origin.partition("://")[2].rpartition(":")[0] not in _NAMES):
        raise web.HTTPForbidden(text=say("terminal.serving.not_from_elsewhere"))
    return await handler(request)
