"""Releases that take claims away or rename them: nothing that servers hung on these is lost."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import build_service, shipped_state
from bot.core.overlay import Entry
from bot.errors import KnowledgeError, UserError
from bot.service import Service
from bot.service.workshop import Workshop
from bot.store.cache import FileCache
from tests.support.workshop import HERE, KNOWLEDGE, MODERATOR, RETIRED, THERE, Base, add

OURS = "how far does the big sled go down here"


def release(folder: Path, *, successor: str = "find-your-depth", retired: bool = True) -> Service:
    """The service of a release in which find-depth is called find-your-depth."""
    shutil.copytree(KNOWLEDGE, folder)
    for file in folder.rglob("*.yaml"):
        file.write_text(file.read_text().replace("find-depth", "find-your-depth"))
    if retired:
        depth = folder / "claims" / "depth.yaml"
        depth.write_text(depth.read_text() + RETIRED.format(successor))
    return build_service(folder, cache=FileCache(None, shipped_state()))


@pytest.fixture(scope="module")
def renamed(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A release that renamed a claim and says so."""
    return release(tmp_path_factory.mktemp("renamed") / "k")


@pytest.fixture(scope="module")
def dropped(tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A release that has the claim no longer under its name, without a word."""
    return release(tmp_path_factory.mktemp("dropped") / "k", retired=False)


@pytest.fixture
async def extended(workshop: Workshop) -> Workshop:
    """A server that gave a shipped claim a wording of its own, and another one that hid it."""
    draft = await workshop.curation.begin_questions(HERE, MODERATOR, "find-depth", [OURS])
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    await workshop.curation.hide(THERE, "find-depth", MODERATOR)
    return workshop


async def test_what_hung_on_a_claim_that_is_gone_is_kept_shown_and_exported(
    extended: Workshop, base: Base, dropped: Service
) -> None:
    base.service = dropped
    [orphan] = (await extended.review.queue(HERE, MODERATOR)).orphans
    assert (orphan.item, orphan.questions, orphan.hidden, orphan.successor) == ("find-depth", (OURS,), False, "")
    [hiding] = (await extended.review.queue(THERE, MODERATOR)).orphans
    assert (hiding.hidden, hiding.questions) == (True, ())
    exported = await extended.exchange.export(HERE)
    assert OURS.encode() in exported
    assert b"hidden: true" in await extended.exchange.export(THERE)
    other = 3003
    draft = await extended.exchange.begin_import(other, MODERATOR, exported)
    await extended.curation.publish(other, MODERATOR, draft.id)
    assert await extended.exchange.export(other) == exported


async def test_a_claim_that_comes_back_has_again_what_hung_on_it(
    extended: Workshop, base: Base, base_service: Service, dropped: Service
) -> None:
    base.service = dropped
    assert (await extended.orphans.all(HERE)) != []
    base.service = base_service
    assert (await extended.orphans.all(HERE)) == []
    assert OURS in (await extended.curation.show(HERE, "find-depth")).claim.questions


@pytest.mark.both_databases
async def test_it_moves_to_the_successor_that_the_release_names(
    extended: Workshop, base: Base, renamed: Service
) -> None:
    base.service = renamed
    [orphan] = await extended.orphans.all(HERE)
    assert orphan.successor == "find-your-depth"
    for guild in (HERE, THERE):
        draft = await extended.orphans.begin_move(guild, MODERATOR, "find-depth", "find-your-depth")
        assert draft.differences
        await extended.curation.publish(guild, MODERATOR, draft.id)
        assert await extended.orphans.all(guild) == []
    assert OURS in (await extended.curation.show(HERE, "find-your-depth")).claim.questions
    answer, _ = (await extended.overlays.for_server(HERE)).ask(OURS)
    assert answer.claim == "find-your-depth"
    assert (await extended.curation.show(THERE, "find-your-depth")).standing == "hidden"


async def test_it_becomes_a_claim_of_the_servers_own_once_its_text_is_written(
    extended: Workshop, base: Base, dropped: Service
) -> None:
    base.service = dropped
    draft = await extended.orphans.begin_adopt(HERE, MODERATOR, "find-depth")
    assert draft.faults
    assert draft.fields is not None
    written = replace(draft.fields, claim="The big sled goes low.", answer="As low as the sticker says.")
    await extended.curation.change(HERE, MODERATOR, draft.id, written)
    await extended.curation.publish(HERE, MODERATOR, draft.id)
    assert await extended.orphans.all(HERE) == []
    answer, _ = (await extended.overlays.for_server(HERE)).ask(OURS)
    assert (answer.claim, "sticker" in answer.text) == ("find-depth", True)
    with pytest.raises(UserError, match="Only a hiding"):
        await extended.orphans.begin_adopt(THERE, MODERATOR, "find-depth")


async def test_it_can_be_dropped_and_the_history_brings_it_back(
    extended: Workshop, base: Base, dropped: Service
) -> None:
    base.service = dropped
    draft = await extended.orphans.begin_drop(HERE, MODERATOR, "find-depth")
    assert draft.differences[0].kind == "removed"
    revision = await extended.curation.publish(HERE, MODERATOR, draft.id)
    assert await extended.orphans.all(HERE) == []
    with pytest.raises(UserError, match="settled already"):
        await extended.orphans.begin_drop(HERE, MODERATOR, "find-depth")
    back = await extended.history.begin_undo(HERE, MODERATOR, revision.number)
    await extended.curation.publish(HERE, MODERATOR, back.id)
    [orphan] = await extended.orphans.all(HERE)
    assert orphan.questions == (OURS,)


async def test_it_moves_to_no_protected_and_no_missing_claim(extended: Workshop, base: Base, dropped: Service) -> None:
    base.service = dropped
    with pytest.raises(UserError, match="safety net"):
        await extended.orphans.begin_move(HERE, MODERATOR, "find-depth", "warning-signs")
    with pytest.raises(UserError, match="no such claim"):
        await extended.orphans.begin_move(HERE, MODERATOR, "find-depth", "nowhere")
    with pytest.raises(UserError, match="settled already"):
        await extended.orphans.begin_move(HERE, MODERATOR, "knees-to-chest", "find-your-depth")
    assert await extended.overlays.read(HERE) == {"find-depth": Entry(questions=(OURS,))}


def test_a_retired_claim_is_shown_no_longer_and_its_successor_has_to_be_there(tmp_path: Path, renamed: Service) -> None:
    assert "find-depth" not in renamed.knowledge.claims
    assert renamed.knowledge.successors == {"find-depth": "find-your-depth"}
    with pytest.raises(KnowledgeError, match=r"depth.yaml:\d+:\d+: there is no claim 'nowhere' to take the place"):
        release(tmp_path / "k", successor="nowhere")


async def test_an_import_hangs_on_the_successor_what_names_a_claim_that_was_renamed(
    extended: Workshop, base: Base, renamed: Service
) -> None:
    exported = [await extended.exchange.export(guild) for guild in (HERE, THERE)]
    base.service = renamed
    other = 3003
    for raw in exported:
        draft = await extended.exchange.begin_import(other, MODERATOR, raw)
        assert draft.notes == ("'find-depth' is called 'find-your-depth' now: what the file says of it goes there.",)
        await extended.curation.publish(other, MODERATOR, draft.id)
    assert await extended.overlays.read(other) == {"find-your-depth": Entry(questions=(OURS,), hidden=True)}
    assert await extended.orphans.all(other) == []
    orphaned = await extended.exchange.export(HERE)
    assert b"orphans:" in orphaned
    draft = await extended.exchange.begin_import(4004, MODERATOR, orphaned)
    await extended.curation.publish(4004, MODERATOR, draft.id)
    assert OURS in (await extended.curation.show(4004, "find-your-depth")).claim.questions


async def test_a_file_of_wordings_of_a_renamed_claim_reaches_its_successor(
    workshop: Workshop, base: Base, renamed: Service
) -> None:
    base.service = renamed
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, f"find-depth:\n  questions: [{OURS}]\n".encode())
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert OURS in (await workshop.curation.show(HERE, "find-your-depth")).claim.questions


async def test_an_imported_claim_that_names_its_successor_leaves_it_its_wordings(
    extended: Workshop, base: Base, dropped: Service
) -> None:
    base.service = dropped
    raw = RETIRED.format("find-your-depth").encode()
    draft = await extended.exchange.begin_import(HERE, MODERATOR, raw)
    assert draft.notes == ("'find-depth' is replaced by 'find-your-depth': its wordings go there.",)
    await extended.curation.publish(HERE, MODERATOR, draft.id)
    assert await extended.orphans.all(HERE) == []
    assert (await extended.curation.show(HERE, "find-your-depth")).claim.questions[-2:] == ("how deep is it", OURS)
    assert "find-depth" not in (await extended.overlays.for_server(HERE)).knowledge.claims
    await extended.exchange.begin_import(THERE, MODERATOR, raw)


@pytest.mark.parametrize(
    ("successor", "said"),
    [("nowhere", "there is no claim 'nowhere'"), ("warning-signs", "'warning-signs' belongs to the safety net")],
)
async def test_a_successor_that_cannot_be_one_is_told_with_its_line(
    workshop: Workshop, successor: str, said: str
) -> None:
    with pytest.raises(KnowledgeError, match=rf":9:\d+: {said}"):
        await workshop.exchange.begin_import(HERE, MODERATOR, RETIRED.format(successor).encode())


async def test_a_claim_of_ones_own_stays_where_a_file_replaces_it_by_another_of_the_file(workshop: Workshop) -> None:
    claim = await add(workshop)
    entry = RETIRED.replace("find-depth", claim).format("the-new-one")
    new = (
        RETIRED.replace("find-depth", "the-new-one")
        .replace("Find your own depth", "Other")
        .replace("how deep is it", "oats?")
    )
    raw = (entry + new.split("  replaced_by")[0]).encode()
    draft = await workshop.exchange.begin_import(HERE, MODERATOR, raw)
    assert f"Your own claim '{claim}' stays" in " ".join(draft.notes)
    await workshop.curation.publish(HERE, MODERATOR, draft.id)
    assert (await workshop.curation.show(HERE, "the-new-one")).claim.questions == ("oats?", "how deep is it")
    assert (await workshop.curation.show(HERE, claim)).claim.id == claim
