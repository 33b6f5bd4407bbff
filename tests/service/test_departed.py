"""Servers that the bot left: deleted late, told first, never by mistake."""

import asyncio
import io
import json
import logging
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.errors import StoreError
from bot.service.access import Actor
from bot.service.presence import Present
from bot.service.workshop import Workshop, put_together
from bot.store.copies import FOLDER, Copies
from bot.store.store import Store
from bot.store.tables import metadata
from tests.support.postgres import Clock
from tests.support.workshop import CREATINE, HERE, MEMBER, MODERATOR, THERE, Base, add


class Discord:
    """What Discord says, as a test sets it."""

    def __init__(self, *servers: int) -> None:
        self.servers = set(servers)
        self.shards, self.shard_count = frozenset({0}), 1
        self.silent = False
        self.at: Clock | None = None

    def __call__(self) -> Present | None:
        now = self.at() if self.at is not None else None
        return None if self.silent else Present(frozenset(self.servers), self.shards, self.shard_count, now)


@pytest.fixture
def discord() -> Discord:
    return Discord(HERE, THERE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "state"


@pytest.fixture
async def workshop(store: Store, base: Base, clock: Clock, discord: Discord, folder: Path) -> AsyncIterator[Workshop]:
    made = put_together(store, base, regions=base().regions, clock=clock, copies=Copies(folder, 7))
    made.presence.watch(discord)
    await add(made, HERE)
    await add(made, THERE)
    yield made
    await made.close()


async def deleted(workshop: Workshop) -> int:
    return (await workshop.retention.run_once()).servers


async def rows_of(store: Store, guild: int) -> dict[str, int]:
    """How many rows of each table name a server."""
    found = {}
    async with store.database.reading() as connection:
        for table in metadata.sorted_tables:
            if "guild_id" in table.c:
                count = select(func.count()).select_from(table).where(table.c.guild_id == guild)
                if rows := (await connection.execute(count)).scalar_one():
                    found[table.name] = rows
    return found


@pytest.mark.both_databases
async def test_what_a_server_had_is_deleted_a_month_after_the_bot_left_and_nothing_of_others(
    workshop: Workshop, clock: Clock, discord: Discord, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    discord.servers.discard(HERE)
    await workshop.presence.left(HERE)
    assert await deleted(workshop) == 0
    clock.forward(days=30)
    assert await deleted(workshop) == 0
    assert "About to" not in caplog.text
    clock.forward(hours=1)
    assert await deleted(workshop) == 1
    assert await rows_of(workshop.store, HERE) == {}
    assert len(await workshop.history.revisions(THERE)) == 1
    told = [record.getMessage() for record in caplog.records if record.name == "bot.service.departed"]
    assert [line.split()[0] for line in told] == ["About", "Deleted"]
    assert all("1 in entries" in line and "1 in revisions" in line for line in told)
    assert not any(str(HERE) in line for line in told)
    assert "creatine-and-the-sled" not in workshop.overlays.known(HERE).knowledge.claims


async def test_two_looks_a_day_apart_are_needed(workshop: Workshop, clock: Clock, discord: Discord) -> None:
    discord.servers.discard(HERE)
    await workshop.presence.left(HERE)
    clock.forward(days=300)
    for hours in (0, 12, 12):
        clock.forward(hours=hours)
        assert await deleted(workshop) == 0
    clock.forward(seconds=1)
    assert await deleted(workshop) == 1


async def test_a_server_that_is_there_at_the_start_is_not_left_whatever_was_noted(
    workshop: Workshop, clock: Clock, discord: Discord
) -> None:
    await workshop.presence.left(HERE)  # and it invited the bot again while the process was down
    clock.forward(days=31)
    await workshop.presence.reconcile()
    clock.forward(days=31)
    assert await deleted(workshop) == 0
    assert await workshop.store.servers.away() == {}


async def test_a_server_that_left_while_the_bot_was_away_is_let_go_on_time(
    workshop: Workshop, clock: Clock, discord: Discord
) -> None:
    discord.servers.discard(HERE)
    await workshop.presence.reconcile()
    clock.forward(days=30)
    assert await deleted(workshop) == 0
    clock.forward(hours=1)
    assert await deleted(workshop) == 1


@pytest.mark.both_databases
async def test_a_server_of_which_only_counts_are_kept_is_let_go_too(
    workshop: Workshop, clock: Clock, discord: Discord
) -> None:
    third = 3003
    workshop.recording.pressed(third, MEMBER.id, "find-depth", "helpful")
    await workshop.recording.flush()
    await workshop.presence.reconcile()
    clock.forward(days=31)
    assert await deleted(workshop) == 1
    assert await rows_of(workshop.store, third) == {}


@pytest.mark.parametrize("life", ["publishing", "settings", "joining", "a message"])
async def test_any_sign_of_life_begins_the_month_anew(
    workshop: Workshop, clock: Clock, discord: Discord, life: str
) -> None:
    discord.servers.discard(HERE)
    await workshop.presence.left(HERE)
    clock.forward(days=29)
    assert await deleted(workshop) == 0
    if life == "publishing":
        await add(workshop, HERE, title="Caffeine", claim="Caffeine helps.")
    elif life == "settings":
        await workshop.settings.change(HERE, MODERATOR, region="uk")
    elif life == "joining":
        await workshop.presence.joined(HERE)
    else:
        await workshop.presence.seen(HERE)
    clock.forward(days=3)
    assert await deleted(workshop) == 0
    clock.forward(days=31)
    assert await deleted(workshop) == 1


async def test_servers_of_shards_that_are_elsewhere_or_cut_off_are_not_judged(
    workshop: Workshop, clock: Clock, discord: Discord
) -> None:
    discord.servers.clear()
    discord.shard_count, discord.shards = 2, frozenset({1})  # small ids are shard 0's
    for _ in range(3):
        clock.forward(days=40)
        assert await deleted(workshop) == 0
    assert await workshop.store.servers.away() == {}


async def test_where_nothing_is_known_of_discord_nothing_is_deleted(
    workshop: Workshop, clock: Clock, discord: Discord
) -> None:
    discord.servers.clear()
    await workshop.presence.left(HERE)
    await workshop.presence.reconcile()
    discord.silent = True
    clock.forward(days=60)
    assert await deleted(workshop) == 0


@pytest.mark.both_databases
async def test_a_server_that_comes_back_between_the_look_and_the_deletion_loses_nothing(
    workshop: Workshop,
    clock: Clock,
    discord: Discord,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    discord.servers.discard(HERE)
    await workshop.presence.left(HERE)
    await workshop.presence.reconcile()
    clock.forward(days=31)
    keep = Copies.keep

    def back_again(self: Copies, *args: object) -> None:
        keep(self, *args)  # type: ignore[arg-type]
        discord.servers.add(HERE)

    monkeypatch.setattr(Copies, "keep", back_again)
    assert await deleted(workshop) == 0
    assert "in that server again" in caplog.text
    assert len(await workshop.history.revisions(HERE)) == 1


@pytest.mark.both_databases
async def test_a_change_that_comes_between_keeps_everything(
    workshop: Workshop, clock: Clock, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord.servers.discard(HERE)
    await workshop.presence.left(HERE)
    await workshop.presence.reconcile()
    clock.forward(days=31)
    drop = workshop.store.servers.drop

    async def after_a_change(guild: int, **times: int) -> object:
        await workshop.settings.change(HERE, MODERATOR, region="uk")
        return await drop(guild, **times)

    monkeypatch.setattr(workshop.store.servers, "drop", after_a_change)
    assert await deleted(workshop) == 0
    assert len(await workshop.history.revisions(HERE)) == 1


@pytest.mark.both_databases
async def test_the_database_gone_between_check_and_delete_deletes_nothing(
    workshop: Workshop, clock: Clock, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord.servers.discard(HERE)
    await workshop.presence.left(HERE)
    await workshop.presence.reconcile()
    clock.forward(days=31)

    async def gone(*_: object, **__: object) -> None:
        raise StoreError("The database is out of reach.")

    with monkeypatch.context() as broken:
        broken.setattr(workshop.store.servers, "drop", gone)
        with pytest.raises(StoreError):
            await workshop.retention.run_once()
    assert len(await workshop.history.revisions(HERE)) == 1
    assert await deleted(workshop) == 1


async def test_a_copy_stays_for_a_week_and_can_be_imported_and_names_nobody(
    workshop: Workshop, clock: Clock, discord: Discord, folder: Path
) -> None:
    coach = Actor(876_543_210_987_654_321, manages=True)
    await workshop.settings.change(HERE, coach, keep_questions=True, region="uk")
    draft = await workshop.curation.begin_hide(HERE, coach, "find-depth")
    await workshop.curation.publish(HERE, coach, draft.id)
    discord.servers.discard(HERE)
    await workshop.presence.left(HERE)
    await workshop.presence.reconcile()
    clock.forward(days=31)
    assert await deleted(workshop) == 1
    [copy] = (folder / FOLDER).iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    (folder / FOLDER / "mine.zip").write_bytes(b"not the bot's")
    with zipfile.ZipFile(io.BytesIO(copy.read_bytes())) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    settings = json.loads(files["settings.json"])
    assert settings["region"] == "uk"
    assert not [name for name, content in files.items() if str(coach.id) in f"{name} {content.decode()}"]
    assert str(coach.id) not in copy.name
    draft = await workshop.exchange.begin_import(THERE, MODERATOR, files["knowledge.yaml"])
    assert [item.item for item in draft.items] == ["find-depth"]  # the other server has the same claim, and hides none
    clock.forward(days=6)
    await workshop.retention.run_once()
    assert copy.exists()
    clock.forward(days=1)
    await workshop.retention.run_once()
    assert [path.name for path in (folder / FOLDER).iterdir()] == ["mine.zip"]


async def test_where_no_copy_can_be_written_that_server_is_kept_and_all_else_goes(
    workshop: Workshop, clock: Clock, discord: Discord, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await workshop.review.suggest(THERE, MEMBER, "does caffeine help", "A bit.")
    discord.servers.discard(HERE)
    await workshop.presence.left(HERE)
    await workshop.presence.reconcile()
    clock.forward(days=31)
    _block(folder)
    done = await workshop.retention.run_once()
    assert (done.servers, done.suggestions) == (0, 1)
    assert len(await workshop.history.revisions(HERE)) == 1
    assert "its copy cannot be made" in caplog.text


async def test_a_host_can_have_no_copies(
    store: Store, base: Base, clock: Clock, discord: Discord, folder: Path
) -> None:
    made = put_together(store, base, regions=base().regions, clock=clock, copies=Copies(folder, 0))
    made.presence.watch(discord)
    await add(made, HERE)
    discord.servers.discard(HERE)
    await made.presence.left(HERE)
    await made.presence.reconcile()
    clock.forward(days=31)
    assert await deleted(made) == 1
    assert not _is_there(folder)


@pytest.mark.parametrize("days", [365, -365])
async def test_a_clock_that_jumps_deletes_nothing_too_early(
    workshop: Workshop, clock: Clock, discord: Discord, days: int
) -> None:
    real = Clock(clock.now)
    discord.at = real
    discord.servers.discard(HERE)
    await workshop.presence.left(HERE)
    await workshop.presence.reconcile()
    await workshop.curation.begin_add(THERE, MODERATOR, replace(CREATINE, title="Caffeine"))
    await workshop.review.suggest(THERE, MEMBER, "does caffeine help", "A bit.")
    for span in (timedelta(days=5), timedelta(days=2)):
        real.now += span
        clock.now = real.now + timedelta(days=days)
        done = await workshop.retention.run_once()
        assert (done.servers, done.drafts, done.suggestions, done.counts) == (0, 0, 0, 0)
    real.now += timedelta(days=24)
    clock.now = real.now
    done = await workshop.retention.run_once()
    assert (done.servers, done.drafts, done.suggestions) == (1, 1, 1)


async def test_a_server_that_left_by_a_clock_that_ran_ahead_is_let_go_on_time(
    workshop: Workshop, clock: Clock, discord: Discord
) -> None:
    discord.servers.discard(HERE)
    clock.forward(days=365)
    await workshop.presence.left(HERE)
    assert await deleted(workshop) == 0  # and is noted as absent then, too
    clock.forward(days=-365)
    discord.at = clock
    assert await deleted(workshop) == 0
    clock.forward(days=29)
    assert await deleted(workshop) == 0
    clock.forward(days=2)
    assert await deleted(workshop) == 1


async def test_a_look_by_a_right_clock_stays_where_only_the_leaving_was_dated_ahead(
    workshop: Workshop, clock: Clock, discord: Discord
) -> None:
    discord.servers.discard(HERE)
    discord.at = clock
    assert await deleted(workshop) == 0
    looked = (await workshop.store.servers.away())[HERE].absent_at
    await workshop.store.servers.left(HERE, int(clock.now.timestamp()) + 86_400 * 365)
    clock.forward(hours=1)
    assert await deleted(workshop) == 0
    away = (await workshop.store.servers.away())[HERE]
    assert (away.left_at, away.absent_at) == (int(clock.now.timestamp()), looked)


@pytest.mark.parametrize("days", [365, -365])
async def test_without_discords_time_a_jump_there_and_back_deletes_no_server(
    workshop: Workshop, clock: Clock, discord: Discord, days: int
) -> None:
    discord.servers.discard(HERE)
    await workshop.presence.left(HERE)
    clock.forward(days=days)
    assert await deleted(workshop) == 0
    clock.forward(hours=20)
    assert await deleted(workshop) == 0
    clock.forward(days=-days, hours=-15)
    assert await deleted(workshop) == 0
    clock.forward(days=2)
    assert await deleted(workshop) == 0


@pytest.mark.both_databases
async def test_a_thousand_signs_of_life_at_once_are_one_note(
    workshop: Workshop, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    present = workshop.store.servers.present

    async def counting(guilds: list[int]) -> int:
        asked.append(guilds)
        return await present(guilds)

    monkeypatch.setattr(workshop.store.servers, "present", counting)
    await asyncio.gather(*(workshop.presence.seen(guild) for guild in [HERE, THERE] * 500))
    assert sorted(asked) == [[HERE], [THERE]]


@pytest.mark.both_databases
async def test_signs_of_life_cost_no_query_each_and_survive_a_database_that_is_down(
    workshop: Workshop, discord: Discord, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    present = workshop.store.servers.present

    async def counting(guilds: list[int]) -> int:
        asked.append(guilds)
        if len(asked) == 1:
            raise StoreError("down")
        return await present(guilds)

    monkeypatch.setattr(workshop.store.servers, "present", counting)
    await asyncio.gather(*(workshop.presence.seen(HERE) for _ in range(3)))
    assert len(asked) == 1
    workshop.presence._rest_until = float("-inf")
    for _ in range(3):
        await workshop.presence.seen(HERE)
    assert len(asked) == 2


def _block(folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    (folder / FOLDER).write_text("in the way")


def _is_there(folder: Path) -> bool:
    return folder.exists()
