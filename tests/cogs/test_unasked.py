"""Answers that nobody asked the bot for: only where host and server want them, and never a nuisance."""

import asyncio

import discord
import pytest
from discord.ext import commands

from bot.service.access import Actor
from tests.support.discord_side import Handed, text_of
from tests.support.moderators import Club

SURE = "should my knees touch my chest"
UNSURE = "what is the weather in paris today"


@pytest.fixture
def handed(handed: Handed) -> Handed:
    """A bot whose host set MESSAGE_CONTENT."""
    handed.message_content = True
    return handed


@pytest.fixture
async def listening(club: Club) -> Club:
    """A server that wants unasked answers in its channel."""
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), channels={club.channel.id})
    return club


async def said_after(club: Club, text: str, who: object = None, **more: object) -> list[discord.Message]:
    member = who or club.mia
    before = len(_public(club))
    await member.send(club.channel, text, **more)  # type: ignore[attr-defined]
    return _public(club)[before:]


def _public(club: Club) -> list[discord.Message]:
    return [each for each in club.channel.history(viewer=club.dana) if each.author == club.env.bot.user]


async def test_a_sure_answer_comes_unasked_as_a_reply_that_pings_nobody(listening: Club) -> None:
    [answer] = await said_after(listening, SURE)
    assert "Pulling the knees to the chest rolls the pelvis." in text_of(answer)
    assert answer.reference is not None
    assert not answer.mentions


@pytest.mark.parametrize("text", [UNSURE, "nice", "lol knees", SURE + " thanks" * 60, "", "😂😂😂 😂😂😂 😂😂😂"])
async def test_what_is_not_a_sure_question_gets_silence(listening: Club, text: str) -> None:
    more = {} if text else {"attachments": [("a.png", b"x")]}
    assert await said_after(listening, text, **more) == []


async def test_it_never_answers_twice_in_a_row(listening: Club) -> None:
    assert len(await said_after(listening, SURE)) == 1
    assert await said_after(listening, "how low do i lower the sled") == []


async def test_other_channels_stay_quiet(club: Club) -> None:
    assert await said_after(club, SURE) == []


async def test_who_wants_to_be_ignored_gets_none(listening: Club) -> None:
    await listening.workshop.privacy.ignore(listening.mia.id)
    assert await said_after(listening, SURE) == []


async def test_what_members_say_to_each_other_stays_between_them(listening: Club) -> None:
    assert await said_after(listening, f"{listening.eric.mention} {SURE}") == []


async def test_a_question_to_the_bot_is_answered_once(listening: Club) -> None:
    assert listening.env.bot.user is not None
    assert len(await said_after(listening, f"{listening.env.bot.user.mention} {SURE}")) == 1


async def test_a_channel_where_the_bot_may_not_speak_costs_nothing(listening: Club) -> None:
    path = f"/channels/{listening.channel.id}/messages"
    listening.env.inject_error("POST", path, status=403, code=50013)
    assert await said_after(listening, SURE) == []


async def test_with_the_database_gone_it_still_follows_what_it_knew(listening: Club) -> None:
    assert await said_after(listening, "nice") == []
    listening.break_store()
    assert len(await said_after(listening, SURE)) == 1
    listening.mend_store()


ALARM = "I cant pee and my groin is numb since the leg press"


async def test_a_warning_sign_is_never_passed_over(listening: Club) -> None:
    [stop] = await said_after(listening, ALARM)
    assert "Pause on training questions" in text_of(stop)


async def test_a_warning_sign_breaks_the_quiet_minute_and_another_gets_the_short_form(listening: Club) -> None:
    assert len(await said_after(listening, SURE)) == 1
    [stop] = await said_after(listening, ALARM)
    [again] = await said_after(listening, f"still the same. {ALARM}")
    [other] = await said_after(listening, ALARM, listening.eric)
    assert "Pause on training questions" in text_of(stop)
    assert 0 < len(text_of(again)) < len(text_of(stop))
    assert text_of(other) == text_of(stop)


async def test_a_warning_sign_in_a_long_story_is_not_passed_over(listening: Club) -> None:
    story = "I have trained legs twice a week for years and wrote down every set. " * 8
    [stop] = await said_after(listening, f"{story}{ALARM}. Should I change my stance?")
    assert "Pause on training questions" in text_of(stop)


@pytest.mark.both_databases
async def test_of_two_questions_at_once_one_is_answered(club: Club) -> None:
    asked = [await who.send(club.channel, SURE) for who in (club.mia, club.eric)]
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), channels={club.channel.id})
    assert isinstance(club.env.bot, commands.AutoShardedBot)
    cog = club.env.bot.get_cog("UnaskedAnswers")
    assert cog is not None
    [(_, hear)] = cog.get_listeners()
    await asyncio.gather(*(hear(message) for message in asked))
    assert len(_public(club)) == 1


async def test_edits_and_forwarded_messages_get_silence(listening: Club) -> None:
    away = listening.guild.create_text_channel("away")
    said = await listening.mia.send(away, SURE)
    await listening.mia.forward(said, listening.channel)
    other = await listening.mia.send(listening.channel, "nice")
    await listening.mia.edit(other, SURE)
    assert _public(listening) == []


async def test_other_bots_and_webhooks_get_silence(listening: Club) -> None:
    robot = listening.guild.add_member(listening.env.create_user("robot", bot=True))
    assert await said_after(listening, SURE, robot) == []
    hook = listening.guild.create_webhook(listening.channel, "hook")
    await hook.send(SURE)
    assert _public(listening) == []


async def test_a_reply_that_only_mentions_the_bot_gets_an_answer_to_what_is_replied_to(listening: Club) -> None:
    assert listening.env.bot.user is not None
    question = await listening.mia.send(listening.channel, f"{listening.eric.mention} {SURE}")
    [answer] = await said_after(listening, listening.env.bot.user.mention, listening.eric, reply_to=question)
    assert "Pulling the knees to the chest rolls the pelvis." in text_of(answer)


async def test_once_quiet_again_the_next_question_is_answered(listening: Club) -> None:
    now = [0.0]
    listening.workshop.unasked._clock = lambda: now[0]
    assert len(await said_after(listening, SURE)) == 1
    now[0] = 61.0
    assert await said_after(listening, "nice") == []
    assert len(await said_after(listening, "how low do i lower the sled")) == 1


class TestWithoutTheHost:
    @pytest.fixture
    def handed(self, handed: Handed) -> Handed:
        """A bot whose host did not set MESSAGE_CONTENT."""
        handed.message_content = False
        return handed

    async def test_nothing_is_answered_unasked(self, listening: Club) -> None:
        assert await said_after(listening, SURE) == []
