"""What a host can see from outside: the port with metrics, health and readiness, systemd's watchdog, and the log."""

import asyncio
import json
import re
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

from bot.cli.doctor import GOOD, _port
from bot.config import Settings
from tests.faults.conftest import SERVER, checked_wire
from tests.support.ports import free_port
from tests.support.wire import PATIENCE_SECONDS, Wire, serving
from tests.support.wire_bot import BotProcess, bot_process
from tests.support.wire_members import Members

pytestmark = pytest.mark.asyncio(loop_scope="module")

MEMBER = 31337
WATCHDOG_SECONDS = 0.4
WORDS = "zebrafish knees"
ALARM = "numb between my legs and i cannot pee since leg press"


@dataclass
class Seen:
    """A bot with an open port, whose log is JSON at its most talkative, and what systemd would hear of it."""

    wire: Wire
    bot: BotProcess
    members: Members
    address: str
    heard: list[str]
    """Every line that systemd was told so far."""
    begun: float
    """Before it was started, by the monotonic clock."""

    async def get(self, path: str) -> tuple[int, str]:
        async with aiohttp.ClientSession() as session, session.get(f"{self.address}{path}") as response:
            return response.status, await response.text()

    async def values(self) -> dict[str, float]:
        """Return each sample of /metrics by its name with labels."""
        _, text = await self.get("/metrics")
        return {
            sample.name + "".join(f" {name}={value}" for name, value in sorted(sample.labels.items())): sample.value
            for family in text_string_to_metric_families(text)
            for sample in family.samples
        }

    async def until(self, condition: Callable[[], Awaitable[bool]]) -> None:
        """Look again and again until something holds. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            holds = await condition()
            while not holds:
                await asyncio.sleep(0.05)
                holds = await condition()

    async def is_ready(self) -> bool:
        """Say what /readyz says."""
        return (await self.get("/readyz"))[0] == 200

    async def is_unready(self) -> bool:
        """Say whether /readyz says no."""
        return not await self.is_ready()


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def seen(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Seen]:
    folder, port, begun = tmp_path_factory.mktemp("seen"), free_port(), time.monotonic()
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(folder / "notify"))
        systemd.setblocking(False)
        heard: list[str] = []
        loop = asyncio.get_running_loop()
        loop.add_reader(systemd, lambda: heard.extend(systemd.recv(4096).decode().splitlines()))
        settings: Any = {
            "METRICS_PORT": str(port),
            "NOTIFY_SOCKET": str(folder / "notify"),
            "WATCHDOG_USEC": str(round(WATCHDOG_SECONDS * 1e6)),
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "DEBUG",
        }
        async with (
            serving(checked_wire()) as wire,
            bot_process(wire, folder / "bot", cache_folder, **settings) as bot,
        ):
            await wire.until_ready()
            members = Members(wire)
            await members.until_it_knows("how low do i lower the sled")
            made = Seen(wire, bot, members, f"http://127.0.0.1:{port}", heard, begun)
            await made.until(made.is_ready)  # discord.py waits two seconds for more servers; answers come before
            yield made
        loop.remove_reader(systemd)


async def test_it_is_alive_and_ready_and_says_no_while_a_shard_is_cut_off(seen: Seen) -> None:
    assert await seen.get("/healthz") == (200, "alive\n")
    assert await seen.get("/readyz") == (200, "ready\n")
    seen.wire.refused_sockets = 10**6
    resumes = len(seen.wire.identifies) + seen.wire.resumes
    await seen.wire.drop()
    await seen.until(seen.is_unready)
    assert await seen.get("/readyz") == (503, "Waiting for Discord (1 of 1 shards).\n")
    assert await seen.get("/healthz") == (200, "alive\n")
    assert (await seen.values())["legpress_shards state=connected"] == 0
    seen.wire.refused_sockets = 0
    await seen.wire.until(lambda: len(seen.wire.identifies) + seen.wire.resumes > resumes)
    await seen.until(seen.is_ready)
    after = await seen.values()
    assert after["legpress_gateway_events_total event=disconnect"] >= 1
    assert (after["legpress_shards state=connected"], after["legpress_ready"]) == (1, 1)


async def test_questions_alarms_limits_and_repeats_are_counted(seen: Seen) -> None:
    before = await seen.values()
    seen.wire.fault(
        "POST", "/interactions/*/callback", status=429, headers={"Via": "1.1", "X-RateLimit-Scope": "shared"},
        body={"message": "", "retry_after": 0.1},
    )  # fmt: skip
    for question in ("claim:find-depth", WORDS, ALARM):
        asked = await seen.members.slash("legpress ask", question=question, by=MEMBER, in_=SERVER)
        await seen.wire.until(lambda asked=asked: asked.answered)  # type: ignore[misc]
    await seen.wire.dispatch("CHANNEL_DELETE", None)
    await seen.wire.dispatch("SECRET_EVENT", None)
    await seen.members.slash("legpress about", age=30.0)

    async def late_one_counted() -> bool:
        return (await seen.values())["legpress_interactions_late_total"] >= 1

    await seen.until(late_one_counted)
    after = await seen.values()

    def more(name: str) -> float:
        return after.get(name, 0.0) - before.get(name, 0.0)

    assert more("legpress_questions_total outcome=answer topic=depth") == 1
    assert more("legpress_questions_total outcome=stop topic=none") == 1
    assert more("legpress_gate_total tier=emergency") == 1
    assert more("legpress_rate_limits_total scope=shared") == 1
    assert more("legpress_send_repeats_total way=interaction") == 1
    assert more("legpress_events_passed_over_total event=CHANNEL_DELETE") == 1
    assert more("legpress_interactions_total kind=command") == 4
    assert more("legpress_responses_total status=204") >= 3
    for stage in ("overlay", "thinking", "gate", "matching", "card", "sending", "whole"):
        assert more(f"legpress_stage_seconds_count stage={stage}") >= 1, stage
    assert after["legpress_loop_lag_seconds_count"] > 0
    assert after["legpress_knowledge_claims"] > 5
    assert any(re.fullmatch(r"legpress_knowledge_info version=[0-9a-f]{12}", name) for name in after)
    assert after["process_resident_memory_bytes"] > 1e7


async def test_nothing_that_is_shown_identifies_anyone(seen: Seen) -> None:
    asked = await seen.members.slash("legpress ask", question=WORDS, by=MEMBER, in_=SERVER)
    await seen.wire.until(lambda: asked.answered)
    _, text = await seen.get("/metrics")
    labels = set(re.findall(r'="([^"]*)"', text))
    assert not {each for each in labels if each.isdecimal() and len(each) > 3}
    shown = text + (await seen.get("/readyz"))[1] + "\n".join(seen.bot.lines())
    for secret in (str(MEMBER), str(SERVER), "zebrafish", f"member{MEMBER}", asked.token, str(asked.id)):
        assert secret not in shown


async def test_one_id_goes_through_a_questions_way(seen: Seen) -> None:
    before = len(seen.bot.lines())
    seen.wire.fault("POST", "/interactions/*/callback", status=503)
    for each in range(3):
        asked = await seen.members.slash("legpress ask", question="claim:find-depth", by=MEMBER + each, in_=SERVER)
        await seen.wire.until(lambda asked=asked: asked.answered)  # type: ignore[misc]

    def told() -> tuple[list[str], list[str]]:
        """Return the ways of the answers that are told, and of what is told to be sent again."""
        lines = [json.loads(line) for line in seen.bot.lines()[before:]]
        return (
            [each["way"] for each in lines if each["message"].startswith("answered")],
            [each["way"] for each in lines if "sent again" in each["message"]],
        )

    async def all_told() -> bool:
        ways, repeated = told()
        return set(repeated) <= set(ways) and len(ways) >= 3 and bool(repeated)

    await seen.until(all_told)
    ways, [repeated] = told()
    assert len(set(ways)) == len(ways) >= 3  # an answer of the test before may be told late
    assert repeated in ways


async def test_systemd_hears_that_it_runs_and_that_its_loop_turns(seen: Seen) -> None:
    async def is_connected() -> bool:
        return "STATUS=Connected." in seen.heard

    await seen.until(is_connected)
    assert seen.heard.count("READY=1") == 1
    before = seen.heard.count("WATCHDOG=1")

    async def heard_again() -> bool:
        return seen.heard.count("WATCHDOG=1") > before

    await seen.until(heard_again)
    # No oftener than twice in the time that systemd waits, however late a busy machine lets it send or this be read.
    assert seen.heard.count("WATCHDOG=1") <= (time.monotonic() - seen.begun) / (WATCHDOG_SECONDS / 2) + 2


async def test_the_doctor_tells_what_the_running_bot_says(seen: Seen) -> None:
    port = int(seen.address.rpartition(":")[2])
    finding = await asyncio.to_thread(_port, Settings(metrics_port=port))
    assert finding.status == GOOD
    assert finding.text.endswith("the bot that runs says: ready")


async def test_a_port_that_is_taken_is_one_line_of_json(seen: Seen, tmp_path: Path, cache_folder: Path) -> None:
    port = seen.address.rpartition(":")[2]
    async with bot_process(seen.wire, tmp_path, cache_folder, METRICS_PORT=port, LOG_FORMAT="json") as bot:
        assert await bot.ended(150) == 2
        [line] = bot.trouble()
        assert "METRICS_PORT" in json.loads(line)["message"]


async def test_systemd_hears_of_the_end(seen: Seen) -> None:
    seen.bot.signal()
    assert await seen.bot.ended(30) == 0
    assert "STOPPING=1" in seen.heard
    assert all(isinstance(json.loads(line), dict) for line in seen.bot.lines())
