"""Members suggest, moderators decide: `/legpress suggest`, the button under a decline, and `/knowledge review`."""

from typing import Any

import pytest
import simcord

from bot.service.access import Actor
from bot.ui.desks import queue, suggestions
from tests.support.discord_side import Handed, custom_ids, labels, press, response, text_of
from tests.support.moderators import REFUSING, Club, at_once, attached, fields_of, publish, told

QUESTION, ANSWER = "is creatine any good for legs", "A little, over weeks."
ALARM = "I cant pee and my groin is numb since the leg press"


async def suggest(club: Club, who: simcord.MemberActor | None = None, **typed: str) -> Any:
    member = who or club.mia
    form = await member.slash(club.channel, "legpress suggest")
    return await member.submit_modal(
        form, {"question": QUESTION, "answer": ANSWER, "link": "", "tell": ["no"], **typed}
    )


async def dms(user: simcord.MemberActor) -> list[str]:
    return [text_of(each) for each in user.user.dm_channel.history(viewer=user.user)]


async def test_a_member_suggests_and_a_moderator_sees_the_preview_before_approving(club: Club) -> None:
    assert suggestions.THANKS in told(await suggest(club))
    shown = response(await club.run("review"))
    assert f"“{QUESTION}”" in text_of(shown)
    assert "mia" not in text_of(shown)
    await club.dana.click(shown, label="Approve")
    assert "Preview: not live yet" in text_of(shown)
    assert "A little, over weeks." not in await club.asked(QUESTION)
    await publish(club.dana, shown)
    assert "Published as revision 1" in text_of(shown)
    assert "A little, over weeks." in await club.asked(QUESTION)
    assert await dms(club.mia) == []


async def test_the_button_under_a_decline_opens_the_same_form(club: Club) -> None:
    declined = await club.mia.slash(club.channel, "legpress ask", question="what is the weather in paris today")
    assert "Suggest an answer" in labels(declined.response)
    form = await club.mia.click(response(declined), label="Suggest an answer")
    assert set(fields_of(form)) == {"question", "answer", "link", "tell"}


async def test_a_decline_in_a_direct_message_offers_no_suggesting(club: Club) -> None:
    result = await club.env.create_user("carol").slash("legpress ask", question="what is the weather in paris today")
    assert "Suggest an answer" not in labels(result.response)


@REFUSING
async def test_suggesting_in_a_direct_message_says_that_it_belongs_to_a_server(club: Club) -> None:
    assert "in a server only" in told(await club.env.create_user("carol").slash("legpress suggest"))


async def test_an_alarm_in_a_suggestion_gets_the_stop_and_is_not_kept(club: Club) -> None:
    said = told(await suggest(club, question=ALARM))
    assert "Pause on training questions" in said
    assert queue.EMPTY in told(await club.run("review"))


@pytest.mark.parametrize(
    "typed",
    [
        {"question": ALARM, "link": "no address"},
        {"answer": "sorry, i took forty pills and want to die"},
        {"link": "i want to die"},
        {"question": "my chest is tight and heavy", "answer": "and my left arm is numb, sweating"},
    ],
)
async def test_an_alarm_comes_before_whatever_else_is_wrong_with_a_suggestion(
    club: Club, typed: dict[str, Any]
) -> None:
    said = told(await suggest(club, **typed))
    assert "emergency number" in said
    assert "cannot be used" not in said
    assert queue.EMPTY in told(await club.run("review"))


async def test_an_alarm_in_a_suggestion_needs_no_database(club: Club) -> None:
    form = await club.mia.slash(club.channel, "legpress suggest")
    club.break_store()
    typed = {"question": ALARM, "answer": ANSWER, "link": "", "tell": ["no"]}
    assert "Pause on training questions" in told(await club.mia.submit_modal(form, typed))


@REFUSING
async def test_an_alarm_in_a_moderators_reason_gets_the_stop_also_where_it_cannot_be_kept(club: Club) -> None:
    await suggest(club)
    shown = response(await club.run("review"))
    form = await club.dana.click(shown, label="Refuse, saying why")
    club.break_store()
    result = await club.dana.submit_modal(form, {"text": "i am going to kill myself tonight"})
    said = [told(result), *(text_of(each) for each in result.followups)]
    assert any("glad you said that" in each for each in said), said


async def test_only_who_wished_is_told_and_only_once(club: Club) -> None:
    assert suggestions.THANKS_TELL in told(await suggest(club, tell=["yes"]))  # type: ignore[arg-type]
    shown = response(await club.run("review"))
    await club.dana.click(shown, label="Refuse")
    assert "Refused." in text_of(shown)
    [news] = await dms(club.mia)
    assert "was not taken up" in news


async def test_a_refusal_may_say_why_and_who_wished_so_reads_it(club: Club) -> None:
    await suggest(club, tell=["yes"])  # type: ignore[arg-type]
    shown = response(await club.run("review"))
    form = await club.dana.click(shown, label="Refuse, saying why")
    await club.dana.submit_modal(form, {"text": "Ask your\ndoctor about that."})
    assert "Refused." in text_of(shown)
    assert queue.EMPTY in text_of(shown)
    [news] = await dms(club.mia)
    assert f"Your suggestion “{QUESTION}” was not taken up. The moderators say: Ask your doctor about that." in news


async def test_a_reason_goes_to_nobody_who_did_not_ask_for_it(club: Club) -> None:
    await suggest(club)
    shown = response(await club.run("review"))
    form = await club.dana.click(shown, label="Refuse, saying why")
    await club.dana.submit_modal(form, {"text": "Too far from the leg press."})
    assert "Refused." in text_of(shown)
    assert await dms(club.mia) == []


@REFUSING
async def test_a_reason_for_what_was_decided_meanwhile_comes_back(club: Club) -> None:
    await suggest(club, tell=["yes"])  # type: ignore[arg-type]
    shown = response(await club.run("review"))
    form = await club.dana.click(shown, label="Refuse, saying why")
    other = response(await club.eric.slash(club.channel, "knowledge review"))
    await club.eric.click(other, label="Approve")
    await publish(club.eric, other)
    result = await club.dana.submit_modal(form, {"text": "Too far from the leg press."})
    assert "Somebody has decided on this suggestion already." in told(result)
    assert (await attached(result))[1] == "Too far from the leg press."
    [news] = await dms(club.mia)
    assert "was taken up" in news


@REFUSING
@pytest.mark.both_databases
async def test_of_two_who_press_at_the_same_moment_one_decides(club: Club) -> None:
    await suggest(club, tell=["yes"])  # type: ignore[arg-type]
    one, other = response(await club.run("review")), response(await club.eric.slash(club.channel, "knowledge review"))
    await club.dana.click(one, label="Approve")
    results = await at_once((club.dana, one, "Publish"), (club.eric, other, "Refuse"))
    said = [text_of(one), text_of(other), *(text_of(each) for result in results for each in result.followups)]
    assert sum("Published as" in each or "✅ Refused." in each for each in said) == 1
    assert said.count("Somebody has decided on this suggestion already.") == 1
    assert len(await dms(club.mia)) == 1


async def test_who_closed_their_direct_messages_costs_the_decision_nothing(club: Club) -> None:
    await suggest(club, tell=["yes"])  # type: ignore[arg-type]
    shown = response(await club.run("review"))
    club.env.inject_error("POST", "/users/@me/channels", status=403, code=50007)
    await club.dana.click(shown, label="Approve")
    await publish(club.dana, shown)
    assert "Published as" in text_of(shown)


async def test_an_amended_suggestion_is_previewed_and_its_member_told(club: Club) -> None:
    await suggest(club, tell=["yes"])  # type: ignore[arg-type]
    shown = response(await club.run("review"))
    form = await club.dana.click(shown, label="Amend")
    held = fields_of(form)
    assert held["questions"] == QUESTION
    assert held["answer"] == ANSWER
    made = await club.dana.submit_modal(form, {**held, "answer": "Yes, a little, over weeks."})
    preview = made.response if made.response is not None and "Publish" in labels(made.response) else shown
    await publish(club.dana, preview)
    assert "Yes, a little, over weeks." in await club.asked(QUESTION)
    [news] = await dms(club.mia)
    assert "was taken up" in news
    assert queue.EMPTY in told(await club.run("review"))


async def test_a_question_without_an_answer_becomes_a_question_of_a_claim(club: Club) -> None:
    near = "parallel or below for shorties"
    await suggest(club, question=near, answer="")
    shown = response(await club.run("review"))
    assert "Approve" not in labels(shown)
    await club.dana.click(shown, label="Question of …")
    pick = next(each for each in custom_ids(shown) if each.startswith("lp-pick:revclaim:"))
    await club.dana.select(shown, ["find-depth"], custom_id=pick)
    await publish(club.dana, shown)
    assert "Stop just before the hips roll off the pad" in await club.asked(near)


@REFUSING
@pytest.mark.both_databases
async def test_of_two_who_decide_at_once_the_second_is_told(club: Club) -> None:
    await suggest(club)
    one, other = response(await club.run("review")), response(await club.eric.slash(club.channel, "knowledge review"))
    await club.dana.click(one, label="Approve")
    await publish(club.dana, one)
    result = await club.eric.click(other, label="Refuse")
    assert "Somebody has decided" in told(result)


@REFUSING
async def test_a_bad_link_is_told_and_what_was_typed_comes_back(club: Club) -> None:
    result = await suggest(club, link="javascript:alert(1)")
    said = told(result)
    assert "an address begins with https://" in said
    [file] = [file for each in (result.response, *result.followups) if each for file in each.attachments]
    assert QUESTION in (await file.read()).decode()


async def test_text_at_every_limit_is_kept_and_shown(club: Club) -> None:
    for number in range(3):
        member = club.guild.add_member(club.env.create_user(f"writer{number}"))
        await suggest(club, member, question="*_" * 100, answer="~`" * 175, link="https://gym.example/" + "x" * 276)
    result = await club.run("review")
    assert told(result).count("💬") == 3


@REFUSING
async def test_the_sixth_suggestion_of_a_day_is_put_off(club: Club) -> None:
    for number in range(5):
        told(await suggest(club, question=f"{QUESTION} number {number}"))
    assert "the next one tomorrow" in told(await suggest(club))


@REFUSING
async def test_where_roles_are_named_others_may_not_suggest(club: Club) -> None:
    role = club.guild.create_role("Regular")
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), suggest_roles={role.id})
    assert "for certain roles" in told(await club.mia.slash(club.channel, "legpress suggest"))
    regular = club.guild.add_member(club.env.create_user("rita"), roles=[role])
    assert (await regular.slash(club.channel, "legpress suggest")).modal is not None


@REFUSING
async def test_a_member_whom_discord_lets_in_may_not_review(club: Club) -> None:
    club.let_in(club.mia)
    assert "Reviewing is for moderators" in told(await club.mia.slash(club.channel, "knowledge review"))


async def test_a_reviewer_by_role_may_approve_but_not_edit(club: Club) -> None:
    role = club.guild.create_role("Reviewer")
    reviewer = club.guild.add_member(club.env.create_user("ruth"), roles=[role])
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), approve_roles={role.id})
    club.let_in(reviewer)
    await suggest(club)
    shown = response(await reviewer.slash(club.channel, "knowledge review"))
    await reviewer.click(shown, label="Approve")
    await publish(reviewer, shown)
    assert "Published as" in text_of(shown)


async def test_the_worst_rated_claims_come_before_suggestions(club: Club) -> None:
    await suggest(club)
    for number in range(4):
        member = club.guild.add_member(club.env.create_user(f"critic{number}"))
        card = await member.slash(club.channel, "legpress depth")
        await press(member, response(card), "Not helpful")
    said = told(await club.run("review"))
    assert "Helpful 0 times, not helpful 4 times" in said
    assert said.index("👎") < said.index("💬")


async def test_of_poorly_rated_claims_the_worst_comes_first_with_every_press_so_far(club: Club) -> None:
    for number in range(4):
        member = club.guild.add_member(club.env.create_user(f"critic{number}"))
        for topic in ("depth", "lockout"):
            card = await member.slash(club.channel, f"legpress {topic}")
            liked = topic == "lockout" and number == 0
            await press(member, response(card), "Helpful" if liked else "Not helpful")
    said = told(await club.run("review"))
    assert "### Waiting for a decision (2)" in said
    assert said.index("Helpful 0 times, not helpful 4 times") < said.index("Helpful once, not helpful 3 times")


async def test_the_log_channel_hears_of_a_suggestion_but_not_its_words(club: Club) -> None:
    log = club.guild.create_text_channel("log")
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), log_channel=log.id)
    await suggest(club)
    [said] = [text_of(each) for each in log.history(viewer=club.dana)]
    assert said == suggestions.WAITS


async def test_an_outsiders_queue_is_empty(club: Club) -> None:
    await suggest(club)
    assert queue.EMPTY in told(await club.olga.slash(club.elsewhere, "knowledge review"))


async def test_the_queue_outlives_a_restart(club: Club, handed: Handed) -> None:
    await suggest(club)
    shown = response(await club.run("review"))
    await club.env.restart_bot(handed.bot())
    await club.dana.click(shown, label="Approve")
    await publish(club.dana, shown)
    assert "Published as" in text_of(shown)


@REFUSING
async def test_without_a_database_nothing_typed_is_lost(club: Club) -> None:
    form = await club.mia.slash(club.channel, "legpress suggest")
    club.break_store()
    typed = {"question": QUESTION, "answer": ANSWER, "link": "", "tell": ["no"]}
    result = await club.mia.submit_modal(form, typed)
    assert "database" in told(result)
    [file] = [file for each in (result.response, *result.followups) if each for file in each.attachments]
    assert ANSWER in (await file.read()).decode()
    club.mend_store()
