"""The client: intents, syncing, freshness, and that it keeps no secrets and no memories."""

import json
import logging
from pathlib import Path

import discord
import pytest
import simcord

from bot.client import ANSWER_SECONDS, OLDEST_SECONDS, LegPressBot, intents
from bot.service import Service
from tests.support.discord_side import Gym, Handed, custom_ids, discord_tells_the_time, response
from tests.support.moderators import Club


def syncs(env: simcord.Env) -> int:
    return sum(each.method == "PUT" and each.path.endswith("/commands") for each in env.http_requests)


def test_no_privileged_intent_is_asked_for() -> None:
    asked = {name for name, on in intents() if on}
    assert asked == {"guilds", "guild_messages", "dm_messages"}


@pytest.mark.simcord(approved_intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True))
async def test_everything_works_where_discord_grants_no_privileged_intent(gym: Gym) -> None:
    assert len(await gym.says(f"{gym.mention} how low do i lower the sled")) == 1
    assert (await gym.alice.slash(gym.channel, "legpress depth")).ephemeral
    message = await gym.bob.send(gym.channel, "how low do i lower the sled")
    assert (await gym.alice.context_menu(gym.channel, "Answer this", message)).ephemeral


async def test_nobody_is_ever_pinged(simcord_env: simcord.Env) -> None:
    allowed = simcord_env.bot.allowed_mentions
    assert allowed is not None
    assert dict(allowed.to_dict()) == {"parse": []}


async def test_commands_are_registered_once_and_not_again_after_a_restart(gym: Gym, handed: Handed) -> None:
    assert syncs(gym.env) == 1
    await gym.env.restart_bot(handed.bot())
    await gym.env.restart_bot()
    assert syncs(gym.env) == 1
    assert (await gym.alice.slash(gym.channel, "legpress depth")).ephemeral


async def test_changed_commands_are_registered_again(gym: Gym, handed: Handed, other_service: Service) -> None:
    handed.service = handed.conversations_service = lambda: other_service
    await gym.env.restart_bot(handed.bot())
    assert syncs(gym.env) == 2
    assert (await gym.alice.slash(gym.channel, "legpress stance")).ephemeral


@pytest.mark.parametrize("content", ["", "not json", "[]", '{"commands": 5}', "\x00\xff", '{"commands": "old"}'])
async def test_a_state_file_that_cannot_be_read_is_ignored(gym: Gym, handed: Handed, content: str) -> None:
    assert handed.state_dir is not None
    [kept] = handed.state_dir.iterdir()
    digest = json.loads(kept.read_text())["commands"]
    kept.write_bytes(content.encode("latin-1"))
    await gym.env.restart_bot(handed.bot())
    assert syncs(gym.env) == 2
    assert json.loads(kept.read_text())["commands"] == digest


async def test_without_a_state_folder_commands_are_registered_at_every_start(gym: Gym, handed: Handed) -> None:
    handed.state_dir = None
    await gym.env.restart_bot(handed.bot())
    await gym.env.restart_bot(handed.bot())
    assert syncs(gym.env) == 3


async def test_a_state_folder_that_cannot_be_written_is_no_fault(
    gym: Gym, handed: Handed, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    handed.state_dir = tmp_path / "file" / "state"
    await gym.env.restart_bot(handed.bot())
    assert "cannot be written" in caplog.text
    assert (await gym.alice.slash(gym.channel, "legpress depth")).ephemeral


async def test_a_refused_registration_is_logged_and_the_old_commands_go_on(
    gym: Gym, handed: Handed, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "bot.client.registering.pauses", lambda *_: iter([0.05] * 5)
    )  # five seconds are all it has to settle
    handed.state_dir = None
    gym.env.inject_error("PUT", "/applications/*/commands", status=400, code=30034, message="daily limit")
    await gym.env.restart_bot(handed.bot())
    assert "registering the commands failed" in caplog.text
    assert "400/30034" in caplog.text
    assert (await gym.alice.slash(gym.channel, "legpress depth")).ephemeral


@pytest.mark.both_databases
async def test_processes_on_one_postgresql_register_what_none_of_them_has_registered(
    club: Club, handed: Handed, other_service: Service, tmp_path: Path
) -> None:
    async def next_one(number: int) -> int:
        before = syncs(club.env)
        handed.state_dir = tmp_path / f"process {number}"
        await club.env.restart_bot(handed.bot())
        return syncs(club.env) - before

    is_shared = club.workshop.store.database.is_postgres
    first = handed.service
    assert await next_one(1) == (not is_shared)  # another process registered them
    handed.service = handed.conversations_service = lambda: other_service
    assert await next_one(2) == 1
    handed.service = handed.conversations_service = first
    assert await next_one(1) == is_shared  # what its own folder has is not what was registered last
    assert await next_one(2) == (not is_shared)


@pytest.mark.both_databases
async def test_while_the_database_is_down_a_process_goes_by_what_it_registered_itself(club: Club) -> None:
    assert isinstance(club.env.bot, LegPressBot)
    club.break_store()
    assert await club.env.bot.sync_commands() is False
    assert await club.env.bot.sync_commands(always=True) is True
    club.mend_store()
    assert await club.env.bot.sync_commands() is False


async def test_registering_can_be_asked_for_whatever_the_hash_says(gym: Gym) -> None:
    assert isinstance(gym.env.bot, LegPressBot)
    assert await gym.env.bot.sync_commands() is False
    assert await gym.env.bot.sync_commands(always=True) is True


async def test_forty_topics_fit_into_discords_limits(gym: Gym, handed: Handed, tmp_path: Path) -> None:
    from bot.bootstrap import build_service, shipped_state
    from bot.store.cache import FileCache

    claims = tmp_path / "many" / "claims"
    claims.mkdir(parents=True)
    for number in range(40):
        (claims / f"topic-{number}.yaml").write_text(
            f"- id: claim-{number}\n  title: Title {number}\n  claim: A statement.\n  verdict: mixed\n"
            f"  confidence: low\n  answer: An answer.\n  questions: [what about number {number}]\n"
        )
    many = build_service(tmp_path / "many", cache=FileCache(None, shipped_state()))
    handed.service = handed.conversations_service = lambda: many
    await gym.env.restart_bot(handed.bot())
    available = gym.alice.available_commands(gym.channel)
    assert sum(name.startswith("legpress topic-") for name in available) == 18
    assert "legpress ask" in available
    result = await gym.alice.slash(gym.channel, "legpress ask", question="claim:claim-39")
    assert "lp:why:claim-39" in custom_ids(result.response)


async def test_the_token_is_in_no_repr_and_no_log(simcord_env: simcord.Env, caplog: pytest.LogCaptureFixture) -> None:
    token = simcord_env.bot.http.token
    assert token
    assert token not in repr(simcord_env.bot)
    assert token not in str(vars(simcord_env.bot))
    assert token not in caplog.text


async def test_the_client_keeps_no_messages_and_no_members(gym: Gym) -> None:
    await gym.says(f"{gym.mention} how low do i lower the sled")
    assert list(gym.env.bot.cached_messages) == []
    guild = gym.env.bot.get_guild(gym.guild.id)
    assert guild is not None
    assert {member.id for member in guild.members} <= {gym.env.bot.user.id if gym.env.bot.user else 0}


@pytest.mark.parametrize("seconds", [3.0, 60.0, 600.0])
async def test_interactions_that_come_too_late_are_dropped(gym: Gym, handed: Handed, seconds: float) -> None:
    shown = response(await gym.alice.slash(gym.channel, "legpress depth"))
    form = await gym.alice.slash(gym.channel, "legpress report")
    discord_tells_the_time(gym, handed)
    handed.clock = lambda: seconds + 1  # a date leaves a second open
    assert not (await gym.alice.slash(gym.channel, "legpress depth")).acknowledged
    assert not (await gym.alice.click(shown, label="Why")).acknowledged
    assert not (await gym.alice.submit_modal(form, {"text": "late"})).acknowledged
    assert await gym.alice.autocomplete(gym.channel, "legpress ask", "question", "knees") == []


async def test_a_little_late_is_still_answered(gym: Gym, handed: Handed) -> None:
    discord_tells_the_time(gym, handed)
    handed.clock = lambda: OLDEST_SECONDS - 0.1
    assert (await gym.alice.slash(gym.channel, "legpress depth")).acknowledged


def test_an_answer_has_to_be_ready_before_the_interaction_is_too_old() -> None:
    assert ANSWER_SECONDS < OLDEST_SECONDS < 3


async def test_what_is_asked_is_in_no_log(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    await gym.says(f"{gym.mention} how low do i lower the sled zebrafish")
    await gym.alice.slash(gym.channel, "legpress ask", question="zebrafish knees")
    await gym.alice.autocomplete(gym.channel, "legpress ask", "question", "zebrafish")
    assert "zebrafish" not in "".join(each.getMessage() for each in caplog.records if each.name.startswith("bot"))
