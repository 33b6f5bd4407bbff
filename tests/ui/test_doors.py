"""Each door through which a failure could leave: the member gets one private sentence, the log nobody's words."""

import asyncio
import logging
import re
import threading
from collections.abc import Callable
from typing import Any, Self

import discord
import pytest
from discord import app_commands, ui
from discord.ext import commands

from bot.errors import UserError
from bot.service import Service
from bot.service.answer_room import MOST_AT_ONCE_OF_A_MEMBER
from bot.ui import wording
from bot.ui.kit.desk import Interaction
from bot.ui.kit.faults import describe
from bot.ui.kit.forms import Form
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.pressable import Pressable
from tests.support.discord_side import Gym, Handed, discord_tells_the_time, response, text_of

SECRET = "words of a member"
LONG = "how low do i lower the sled, and is that as low as it should be for me? " * 4
"""Too long to be answered on the event loop itself: its asking can be slow, and be given up."""


def failing(fault: Exception | None = None) -> Callable[[], Service]:
    def service() -> Service:
        raise fault or RuntimeError(SECRET)

    return service


@pytest.fixture(autouse=True)
def logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO)
    return caplog


def only_the_place_is_logged(logged: pytest.LogCaptureFixture, where: str) -> bool:
    return where in logged.text and "RuntimeError" in logged.text and SECRET not in logged.text


async def send(gym: Gym, item: ui.Item[Any]) -> discord.Message:
    await gym.env.bot.get_partial_messageable(gym.channel.id).send(view=Layout(box(0, ui.ActionRow(item))))
    return gym.public()[-1]


async def test_the_command_trees_door(gym: Gym, handed: Handed, logged: pytest.LogCaptureFixture) -> None:
    handed.service = failing()
    result = await gym.alice.slash(gym.channel, "legpress about")
    assert result.ephemeral
    assert text_of(result.response) == wording.FAILED
    assert only_the_place_is_logged(logged, "command legpress about failed")
    assert len(gym.env.errors) == 1


async def test_what_a_member_can_put_right_is_told_in_its_own_words_and_not_logged(
    gym: Gym, handed: Handed, logged: pytest.LogCaptureFixture
) -> None:
    handed.service = failing(UserError("Pick a smaller plate."))
    result = await gym.alice.slash(gym.channel, "legpress about")
    assert result.ephemeral
    assert text_of(result.response) == "Pick a smaller plate."
    assert "failed" not in logged.text
    assert gym.env.errors


async def test_a_command_that_changed_at_discord_is_explained(gym: Gym) -> None:
    gym.env.bot.tree.remove_command("legpress")  # type: ignore[attr-defined]
    result = await gym.alice.slash(gym.channel, "legpress about")
    assert result.ephemeral
    assert text_of(result.response) == wording.OLD_COMMAND
    assert isinstance(gym.env.errors[0], app_commands.CommandNotFound)


async def test_the_door_of_a_command_whose_age_cannot_be_told(
    gym: Gym, handed: Handed, logged: pytest.LogCaptureFixture
) -> None:
    def broken() -> float:
        raise RuntimeError(SECRET)

    discord_tells_the_time(gym, handed)
    handed.clock = broken
    result = await gym.alice.slash(gym.channel, "legpress about")
    assert text_of(result.response) == wording.FAILED
    assert only_the_place_is_logged(logged, "telling the age of an event failed")


async def test_the_autocomplete_door(gym: Gym, handed: Handed, logged: pytest.LogCaptureFixture) -> None:
    handed.service = failing()
    assert await gym.alice.autocomplete(gym.channel, "legpress ask", "question", "how deep") == []
    assert only_the_place_is_logged(logged, "autocomplete failed")


async def test_the_door_of_a_dynamic_items_callback(gym: Gym, handed: Handed, logged: pytest.LogCaptureFixture) -> None:
    shown = response(await gym.alice.slash(gym.channel, "legpress depth"))
    handed.service = failing()
    result = await gym.alice.click(shown, label="Why")
    assert result.ephemeral
    assert text_of(result.response) == wording.FAILED
    assert only_the_place_is_logged(logged, "pressing Press failed")


class Unreadable(Pressable[ui.Button[Any]], template=r"test-unreadable"):
    def __init__(self) -> None:
        super().__init__(ui.Button(label="?", custom_id="test-unreadable"))

    @classmethod
    def parsed(cls, match: re.Match[str]) -> Self:
        raise RuntimeError(SECRET)


async def test_the_door_of_a_dynamic_items_reading(gym: Gym, logged: pytest.LogCaptureFixture) -> None:
    gym.env.bot.add_dynamic_items(Unreadable)
    result = await gym.alice.click(await send(gym, Unreadable()), custom_id="test-unreadable")
    assert result.ephemeral
    assert text_of(result.response) == wording.FAILED
    assert result.followups == []
    assert only_the_place_is_logged(logged, "reading Unreadable failed")


async def test_the_door_of_a_dynamic_items_check(gym: Gym, handed: Handed, logged: pytest.LogCaptureFixture) -> None:
    shown = response(await gym.alice.slash(gym.channel, "legpress depth"))

    def broken() -> float:
        raise RuntimeError(SECRET)

    discord_tells_the_time(gym, handed)
    handed.clock = broken
    result = await gym.alice.click(shown, label="Why")
    assert result.ephemeral
    assert text_of(result.response) == wording.FAILED
    assert only_the_place_is_logged(logged, "checking Press failed")


class Failing(ui.Button[Any]):
    async def callback(self, interaction: Interaction) -> None:
        raise RuntimeError(SECRET)


async def test_the_views_door(gym: Gym, logged: pytest.LogCaptureFixture) -> None:
    message = await send(gym, Failing(label="?", custom_id="test-failing"))
    result = await gym.alice.click(message, custom_id="test-failing")
    assert result.ephemeral
    assert text_of(result.response) == wording.FAILED
    assert only_the_place_is_logged(logged, "component Failing failed")
    assert gym.env.errors


class FailingForm(Form):
    async def on_submit(self, interaction: Interaction) -> None:
        raise RuntimeError(SECRET)


class OpensForm(ui.Button[Any]):
    async def callback(self, interaction: Interaction) -> None:
        form = FailingForm("none", "-", interaction.id, title="T", question="Q", description="D")
        form.custom_id = "test-form"
        await interaction.response.send_modal(form)


async def test_the_modals_door(gym: Gym, logged: pytest.LogCaptureFixture) -> None:
    message = await send(gym, OpensForm(label="?", custom_id="test-opens"))
    form = await gym.alice.click(message, custom_id="test-opens")
    result = await gym.alice.submit_modal(form, {"text": SECRET})
    assert result.ephemeral
    assert text_of(result.response) == wording.FAILED
    assert only_the_place_is_logged(logged, "form FailingForm failed")
    assert gym.env.errors


async def test_the_door_of_our_own_forms(gym: Gym, handed: Handed, logged: pytest.LogCaptureFixture) -> None:
    form = await gym.alice.slash(gym.channel, "legpress report")
    handed.service = failing()
    result = await gym.alice.submit_modal(form, {"text": SECRET})
    assert result.ephemeral
    assert text_of(result.response) == wording.FAILED
    assert only_the_place_is_logged(logged, "form report failed")


async def test_the_clients_door_answers_a_mention_with_a_short_reply(
    gym: Gym, handed: Handed, logged: pytest.LogCaptureFixture
) -> None:
    handed.service = failing()
    [said] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert said.content == wording.FAILED
    assert said.reference is not None
    assert only_the_place_is_logged(logged, "on_message failed")
    assert gym.env.errors


async def test_the_clients_door_is_silent_where_nobody_asked(gym: Gym, logged: pytest.LogCaptureFixture) -> None:
    class Listener(commands.Cog):
        @commands.Cog.listener("on_guild_channel_create")
        async def fails(self, channel: discord.abc.GuildChannel) -> None:
            raise RuntimeError(SECRET)

    await gym.env.bot.add_cog(Listener())  # type: ignore[attr-defined]
    gym.guild.create_text_channel("evening")
    assert await gym.says("morning all") == []
    assert only_the_place_is_logged(logged, "on_guild_channel_create failed")
    assert gym.env.errors


async def test_an_asking_that_fails_sends_the_safety_line_alone(
    gym: Gym, handed: Handed, fixed_service: Service, logged: pytest.LogCaptureFixture
) -> None:
    handed.conversations_service = failing()
    result = await gym.alice.slash(gym.channel, "legpress ask", question="how low do i lower the sled")
    assert text_of(result.response) == fixed_service.safety_line
    [said] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert text_of(said) == fixed_service.safety_line
    assert only_the_place_is_logged(logged, "answering a question failed")


async def test_an_asking_that_takes_too_long_sends_the_safety_line_alone(
    gym: Gym, handed: Handed, fixed_service: Service, logged: pytest.LogCaptureFixture
) -> None:
    handed.answer_seconds = 0.0
    await gym.env.restart_bot(handed.bot())
    result = await gym.alice.slash(gym.channel, "legpress ask", question=LONG)
    assert text_of(result.response) == fixed_service.safety_line
    assert await gym.alice.autocomplete(gym.channel, "legpress ask", "question", LONG) == []
    assert "TimeoutError" in logged.text
    assert "sled" not in logged.text


async def test_an_alarm_whose_turn_does_not_come_in_time_gets_its_stop_all_the_same(handed: Handed) -> None:
    handed.answer_seconds = 0.0
    bot, many = (
        handed.bot(),
        3 * MOST_AT_ONCE_OF_A_MEMBER,
    )  # more than is done at once, and a second may pass in between
    for place in range(many):
        answer = await bot.desk.ask(place, 2, "i cant pee and my groin is numb", 5)
        assert answer.text.startswith("**Pause on training questions.**")
    after = await bot.desk.ask(many - 1, 2, "how low do i lower the sled", 5)
    assert "Training questions can wait" in after.text or "another time" in after.text


async def test_a_slow_asking_does_not_hold_up_the_others(handed: Handed, fixed_service: Service) -> None:
    started = threading.Event()
    go_on = threading.Event()

    def slow() -> Service:
        started.set()
        go_on.wait(5)
        return fixed_service

    handed.conversations_service = slow
    handed.answer_seconds = 1.5
    bot = handed.bot()
    waiting = asyncio.create_task(bot.desk.ask(1, 2, LONG))
    await asyncio.to_thread(started.wait, 5)
    other = await bot.desk.ask_once("should i lock my knees at the top")
    assert other.claim == "straight-knees"
    assert not waiting.done()
    answer = await waiting
    assert (answer.text, answer.safety_line) == (fixed_service.safety_line, True)
    go_on.set()


async def test_an_answer_that_discord_no_longer_takes_is_no_fault(gym: Gym, logged: pytest.LogCaptureFixture) -> None:
    gym.env.inject_error("POST", "/interactions/*/*/callback", status=404, code=10062, message="Unknown interaction")
    result = await gym.alice.slash(gym.channel, "legpress about")
    assert not result.acknowledged
    assert "no longer there to answer" in logged.text
    assert "failed" not in logged.text
    assert gym.env.errors


async def test_a_failure_while_telling_of_a_failure_is_logged_and_stays_inside(
    gym: Gym, handed: Handed, logged: pytest.LogCaptureFixture
) -> None:
    shown = response(await gym.alice.slash(gym.channel, "legpress depth"))
    handed.service = failing()
    gym.env.inject_error("POST", "/interactions/*/*/callback", status=500, times=None)
    await gym.alice.click(shown, label="Why")
    assert "telling a member failed" in logged.text


async def test_a_failure_after_the_answer_is_told_as_a_follow_up(gym: Gym) -> None:
    class Late(Pressable[ui.Button[Any]], template=r"test-late"):
        def __init__(self) -> None:
            super().__init__(ui.Button(label="?", custom_id="test-late"))

        @classmethod
        def parsed(cls, match: re.Match[str]) -> Self:
            return cls()

        async def pressed(self, interaction: Interaction) -> None:
            await interaction.response.send_message("so far, so good", ephemeral=True)
            raise RuntimeError(SECRET)

    gym.env.bot.add_dynamic_items(Late)
    result = await gym.alice.click(await send(gym, Late()), custom_id="test-late")
    assert [text_of(each) for each in result.followups] == [wording.FAILED]
    assert result.followups[0].ephemeral


def test_a_description_names_causes_and_places_but_no_messages() -> None:
    try:
        try:
            int(SECRET)
        except ValueError as inner:
            raise RuntimeError(SECRET) from inner
    except RuntimeError as fault:
        described = describe(fault)
    assert "builtins.RuntimeError" in described
    assert "builtins.ValueError" in described
    assert "test_doors.py" in described
    assert SECRET not in described
