"""The real bot as a process of its own, on a wire to a stand-in for Discord."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from bot.service import Service
from tests.support.payloads import Description, PayloadChecker, description_path
from tests.support.wire import Wire, serving
from tests.support.wire_bot import BotProcess, bot_process
from tests.support.wire_members import Members, guild

SERVER = 1 << 40


@dataclass
class Running:
    """A bot on the wire, and the members who use it."""

    wire: Wire
    bot: BotProcess
    members: Members


@pytest.fixture(scope="session")
def cache_folder(fixed_service: Service) -> Path:
    """The folder where start-up work is kept, with what the tests' knowledge takes; the processes only read it."""
    assert fixed_service
    return Path(os.environ["CACHE_DIR"])


def checked_wire(**more: object) -> Wire:
    """Return a stand-in that checks each request against Discord's description, where that is on this machine."""
    wire = Wire(guilds=[guild(SERVER)], **more)  # type: ignore[arg-type]
    path = description_path()
    wire.checker = PayloadChecker(Description.read(path) if path.is_file() else None)
    return wire


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def running(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Running]:
    """One bot for all tests of a file: what one of them does to it must not cost the next its answer."""
    async with (
        serving(checked_wire()) as wire,
        bot_process(wire, tmp_path_factory.mktemp("bot"), cache_folder) as bot,
    ):
        await wire.until_ready()
        yield Running(wire, bot, Members(wire))
        assert bot.process.returncode is None, "\n".join(bot.lines())
        assert "Traceback" not in "\n".join(bot.lines())
        assert wire.wrong == []


@pytest_asyncio.fixture(loop_scope="module", autouse=True)
async def as_it_was(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Take the rules of one test away before the next."""
    yield
    if "running" in request.fixturenames:
        request.getfixturevalue("running").wire.rules.clear()
