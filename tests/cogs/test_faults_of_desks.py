"""What goes wrong while moderators work: one clear private sentence each, and nothing is lost. On both databases."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from bot.service.access import Actor
from bot.store.database import FULL, OUT_OF_REACH
from bot.ui.curation import words
from tests.support.discord_side import labels, press, response, text_of
from tests.support.moderators import CREATINE, REFUSING, Club, at_once, attached, fields_of, more, publish, told

QUESTION = "does creatine help my sled numbers"


async def drafted(club: Club, **changed: str) -> Any:
    """Dana sends in the form of a new claim; returns the preview."""
    return await club.dana.submit_modal(await club.run("add"), {**CREATINE, **changed})


@asynccontextmanager
async def full_disk(club: Club) -> AsyncIterator[None]:
    """No room for anything new: SQLite's file may not grow; PostgreSQL says so for each row, as for a full disk."""
    database = club.workshop.store.database
    if database.is_postgres:
        async with database.writing() as connection:
            await connection.execute(
                text(
                    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION "
                    "'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"
                )
            )
            for table in ("drafts", "revisions", "entries"):
                await connection.execute(
                    text(f"CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON {table} EXECUTE FUNCTION full_disk()")
                )
        yield
        async with database.writing() as connection:
            await connection.execute(text("DROP FUNCTION full_disk CASCADE"))
        return
    with bounded(database.engine.sync_engine):
        yield


@contextmanager
def bounded(engine: Any) -> Iterator[None]:
    """The file of an SQLite database may not grow."""

    def bound(connection: Any, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA max_page_count=1")  # SQLite takes the pages that are there already
        cursor.execute("PRAGMA cache_spill=0")
        cursor.close()

    def unbound(connection: Any, *_: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA max_page_count=1073741823")
        cursor.close()

    event.listen(engine, "checkout", bound)
    yield
    event.remove(engine, "checkout", bound)
    event.listen(engine, "checkout", unbound)


@REFUSING
@pytest.mark.both_databases
async def test_a_full_disk_is_one_sentence_and_the_text_comes_back(club: Club) -> None:
    await club.added()
    questions = "\n".join(f"chalk number {number} on the sled " * 5 for number in range(24))
    long = {**CREATINE, "title": "Chalk", "questions": questions}
    async with full_disk(club):
        said = ""
        for _ in range(20):  # until the room that SQLite's file has left is used up
            result = await club.dana.submit_modal(await club.run("add"), long)
            said = told(result)
            if words.PREVIEW not in said:
                break
        assert FULL in said
        assert words.GIVEN_BACK in said
        assert long["questions"].splitlines()[3].strip() in (await attached(result))[1]
        assert "It helps a little over weeks" in await club.asked(QUESTION)
    again = await club.dana.submit_modal(await club.run("add"), {**long, "questions": "where is the chalk bowl"})
    await publish(club.dana, response(again))
    assert "Published as revision 2" in text_of(again.response)


@REFUSING
@pytest.mark.both_databases
async def test_publish_pressed_while_the_database_is_gone_works_a_minute_later(club: Club) -> None:
    preview = await drafted(club)
    everything = await more(club.dana, response(preview))
    club.break_store()
    for _ in range(2):
        said = told(await publish(club.dana, response(preview)))
        assert OUT_OF_REACH in said
    for name in ("Edit", "Difference", "Say why", "Discard"):
        said = told(await club.dana.click(everything, label=name))
        assert OUT_OF_REACH in said, name
    assert "Stop just before the hips roll off the pad" in await club.asked("how low do i lower the sled")
    club.mend_store()
    await publish(club.dana, response(preview))
    assert "It helps a little over weeks" in await club.asked(QUESTION)
    assert len(await club.workshop.history.revisions(club.guild.id)) == 1


@pytest.mark.both_databases
async def test_what_was_asked_and_pressed_while_the_database_was_gone_is_counted_when_it_is_back(club: Club) -> None:
    dana = Actor(club.dana.id, manages=True)
    await club.workshop.settings.change(club.guild.id, dana, keep_questions=True)
    card = await club.mia.slash(club.channel, "legpress ask", question="how low do i lower the sled")
    club.break_store()
    for number in range(3):
        member = club.guild.add_member(club.env.create_user(f"lifter{number}"))
        await member.slash(club.channel, "legpress ask", question="is creatine any good for legs")
    await press(club.mia, response(card), "Helpful")
    for _ in range(3):
        await club.workshop.recording.flush()
    club.mend_store()
    assert "**3×** “is creatine any good for legs”" in told(await club.run("inbox"))
    stats = await club.workshop.statistics.stats(club.guild.id, dana)
    assert (sum(stats.answered), sum(stats.declined), sum(stats.helpful)) == (1, 3, 1)
    await club.workshop.recording.flush()
    assert (await club.workshop.statistics.stats(club.guild.id, dana)).declined == stats.declined


@REFUSING
@pytest.mark.both_databases
async def test_two_clicks_on_publish_at_once_publish_once(club: Club) -> None:
    preview = await drafted(club)
    message = response(preview)
    results = await at_once((club.dana, message, "Publish"), (club.dana, message, "Publish"))
    said = [text_of(message), *(text_of(each) for result in results for each in result.followups)]
    assert sum("Published as revision 1" in each for each in said) == 1
    assert sum("published or dropped already" in each for each in said) == 1
    assert len(await club.workshop.history.revisions(club.guild.id)) == 1


@REFUSING
@pytest.mark.both_databases
async def test_two_moderators_who_hide_one_claim_at_once_hide_it_once(club: Club) -> None:
    mine = response(await club.run("hide", claim="find-depth"))
    theirs = response(await club.eric.slash(club.channel, "knowledge hide", claim="find-depth"))
    await at_once((club.dana, mine, "Publish"), (club.eric, theirs, "Publish"))
    said = [text_of(mine), text_of(theirs)]
    assert sum("Published as revision 1" in each for each in said) == 1
    assert sum("Somebody was faster" in each for each in said) == 1
    slower, who = (mine, club.dana) if "faster" in said[0] else (theirs, club.eric)
    await who.click(slower, label="Keep mine on top")
    assert "This changes nothing" in text_of(slower)


@REFUSING
@pytest.mark.both_databases
async def test_publish_and_discard_at_once_end_in_one_of_both(club: Club) -> None:
    message = response(await drafted(club))
    await at_once((club.dana, message, "Publish"), (club.dana, message, "Discard"))
    published = len(await club.workshop.history.revisions(club.guild.id))
    assert ("It helps a little over weeks" in await club.asked(QUESTION)) == bool(published)


@REFUSING
async def test_a_role_that_is_deleted_takes_the_right_with_it_and_the_draft_stays(club: Club) -> None:
    role = club.guild.create_role("Editors")
    nora = club.guild.add_member(club.env.create_user("nora"), roles=[role])
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), edit_roles={role.id})
    club.let_in(nora)
    preview = await nora.submit_modal(await nora.slash(club.channel, "knowledge add"), CREATINE)
    everything = await more(nora, response(preview))
    guild = club.env.bot.get_guild(club.guild.id)
    assert guild is not None
    found = guild.get_role(role.id)
    assert found is not None
    await found.delete()
    await club.env.settle()
    for name in ("Publish", "Edit", "Say why", "Difference"):
        assert "Editing knowledge is for moderators" in told(await nora.click(everything, label=name)), name
    draft = (await drafts_of(club))[-1]
    await club.workshop.curation.publish(club.guild.id, Actor(club.dana.id, manages=True), draft)
    assert "It helps a little over weeks" in await club.asked(QUESTION)


async def drafts_of(club: Club) -> list[int]:
    """The numbers of a server's drafts."""
    drafts = club.workshop.store.drafts
    return [number for number in range(1, 200) if await drafts.get(club.guild.id, number) is not None]


@REFUSING
async def test_a_claim_that_was_removed_while_its_forms_were_open_is_told_and_the_text_comes_back(club: Club) -> None:
    await club.added()
    shown = response(await club.run("show", claim="creatine-and-the-sled"))
    questions = await club.dana.click(shown, label="Add questions")
    removal = await club.eric.slash(club.channel, "knowledge remove", claim="creatine-and-the-sled")
    await publish(club.eric, response(removal))
    result = await club.dana.submit_modal(questions, {"text": "creatine before or after"})
    assert "There is no such claim" in told(result)
    assert "creatine before or after" in (await attached(result))[1]
    for name in ("Edit", "Hide", "Remove", "Questions"):
        assert "There is no such claim" in told(await club.dana.click(shown, label=name)), name
    history = await club.dana.click(shown, label="History")
    assert "**2** · Remove" in text_of(shown) + (text_of(history.response) if history.response else "")


async def test_an_edit_of_a_claim_that_was_removed_meanwhile_shows_both(club: Club) -> None:
    await club.added()
    form = await club.run("edit", claim="creatine-and-the-sled")
    removal = await club.eric.slash(club.channel, "knowledge remove", claim="creatine-and-the-sled")
    await publish(club.eric, response(removal))
    preview = await club.dana.submit_modal(form, {**fields_of(form), "answer": "My new answer."})
    await publish(club.dana, response(preview))
    assert "Somebody was faster" in text_of(preview.response)
    await club.dana.click(response(preview), label="Keep mine on top")
    await publish(club.dana, response(preview))
    assert "My new answer." in await club.asked(QUESTION)


async def test_a_line_past_its_limit_is_told_and_kept_in_the_form(club: Club) -> None:
    preview = await drafted(club, questions=f"{'long ' * 250}\nshort one about creatine", do="x" * 200)
    said = told(preview)
    assert "Not ready yet" in said
    assert "shorten it to 1000" in said
    assert "shorten it to 160" in said
    assert "Publish" not in labels(preview.response)
    form = await club.dana.click(response(preview), label="Edit")
    assert fields_of(form)["do"] == "x" * 200


@REFUSING
async def test_questions_past_a_limit_come_back(club: Club) -> None:
    form = await club.dana.click(response(await club.run("show", claim="find-depth")), label="Add questions")
    result = await club.dana.submit_modal(form, {"text": "y" * 1001})
    assert "A question has at most 1000 characters" in told(result)
    assert "y" * 1001 in (await attached(result))[1]
    form = await club.dana.click(response(await club.run("show", claim="find-depth")), label="Add questions")
    result = await club.dana.submit_modal(form, {"text": "\n".join(f"zebra {number}" for number in range(101))})
    assert "101 wordings are too many; keep at most 100." in told(result)


@pytest.mark.parametrize(
    "title", ["💥" * 20, "```diff", "@everyone **now**", "\u202etxet", "||spoiler||", "#out-of-scope"]
)
async def test_titles_that_mean_harm_are_shown_as_text(club: Club, title: str) -> None:
    preview = await drafted(club, title=title)
    await publish(club.dana, response(preview))
    assert "Published as revision 1" in text_of(preview.response)
    for command, options in (("list", {"only": "added"}), ("history", {}), ("history", {"older": 0})):
        assert told(await club.run(command, **options))
