"""SIGTERM and Ctrl-C in every state of the bot: it ends within ten seconds, with nothing in hand lost."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.client.ending import MOST_SECONDS
from tests.faults.conftest import SERVER, checked_wire
from tests.support.wire import Wire, serving
from tests.support.wire_bot import ROOT, bot_process
from tests.support.wire_members import Members, guild, said

SECONDS = 30.0
"""The bot takes at most ten by its own count; a busy machine ends a process later."""


@pytest.fixture
async def wire() -> AsyncIterator[Wire]:
    async with serving(checked_wire()) as wire:
        yield wire


def last_words(lines: list[str]) -> list[str]:
    """What it wrote from the moment it was asked to stop."""
    start = next((at for at, line in enumerate(lines) if "Asked to stop" in line), len(lines))
    return lines[start:]


def refuse_logins(wire: Wire) -> None:
    wire.fault("GET", "/users/@me", status=503, times=None)


def refuse_the_gateway(wire: Wire) -> None:
    wire.fault("GET", "/gateway/bot", status=503, times=None)


def refuse_sockets(wire: Wire) -> None:
    wire.refused_sockets = 10**6


def greet_nobody(wire: Wire) -> None:
    wire.silent_sockets = True


def hang_at_login(wire: Wire) -> None:
    wire.fault("GET", "/users/@me", wait=600)


def many_shards(wire: Wire) -> None:
    wire.shards = 20


def hold_the_registering(wire: Wire) -> None:
    wire.fault(
        "PUT", "*/commands", status=429, headers={"Via": "1.1"}, body={"message": "", "retry_after": 600.0}, times=None
    )


def nothing_wrong(_wire: Wire) -> None:
    pass


STATES: dict[str, tuple[Any, Any]] = {
    "waiting to log in": (refuse_logins, lambda wire: wire.bodies("GET", "/users/@me")),
    "logging in": (hang_at_login, lambda wire: wire.bodies("GET", "/users/@me")),
    "waiting for the gateway's address": (refuse_the_gateway, lambda wire: wire.bodies("GET", "/gateway/bot")),
    "waiting for the gateway": (refuse_sockets, lambda wire: wire.refused_sockets < 10**6),
    "connecting": (greet_nobody, lambda wire: wire.sessions),
    "starting shards": (many_shards, lambda wire: wire.identifies),
    "registering": (hold_the_registering, lambda wire: wire.identifies and wire.bodies("PUT", "/commands")),
    "at rest": (nothing_wrong, lambda wire: wire.identifies),
}
LIKE_OTHERS = ("logging in", "waiting for the gateway", "connecting")
"""The states in which it waits for Discord as in the one before."""


@pytest.mark.parametrize(
    ("state", "number"),
    [
        *(pytest.param(state, signal.SIGTERM, marks=[pytest.mark.soak] * (state in LIKE_OTHERS)) for state in STATES),
        # One handler takes both signals, from before the first login on.
        pytest.param("waiting to log in", signal.SIGINT, marks=pytest.mark.soak),
        ("at rest", signal.SIGINT),
    ],
)
async def test_it_ends_in_every_state(
    wire: Wire, tmp_path: Path, cache_folder: Path, state: str, number: signal.Signals
) -> None:
    prepare, reached = STATES[state]
    prepare(wire)
    whole = (state, number) == ("at rest", signal.SIGINT)  # by its ordinary command, imports and all
    async with bot_process(wire, tmp_path, cache_folder, imported=not whole) as bot:
        await wire.until(lambda: reached(wire), 150)
        await asyncio.sleep(0.3)
        bot.signal(number)
        assert await bot.ended(SECONDS) == 0
        assert len(last_words(bot.lines())) <= 3, "\n".join(bot.lines())
        assert "Traceback" not in "\n".join(bot.lines())


@pytest.mark.parametrize("arguments", [["run"], []])
@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT"])
def test_it_ends_well_while_it_is_still_being_imported(tmp_path: Path, number: str, arguments: list[str]) -> None:
    (tmp_path / "discord.py").write_text(
        f"import os, signal, time\nos.kill(os.getpid(), signal.{number})\ntime.sleep(60)\n", encoding="utf-8"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
            "DISCORD_TOKEN": "token",
            "STATE_DIR": str(tmp_path),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, "")
    assert ran.stderr == "legpress: stopped before it had started.\n"


async def test_what_is_in_hand_is_answered_first(wire: Wire, tmp_path: Path, cache_folder: Path) -> None:
    async with bot_process(wire, tmp_path, cache_folder, imported=True) as bot:
        await wire.until_ready()
        members = Members(wire)
        await members.until_it_knows("how low do i lower the sled")
        wire.fault("POST", "/interactions/*/callback", wait=0.2, times=None)
        asked = [
            await members.slash("legpress ask", question="how low do i lower the sled", by=100 + each, in_=SERVER)
            for each in range(20)
        ]
        for each in range(10):
            await members.say("how low do i lower the sled", by=300 + each)
        bot.signal()
        assert await bot.ended(SECONDS) == 0
        assert [said(each.response)[:14] for each in asked] == ["**The claim:**"] * 20
        assert len(wire.messages) == 10
        assert len(last_words(bot.lines())) <= 3, "\n".join(bot.lines())


async def test_what_many_of_one_server_sent_at_once_is_answered_too(
    wire: Wire, tmp_path: Path, cache_folder: Path
) -> None:
    async with bot_process(wire, tmp_path, cache_folder, imported=True) as bot:
        await wire.until_ready()
        members = Members(wire)
        await members.until_it_knows("how low do i lower the sled")
        wire.answerable_seconds = SECONDS  # a busy machine takes longer; what is lost is lost all the same
        asked = [
            await members.slash("legpress ask", question="how low do i lower the sled", by=100 + each, in_=SERVER)
            for each in range(55)
        ]
        bot.signal()
        assert await bot.ended(SECONDS) == 0
        assert [each.id for each in asked if not each.answered] == []
        assert len(last_words(bot.lines())) <= 3, "\n".join(bot.lines())


async def test_what_was_counted_is_written(wire: Wire, tmp_path: Path, cache_folder: Path) -> None:
    import sqlite3

    async with bot_process(wire, tmp_path, cache_folder, imported=True) as bot:
        await wire.until_ready()
        asked = await Members(wire).slash("legpress ask", question="claim:find-depth", in_=SERVER)
        await wire.until(lambda: asked.answered)
        bot.signal()
        assert await bot.ended(SECONDS) == 0
    with sqlite3.connect(tmp_path / "state" / "legpress.sqlite3") as database:
        rows = database.execute("SELECT kind, count FROM tallies").fetchall()
    database.close()
    assert ("claim", 1) in rows


async def test_what_hangs_in_a_thread_keeps_it_no_longer_than_ten_seconds(
    wire: Wire, tmp_path: Path, cache_folder: Path
) -> None:
    async with bot_process(wire, tmp_path, cache_folder, HANGING_THREAD="1") as bot:
        await wire.until_ready()
        begun = time.monotonic()
        bot.signal()
        assert await bot.ended(SECONDS) == 0
        assert 9.0 < MOST_SECONDS < 10.0
        assert time.monotonic() - begun > 9.0
        assert "Stopped by force" in bot.lines()[-1]
        assert len(last_words(bot.lines())) <= 3, "\n".join(bot.lines())


LOGINS: dict[str, tuple[dict[str, Any], int]] = {
    "rejected the token": ({"status": 401}, 2),
    "takes no more requests": ({"status": 429, "body": {"retry_after": 600}}, 1),
    "refused the login": ({"status": 403}, 1),
}


@pytest.mark.parametrize("words", LOGINS)
async def test_a_refused_login_is_one_line_and_the_right_code(
    wire: Wire, tmp_path: Path, cache_folder: Path, words: str
) -> None:
    fault, code = LOGINS[words]
    wire.fault("GET", "/users/@me", times=None, **fault)
    async with bot_process(wire, tmp_path, cache_folder, imported=True) as bot:
        assert await bot.ended(150) == code
        [line] = bot.trouble()
        assert words in line


@pytest.mark.parametrize(
    ("close", "code"),
    [
        (4004, 2),
        pytest.param(4013, 2, marks=pytest.mark.soak),
        pytest.param(4014, 2, marks=pytest.mark.soak),
        (4011, 1),
    ],
)
async def test_a_fatal_close_is_one_line_and_the_right_code(
    wire: Wire, tmp_path: Path, cache_folder: Path, close: int, code: int
) -> None:
    wire.closes_identify = close
    async with bot_process(wire, tmp_path, cache_folder, imported=True) as bot:
        assert await bot.ended(150) == code
        [line] = bot.trouble()
        assert line.startswith("legpress: ")


async def test_a_token_revoked_while_it_runs_ends_it_with_one_line(
    wire: Wire, tmp_path: Path, cache_folder: Path
) -> None:
    async with bot_process(wire, tmp_path, cache_folder, imported=True) as bot:
        await wire.until_ready()
        await wire.drop(code=4004)
        assert await bot.ended(SECONDS) == 2
        [line] = bot.trouble()
        assert "rejected the token" in line


@pytest.mark.parametrize(
    "skew", [-3600.0, pytest.param(-30.0, marks=pytest.mark.soak), 5.0, pytest.param(86_400.0, marks=pytest.mark.soak)]
)
async def test_a_wrong_clock_costs_nobody_an_answer(tmp_path: Path, cache_folder: Path, skew: float) -> None:
    async with (
        serving(Wire(guilds=[guild(SERVER)], skew=skew)) as wire,
        bot_process(wire, tmp_path, cache_folder, imported=True),
    ):
        await wire.until_ready()
        members = Members(wire)
        first = await members.slash("legpress warning-signs")
        late = await members.slash("legpress about", age=5.0)
        typed = await members.type("legpress ask", "question", "depth")
        await wire.until(lambda: first.answered and typed.answered)
        assert [each for each in wire.told if f"/{late.id}/" in each.path] == []


@pytest.mark.parametrize("level", [pytest.param("INFO", marks=pytest.mark.soak), "DEBUG"])
async def test_json_logs_are_json_to_the_last_line(wire: Wire, tmp_path: Path, cache_folder: Path, level: str) -> None:
    import json

    async with bot_process(wire, tmp_path, cache_folder, imported=True, LOG_FORMAT="json", LOG_LEVEL=level) as bot:
        await wire.until_ready()
        members = Members(wire)
        await wire.dispatch("CHANNEL_DELETE", None)
        asked = await members.slash("legpress ask", question="zebrafish knees", by=31337)
        await members.slash("gone")
        await wire.until(lambda: asked.answered)
        bot.signal()
        assert await bot.ended(SECONDS) == 0
        lines = bot.lines()
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert "zebrafish" not in "\n".join(lines)
    assert "31337" not in "\n".join(lines)
