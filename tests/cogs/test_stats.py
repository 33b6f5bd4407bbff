"""`/knowledge stats`: counts as a picture with the same in words, for those who may edit."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from bot import measures
from bot.client.digests import send_digests
from bot.service import weekly
from bot.service.access import Actor
from bot.store.tallies import TallyKey
from tests.support.discord_side import components, labels, response, text_of
from tests.support.moderators import CREATINE, REFUSING, Club, button, publish, told
from tests.support.postgres import Clock


async def test_the_counts_come_as_a_picture_with_alt_text(club: Club) -> None:
    for question in ("how low do i lower the sled", "should my knees touch my chest", "what is the weather in paris"):
        await club.mia.slash(club.channel, "legpress ask", question=question)
    result = await club.run("stats")
    said = told(result)
    assert "3 asked, 2 answered" in said
    [gallery] = [each for each in components(response(result)) if each.get("type") == 12]
    assert "3 asked, 2 answered" in gallery["items"][0]["description"]
    [file] = response(result).attachments
    with Image.open(BytesIO(await file.read())) as picture:
        assert picture.width == 800


async def test_what_a_servers_own_claim_answers_counts_as_taught_under_a_shipped_topic_too(club: Club) -> None:
    counted: list[str] = []

    class Counting:
        def count(self, name: str, *_: str) -> None:
            counted.append(name)

        def took(self, _stage: str, _seconds: float) -> None:
            pass

    form = await club.run("add", topic="depth")
    await publish(club.dana, response(await club.dana.submit_modal(form, CREATINE)))
    measures.watch(Counting())
    try:
        assert "over weeks" in await club.asked("does creatine help my sled numbers")
        assert counted.count("answers_taught") == 1
        await club.asked("how low do i lower the sled")
        await club.asked("what is the weather in paris", club.olga)
        assert counted.count("questions") == 3
        assert counted.count("answers_taught") == 1
    finally:
        measures.watch(None)


async def test_a_server_where_nothing_was_asked_gets_a_picture_too(club: Club) -> None:
    result = await club.run("stats", days=365)
    assert "none was asked" in told(result)
    assert len(response(result).attachments) == 1


@REFUSING
async def test_a_member_whom_discord_lets_in_is_refused(club: Club) -> None:
    club.let_in(club.mia)
    assert "Editing knowledge is for moderators" in told(await club.mia.slash(club.channel, "knowledge stats"))


async def test_another_server_counts_for_itself(club: Club) -> None:
    await club.asked("how low do i lower the sled")
    assert "none was asked" in told(await club.olga.slash(club.elsewhere, "knowledge stats"))


async def counted(club: Club, clock: Clock, counts: dict[tuple[str, str], int], back: int = 1) -> None:
    """Count something of so many days ago."""
    day = (clock().date() - timedelta(days=back)).isoformat()
    rows = {TallyKey(club.guild.id, day, kind, name): times for (kind, name), times in counts.items()}
    await club.workshop.store.tallies.add(rows)


WEEK = {
    ("outcome", "answer"): 8,
    ("outcome", "decline"): 2,
    ("claim", "find-depth"): 5,
    ("claim", "straight-knees"): 1,
    ("press:not helpful", "straight-knees"): 2,
    ("reason:wrong", "straight-knees"): 1,
}


async def test_the_week_says_what_was_asked_disliked_and_changed_and_opens_each_claim(club: Club, clock: Clock) -> None:
    await counted(club, clock, WEEK)
    await counted(club, clock, {("outcome", "answer"): 4, ("claim", "find-depth"): 1}, back=8)
    result = await club.run("stats")
    said = told(result)
    assert "**10** asked, 8 of them answered. 6 more than in the week before; answered 80%, before 100%." in said
    assert "- 5× Find your own depth (1× the week before)" in said
    assert "(none the week before)" in said
    assert "beside 0 up: I think it is wrong (1)" in said
    assert "This server does not keep what nothing answers" in said
    menu = next(each for each in components(response(result)) if each.get("type") == 3)
    assert {option["value"] for option in menu["options"]} == {"find-depth", "straight-knees"}
    shown = await club.dana.select(response(result), ["find-depth"], custom_id=menu["custom_id"])
    assert "questions lead here" in told(shown)


async def test_the_inbox_leads_to_the_week(club: Club, clock: Clock) -> None:
    await club.workshop.settings.change(club.guild.id, Actor(club.dana.id, manages=True), keep_questions=True)
    await counted(club, clock, WEEK)
    inbox = response(await club.run("inbox"))
    await club.dana.click(inbox, label="The week")
    assert "**10** asked" in text_of(inbox)


async def test_the_digest_goes_to_the_log_channel_once_a_week_and_names_nobody(club: Club, clock: Clock) -> None:
    settings = response(await club.dana.slash(club.channel, "settings"))
    assert button(settings, "Weekly digest: off")["disabled"]
    menu = next(each for each in components(settings) if each.get("custom_id", "").startswith("lp-pick:setlog:"))
    await club.dana.select(settings, [club.channel], custom_id=menu["custom_id"])
    await club.dana.click(settings, label="Weekly digest: off")
    assert "Weekly digest: on" in labels(settings)
    await counted(club, clock, WEEK)
    bot: Any = club.env.bot
    assert await send_digests(bot, club.workshop) == 1
    said = text_of(club.channel.history(viewer=club.dana)[-1])
    assert "**10** asked" in said
    assert "mia" not in said.lower()
    assert await send_digests(bot, club.workshop) == 0
    noted = dict(await club.workshop.store.servers.settings(club.guild.id))
    assert noted[weekly.SENT]
    assert not [who for who in (club.dana, club.mia) if str(who.id) in str(noted)]


async def test_a_log_channel_that_is_closed_costs_the_digest_alone(club: Club, clock: Clock) -> None:
    admin = Actor(club.dana.id, manages=True)
    await club.workshop.settings.change(club.guild.id, admin, digest=True, log_channel=1)
    await counted(club, clock, WEEK)
    bot: Any = club.env.bot
    assert await send_digests(bot, club.workshop) == 0


async def test_without_a_database_no_digest_goes_out(club: Club) -> None:
    admin = Actor(club.dana.id, manages=True)
    await club.workshop.settings.change(club.guild.id, admin, digest=True, log_channel=club.channel.id)
    club.break_store()
    bot: Any = club.env.bot
    assert await send_digests(bot, club.workshop) == 0
    club.mend_store()
