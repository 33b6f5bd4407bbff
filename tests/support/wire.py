"""A stand-in for Discord on the loopback: real HTTP and a real WebSocket, driven like a member, disturbed by rule.

`Wire` is the server: what it was told, what it does about interactions and messages, and the faults it was asked for.
Its clock may differ from the machine's (`skew`), as a host's does. What members do stands in `wire_members`.
"""

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import formatdate
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
import discord
import pytest
from aiohttp import web
from discord.gateway import DiscordWebSocket
from yarl import URL

if TYPE_CHECKING:
    from tests.support.payloads import PayloadChecker

APPLICATION = 4242
USER = {"id": str(APPLICATION), "username": "legpress", "discriminator": "0", "avatar": None, "bot": True,
        "global_name": None}  # fmt: skip
EPOCH_MS = 1420070400000
ANSWERABLE_SECONDS = 3.0
"""As long as Discord takes the first response to an interaction."""
PATIENCE_SECONDS = 60.0
"""How long a test waits for what has to come. What Discord itself holds to three seconds, the stand-in refuses later."""


W = TypeVar("W", bound="Wire")


@dataclass
class Rule:
    """A fault of HTTP requests: those whose method and path (below /api/v10) fit, so many times (None: always)."""

    method: str
    path: str
    status: int = 0
    code: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    wait: float = 0.0
    """Seconds before anything is done."""
    wait_after: float = 0.0
    """Seconds between acting and answering."""
    acts: bool = False
    """Whether the request does what it asks for, although its answer is the fault."""
    reset: bool = False
    """Cut the connection instead of answering."""
    when: Callable[[Any], bool] | None = None
    """Only for requests with such a body."""
    times: int | None = 1

    def fits(self, method: str, path: str, body: Any) -> bool:
        """Say whether the request gets this fault."""
        if self.times == 0 or self.method != method or not fnmatchcase(path, self.path):
            return False
        return self.when is None or self.when(body)


@dataclass
class Told:
    """A request as it came in: its JSON body, and how many files came with it."""

    method: str
    path: str
    body: Any
    files: int
    at: float
    status: int = 0


@dataclass
class Asked:
    """An interaction that was sent to the bot, and what came of it."""

    id: int
    token: str
    created: float
    response: dict[str, Any] | None = None
    followups: list[dict[str, Any]] = field(default_factory=list)
    at: float = 0.0

    @property
    def answered(self) -> bool:
        """Whether Discord took a response."""
        return self.response is not None


@dataclass
class Session:
    """A gateway session: one shard of the bot's."""

    socket: web.WebSocketResponse
    shard: tuple[int, int] = (0, 1)
    id: str = "s"
    sequence: int = 0
    identified: asyncio.Event = field(default_factory=asyncio.Event)
    at: float = 0.0
    """When it identified."""
    ended: float = 0.0
    """When its socket was gone."""


class Wire:
    """The stand-in. Its attributes say what it does; `fault` adds a rule for requests."""

    def __init__(self, *, shards: int = 1, guilds: list[dict[str, Any]] | None = None, skew: float = 0.0) -> None:
        """Recommend so many `shards`; `guilds` are told to each new session; `skew` is how far its clock is ahead."""
        self.shards = shards
        self.max_concurrency = 1
        self.sessions_left = 999
        self.sessions_back_ms = 1000
        self.spacing = 0.0
        """Seconds between IDENTIFYs of one bucket; one that comes earlier is out of turn, and its session is ended."""
        self.out_of_turn = 0
        self.guilds = guilds or []
        self.skew = skew
        self.tells_time = True
        self.answerable_seconds = ANSWERABLE_SECONDS
        self.address = ""
        self.rules: list[Rule] = []
        self.told: list[Told] = []
        self.identifies: list[dict[str, Any]] = []
        self.asked: dict[int, Asked] = {}
        self.messages: list[dict[str, Any]] = []
        self.sessions: list[Session] = []
        self.refused_sockets = 0
        self.silent_sockets = False
        self.closes_identify: int | None = None
        self.resumable = True
        self.acknowledges = True
        self.heartbeat_ms = 30_000
        self.resumes = 0
        self.checker: PayloadChecker | None = None
        self.wrong: list[str] = []
        self.changed = asyncio.Condition()
        self._last_id = 0

    # Time and ids

    def now(self) -> float:
        """Return the time at this Discord, in seconds since 1970."""
        return time.time() + self.skew

    def snowflake(self, age: float = 0.0) -> int:
        """Return a new id, made `age` seconds ago."""
        made = (int((self.now() - age) * 1000) - EPOCH_MS) << 22
        self._last_id = self._last_id + 1 if age else max(made, self._last_id + 1)
        return made + (self._last_id & 0x3FFFFF) if age else self._last_id

    # Faults

    def fault(self, method: str, path: str, **more: Any) -> Rule:
        """Add a rule; the first that fits a request counts."""
        rule = Rule(method, path, **more)
        self.rules.append(rule)
        return rule

    # What was told, and waiting for it

    def bodies(self, method: str, ending: str) -> list[Any]:
        """Return the bodies of the requests to paths with that ending."""
        return [each.body for each in self.told if each.method == method and each.path.endswith(ending)]

    async def until(self, holds: Callable[[], Any], seconds: float = PATIENCE_SECONDS) -> Any:
        """Wait until something holds, and return it. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self.changed:
            await self.changed.wait_for(lambda: bool(holds()))
        return holds()

    async def until_told(self, method: str, ending: str, count: int = 1) -> list[Any]:
        """Wait until so many such requests came in, and return their bodies."""
        await self.until(lambda: len(self.bodies(method, ending)) >= count)
        return self.bodies(method, ending)

    async def until_ready(self, shards: int = 1, seconds: float = 150.0) -> None:
        """Wait until so many shards have identified."""
        await self.until(lambda: len([each for each in self.sessions if each.identified.is_set()]) >= shards, seconds)

    async def _note(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    # The gateway

    @property
    def gateway(self) -> URL:
        """The WebSocket's address."""
        return URL(self.address).with_scheme("ws") / ""

    def live(self, shard: int = 0) -> Session:
        """Return a shard's open session."""
        return next(each for each in reversed(self.sessions) if each.shard[0] == shard and not each.socket.closed)

    async def dispatch(self, event: Any, data: Any, *, shard: int = 0) -> None:
        """Send an event."""
        session = self.live(shard)
        session.sequence += 1
        await session.socket.send_str(json.dumps({"op": 0, "s": session.sequence, "t": event, "d": data}))

    async def dispatch_to_all(self, event: Any, data: Any, *, shard: int) -> list[Session]:
        """Send an event to each session of a shard, as Discord does, and return them."""
        sessions = [
            each
            for each in self.sessions
            if each.shard[0] == shard and each.identified.is_set() and not each.ended and not each.socket.closed
        ]
        for session in sessions:
            session.sequence += 1
            with contextlib.suppress(ConnectionError):
                await session.socket.send_str(json.dumps({"op": 0, "s": session.sequence, "t": event, "d": data}))
        return sessions

    async def dispatch_at_once(self, events: Iterable[tuple[str, str]], *, shard: int = 0) -> None:
        """Hand events, with their data as JSON, to the socket without a pause between them."""
        session = self.live(shard)
        frames = []
        for event, data in events:
            session.sequence += 1
            frames.append(f'{{"op":0,"s":{session.sequence},"t":"{event}","d":{data}}}')
        await asyncio.gather(*map(session.socket.send_str, frames))

    async def frame(self, content: Any, *, shard: int = 0) -> None:
        """Send a frame as it is: text, bytes, or what becomes JSON."""
        socket = self.live(shard).socket
        if isinstance(content, bytes):
            await socket.send_bytes(content)
        else:
            await socket.send_str(content if isinstance(content, str) else json.dumps(content))

    async def drop(self, *, shard: int = 0, code: int | None = None) -> None:
        """End a shard's socket: with a close code, or by cutting the connection."""
        socket = self.live(shard).socket
        if code is not None:
            await socket.close(code=code)
        elif (request := socket._req) is not None and request.transport is not None:
            request.transport.abort()

    async def socket(self, request: web.Request) -> web.StreamResponse:
        """Speak the gateway's side of a session."""
        if self.refused_sockets:
            self.refused_sockets -= 1
            return self._json({}, 503)
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        session = Session(socket)
        if self.silent_sockets:
            self.sessions.append(session)
            await self._note()
            async for _ in socket:
                pass
            return socket
        await socket.send_str(json.dumps({"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}}))
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                await self._received(session, json.loads(message.data))
        session.ended = time.monotonic()
        await self._note()
        return socket

    async def _received(self, session: Session, frame: dict[str, Any]) -> None:
        if frame["op"] == 1 and self.acknowledges:
            await session.socket.send_str(json.dumps({"op": 11}))
        elif frame["op"] == 2:
            self.identifies.append(frame["d"])
            shard = frame["d"].get("shard", [0, 1])
            session.shard = (shard[0], shard[1])
            session.id = f"session-{len(self.identifies)}"
            if self._is_out_of_turn(session):
                self.out_of_turn += 1
                await session.socket.send_str(json.dumps({"op": 9, "d": False}))
                return
            self.sessions.append(session)
            if self.closes_identify is not None:
                await session.socket.close(code=self.closes_identify)
            else:
                await self._welcome(session)
            await self._note()
        elif frame["op"] == 6:
            if not self.resumable:
                await session.socket.send_str(json.dumps({"op": 9, "d": False}))
                return
            old = next(each for each in reversed(self.sessions) if each.id == frame["d"]["session_id"])
            session.shard, session.id, session.sequence = old.shard, old.id, old.sequence
            session.identified.set()
            self.sessions.append(session)
            self.resumes += 1
            await self.dispatch("RESUMED", {}, shard=session.shard[0])
            await self._note()

    def _is_out_of_turn(self, session: Session) -> bool:
        session.at = time.monotonic()
        bucket = session.shard[0] % self.max_concurrency
        before = [each.at for each in self.sessions if each.shard[0] % self.max_concurrency == bucket]
        return bool(before) and session.at - max(before) < self.spacing

    async def _welcome(self, session: Session) -> None:
        shard, count = session.shard
        mine = [each for each in self.guilds if (int(each["id"]) >> 22) % count == shard]
        ready = {"v": 10, "user": USER, "guilds": [{"id": each["id"], "unavailable": True} for each in mine],
                 "session_id": session.id, "resume_gateway_url": str(self.gateway), "shard": [shard, count],
                 "application": {"id": str(APPLICATION), "flags": 0}}  # fmt: skip
        await self.dispatch("READY", ready, shard=shard)
        for guild in (each for each in mine if "name" in each):  # the others stay unavailable
            await self.dispatch("GUILD_CREATE", guild, shard=shard)
        session.identified.set()

    # HTTP

    async def http(self, request: web.Request) -> web.StreamResponse:
        """Answer a request, with the first fault that fits."""
        path = request.path.removeprefix("/api/v10")
        body, files = await _read(request)
        told = Told(request.method, path, body, files, time.monotonic())
        self.told.append(told)
        if self.checker is not None and request.method != "GET":
            self.wrong += self.checker.faults(request.method, path, body)
        rule = next((each for each in self.rules if each.fits(request.method, path, body)), None)
        if rule is not None and rule.times is not None:
            rule.times -= 1
        await self._note()
        if rule is not None and rule.wait:
            await asyncio.sleep(rule.wait)
        good = rule is None or rule.acts or not (rule.status or rule.reset)
        data, status = self._act(request.method, path, body) if good else (None, 0)
        if rule is not None and rule.wait_after:
            await asyncio.sleep(rule.wait_after)
        if rule is not None and rule.reset:
            told.status = -1
            assert request.transport is not None
            request.transport.abort()
            raise asyncio.CancelledError
        headers: dict[str, str] = {}
        if rule is not None and rule.status:
            status, headers = rule.status, rule.headers
            data = {"message": "no", "code": rule.code} if rule.body is None else rule.body
        if status == 200 and path.endswith("/callback") and "with_response" not in request.query:
            data, status = None, 204
        told.status = status
        await self._note()
        return self._json(data, status, headers)

    def _act(self, method: str, path: str, body: Any) -> tuple[Any, int]:
        parts = path.strip("/").split("/")
        match (method, *parts):
            case ("POST", "interactions", id_, _, "callback"):
                return self._callback(int(id_), body)
            case ("POST", "webhooks", _, token):
                found = next((each for each in self.asked.values() if each.token == token), None)
                if found is None or not found.answered:
                    return {"message": "Unknown Webhook", "code": 10015}, 404
                found.followups.append(body)
                return self._message(body, "88"), 200
            case ("PATCH", "webhooks", _, token, "messages", _):
                found = next((each for each in self.asked.values() if each.token == token), None)
                if found is None or not found.answered:
                    return {"message": "Unknown Webhook", "code": 10015}, 404
                found.followups.append(body)
                return self._message(body, "88"), 200
            case ("POST", "channels", channel, "messages"):
                return self._posted(channel, body), 200
            case ("GET", "gateway", "bot"):
                limits = {
                    "total": 1000,
                    "remaining": self.sessions_left,
                    "reset_after": self.sessions_back_ms,
                    "max_concurrency": self.max_concurrency,
                }
                return {"url": str(self.gateway), "shards": self.shards, "session_start_limit": limits}, 200
            case ("GET", "oauth2", "applications", "@me") | ("GET", "applications", "@me"):
                owner = {**USER, "id": "1", "bot": False}
                return {"id": str(APPLICATION), "name": "legpress", "description": "", "owner": owner, "bot_public": True,
                        "bot_require_code_grant": False, "icon": None, "verify_key": "", "summary": "", "flags": 0}, 200  # fmt: skip
            case ("PUT", "applications", _, "commands"):
                return [], 200
            case ("GET", "users", "@me", "guilds"):
                return [{"id": each["id"], "name": each.get("name", "?"), "icon": None, "owner": False, "permissions": "0",
                         "features": []} for each in self.guilds], 200  # fmt: skip
        return USER, 200

    def _callback(self, id_: int, body: Any) -> tuple[Any, int]:
        asked = self.asked.get(id_)
        if asked is None or self.now() - asked.created > self.answerable_seconds:
            return {"message": "Unknown interaction", "code": 10062}, 404
        if asked.answered:
            return {"message": "Interaction has already been acknowledged.", "code": 40060}, 400
        asked.response = body
        asked.at = time.monotonic()
        return {"interaction": {"id": str(id_), "type": 2}, "resource": None}, 200

    def _posted(self, channel: str, body: Any) -> dict[str, Any]:
        nonce = body.get("nonce") if body.get("enforce_nonce") else None
        for each in self.messages:
            if nonce is not None and each.get("nonce") == nonce and each["channel_id"] == channel:
                return each
        made = {**self._message(body, channel), "nonce": nonce, "said": body}
        self.messages.append(made)
        return made

    def _message(self, body: dict[str, Any], channel: str) -> dict[str, Any]:
        return {"id": str(self.snowflake()), "channel_id": channel, "author": USER, "content": body.get("content") or "",
                "timestamp": "2026-11-28T12:00:00+00:00", "edited_timestamp": None, "tts": False, "mention_everyone": False,
                "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": False, "type": 0,
                "flags": body.get("flags") or 0, "components": body.get("components") or []}  # fmt: skip

    def _json(self, data: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
        told = {"Content-Type": "application/json", **(headers or {})}
        if self.tells_time:
            told["Date"] = formatdate(self.now(), usegmt=True)
        if status == 204:
            return web.Response(
                status=status, headers={name: each for name, each in told.items() if name != "Content-Type"}
            )
        return web.Response(body=json.dumps(data).encode(), status=status or 200, headers=told)


async def _read(request: web.Request) -> tuple[Any, int]:
    """Return a request's JSON body, and how many files came with it."""
    if not request.can_read_body:
        return None, 0
    if not request.content_type.startswith("multipart/"):
        return json.loads(await request.read()), 0
    body: Any = None
    files = 0
    async for part in await request.multipart():
        assert isinstance(part, aiohttp.BodyPartReader)
        content = await part.read()
        if part.name == "payload_json":
            body = json.loads(content)
        else:
            files += 1
    return body, files


@asynccontextmanager
async def serving(wire: W) -> AsyncIterator[W]:
    """Serve `wire` on a free loopback port."""
    application = web.Application(client_max_size=1 << 26)
    application.router.add_get("/", wire.socket)
    application.router.add_route("*", "/api/{rest:.*}", wire.http)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    wire.address = f"http://{host}:{port}"
    try:
        yield wire
    finally:
        await runner.cleanup()


@asynccontextmanager
async def running(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Wire]:
    """Serve `wire`, and let the discord.py of this process find it."""
    async with serving(wire):
        monkeypatch.setattr(discord.http.Route, "BASE", f"{wire.address}/api/v10")
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", wire.gateway)
        yield wire
