"""Moderators' own pictures below Discord: states, merges, room, retention, and the memory that they take."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from bot.core.model import OwnPicture
from bot.errors import UserError
from bot.service import own_pictures
from bot.service.own_pictures import MOST_BYTES, OwnPictures
from bot.service.retention import PICTURE_DAYS
from bot.service.workshop import Workshop
from tests.support.postgres import Clock
from tests.support.workshop import HERE, MEMBER, MODERATOR, OTHER_MODERATOR, THERE, Base, add

ALT = "A strip of tape on our blue sled."
CLAIM = "find-depth"


async def put_on(workshop: Workshop, content: bytes = b"\x89PNG one", claim: str = CLAIM, guild: int = HERE) -> int:
    """Publish a picture and return its revision's number."""
    draft = await workshop.pictures.begin(guild, MODERATOR, claim, content, kind="png", alt=ALT)
    return (await workshop.curation.publish(guild, MODERATOR, draft.id)).number


async def picture(workshop: Workshop, claim: str = CLAIM, guild: int = HERE) -> OwnPicture | None:
    """The picture that members of a server see on a claim."""
    return (await workshop.overlays.for_server(guild)).knowledge.claims[claim].own_picture


async def content(workshop: Workshop, claim: str = CLAIM, guild: int = HERE) -> bytes | None:
    """Its bytes."""
    own = await picture(workshop, claim, guild)
    return None if own is None else await workshop.pictures.content(guild, own.digest)


async def test_a_shipped_claim_keeps_its_text_and_its_matching_beside_a_picture(workshop: Workshop, base: Base) -> None:
    await put_on(workshop)
    service = await workshop.overlays.for_server(HERE)
    claim = service.knowledge.claims[CLAIM]
    assert replace(claim, own_picture=None) == base().knowledge.claims[CLAIM]
    assert service.matcher is base().matcher
    [listed] = [each for each in await workshop.curation.listed(HERE) if each.id == CLAIM]
    assert listed.standing == "extended"


@pytest.mark.both_databases
async def test_a_picture_belongs_to_one_server(workshop: Workshop) -> None:
    await put_on(workshop)
    own = await picture(workshop)
    assert own is not None
    assert await picture(workshop, guild=THERE) is None
    assert await workshop.pictures.content(HERE, own.digest) == b"\x89PNG one"
    assert await workshop.pictures.content(THERE, own.digest) is None


async def test_a_digest_that_another_server_has_cannot_be_imported(workshop: Workshop) -> None:
    await put_on(workshop)
    raw = await workshop.exchange.export(HERE)
    draft = await workshop.exchange.begin_import(THERE, MODERATOR, raw)
    assert draft.changes_nothing
    assert draft.notes == (
        "The picture of 'find-depth' is not kept here (any more): attach it with /knowledge picture.",
    )
    assert await workshop.exchange.export(HERE) == raw


async def test_only_editors_prepare_pictures(workshop: Workshop) -> None:
    begin = workshop.pictures
    for attempt in (
        begin.begin(HERE, MEMBER, CLAIM, b"x", kind="png", alt=ALT),
        begin.begin_words(HERE, MEMBER, CLAIM, ALT),
        begin.begin_removal(HERE, MEMBER, CLAIM),
    ):
        with pytest.raises(UserError, match="Editing knowledge is for"):
            await attempt


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"content": b""}, "at most 60 KB"),
        ({"content": b"x" * (MOST_BYTES + 1)}, "at most 60 KB"),
        ({"alt": "short"}, "in 10 to 1024 characters"),
        ({"alt": "x" * 1025}, "in 10 to 1024 characters"),
        ({"claim_id": "nonsense"}, "no such claim"),
        ({"claim_id": "warning-signs"}, "safety net"),
    ],
)
async def test_what_cannot_be_kept_is_refused(workshop: Workshop, change: Mapping[str, Any], says: str) -> None:
    wanted: dict[str, Any] = {"claim_id": CLAIM, "content": b"x", "kind": "png", "alt": ALT, **change}
    with pytest.raises(UserError, match=says):
        await workshop.pictures.begin(HERE, MODERATOR, **wanted)


async def test_a_picture_stays_through_edits_questions_and_hiding(workshop: Workshop) -> None:
    curation = workshop.curation
    await put_on(workshop)
    draft = await curation.begin_questions(HERE, MODERATOR, CLAIM, ["where is the tape on our sled"])
    await curation.publish(HERE, MODERATOR, draft.id)
    draft = await curation.begin_edit(HERE, MODERATOR, CLAIM)
    assert draft.fields is not None
    assert draft.changes_nothing
    draft = await curation.change(HERE, MODERATOR, draft.id, replace(draft.fields, title="Ours"))
    await curation.publish(HERE, MODERATOR, draft.id)
    await curation.hide(HERE, CLAIM, MODERATOR)
    await curation.restore(HERE, CLAIM, MODERATOR)
    assert (await workshop.overlays.for_server(HERE)).knowledge.claims[CLAIM].title == "Ours"
    assert await content(workshop) == b"\x89PNG one"
    await curation.restore(HERE, CLAIM, MODERATOR)  # as shipped: the picture goes too
    assert await picture(workshop) is None


async def test_an_import_of_text_leaves_the_picture_where_it_is(workshop: Workshop) -> None:
    name = await add(workshop)
    raw = await workshop.exchange.export(HERE)
    await put_on(workshop, claim=name)
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, raw.replace(b"helps a little over weeks", b"helps"))
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert await content(workshop, name) == b"\x89PNG one"


@pytest.mark.both_databases
async def test_of_two_changes_at_once_the_picture_and_the_text_both_stay(workshop: Workshop) -> None:
    name = await add(workshop)
    mine = await workshop.pictures.begin(HERE, MODERATOR, name, b"mine", kind="png", alt=ALT)
    theirs = await workshop.curation.begin_edit(HERE, OTHER_MODERATOR, name)
    assert theirs.fields is not None
    theirs = await workshop.curation.change(HERE, OTHER_MODERATOR, theirs.id, replace(theirs.fields, title="Theirs"))
    await workshop.curation.publish(HERE, OTHER_MODERATOR, theirs.id)
    rebased = await workshop.curation.rebase(HERE, MODERATOR, mine.id)
    await workshop.curation.publish(HERE, MODERATOR, rebased.id)
    assert (await workshop.overlays.for_server(HERE)).knowledge.claims[name].title == "Theirs"
    assert await content(workshop, name) == b"mine"


async def test_a_full_server_is_told_and_makes_room_of_what_only_its_history_shows(
    workshop: Workshop, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_pictures, "MOST_PICTURES", 2)
    first = await put_on(workshop, b"one")
    await put_on(workshop, b"two")
    with pytest.raises(UserError, match="has room for"):
        await put_on(workshop, b"three")
    assert await content(workshop) == b"two"
    clock.forward(days=PICTURE_DAYS, seconds=1)
    await put_on(workshop, b"three")
    assert await content(workshop) == b"three"
    back = await workshop.history.begin_rollback(HERE, MODERATOR, first)
    assert back.changes_nothing
    assert "is not kept here (any more)" in back.notes[0]


@pytest.mark.both_databases
async def test_the_retention_job_drops_pictures_that_were_never_published(workshop: Workshop, clock: Clock) -> None:
    await put_on(workshop, b"shown once")
    removal = await workshop.pictures.begin_removal(HERE, MODERATOR, CLAIM)
    await workshop.curation.publish(HERE, MODERATOR, removal.id)
    await workshop.pictures.begin(HERE, MODERATOR, CLAIM, b"never published", kind="png", alt=ALT)
    assert (await workshop.retention.run_once()).pictures == 0
    clock.forward(days=PICTURE_DAYS, seconds=1)
    assert (await workshop.retention.run_once()).pictures == 1
    back = await workshop.history.begin_rollback(HERE, MODERATOR, 1)
    await workshop.curation.publish(HERE, MODERATOR, back.id)
    assert await content(workshop) == b"shown once"


async def test_a_draft_outlives_no_picture_that_it_names(workshop: Workshop, clock: Clock) -> None:
    draft = await workshop.pictures.begin(HERE, MODERATOR, CLAIM, b"late", kind="png", alt=ALT)
    clock.forward(days=6, hours=23)
    await workshop.retention.run_once()
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    clock.forward(days=400)
    await workshop.retention.run_once()
    assert await content(workshop) == b"late"


async def test_memory_for_pictures_is_bounded(workshop: Workshop, clock: Clock) -> None:
    pictures = OwnPictures(workshop.store, workshop.pictures._drafts, clock, memory=100)
    digests = []
    for number in range(5):
        await put_on(workshop, b"%d" % number * 40)
        own = await picture(workshop)
        assert own is not None
        digests.append(own.digest)
    for digest in [*digests, *digests]:
        assert len(await pictures.content(HERE, digest) or b"") == 40
        assert pictures._held.currsize <= 100


@pytest.mark.both_databases
async def test_whose_picture_it_was_is_forgotten_with_them(workshop: Workshop) -> None:
    await put_on(workshop)
    await workshop.privacy.delete(MODERATOR.id)
    [revision] = await workshop.history.revisions(HERE)
    assert revision.author is None
    assert await content(workshop) == b"\x89PNG one"


async def test_words_of_a_picture_that_speak_of_an_alarm_are_not_published(workshop: Workshop) -> None:
    words = "When your legs go numb and you cannot pee, turn the handle like this."
    draft = await workshop.pictures.begin(HERE, MODERATOR, CLAIM, b"\x89PNG one", kind="png", alt=words)
    with pytest.raises(UserError, match="The words of a picture: this speaks of a warning sign"):
        await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert await picture(workshop) is None
