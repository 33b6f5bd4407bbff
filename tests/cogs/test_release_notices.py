"""A release changes a claim that a server replaced: its moderators see the difference, and choose."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.bootstrap import build_service
from bot.service import Service
from bot.service.access import Actor
from bot.service.history import SETTLED
from bot.store.cache import FileCache
from bot.ui.curation import words
from bot.ui.desks import queue
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from tests.support.discord_side import KNOWLEDGE, Handed, custom_ids, labels, response, text_of
from tests.support.moderators import REFUSING, Club, at_once, fields_of, publish, told
from tests.support.workshop import RETIRED, Base

QUESTION = "how low do i lower the sled"
OURS, THEIRS = "Stop where our sticker is.", "Lower the sled until the hips would move."


def released(cache: FileCache, folder: Path, change: Callable[[str], str]) -> Service:
    """The service on the knowledge of these tests as another release ships it."""
    shutil.copytree(KNOWLEDGE, folder)
    before = (KNOWLEDGE / "claims" / "depth.yaml").read_text()
    assert change(before) != before
    for file in folder.rglob("*.yaml"):
        file.write_text(change(file.read_text()))
    return build_service(folder, cache=cache)


@pytest.fixture(scope="module")
def newer(cache: FileCache, tmp_path_factory: pytest.TempPathFactory) -> Service:
    """A release that words one claim differently."""
    answer = "Go as low as you can while your hips stay still on the pad."
    return released(cache, tmp_path_factory.mktemp("newer") / "k", lambda text: text.replace(answer, THEIRS))


@pytest.fixture
def shipped_now(fixed_service: Service) -> Base:
    """What is shipped; a test exchanges it as an upgrade does."""
    return Base(fixed_service)


@pytest.fixture
def handed(shipped_now: Base, tmp_path: Path) -> Handed:
    """A bot that answers with what is shipped now."""
    return Handed(shipped_now, shipped_now, tmp_path / "state")


@pytest.fixture
async def upgraded(club: Club, shipped_now: Base, newer: Service, handed: Handed) -> Club:
    """A server that replaced a claim, after an upgrade and a restart."""
    form = await club.run("edit", claim="find-depth")
    preview = await club.dana.submit_modal(form, {**fields_of(form), "answer": OURS})
    await publish(club.dana, response(preview))
    assert OURS in await club.asked(QUESTION)
    shipped_now.service = newer
    await club.env.restart_bot(handed.bot())
    return club


async def forged(club: Club, who: Any, kind: str, claim: str = "find-depth") -> str:
    """Somebody presses a button of a message that nobody was ever shown; returns what they are told."""
    channel = club.env.bot.get_channel((club.elsewhere if who is club.olga else club.channel).id)
    assert isinstance(channel, discord.TextChannel)
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(Press(kind, claim, "Forged"))
    message = await channel.send(view=Layout(box(0, row)).sealed())
    return told(await who.click(message, label="Forged"))


async def test_a_release_that_changes_nothing_here_brings_no_notice(club: Club) -> None:
    assert queue.EMPTY in told(await club.run("review"))


async def test_members_go_on_getting_the_servers_own(upgraded: Club) -> None:
    assert OURS in await upgraded.asked(QUESTION)
    assert THEIRS in await upgraded.asked(QUESTION, upgraded.olga)


async def test_the_notice_stands_in_the_queue_the_list_and_under_the_claim(upgraded: Club) -> None:
    said = told(await upgraded.run("review"))
    assert "1 changed by a release" in said
    assert "**⚠️ Find your own depth** has changed in the shipped knowledge" in said
    assert "the shipped one has changed since" in told(await upgraded.run("list", only="replaced"))
    shown = await upgraded.run("show", claim="find-depth")
    assert "A release has changed the shipped claim" in told(shown)
    difference = await upgraded.dana.click(response(shown), label="What changed")
    assert f"+ {THEIRS.partition(' until')[0]}" in told(difference)
    assert {"Keep ours", "Take theirs"} <= set(labels(difference.response))


async def test_the_difference_shows_what_the_release_changed_and_how_ours_differs(upgraded: Club) -> None:
    shown = await upgraded.run("review")
    said = " ".join(told(await upgraded.dana.click(response(shown), label="Difference")).split())
    assert said.index("- Go as low as you can") < said.index("+ Lower the sled") < said.index("- Lower the sled")
    assert (
        said.index("**What the release changed**") < said.index("**How yours") < said.index("+ Stop where our sticker")
    )


async def test_keeping_ours_ends_the_notice_and_changes_no_answer(upgraded: Club, handed: Handed) -> None:
    shown = await upgraded.run("review")
    await upgraded.dana.click(response(shown), label="Keep ours")
    assert "Yours stays (revision 2)." in text_of(shown.response)
    assert queue.EMPTY in text_of(shown.response)
    assert OURS in await upgraded.asked(QUESTION)
    assert "**2** · Kept ours" in told(await upgraded.run("history"))
    await upgraded.env.restart_bot(handed.bot())
    assert queue.EMPTY in told(await upgraded.run("review"))


async def test_taking_theirs_is_previewed_first_and_can_be_undone(upgraded: Club) -> None:
    shown = await upgraded.run("review")
    await upgraded.dana.click(response(shown), label="Take theirs")
    said = text_of(shown.response)
    assert words.PREVIEW in said
    assert THEIRS in said
    assert OURS in await upgraded.asked(QUESTION)
    await publish(upgraded.dana, response(shown))
    assert THEIRS in await upgraded.asked(QUESTION)
    assert queue.EMPTY in told(await upgraded.run("review"))
    await upgraded.dana.click(response(shown), label="Undo")
    await publish(upgraded.dana, response(shown))
    assert OURS in await upgraded.asked(QUESTION)


async def test_the_choice_can_be_made_below_the_difference(upgraded: Club) -> None:
    shown = await upgraded.run("review")
    difference = await upgraded.dana.click(response(shown), label="Difference")
    await upgraded.dana.click(response(difference), label="Keep ours")
    assert "Yours stays" in text_of(difference.response)


@REFUSING
@pytest.mark.both_databases
async def test_of_two_who_keep_at_once_one_is_told_that_it_is_settled(upgraded: Club) -> None:
    mine = response(await upgraded.run("review"))
    theirs = response(await upgraded.eric.slash(upgraded.channel, "knowledge review"))
    results = await at_once((upgraded.dana, mine, "Keep ours"), (upgraded.eric, theirs, "Keep ours"))
    said = [text_of(mine), text_of(theirs), *(text_of(each) for result in results for each in result.followups)]
    assert sum("Yours stays" in each for each in said) == 1
    assert said.count(SETTLED) == 1
    assert [each.action for each in await upgraded.workshop.history.revisions(upgraded.guild.id)] == [
        "kept ours",
        "edit",
    ]


@REFUSING
async def test_of_two_who_choose_differently_the_slower_sees_what_was_chosen(upgraded: Club) -> None:
    mine = response(await upgraded.run("review"))
    theirs = response(await upgraded.eric.slash(upgraded.channel, "knowledge review"))
    await upgraded.dana.click(mine, label="Take theirs")
    await upgraded.eric.click(theirs, label="Keep ours")
    await publish(upgraded.dana, mine)
    assert "Somebody was faster" in text_of(mine)
    await upgraded.dana.click(mine, label="Discard mine")
    assert OURS in await upgraded.asked(QUESTION)


@REFUSING
async def test_nobody_without_rights_chooses_whatever_they_forge(upgraded: Club) -> None:
    for kind in ("revdiff", "revours", "revtheirs", "revnext"):
        assert (await forged(upgraded, upgraded.mia, kind)).startswith(("Editing knowledge is for", "Reviewing is for"))
        assert await forged(upgraded, upgraded.olga, kind) == SETTLED
        for nonsense in ("nothing-of-the-kind", "warning-signs", "💥", "#out-of-scope", "a b"):
            assert await forged(upgraded, upgraded.dana, kind, nonsense) == SETTLED, (kind, nonsense)
    assert len(await upgraded.workshop.history.revisions(upgraded.guild.id)) == 1
    assert OURS in await upgraded.asked(QUESTION)


async def test_a_role_that_may_edit_but_not_review_chooses_under_the_claim(upgraded: Club) -> None:
    role = upgraded.guild.create_role("Editors")
    await upgraded.workshop.settings.change(upgraded.guild.id, Actor(1, manages=True), edit_roles={role.id})
    nora = upgraded.guild.add_member(upgraded.env.create_user("nora"), roles=[role])
    upgraded.let_in(nora)
    shown = await nora.slash(upgraded.channel, "knowledge show", claim="find-depth")
    difference = await nora.click(response(shown), label="What changed")
    await nora.click(response(difference), label="Keep ours")
    assert "✅ Yours stays" in text_of(difference.response)


async def test_a_claim_that_is_no_longer_shipped_is_kept_or_dropped(
    club: Club, shipped_now: Base, cache: FileCache, tmp_path: Path, handed: Handed
) -> None:
    form = await club.run("edit", claim="find-depth")
    preview = await club.dana.submit_modal(form, {**fields_of(form), "answer": OURS})
    await publish(club.dana, response(preview))
    shipped_now.service = released(
        cache,
        tmp_path / "k",
        lambda text: text.replace("find-depth", "another-name"),
    )
    await club.env.restart_bot(handed.bot())
    shown = await club.run("review")
    assert "is no longer shipped" in told(shown)
    assert labels(shown.response)[:3] == ["Difference", "Keep ours", "Drop ours"]
    await club.dana.click(response(shown), label="Drop ours")
    assert "find-depth: removed" in text_of(shown.response)
    assert OURS in await club.asked(QUESTION)
    shown = await club.run("review")
    await club.dana.click(response(shown), label="Keep ours")
    assert queue.EMPTY in text_of(shown.response)
    assert "added by this server" in told(await club.run("show", claim="find-depth"))


async def test_what_hung_on_a_claim_that_a_release_renamed_is_offered_to_its_successor(
    club: Club, shipped_now: Base, cache: FileCache, tmp_path: Path, handed: Handed
) -> None:
    draft = await club.workshop.curation.begin_questions(
        club.guild.id, Actor(club.dana.id, manages=True), "find-depth", ["how far goes the big sled in our gym"]
    )
    await club.workshop.curation.publish(club.guild.id, Actor(club.dana.id, manages=True), draft.id)
    shipped_now.service = released(
        cache, tmp_path / "renamed", lambda text: text.replace("find-depth", "find-your-depth")
    )
    await club.env.restart_bot(handed.bot())
    shown = response(await club.run("review"))
    assert "`find-depth`** is no longer shipped. Kept, without effect: 1 question of yours." in text_of(shown)
    assert labels(shown)[:3] == ["Move to …", "Make it ours", "Drop"]
    await club.dana.click(shown, label="Move to …")
    [pick] = [each for each in custom_ids(shown) if each.startswith("lp-pick:orphto:")]
    await club.dana.select(shown, ["find-your-depth"], custom_id=pick)
    assert "Preview: not live yet" in text_of(shown)
    await publish(club.dana, shown)
    assert "Stop just before the hips roll off the pad" in await club.asked("how far goes the big sled in our gym")
    assert queue.EMPTY in told(await club.run("review"))


async def test_a_servers_own_claim_moves_into_the_place_of_the_successor(
    club: Club, shipped_now: Base, cache: FileCache, tmp_path: Path, handed: Handed
) -> None:
    form = await club.run("edit", claim="find-depth")
    preview = await club.dana.submit_modal(form, {**fields_of(form), "answer": OURS})
    await publish(club.dana, response(preview))
    folder = tmp_path / "renamed"
    released(cache, folder, lambda text: text.replace("find-depth", "find-your-depth"))
    depth = folder / "claims" / "depth.yaml"
    depth.write_text(depth.read_text() + RETIRED.format("find-your-depth"))
    shipped_now.service = build_service(folder, cache=cache)
    await club.env.restart_bot(handed.bot())
    shown = response(await club.run("review"))
    assert "**Find your own depth** takes its place in the shipped knowledge." in text_of(shown)
    await club.dana.click(shown, label="Move to its successor")
    assert "Preview: not live yet" in text_of(shown)
    await publish(club.dana, shown)
    assert OURS in await club.asked(QUESTION)
    assert "replaced by this server" in told(await club.run("show", claim="find-your-depth"))
    assert queue.EMPTY in told(await club.run("review"))


@REFUSING
async def test_nobody_moves_another_servers_orphans(
    club: Club, shipped_now: Base, cache: FileCache, tmp_path: Path, handed: Handed
) -> None:
    await club.workshop.curation.hide(club.guild.id, "find-depth", Actor(club.dana.id, manages=True))
    shipped_now.service = released(
        cache, tmp_path / "renamed", lambda text: text.replace("find-depth", "find-your-depth")
    )
    await club.env.restart_bot(handed.bot())
    for kind in ("orphown", "orphdrop", "orphnext"):
        assert "settled already" in await forged(club, club.olga, kind)
        assert "moderators" in await forged(club, club.mia, kind)
    assert (await club.workshop.orphans.all(club.guild.id))[0].hidden
