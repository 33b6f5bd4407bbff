"""`/settings` as those who manage a server use it; and that nobody else can."""

import asyncio
from types import SimpleNamespace
from typing import Any

import discord
import pytest
import simcord

from bot.client import LegPressBot
from bot.service.access import Actor
from bot.service.server_values import ServerSettings
from bot.ui.desks.settings import LOG_CHOSEN
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.picks import values_row
from bot.ui.wording import MENDED_FILES
from tests.support.discord_side import Handed, components, custom_ids, labels, response, text_of
from tests.support.moderators import REFUSING, Club, told

NO_RIGHT = "Settings are for those who have Manage Server."


def let_in(club: Club, name: str, *members: simcord.MemberActor) -> None:
    """Have Discord offer a command to members who manage nothing."""
    command = club.env.backend.find_command(name, club.guild.id, type=1)
    assert command is not None
    club.guild.set_command_permissions(int(command["id"]), dict.fromkeys(members, True))


async def settings(club: Club) -> ServerSettings:
    return await club.workshop.settings.certain(club.guild.id)


async def test_settings_are_offered_only_to_who_manages_the_server(club: Club) -> None:
    assert "settings" in club.dana.available_commands(club.channel)
    assert "settings" not in club.mia.available_commands(club.channel)


async def test_settings_show_what_holds_and_only_to_who_asked(club: Club) -> None:
    said = told(await club.dana.slash(club.channel, "settings"))
    assert "May suggest answers" in said
    assert "Nobody named: everybody" in said
    assert "are not kept" in said
    assert "the weekly digest if you want it" in said, "its switch is out of use without a log channel"


async def test_settings_tell_what_the_server_takes_of_its_room(club: Club) -> None:
    await club.added()
    said = told(await club.dana.slash(club.channel, "settings"))
    assert "1 claim changed or added here. History: under 0.1 MB of 30 MB" in said
    assert "Drafts: 0 of 200 (0 MB of 20 MB), pictures: 0 of 200" in said
    assert "Questions without an answer: 0 of 2,000." in said


@REFUSING
async def test_a_member_whom_discord_lets_in_is_still_refused(club: Club) -> None:
    let_in(club, "settings", club.mia)
    assert told(await club.mia.slash(club.channel, "settings")) == NO_RIGHT


@pytest.mark.usefixtures("counting")
async def test_a_picked_role_may_edit_from_then_on(club: Club) -> None:
    role = club.guild.create_role("Trainer")
    trainer = club.guild.add_member(club.env.create_user("tom"), roles=[role])
    shown = await club.dana.slash(club.channel, "settings")
    await club.dana.select(response(shown), [role], custom_id="lp-pick:setroles:edit")
    assert (await settings(club)).edit_roles == {role.id}
    club.let_in(trainer)
    form = await trainer.slash(club.channel, "knowledge add")
    assert form.modal is not None


@pytest.mark.usefixtures("counting")
async def test_a_role_can_be_taken_out_again(club: Club) -> None:
    role = club.guild.create_role("Trainer")
    shown = await club.dana.slash(club.channel, "settings")
    await club.dana.select(response(shown), [role], custom_id="lp-pick:setroles:approve")
    await club.dana.select(response(shown), [], custom_id="lp-pick:setroles:approve")
    assert (await settings(club)).approve_roles == frozenset()


async def test_the_only_language_is_told_and_not_offered_as_a_choice(club: Club) -> None:
    shown = response(await club.dana.slash(club.channel, "settings"))
    assert "English\n-# The only one so far" in text_of(shown)
    assert not [each for each in _selects(shown) if len(each.get("options", ["", ""])) < 2]
    assert (await settings(club)).language == ""


async def test_region_and_days_are_picked_from_lists(club: Club) -> None:
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.select(shown, ["uk"], custom_id="lp-pick:setregion:-")
    assert (await settings(club)).region == "uk"
    await club.dana.select(shown, ["none"], custom_id="lp-pick:setregion:-")
    assert (await settings(club)).region == ""
    await club.dana.click(shown, label="Keep them? Read first")
    await club.dana.click(shown, label="I agree for this server")
    await club.dana.select(shown, ["7"], custom_id="lp-pick:setdays:-")
    assert (await settings(club)).retention_days == 7


async def test_the_region_is_the_one_that_a_stop_names(club: Club) -> None:
    alarm = "I cant pee and my groin is numb since the leg press"
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.select(shown, ["nz"], custom_id="lp-pick:setregion:-")
    assert "New Zealand" in await club.asked(alarm)


async def test_questions_are_kept_only_after_the_plain_question_is_answered(club: Club) -> None:
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.click(shown, label="Keep them? Read first")
    assert "without who asked" in text_of(shown)
    assert not (await settings(club)).keep_questions
    await club.dana.click(shown, label="I agree for this server")
    now = await settings(club)
    assert now.keep_questions
    assert now.consent_by == club.dana.id
    assert "are kept since" in text_of(shown)


async def test_saying_no_to_keeping_questions_keeps_nothing(club: Club) -> None:
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.click(shown, label="Keep them? Read first")
    await club.dana.click(shown, label="No, keep nothing")
    assert not (await settings(club)).keep_questions
    assert "### Settings of this server" in text_of(shown)


async def test_taking_consent_back_says_that_all_is_deleted(club: Club) -> None:
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.click(shown, label="Keep them? Read first")
    await club.dana.click(shown, label="I agree for this server")
    await club.dana.click(shown, label="Stop, and delete them")
    now = await settings(club)
    assert not now.keep_questions
    assert now.consent_by is None
    assert now.consent_at is None


async def test_the_log_channel_gets_a_first_line_and_every_change(club: Club) -> None:
    log = club.guild.create_text_channel("log")
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.select(shown, [log], custom_id="lp-pick:setlog:-")
    await club.dana.select(shown, ["eu"], custom_id="lp-pick:setregion:-")
    said = [text_of(each) for each in log.history(viewer=club.dana)]
    assert LOG_CHOSEN in said[0]
    assert "region: European Union" in said[1]


@REFUSING
async def test_a_log_channel_where_the_bot_may_not_write_is_not_taken(club: Club) -> None:
    log = club.guild.create_text_channel("log")
    club.env.inject_error("POST", f"/channels/{log.id}/messages", status=403, code=50013)
    shown = response(await club.dana.slash(club.channel, "settings"))
    result = await club.dana.select(shown, [log], custom_id="lp-pick:setlog:-")
    assert "I may not write in" in told(result)
    assert (await settings(club)).log_channel is None


async def test_a_log_channel_that_closes_later_costs_nothing(club: Club) -> None:
    log = club.guild.create_text_channel("log")
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.select(shown, [log], custom_id="lp-pick:setlog:-")
    club.env.inject_error("POST", f"/channels/{log.id}/messages", status=403, code=50013)
    await club.dana.select(shown, ["eu"], custom_id="lp-pick:setregion:-")
    assert (await settings(club)).region == "eu"


async def test_a_deleted_role_or_channel_leaves_the_settings(club: Club) -> None:
    role, log = club.guild.create_role("Trainer"), club.guild.create_text_channel("log")
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.select(shown, [role], custom_id="lp-pick:setroles:edit")
    await club.dana.select(shown, [log], custom_id="lp-pick:setlog:-")
    guild = club.env.bot.get_guild(club.guild.id)
    assert guild is not None
    found, channel = guild.get_role(role.id), guild.get_channel(log.id)
    assert found is not None
    assert channel is not None
    await found.delete()
    await channel.delete()
    await club.env.settle()
    now = await settings(club)
    assert now.edit_roles == frozenset()
    assert now.log_channel is None


async def test_roles_deleted_while_the_bot_was_away_are_taken_out_when_settings_open(club: Club) -> None:
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), edit_roles={4242}, channels={4343})
    await club.dana.slash(club.channel, "settings")
    now = await settings(club)
    assert now.edit_roles == frozenset()
    assert now.channels == frozenset()


async def test_unasked_answers_cannot_be_chosen_where_the_host_did_not_allow_them(club: Club) -> None:
    shown = await club.dana.slash(club.channel, "settings")
    assert "MESSAGE_CONTENT" in told(shown)
    assert "lp-pick:setchannels:-" not in custom_ids(shown.response)


async def test_the_panel_still_works_after_a_restart(club: Club, handed: Handed) -> None:
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.env.restart_bot(handed.bot())
    await club.dana.select(shown, ["us"], custom_id="lp-pick:setregion:-")
    assert (await settings(club)).region == "us"


async def test_two_servers_never_see_each_others_settings(club: Club) -> None:
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.select(shown, ["us"], custom_id="lp-pick:setregion:-")
    other = response(await club.olga.slash(club.elsewhere, "settings"))
    chosen = [
        option["value"]
        for each in _selects(other)
        if each["custom_id"] == "lp-pick:setregion:-"
        for option in each["options"]
        if option.get("default")
    ]
    assert chosen == ["none"]


def _selects(message: simcord.ResponseMessage) -> list[dict[str, Any]]:
    return [each for each in components(message) if each.get("type") == 3]


@REFUSING
async def test_without_a_database_one_sentence_says_so_and_nothing_changes(club: Club) -> None:
    shown = response(await club.dana.slash(club.channel, "settings"))
    club.break_store()
    result = await club.dana.select(shown, ["us"], custom_id="lp-pick:setregion:-")
    said = told(result)
    assert "nothing was changed" in said
    assert said.count("\n") == 0
    club.mend_store()
    club.workshop.settings.forget()
    assert (await settings(club)).region == ""


@pytest.mark.both_databases
async def test_two_moderators_who_change_settings_at_once_both_count(club: Club) -> None:
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), keep_questions=True)
    one = response(await club.dana.slash(club.channel, "settings"))
    other = response(await club.eric.slash(club.channel, "settings"))
    await club.dana.select(one, ["us"], custom_id="lp-pick:setregion:-")
    await club.eric.select(other, ["3"], custom_id="lp-pick:setdays:-")
    now = await settings(club)
    assert (now.region, now.retention_days) == ("us", 3)


@pytest.mark.usefixtures("counting")
async def test_settings_fit_with_as_many_roles_as_a_list_takes(club: Club) -> None:
    roles = [club.guild.create_role(f"Role {number}") for number in range(25)]
    shown = response(await club.dana.slash(club.channel, "settings"))
    for name in ("suggest", "edit", "approve"):
        await club.dana.select(shown, roles, custom_id=f"lp-pick:setroles:{name}")
    assert len((await settings(club)).suggest_roles) == 25
    assert "Keep them? Read first" in labels(shown)


@pytest.fixture
def handed_reading(handed: Handed) -> Handed:
    """A bot whose host set MESSAGE_CONTENT."""
    handed.message_content = True
    return handed


@pytest.mark.usefixtures("handed_reading")
class TestWhereTheHostAllowsIt:
    async def test_channels_for_unasked_answers_can_be_chosen(self, club: Club) -> None:
        shown = response(await club.dana.slash(club.channel, "settings"))
        await club.dana.select(shown, [club.channel], custom_id="lp-pick:setchannels:-")
        assert (await settings(club)).channels == {club.channel.id}

    def test_only_then_the_privileged_intent_is_asked_for(self, club: Club) -> None:
        assert club.env.bot.intents.message_content


def test_no_privileged_intent_is_asked_for_otherwise(club: Club) -> None:
    assert not club.env.bot.intents.message_content
    assert not club.env.bot.intents.members
    assert not club.env.bot.intents.presences


async def test_faulty_knowledge_files_are_told_in_the_log_channel_once(club: Club) -> None:
    log = club.guild.create_text_channel("log")
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), log_channel=log.id)
    bot = club.env.bot
    assert isinstance(bot, LegPressBot)
    # As `Live.refresh` does it: from the thread that looks at the files.
    await asyncio.to_thread(bot.knowledge_faulty, "claims/a.yaml:1:1: wrong\nclaims/a.yaml:2:1: wrong")
    await club.env.settle()
    [said] = [text_of(each) for each in log.history(viewer=club.dana)]
    assert "last good ones" in said
    assert "claims/a.yaml" not in said
    await asyncio.to_thread(bot.knowledge_mended)
    await club.env.settle()
    assert [text_of(each) for each in log.history(viewer=club.dana)][-1] == MENDED_FILES


class Counting:
    """Discord's answer to how many members have a role, which SimCord does not give."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.counts: dict[str, int] = {}
        self.refuses = False
        patch.setattr(discord.http.HTTPClient, "get_role_member_counts", self._told)

    async def _told(self, _guild: int) -> dict[str, int]:
        if self.refuses:
            raise discord.Forbidden(SimpleNamespace(status=403, reason="Forbidden"), "Missing Permissions")
        return self.counts


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Counting:
    return Counting(monkeypatch)


@pytest.mark.parametrize("right", ["edit", "approve"])
async def test_a_role_that_nearly_everybody_has_needs_a_second_clear_yes(
    club: Club, counting: Counting, right: str
) -> None:
    everybody, few = club.guild.create_role("Member"), club.guild.create_role("Trainer")
    guild = club.env.bot.get_guild(club.guild.id)
    assert guild is not None
    guild._member_count = 1_000  # as Discord tells at the start
    counting.counts = {str(everybody.id): 930, str(few.id): 7}
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.select(shown, [everybody, few], custom_id=f"lp-pick:setroles:{right}")
    assert "Is that right meant for so many?" in text_of(shown)
    assert f"<@&{everybody.id}>: 930 of 1,000 members have it" in text_of(shown)
    assert getattr(await settings(club), f"{right}_roles") == {few.id}
    await club.dana.click(shown, label="Yes, role 1")
    assert getattr(await settings(club), f"{right}_roles") == {few.id, everybody.id}
    await club.dana.select(shown, [everybody], custom_id=f"lp-pick:setroles:{right}")
    assert getattr(await settings(club), f"{right}_roles") == {everybody.id}, "what was agreed to is not asked again"


@pytest.mark.parametrize("right", ["edit", "approve"])
async def test_roles_that_only_together_cover_nearly_everybody_need_a_second_clear_yes(
    club: Club, counting: Counting, right: str
) -> None:
    lifters, rowers, few = (club.guild.create_role(name) for name in ("Lifter", "Rower", "Trainer"))
    guild = club.env.bot.get_guild(club.guild.id)
    assert guild is not None
    guild._member_count = 1_000
    counting.counts = {str(lifters.id): 550, str(rowers.id): 430, str(few.id): 7}
    shown = response(await club.dana.slash(club.channel, "settings"))
    list_ = f"lp-pick:setroles:{right}"
    await club.dana.select(shown, [lifters, rowers], custom_id=list_)
    assert "Is that right meant for so many?" in text_of(shown)
    assert f"<@&{lifters.id}>: 550 of 1,000 members have it, and with the other roles" in text_of(shown)
    assert f"<@&{rowers.id}>: 430 of 1,000 members have it, and with the other roles" in text_of(shown)
    assert "up to 980 could" in text_of(shown)
    assert getattr(await settings(club), f"{right}_roles") == frozenset()
    await club.dana.click(shown, label="Yes, role 1")
    assert getattr(await settings(club), f"{right}_roles") == {lifters.id}
    # One after the other is the same as both at once.
    await club.dana.select(shown, [lifters, rowers], custom_id=list_)
    assert f"<@&{rowers.id}>: 430 of 1,000" in text_of(shown)
    assert f"<@&{lifters.id}>: " not in text_of(shown), "what was agreed to is not asked again"
    assert getattr(await settings(club), f"{right}_roles") == {lifters.id}
    await club.dana.click(shown, label="Yes, role 1")
    assert getattr(await settings(club), f"{right}_roles") == {lifters.id, rowers.id}
    # A role in another's place is alone.
    await club.dana.select(shown, [few], custom_id=list_)
    assert getattr(await settings(club), f"{right}_roles") == {few.id}
    await club.dana.select(shown, [few, lifters], custom_id=list_)
    assert getattr(await settings(club), f"{right}_roles") == {few.id, lifters.id}, "557 of 1,000 are not nearly all"


async def test_beside_a_role_that_everybody_may_have_by_a_second_yes_a_small_one_is_not_asked_about(
    club: Club, counting: Counting
) -> None:
    everybody, few = club.guild.create_role("Member"), club.guild.create_role("Trainer")
    guild = club.env.bot.get_guild(club.guild.id)
    assert guild is not None
    guild._member_count = 1_000
    counting.counts = {str(everybody.id): 930, str(few.id): 7}
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), edit_roles=frozenset({everybody.id}))
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.select(shown, [everybody, few], custom_id="lp-pick:setroles:edit")
    assert (await settings(club)).edit_roles == {everybody.id, few.id}


async def test_no_leaves_the_roles_as_they_were(club: Club, counting: Counting) -> None:
    everybody = club.guild.create_role("Member")
    counting.counts = {str(everybody.id): 1_000}
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.select(shown, [everybody], custom_id="lp-pick:setroles:edit")
    await club.dana.click(shown, label="No, leave it as it is")
    assert (await settings(club)).edit_roles == frozenset()
    assert "### Settings of this server" in text_of(shown)
    await club.dana.select(shown, [everybody], custom_id="lp-pick:setroles:suggest")
    assert (await settings(club)).suggest_roles == {everybody.id}, "everybody may suggest"


async def test_where_discord_does_not_tell_how_many_have_a_role_it_is_asked_too(club: Club, counting: Counting) -> None:
    counting.refuses = True
    role = club.guild.create_role("Trainer")
    shown = response(await club.dana.slash(club.channel, "settings"))
    await club.dana.select(shown, [role], custom_id="lp-pick:setroles:edit")
    assert "Discord does not tell me how many members have it" in text_of(shown)
    assert (await settings(club)).edit_roles == frozenset()
    await club.dana.click(shown, label="Yes, role 1")
    assert (await settings(club)).edit_roles == {role.id}


@REFUSING
@pytest.mark.parametrize("right", ["edit", "approve"])
async def test_everyone_and_managed_roles_get_no_right(club: Club, right: str) -> None:
    shown = await club.dana.slash(club.channel, "settings")
    everyone = club.guild.default_role
    said = told(await club.dana.select(response(shown), [everyone], custom_id=f"lp-pick:setroles:{right}"))
    assert "Everybody has @everyone" in said
    booster = club.guild.create_role("Booster", managed=True)
    said = told(await club.dana.select(response(shown), [booster], custom_id=f"lp-pick:setroles:{right}"))
    assert "“Booster” is given out by a bot, an integration or Discord itself" in said
    assert not (await settings(club)).edit_roles | (await settings(club)).approve_roles


@REFUSING
@pytest.mark.parametrize("right", ["edit", "approve"])
async def test_whoever_may_not_change_settings_is_told_nothing_of_a_role(club: Club, right: str) -> None:
    booster = club.guild.create_role("Booster", managed=True)
    yes = Press("setbroad", f"{right}.{booster.id}", "Yes")
    roles = values_row("setroles", right, "Roles", [(str(booster.id), "Booster")])
    channel = club.env.bot.get_channel(club.channel.id)
    assert isinstance(channel, discord.TextChannel)
    message = await channel.send(view=Layout(box(0, roles, discord.ui.ActionRow(yes))).sealed())
    for said in (
        told(await club.mia.select(message, [str(booster.id)], custom_id=f"lp-pick:setroles:{right}")),
        told(await club.mia.click(message, label="Yes")),
    ):
        assert said.startswith("Settings are for")
        assert "Booster" not in said
