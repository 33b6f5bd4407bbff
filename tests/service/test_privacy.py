"""What is kept of a member, and getting it deleted."""

from bot.service.privacy import Privacy
from bot.service.workshop import Workshop
from tests.support.postgres import Clock
from tests.support.workshop import CREATINE, HERE, MEMBER, MODERATOR, OTHER_MODERATOR, THERE, add


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


async def test_drafts_go_after_a_week(workshop: Workshop, clock: Clock) -> None:
    await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    clock.forward(days=6)
    assert (await workshop.retention.run_once()).drafts == 0
    clock.forward(days=2)
    assert (await workshop.retention.run_once()).drafts == 1
