"""What is kept of a member, and getting it deleted."""

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import event, text

from bot.core.model import Answer, Outcome
from bot.errors import StoreError
from bot.service.access import Actor
from bot.service.privacy import Privacy
from bot.service.workshop import Workshop
from bot.store.marks import Deed, weeks_of
from tests.support.postgres import Clock
from tests.support.workshop import CREATINE, HERE, MEMBER, MODERATOR, OTHER_MODERATOR, THERE, add

pytestmark = pytest.mark.both_databases


async def test_of_a_member_who_only_asks_nothing_is_kept(workshop: Workshop) -> None:
    kept = await workshop.privacy.kept(MEMBER.id)
    assert (kept.edits, kept.drafts, kept.waiting_suggestions, kept.ignored) == (0, 0, 0, False)
    assert kept.lines[-1] == "Nothing else is kept about you."


async def test_deleting_takes_a_moderators_name_out_of_every_server_and_leaves_the_knowledge(
    workshop: Workshop,
) -> None:
    await add(workshop, HERE)
    await add(workshop, THERE)
    await workshop.curation.begin_hide(HERE, MODERATOR, "find-depth")
    await workshop.curation.hide(HERE, "find-depth", OTHER_MODERATOR)
    kept = await workshop.privacy.kept(MODERATOR.id)
    assert (kept.edits, kept.drafts) == (2, 1)
    deleted = await workshop.privacy.delete(MODERATOR.id)
    assert (deleted.edits_anonymised, deleted.drafts) == (2, 1)
    assert [revision.author for revision in await workshop.history.revisions(HERE)] == [OTHER_MODERATOR.id, None]
    assert "creatine-and-the-sled" in (await workshop.overlays.for_server(THERE)).knowledge.claims
    assert (await workshop.privacy.kept(MODERATOR.id)).lines[-1] == "Nothing else is kept about you."


async def test_a_member_who_wished_to_be_told_can_take_it_back(workshop: Workshop) -> None:
    made = await workshop.review.suggest(HERE, MEMBER, "does creatine help", "A bit.", tell=True)
    assert made.id is not None
    assert (await workshop.privacy.delete(MEMBER.id)).suggestions == 1
    assert (await workshop.review.refuse(HERE, MODERATOR, made.id)).tell is None


async def test_todays_marks_of_a_member_are_deleted_too(workshop: Workshop) -> None:
    for _ in range(2):
        workshop.recording.pressed(HERE, MEMBER.id, "find-depth", "helpful")
        await workshop.recording.flush()
        await workshop.privacy.delete(MEMBER.id)
    # Had the mark stayed, the second press would not have counted.
    assert sum((await workshop.statistics.stats(HERE, MODERATOR)).helpful) == 2


async def test_a_members_marks_of_seven_days_are_deleted_too(workshop: Workshop, clock: Clock) -> None:
    day = clock().date().isoformat()
    deeds = [Deed(HERE, day, "press:x"), *(Deed(HERE, week, "gap:1") for week in weeks_of(day))]
    for deed in deeds:
        await workshop.store.marks.first_today(deed, MEMBER.id)
        await workshop.store.marks.first_today(deed, MODERATOR.id)
    clock.forward(days=6)
    await workshop.privacy.delete(MEMBER.id)
    assert [await workshop.store.marks.first_today(deed, MEMBER.id) for deed in deeds] == [True] * 8
    assert [await workshop.store.marks.first_today(deed, MODERATOR.id) for deed in deeds] == [False] * 8


async def test_being_ignored_survives_a_restart_and_is_taken_back(workshop: Workshop, clock: Clock) -> None:
    await workshop.privacy.ignore(MEMBER.id)
    await workshop.privacy.ignore(MEMBER.id)
    again = Privacy(workshop.store, clock)
    await again.load()
    assert again.is_ignored(MEMBER.id)
    assert (await again.delete(MEMBER.id)).lines == ("Your wish to be ignored stays, or it could not be kept.",)
    assert (await again.kept(MEMBER.id)).ignored
    await again.heed(MEMBER.id)
    assert not again.is_ignored(MEMBER.id)
    assert not (await again.kept(MEMBER.id)).ignored


async def test_a_deleted_id_stands_in_no_file_of_sqlites(workshop: Workshop, tmp_path: Path) -> None:
    member = 876_543_210_987_654_321
    by = Actor(member, manages=True)
    await workshop.settings.change(HERE, by, keep_questions=True)
    draft = await workshop.curation.begin_add(HERE, by, CREATINE)
    await workshop.curation.publish(HERE, by, draft.id)
    await workshop.curation.begin_hide(HERE, by, "find-depth")
    marks = (str(member).encode(), member.to_bytes(8, "big"))
    if not workshop.store.database.is_postgres:  # whose files are the host's own affair
        assert _files_with(marks, tmp_path)
    await workshop.privacy.delete(member)
    assert _files_with(marks, tmp_path) == []


def _files_with(marks: tuple[bytes, ...], folder: Path) -> list[str]:
    files = [path for path in folder.rglob("*.sqlite3*") if path.is_file()]
    return [path.name for path in files if any(mark in path.read_bytes() for mark in marks)]


async def test_a_preview_of_theirs_is_held_no_longer(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    await workshop.curation.preview(HERE, MODERATOR, draft.id)
    assert len(workshop.curation._previews._worked_out) == 1
    await workshop.privacy.delete(MODERATOR.id)
    assert len(workshop.curation._previews._worked_out) == 0


async def test_who_agreed_is_no_longer_known_even_of_outdated_settings(workshop: Workshop) -> None:
    await workshop.settings.change(HERE, MODERATOR, keep_questions=True)
    await workshop.privacy.delete(MODERATOR.id)
    held = workshop.settings._held.outdated(HERE)
    assert held is not None
    assert held.consent_by is None


async def test_drafts_go_after_a_week(workshop: Workshop, clock: Clock) -> None:
    await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    clock.forward(days=6)
    assert (await workshop.retention.run_once()).drafts == 0
    clock.forward(days=2)
    assert (await workshop.retention.run_once()).drafts == 1


async def test_what_waits_to_be_written_is_forgotten_however_long_the_database_was_down(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await workshop.settings.change(HERE, MODERATOR, keep_questions=True)
    declined = Answer("x", Outcome.DECLINE, "no idea")

    def said() -> None:
        for member in (MEMBER.id, MODERATOR.id):
            workshop.recording.pressed(HERE, member, "find-depth", "helpful")
            workshop.recording.answered(HERE, member, declined, "how about cold water afterwards")

    async def down(*_: object) -> None:
        raise StoreError("down")

    said()
    with monkeypatch.context() as broken:
        broken.setattr(workshop.store.marks, "first_today", down)
        await workshop.recording.flush()
        said()
        await workshop.recording.flush()
    await workshop.privacy.delete(MEMBER.id)
    await workshop.recording.flush()
    assert sum((await workshop.statistics.stats(HERE, OTHER_MODERATOR)).helpful) == 1
    assert [row.most_askers for row in await workshop.store.inbox.all(HERE)] == [1]
    assert await _marks_of(workshop, MEMBER.id) == 0
    assert await _marks_of(workshop, MODERATOR.id) > 0
    said()
    await workshop.privacy.ignore(MEMBER.id)
    await workshop.recording.flush()
    assert await _marks_of(workshop, MEMBER.id) == 0


async def test_who_wants_to_be_ignored_while_the_database_hangs_is_not_counted_when_it_goes_on(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    await workshop.settings.change(HERE, MODERATOR, keep_questions=True)
    hangs, record, first_today = asyncio.Event(), workshop.store.inbox.record, workshop.store.marks.first_today

    async def slow(write: object, *given: object) -> object:
        await hangs.wait()
        return await write(*given)  # type: ignore[operator]

    monkeypatch.setattr(workshop.store.marks, "first_today", partial(slow, first_today))
    monkeypatch.setattr(workshop.store.inbox, "record", partial(slow, record))
    for member in (OTHER_MODERATOR.id, MEMBER.id):
        workshop.recording.pressed(HERE, member, "find-depth", "helpful")
        workshop.recording.answered(
            HERE, member, Answer("x", Outcome.DECLINE, "no idea"), "how about cold water afterwards"
        )
    writing = asyncio.create_task(workshop.recording.flush())
    await asyncio.sleep(0)
    wish = asyncio.create_task(workshop.privacy.ignore(MEMBER.id))
    await asyncio.sleep(0)
    hangs.set()
    await asyncio.gather(writing, wish)
    assert await _marks_of(workshop, MEMBER.id) == 0
    assert [row.most_askers for row in await workshop.store.inbox.all(HERE)] == [1]
    assert sum((await workshop.statistics.stats(HERE, MODERATOR)).helpful) == 1


async def test_a_wish_that_cannot_be_written_drops_what_waits_and_counts_for_no_longer(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def down(*_: object) -> None:
        raise StoreError("down")

    workshop.recording.pressed(HERE, MEMBER.id, "find-depth", "helpful")
    with monkeypatch.context() as broken:
        broken.setattr(workshop.store.members, "ignore", down)
        with pytest.raises(StoreError, match="down"):
            await workshop.privacy.ignore(MEMBER.id)
    assert not workshop.privacy.is_ignored(MEMBER.id)
    await workshop.recording.flush()
    assert await _marks_of(workshop, MEMBER.id) == 0
    await workshop.privacy.ignore(MEMBER.id)
    with monkeypatch.context() as broken:
        broken.setattr(workshop.store.members, "ignore", down)
        with pytest.raises(StoreError, match="down"):
            await workshop.privacy.ignore(MEMBER.id)
    assert workshop.privacy.is_ignored(MEMBER.id)


async def test_what_is_being_written_while_it_is_deleted_is_deleted_too(workshop: Workshop) -> None:
    for i in range(20):
        workshop.recording.pressed(HERE, MEMBER.id, f"claim-{i}", "helpful")
    await asyncio.gather(workshop.recording.flush(), workshop.privacy.delete(MEMBER.id))
    await workshop.recording.flush()
    assert await _marks_of(workshop, MEMBER.id) == 0


async def test_a_consent_stays_and_no_longer_names_who_gave_it(workshop: Workshop) -> None:
    for guild in (HERE, THERE):
        await workshop.settings.change(guild, MODERATOR, keep_questions=True)
    other = replace(OTHER_MODERATOR, id=int(f"{MODERATOR.id}9"))
    await workshop.settings.change(3003, other, keep_questions=True)
    assert (await workshop.privacy.kept(MODERATOR.id)).consents == 2
    deleted = await workshop.privacy.delete(MODERATOR.id)
    assert "The settings of 2 servers no longer name you." in deleted.lines
    settings = await workshop.settings.certain(HERE)
    assert (settings.keep_questions, settings.consent_by, settings.consent_at is None) == (True, None, False)
    assert (await workshop.settings.certain(3003)).consent_by == other.id
    assert (await workshop.privacy.kept(MODERATOR.id)).lines[-1] == "Nothing else is kept about you."


async def test_forgetting_a_member_takes_as_much_work_however_many_others_there_are(workshop: Workshop) -> None:
    database, day = workshop.store.database, "2026-11-22"

    async def statements() -> list[str]:
        heard: list[str] = []

        def hear(_c: object, _k: object, statement: str, *_: object) -> None:
            heard.append(statement)

        event.listen(database.engine.sync_engine, "before_cursor_execute", hear)
        await workshop.privacy.delete(MEMBER.id)
        event.remove(database.engine.sync_engine, "before_cursor_execute", hear)
        return heard

    await workshop.store.marks.first_today(Deed(HERE, day, "press:one"), MEMBER.id)
    few = await statements()
    for i in range(200):
        await workshop.store.marks.first_today(Deed(HERE + i, day, f"press:{i}"), 5_000 + i)
    await workshop.store.marks.first_today(Deed(HERE, day, "press:one"), MEMBER.id)
    assert await statements() == few
    async with database.reading() as connection:
        explain = "EXPLAIN " if database.is_postgres else "EXPLAIN QUERY PLAN "
        if database.is_postgres:
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = await connection.execute(text(f"{explain}DELETE FROM marks WHERE day = 'x' AND whose = 'y'"))
        assert "ix_marks_day_whose" in str(plan.all())


async def _marks_of(workshop: Workshop, member: int) -> int:
    """How many of today's marks are a member's."""
    return await workshop.store.marks.forget(member)


async def test_what_is_too_old_is_told_in_the_log_before_it_goes(
    workshop: Workshop, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    await workshop.review.suggest(HERE, MEMBER, "does caffeine help", "A bit.")
    clock.forward(days=31)
    store, held = workshop.store, []
    drop = store.drafts.drop_before

    async def looking(at: int) -> int:
        held.append([record.getMessage() for record in caplog.records])
        return await drop(at)

    with caplog.at_level("INFO"), pytest.MonkeyPatch.context() as patched:
        patched.setattr(store.drafts, "drop_before", looking)
        done = await workshop.retention.run_once()
    assert (done.drafts, done.suggestions) == (1, 1)
    assert "About to let go of what is too old: 1 in drafts, 1 in suggestions." in held[0]
    with caplog.at_level("INFO"):
        caplog.clear()
        await workshop.retention.run_once()
    assert not [record for record in caplog.records if "About to let go" in record.getMessage()]
