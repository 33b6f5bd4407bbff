"""Servers come and go while the bot is there, and while it is not."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

import pytest

from tests.support.discord_side import Handed
from tests.support.moderators import Club
from tests.support.postgres import Clock
from tests.support.wire import Wire, running

if TYPE_CHECKING:
    from bot.client import LegPressBot

pytestmark = pytest.mark.both_databases


async def deleted(club: Club) -> int:
    return (await club.workshop.retention.run_once()).servers


async def test_a_server_that_the_bot_left_is_deleted_a_month_later(club: Club, clock: Clock) -> None:
    await club.added()
    club.env.backend.remove_guild(club.guild.id)
    await club.env.settle()
    assert club.guild.id in await club.workshop.store.servers.away()
    await deleted(club)
    clock.forward(days=31)
    assert await deleted(club) == 1
    assert await club.workshop.history.revisions(club.guild.id) == []


async def test_a_server_that_invited_the_bot_again_while_it_was_down_keeps_everything(
    club: Club, handed: Handed, clock: Clock
) -> None:
    await club.added()
    backend = club.env.backend
    held = backend.guilds[club.guild.id]
    await club.workshop.presence.left(club.guild.id)
    clock.forward(days=31)
    assert backend.guilds[club.guild.id] is held
    await club.env.restart_bot(handed.bot())
    assert club.guild.id not in await club.workshop.store.servers.away()
    for _ in range(2):
        clock.forward(days=31)
        assert await deleted(club) == 0
    assert len(await club.workshop.history.revisions(club.guild.id)) == 1


async def test_a_server_that_left_while_the_bot_was_down_is_found_at_the_start(
    club: Club, handed: Handed, clock: Clock
) -> None:
    await club.added()
    del club.env.backend.guilds[club.guild.id]
    await club.env.restart_bot(handed.bot())
    assert club.guild.id in await club.workshop.store.servers.away()
    clock.forward(days=31)
    assert await deleted(club) == 1


async def test_a_question_or_a_change_is_a_sign_of_life(club: Club) -> None:
    await club.added()
    servers = club.workshop.store.servers
    await servers.left(club.guild.id, 10)
    club.workshop.presence._here.clear()
    await club.asked("how low do i lower the sled")
    await club.env.settle()
    assert await servers.away() == {}
    await servers.left(club.guild.id, 10)
    await club.added(title="Caffeine")
    assert await servers.away() == {}


async def test_a_command_where_nothing_is_to_be_noted_starts_nothing_beside_its_answer(club: Club) -> None:
    heard: list[object] = []

    async def listener(interaction: object) -> None:
        heard.append(interaction)

    await club.asked("how low do i lower the sled")
    await club.env.settle()
    cast("LegPressBot", club.env.bot).add_listener(listener, "on_interaction")
    await club.asked("how low do i lower the sled")
    assert heard == []
    club.workshop.presence._here.clear()
    await club.asked("how low do i lower the sled")
    await club.env.settle()
    assert len(heard) == 1


def guild(number: int) -> dict[str, object]:
    return {"id": str(number), "unavailable": True}


async def test_an_outage_and_a_new_session_are_told_apart_from_leaving(
    handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = handed.bot()
    staying, leaving = 111 << 22, 222 << 22
    async with running(Wire(guilds=[guild(staying), guild(leaving)]), monkeypatch) as wire:
        bot._connection.guild_ready_timeout = 0.05
        task = asyncio.create_task(bot.start("token"))
        try:
            await _until(lambda: (seen := bot.shards_seen.present()) is not None and bool(seen.shards))
            seen = bot.shards_seen.present()
            assert seen is not None
            assert seen.servers == {staying, leaving}
            assert seen.at is not None  # Discord's own time, from its responses
            await wire.dispatch("GUILD_DELETE", guild(staying))  # unavailable, not left
            wire.guilds = [guild(staying)]
            await wire.frame({"op": 9, "d": False})  # the session is over: begin anew
            await _until(lambda: len(wire.identifies) == 2)
            await _until(lambda: leaving not in bot.shards_seen.servers())
            await _until(lambda: (again := bot.shards_seen.present()) is not None and bool(again.shards))
            again = bot.shards_seen.present()
            assert again is not None
            assert again.is_absent(leaving)
            assert not again.is_absent(staying)
            assert [bot.shards_seen.has(each) for each in (staying, leaving, 1)] == [True, False, False]
        finally:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)


async def test_the_time_is_that_of_discords_answers_and_of_no_other_machines(
    handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The gateway's handshake is dated by this machine here, and its socket is opened after Discord's answers."""
    bot = handed.bot()
    async with running(Wire(guilds=[guild(1 << 40)], skew=50 * 86_400.0), monkeypatch) as wire:
        bot._connection.guild_ready_timeout = 0.05
        task = asyncio.create_task(bot.start("token"))
        try:
            await _until(lambda: (seen := bot.shards_seen.present()) is not None and seen.at is not None)
            seen = bot.shards_seen.present()
            assert seen is not None
            assert seen.at is not None
            assert abs(seen.at.timestamp() - wire.now()) < 600
        finally:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)


async def _until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not happened():  # noqa: ASYNC110 -- a client's state, of which no event tells
            await asyncio.sleep(0.02)
