"""The job that deletes what is too old, where clocks are wrong."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.core.model import Answer, Outcome
from bot.service import retention
from bot.service.presence import Present
from bot.service.workshop import Workshop
from bot.store.tables import metadata
from tests.support.postgres import Clock
from tests.support.workshop import HERE, MEMBER, MODERATOR

pytestmark = pytest.mark.both_databases

KEPT = ("drafts", "suggestions", "suggestion_notices", "gaps", "tallies", "marks", "day_keys")


@pytest.fixture
async def filled(workshop: Workshop) -> Workshop:
    """A server with one of everything that goes by its age."""
    await fill(workshop)
    return workshop


async def fill(workshop: Workshop) -> None:
    """Keep one of everything that goes by its age."""
    await workshop.settings.change(HERE, MODERATOR, keep_questions=True)
    await workshop.curation.begin_questions(HERE, MODERATOR, "find-depth", ["how deep is the sticker"])
    await workshop.review.suggest(HERE, MEMBER, "what is zeb", "Zeb is a powder.", tell=True)
    workshop.recording.answered(HERE, MEMBER.id, Answer("", Outcome.DECLINE, ""), "is zeb any good for calves")
    await workshop.recording.flush()


async def rows(workshop: Workshop) -> dict[str, int]:
    """How many rows each of the tables has."""
    found = {}
    async with workshop.store.database.reading() as connection:
        for name in KEPT:
            table = metadata.tables[name]
            found[name] = int((await connection.execute(select(func.count()).select_from(table))).scalar_one())
    return found


class Discord:
    """Discord's time, from when it is known."""

    def __init__(self) -> None:
        self.at: datetime | None = None
        self.asked = asyncio.Semaphore(0)

    def __call__(self) -> Present | None:
        self.asked.release()
        return None if self.at is None else Present(frozenset({HERE}), frozenset({0}), 1, self.at)


async def test_a_clock_that_is_ahead_at_the_start_deletes_nothing(
    filled: Workshop, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(retention, "WAITING_SECONDS", 0.01)
    caplog.set_level("DEBUG", "bot.service.retention")
    before, right, discord = await rows(filled), clock.now, Discord()
    filled.presence.watch(discord)
    clock.forward(days=400)
    job = asyncio.create_task(filled.retention.run())
    for _ in range(3):
        await discord.asked.acquire()
    assert await rows(filled) == before
    discord.at = right  # Discord tells its time, and this machine's is wrong
    async with asyncio.timeout(60):
        while not any("Let go of what was too old" in each for each in caplog.messages):  # noqa: ASYNC110 -- a log tells nobody
            await asyncio.sleep(0.01)
    assert any("clock is wrong" in each for each in caplog.messages)
    assert await rows(filled) == before
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)


async def test_what_a_clock_that_ran_ahead_dated_goes_when_it_would_have_gone(workshop: Workshop, clock: Clock) -> None:
    right = clock.now
    clock.forward(days=365)
    await fill(workshop)
    clock.now = right
    await workshop.retention.run_once()
    assert await rows(workshop) == {name: name not in {"marks", "day_keys"} for name in KEPT}
    clock.forward(days=31)
    await workshop.retention.run_once()
    assert {name: count for name, count in (await rows(workshop)).items() if count} == {"tallies": 1}
    assert {day for day, _, _ in await workshop.store.tallies.since(HERE, "2026-01-01", "outcome")} == {
        right.date().isoformat()
    }
    clock.now = right + timedelta(days=367)
    await workshop.retention.run_once()
    assert not any((await rows(workshop)).values())


@pytest.mark.parametrize("wrong", [365, -365])
async def test_what_is_kept_while_this_machines_clock_is_wrong_is_as_old_as_it_is(
    workshop: Workshop, clock: Clock, wrong: int
) -> None:
    real, discord = Clock(clock.now), Discord()
    discord.at = real.now
    workshop.presence.watch(discord)
    clock.forward(days=wrong)
    await fill(workshop)
    kept = await rows(workshop)
    assert all(kept.values())
    clock.now = real.now
    await workshop.retention.run_once()
    assert await rows(workshop) == kept
    for days, gone in ((8, {"drafts", "marks", "day_keys"}), (23, set(KEPT) - {"tallies"}), (336, set(KEPT))):
        real.forward(days=days)
        clock.now = discord.at = real.now
        await workshop.retention.run_once()
        assert {name for name, count in (await rows(workshop)).items() if not count} == gone


async def test_counts_of_days_to_come_are_added_to_todays(workshop: Workshop, clock: Clock) -> None:
    for ahead in (0, 40):
        clock.forward(days=ahead)
        workshop.recording.answered(HERE, MEMBER.id, Answer("", Outcome.DECLINE, ""), "")
        await workshop.recording.flush()
    clock.forward(days=-40)
    await workshop.retention.run_once()
    [(day, _, count)] = await workshop.store.tallies.since(HERE, "2026-01-01", "outcome")
    assert (day, count) == (clock.now.date().isoformat(), 2)
