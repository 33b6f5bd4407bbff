"""Tells Discord in time that an answer takes longer, and sends the answer as what Discord takes after that.

Discord shows "This interaction failed" where nothing came within three seconds, such as while the database hangs, and
takes no first response any more. Whoever answers need not know of it: what they send as a first response goes on as an
edit or a follow-up, for which there are fifteen minutes.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from cachetools import TTLCache
from discord.http import Route

from bot import measures
from bot.ui import wording
from bot.ui.kit import deadline, faults

COMMAND, COMPONENT, FORM = 2, 3, 5
"""Kinds of interactions that somebody waits for; what completes a half-typed word is let go."""
MESSAGE, MESSAGE_LATER, UPDATE_LATER, UPDATE, MODAL = 4, 5, 6, 7, 9
"""Kinds of first responses, as Discord numbers them."""
EPHEMERAL, EDITABLE = 1 << 6, 1 << 2 | 1 << 15
"""Flags: for one member alone; and those that an edit may carry (no previews of links, components alone)."""
TAKEN_SECONDS = 15 * 60.0
"""How long Discord takes edits and follow-ups."""
MOST = 10_000
"""Interactions that are known at once."""

ORIGINAL = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
ONE = "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}"
FOLLOW_UP = "/webhooks/{webhook_id}/{webhook_token}"

Send = Callable[..., Coroutine[Any, Any, Any]]
"""Sends a request: the route, the session, and what `AsyncWebhookAdapter.request` takes besides."""


@dataclass
class _Waiting:
    """An interaction that was not answered so far, or too late for a first response."""

    application: int
    token: str
    acknowledges: int
    timer: asyncio.TimerHandle | None = None
    acknowledging: "asyncio.Task[bool] | None" = None
    answer: str = "@original"
    """Which message an edit of the answer changes; "" where there is none yet."""


class Late:
    """The interactions that wait for an answer, by their id."""

    def __init__(self, send: Send) -> None:
        """Send with `send`."""
        self._send = send
        self._waiting: TTLCache[int, _Waiting] = TTLCache(MOST, TAKEN_SECONDS)
        self._acknowledged: TTLCache[str, _Waiting] = TTLCache(MOST, TAKEN_SECONDS)

    def watch(self, data: Mapping[str, Any], session: aiohttp.ClientSession) -> None:
        """Acknowledge the interaction that `data` tells of when its deadline is over, unless it is answered before."""
        kind = data.get("type")
        if kind not in (COMMAND, COMPONENT, FORM):
            return
        acknowledges = UPDATE_LATER if kind == COMPONENT or "message" in data else MESSAGE_LATER
        waiting = _Waiting(int(data["application_id"]), str(data["token"]), acknowledges)
        id_ = int(data["id"])
        self._waiting[id_] = waiting
        waiting.timer = asyncio.get_running_loop().call_later(
            deadline.until(), lambda: self._acknowledge(id_, waiting, session)
        )

    def _acknowledge(self, id_: int, waiting: _Waiting, session: aiohttp.ClientSession) -> None:
        waiting.acknowledging = asyncio.create_task(self._take_longer(id_, waiting, session))

    async def _take_longer(self, id_: int, waiting: _Waiting, session: aiohttp.ClientSession) -> bool:
        """Tell Discord that the answer takes longer, and say whether it took that."""
        route = Route(
            "POST", "/interactions/{webhook_id}/{webhook_token}/callback", webhook_id=id_, webhook_token=waiting.token
        )
        more = {"data": {"flags": EPHEMERAL}} if waiting.acknowledges == MESSAGE_LATER else {}
        try:
            await self._send(route, session, payload={"type": waiting.acknowledges, **more})
        except faults.KNOWN as fault:
            faults.note("telling Discord that an answer takes longer", fault)
            return False
        self._note(waiting)
        return True

    def _note(self, waiting: _Waiting) -> None:
        measures.count("answers_late")
        self._acknowledged[waiting.token] = waiting
        deadline.extend()

    async def request(self, route: Route, session: Any, **more: Any) -> Any:
        """Send a request to do with an interaction: as it is, or as what Discord takes of a late one. Raises as `send`."""
        known = self._acknowledged.get(str(route.webhook_token)) if self._acknowledged else None
        if route.path == ORIGINAL and known is not None and known.answer != "@original":
            return await self._change(known, route.method, session, **more)
        if not route.path.endswith("/callback"):
            return await self._send(route, session, **more)
        # Where Discord refused a late answer, it comes again in simpler words.
        waiting = self._waiting.pop(int(route.webhook_id or 0), None) or known
        if waiting is None or not await self._is_late(waiting):
            try:
                return await self._send(route, session, **more)
            except discord.HTTPException as fault:
                if waiting is None or waiting.acknowledging is None or not faults.is_taken(fault):
                    raise
            self._note(waiting)  # Discord had taken that it takes longer, and said so too late
        await self._send_late(waiting, session, **more)
        return {"interaction": {"id": str(route.webhook_id), "type": COMMAND}, "resource": None}

    async def _is_late(self, waiting: _Waiting) -> bool:
        """Say whether Discord was told that the answer takes longer; where it was not so far, it will not be."""
        if waiting.acknowledging is not None:
            return await waiting.acknowledging
        assert waiting.timer is not None
        waiting.timer.cancel()
        return False

    async def _send_late(self, waiting: _Waiting, session: Any, **more: Any) -> None:
        """Send what was meant as a first response."""
        body, rest = _parted(more)
        kind, data = body["type"], body.get("data") or {}
        rest.pop("params", None)
        if kind in (MESSAGE_LATER, UPDATE_LATER):
            if kind == MESSAGE_LATER and waiting.acknowledges == UPDATE_LATER:
                waiting.answer = ""
            return
        if kind == MODAL:
            kind, data = MESSAGE, {"content": wording.LATE_FORM, "flags": EPHEMERAL}
        if kind == MESSAGE and waiting.acknowledges == UPDATE_LATER:
            waiting.answer = await self._follow_up(waiting, session, data, rest)
            return
        data = {name: value for name, value in data.items() if name != "tts"}
        if "flags" in data:
            data["flags"] &= EDITABLE
        route = Route("PATCH", ORIGINAL, webhook_id=waiting.application, webhook_token=waiting.token)
        await self._send(route, session, **_joined(data, rest))

    async def _follow_up(self, waiting: _Waiting, session: Any, data: dict[str, Any], rest: dict[str, Any]) -> str:
        route = Route("POST", FOLLOW_UP, webhook_id=waiting.application, webhook_token=waiting.token)
        said = await self._send(route, session, params={"wait": 1}, **_joined(data, rest))
        return str(said["id"])

    async def _change(self, waiting: _Waiting, method: str, session: Any, **more: Any) -> Any:
        """Look at, change or delete the answer, which is a message beside the one that Discord calls the original."""
        if not waiting.answer and method == "DELETE":
            return None  # nobody saw anything so far
        if not waiting.answer:
            data, rest = _parted(more)
            data["flags"] = data.get("flags", 0) | EPHEMERAL
            waiting.answer = await self._follow_up(waiting, session, data, rest)
            method, more = "GET", {}
        route = Route(
            method, ONE, webhook_id=waiting.application, webhook_token=waiting.token, message_id=waiting.answer
        )
        return await self._send(route, session, **more)


def _parted(more: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a request's JSON, and all else that is sent with it."""
    rest = {name: value for name, value in more.items() if name not in ("payload", "multipart")}
    if not more.get("multipart"):
        return dict(more.get("payload") or {}), rest
    parts = {part["name"]: part for part in more["multipart"]}
    body: dict[str, Any] = json.loads(parts.pop("payload_json")["value"])
    return body, {**rest, "multipart": list(parts.values())}


def _joined(data: dict[str, Any], rest: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `_parted` took apart, with `data` as its JSON."""
    if not rest.get("multipart"):
        return {**rest, "payload": data}
    return {**rest, "multipart": [{"name": "payload_json", "value": json.dumps(data)}, *rest["multipart"]]}
