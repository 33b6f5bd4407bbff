"""A stand-in for Discord on the loopback: enough of its HTTP and gateway for the real client to start and answer."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
import pytest
from aiohttp import web
from discord.gateway import DiscordWebSocket
from yarl import URL

USER = {"id": "4242", "username": "legpress", "discriminator": "0", "avatar": None, "bot": True, "global_name": None}


@dataclass
class Wire:
    """What it answers, and what it was told. `login` is the status of every request where it is not 200; so many sockets are refused."""

    login: int = 200
    refuses_commands: bool = False
    refused_sockets: int = 0
    guilds: list[dict[str, Any]] = field(default_factory=list)
    address: str = ""
    told: list[tuple[str, str, Any]] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    sockets: list[web.WebSocketResponse] = field(default_factory=list)

    @property
    def gateway(self) -> URL:
        return URL(self.address).with_scheme("ws") / ""

    def bodies(self, method: str, ending: str) -> list[Any]:
        return [body for verb, path, body in self.told if verb == method and path.endswith(ending)]

    async def until_told(self, method: str, ending: str, count: int = 1) -> list[Any]:
        async with asyncio.timeout(10):
            while len(self.bodies(method, ending)) < count:
                await self.news.wait()
                self.news.clear()
        return self.bodies(method, ending)

    async def dispatch(self, event: str, data: dict[str, Any]) -> None:
        await self.sockets[-1].send_str(json.dumps({"op": 0, "s": 2, "t": event, "d": data}))

    async def http(self, request: web.Request) -> web.StreamResponse:
        path = request.path
        body = await request.json() if request.can_read_body else None
        self.told.append((request.method, path, body))
        self.news.set()
        if self.login != 200:
            return _json({"message": "no", "code": 0}, self.login)
        if path.endswith("/gateway/bot"):
            limits = {"total": 1000, "remaining": 999, "reset_after": 1000, "max_concurrency": 1}
            return _json({"url": str(self.gateway), "shards": 1, "session_start_limit": limits})
        if path.endswith("/oauth2/applications/@me"):
            owner = {**USER, "id": "1", "bot": False}
            return _json({"id": "4242", "name": "legpress", "description": "", "owner": owner, "bot_public": True,
                          "bot_require_code_grant": False, "icon": None, "verify_key": "", "summary": "", "flags": 0})  # fmt: skip
        if path.endswith("/commands"):
            return _json({"message": "no", "code": 0}, 400) if self.refuses_commands else _json([])
        if path.endswith("/callback"):
            return _json({"interaction": {"id": "5", "type": 2}, "resource": None})
        return _json(USER)

    async def socket(self, request: web.Request) -> web.StreamResponse:
        if self.refused_sockets:
            self.refused_sockets -= 1
            return _json({}, 503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": 30_000}}))
        async for message in socket:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            received = json.loads(message.data)
            if received["op"] == 1:
                await socket.send_str(json.dumps({"op": 11}))
            elif received["op"] == 2:
                self.told.append(("IDENTIFY", "", received["d"]))
                ready = {"v": 10, "user": USER, "guilds": self.guilds, "session_id": "s", "resume_gateway_url": self.address,
                         "application": {"id": "4242", "flags": 0}, "shard": [0, 1]}  # fmt: skip
                await socket.send_str(json.dumps({"op": 0, "s": 1, "t": "READY", "d": ready}))
                self.ready.set()
        return socket


def _json(data: Any, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(data).encode(), status=status, headers={"Content-Type": "application/json"})


@asynccontextmanager
async def running(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wire]:
    """Serve `wire` on a free loopback port, and let discord.py find it there."""
    application = web.Application()
    application.router.add_get("/", wire.socket)
    application.router.add_route("*", "/api/{rest:.*}", wire.http)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    wire.address = f"http://{host}:{port}"
    monkeypatch.setattr(discord.http.Route, "BASE", f"{wire.address}/api/v10")
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", wire.gateway)
    try:
        yield wire
    finally:
        await runner.cleanup()
