"""Threads of the answers' own, which nothing else can fill, given out in turn: one member's questions wait for each other."""

import asyncio
import contextvars
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from bot import measures
from bot.errors import UserError
from bot.measures import Stage
from bot.sentences import say
from bot.service.allowance import Paces
from bot.service.turns import Turns

S = TypeVar("S")
T = TypeVar("T")

AT_ONCE = 4
"""Answers in work at a time: each holds the interpreter for some milliseconds, so that more would only crowd."""
MOST_EACH = 50
"""Questions of one member that are open at a time: more than anybody asks in earnest within two seconds."""

SHORT = 240
"""Characters of a text that takes the gate and the matcher a few milliseconds, and nothing else waits for that."""
MOST_AT_ONCE_OF_A_MEMBER = 3
"""Within a second: more than that goes to the threads, where whoever asks much waits behind whoever asks little."""


class AnswerRoom:
    """Runs the gate and the answering: what is short where it is, all else beside the event loop."""

    def __init__(self) -> None:
        self._turns = Turns(AT_ONCE)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="answer")
        # Somebody in a flood of their own reads the newest answer, so the newest text is looked at first.
        self._flooded = Turns(1, newest_first=True)
        self._flood_thread = ThreadPoolExecutor(1, thread_name_prefix="flood")
        self._open: Counter[tuple[Hashable, Hashable]] = Counter()
        self._lately: Counter[tuple[Hashable, Hashable]] = Counter()
        self._second = 0

    @property
    def is_busy(self) -> bool:
        """Whether anything is in work or waits for its turn."""
        return not self._turns.is_idle

    async def run(
        self,
        server: Hashable,
        member: Hashable,
        prepare: Callable[[Callable[[], Awaitable[bool]]], Awaitable[S]],
        work: Callable[[S], T],
        *,
        text: str,
        alarms: Callable[[str], bool] = lambda _: False,
        paces: Paces | None = None,
    ) -> T:
        """Return what `work` makes of what `prepare` returns, when it is that member's turn; raise what they raise.

        `text` is what the work reads, "" for nothing: up to SHORT characters take a few milliseconds, which going to a thread
        and back would double; for members who ask now and then that is done where it is. `prepare` is handed what
        looks whether `text` `alarms`.
        `member` None: nobody's in particular. Raises UserError where MOST_EACH of a member's are open already, or where
        this one comes faster than `paces` allow (None: nothing is counted), with when to come back; unless
        `alarms` says that `text` cannot be refused: then it does not wait behind that member's others.
        """

        def is_alarm() -> bool:
            return alarms(text)

        try:
            self._check(server, member, paces)
        except UserError:
            if not await self.is_urgent(server, member, text, alarms):
                measures.count("refusals", "questions")
                raise
            member = ("alarm", member)
        self._open[server, member] += 1
        try:
            at_once = len(text) <= SHORT and self._seldom(server, member)

            async def looks() -> bool:
                return is_alarm() if at_once else await self._in_turn(server, member, "looking", is_alarm)

            with Stage("overlay"):
                prepared = await prepare(looks)
            # An alarm waits behind nobody's questions: it is worked on where it is, before all that have to take turns.
            if at_once and (not self.is_busy or is_alarm()):
                with Stage("thinking"):
                    return work(prepared)
            return await self._in_turn(server, member, "thinking", lambda: work(prepared))
        finally:
            self._open[server, member] -= 1
            if not self._open[server, member]:
                del self._open[server, member]

    def _check(self, server: Hashable, member: Hashable, paces: Paces | None) -> None:
        if paces is not None:
            paces.check(server, member)
        if member is not None and self._open[server, member] >= MOST_EACH:
            raise UserError(say("card.answer_room.too_fast"))

    async def is_urgent(self, server: Hashable, member: Hashable, text: str, alarms: Callable[[str], bool]) -> bool:
        """Say whether what comes too fast `alarms`: that is never refused."""
        async with self._flooded.turn(server, member):
            if len(text) <= SHORT:
                # One at a time, and all else that waits in between: a thread would take the interpreter from it for longer.
                await asyncio.sleep(0)
                return alarms(text)
            return await asyncio.get_running_loop().run_in_executor(self._flood_thread, alarms, text)

    def _seldom(self, server: Hashable, member: Hashable) -> bool:
        """Say whether a member has asked only a few times within this second; counts this time."""
        now = int(asyncio.get_running_loop().time())
        if now != self._second:
            self._second = now
            self._lately.clear()
        self._lately[server, member] += 1
        return self._lately[server, member] <= MOST_AT_ONCE_OF_A_MEMBER

    async def _in_turn(self, server: Hashable, member: Hashable, stage: str, work: Callable[[], T]) -> T:
        async with self._turns.turn(server, member):
            with Stage(stage):
                context = contextvars.copy_context()  # what is logged there belongs to the same question
                return await asyncio.get_running_loop().run_in_executor(self._threads, context.run, work)
