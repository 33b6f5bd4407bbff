"""`/knowledge picture`: a moderator's own picture, from the attachment to the members' card and back; and every fault."""

import io
import random
import re
from pathlib import Path
from typing import Any

import discord
import pytest
from PIL import Image

from bot.core.overlay import Standing
from bot.pictures import KEPT_BYTES, checked
from bot.service.workshop import put_together
from bot.store.tables import metadata
from bot.ui import wording
from bot.ui.curation import words
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.pictures import NOT_SHOWN
from tests.pictures.test_upload import BAD, moving, picture
from tests.support.discord_side import Handed, components, labels, response, text_of
from tests.support.files import contents
from tests.support.moderators import REFUSING, Club, attached, fields_of, publish, told
from tests.support.postgres import Clock

ALT = "Our blue sled with a strip of tape where the thighs should stop."
QUESTION = "how low do i lower the sled"


AS_A_PHONE_TAKES_IT = (1600, 1200)


def photo(seed: int = 1, size: tuple[int, int] = (480, 360)) -> bytes:
    """A JPEG with detail all over and a camera's notes in it, as a phone makes them; smaller, where its size is not the point."""
    small = Image.frombytes("RGB", (80, 60), random.Random(seed).randbytes(80 * 60 * 3))
    exif = Image.Exif()
    exif[0x010F] = "A camera maker"
    out = io.BytesIO()
    small.resize(size).save(out, "JPEG", quality=90, exif=exif.tobytes())
    return out.getvalue()


async def put_on(club: Club, content: bytes | None = None, claim: str = "find-depth", **more: Any) -> Any:
    """Dana prepares a picture."""
    return await club.run(
        "picture", **{"claim": claim, "alt": ALT, "image": ("IMG_2041.jpg", content or photo()), **more}
    )


async def published(club: Club, content: bytes | None = None, claim: str = "find-depth", **more: Any) -> Any:
    """Dana puts a picture on a claim, and publishes it."""
    return await publish(club.dana, response(await put_on(club, content, claim, **more)))


async def shown(message: Any) -> list[tuple[str, bytes]]:
    """The words and the bytes of each picture that a message shows; each has its file, and each file is shown."""
    files = {each.filename: each for each in message.attachments}
    found = []
    for gallery in (each for each in components(message) if each.get("type") == 12):
        for item in gallery["items"]:
            file = files.pop(item["media"]["url"].partition("?")[0].rpartition("/")[2])
            assert file.description == item["description"]
            found.append((item["description"], await file.read()))
    assert not files
    return found


async def on_card(club: Club, question: str = QUESTION, who: Any = None) -> list[tuple[str, bytes]]:
    """The pictures that a member's answer shows."""
    member = who or club.mia
    channel = club.elsewhere if member is club.olga else club.channel
    return await shown(response(await member.slash(channel, "legpress ask", question=question)))


async def test_a_moderators_picture_is_previewed_published_and_on_the_members_card(club: Club) -> None:
    preview = await put_on(club, why="our own machine")
    said = told(preview)
    assert words.PREVIEW in said
    assert "**Picture**" in said
    assert "find-depth: picture" in said
    assert "Reason: our own machine" in said
    assert f"{words.PICTURE_WORDS}: {ALT}" in said
    assert wording.PICTURE_BY_SERVER in said
    [(alt, content)] = await shown(preview.response)
    assert alt == ALT
    assert ALT not in [each for each, _ in await on_card(club)]
    done = await publish(club.dana, response(preview))
    assert "Published as revision 1" in told(done)
    assert await on_card(club) == [(ALT, content)]


async def test_what_is_sent_is_small_and_says_nothing_of_the_camera(club: Club) -> None:
    raw = photo(size=AS_A_PHONE_TAKES_IT)
    assert b"A camera maker" in raw
    await published(club, raw)
    [(_, content)] = await on_card(club)
    assert len(content) <= KEPT_BYTES < len(raw)
    assert b"A camera maker" not in content
    assert max(checked(content).width, checked(content).height) <= 1200


async def test_nothing_that_is_kept_is_the_file_as_it_was_uploaded(club: Club, tmp_path: Path) -> None:
    raw = photo()
    await published(club, raw)
    async with club.workshop.store.database.reading() as connection:
        rows = [
            value
            for table in metadata.sorted_tables
            for row in (await connection.execute(table.select())).all()
            for value in row
        ]
    kept = [bytes(value) for value in rows if isinstance(value, bytes | memoryview)]
    assert any(len(value) > 1000 for value in kept)
    for content in (*kept, *contents(tmp_path).values()):
        assert b"A camera maker" not in content
        assert raw[2000:2400] not in content
    assert not any("IMG_2041" in str(value) for value in rows)


async def test_every_way_to_the_card_shows_it(club: Club) -> None:
    await published(club)
    bot = club.env.bot.user
    assert bot is not None
    await club.mia.send(club.channel, f"{bot.mention} {QUESTION}")
    answered = club.channel.history(viewer=club.mia)[-1]
    assert [alt for alt, _ in await shown(answered)] == [ALT]
    card = response(await club.mia.slash(club.channel, "legpress ask", question=QUESTION))
    await club.mia.click(card, label="Share")
    assert [alt for alt, _ in await shown(club.channel.history(viewer=club.eric)[-1])] == [ALT]
    looked = await club.run("show", claim="find-depth")
    assert [alt for alt, _ in await shown(looked.response)] == [ALT]
    assert words.STANDINGS[Standing.EXTENDED] in told(looked)
    tried = await club.run("try", question=QUESTION)
    assert [alt for alt, _ in await shown(tried.followups[-1])] == [ALT]


async def test_no_other_server_sees_it(club: Club) -> None:
    await published(club)
    assert ALT not in str(await on_card(club, who=club.olga))
    result = await club.olga.slash(club.elsewhere, "knowledge show", claim="find-depth")
    assert ALT not in text_of(result.response)
    [(_, content)] = await on_card(club)
    name, export = await attached(await club.run("export"))
    there = await club.olga.slash(club.elsewhere, "knowledge import", file=(name, export.encode()))
    assert "attach it with /knowledge picture" in told(there)
    assert await shown(there.response) == []
    assert content not in [each for _, each in await on_card(club, who=club.olga)]


async def test_a_servers_own_claim_can_have_one_and_keeps_it_through_an_edit(club: Club) -> None:
    await club.added()
    asked = "does creatine help my sled numbers"
    await published(club, claim="creatine-and-the-sled")
    form = await club.run("edit", claim="creatine-and-the-sled")
    preview = await club.dana.submit_modal(form, {**fields_of(form), "claim": "Creatine, again."})
    assert [alt for alt, _ in await shown(preview.response)] == [ALT]
    await publish(club.dana, response(preview))
    result = await club.mia.slash(club.channel, "legpress ask", question=asked)
    assert "Creatine, again." in text_of(result.response)
    assert wording.ADDED_BY_SERVER in text_of(result.response)
    assert wording.PICTURE_BY_SERVER not in text_of(result.response)
    assert [alt for alt, _ in await shown(result.response)] == [ALT]


async def test_another_picture_takes_its_place_and_a_rollback_brings_it_back(club: Club) -> None:
    await published(club, photo(1))
    first = await on_card(club)
    await published(club, photo(2), alt="The same sled from the side.")
    second = await on_card(club)
    assert second != first
    difference = re.sub(r"\n[-+ ]\s*", " ", told(await club.run("history", older=1, newer=2)))  # without its layout
    assert re.search(
        rf"Picture own picture \w{{8}}: {ALT} own picture \w{{8}}: The same sled from the side\.", difference
    )
    back = await club.run("rollback", revision=1)
    assert await shown(back.response) == first
    await publish(club.dana, response(back))
    assert await on_card(club) == first


async def test_it_is_taken_away_and_undone(club: Club) -> None:
    before = await on_card(club)
    await published(club)
    preview = await club.run("remove-picture", claim="find-depth")
    assert "**Picture taken away**" in told(preview)
    done = await publish(club.dana, response(preview))
    assert await on_card(club) == before
    undo = await club.dana.click(response(done), label="Undo")
    await publish(club.dana, response(undo))
    assert [alt for alt, _ in await on_card(club)] == [ALT]
    looked = await club.run("show", claim="find-depth")
    again = await club.dana.click(response(looked), label="Take picture off")
    assert "**Picture taken away**" in told(again)
    await publish(club.dana, response(again))
    assert await on_card(club) == before
    assert "Take picture off" not in labels((await club.run("show", claim="find-depth")).response)


async def test_whoever_is_on_a_picture_can_have_it_deleted_for_good(club: Club) -> None:
    before = await on_card(club)
    await published(club, photo(1))
    await published(club, photo(2))
    said = told(await club.run("remove-picture", claim="find-depth", for_good=True))
    assert "2 pictures of this claim deleted" in said
    assert await on_card(club) == before
    back = await club.run("rollback", revision=1)
    assert "The picture of 'find-depth' is not kept here (any more)" in told(back)
    assert "Publish" not in labels(back.response)


async def test_its_words_can_be_changed_alone(club: Club) -> None:
    await published(club)
    [(_, content)] = await on_card(club)
    preview = await club.run("picture", claim="find-depth", alt="  A strip of tape\n on our sled. ")
    await publish(club.dana, response(preview))
    assert await on_card(club) == [("A strip of tape on our sled.", content)]


async def test_the_same_picture_again_changes_nothing_and_says_so(club: Club) -> None:
    await published(club)
    again = await put_on(club)
    assert "This changes nothing" in told(again)
    assert "Publish" not in labels(again.response)


@pytest.mark.both_databases
async def test_two_moderators_at_once_lose_nothing(club: Club) -> None:
    preview = await put_on(club)
    await club.run("picture", claim="find-depth", alt=ALT, image=("a.png", picture("PNG")))
    form = await club.eric.slash(club.channel, "knowledge edit", claim="find-depth")
    theirs = await club.eric.submit_modal(form, {**fields_of(form), "claim": "Find a depth of your own."})
    await publish(club.eric, response(theirs))
    conflict = await publish(club.dana, response(preview))
    assert "was changed while you worked on it" in told(conflict)
    again = await club.dana.click(response(conflict), label="Keep mine on top")
    await publish(club.dana, response(again))
    result = await club.mia.slash(club.channel, "legpress ask", question=QUESTION)
    assert "Find a depth of your own" in text_of(result.response)
    assert [alt for alt, _ in await shown(result.response)] == [ALT]


async def test_an_export_names_the_picture_and_importing_it_changes_nothing(club: Club) -> None:
    await published(club)
    name, content = await attached(await club.run("export"))
    assert "pictures:\n  find-depth:\n    file: " in content
    assert ALT in content
    assert "the images are not in this file" in content
    assert words.NOTHING_NEW in told(await club.run("import", file=(name, content.encode())))
    removal = await club.run("remove-picture", claim="find-depth")
    await publish(club.dana, response(removal))
    again = await club.run("import", file=(name, content.encode()))
    await publish(club.dana, response(again))
    assert [alt for alt, _ in await on_card(club)] == [ALT]


# Faults


FAULTS = {
    **{name: case for name, case in BAD.items() if name not in {"empty", "30 MB"}},
    "gif with another name": (moving("GIF"), "GIF"),
}


@REFUSING
@pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("content", "says"), FAULTS.values(), ids=FAULTS)
async def test_a_file_that_cannot_be_used_gets_one_private_sentence(club: Club, content: bytes, says: str) -> None:
    result = await put_on(club, content)
    said = told(result)
    assert says in said
    assert said.count("\n") == 0
    assert await club.workshop.history.revisions(club.guild.id) == []


@REFUSING
async def test_a_picture_of_30_mb_is_refused_before_it_is_read(club: Club) -> None:
    result = await put_on(club, photo() + b"\0" * 30_000_000)
    assert "MB and I take 10 MB at most: save it smaller." in told(result)
    assert [each for each in club.env.http_requests if "attachments" in each.path] == []


@REFUSING
@pytest.mark.parametrize(("alt", "says"), [("pic", "Say in a sentence"), ("x" * 1025, "has 1025 characters")])
async def test_words_are_required_and_bounded(club: Club, alt: str, says: str) -> None:
    assert says in told(await put_on(club, alt=alt))


@REFUSING
async def test_a_claim_that_is_not_there_or_may_not_be_changed_gets_one_sentence(club: Club) -> None:
    assert "no such claim" in told(await put_on(club, claim="nonsense"))
    assert "safety net" in told(await put_on(club, claim="warning-signs"))
    assert "has no picture of this server's" in told(await club.run("picture", claim="find-depth", alt=ALT))
    assert "nothing to take away" in told(await club.run("remove-picture", claim="find-depth"))


@REFUSING
async def test_a_file_that_discord_no_longer_has_gets_one_sentence(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(club.env.backend.cdn, "get", lambda _url: None)
    assert told(await put_on(club)) == words.FILE_GONE


@REFUSING
async def test_members_are_refused_by_the_command_and_by_forged_buttons(club: Club) -> None:
    preview = await put_on(club)
    [pressed] = [each["custom_id"] for each in components(preview.response) if each.get("label") == "Publish"]
    club.let_in(club.mia)
    result = await club.mia.slash(
        club.channel, "knowledge picture", claim="find-depth", alt=ALT, image=("a.jpg", photo())
    )
    assert "Editing knowledge is for" in told(result)
    for for_good in (False, True):
        away = await club.mia.slash(club.channel, "knowledge remove-picture", claim="find-depth", for_good=for_good)
        assert "Editing knowledge is for" in told(away)
    channel = club.env.bot.get_channel(club.channel.id)
    assert isinstance(channel, discord.TextChannel)
    forged: discord.ui.ActionRow[Any] = discord.ui.ActionRow(
        Press("kpublish", pressed.rpartition(":")[2], "Publish"), Press("kunpicture", "find-depth", "Away")
    )
    message = await channel.send(view=Layout(box(0, forged)).sealed())
    for name in ("Publish", "Away"):
        assert "Editing knowledge is for" in told(await club.mia.click(message, label=name))
    assert ALT not in str(await on_card(club))


@REFUSING
async def test_a_moderator_of_another_server_cannot_publish_it_there_or_here(club: Club) -> None:
    preview = await put_on(club)
    [pressed] = [each["custom_id"] for each in components(preview.response) if each.get("label") == "Publish"]
    channel = club.env.bot.get_channel(club.elsewhere.id)
    assert isinstance(channel, discord.TextChannel)
    forged: discord.ui.ActionRow[Any] = discord.ui.ActionRow(
        Press("kpublish", pressed.rpartition(":")[2], "Publish"), Press("kunpicture", "x\u202e:; DROP", "Away")
    )
    message = await channel.send(view=Layout(box(0, forged)).sealed())
    assert "is older than a week" in told(await publish(club.olga, message))
    assert "no such claim" in told(await club.olga.click(message, label="Away"))
    assert ALT not in str(await on_card(club, who=club.olga))


@REFUSING
async def test_a_store_that_is_down_keeps_nothing_and_says_so(club: Club) -> None:
    club.break_store()
    assert "nothing was changed" in told(await put_on(club))
    club.mend_store()
    assert ALT not in str(await on_card(club))


async def test_a_card_whose_picture_cannot_be_read_shows_its_words(club: Club, handed: Handed, clock: Clock) -> None:
    await published(club)
    # As after a restart: the server's answers are in memory, the picture is not.
    anew = put_together(club.workshop.store, handed.service, regions=handed.service().regions, clock=clock)
    bot: Any = club.env.bot
    bot.use_workshop(anew)
    await anew.overlays.for_server(club.guild.id)
    club.break_store()
    result = await club.mia.slash(club.channel, "legpress ask", question=QUESTION)
    assert await shown(result.response) == []
    assert NOT_SHOWN + ALT in text_of(result.response)
    club.mend_store()
    assert [alt for alt, _ in await on_card(club)] == [ALT]


async def test_a_picture_in_memory_outlives_a_store_that_is_down(club: Club) -> None:
    await published(club)
    before = await on_card(club)
    club.break_store()
    assert await on_card(club) == before


async def test_autocomplete_offers_claims_to_moderators_alone(club: Club) -> None:
    offered = await club.dana.autocomplete(club.channel, "knowledge picture", "claim", "depth")
    assert "find-depth" in [each["value"] for each in offered]
    assert "warning-signs" not in [each["value"] for each in offered]
