"""`/knowledge inbox`: from what members ask in vain to an answer, through Discord alone."""

import pytest
import simcord

from bot.core.answering import SETTLED
from bot.core.model import Answer, Outcome
from bot.service.access import Actor
from bot.ui.curation import words
from bot.ui.desks import inbox
from tests.cogs.test_privacy import rows_of
from tests.support.discord_side import Handed, components, custom_ids, labels, response, text_of
from tests.support.moderators import CREATINE, REFUSING, Club, fields_of, publish, told

ASKED = "is creatine any good for legs"
NEAR = "parallel or below for shorties"
ALARM = "I cant pee and my groin is numb since the leg press"


@pytest.fixture
async def open_club(club: Club) -> Club:
    """A server that agreed to keep questions."""
    await club.workshop.settings.change(club.guild.id, Actor(club.dana.id, manages=True), keep_questions=True)
    return club


def members(club: Club, count: int = 3) -> list[simcord.MemberActor]:
    return [club.guild.add_member(club.env.create_user(f"lifter{number}")) for number in range(count)]


async def ask_in_vain(club: Club, question: str = ASKED, count: int = 3) -> None:
    """Some members ask what nothing answers."""
    for member in members(club, count):
        await member.slash(club.channel, "legpress ask", question=question)


async def opened(club: Club, who: simcord.MemberActor | None = None) -> simcord.ResponseMessage:
    """The first group of the inbox, opened."""
    shown = response(await (who or club.dana).slash(club.channel, "knowledge inbox"))
    select = next(each for each in components(shown) if each.get("type") == 3)
    await (who or club.dana).select(shown, [select["options"][0]["value"]], custom_id=select["custom_id"])
    return shown


@REFUSING
async def test_without_consent_the_inbox_says_where_it_is_given(club: Club) -> None:
    await ask_in_vain(club)
    assert "switch it on in /settings" in told(await club.run("inbox"))


async def test_an_empty_inbox_says_what_it_waits_for(open_club: Club) -> None:
    assert inbox.EMPTY in told(await open_club.run("inbox"))


async def test_what_three_members_asked_in_vain_is_one_line(open_club: Club) -> None:
    await ask_in_vain(open_club)
    said = told(await open_club.run("inbox"))
    assert "**3×** “is creatine any good for legs”" in said
    assert "lifter" not in said


async def test_what_two_members_asked_stays_hidden(open_club: Club) -> None:
    await ask_in_vain(open_club, count=2)
    assert "creatine" not in told(await open_club.run("inbox"))


async def test_mentions_of_the_bot_are_kept_alike(open_club: Club) -> None:
    assert open_club.env.bot.user is not None
    for member in members(open_club):
        await member.send(open_club.channel, f"{open_club.env.bot.user.mention} {ASKED}")
    assert "**3×** “is creatine any good for legs”" in told(await open_club.run("inbox"))


async def test_names_are_struck_out_of_what_is_kept(open_club: Club) -> None:
    for number, name in enumerate(("Zorblax", "Zorblax", "Zorblax")):
        user = open_club.env.create_user(f"asker{number}")
        member = open_club.guild.add_member(user)
        await member.slash(open_club.channel, "legpress ask", question=f"is creatine good asker{number} {name}")
    await open_club.workshop.recording.flush()
    kept = await open_club.workshop.store.inbox.all(open_club.guild.id)
    assert kept
    assert not any("asker" in row.wording for row in kept)


async def test_an_alarm_is_kept_nowhere(open_club: Club) -> None:
    before = await rows_of(open_club)
    await ask_in_vain(open_club, ALARM)
    await open_club.workshop.recording.flush()
    assert await rows_of(open_club) == before
    assert await open_club.workshop.store.inbox.all(open_club.guild.id) == []
    assert inbox.EMPTY in told(await open_club.run("inbox"))


async def test_who_wants_to_be_ignored_is_left_out(open_club: Club) -> None:
    asking = members(open_club)
    for member in asking:
        await open_club.workshop.privacy.ignore(member.id)
        await member.slash(open_club.channel, "legpress ask", question=ASKED)
    await open_club.workshop.recording.flush()
    assert await open_club.workshop.store.inbox.all(open_club.guild.id) == []


async def test_one_click_makes_it_a_question_of_a_claim_after_a_preview(open_club: Club) -> None:
    await ask_in_vain(open_club, NEAR)
    shown = await opened(open_club)
    gap = next(each for each in custom_ids(shown) if each.startswith("lp-pick:inbclaim:"))
    await open_club.dana.select(shown, ["find-depth"], custom_id=gap)
    assert "not live yet" in text_of(shown)
    assert "Stop just before the hips roll off the pad" not in await open_club.asked(NEAR)
    await publish(open_club.dana, shown)
    assert "Stop just before the hips roll off the pad" in await open_club.asked(NEAR)
    assert inbox.EMPTY in told(await open_club.run("inbox"))


async def test_from_a_question_that_nothing_answers_to_its_answer(open_club: Club) -> None:
    await ask_in_vain(open_club)
    shown = await opened(open_club)
    form = await open_club.dana.click(shown, label="New claim")
    held = fields_of(form)
    assert held["questions"] == ASKED
    typed = {**CREATINE, "questions": held["questions"]}
    made = await open_club.dana.submit_modal(form, typed)
    preview = made.response if made.response is not None and "Publish" in labels(made.response) else shown
    assert "Creatine and the sled" in text_of(preview)
    await publish(open_club.dana, preview)
    assert CREATINE["claim"] in await open_club.asked(ASKED)
    assert inbox.EMPTY in told(await open_club.run("inbox"))


async def test_out_of_scope_is_a_draft_like_any_other(open_club: Club) -> None:
    await ask_in_vain(open_club)
    shown = await opened(open_club)
    await open_club.dana.click(shown, label="Out of scope")
    assert "not live yet" in text_of(shown)
    assert "is creatine" in told(await open_club.run("inbox"))
    assert words.OUT_OF_SCOPE in text_of(shown)
    await publish(open_club.dana, shown)
    assert inbox.EMPTY in told(await open_club.run("inbox"))


async def test_what_is_out_of_scope_is_told_so_asks_for_no_suggestion_and_comes_back_to_no_inbox(
    open_club: Club,
) -> None:
    await ask_in_vain(open_club)
    before = await open_club.mia.slash(open_club.channel, "legpress ask", question=ASKED)
    assert "Suggest an answer" in labels(before.response)
    shown = await opened(open_club)
    await open_club.dana.click(shown, label="Out of scope")
    await publish(open_club.dana, shown)
    after = await open_club.mia.slash(open_club.channel, "legpress ask", question=ASKED)
    assert text_of(after.response).startswith(SETTLED)
    assert "Suggest an answer" not in labels(after.response)
    await ask_in_vain(open_club)
    assert inbox.EMPTY in told(await open_club.run("inbox"))


async def test_dismissing_asks_first_and_deletes_the_wording(open_club: Club) -> None:
    await ask_in_vain(open_club)
    shown = await opened(open_club)
    await open_club.dana.click(shown, label="Dismiss")
    assert "Dismiss these?" in text_of(shown)
    await open_club.dana.click(shown, label="Back")
    assert "Asked 3 times" in text_of(shown)
    await open_club.dana.click(shown, label="Dismiss")
    await open_club.dana.click(shown, label="Dismiss")
    assert "Dismissed." in text_of(shown)
    assert await open_club.workshop.store.inbox.all(open_club.guild.id) == []


async def test_any_claim_can_be_found_by_its_title(open_club: Club) -> None:
    await ask_in_vain(open_club)
    shown = await opened(open_club)
    form = await open_club.dana.click(shown, label="Another claim")
    await open_club.dana.submit_modal(form, {"text": "straight knees"})
    select = next(each for each in components(shown) if each.get("custom_id", "").startswith("lp-pick:inbclaim:"))
    assert select["options"][0]["value"] == "straight-knees"


@REFUSING
async def test_a_search_that_finds_nothing_says_so(open_club: Club) -> None:
    await ask_in_vain(open_club)
    shown = await opened(open_club)
    form = await open_club.dana.click(shown, label="Another claim")
    result = await open_club.dana.submit_modal(form, {"text": "qqqq zzzz xxxx wwww"})
    assert told(result) == inbox.NONE_FOUND


@REFUSING
async def test_two_moderators_who_settle_one_group_are_told_apart(open_club: Club) -> None:
    await ask_in_vain(open_club)
    one, other = await opened(open_club), await opened(open_club, open_club.eric)
    await open_club.dana.click(one, label="Dismiss")
    await open_club.dana.click(one, label="Dismiss")
    result = await open_club.eric.click(other, label="Out of scope")
    assert "settled already" in told(result)


@REFUSING
async def test_a_member_whom_discord_lets_in_is_still_refused(open_club: Club) -> None:
    open_club.let_in(open_club.mia)
    result = await open_club.mia.slash(open_club.channel, "knowledge inbox")
    assert "Editing knowledge is for moderators" in told(result)


async def test_an_outsider_sees_nothing_of_it(open_club: Club) -> None:
    await ask_in_vain(open_club)
    other = open_club.elsewhere
    await open_club.workshop.settings.change(
        next(iter(set(_guilds(open_club)) - {open_club.guild.id})), Actor(1, manages=True), keep_questions=True
    )
    assert inbox.EMPTY in told(await open_club.olga.slash(other, "knowledge inbox"))


def _guilds(club: Club) -> list[int]:
    return [guild.id for guild in club.env.bot.guilds]


async def test_many_groups_are_turned_page_by_page(open_club: Club) -> None:
    store = open_club.workshop.recording
    for thing in (
        "is creatine worth it", "which music helps most", "where to buy gloves", "coffee before training",
        "sauna afterwards yes or no", "can running replace cardio", "best swimming pool nearby", "yoga on sundays",
        "boxing classes for kids", "rowing machine price",
    ):  # fmt: skip
        for member in range(3):
            store.answered(open_club.guild.id, member + 1, Answer("", Outcome.DECLINE, "?"), thing)
    await store.flush()
    first = response(await open_club.run("inbox"))
    assert "### Asked and not answered (10)" in text_of(first)
    await open_club.dana.click(first, label="Next")
    assert text_of(first).count("×**") == 3


async def test_buttons_of_the_inbox_outlive_a_restart(open_club: Club, handed: Handed) -> None:
    await ask_in_vain(open_club)
    shown = await opened(open_club)
    await open_club.env.restart_bot(handed.bot())
    await open_club.dana.click(shown, label="Dismiss")
    assert "Dismiss these?" in text_of(shown)


@REFUSING
async def test_without_a_database_one_sentence_says_so(open_club: Club) -> None:
    await ask_in_vain(open_club)
    shown = await opened(open_club)
    open_club.break_store()
    said = told(await open_club.dana.click(shown, label="Dismiss"))
    assert "database" in said
    open_club.mend_store()
