"""Stops that the other processes of the bot hear of: who was told one, by a keyed hash, and nothing else of them.

A member who was stopped in a server may write to the bot directly next, which another process may answer. So each process
tells the others a hash of the place and of the member, the tier, the route and for how long the stop is remembered, over
PostgreSQL's NOTIFY: no table has any of it, and none of what was written, nor what anybody said of themselves. The hashes'
key is made from the bot's token, which all processes have and the database does not.
"""

import asyncio
import hmac
import logging
import re
import secrets
from collections.abc import Awaitable, Callable, Hashable

from bot.core.conversation import CARE_SECONDS, WINDOW_SECONDS, LiveStop
from bot.core.model import Stop, Tier
from bot.errors import StoreError

log = logging.getLogger(__name__)

MOST_UNTOLD = 100
"""Notices that wait for a database that does not answer; what comes beyond stays in its process."""
_HASH = re.compile(r"[0-9a-f]{24}")
_ROUTE = re.compile(r"[A-Za-z0-9_]{1,64}")
_PARTS = 7


class SharedStops:
    """One process's way to tell and to hear of stops."""

    def __init__(self, secret: str) -> None:
        """Make the key from `secret`, the same in all processes."""
        self._key = hmac.digest(secret.encode(), b"who was told a stop", "sha256")
        self._own = secrets.token_hex(8)
        self._send: Callable[[str], Awaitable[None]] | None = None
        self._telling: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None

    def name(self, value: Hashable) -> str:
        """Return what a place or a member is called among the processes."""
        return hmac.digest(self._key, repr(value).encode(), "sha256")[:12].hex()

    def tell_over(self, send: Callable[[str], Awaitable[None]]) -> None:
        """Tell over `send` from now on; it may raise StoreError."""
        self._send = send
        self._loop = asyncio.get_running_loop()

    def tell(self, place: Hashable, member: Hashable, live: LiveStop | None, now: float, *, direct: bool) -> None:
        """Tell the others of a stop, by the names of place and member; None: it is forgotten. From any thread."""
        left = 0 if live is None else int(_remembered(live.stop.tier) - (now - live.at))
        tier, route = ("", "") if live is None else (live.stop.tier.value, live.stop.route)
        if self._send is not None and self._loop is not None:
            notice = ":".join((self._own, str(place), str(member), str(int(direct)), tier, route, str(left)))
            self._loop.call_soon_threadsafe(self._tell_soon, notice)

    def heard(self, notice: str, now: float) -> tuple[str, str, LiveStop | None, bool] | None:
        """Return place, member, stop and whether it was told directly; None for this process's own, and for what is no notice."""
        parts = notice.split(":")
        if len(parts) != _PARTS or parts[0] == self._own:
            return None
        _, place, member, direct, tier, route, left = parts
        if not (_HASH.fullmatch(place) and _HASH.fullmatch(member) and left.isdecimal()):
            return None
        if not tier:
            return place, member, None, False
        if tier not in set(Tier) or not _ROUTE.fullmatch(route):
            return None
        remembered = _remembered(Tier(tier))
        at = now - remembered + min(float(left), remembered)
        return place, member, LiveStop(Stop(Tier(tier), (), route), at), direct == "1"

    def _tell_soon(self, notice: str) -> None:
        if len(self._telling) < MOST_UNTOLD:
            task = asyncio.get_running_loop().create_task(self._tell(notice))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)

    async def _tell(self, notice: str) -> None:
        assert self._send is not None
        try:
            await self._send(notice)
        except StoreError:
            log.info("the other processes could not be told of a stop")


def _remembered(tier: Tier) -> float:
    return WINDOW_SECONDS if tier is Tier.SOON else CARE_SECONDS
