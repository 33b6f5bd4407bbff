"""History: who changed what, readable differences, and the way back."""

from dataclasses import replace

import pytest

from bot.core.model import Claim, Knowledge
from bot.errors import UserError
from bot.service import Service
from bot.service.workshop import Workshop
from tests.support.workshop import CREATINE, HERE, MODERATOR, OTHER_MODERATOR, THERE, Base, add


async def _edit(workshop: Workshop, claim: str, why: str = "", **fields: str) -> int:
    draft = await workshop.curation.begin_edit(HERE, MODERATOR, claim)
    assert draft.fields is not None
    await workshop.curation.change(HERE, MODERATOR, draft.id, replace(draft.fields, **fields))
    return (await workshop.curation.publish(HERE, MODERATOR, draft.id, why)).number


async def test_every_change_is_a_revision_with_who_when_what_and_why(workshop: Workshop) -> None:
    await add(workshop)
    await _edit(workshop, "knees-to-chest", "clearer", title="Knees and chest")
    newest, first = await workshop.history.revisions(HERE)
    assert (newest.number, newest.author, newest.action, newest.why) == (2, MODERATOR.id, "edit", "clearer")
    assert newest.items == ("knees-to-chest",)
    assert first.action == "add"
    assert [revision.number for revision in await workshop.history.revisions(HERE, "knees-to-chest")] == [2]
    assert [revision.number for revision in await workshop.history.revisions(HERE, before=2)] == [1]
    assert (await workshop.history.revision(HERE, 2)).at == newest.at


@pytest.mark.both_databases
async def test_no_other_server_sees_a_history(workshop: Workshop) -> None:
    await add(workshop)
    assert await workshop.history.revisions(THERE) == []
    with pytest.raises(UserError, match="no revision 1"):
        await workshop.history.revision(THERE, 1)
    with pytest.raises(UserError, match="no revision 1"):
        await workshop.history.difference(THERE, 0, 1)
    with pytest.raises(UserError, match="no revision 1"):
        await workshop.history.begin_rollback(THERE, MODERATOR, 1)


async def test_a_difference_reads_as_lines_that_go_and_come(workshop: Workshop) -> None:
    await _edit(workshop, "knees-to-chest", title="Knees and chest", do="Stop above it.")
    (difference,) = await workshop.history.difference(HERE, 0, 1)
    lines = difference.lines()
    assert lines[0] == "@@ Knees and chest (knees-to-chest) changes @@"
    assert "- Knees to your chest" in lines
    assert "+ Knees and chest" in lines
    assert "+ Stop above it." in lines
    assert difference.summary().startswith("knees-to-chest: title")
    assert await workshop.history.difference(HERE, 1, 1) == []


async def test_a_rollback_of_one_claim_is_a_new_revision_and_leaves_the_others(workshop: Workshop) -> None:
    await _edit(workshop, "knees-to-chest", title="One")
    await _edit(workshop, "knees-to-chest", title="Two")
    claim = await add(workshop)
    draft = await workshop.history.begin_rollback(HERE, MODERATOR, 1, "knees-to-chest")
    revision = await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert (revision.number, revision.action, revision.why) == (4, "rollback", "back to revision 1")
    assert (await workshop.curation.show(HERE, "knees-to-chest")).claim.title == "One"
    assert (await workshop.curation.show(HERE, claim)).claim.id == claim
    assert await workshop.history.difference(HERE, 1, 4, "knees-to-chest") == []


@pytest.mark.both_databases
async def test_a_rollback_of_everything_brings_back_every_state(workshop: Workshop) -> None:
    await add(workshop)
    await workshop.curation.hide(HERE, "knees-to-chest", MODERATOR)
    then = await workshop.exchange.export(HERE)
    await workshop.curation.restore(HERE, "knees-to-chest", MODERATOR)
    await add(workshop, title="Another")
    draft = await workshop.history.begin_rollback(HERE, MODERATOR, 2)
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert await workshop.exchange.export(HERE) == then
    to_shipped = await workshop.history.begin_rollback(HERE, MODERATOR, 0)
    await workshop.curation.publish(HERE, MODERATOR, to_shipped.id)
    assert (await workshop.overlays.for_server(HERE)).knowledge == workshop.overlays.base().knowledge
    with pytest.raises(UserError, match="nothing to roll back"):
        await workshop.history.begin_rollback(HERE, MODERATOR, 0)


@pytest.mark.both_databases
async def test_a_rollback_conflicts_with_an_edit_made_after_it_was_prepared(workshop: Workshop) -> None:
    await _edit(workshop, "knees-to-chest", title="One")
    draft = await workshop.history.begin_rollback(HERE, OTHER_MODERATOR, 0)
    await _edit(workshop, "knees-to-chest", title="Two")
    with pytest.raises(UserError, match="changed while you worked on it"):
        await workshop.curation.publish(HERE, OTHER_MODERATOR, draft.id)
    assert (await workshop.curation.show(HERE, "knees-to-chest")).claim.title == "Two"


def _release(service: Service, claim: Claim | None, gone: str = "", successor: str = "") -> Service:
    knowledge = service.knowledge
    claims = {key: value for key, value in knowledge.claims.items() if key != gone}
    if claim is not None:
        claims[claim.id] = claim
    made = Knowledge(claims, knowledge.topics, knowledge.sources)
    return service.over(replace(made, successors={gone: successor}) if successor else made, service.matcher)


async def test_a_release_that_changes_a_replaced_claim_is_told_until_moderators_choose(
    workshop: Workshop, base: Base
) -> None:
    await _edit(workshop, "knees-to-chest", title="Ours")
    assert await workshop.history.release_notices(HERE) == []
    shipped = base.service.knowledge.claims["knees-to-chest"]
    base.service = _release(base.service, replace(shipped, answer="What the new release says."))
    (notice,) = await workshop.history.release_notices(HERE)
    assert notice.shipped_change is not None
    assert [field.field for field in notice.shipped_change.fields] == ["answer"]
    assert notice.ours is not None
    assert "title" in {field.field for field in notice.ours.fields}
    assert not notice.gone
    listed = {each.id: each for each in await workshop.curation.listed(HERE)}
    assert listed["knees-to-chest"].release_notice
    await workshop.history.keep_ours(HERE, MODERATOR, "knees-to-chest")
    assert await workshop.history.release_notices(HERE) == []
    assert (await workshop.curation.show(HERE, "knees-to-chest")).claim.title == "Ours"
    with pytest.raises(UserError, match="nothing to choose"):
        await workshop.history.keep_ours(HERE, MODERATOR, "knees-to-chest")


async def test_moderators_can_take_what_the_release_says(workshop: Workshop, base: Base) -> None:
    await _edit(workshop, "knees-to-chest", title="Ours")
    shipped = base.service.knowledge.claims["knees-to-chest"]
    base.service = _release(base.service, replace(shipped, answer="What the new release says."))
    draft = await workshop.history.begin_take_release(HERE, MODERATOR, "knees-to-chest")
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    shown = await workshop.curation.show(HERE, "knees-to-chest")
    assert (shown.claim.answer, shown.claim.added_by_server) == ("What the new release says.", False)


async def test_a_replaced_claim_outlives_the_shipped_one(workshop: Workshop, base: Base) -> None:
    await _edit(workshop, "knees-to-chest", title="Ours")
    base.service = _release(base.service, None, gone="knees-to-chest")
    (notice,) = await workshop.history.release_notices(HERE)
    assert notice.gone
    with pytest.raises(UserError, match="nothing to choose"):
        await workshop.history.begin_move_to_successor(HERE, MODERATOR, "knees-to-chest")
    assert (await workshop.overlays.for_server(HERE)).knowledge.claims["knees-to-chest"].title == "Ours"


async def test_a_claim_of_the_servers_own_moves_to_the_successor_with_the_wordings_there(
    workshop: Workshop, base: Base
) -> None:
    await _edit(workshop, "knees-to-chest", title="Ours")
    old = base.service.knowledge.claims["knees-to-chest"]
    base.service = _release(
        base.service, replace(old, id="knees-near-chest"), gone="knees-to-chest", successor="knees-near-chest"
    )
    draft = await workshop.curation.begin_questions(HERE, MODERATOR, "knees-near-chest", ["sticker by the chest here"])
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    draft = await workshop.history.begin_move_to_successor(HERE, MODERATOR, "knees-to-chest")
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    claims = (await workshop.overlays.for_server(HERE)).knowledge.claims
    assert "knees-to-chest" not in claims
    assert claims["knees-near-chest"].title == "Ours"
    assert "sticker by the chest here" in claims["knees-near-chest"].questions
    assert await workshop.history.release_notices(HERE) == []


async def test_two_claims_of_the_servers_own_never_meet_in_one_place(workshop: Workshop, base: Base) -> None:
    await _edit(workshop, "knees-to-chest", title="Ours")
    old = base.service.knowledge.claims["knees-to-chest"]
    base.service = _release(
        base.service, replace(old, id="knees-near-chest"), gone="knees-to-chest", successor="knees-near-chest"
    )
    await _edit(workshop, "knees-near-chest", title="Ours too")
    with pytest.raises(UserError, match="own “Ours too” there already"):
        await workshop.history.begin_move_to_successor(HERE, MODERATOR, "knees-to-chest")


async def test_what_somebody_wrote_as_a_reason_is_kept_on_one_bounded_line(workshop: Workshop) -> None:
    draft = await workshop.curation.begin_add(HERE, MODERATOR, CREATINE)
    revision = await workshop.curation.publish(HERE, MODERATOR, draft.id, "a\x00 \n b" + "c" * 4000)
    assert revision.why.startswith("a b")
    assert len(revision.why) <= 300
    assert (await workshop.history.revision(HERE, 1)).why == revision.why


async def test_one_older_change_is_taken_back_alone(workshop: Workshop) -> None:
    await add(workshop)
    first = await _edit(workshop, "knees-to-chest", title="Knees and chest")
    await _edit(workshop, "knees-to-chest", answer="Another answer.")
    await _edit(workshop, "find-depth", title="Depth")
    draft = await workshop.history.begin_undo(HERE, MODERATOR, first)
    assert draft.claim == "knees-to-chest"
    assert "revision 3" in draft.notes[0]
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    claims = (await workshop.overlays.for_server(HERE)).knowledge.claims
    assert claims["find-depth"].title == "Depth"
    assert "creatine-and-the-sled" in claims


async def test_what_a_later_change_did_elsewhere_in_the_claim_stays(workshop: Workshop) -> None:
    await _edit(workshop, "knees-to-chest", title="Knees and chest")
    second = await _edit(workshop, "knees-to-chest", answer="A wrong answer.")
    await _edit(workshop, "knees-to-chest", unknown="Nobody has asked.")
    draft = await workshop.history.begin_undo(HERE, MODERATOR, second)
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    claim = (await workshop.overlays.for_server(HERE)).knowledge.claims["knees-to-chest"]
    assert claim.title == "Knees and chest"
    assert claim.unknown == "Nobody has asked."
    assert "pelvis" in claim.answer
    with pytest.raises(UserError, match="nothing to take back"):
        await workshop.history.begin_undo(HERE, MODERATOR, second)


async def test_a_change_that_nothing_followed_is_taken_back_without_a_word(workshop: Workshop) -> None:
    await add(workshop)
    await workshop.curation.hide(HERE, "find-depth", MODERATOR)
    draft = await workshop.history.begin_undo(HERE, MODERATOR, 2)
    assert draft.notes == ()
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    claims = (await workshop.overlays.for_server(HERE)).knowledge.claims
    assert {"find-depth", "creatine-and-the-sled"} <= set(claims)
    with pytest.raises(UserError, match="no revision 9"):
        await workshop.history.begin_undo(HERE, MODERATOR, 9)
    with pytest.raises(UserError, match="no revision 2"):
        await workshop.history.begin_undo(THERE, MODERATOR, 2)
