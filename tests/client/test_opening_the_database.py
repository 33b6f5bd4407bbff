"""`serve` opens the database, answers without it while it is out of reach, and closes it at the end."""

import asyncio
import contextlib
import logging
from pathlib import Path

import pytest

from bot.client import LegPressBot, serve
from bot.errors import ConfigError, StoreError
from bot.service.workshop import Workshop, put_together
from bot.store.store import open_store
from tests.support.discord_side import Handed
from tests.support.postgres import Clock
from tests.support.wire import Wire, running


class Opening:
    """Opens a workshop, after failing as often as it is told to."""

    def __init__(self, handed: Handed, folder: Path, clock: Clock, *, failures: int = 0) -> None:
        self.handed = handed
        self.folder = folder
        self.clock = clock
        self.failures = failures
        self.opened: list[Workshop] = []
        self.done = asyncio.Event()

    async def __call__(self) -> Workshop:
        if self.failures:
            self.failures -= 1
            raise StoreError("The database is out of reach; nothing was changed.")
        store = await open_store("", self.folder)
        service = self.handed.service
        self.opened.append(put_together(store, service, regions=service().regions, clock=self.clock))
        self.done.set()
        return self.opened[-1]


async def test_the_database_is_opened_before_the_bot_connects_and_closed_after(
    handed: Handed, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = Opening(handed, tmp_path, clock)
    bot = handed.bot()
    async with running(Wire(), monkeypatch) as wire:
        task = asyncio.create_task(serve(bot, "t", lambda: False, open_workshop=opening))
        await wire.until_ready(seconds=30)
        assert bot.desk.workshop is opening.opened[0]
        assert bot.desk.workshop._tasks
        await bot.close()
        await asyncio.wait_for(task, 30)
    assert opening.opened[0]._tasks == []


async def test_a_database_out_of_reach_at_the_start_is_tried_again_while_the_bot_answers(
    handed: Handed, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    opening = Opening(handed, tmp_path, clock, failures=2)
    bot = handed.bot()
    async with running(Wire(), monkeypatch) as wire:
        task = asyncio.create_task(serve(bot, "t", lambda: False, open_workshop=opening, reopen=0.05))
        await asyncio.wait_for(opening.done.wait(), 30)
        await wire.until_ready(seconds=30)
        assert (await bot.desk.ask(1, 2, "how low do i lower the sled", 3)).claim == "find-depth"
        await bot.close()
        await asyncio.wait_for(task, 30)
    assert caplog.text.count("Until then everybody gets the shipped answers.") == 2


async def test_without_a_database_moderators_get_a_sentence_and_members_answers(handed: Handed) -> None:
    bot: LegPressBot = handed.bot()
    with pytest.raises(StoreError, match="Questions are answered"):
        _ = bot.desk.workshop
    assert (await bot.desk.ask(1, 2, "how low do i lower the sled", 3)).claim == "find-depth"


async def test_a_schema_that_is_behind_ends_the_start_with_its_sentence(
    handed: Handed, caplog: pytest.LogCaptureFixture
) -> None:
    async def behind() -> Workshop:
        raise ConfigError("The database is behind: run legpress db upgrade.")

    caplog.set_level(logging.ERROR)
    with pytest.raises(ConfigError, match="legpress db upgrade"):
        await serve(handed.bot(), "t", lambda: False, open_workshop=behind)


async def test_an_end_while_the_database_is_still_tried_leaves_nothing_behind(
    handed: Handed, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = Opening(handed, tmp_path, clock, failures=10**6)
    bot = handed.bot()
    async with running(Wire(), monkeypatch) as wire:
        task = asyncio.create_task(serve(bot, "t", lambda: False, open_workshop=opening, reopen=0.05))
        await wire.until_ready(seconds=30)
        await bot.close()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, 30)
    assert opening.opened == []
    assert not [each for each in asyncio.all_tasks() if "try_again" in repr(each)]
