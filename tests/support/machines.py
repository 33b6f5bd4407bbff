"""Several processes of the bot on one PostgreSQL and one stand-in for Discord, and what becomes of what members send."""

import asyncio
import contextlib
import itertools
import signal
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from bot.store import migrate
from bot.store.database import connect, database_url
from tests.support.postgres import PostgresServer
from tests.support.wire import PATIENCE_SECONDS, Asked, Session, Wire
from tests.support.wire_bot import BotProcess, bot_process
from tests.support.wire_members import command, guild, interaction, said

QUESTION = "how low do i lower the sled"
EVERY_SECONDS = 0.2
ANSWER_SECONDS = 4.0
LATE = "came too late to be answered"


def servers(shards: int) -> list[int]:
    """Return the id of a server in each shard."""
    return [(1 << 40) + (shard << 22) for shard in range(shards)]


async def shared_database(server: PostgresServer, name: str) -> str:
    """Make an empty database with this version's tables, and return its address."""
    administering = connect(database_url(server.address))
    async with administering.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name}"))
    await administering.close()
    address = server.address.replace("/postgres?", f"/{name}?")
    database = connect(database_url(address))
    await migrate.upgrade(database)
    await database.close()
    return address


@dataclass
class Sent:
    """An interaction of one shard's, when it was sent, and the sessions that it was sent to."""

    asked: Asked
    shard: int
    at: float
    sessions: list[Session]


@dataclass
class Account:
    """What became of all that was sent.

    `refused`: answers that Discord did not take, because there was one. `unserved`: sent while a shard had no session.
    `in_hand`: unanswered, and sent to sessions that ended within the time for an answer. `late`: those of which a process
    logged that it came too late, or whose answer did, as on a machine that is busy with other things. `lost`: all others.
    """

    sent: int = 0
    answered: int = 0
    refused: int = 0
    unserved: int = 0
    in_hand: int = 0
    late: int = 0
    lost: int = 0


class Machines:
    """Processes that are started and killed; members of each shard ask all the time meanwhile."""

    def __init__(self, wire: Wire, address: str, folder: Path, cache: Path, shards: int) -> None:
        self.wire = wire
        self.shards = shards
        self.sent: list[Sent] = []
        self.all: list[BotProcess] = []
        self._settings = {"DATABASE_URL": address, "SHARD_COUNT": str(shards), "SHARD_IDS": "leased"}
        self._folder = folder
        self._cache = cache
        self._numbers = itertools.count()
        self._members = itertools.count(1000)
        self._stack = contextlib.AsyncExitStack()

    async def start(self, **settings: str) -> BotProcess:
        """Start one more process."""
        folder = self._folder / f"machine-{next(self._numbers)}"
        bot = await self._stack.enter_async_context(
            bot_process(self.wire, folder, self._cache, imported=True, **(self._settings | settings))  # type: ignore[arg-type]
        )
        self.all.append(bot)
        return bot

    def running(self) -> list[BotProcess]:
        """Return the processes that have not ended."""
        return [each for each in self.all if each.process.returncode is None]

    def live(self, shard: int) -> list[Session]:
        """Return the open sessions of a shard."""
        return [
            each
            for each in self.wire.sessions
            if each.shard[0] == shard and each.identified.is_set() and not each.ended and not each.socket.closed
        ]

    async def until_all_run(self, seconds: float = 60.0) -> None:
        """Wait until each shard has one session. Raises TimeoutError."""
        await self.until(lambda: all(len(self.live(each)) == 1 for each in range(self.shards)), seconds)

    async def until(self, holds: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until something holds. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110 -- nothing tells of it
                await asyncio.sleep(0.05)

    async def until_it_knows(self, shard: int, seconds: float = 60.0) -> None:
        """Ask in a shard until the answer is no longer that the bot still reads its knowledge. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            while True:
                asked = (await self.ask(shard)).asked
                with contextlib.suppress(TimeoutError):
                    await self.until(lambda asked=asked: asked.answered, ANSWER_SECONDS)  # type: ignore[misc]
                if asked.answered and "still reading" not in said(asked.response):
                    return
                await asyncio.sleep(0.2)

    async def ask(self, shard: int, question: str = QUESTION, *, by: int | None = None) -> Sent:
        """Let a member of a shard's server use a command: `by`, or one who has not asked before."""
        server = servers(self.shards)[shard]
        data = command("legpress ask", {"question": question})
        made = interaction(self.wire, 2, data, age=0.0, by=next(self._members) if by is None else by, in_=server)
        asked = Asked(int(made["id"]), made["token"], self.wire.now())
        self.wire.asked[asked.id] = asked
        sent = Sent(
            asked, shard, time.monotonic(), await self.wire.dispatch_to_all("INTERACTION_CREATE", made, shard=shard)
        )
        self.sent.append(sent)
        return sent

    async def until_said(self, shard: int, question: str, words: str, seconds: float = 60.0) -> float:
        """Ask in a shard until the answer has some words, and return after how many seconds it has. Raises TimeoutError."""
        began = time.monotonic()
        async with asyncio.timeout(seconds):
            while True:
                sent = await self.ask(shard, question)
                with contextlib.suppress(TimeoutError):
                    await self.until(lambda sent=sent: sent.asked.answered, ANSWER_SECONDS)  # type: ignore[misc]
                if sent.asked.answered and words in said(sent.asked.response):
                    return time.monotonic() - began
                await asyncio.sleep(0.05)

    @contextlib.asynccontextmanager
    async def asking(self, every: float = EVERY_SECONDS) -> AsyncIterator[None]:
        """Let members of all shards ask, one after the other, as long as this is open; then wait for the last answers."""

        async def ask_on() -> None:
            for shard in itertools.cycle(range(self.shards)):
                await self.ask(shard)
                await asyncio.sleep(every)

        task = asyncio.create_task(ask_on())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
        await asyncio.sleep(ANSWER_SECONDS)

    def holder(self, shard: int) -> BotProcess:
        """Return the process that runs a shard, by who has the other end of its socket."""
        [session] = self.live(shard)
        request = session.socket._req
        assert request is not None
        assert request.transport is not None
        port = request.transport.get_extra_info("peername")[1]
        return next(each for each in self.running() if port in _ports_of(each.process.pid))

    def account(self) -> Account:
        """Return what became of all that was sent."""
        found = Account()
        twice = [each for each in self.wire.told if each.path.endswith("/callback") and each.status == 400]
        found.refused = len(twice)
        for each in self.sent:
            found.sent += 1
            if each.asked.answered:
                found.answered += 1
            elif not each.sessions:
                found.unserved += 1
            elif all(session.ended and session.ended - each.at < ANSWER_SECONDS for session in each.sessions):
                found.in_hand += 1
            else:
                found.lost += 1
        lines = [line for each in self.all for line in each.lines()]
        refused = {each.path.split("/")[2] for each in self.wire.told if each.status == 404}
        late = sum(LATE in line for line in lines) + sum(str(each.asked.id) in refused for each in self.sent)
        found.late = min(found.lost, late)
        found.lost -= found.late
        return found

    async def close(self) -> None:
        """Kill what still runs."""
        await self._stack.aclose()


def _ports_of(pid: int) -> set[int]:
    """Return the local ports of a process's connections (Linux)."""
    sockets = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(OSError):
            sockets.add(str(link.readlink()).removeprefix("socket:[").removesuffix("]"))
    lines = Path(f"/proc/{pid}/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    fields = [line.split() for line in lines]
    return {int(each[1].rpartition(":")[2], 16) for each in fields if each[9] in sockets}


@contextlib.asynccontextmanager
async def machines(wire: Wire, address: str, folder: Path, cache: Path, shards: int) -> AsyncIterator[Machines]:
    """Give what starts processes, and end them all afterwards."""
    wire.shards = shards
    wire.guilds = [guild(each) for each in servers(shards)]
    found = Machines(wire, address, folder, cache, shards)
    try:
        yield found
    finally:
        await found.close()


async def killed(bot: BotProcess) -> float:
    """Kill a process as the system does that is out of memory, and return when."""
    at = time.monotonic()
    bot.signal(signal.SIGKILL)
    await bot.ended()
    return at
