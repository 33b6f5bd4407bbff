"""The doors through which everything from the gateway comes: what is wrong with one event costs that event alone."""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import Callable, MutableMapping
from typing import Any, Protocol, Self, cast

import aiohttp
import discord
from discord import shard as sharding
from discord.gateway import DiscordWebSocket, ReconnectWebSocket

from bot import measures
from bot.client.packed import PACKED, Packing
from bot.client.reaching import Reaching, pauses
from bot.ui.kit.faults import describe

log = logging.getLogger(__name__)

passed_over: Counter[str] = Counter()
"""How many events and frames could not be used, by the event's name, since the start."""
FRAME = "frame"
GREETING_SECONDS = 30.0
"""How long a new connection to the gateway may take until it has identified, the wait for its turn aside."""
ACK_SECONDS = 9.0
"""How long Discord may take to acknowledge a heartbeat; discord.py by itself notices after one to one and a half minutes."""
LOOKS, LOOK_SECONDS = 2, 0.5
"""How often it is looked again before a connection counts as dead."""
_MEANT = (ReconnectWebSocket, discord.ConnectionClosed, aiohttp.ClientError, OSError)
"""What a frame raises to have its shard connected again."""

Parser = Callable[[Any], Any]


class _Patient(Protocol):
    """A client that tries again for as long as Discord is out of reach."""

    reaching: Reaching


def close_doors(parsers: MutableMapping[str, Parser], arrived: Callable[[str, Any], bool], packing: Packing) -> None:
    """Put a door before each of `parsers`, by event; `arrived` hears of each event first, and may turn it away.

    `packing` packs what is told of servers.
    """
    for event, parse in parsers.items():
        parsers[event] = _behind_door(event, parse, arrived, packing if event in PACKED else None)


def _behind_door(event: str, parse: Parser, arrived: Callable[[str, Any], bool], packing: Packing | None) -> Parser:
    def door(data: Any) -> None:
        try:
            if not arrived(event, data):
                return
            if packing is None:
                parse(data)
                return
            taken = packing.before(event, data)
            parse(data)
            packing.after(event, data, taken)
        except Exception as fault:  # noqa: BLE001 -- a door: what passes here ends every shard
            pass_over(event, fault)

    return door


def pass_over(name: str, fault: Exception) -> None:
    """Count an event that cannot be used, and tell of it in one line."""
    passed_over[name] += 1
    log.error("An event from Discord could not be used and was passed over: %s (%s)", name, type(fault).__name__)
    log.debug("%s", describe(fault))


class GuardedSocket(DiscordWebSocket):
    """A gateway connection that passes over frames that it cannot read, and is made again until it stands."""

    @classmethod
    async def from_client(cls, client: discord.Client, **more: Any) -> Self:
        """Connect and identify, or resume; repeated for as long as it fails for something that passes by itself."""
        made: list[Self] = []
        connect = super().from_client

        async def attempt() -> None:
            async with asyncio.timeout(GREETING_SECONDS):
                made.append(await connect(client, **more))

        if more.get("resume"):
            await attempt()  # where that fails a new session is begun
        else:
            await cast("_Patient", client).reaching.insist(attempt, "Discord's gateway")
        return made[0]

    async def received_message(self, msg: Any, /) -> None:
        """Take one frame. What is wrong with it ends nothing, unless what follows could not be read either."""
        if isinstance(msg, bytes):
            try:
                msg = self._decompressor.decompress(msg)
            except Exception as fault:  # noqa: BLE001 -- zlib's or zstandard's
                pass_over(FRAME, fault)
                await self._anew(resume=True)
            if msg is None:
                return
        try:
            await super().received_message(msg)
        except _MEANT:
            raise
        except Exception as fault:  # noqa: BLE001
            pass_over(FRAME, fault)
            if self.session_id is None and '"READY"' in str(msg):
                await self._anew(resume=False)

    async def send_heartbeat(self, data: Any) -> None:
        """Send a heartbeat, and connect anew where Discord does not acknowledge it in time."""
        sent = time.perf_counter()
        await super().send_heartbeat(data)
        self.loop.call_later(ACK_SECONDS, self._look_for_ack, sent, LOOKS)

    def _look_for_ack(self, sent: float, looks: int) -> None:
        beating = self._keep_alive
        if beating is None or beating._last_ack >= sent or self.socket.closed:  # noqa: SLF001 -- nothing public says it
            return
        if looks:  # the loop may have stood still: what came meanwhile is read first
            self.loop.call_later(LOOK_SECONDS, self._look_for_ack, sent, looks - 1)
            return
        log.warning("Discord does not acknowledge heartbeats: a shard connects anew.")
        measures.count("gateway_events", "no heartbeat")
        self._closing = self.loop.create_task(self.close(code=4000))

    async def _anew(self, *, resume: bool) -> None:
        await self.close(code=4000)
        raise ReconnectWebSocket(self.shard_id, resume=resume)


class _Prompt:
    """Short pauses between attempts that `Reaching` has already spaced out; discord.py's own grow to a quarter of an hour."""

    def delay(self) -> float:
        return next(pauses())


class PatientShard(sharding.Shard):
    """A shard that is connected again without long pauses of its own."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._backoff = cast("Any", _Prompt())


def guard_sockets() -> None:
    """Have discord.py make its gateway connections and shards as these; it has no setting for that."""
    sharding.DiscordWebSocket = GuardedSocket  # type: ignore[misc]
    sharding.Shard = PatientShard  # type: ignore[misc]


def quieten() -> None:
    """Have discord.py leave to `reaching` what it says, with a traceback, of each attempt to connect."""
    logging.getLogger("discord.shard").addFilter(_is_no_attempt)


def _is_no_attempt(record: logging.LogRecord) -> bool:
    return not str(record.msg).startswith(("Attempting a reconnect", "Failed to connect for shard_id"))
