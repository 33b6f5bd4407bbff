"""A thread of its own in which what servers wrote is held against the safety gate, servers in turn."""

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot.errors import UserError
from bot.sentences import say
from bot.service.turns import Turns

T = TypeVar("T")

LOOK_SECONDS = 60.0
TOO_MUCH = say("moderators.looking.too_much")
_TOO_MANY = say("moderators.looking.too_many")


class Looking:
    """One thread that holds what servers wrote against the gate, apart from what anybody waits for, servers in turn."""

    def __init__(self) -> None:
        self._turns = Turns(1, most_waiting=3, refusal=_TOO_MANY)
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="looking")

    async def through(self, server: int, member: int, look: Callable[[Callable[[], None]], T]) -> T:
        """Return what `look` returns; it calls what it is given before each text, which lets other threads go first.

        Raises UserError where too much of that server waits, or where it takes longer than LOOK_SECONDS.
        """
        async with self._turns.turn(server, member):
            until = time.monotonic() + LOOK_SECONDS

            def pause() -> None:
                time.sleep(_PAUSE_SECONDS)
                if time.monotonic() > until:
                    raise UserError(TOO_MUCH)

            return await asyncio.get_running_loop().run_in_executor(self._pool, look, pause)

    def close(self) -> None:
        """End the thread; what runs is waited for by nobody."""
        self._pool.shutdown(wait=False, cancel_futures=True)


_PAUSE_SECONDS = 0.0005
"""Long enough that the event loop gets the interpreter's lock before the next text."""
