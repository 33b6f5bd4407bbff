"""The buttons under a card, and the forms behind them."""

import logging
from typing import Any

import pytest
import simcord

from bot.client import LegPressBot
from bot.core.model import Answer, Outcome
from bot.service import Service
from bot.ui.card import Place
from bot.ui.replies import reply
from tests.support.discord_side import Gym, Handed, components, custom_ids, labels, response, text_of


async def card(gym: Gym, topic: str = "depth") -> Any:
    return (await gym.alice.slash(gym.channel, f"legpress {topic}")).response


async def test_why_brings_the_reasons_and_what_nobody_knows(gym: Gym) -> None:
    result = await gym.alice.click(await card(gym), label="Why")
    assert result.ephemeral
    assert "rolls the pelvis backwards" in text_of(result.response)
    assert "What nobody has shown yet" in text_of(result.response)


async def test_why_of_a_claim_about_pain_ends_with_the_safety_line(gym: Gym, fixed_service: Service) -> None:
    result = await gym.alice.click(await card(gym, "back-pain"), label="Why")
    assert text_of(result.response).endswith(fixed_service.safety_line)


async def test_sources_are_formal_citations_with_links_and_caveats(gym: Gym) -> None:
    said = text_of((await gym.alice.click(await card(gym), label="Sources")).response)
    assert "Bohannon RW (1985). *A study of hips and how they bend*. Phys Ther 65:1501." in said
    assert "(<https://doi.org/10.1093/ptj/65.10.1501(a)>)" in said
    assert "Keep in mind: 17 young people, lying down, no load." in said
    assert "(<https://pubmed.ncbi.nlm.nih.gov/11111111/>)" in said
    assert "not confirmed" not in said.replace("A trial whose authors are not confirmed", "")
    assert "second-hand" not in said


async def test_a_claim_without_a_study_says_so(gym: Gym) -> None:
    shown = await gym.alice.slash(gym.channel, "legpress ask", question="claim:knees-to-chest")
    result = await gym.alice.click(response(shown), label="Sources")
    assert "No study that can be cited fits this one." in text_of(result.response)


async def test_a_related_claim_opens_its_own_card(gym: Gym) -> None:
    shown = await card(gym)
    assert labels(shown).count("Knees to your chest") == 1
    assert len([each for each in custom_ids(shown) if each.startswith("lp:show:")]) == 3
    result = await gym.alice.click(shown, label="Knees to your chest")
    assert result.ephemeral
    assert "### Knees to your chest" in text_of(result.response)


async def test_a_follow_up_goes_on_from_a_card_that_a_button_opened(gym: Gym) -> None:
    await gym.alice.click(await card(gym), label="Why a back complains")
    result = await gym.alice.slash(gym.channel, "legpress ask", question="why?")
    assert "Nobody has measured what the spine feels" in text_of(result.response)


async def test_share_posts_the_card_without_the_question_as_an_ordinary_message(gym: Gym) -> None:
    asked = await gym.alice.slash(gym.channel, "legpress ask", question="how low do i lower the sled zebrafish")
    result = await gym.alice.click(response(asked), label="Share")
    [shared] = gym.public()
    assert "### Find your own depth" in text_of(shared)
    assert "zebrafish" not in str(gym.env.http_requests)
    assert shared.interaction_metadata is None
    assert "Share" not in labels(shared)
    assert result.acknowledged
    assert "Share" not in labels(asked.response)


async def test_a_reply_to_a_shared_card_goes_on_from_it(gym: Gym) -> None:
    await gym.alice.click(await card(gym), label="Share")
    [shared] = gym.public()
    await gym.bob.send(gym.channel, f"{gym.mention} why?", reply_to=shared)
    assert "rolls the pelvis backwards" in text_of(gym.public()[-1])


async def test_who_may_not_write_in_a_channel_cannot_share_there(gym: Gym) -> None:
    import discord

    silent = discord.PermissionOverwrite(send_messages=False)
    channel = gym.guild.create_text_channel("news", overwrites={gym.alice.user: silent})
    shown = await gym.alice.slash(channel, "legpress depth")
    result = await gym.alice.click(response(shown), label="Share")
    assert result.ephemeral
    assert "You cannot post in this channel" in text_of(result.response)
    assert [each for each in channel.history(viewer=gym.bob) if each.author == gym.env.bot.user] == []


async def test_where_the_bot_may_not_write_sharing_says_so(gym: Gym) -> None:
    shown = await card(gym)
    gym.env.inject_error("POST", f"/channels/{gym.channel.id}/messages", status=403, code=50013)
    result = await gym.alice.click(shown, label="Share")
    assert result.ephemeral
    assert "I am not allowed to post" in text_of(result.response)


async def test_outside_its_servers_the_bot_shares_through_the_interaction(gym: Gym, fixed_service: Service) -> None:
    user = gym.env.create_user("carol")
    answer = fixed_service.show_claim("find-depth")
    assert answer is not None
    shareable = reply(answer, fixed_service.knowledge, Place(private=True, shareable=True))
    await gym.env.bot.get_partial_messageable(user.dm_channel.id).send(view=shareable)
    result = await user.click(user.dm_channel.last_message, label="Share")
    assert not result.ephemeral
    assert "### Find your own depth" in text_of(result.response)


async def test_helpful_is_acknowledged_and_counted_without_anybody(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="bot.feedback")
    result = await gym.alice.click(await card(gym), label="Helpful")
    assert result.ephemeral
    assert "Thanks" in text_of(result.response)
    [line] = [record.getMessage() for record in caplog.records if record.name == "bot.feedback"]
    assert line == "claim find-depth: helpful"


async def test_not_helpful_asks_why_and_counts_the_reason(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="bot.feedback")
    result = await gym.alice.click(await card(gym), label="Not helpful")
    assert result.ephemeral
    await gym.alice.select(response(result), ["unclear"])
    assert "Thanks, noted." in text_of(result.response)
    assert "lp-reason:find-depth" not in custom_ids(result.response)
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.feedback"]
    assert lines == ["claim find-depth: not helpful", "claim find-depth: not helpful: unclear"]


async def test_a_report_goes_to_the_log_without_who_wrote_it(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    form = await gym.alice.click(await card(gym), label="Report")
    result = await gym.alice.submit_modal(form, {"text": "step 2 is\nwrong"})
    assert result.ephemeral
    assert "Thank you" in text_of(result.response)
    [line] = [record.getMessage() for record in caplog.records if record.name == "bot.reports"]
    assert line == "report on find-depth: 'step 2 is\\nwrong'"
    assert "alice" not in caplog.text


async def test_a_report_goes_to_the_hosts_channel_where_there_is_one(gym: Gym, handed: Handed) -> None:
    desk = gym.guild.create_text_channel("reports")
    handed.report_channel_id = desk.id
    await gym.env.restart_bot(handed.bot())
    form = await gym.alice.slash(gym.channel, "legpress report")
    await gym.alice.submit_modal(form, {"text": "@everyone **look**\nat this"})
    message = desk.last_message
    assert message is not None
    said = text_of(message)
    assert "look" in said
    assert "at this" in said
    assert "alice" not in said
    assert labels(message) == []


async def test_a_report_that_cannot_be_posted_goes_to_the_log(
    gym: Gym, handed: Handed, caplog: pytest.LogCaptureFixture
) -> None:
    handed.report_channel_id = 4242
    await gym.env.restart_bot(handed.bot())
    form = await gym.alice.slash(gym.channel, "legpress report")
    result = await gym.alice.submit_modal(form, {"text": "something is off"})
    assert "Thank you" in text_of(result.response)
    assert "something is off" in caplog.text


async def test_a_report_of_an_alarming_symptom_gets_the_stop_as_well(gym: Gym) -> None:
    form = await gym.alice.slash(gym.channel, "legpress report")
    text = "your advice is bad, since the leg press i cant pee and my groin is numb"
    result = await gym.alice.submit_modal(form, {"text": text})
    assert "Pause on training questions" in text_of(result.response)
    assert "Thank you" in text_of(result.followups[0])


async def test_ask_more_answers_a_follow_up_to_its_card(gym: Gym) -> None:
    shown = await card(gym)
    await card(gym, "lockout")  # seen since, and not what is asked about
    form = await gym.alice.click(shown, label="Ask more")
    result = await gym.alice.submit_modal(form, {"text": "why?"})
    assert result.ephemeral
    assert "rolls the pelvis backwards" in text_of(result.response)


async def test_an_alarm_in_ask_more_is_told_at_once(gym: Gym) -> None:
    form = await gym.alice.click(await card(gym), label="Ask more")
    result = await gym.alice.submit_modal(form, {"text": "i cant pee and my groin is numb"})
    assert "Pause on training questions" in text_of(result.response)


@pytest.mark.parametrize(
    "label", ["Why", "Sources", "Knees to your chest", "Share", "Helpful", "Not helpful", "Report"]
)
async def test_buttons_work_after_a_restart(gym: Gym, handed: Handed, label: str) -> None:
    shown = await card(gym)
    await gym.env.restart_bot(handed.bot())
    result = await gym.alice.click(shown, label=label)
    assert result.acknowledged


async def test_a_restart_of_the_same_client_keeps_everything_working(gym: Gym) -> None:
    shown = await card(gym)
    await gym.env.restart_bot()
    assert (await gym.alice.click(shown, label="Why")).ephemeral
    assert (await gym.alice.slash(gym.channel, "legpress depth")).ephemeral
    assert len(await gym.says(f"{gym.mention} how low do i lower the sled")) == 1


async def test_public_cards_work_after_a_restart(gym: Gym, handed: Handed) -> None:
    [shown] = await gym.says(f"{gym.mention} how low do i lower the sled")
    await gym.env.restart_bot(handed.bot())
    assert "rolls the pelvis" in text_of((await gym.bob.click(shown, label="Why")).response)


async def test_a_reason_can_be_picked_after_a_restart(gym: Gym, handed: Handed) -> None:
    asked = await gym.alice.click(await card(gym), label="Not helpful")
    await gym.env.restart_bot(handed.bot())
    await gym.alice.select(response(asked), ["wrong"])
    assert "Thanks, noted." in text_of(asked.response)


async def test_a_form_open_during_a_restart_is_not_lost(gym: Gym, handed: Handed) -> None:
    form = await gym.alice.click(await card(gym), label="Ask more")
    await gym.env.restart_bot(handed.bot())
    result = await gym.alice.submit_modal(form, {"text": "should i lock my knees at the top"})
    assert "### Straight knees at the top" in text_of(result.response)


@pytest.mark.parametrize("label", ["Why", "Sources", "Straight knees at the top", "Share", "Helpful", "Not helpful"])
async def test_a_button_of_a_claim_that_is_gone_says_so_privately(
    gym: Gym, handed: Handed, other_service: Service, label: str
) -> None:
    shown = await card(gym)
    handed.service = handed.conversations_service = lambda: other_service
    result = await gym.alice.click(shown, label=label)
    assert result.ephemeral
    assert "no longer in my knowledge" in text_of(result.response)
    assert gym.public() == []


async def test_knowledge_that_changed_is_used_at_the_next_press(
    gym: Gym, handed: Handed, other_service: Service
) -> None:
    handed.service = handed.conversations_service = lambda: other_service
    result = await gym.alice.slash(gym.channel, "legpress ask", question="claim:wide-feet")
    assert "### " in text_of(result.response)
    assert "lp:why:wide-feet" in custom_ids(result.response)


FORGED = [
    "lp:why:../../../etc/passwd",
    "lp:why:@everyone",
    "lp:nonsense:find-depth",
    "lp:show:-",
    "lp-reason",
    "lp:WHY:find-depth",
    "lp:",
    "lp-form:ask:find-depth:1",
    "lp:helpful:'; drop table claims",
]


@pytest.mark.parametrize("custom_id", FORGED)
async def test_a_forged_or_outdated_custom_id_gets_one_private_sentence(gym: Gym, custom_id: str) -> None:
    import discord

    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="?", custom_id=custom_id))
    view.stop()
    await gym.env.bot.get_partial_messageable(gym.channel.id).send(
        "x", view=view, allowed_mentions=discord.AllowedMentions.none()
    )
    result = await gym.alice.click(gym.public()[-1], custom_id=custom_id)
    assert result.ephemeral
    said = text_of(result.response)
    assert "older version" in said or "no longer in my knowledge" in said
    assert custom_id not in said


async def test_feedback_on_a_forged_claim_is_not_counted(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    import discord

    from bot.ui.feedback import Reason

    caplog.set_level(logging.INFO, logger="bot.feedback")
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(discord.ui.ActionRow(Reason("someone said this\x1b[31m")))
    view.stop()
    await gym.env.bot.get_partial_messageable(gym.channel.id).send(view=view)
    await gym.alice.select(gym.public()[-1], ["wrong"])
    assert caplog.records == [] or "someone" not in caplog.text


async def test_nothing_is_kept_of_messages_sent(gym: Gym) -> None:
    """discord.py would hold each private view for fifteen minutes, and each form until it is sent in."""
    for topic in ("depth", "lockout", "back-pain"):
        shown = await card(gym, topic)
        await gym.alice.click(shown, label="Report")
    bot = gym.env.bot
    assert bot.persistent_views == []
    assert bot._connection._view_store._views == {}
    assert bot._connection._view_store._modals == {}
    assert not bot.cached_messages


async def test_a_card_with_everything_stays_within_discords_limits(gym: Gym) -> None:
    question = "claim:huge"
    result = await gym.alice.slash(gym.channel, "legpress ask", question=question)
    shown = response(result)
    assert "The rest is behind **Why**" in text_of(shown)
    assert len(text_of(shown)) <= 4000
    why = await gym.alice.click(shown, label="Why")
    everything = "\n".join(text_of(each) for each in (why.response, *why.followups))
    assert "Step 8" in everything
    assert "Point 6" in everything
    assert len(why.followups) >= 1
    assert all(each.ephemeral for each in why.followups)


def test_an_answer_that_was_cut_says_where_the_rest_is(fixed_service: Service) -> None:
    also = ("find-depth", "straight-knees")
    answer = Answer("", Outcome.ANSWER, "…", claim="huge", also=also, safety_line=True)
    layout = reply(answer, fixed_service.knowledge, Place(True, True), safety_line=fixed_service.safety_line)
    assert layout.content_length() <= 4000
    assert layout.total_children_count <= 40
    shown = "\n".join(each.get("content", "") for each in components_of(layout))
    assert shown.rstrip().endswith(fixed_service.safety_line)


def components_of(layout: Any) -> list[dict[str, Any]]:
    class Sent:
        components = layout.to_components()
        content = ""

    return components(Sent)


async def test_the_environment_runs_our_client(simcord_env: simcord.Env) -> None:
    assert isinstance(simcord_env.bot, LegPressBot)
