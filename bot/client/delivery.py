"""Repeats what Discord did not take of an answer to an interaction, for as long as a repeat can help."""

import asyncio
import io
import json
import logging
import re
import secrets
import weakref
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from types import TracebackType
from typing import Any, NamedTuple

import aiohttp
import discord
from discord.http import Route, json_or_text
from discord.webhook.async_ import AsyncWebhookAdapter, async_context
from yarl import URL

from bot import measures
from bot.client.late import Late
from bot.ui.kit import deadline
from bot.ui.kit.faults import SlowFileError, is_taken, repeat_helps
from bot.ui.kit.kept import Written

log = logging.getLogger(__name__)

PAUSES = (0.0, 0.1, 0.3, 0.6, 1.0, 2.0, 4.0)
"""Seconds before each repeat; the first comes at once."""
FOLLOW_UP_SECONDS = 20.0
"""How long a follow-up or an edit is repeated; Discord takes those for fifteen minutes."""
ATTEMPT_SECONDS = 1.2
"""How long a first response without files waits for an answer; then another one is tried on another connection."""
FILES_SECONDS = 1.6
"""How long one with files does; then there is time for one without them."""
FILES_SHARE = 2 / 3
"""Of the time that is left, where that is shorter: a picture may have taken long to draw."""
FIRST_SECONDS = 2.8
WAY = "interaction"
"""How these are counted, beside messages in a channel."""
LAST_CALL = 0.2
"""Before Discord stops taking a first response, one last repeat is sent, even where it asked for longer patience."""
HALF_SECONDS = 1.0
"""Where more time than this is left then, one is sent after half of it, too."""


Responded = Callable[[aiohttp.ClientResponse], None]

_PLAIN_SESSIONS: "weakref.WeakKeyDictionary[aiohttp.ClientSession, aiohttp.ClientSession]" = weakref.WeakKeyDictionary()
_COMPACT = json.JSONEncoder(separators=(",", ":"))
_PLAIN = re.compile(r"[A-Za-z0-9_.\[\]-]+")
"""Names that need no escaping in a form."""


class Insistent(AsyncWebhookAdapter):
    """Another adapter of interactions' answers, whose requests are repeated.

    discord.py itself repeats a request after a second or more, when a first response is nearly too late, and a cut
    connection only where the system calls it 54 or 10054. A repeat is safe: Discord takes one first response, and says
    that it is "already acknowledged" where the first request had acted.
    """

    def __init__(self, inner: Any, responded: Responded) -> None:
        """Send with `inner`, or past it; `responded` hears of each response that did not go through a session's traces."""
        super().__init__()  # type: ignore[no-untyped-call]
        self._inner = inner
        self._responded = responded
        self.late = Late(self._insist)

    async def request(self, route: Route, session: aiohttp.ClientSession, **more: Any) -> Any:
        """Send one request as Discord takes it by now. Raises what came last."""
        return await self.late.request(route, session, **more)

    async def _insist(
        self, route: Route, session: aiohttp.ClientSession, *, files: Sequence[discord.File] | None = None, **more: Any
    ) -> Any:
        """Send one request until Discord took it, refused it for good, or the time is over. Raises what came last."""
        first_response = route.path.endswith("/callback")
        loop = asyncio.get_running_loop()
        until = loop.time() + (min(FIRST_SECONDS, deadline.sendable()) if first_response else FOLLOW_UP_SECONDS)
        send: Callable[..., Awaitable[Any]] = partial(self._inner.request, route, session, **more)
        if isinstance(session, aiohttp.ClientSession):
            body = joined(more.get("multipart") or ())
            if first_response:
                body = body or _as_json(more.get("payload"))
            if first_response and body is not None:
                send = partial(_post, route, plain_session(session), body, more, self._responded)
            else:
                rest = more if body is None else {**more, "multipart": None}
                send = partial(self._inner.request, route, _Once(session, body), **rest)
        for attempt in range(len(PAUSES) + 1):
            if attempt:
                for file in files or ():
                    file.reset(seek=True)
            patience = max(LAST_CALL, until - loop.time())
            if first_response:
                patience = min(FILES_SECONDS, patience * FILES_SHARE) if files else min(patience, ATTEMPT_SECONDS)
            try:
                async with asyncio.timeout(patience) as waiting:
                    return await send(files=files)
            except (discord.HTTPException, aiohttp.ClientError, OSError) as fault:
                if attempt and first_response and is_taken(fault):
                    return _taken(route)
                if waiting.expired() and first_response and files:
                    raise SlowFileError from None
                left = until - loop.time()
                pause = _pause(fault, attempt, left)
                if pause is None or not repeat_helps(fault):
                    measures.count("send_failures", WAY)
                    raise
                measures.count("send_repeats", WAY)
                log.info("an answer to an interaction is sent again (%s)", type(fault).__name__)
                await asyncio.sleep(pause)
        raise AssertionError("unreachable")  # pragma: no cover


def insist(interaction: Mapping[str, Any], session: aiohttp.ClientSession, responded: Responded) -> None:
    """Have this context's answers to interactions repeated, and Discord told where one is late.

    `interaction` is what has just arrived, as Discord tells of it; its deadline has begun. `responded` is told of each
    response to a first response.
    """
    adapter = async_context.get()
    if not isinstance(adapter, Insistent):
        adapter = Insistent(adapter, responded)
        async_context.set(adapter)
    adapter.late.watch(interaction, session)


def plain_session(session: aiohttp.ClientSession) -> aiohttp.ClientSession:
    """Return a session on the same connections that keeps no time, no cookies and no traces: each request would pay for them.

    A first response has a time of its own, and whatever answers it sets no cookie.
    """
    found = _PLAIN_SESSIONS.get(session)
    if found is not None or session.closed:
        return found or session
    found = aiohttp.ClientSession(
        connector=session.connector,
        connector_owner=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        trust_env=session.trust_env,
    )
    weakref.finalize(session, found.detach)  # its connections may outlive it
    _PLAIN_SESSIONS[session] = found
    return found


def _pause(fault: Exception, attempt: int, left: float) -> float | None:
    """Return how long to wait before the next attempt; None where none is left in `left` seconds."""
    if attempt >= len(PAUSES) or left <= 0:
        return None
    asked = getattr(fault, "retry_after", None) or 0.0
    wanted = max(PAUSES[attempt], asked)
    if wanted < left:
        return wanted
    if left > HALF_SECONDS:
        return left / 2
    return left - LAST_CALL if left > LAST_CALL else None


class Body(NamedTuple):
    """A request's body, and its content type."""

    content: bytes
    kind: str


def joined(parts: Sequence[Mapping[str, Any]]) -> Body | None:
    """Return the parts of a form, as discord.py lists them, as one body (RFC 7578); None for none, or unusual ones.

    aiohttp's own way there takes as long as all else that a request needs, and takes it again for each repeat.
    """
    boundary = secrets.token_hex(16)
    pieces: list[bytes] = []
    for part in parts:
        name, file, value = part["name"], part.get("filename"), part["value"]
        content = value.getvalue() if isinstance(value, io.BytesIO) else value
        if not _PLAIN.fullmatch(f"{name}{file or ''}") or not isinstance(content, str | bytes):
            return None
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"'
        if file is not None:
            head += f'; filename="{file}"\r\nContent-Type: {part["content_type"]}'
        pieces += [head.encode(), b"\r\n\r\n", content.encode() if isinstance(content, str) else content, b"\r\n"]
    pieces.append(f"--{boundary}--\r\n".encode())
    return Body(b"".join(pieces), f"multipart/form-data; boundary={boundary}") if parts else None


async def _post(
    route: Route,
    session: aiohttp.ClientSession,
    body: Body,
    more: Mapping[str, Any],
    responded: Responded,
    *,
    files: Sequence[discord.File] | None = None,  # noqa: ARG001 -- they stand in the body
) -> dict[str, Any]:
    """Send a first response, and return what discord.py reads of its answer. Raises what discord.py does.

    It is the only one of its interaction: there is no limit to keep for the next, and what Discord makes of the message need
    not come back (`with_response`) to be read again.
    """
    headers = {"Content-Type": body.kind}
    proxy, auth = more.get("proxy"), more.get("proxy_auth")
    async with session.request(
        route.method,
        URL(route.url, encoded=True),  # by discord.py
        data=body.content,
        headers=headers,
        proxy=proxy,
        proxy_auth=auth,
    ) as response:
        responded(response)
        if response.status < 300:  # noqa: PLR2004
            await response.read()
            return _taken(route)
        raise _fault(response, await json_or_text(response))


def _taken(route: Route) -> dict[str, Any]:
    """Return what Discord says of a first response that it has taken."""
    return {"interaction": {"id": str(route.webhook_id), "type": 2}, "resource": None}


def _fault(response: aiohttp.ClientResponse, data: Any) -> discord.HTTPException:
    """Return the fault that discord.py has for a status; a limit knows how long it lasts."""
    if response.status >= 500:  # noqa: PLR2004
        return discord.DiscordServerError(response, data)
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(response.status, discord.HTTPException)
    fault = kind(response, data)
    if response.status == 429 and isinstance(data, dict):  # noqa: PLR2004
        fault.retry_after = _seconds(data.get("retry_after"))  # type: ignore[attr-defined]
    return fault


def _as_json(payload: Any) -> Body | None:
    if payload is None:
        return None
    letters = payload.letters if isinstance(payload, Written) else _COMPACT.encode(payload)
    return Body(letters.encode(), "application/json")


class _Once:
    """A session whose requests raise at a limit or a fault of the server's, instead of leaving the waiting to discord.py."""

    def __init__(self, session: aiohttp.ClientSession, body: "Body | None" = None) -> None:
        self._session = session
        self._body = body

    def request(self, *arguments: Any, **more: Any) -> "_Response":
        if self._body is not None:
            more |= {"data": self._body.content, "headers": {**more["headers"], "Content-Type": self._body.kind}}
        return _Response(self._session.request(*arguments, **more))


class _Response:
    def __init__(self, request: Any) -> None:
        self._request = request

    async def __aenter__(self) -> aiohttp.ClientResponse:
        response: aiohttp.ClientResponse = await self._request.__aenter__()
        limited = response.status == 429  # noqa: PLR2004
        if not limited and response.status < 500:  # noqa: PLR2004
            return response
        try:
            data = await json_or_text(response)
        finally:
            await self._request.__aexit__(None, None, None)
        raise _fault(response, data)

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._request.__aexit__(kind, fault, trace)


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
