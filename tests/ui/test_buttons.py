"""The buttons under a card, and the forms behind them."""

import logging
from dataclasses import replace
from typing import Any

import pytest
import simcord

from bot.client import LegPressBot
from bot.core.model import Answer, Outcome
from bot.service import Service
from bot.ui.answer.card import Place
from bot.ui.answer.replies import reply
from tests.support.discord_side import Gym, Handed, addresses, components, custom_ids, labels, press, response, text_of


async def card(gym: Gym, topic: str = "depth") -> Any:
    return (await gym.alice.slash(gym.channel, f"legpress {topic}")).response


async def test_why_brings_the_reasons_and_what_nobody_knows(gym: Gym) -> None:
    shown = await card(gym)
    await gym.alice.click(shown, label="Why")
    assert "rolls the pelvis backwards" in text_of(shown)
    assert "What is not known" in text_of(shown)


async def test_why_of_a_claim_about_pain_ends_with_the_safety_line(gym: Gym, fixed_service: Service) -> None:
    shown = await card(gym, "back-pain")
    assert text_of(shown).endswith(fixed_service.safety_line)
    for name in ("Why", "Sources", "Related", "More"):
        await gym.alice.click(shown, label=name)
        assert text_of(shown).endswith(fixed_service.safety_line)


async def test_each_section_opens_in_place_and_closes_again(gym: Gym) -> None:
    shown = await card(gym)
    short = text_of(shown)
    assert labels(shown)[:3] == ["Steps", "Why", "Sources"]
    for name, part in (("Steps", "What to do"), ("Why", "What is not known"), ("Sources", "Bohannon")):
        assert part not in text_of(shown)
        result = await gym.alice.click(shown, label=name)
        assert result.response is None or result.response.id == shown.id
        assert text_of(shown).startswith(short)
        assert part in text_of(shown)
        assert f"{name} ▴" in labels(shown)
    await gym.alice.click(shown, label="Sources ▴")
    assert text_of(shown) == short
    await gym.alice.click(shown, label="Related")
    assert "Knees to your chest" in labels(shown)
    await gym.alice.click(shown, label="More")
    assert {"Ask more", "Helpful", "Not helpful", "Report", "Share"} <= set(labels(shown))
    assert gym.public() == []


async def test_a_public_card_opens_for_all_and_more_for_who_pressed(gym: Gym) -> None:
    [shown] = await gym.says(f"{gym.mention} how low do i lower the sled")
    await gym.bob.click(shown, label="Steps")
    assert "What to do" in text_of(gym.public()[-1])
    assert len(gym.public()) == 1
    result = await gym.bob.click(shown, label="More")
    assert result.ephemeral
    assert "Report" in labels(result.response)
    assert "What to do" in text_of(gym.public()[-1])
    assert (await gym.bob.click(shown, custom_id="lp:helpful:find-depth")).ephemeral


async def test_more_leads_to_the_claims_page_where_the_host_has_one(gym: Gym, handed: Handed) -> None:
    handed.site_url = "https://example.org/legpress"
    await gym.env.restart_bot(handed.bot())
    shown = await card(gym)
    await gym.alice.click(shown, label="More")
    assert addresses(shown) == ["https://example.org/legpress/claims/find-depth.html"]


async def test_what_a_card_ended_with_stays_its_end(gym: Gym, fixed_service: Service) -> None:
    """A caution that came with the first card is in no claim: the card itself keeps it."""
    line = "Not before your doctor has seen it."
    answer = fixed_service.show_claim("find-depth")
    assert answer is not None
    cautioned = reply(replace(answer, caution=line), fixed_service.knowledge, safety_line=fixed_service.safety_line)
    shown = await gym.env.bot.get_partial_messageable(gym.channel.id).send(view=cautioned)
    for name in ("Steps", "Why", "Sources"):
        await gym.bob.click(shown, label=name)
        assert text_of(gym.public()[-1]).endswith(line)


async def test_buttons_of_a_card_from_an_older_version_open_the_new_one(gym: Gym) -> None:
    import discord

    view = discord.ui.LayoutView(timeout=None)
    row: Any = discord.ui.ActionRow(
        discord.ui.Button(label="Why", custom_id="lp:why:find-depth"),
        discord.ui.Button(label="Sources", custom_id="lp:sources:find-depth"),
    )
    view.add_item(discord.ui.Container(discord.ui.TextDisplay("### Find your own depth"), row))
    view.stop()
    await gym.env.bot.get_partial_messageable(gym.channel.id).send(view=view)
    shown = gym.public()[-1]
    await gym.bob.click(shown, label="Sources")
    assert "Bohannon RW (1985)" in text_of(gym.public()[-1])
    assert "**The claim:**" in text_of(gym.public()[-1])


@pytest.mark.parametrize(
    "about",
    ["why:2:gone", "nonsense:1:find-depth", "why:x:find-depth", "why:99999:find-depth", "why", "extras:1:find-depth"],
)
async def test_a_forged_page_gets_one_private_sentence(gym: Gym, about: str) -> None:
    import discord

    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="?", custom_id=f"lp:page:{about}"))
    view.stop()
    await gym.env.bot.get_partial_messageable(gym.channel.id).send("x", view=view)
    result = await gym.alice.click(gym.public()[-1], custom_id=f"lp:page:{about}")
    assert result.ephemeral
    assert "older version" in text_of(result.response) or "no longer in my knowledge" in text_of(result.response)


async def test_sources_are_formal_citations_with_links_and_caveats(gym: Gym) -> None:
    shown = await card(gym)
    await gym.alice.click(shown, label="Sources")
    said = text_of(shown)
    assert "Bohannon RW (1985). *A study of hips and how they bend*. Phys Ther 65:1501." in said
    assert "(<https://doi.org/10.1093/ptj/65.10.1501(a)>)" in said
    assert "Keep in mind: 17 young people, lying down, no load." in said
    assert "(<https://pubmed.ncbi.nlm.nih.gov/11111111/>)" in said
    assert said.replace("A trial whose authors are not confirmed", "").count("not confirmed") == 1
    assert ". Authors not confirmed." in said
    assert "second-hand" not in said


async def test_a_claim_without_a_study_says_so(gym: Gym) -> None:
    shown = await gym.alice.slash(gym.channel, "legpress ask", question="claim:knees-to-chest")
    await gym.alice.click(response(shown), label="Sources")
    assert "No study that can be cited fits this one." in text_of(response(shown))


async def test_a_related_claim_opens_its_own_card(gym: Gym) -> None:
    shown = await card(gym)
    await gym.alice.click(shown, label="Related")
    assert labels(shown).count("Knees to your chest") == 1
    assert len([each for each in custom_ids(shown) if each.startswith("lp:show:")]) == 4
    result = await press(gym.alice, shown, "Knees to your chest")
    assert result.ephemeral
    assert "Pulling the knees to the chest rolls the pelvis." in text_of(result.response)


async def test_a_follow_up_goes_on_from_a_card_that_a_button_opened(gym: Gym) -> None:
    await press(gym.alice, await card(gym), "Why a back complains")
    result = await gym.alice.slash(gym.channel, "legpress ask", question="why?")
    assert "Nobody has measured what the spine feels" in text_of(result.response)


async def test_share_posts_the_card_without_the_question_as_an_ordinary_message(gym: Gym) -> None:
    asked = await gym.alice.slash(gym.channel, "legpress ask", question="how low do i lower the sled zebrafish")
    result = await gym.alice.click(response(asked), label="Share")
    [shared] = gym.public()
    assert "Stop just before the hips roll off the pad" in text_of(shared)
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
    assert "Stop just before the hips roll off the pad" in text_of(result.response)


async def test_helpful_is_acknowledged_and_counted_without_anybody(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="bot.feedback")
    result = await press(gym.alice, await card(gym), "Helpful")
    assert result.ephemeral
    assert "Thanks" in text_of(result.response)
    [line] = [record.getMessage() for record in caplog.records if record.name == "bot.feedback"]
    assert line == "claim find-depth: helpful"


async def test_not_helpful_asks_why_and_counts_the_reason(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="bot.feedback")
    result = await press(gym.alice, await card(gym), "Not helpful")
    assert result.ephemeral
    await gym.alice.select(response(result), ["unclear"])
    assert "Thanks, noted." in text_of(result.response)
    assert "lp-reason:find-depth" not in custom_ids(result.response)
    lines = [record.getMessage() for record in caplog.records if record.name == "bot.feedback"]
    assert lines == ["claim find-depth: not helpful", "claim find-depth: not helpful: unclear"]


async def test_a_report_goes_to_the_log_without_who_wrote_it(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    form = await press(gym.alice, await card(gym), "Report")
    result = await gym.alice.submit_modal(form, {"text": "step 2 is\nwrong"})
    assert result.ephemeral
    assert "Thank you" in text_of(result.response)
    [line] = [record.getMessage() for record in caplog.records if record.name == "bot.reports"]
    assert line == "report on find-depth: 'step 2 is\\nwrong'"
    assert "alice" not in caplog.text
    assert not [
        each for each in caplog.records if each.name.startswith("bot") and str(gym.alice.id) in each.getMessage()
    ]


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
    form = await press(gym.alice, shown, "Ask more")
    result = await gym.alice.submit_modal(form, {"text": "why?"})
    assert result.ephemeral
    assert "rolls the pelvis backwards" in text_of(result.response)


async def test_an_alarm_in_ask_more_is_told_at_once(gym: Gym) -> None:
    form = await press(gym.alice, await card(gym), "Ask more")
    result = await gym.alice.submit_modal(form, {"text": "i cant pee and my groin is numb"})
    assert "Pause on training questions" in text_of(result.response)


@pytest.mark.parametrize(
    "label", ["Steps", "Why", "Sources", "Knees to your chest", "Share", "Helpful", "Not helpful", "Report"]
)
async def test_buttons_work_after_a_restart(gym: Gym, handed: Handed, label: str) -> None:
    shown = await card(gym)
    await gym.env.restart_bot(handed.bot())
    result = await press(gym.alice, shown, label)
    assert result.acknowledged


async def test_a_restart_of_the_same_client_keeps_everything_working(gym: Gym) -> None:
    shown = await card(gym)
    await gym.env.restart_bot()
    await gym.alice.click(shown, label="Why")
    assert "rolls the pelvis backwards" in text_of(shown)
    assert (await gym.alice.slash(gym.channel, "legpress depth")).ephemeral
    assert len(await gym.says(f"{gym.mention} how low do i lower the sled")) == 1


async def test_public_cards_work_after_a_restart(gym: Gym, handed: Handed) -> None:
    [shown] = await gym.says(f"{gym.mention} how low do i lower the sled")
    await gym.env.restart_bot(handed.bot())
    await gym.bob.click(shown, label="Why")
    assert "rolls the pelvis" in text_of(gym.public()[-1])


async def test_a_reason_can_be_picked_after_a_restart(gym: Gym, handed: Handed) -> None:
    asked = await press(gym.alice, await card(gym), "Not helpful")
    await gym.env.restart_bot(handed.bot())
    await gym.alice.select(response(asked), ["wrong"])
    assert "Thanks, noted." in text_of(asked.response)


async def test_a_form_open_during_a_restart_is_not_lost(gym: Gym, handed: Handed) -> None:
    form = await press(gym.alice, await card(gym), "Ask more")
    await gym.env.restart_bot(handed.bot())
    result = await gym.alice.submit_modal(form, {"text": "should i lock my knees at the top"})
    assert "Straightening the knees at the top is wrong." in text_of(result.response)


@pytest.mark.parametrize("label", ["Why", "Sources", "Straight knees at the top", "Share", "Helpful", "Not helpful"])
async def test_a_button_of_a_claim_that_is_gone_says_so_privately(
    gym: Gym, handed: Handed, other_service: Service, label: str
) -> None:
    shown = await card(gym)
    for opener in ("More", "Related"):
        if label not in labels(shown):
            await gym.alice.click(shown, label=opener)
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
    assert "**The claim:** Feet may stand wide." in text_of(result.response)
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

    from bot.ui.answer.feedback import Reason

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
        await press(gym.alice, shown, "Report")
    bot = gym.env.bot
    assert bot.persistent_views == []
    assert bot._connection._view_store._views == {}
    assert bot._connection._view_store._modals == {}
    assert not bot.cached_messages


async def test_a_card_with_everything_stays_within_discords_limits(gym: Gym) -> None:
    shown = response(await gym.alice.slash(gym.channel, "legpress ask", question="claim:huge"))
    everything = ""
    for name in ("Steps", "Why", "Sources"):
        await gym.alice.click(shown, label=name)
        everything += text_of(shown)
        while "Next part" in labels(shown):
            assert len(text_of(shown)) <= 4000
            await gym.alice.click(shown, label="Next part")
            everything += text_of(shown)
    assert "Step 8" in everything
    assert "Point 6" in everything
    assert len(text_of(shown)) <= 4000


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
