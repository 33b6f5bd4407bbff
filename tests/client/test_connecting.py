"""The real client over a real wire, to a stand-in for Discord on the loopback."""

import asyncio
import contextlib
import logging
import os
import signal
import threading
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from bot.client import LegPressBot, register_commands, serve
from bot.errors import ConfigError, NetworkError
from bot.service import Service
from bot.ui.answer.replies import plain
from bot.ui.answer.sending import speak
from tests.support.discord_side import Handed
from tests.support.wire import Wire, running

TOKEN = "MTIzNDU2.secret.token"


@pytest.fixture
def lone_bot(handed: Handed) -> LegPressBot:
    return handed.bot()


def no_change() -> bool:
    return False


@contextlib.asynccontextmanager
async def served(bot: LegPressBot, **more: object) -> AsyncIterator[asyncio.Task[None]]:
    refresh = more.pop("refresh", no_change)
    task = asyncio.create_task(serve(bot, TOKEN, refresh, **more))  # type: ignore[arg-type]
    try:
        yield task
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_the_bot_starts_with_its_intents_and_answers_a_command(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with running(Wire(), monkeypatch) as wire, served(lone_bot):
        await wire.until_ready()
        [identify] = wire.identifies
        assert identify["intents"] == (1 << 0) | (1 << 9) | (1 << 12)
        assert len(await wire.until_told("PUT", "/commands")) == 1
        interaction_id = discord.utils.time_snowflake(discord.utils.utcnow())
        await wire.dispatch("INTERACTION_CREATE", command(interaction_id, "about"))
        [answer] = await wire.until_told("POST", "/callback")
        assert answer["type"] == 4
        assert answer["data"]["flags"] & 64
    logged = "".join(each.getMessage() for each in caplog.records if each.name.startswith("bot"))
    assert TOKEN not in logged


async def test_discord_is_asked_how_many_shards_to_run(handed: Handed, monkeypatch: pytest.MonkeyPatch) -> None:
    handed.shard_count = None
    async with running(Wire(), monkeypatch) as wire, served(handed.bot()):
        await wire.until_ready()
        [identify] = wire.identifies
        assert identify["shard"] == [0, 1]
        assert wire.bodies("GET", "/gateway/bot")


async def test_a_bot_that_began_all_its_sessions_waits_for_the_next_day(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(Wire(), monkeypatch) as wire:
        wire.sessions_left, wire.sessions_back_ms = 0, 500
        async with served(lone_bot):
            await wire.until(lambda: len(wire.bodies("GET", "/gateway/bot")) >= 2)
            assert wire.identifies == []
            wire.sessions_left = 1
            await wire.until_ready()
    assert "begin no session for 0 minutes" in caplog.text


async def test_what_two_processes_say_to_one_message_is_said_once(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(Wire(), monkeypatch) as wire, served(lone_bot):
        await wire.until_ready()
        channel = lone_bot.get_partial_messageable(88)
        for message, words in [(5, "one"), (5, "one"), (6, "one"), (6, "two"), (5, "one")]:
            await speak(channel, plain(words), to=channel.get_partial_message(message))  # type: ignore[arg-type]
        assert [each["content"] or str(each["components"]) for each in wire.messages] == [
            str(plain(words).to_components()) for words in ("one", "one", "two")
        ]


async def test_a_replayed_interaction_is_left_alone(lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(Wire(), monkeypatch) as wire, served(lone_bot):
        await wire.until_ready()
        now = discord.utils.time_snowflake(discord.utils.utcnow())
        stale = now - (10_000 << 22)
        await wire.dispatch("INTERACTION_CREATE", command(stale, "about"))
        await wire.dispatch("INTERACTION_CREATE", command(now, "about"))
        await wire.until_told("POST", "/callback")
        assert [each.path for each in wire.told if f"/{stale}/" in each.path] == []


async def test_new_topics_are_subcommands_as_soon_as_the_knowledge_changed(
    handed: Handed, other_service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = iter([True])
    wire = Wire()

    def refresh() -> bool:
        if not wire.bodies("PUT", "/commands"):
            return False  # still starting: the topics of that moment would be the first that are told
        handed.service = handed.conversations_service = lambda: other_service
        return next(changes, False)

    async with running(wire, monkeypatch), served(handed.bot(), refresh=refresh, every=0.1):
        first, second = await wire.until_told("PUT", "/commands", count=2)
        assert "depth" in str(first)
        assert "stance" in str(second)
        assert "'depth'" not in str(second)


async def test_a_refresh_that_fails_does_not_end_the_watching(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    calls: list[int] = []
    thrice = threading.Event()

    def refresh() -> bool:
        calls.append(1)
        if len(calls) == 3:
            thrice.set()
        raise OSError

    async with running(Wire(), monkeypatch) as wire, served(lone_bot, refresh=refresh, every=0.05):
        await wire.until_ready()
        assert await asyncio.to_thread(thrice.wait, 10)
    assert "looking for changed knowledge failed" in caplog.text


async def test_a_rejected_token_is_named_as_such(lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(Wire(), monkeypatch) as wire:
        wire.fault("GET", "*", status=401, times=None)
        with pytest.raises(ConfigError, match="rejected the token in DISCORD_TOKEN") as told:
            await serve(lone_bot, TOKEN, no_change)
    assert TOKEN not in str(told.value)


@pytest.mark.parametrize("path", ["/users/@me", "/oauth2/applications/@me", "/gateway/bot"])
@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503},
        {"reset": True, "times": 3},
        {"status": 429, "body": {"retry_after": 0.1}, "headers": {"Via": "1.1 discord"}},
    ],
)
async def test_where_discord_is_out_of_order_at_the_start_it_is_asked_again(
    handed: Handed, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, path: str, fault: dict[str, Any]
) -> None:
    caplog.set_level(logging.WARNING, logger="bot")
    handed.shard_count = None
    async with running(Wire(), monkeypatch) as wire:
        wire.fault("GET", path, **fault)
        async with served(handed.bot()):
            await wire.until_ready()
    told = [each.getMessage() for each in caplog.records if each.name == "bot.client.reaching"]
    assert len(told) == (0 if fault.get("status") == 429 else 2)


async def test_a_limit_at_the_edge_is_told_in_one_sentence(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(Wire(), monkeypatch) as wire:
        wire.fault("GET", "/users/@me", status=429, body={"retry_after": 600})
        with pytest.raises(NetworkError, match="takes no more requests"):
            await serve(lone_bot, TOKEN, no_change)


@pytest.mark.parametrize(
    ("code", "words"),
    [(4004, "rejected the token"), (4012, "update the bot"), (4013, "update the bot"), (4014, "Message Content")],
)
async def test_a_connection_that_is_refused_for_good_is_for_the_host_to_mend(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch, code: int, words: str
) -> None:
    async with running(Wire(), monkeypatch) as wire:
        wire.closes_identify = code
        with pytest.raises(ConfigError, match=words):
            await asyncio.wait_for(serve(lone_bot, TOKEN, no_change), 10)


async def test_a_gateway_that_is_down_at_first_is_tried_again(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with running(Wire(), monkeypatch) as wire:
        wire.refused_sockets = 2
        async with served(lone_bot):
            await wire.until_ready()
    told = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
    assert [each for each in told if "gateway" in each] == [
        "Discord's gateway cannot be reached (WSServerHandshakeError 503); it is tried again until it can be",
        "Discord's gateway is reached again",
    ]
    assert "Traceback" not in caplog.text


async def test_without_a_network_one_sentence_says_so(lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:1/api/v10")
    with pytest.raises(NetworkError, match="check this machine's network"):
        await serve(lone_bot, TOKEN, no_change)


async def test_it_ends_cleanly_when_the_system_asks(lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(Wire(), monkeypatch) as wire, served(lone_bot) as task:
        await wire.until_ready()
        os.kill(os.getpid(), signal.SIGTERM)
        await asyncio.wait_for(task, 10)
        assert lone_bot.is_closed()


async def test_a_refused_registration_is_repeated_beside_the_connection(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.client.registering.pauses", lambda *_: iter([0.05] * 5))
    async with running(Wire(), monkeypatch) as wire:
        wire.fault("PUT", "*/commands", status=503)
        wire.fault("PUT", "*/commands", reset=True)
        wire.fault("PUT", "*/commands", status=400, code=30034)
        async with served(lone_bot):
            await wire.until_ready()
            await wire.until_told("PUT", "/commands", count=4)


async def test_a_registration_that_has_to_wait_keeps_nobody_waiting(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(Wire(), monkeypatch) as wire:
        wire.fault("PUT", "*/commands", wait=600)
        async with served(lone_bot):
            await wire.until_ready(seconds=60)


async def test_commands_are_registered_by_hand_without_connecting(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(Wire(), monkeypatch) as wire:
        await register_commands(lone_bot, TOKEN)
        assert wire.bodies("PUT", "/commands")
        assert not wire.identifies


async def test_a_refused_registration_by_hand_is_told(lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(Wire(), monkeypatch) as wire:
        wire.fault("PUT", "*/commands", status=400, times=None)
        with pytest.raises(NetworkError, match="did not take the commands"):
            await register_commands(lone_bot, TOKEN)


def command(interaction_id: int, name: str) -> dict[str, object]:
    user = {"id": "77", "username": "alice", "discriminator": "0", "avatar": None, "global_name": None}
    return {
        "id": str(interaction_id),
        "application_id": "4242",
        "type": 2,
        "token": "t",
        "version": 1,
        "channel_id": "88",
        "channel": {"id": "88", "type": 1, "recipients": [user]},
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {},
        "context": 1,
        "attachment_size_limit": 1000,
        "app_permissions": "0",
        "user": user,
        "data": {"id": "9", "name": "legpress", "type": 1, "options": [{"name": name, "type": 1, "options": []}]},
    }


async def test_a_connection_that_acknowledges_no_heartbeat_is_made_anew(
    lone_bot: LegPressBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.client.doors.ACK_SECONDS", 0.2)
    monkeypatch.setattr("bot.client.doors.LOOK_SECONDS", 0.1)
    wire = Wire()
    wire.heartbeat_ms = 300
    async with running(wire, monkeypatch), served(lone_bot):
        await wire.until_ready()
        await asyncio.sleep(1.0)
        assert wire.resumes == 0  # what is acknowledged is left alone
        wire.acknowledges = False
        await wire.until(lambda: wire.resumes)
        wire.acknowledges = True
        now = discord.utils.time_snowflake(discord.utils.utcnow())
        await wire.dispatch("INTERACTION_CREATE", command(now, "about"))
        await wire.until_told("POST", "/callback")
