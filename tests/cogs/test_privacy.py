"""`/privacy` as members use it, in servers and in direct messages."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.client import LegPressBot
from bot.service.access import Actor
from bot.store.tables import metadata
from bot.ui.kit.asked import Asked
from bot.ui.kit.taught import TaughtLately
from tests.cogs.test_knowledge_picture import put_on
from tests.cogs.test_suggestions import suggest
from tests.cogs.test_teach import ANSWER
from tests.support.discord_side import Handed, labels, press, response, text_of
from tests.support.files import contents
from tests.support.moderators import REFUSING, Club, attached, publish, told

pytestmark = pytest.mark.both_databases


async def test_a_member_is_told_that_nothing_is_kept_and_nobody_else_sees_it(club: Club) -> None:
    result = await club.mia.slash(club.channel, "privacy")
    said = told(result)
    assert "not kept with your name" in said
    assert "Nothing else is kept about you" in said
    assert labels(result.response) == ["Ignore me", "Delete my data"]


async def test_it_works_in_direct_messages(club: Club) -> None:
    result = await club.env.create_user("carol").slash("privacy")
    assert "What I keep about you" in told(result)


async def test_a_moderator_is_told_of_their_changes_and_can_be_taken_out_of_them(club: Club) -> None:
    await club.added()
    shown = response(await club.dana.slash(club.channel, "privacy"))
    assert "You made 1 change" in text_of(shown)
    await club.dana.click(shown, label="Delete my data")
    assert "cannot be undone" in text_of(shown)
    await club.dana.click(shown, label="Delete it")
    assert "no longer name you" in text_of(shown)
    [revision] = await club.workshop.history.revisions(club.guild.id)
    assert revision.author is None


async def test_going_back_deletes_nothing(club: Club) -> None:
    await club.added()
    shown = response(await club.dana.slash(club.channel, "privacy"))
    await club.dana.click(shown, label="Delete my data")
    await club.dana.click(shown, label="Back")
    [revision] = await club.workshop.history.revisions(club.guild.id)
    assert revision.author == club.dana.id


async def test_who_is_ignored_is_answered_but_not_counted(club: Club) -> None:
    shown = response(await club.mia.slash(club.channel, "privacy"))
    await club.mia.click(shown, label="Ignore me")
    assert "You are ignored" in text_of(shown)
    assert "Stop just before the hips roll off the pad" in await club.asked("how low do i lower the sled")
    stats = await club.workshop.statistics.stats(club.guild.id, Actor(1, manages=True))
    assert stats.total == 0
    await club.mia.click(shown, label="Stop ignoring me")
    await club.asked("how low do i lower the sled")
    stats = await club.workshop.statistics.stats(club.guild.id, Actor(1, manages=True))
    assert stats.total == 1


async def test_the_buttons_outlive_a_restart(club: Club, handed: Handed) -> None:
    shown = response(await club.mia.slash(club.channel, "privacy"))
    await club.env.restart_bot(handed.bot())
    await club.mia.click(shown, label="Ignore me")
    assert club.workshop.privacy.is_ignored(club.mia.id)


@REFUSING
async def test_without_a_database_one_sentence_says_so(club: Club) -> None:
    club.break_store()
    said = told(await club.mia.slash(club.channel, "privacy"))
    assert "database" in said
    assert said.count("\n") == 0
    club.mend_store()


async def places_of(club: Club, member: int) -> list[str]:
    """Every table and column in which a member's id stands, as a number or within a text."""
    found = []
    async with club.workshop.store.database.reading() as connection:
        for table in metadata.sorted_tables:
            for row in await connection.execute(select(table)):
                found += [f"{table.name}.{name}" for name, value in row._mapping.items() if str(member) in str(value)]
    return sorted(set(found))


def files_with(folder: Path, member: int) -> list[str]:
    """Every file in which a member's id stands, but for the database's own, whose pages keep what was deleted for a while."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and ".sqlite3" not in path.name and str(member).encode() in path.read_bytes()
    ]


async def test_after_delete_my_data_no_table_column_file_or_log_line_names_the_member(
    club: Club, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    for who in (club.dana, club.eric):
        form = await who.slash(club.channel, "knowledge add")
        made = await who.submit_modal(
            form, {"title": f"Creatine and {who.name}", "claim": "It helps a little.", "do": "",
                   "answer": "It helps a little over weeks.", "questions": f"does creatine help {who.name}"},
        )  # fmt: skip
        await publish(who, response(made))
        hide = await who.slash(club.channel, "knowledge hide", claim="find-depth")  # and stays a draft
        assert hide.response is not None
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.click(shown, label="Keep them? Read first")
    await club.dana.click(shown, label="I agree for this server")
    for who in (club.mia, club.dana):
        await club.asked("how low do i lower the sled", who)
        await club.asked("what about cold water afterwards", who)
        suggested = await club.workshop.review.suggest(
            club.guild.id, Actor(who.id), f"does cold water help {who.name}", "A bit.", tell=True
        )
        assert suggested.id is not None
        await club.workshop.privacy.ignore(who.id)
        await club.workshop.privacy.heed(who.id)
    await club.workshop.recording.flush()
    assert {"drafts.author_id", "revisions.author_id", "suggestion_notices.member_id"} <= set(
        await places_of(club, club.dana.id)
    )
    for who in (club.dana, club.mia):
        await club.asked("and with cold feet", who)
        shown = response(await who.slash(club.channel, "privacy"))
        await who.click(shown, label="Delete my data")
        assert "What stays, and why" in text_of(shown)
        await who.click(shown, label="Delete it")
        await club.workshop.recording.flush()
        assert await places_of(club, who.id) == []
        assert await club.workshop.store.marks.forget(who.id) == 0
        assert files_with(tmp_path, who.id) == []
        assert str(who.id) not in caplog.text
        bot = club.env.bot
        assert isinstance(bot, LegPressBot)
        assert not [
            held.texts for key, held in bot.desk._conversations._held.items() if key[1] == who.id and held.texts
        ]
    assert "revisions.author_id" in await places_of(club, club.eric.id)
    history = text_of(response(await club.run("history")))
    assert "a former moderator" in history
    assert f"<@{club.eric.id}>" in history


async def test_whoever_is_mentioned_in_what_is_kept_stands_there_without_their_id(
    club: Club, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    eric = f"<@{club.eric.id}>"
    await club.added(
        claim=f"Creatine helps {eric} a little.",
        answer=f"Ask <@!{club.eric.id}> about it; it helps over weeks.",
        questions=f"does creatine help {eric} with the sled\nshould i take creatine before legs\ncreatine when pressing",
    )
    await publish(club.dana, response(await put_on(club, alt=f"Our blue sled, on which {eric} sits and smiles.")))
    await club.run("rollback", revision=1, why=f"{eric} asked for it")
    suggested = await suggest(club, question=f"what does {eric} think of cold water", answer=f"ask {eric}")
    assert suggested.response is not None
    card = await club.mia.slash(club.channel, "legpress ask", question="how low do i lower the sled")
    await club.mia.submit_modal(await press(club.mia, response(card), "Report"), {"text": f"{eric} says it is wrong"})
    _, exported = await attached(await club.run("export"))
    file = exported.replace("Creatine helps somebody", f"Caffeine helps {eric}")
    assert eric in file
    await publish(club.dana, response(await club.run("import", file=("mine.yaml", file.encode()))))
    assert "Caffeine helps somebody" in (await attached(await club.run("export")))[1]
    assert await places_of(club, club.eric.id) == []
    assert files_with(tmp_path, club.eric.id) == []
    assert str(club.eric.id) not in caplog.text
    assert "Ask somebody about it" in await club.asked("creatine when pressing")


async def test_what_a_member_asks_says_and_presses_stands_in_no_table_file_or_log_line(
    club: Club, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    card = await club.mia.slash(club.channel, "legpress ask", question="how low do i lower the zorblaxed sled")
    await press(club.mia, response(card), "Helpful")
    await club.asked("is zorblax any good for calves")
    await club.asked("i have two stents, zorblax")
    await club.mia.slash(club.channel, "legpress my-depth")
    suggested = await suggest(club, question="what is kwyjibo")
    assert suggested.response is not None
    await club.workshop.recording.flush()
    assert await places_with(club, "kwyjibo") == ["suggestions.data"]  # as it is for moderators to read
    before = await rows_of(club)
    assert before["tallies"]
    await club.asked("zorblax, and numb between my legs and cannot pee")
    await club.workshop.recording.flush()
    assert await rows_of(club) == before, "of an alarm not even a count is kept"
    assert await places_of(club, club.mia.id) == []
    assert files_with(tmp_path, club.mia.id) == []
    assert str(club.mia.id) not in caplog.text
    for word in ("zorblax", "stents"):
        assert await places_with(club, word) == []
        assert word not in caplog.text.lower()
        assert not [name for name, content in contents(tmp_path).items() if word.encode() in content]


async def places_with(club: Club, word: str) -> list[str]:
    """Every table and column in which a word stands."""
    rows = await rows_of(club)
    return sorted(
        {f"{table}.{name}" for table, held in rows.items() for row in held for name, value in row if word in str(value)}
    )


async def rows_of(club: Club) -> dict[str, list[tuple[tuple[str, object], ...]]]:
    """All that is in the database, by table."""
    async with club.workshop.store.database.reading() as connection:
        return {
            table.name: sorted(
                (
                    tuple((name, value) for name, value in row._mapping.items())
                    for row in await connection.execute(select(table))
                ),
                key=repr,
            )
            for table in metadata.sorted_tables
        }


async def test_what_waits_in_memory_is_let_go_of_by_a_clock_that_runs(club: Club) -> None:
    bot = club.env.bot
    assert isinstance(bot, LegPressBot)
    now = [0.0]
    bot.desk.asked, bot.desk.taught = Asked(lambda: now[0]), TaughtLately(lambda: now[0])
    await club.dana.slash(club.channel, "legpress ask", question="how low do i lower the sled")
    await club.dana.context_menu(club.channel, "Teach this", await club.eric.send(club.channel, ANSWER))
    assert len(bot.desk.asked._kept) == len(bot.desk.taught._kept) == 1
    now[0] = 601.0
    bot.desk.forget_old()
    assert [key for key, _ in bot.desk.asked._kept.items()] == []
    assert len(bot.desk.taught._kept) == 1
    now[0] = 3601.0
    bot.desk.forget_old()
    assert len(bot.desk.taught._kept) == 0


async def test_what_was_said_leaves_memory_after_ten_minutes_without_another_word(club: Club, handed: Handed) -> None:
    bot = club.env.bot
    assert isinstance(bot, LegPressBot)
    now = [1000.0]
    handed.seconds = lambda: now[0]
    held = bot.desk._conversations._held
    await club.asked("how low do i lower the sled")
    await club.asked("numb between my legs and cannot pee")
    assert not any(each.texts for each in held.values())  # of an emergency at once
    await club.asked("what do i do until they come")
    assert any(each.texts for each in held.values())
    now[0] += 599
    bot.desk.forget_old()
    assert any(each.texts for each in held.values())
    now[0] += 2
    bot.desk.forget_old()
    assert not any(each.texts for each in held.values())
    now[0] += 3600
    bot.desk.forget_old()
    assert not held
