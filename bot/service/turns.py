"""Whose work comes next: servers in turn, and within a server its members in turn, however much each of them wants."""

import asyncio
import contextlib
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Hashable
from typing import Generic, TypeVar

from bot.errors import UserError
from bot.sentences import say

T = TypeVar("T")


class Rows(Generic[T]):
    """Pieces that wait, each in the row of its server and member."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[Hashable, OrderedDict[Hashable, deque[T]]] = OrderedDict()
        self._of_server: Counter[Hashable] = Counter()

    def __len__(self) -> int:
        return self._of_server.total()

    def __bool__(self) -> bool:
        return bool(self._waiting)

    def add(self, server: Hashable, member: Hashable, piece: T) -> None:
        """Put a piece at the end of a member's row."""
        self._waiting.setdefault(server, OrderedDict()).setdefault(member, deque()).append(piece)
        self._of_server[server] += 1

    def of(self, server: Hashable, member: Hashable) -> tuple[int, int]:
        """Return how many pieces of that server wait, and how many of that member in it."""
        return self._of_server[server], len(self._waiting[server].get(member, ()) if server in self._waiting else ())

    def take(self, *, newest_first: bool = False) -> tuple[Hashable, Hashable, T]:
        """Take the piece whose turn it is, with its server and member. Raises StopIteration where nothing waits.

        `newest_first`: the newest of that member's, else the oldest.
        """
        server, members = next(iter(self._waiting.items()))
        member, row = next(iter(members.items()))
        piece = row.pop() if newest_first else row.popleft()
        members.move_to_end(member)
        self._waiting.move_to_end(server)
        if not row:
            del members[member]
        if not members:
            del self._waiting[server]
        self._of_server[server] -= 1
        if not self._of_server[server]:
            del self._of_server[server]
        return server, member, piece


class Turns:
    """Lets at most `at_once` pieces of work run: the servers in turn, and each server's members in turn.

    `most_waiting`: pieces of one server that may wait (None: any number); `refusal` is the sentence for whoever comes beyond.
    `newest_first`: of one member's pieces the newest comes first, else the oldest.
    """

    def __init__(
        self,
        at_once: int,
        *,
        most_waiting: int | None = None,
        newest_first: bool = False,
        refusal: str = say("card.turns.too_much_waiting"),
    ) -> None:
        self._at_once = at_once
        self._most_waiting = most_waiting
        self._refusal = refusal
        self._newest_first = newest_first
        self._running = 0
        self._rows: Rows[asyncio.Future[None]] = Rows()
        self._of_server: Counter[Hashable] = Counter()  # those that were not called off

    @property
    def is_idle(self) -> bool:
        """Whether nothing runs and nothing waits."""
        return not self._running and not self._rows

    @contextlib.asynccontextmanager
    async def turn(self, server: Hashable, member: Hashable) -> AsyncIterator[None]:
        """Wait for a turn and hold it. Raises UserError where too much of that server's waits already."""
        await self._enter(server, member)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, server: Hashable, member: Hashable) -> None:
        if self._running < self._at_once and not self._rows:
            self._running += 1
            return
        if self._most_waiting is not None and self._of_server[server] >= self._most_waiting:
            raise UserError(self._refusal)
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._rows.add(server, member, turn)
        self._of_server[server] += 1
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # let in and called off at once
                self._leave()
            raise  # a turn that was called off stays in its row until it would be its
        finally:
            self._of_server[server] -= 1
            if not self._of_server[server]:
                del self._of_server[server]

    def _leave(self) -> None:
        self._running -= 1
        while self._rows and self._running < self._at_once:
            _, _, turn = self._rows.take(newest_first=self._newest_first)
            if not turn.done():
                self._running += 1
                turn.set_result(None)
