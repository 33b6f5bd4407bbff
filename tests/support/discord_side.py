"""Fixtures for everything that talks to Discord: the real bot in SimCord, each of its requests checked."""

import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
import simcord

from bot.bootstrap import build_service, default_cache, load_knowledge, shipped_knowledge, shipped_pictures
from bot.client import LegPressBot
from bot.core.model import Knowledge
from bot.pictures import PictureCache, rendered_apart
from bot.service import Conversations, Service
from bot.service.workshop import Workshop
from bot.store.cache import FileCache
from tests.conftest import is_worker
from tests.support.payloads import Description, PayloadChecker, description_path, walk

KNOWLEDGE = Path(__file__).parent / "knowledge"
_checkers: list[PayloadChecker] = []
_checked_by_workers: list[int] = []


@pytest.fixture(scope="session")
def cache() -> FileCache:
    """The cache of this run, which all workers share."""
    return default_cache()


@pytest.fixture(scope="session")
def fixed_service(cache: FileCache) -> Service:
    """The service on the small knowledge of these tests, whose wording only they depend on."""
    return build_service(KNOWLEDGE, cache=cache)


@pytest.fixture(scope="session")
def other_service(cache: FileCache, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A service on knowledge that shares no claim and no topic with the small one."""
    folder = tmp_path_factory.mktemp("other")
    (folder / "claims").mkdir()
    (folder / "claims" / "stance.yaml").write_text(
        "- id: wide-feet\n  title: Wide feet\n  claim: Feet may stand wide.\n  verdict: mixed\n  confidence: low\n"
        "  answer: As you like.\n  questions: [how wide should my feet be]\n"
    )
    return build_service(folder, cache=cache)


@pytest.fixture(scope="session")
def shipped(cache: FileCache) -> Knowledge:
    """The knowledge that comes with the project."""
    return load_knowledge(shipped_knowledge(), cache)


@pytest.fixture(scope="session")
def payload_checker() -> PayloadChecker:
    path = description_path()
    checker = PayloadChecker(Description.read(path) if path.is_file() else None)
    _checkers.append(checker)
    return checker


@dataclass
class Handed:
    """What a bot is built from, so that a test can change it, and build the bot again as after a restart."""

    service: Callable[[], Service]
    conversations_service: Callable[[], Service]
    state_dir: Path | None
    report_channel_id: int | None = None
    workshop: Workshop | None = None
    message_content: bool = False
    site_url: str = ""
    shard_count: int | None = 1
    answer_seconds: float = 2.0
    clock: Callable[[], float] = time.monotonic
    seconds: Callable[[], float] = time.monotonic
    pictures: PictureCache | None = None

    def bot(self) -> LegPressBot:
        """A bot that sees every later change of the services and clocks."""
        return LegPressBot(
            Conversations(self._conversations_service_now, self._seconds_now),
            self._service_now,
            state_dir=self.state_dir,
            report_channel_id=self.report_channel_id,
            workshop=self.workshop,
            message_content=self.message_content,
            site_url=self.site_url,
            answer_seconds=self.answer_seconds,
            shard_count=self.shard_count,
            clock=self._clock_now,
            pictures=self.pictures,
        )

    def _service_now(self) -> Service:
        return self.service()

    def _conversations_service_now(self) -> Service:
        return self.conversations_service()

    def _clock_now(self) -> float:
        return self.clock()

    def _seconds_now(self) -> float:
        return self.seconds()


@pytest.fixture(scope="session")
def pictures_drawn() -> PictureCache:
    """What the bots of all tests draw, each picture once."""
    return PictureCache(memory=100_000_000, render=rendered_apart, shipped=shipped_pictures())


@pytest.fixture
def handed(fixed_service: Service, pictures_drawn: PictureCache, tmp_path: Path) -> Handed:
    return Handed(lambda: fixed_service, lambda: fixed_service, tmp_path / "state", pictures=pictures_drawn)


@pytest.fixture
def simcord_bot(handed: Handed) -> LegPressBot:
    return handed.bot()


@pytest_asyncio.fixture
async def simcord_env(simcord_env: simcord.Env, payload_checker: PayloadChecker) -> AsyncIterator[simcord.Env]:
    """SimCord's own environment; afterwards every request of the bot's is checked."""
    yield simcord_env
    found = [
        fault
        for request in simcord_env.http_requests
        if request.method != "GET"
        for fault in payload_checker.faults(request.method, request.path, request.json)
    ]
    assert not found, "Discord would refuse:\n" + "\n".join(found)


@dataclass
class Gym:
    """A server with a channel and two members, and what they can read."""

    env: simcord.Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    alice: simcord.MemberActor
    bob: simcord.MemberActor

    @property
    def mention(self) -> str:
        assert self.env.bot.user is not None
        return self.env.bot.user.mention

    def public(self) -> list[discord.Message]:
        """What the bot has said in the channel for all to see."""
        history = self.channel.history(viewer=self.bob)
        return [each for each in history if each.author == self.env.bot.user and not each.flags.ephemeral]

    async def says(self, text: str, **more: Any) -> list[discord.Message]:
        """Alice writes in the channel; returns what the bot says to that, for all to see."""
        before = len(self.public())
        await self.alice.send(self.channel, text, **more)
        return self.public()[before:]


@pytest.fixture
def gym(simcord_env: simcord.Env) -> Gym:
    guild = simcord_env.create_guild("Gym")
    channel = guild.create_text_channel("leg-day")
    alice = guild.add_member(simcord_env.create_user("alice"))
    bob = guild.add_member(simcord_env.create_user("bob"))
    return Gym(simcord_env, guild, channel, alice, bob)


def discord_tells_the_time(gym: Gym, handed: Handed) -> None:
    """Let the bot know the simulated Discord's time, as the `Date` of an answer does; its own clock says 0 then."""
    handed.clock = lambda: 0.0
    assert isinstance(gym.env.bot, LegPressBot)
    gym.env.bot._freshness.told(format_datetime(gym.env.now(), usegmt=True))


def response(result: simcord.InteractionResult) -> simcord.ResponseMessage:
    """What the bot answered at once; there has to be something."""
    assert result.response is not None
    return result.response


def components(message: Any) -> list[dict[str, Any]]:
    """Every component of a message or response, nested ones too, as Discord got them."""
    roots = message.components
    return list(walk(each if isinstance(each, dict) else each.to_dict() for each in roots))


def text_of(message: Any) -> str:
    """All that a message says."""
    said = [each["content"] for each in components(message) if each.get("type") == 10]
    return "\n".join([message.content, *said] if message.content else said)


def labels(message: Any) -> list[str]:
    return [each.get("label") or "" for each in components(message) if each.get("type") == 2]


def addresses(message: Any) -> list[str]:
    """Where the buttons of a message lead that open a page."""
    return [each["url"] for each in components(message) if each.get("type") == 2 and each.get("url")]


async def press(member: Any, message: Any, name: str) -> simcord.InteractionResult:
    """Press the button of that name on a card, opening first what it stands behind."""
    for opener in ("More", "Related"):
        if name not in labels(message) and opener in labels(message):
            await member.click(message, label=opener)
    result: simcord.InteractionResult = await member.click(message, label=name)
    return result


def custom_ids(message: Any) -> list[str]:
    return [each["custom_id"] for each in components(message) if each.get("custom_id")]


def pytest_sessionfinish(session: pytest.Session) -> None:
    if is_worker(session.config):
        session.config.workeroutput["checked"] = sum(each.checked for each in _checkers)  # type: ignore[attr-defined]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    _checked_by_workers.append(getattr(node, "workeroutput", {}).get("checked", 0))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    checked = sum(each.checked for each in _checkers) + sum(_checked_by_workers)
    if not checked:
        return
    if not description_path().is_file():
        terminalreporter.write_line(
            f"Discord's OpenAPI description is not at {description_path()}: {checked} requests of the bot's "
            "were checked only for the limits written down by hand. Set DISCORD_OPENAPI to its path.",
            yellow=True,
        )
    else:
        terminalreporter.write_line(
            f"{checked} requests of the bot's were checked against Discord's OpenAPI description."
        )
