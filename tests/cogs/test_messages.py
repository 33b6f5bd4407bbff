"""Mentions, replies and direct messages, as members write them."""

import discord
import pytest

from tests.support.discord_side import Gym, custom_ids, labels, text_of

ALARM = "I cant pee and my groin is numb since the leg press"


async def test_a_mention_is_answered_where_it_stands_as_a_reply(gym: Gym) -> None:
    [answer] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert "### Find your own depth" in text_of(answer)
    assert answer.reference is not None
    assert "Share" not in labels(answer)
    assert "Ask more" not in labels(answer)
    assert {"Why", "Sources", "Report", "Helpful", "Not helpful"} <= set(labels(answer))
    assert not answer.mentions


async def test_an_alarm_in_a_channel_is_told_there_in_full(gym: Gym) -> None:
    [answer] = await gym.says(f"{gym.mention} {ALARM}")
    assert "Pause on training questions" in text_of(answer)
    assert labels(answer) == ["Report"]
    assert "groin" not in text_of(answer).lower()


async def test_an_alarm_is_told_again_and_again(gym: Gym) -> None:
    for _ in range(4):
        assert len(await gym.says(f"{gym.mention} {ALARM}")) == 1


async def test_an_answer_about_pain_ends_with_the_safety_line(gym: Gym) -> None:
    [answer] = await gym.says(f"{gym.mention} why does my lower back hurt after leg press")
    assert isinstance(gym.env.bot, discord.Client)
    line = gym.env.bot.service().safety_line  # type: ignore[attr-defined]
    assert text_of(answer).endswith(line)


async def test_a_message_without_a_mention_is_left_alone(gym: Gym) -> None:
    assert await gym.says("how low do i lower the sled") == []


async def test_everyone_is_no_mention_of_the_bot(gym: Gym) -> None:
    assert await gym.says("@everyone how low do i lower the sled") == []


@pytest.mark.parametrize("chatter", ["thanks!", "lol", "cool, cheers mate", "👍"])
async def test_thanks_and_chatter_get_silence(gym: Gym, chatter: str) -> None:
    assert await gym.says(f"{gym.mention} {chatter}") == []


async def test_a_bare_mention_gets_a_hint(gym: Gym) -> None:
    [hint] = await gym.says(gym.mention)
    assert "/legpress ask" in text_of(hint)
    assert "Answer this" in text_of(hint)


async def test_a_reply_to_the_bots_message_goes_on_from_it(gym: Gym) -> None:
    [card] = await gym.says(f"{gym.mention} how low do i lower the sled")
    [answer] = await gym.says(f"{gym.mention} why?", reply_to=card)
    assert "rolls the pelvis backwards" in text_of(answer)
    assert "What to do" not in text_of(answer)


async def test_a_reply_goes_on_from_a_card_that_somebody_else_asked_for(gym: Gym) -> None:
    [card] = await gym.says(f"{gym.mention} how low do i lower the sled")
    await gym.bob.send(gym.channel, f"{gym.mention} sources?", reply_to=card)
    answer = gym.public()[-1]
    assert "Bohannon RW (1985)" in text_of(answer)
    assert "Keep in mind: 17 young people" in text_of(answer)


async def test_how_do_i_do_it_brings_the_steps(gym: Gym) -> None:
    await gym.says(f"{gym.mention} how low do i lower the sled")
    [answer] = await gym.says(f"{gym.mention} what should i do then?")
    assert "1. Take a light sled" in text_of(answer)
    assert "No angle fits every body" not in text_of(answer)


async def test_a_reply_to_a_stop_goes_on_from_nothing(gym: Gym) -> None:
    [stop] = await gym.says(f"{gym.mention} {ALARM}")
    [answer] = await gym.says(f"{gym.mention} should my knees touch my chest", reply_to=stop)
    assert text_of(answer)


async def test_another_members_follow_up_is_their_own(gym: Gym) -> None:
    await gym.says(f"{gym.mention} how low do i lower the sled")
    before = len(gym.public())
    await gym.bob.send(gym.channel, f"{gym.mention} why?")
    said = [text_of(each) for each in gym.public()[before:]]
    assert not any("rolls the pelvis backwards" in each for each in said)


async def test_bots_and_webhooks_are_ignored(gym: Gym) -> None:
    robot = gym.guild.add_member(gym.env.create_user("robot", bot=True))
    await robot.send(gym.channel, f"{gym.mention} how low do i lower the sled")
    hook = gym.guild.create_webhook(gym.channel, "hook")
    await hook.send(f"{gym.mention} how low do i lower the sled")
    assert gym.public() == []


async def test_a_direct_message_is_answered(gym: Gym) -> None:
    user = gym.env.create_user("carol")
    await user.send_dm("how low do i lower the sled")
    answer = user.dm_channel.last_message
    assert answer is not None
    assert answer.author == gym.env.bot.user
    assert "### Find your own depth" in text_of(answer)
    assert "Share" not in labels(answer)


async def test_a_follow_up_in_a_direct_message_goes_on(gym: Gym) -> None:
    user = gym.env.create_user("carol")
    await user.send_dm("how low do i lower the sled")
    await user.send_dm("why?")
    assert "rolls the pelvis backwards" in text_of(user.dm_channel.last_message)


async def test_an_alarm_told_in_two_direct_messages_is_heard(gym: Gym) -> None:
    user = gym.env.create_user("carol")
    await user.send_dm("my lower back is killing me since leg day")
    await user.send_dm("and now i cant pee")
    assert "Pause on training questions" in text_of(user.dm_channel.last_message)


async def test_thanks_in_a_direct_message_get_silence(gym: Gym) -> None:
    user = gym.env.create_user("carol")
    sent = await user.send_dm("thanks!")
    assert user.dm_channel.last_message is not None
    assert user.dm_channel.last_message.id == sent.id


async def test_a_direct_message_without_text_gets_silence(gym: Gym) -> None:
    user = gym.env.create_user("carol")
    picture = gym.env.backend.store_attachments(user.dm_channel.id, [("a.png", b"x")])
    sent = await user.send_dm("", attachments=picture)
    assert [each.id for each in user.dm_channel.history()] == [sent.id]


async def test_where_the_bot_may_not_read_the_history_it_answers_without_the_reference(gym: Gym) -> None:
    path = f"/channels/{gym.channel.id}/messages"
    gym.env.inject_error("POST", path, status=400, code=160002, message="Cannot reply without permission")
    [answer] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert answer.reference is None
    assert "### Find your own depth" in text_of(answer)


async def test_where_the_bot_may_not_speak_it_is_silent(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    gym.env.inject_error("POST", f"/channels/{gym.channel.id}/messages", status=403, code=50013, times=None)
    caplog.set_level("INFO", logger="bot")
    assert await gym.says(f"{gym.mention} how low do i lower the sled") == []
    assert "may not speak" in caplog.text
    assert "sled" not in caplog.text


async def test_every_public_card_can_be_pressed_by_anybody_and_tells_only_them(gym: Gym) -> None:
    [card] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert "lp:why:find-depth" in custom_ids(card)
    result = await gym.bob.click(card, label="Why")
    assert result.ephemeral
    assert len(gym.public()) == 1
