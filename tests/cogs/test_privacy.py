"""`/privacy` as members use it, in servers and in direct messages."""

from bot.service.access import Actor
from tests.support.discord_side import Handed, labels, response, text_of
from tests.support.moderators import REFUSING, Club, told


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
    assert "### Find your own depth" in await club.asked("how low do i lower the sled")
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
