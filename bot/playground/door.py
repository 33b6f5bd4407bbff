"""The playground's one door: our page around SimCord's, for whoever has its key, from where it may be opened."""

import asyncio
import hmac
import json
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Future
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from bot.errors import UserError
from bot.playground.community import OUTSIDER, Community
from bot.playground.nearby import Code
from bot.playground.page import CLOSE_SECONDS, Page
from bot.playground.scene import TYPED
from bot.playground.tries import do_menu, do_try, seats
from bot.sentences import say

LOOPBACK = "127.0.0.1"
KEY, CONTEXT = "X-Simcord-Capability", "X-Simcord-Context"
"""The headers in which SimCord's page names its key, and which of its open pages it is."""
STATIC = Path(__file__).with_name("static")
OWN_FILES = {
    "/playground.svg": "image/svg+xml",
    "/playground.css": "text/css",
    "/playground.js": "application/javascript",
}
MOST_SENT = 16 * 1024 * 1024
"""What a browser may send at once: a form with a file."""
CODE_SECONDS = 0.5
"""How long each try of a code takes."""
_HANDED_ON = (KEY, CONTEXT, "Content-Type", "Accept")
_LEFT_OUT = frozenset({"content-length", "content-encoding", "transfer-encoding", "connection", "date", "server"})
_SECURE = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Door:
    """A server on a thread of its own. `server` is the channel's page, `direct` the direct messages'."""

    def __init__(
        self,
        server: Page,
        direct: Page,
        community: Community,
        port: int,
        *,
        address: str = "",
        code: Code | None = None,
    ) -> None:
        """Serve at `port` of this computer (0: a free one), and with `address` and `code` also there in the network."""
        self._pages = {"server": server, "direct": direct}
        self._community = community
        self._port = port
        self._address = address
        self._code = code
        self._hosts: frozenset[str] = frozenset()
        self._client: aiohttp.ClientSession | None = None
        self.visited = threading.Event()
        """Set when somebody's browser has our page."""
        self._opened: Future[int] = Future()
        self._ending = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._run()), daemon=True)

    def open(self) -> str:
        """Start serving and return the address on this computer, a secret. Raises OSError where the port cannot be used."""
        self._thread.start()
        self._port = self._opened.result()
        return f"http://{LOOPBACK}:{self._port}/#{self._key('server')}"

    @property
    def nearby(self) -> tuple[str, str]:
        """Return the address in the network, to be typed, and the one with the key in it."""
        plain = f"http://{self._address}:{self._port}/"
        return plain, f"{plain}#{self._key('server')}"

    def close(self) -> None:
        """Stop serving and wait for it; nothing happens where it was never opened."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ending.set)
        if self._thread.ident is not None:
            self._thread.join(CLOSE_SECONDS)

    def _key(self, which: str) -> str:
        return self._pages[which].opened().partition("#")[2]

    async def _run(self) -> None:
        self._loop = asyncio.get_running_loop()
        application = web.Application(middlewares=[self._guard], client_max_size=MOST_SENT)
        application.router.add_get("/", self._index)
        for path in OWN_FILES:
            application.router.add_get(path, self._own_file)
        application.router.add_get("/playground/state", self._state)
        application.router.add_get("/playground/direct", self._direct)
        application.router.add_post("/playground/try", self._try)
        application.router.add_post("/playground/menu", self._menu)
        application.router.add_post("/playground/code", self._enter)
        application.router.add_route("*", "/{path:.*}", self._hand_on)
        runner = web.AppRunner(application, access_log=None)
        self._client = aiohttp.ClientSession(auto_decompress=False)
        try:
            await runner.setup()
            port = self._port
            for host in filter(None, (LOOPBACK, self._address)):
                await web.TCPSite(runner, host, port, shutdown_timeout=1).start()
                port = port or int(runner.addresses[0][1])
            names = filter(None, (LOOPBACK, "localhost", self._address))
            self._hosts = frozenset(f"{name}:{port}" for name in names)
            self._opened.set_result(port)
            await self._ending.wait()
        except OSError as error:
            self._opened.set_exception(error)
        finally:
            await runner.cleanup()
            await self._client.close()

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuse what comes by another name than ours, or from another web page."""
        host = request.headers.get("Host", "")
        origin = request.headers.get("Origin")
        if host not in self._hosts or origin not in {None, f"http://{host}"}:
            return web.Response(status=403, text="Not from here.", headers=_SECURE)
        try:
            return await handler(request)
        except UserError as fault:
            return _told({"error": str(fault)}, 409)
        except aiohttp.ClientError:
            return _told({"error": say("terminal.playground.ended")}, 502)

    def _which(self, request: web.Request) -> str:
        """Return which page a request has the key of. Raises HTTPUnauthorized where it has none."""
        given = request.headers.get(KEY, "").encode()
        for which, page in self._pages.items():
            if page.is_open and hmac.compare_digest(given, self._key(which).encode()):
                return which
        raise web.HTTPUnauthorized

    async def _index(self, request: web.Request) -> web.Response:
        """Give SimCord's page with ours around it."""
        status, headers, body = await self._asked("server", request)
        page = body.decode().replace("<title>SimCord Preview</title>", f"<title>{TYPED[1:]}: playground</title>")
        page = page.replace("</head>", f"{(STATIC / 'head.html').read_text(encoding='utf-8')}</head>")
        page = page.replace("<body>", f"<body>{(STATIC / 'bar.html').read_text(encoding='utf-8')}")
        return web.Response(status=status, headers=headers, body=page.encode())

    async def _own_file(self, request: web.Request) -> web.Response:
        text = (STATIC / request.path[1:]).read_text(encoding="utf-8")
        return web.Response(text=text, content_type=OWN_FILES[request.path], headers=_SECURE)

    async def _state(self, request: web.Request) -> web.Response:
        which = self._which(request)
        self.visited.set()
        community = self._community
        return _told(
            {
                "here": which,
                "server": self._key("server"),
                "mention": TYPED,
                "seats": [{**asdict(seat), "id": str(seat.id)} for seat in seats(self._pages[which], community)],
                "people": [asdict(each) for each in community.people.values()],
                "outsider": OUTSIDER,
                "tries": [
                    {"id": each.id, "kind": each.kind, "title": each.title, "text": each.text, "first": each.conflict}
                    for each in community.tries
                ],
            }
        )

    async def _direct(self, request: web.Request) -> web.Response:
        """Give the key of the direct messages' page; it may be opening yet."""
        self._which(request)
        return _told({"key": await asyncio.to_thread(self._key, "direct")})

    async def _try(self, request: web.Request) -> web.Response:
        which, body, context = await self._pressed(request)
        card = next((each for each in self._community.tries if each.id == body.get("id")), None)
        if card is None or (card.kind == OUTSIDER) != (which == "direct"):
            raise web.HTTPBadRequest
        page = self._pages[which]
        shown = await asyncio.wrap_future(page.call(lambda: do_try(page, context, card, self._community)))
        return _told({"message": shown and str(shown)})

    async def _menu(self, request: web.Request) -> web.Response:
        which, body, context = await self._pressed(request)
        name, message = body.get("name"), body.get("message")
        if not isinstance(name, str) or not isinstance(message, str) or not message.isdecimal():
            raise web.HTTPBadRequest
        page = self._pages[which]
        await asyncio.wrap_future(page.call(lambda: do_menu(page, context, name, int(message))))
        return _told({})

    async def _pressed(self, request: web.Request) -> tuple[str, Mapping[str, Any], str]:
        which = self._which(request)
        return which, await _body_of(request), request.headers.get(CONTEXT, "")

    async def _enter(self, request: web.Request) -> web.Response:
        """Give the key for the code on the terminal, slowly."""
        if self._code is None:
            raise web.HTTPNotFound
        typed = (await _body_of(request)).get("code")
        await asyncio.sleep(CODE_SECONDS)
        if isinstance(typed, str) and self._code.opens(typed):
            return _told({"key": self._key("server")})
        if self._code.is_spent:
            return _told({"error": say("terminal.door.too_many_codes")}, 403)
        return _told({"error": say("terminal.door.wrong_code")}, 403)

    async def _hand_on(self, request: web.Request) -> web.Response:
        """Let SimCord's own server answer."""
        # Files are the same for both pages, and hold no secret.
        which = self._which(request) if request.path.startswith("/api/") else "server"
        if request.path == "/api/action":
            page = self._pages[which]
            await asyncio.wrap_future(page.call(page.turn.acquire))
            try:
                status, headers, body = await self._asked(which, request)
            finally:
                page.release()
        else:
            status, headers, body = await self._asked(which, request)
        if request.path.startswith("/fonts/"):
            headers = {**headers, "Cache-Control": "private, max-age=86400", "Pragma": ""}
        return web.Response(status=status, headers=headers, body=body)

    async def _asked(self, which: str, request: web.Request) -> tuple[int, Mapping[str, str], bytes]:
        assert self._client is not None
        upstream = self._pages[which].opened().partition("/#")[0]
        headers = {name: request.headers[name] for name in _HANDED_ON if name in request.headers}
        async with self._client.request(
            request.method, f"{upstream}{request.path_qs}", headers=headers, data=await request.read() or None
        ) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in _LEFT_OUT}
            return answer.status, kept, await answer.read()


async def _body_of(request: web.Request) -> Mapping[str, Any]:
    """Return the JSON object of a request. Raises HTTPBadRequest where it holds none."""
    try:
        body = await request.json()
    except (UnicodeDecodeError, ValueError):
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest
    return body


def _told(data: Mapping[str, Any], status: int = 200) -> web.Response:
    return web.Response(status=status, text=json.dumps(data), content_type="application/json", headers=_SECURE)
