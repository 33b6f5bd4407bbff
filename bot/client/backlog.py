"""What comes faster than anybody asks in earnest waits before anything is made of it, and keeps nobody else waiting."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable, Iterator, Mapping
from typing import Any

from bot import measures
from bot.service.allowance import Pace
from bot.service.turns import Rows

AT_ONCE, SECONDS_EACH = 6, 0.25
"""Of one member, that go by without waiting."""
AT_ONCE_OF_A_SERVER, SECONDS_OF_A_SERVER = 30, 0.02
MOST_READ, MOST_READ_OF_A_SERVER = 6, 60
"""Of a member, and of a server: where more waits, so many of the newest are read, and of the others only alarms."""
MOST_WAITING = 2_000
"""Of all together, some 10 MB; beyond it the oldest of whoever's turn it is goes."""

BUSY_SECONDS = 0.005
"""Between two that are read while answers are in work: a thread waits as long for the interpreter."""

COMING_SECONDS = 0.025
"""Before one is read while more comes: what stands behind it in the connection may be somebody else's alarm."""


class Backlog:
    """Events that wait for their turn: servers in turn, and each server's members in turn, the newest first.

    One is read in each turn of the event loop, behind all else, so that whoever asks now and then never waits for it.
    """

    def __init__(
        self,
        read: Callable[[str, Any], None],
        is_urgent: Callable[[str, Any], Awaitable[bool]],
        is_busy: Callable[[], bool] = lambda: False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`read` goes on with an event; of a flood only what `is_urgent` says; slower while `is_busy` says so; `clock` gives seconds. None raises."""
        self._read = read
        self._is_urgent = is_urgent
        self._is_busy = is_busy
        self._rows: Rows[tuple[str, Any]] = Rows()
        self._paces = _paces(AT_ONCE, AT_ONCE_OF_A_SERVER, clock)
        self._read_paces = _paces(MOST_READ, MOST_READ_OF_A_SERVER, clock)
        self._reading: asyncio.Task[None] | None = None
        self._reads = False
        self._comes = False

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def reads(self) -> bool:
        """Whether what comes at this moment is what has waited."""
        return self._reads

    def keeps(self, event: str, data: Mapping[str, Any]) -> bool:
        """Say whether an event waits from now on, instead of being read at once."""
        if self._reads:
            return False
        server, member = data.get("guild_id"), _member(data)
        comes_fast = [_is_fast(pace, who) for pace, who in zip(self._paces, (member, server), strict=True)]
        if not any(comes_fast):
            return False
        if len(self._rows) >= MOST_WAITING:
            self._rows.take()
            measures.count("refusals", "events")
        self._rows.add(server, member, (event, data))
        self._comes = True
        if self._reading is None or self._reading.done():
            self._reading = asyncio.get_running_loop().create_task(self._read_all())
        return True

    def expire(self) -> None:
        """Forget whose pace makes no difference any more."""
        for pace in (*self._paces, *self._read_paces):
            pace.expire()

    async def read_all(self) -> None:
        """Wait until nothing waits any more."""
        if self._reading is not None:
            await self._reading

    async def _read_all(self) -> None:
        while self._rows:
            more_comes, self._comes = self._comes, False
            await asyncio.sleep(COMING_SECONDS if more_comes else BUSY_SECONDS if self._is_busy() else 0)
            server, member, (event, data) = self._rows.take(newest_first=True)
            if self._is_flood(server, member) and not await self._is_urgent(event, data):
                measures.count("refusals", "events")
                continue
            self._reads = True
            try:
                self._read(event, data)
            finally:
                self._reads = False

    def _is_flood(self, server: Hashable, member: Hashable) -> bool:
        """Say whether more waits than is read, and as much as that was read already."""
        of_server, of_member = self._rows.of(server, member)
        of_members, of_servers = self._read_paces
        too_many = of_member >= MOST_READ and _is_fast(of_members, member)
        return too_many or (of_server >= MOST_READ_OF_A_SERVER and _is_fast(of_servers, server))


def _paces(of_member: int, of_server: int, clock: Callable[[], float]) -> tuple[Pace, Pace]:
    return Pace(of_member, SECONDS_EACH, clock), Pace(of_server, SECONDS_OF_A_SERVER, clock)


def _is_fast(pace: Pace, who: Hashable) -> bool:
    return who is not None and pace.wait(who) > 0


def words_in(data: Mapping[str, Any]) -> str:
    """Return what somebody wrote or chose in a message or an interaction, as Discord tells of it, a line each."""
    return "\n".join(_words([{"content": data.get("content")}, data.get("data"), data.get("message_snapshots")]))


def _words(told: Any) -> Iterator[str]:
    if isinstance(told, list):
        for each in told:
            yield from _words(each)
    elif isinstance(told, Mapping):
        for name, value in told.items():
            if name in ("content", "value") and isinstance(value, str):
                yield value
            else:
                yield from _words(value)


def _member(data: Mapping[str, Any]) -> Hashable:
    return (data.get("author") or data.get("user") or data.get("member", {}).get("user") or {}).get("id")
