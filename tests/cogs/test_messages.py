"""Mentions, replies and direct messages, as members write them."""

import asyncio
from dataclasses import replace
from typing import Any

import discord
import pytest
import simcord

from bot.core.model import AboutThem, Condition
from bot.service import Service
from tests.support.discord_side import Gym, Handed, custom_ids, labels, text_of

ALARM = "I cant pee and my groin is numb since the leg press"


async def test_a_mention_is_answered_where_it_stands_as_a_reply(gym: Gym) -> None:
    [answer] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert "Stop just before the hips roll off the pad" in text_of(answer)
    assert answer.reference is not None
    assert "Share" not in labels(answer)
    assert "Ask more" not in labels(answer)
    assert labels(answer) == ["Steps", "Why", "Sources", "Related", "", "", "More"]
    assert {"lp:helpful:find-depth", "lp:unhelpful:find-depth"} <= set(custom_ids(answer))
    assert "Report" in labels((await gym.bob.click(answer, label="More")).response)
    assert not answer.mentions


async def test_a_mention_full_of_courtesies_is_answered_like_the_plain_one(gym: Gym) -> None:
    said = (
        f"Hi {gym.mention}, Priyanka from Coimbatore here! How low do i lower the sled? Thanks in advance bhai, cheers"
    )
    [answer] = await gym.says(said)
    assert "Stop just before the hips roll off the pad" in text_of(answer)


async def test_an_alarm_in_a_channel_is_told_there_in_full(gym: Gym) -> None:
    [answer] = await gym.says(f"{gym.mention} {ALARM}")
    assert "Pause on training questions" in text_of(answer)
    assert labels(answer) == ["Report"]
    assert "groin" not in text_of(answer).lower()


async def test_an_alarm_is_told_again_and_again(gym: Gym) -> None:
    for _ in range(4):
        assert len(await gym.says(f"{gym.mention} {ALARM}")) == 1


async def test_an_alarm_amid_a_flood_of_the_same_member_is_told(gym: Gym, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.service.answer_room.MOST_EACH", 2)
    monkeypatch.setattr("bot.service.conversations.SECONDS_BETWEEN", 0.0)  # after a stop the rest would wait for real
    line = gym.env.bot.desk.service().safety_line  # type: ignore[attr-defined]
    send: Any = simcord.MemberActor.send
    flood = [f"{gym.mention} how low do i lower the sled"] * 5
    # Below SimCord's own `send`, which lets the bot answer one message before the next is written.
    await asyncio.gather(
        *(send.__wrapped__(gym.alice, gym.channel, each) for each in [*flood, f"{gym.mention} {ALARM}"])
    )
    said = [text_of(each) for each in gym.public()]
    assert line not in said, "what was refused fills no channel"
    assert sum("Pause on training questions" in each for each in said) == 1


async def test_an_answer_about_pain_ends_with_the_safety_line(gym: Gym) -> None:
    [answer] = await gym.says(f"{gym.mention} why does my lower back hurt after leg press")
    assert isinstance(gym.env.bot, discord.Client)
    line = gym.env.bot.desk.service().safety_line  # type: ignore[attr-defined]
    assert text_of(answer).endswith(line)


async def test_what_a_member_said_of_themselves_stands_before_their_next_card_alone(
    gym: Gym, handed: Handed, fixed_service: Service
) -> None:
    them = AboutThem((Condition("why-sore", "a new hip", ("new hip",)),))
    known = fixed_service.over(replace(fixed_service.knowledge, about_them=them), fixed_service.matcher)
    handed.conversations_service = lambda: known
    await gym.says(f"{gym.mention} i have a new hip")
    [answer] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert text_of(answer).strip().startswith("You mentioned a new hip.")
    opened = (await gym.alice.click(answer, label="Steps")).response
    assert "You mentioned a new hip." in text_of(opened), "it stays where the card is opened"
    await gym.bob.send(gym.channel, f"{gym.mention} how low do i lower the sled")
    assert "You mentioned" not in text_of(gym.public()[-1])


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


async def own_role(gym: Gym) -> simcord.RoleHandle:
    """The role that Discord gives to the bot in each server; SimCord's has not the mark that says so."""
    role = gym.guild.create_role("Leg Press Bot")
    await gym.env.settle()
    guild = gym.env.bot.get_guild(gym.guild.id)
    known = guild.get_role(role.id) if guild else None
    assert known is not None
    assert gym.env.bot.user is not None
    known.tags = discord.RoleTags({"bot_id": str(gym.env.bot.user.id)})
    return role


async def test_a_mention_of_the_bots_own_role_gets_a_hint_and_the_safety_line(gym: Gym) -> None:
    role = await own_role(gym)
    [hint] = await gym.says(f"<@&{role.id}> {ALARM}")
    assert "Mention me instead" in text_of(hint)
    line = gym.env.bot.desk.service().safety_line  # type: ignore[attr-defined]
    assert line in text_of(hint)
    other = gym.guild.create_role("Trainers")
    assert await gym.says(f"<@&{other.id}> {ALARM}") == []
    [answer] = await gym.says(f"<@&{role.id}> {gym.mention} {ALARM}")
    assert "Pause on training questions" in text_of(answer)


@pytest.fixture
def reading(handed: Handed) -> None:
    """The bot of a host that set MESSAGE_CONTENT."""
    handed.message_content = True


@pytest.mark.usefixtures("reading")
async def test_where_the_text_beside_its_role_can_be_read_it_is_answered(gym: Gym) -> None:
    role = await own_role(gym)
    [answer] = await gym.says(f"<@&{role.id}> {ALARM}")
    assert "Pause on training questions" in text_of(answer)


async def test_a_list_of_questions_gets_one_compact_card_with_a_way_to_each(gym: Gym) -> None:
    [answer] = await gym.says(f"{gym.mention} how low do i lower the sled, and is locking out bad?")
    shown = [each for each in custom_ids(answer) if each.startswith("lp:show:")]
    assert len(shown) == 2
    assert "Ask one of these alone" not in text_of(answer)


async def test_a_bare_mention_gets_things_to_tap(gym: Gym) -> None:
    [hint] = await gym.says(gym.mention)
    shown = [each for each in custom_ids(hint) if each.startswith("lp:show:")]
    assert len(shown) == 4


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("hi", "Hello! Ask me anything"),
        ("what can you do", "I answer questions about the leg press"),
        ("are you a doctor?", "No, I'm a bot and no doctor"),
        ("you are useless", "Fair enough."),
    ],
)
async def test_first_words_get_a_line_and_things_to_tap_and_no_form(gym: Gym, said: str, line: str) -> None:
    [answer] = await gym.says(f"{gym.mention} {said}")
    assert text_of(answer).startswith(line)
    assert "\n" not in text_of(answer)
    assert "Suggest an answer" not in labels(answer)


async def test_what_is_tapped_after_a_greeting_is_answered(gym: Gym) -> None:
    [answer] = await gym.says(f"{gym.mention} hello")
    assert len([each for each in labels(answer) if each and each != "Report"]) == 4
    card = (await gym.alice.click(answer, label=labels(answer)[0])).response
    assert labels(answer)[0] in text_of(card) or "The claim" in text_of(card)


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("thanks!", "You're welcome."),
        ("👍", "I only read words."),
        ("lol", "Glad you're having fun."),
        ("ok cool", "Good."),
    ],
)
async def test_in_a_direct_message_thanks_and_emoji_get_a_line_as_well(gym: Gym, said: str, line: str) -> None:
    user = gym.env.create_user("carol")
    await user.send_dm(said)
    assert text_of(user.dm_channel.last_message).startswith(line)


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
    assert "Stop just before the hips roll off the pad" in text_of(answer)
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


async def test_a_direct_message_with_a_file_and_no_text_is_told_that_files_cannot_be_opened(gym: Gym) -> None:
    user = gym.env.create_user("carol")
    picture = gym.env.backend.store_attachments(user.dm_channel.id, [("a.png", b"x")])
    await user.send_dm("", attachments=picture)
    assert "I can't open pictures, files or voice messages" in text_of(user.dm_channel.last_message)


async def test_where_the_bot_may_not_read_the_history_it_answers_without_the_reference(gym: Gym) -> None:
    path = f"/channels/{gym.channel.id}/messages"
    gym.env.inject_error("POST", path, status=400, code=160002, message="Cannot reply without permission")
    [answer] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert answer.reference is None
    assert "Stop just before the hips roll off the pad" in text_of(answer)


async def test_where_the_bot_may_not_speak_it_is_silent(gym: Gym, caplog: pytest.LogCaptureFixture) -> None:
    gym.env.inject_error("POST", f"/channels/{gym.channel.id}/messages", status=403, code=50013, times=None)
    caplog.set_level("INFO", logger="bot")
    assert await gym.says(f"{gym.mention} how low do i lower the sled") == []
    assert "may not speak" in caplog.text
    assert "sled" not in caplog.text


async def test_every_public_card_can_be_opened_by_anybody_for_all(gym: Gym) -> None:
    [card] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert "lp:why:find-depth" in custom_ids(card)
    await gym.bob.click(card, label="Why")
    [now] = gym.public()
    assert "rolls the pelvis" in text_of(now)
    assert now.id == card.id


async def test_an_edit_is_not_answered_again(gym: Gym) -> None:
    asked = await gym.alice.send(gym.channel, f"{gym.mention} how low do i lower the sled")
    assert len(gym.public()) == 1
    await gym.alice.edit(asked, f"{gym.mention} should my knees touch my chest")
    assert len(gym.public()) == 1


async def test_a_mention_that_comes_by_an_edit_is_left_alone(gym: Gym) -> None:
    said = await gym.alice.send(gym.channel, "how low do i lower the sled")
    await gym.alice.edit(said, f"{gym.mention} how low do i lower the sled")
    assert gym.public() == []


async def test_a_message_forwarded_in_the_channel_is_left_alone(gym: Gym) -> None:
    said = await gym.bob.send(gym.channel, f"{gym.mention} how low do i lower the sled")
    before = len(gym.public())
    await gym.alice.forward(said, gym.channel)
    assert len(gym.public()) == before


async def test_a_message_forwarded_to_the_bot_is_answered(gym: Gym) -> None:
    said = await gym.bob.send(gym.channel, "how low do i lower the sled")
    await gym.alice.forward(said, gym.alice.user.dm_channel)
    answer = gym.alice.user.dm_channel.last_message
    assert answer is not None
    assert "Stop just before the hips roll off the pad" in text_of(answer)
    assert gym.public() == []


@pytest.mark.parametrize(
    "alarm",
    [
        "c h e s t p a i n and sweating",
        "||chest pain|| and sweating",
        "```\nchest pain and sweating\n```",
        "> chest pain and sweating",
        "ᴄʜᴇsᴛ ᴘᴀɪɴ and sweating",
        "cheѕt раin and sweating",
        "ch3st p41n and sweating",
        "chestpain and sweating",
        "chest\npain\nand\nsweating",
        "i want to k.m.s tonight",
        "i will k!ll myself",
    ],
)
async def test_a_hidden_alarm_stops_by_forwarding_reply_edit_and_mention(gym: Gym, alarm: str) -> None:
    said = await gym.bob.send(gym.channel, f"{gym.mention} {alarm}")
    assert labels(gym.public()[-1]) == ["Report"]
    await gym.alice.forward(said, gym.alice.user.dm_channel)
    forwarded = gym.alice.user.dm_channel.last_message
    assert forwarded is not None
    assert labels(forwarded) == ["Report"]
    [told] = await gym.says(f"{gym.mention} is that normal?", reply_to=said)
    assert labels(told) == ["Report"]
    before = len(gym.public())
    carol = gym.guild.add_member(gym.env.create_user("carol"))
    asked = await carol.send(gym.channel, f"{gym.mention} how low do i lower the sled")
    await carol.edit(asked, f"{gym.mention} {alarm}")
    [answered, edited] = gym.public()[before:]
    assert "Steps" in labels(answered)
    assert labels(edited) == ["Report"]


async def test_a_mention_beside_a_picture_gets_a_hint_and_a_question_beside_one_an_answer(gym: Gym) -> None:
    picture = {"attachments": [("a.png", b"x")]}
    [hint] = await gym.says(gym.mention, **picture)
    assert "/legpress ask" in text_of(hint)
    assert "I can't open pictures" in text_of(hint)
    [answer] = await gym.says(f"{gym.mention} how low do i lower the sled", **picture)
    assert "Stop just before the hips roll off the pad" in text_of(answer)


@pytest.mark.parametrize("text", ["😂😂😂", "<:pepe:123456789012345678>", "❤️‍🔥", "!!", "https://example.com/a.gif"])
async def test_an_emoji_or_a_link_alone_gets_silence(gym: Gym, text: str) -> None:
    assert await gym.says(f"{gym.mention} {text}") == []


async def test_a_mention_of_the_longest_length_is_answered_by_its_last_line(gym: Gym) -> None:
    story = "went to the gym with my brother on monday and it was busy. " * 40
    question = "how low do i lower the sled?"
    text = f"{gym.mention} {story}"[: 2000 - len(question) - 1] + f"\n{question}"
    assert len(await gym.says(text)) == 1


async def test_a_reply_that_only_mentions_the_bot_asks_it_to_answer_what_is_replied_to(
    gym: Gym,
) -> None:
    question = await gym.bob.send(gym.channel, f"{gym.mention} how low do i lower the sled")
    [answer] = await gym.says(gym.mention, reply_to=question)
    assert "Stop just before the hips roll off the pad" in text_of(answer)
    [reasons] = await gym.says(f"{gym.mention} why?")
    assert "rolls the pelvis backwards" in text_of(reasons)


async def test_what_discord_does_not_show_cannot_be_answered_and_gets_the_hint(gym: Gym) -> None:
    question = await gym.bob.send(gym.channel, "how low do i lower the sled")
    [hint] = await gym.says(gym.mention, reply_to=question)
    assert "Answer this" in text_of(hint)


async def test_a_mention_alone_under_the_bots_own_card_gets_the_hint(gym: Gym) -> None:
    [card] = await gym.says(f"{gym.mention} how low do i lower the sled")
    [hint] = await gym.says(gym.mention, reply_to=card)
    assert "/legpress ask" in text_of(hint)


async def test_an_alarm_that_a_mention_points_to_is_told_there(gym: Gym) -> None:
    alarm = await gym.bob.send(gym.channel, f"{gym.mention} {ALARM}")
    [stop] = await gym.says(gym.mention, reply_to=alarm)
    assert "They need help now" in text_of(stop)


@pytest.mark.parametrize("text", ["nice one", "will try that", "wow, didn't know that"])
async def test_a_reaction_to_an_answer_gets_silence(gym: Gym, text: str) -> None:
    [card] = await gym.says(f"{gym.mention} how low do i lower the sled")
    assert await gym.says(text, reply_to=card) == []


async def test_a_reply_to_the_bot_asks_it_without_a_mention_in_the_text(gym: Gym) -> None:
    [card] = await gym.says(f"{gym.mention} how low do i lower the sled")
    [answer] = await gym.says("why?", reply_to=card)
    assert "rolls the pelvis backwards" in text_of(answer)


async def test_somebody_elses_question_in_between_changes_nothing(gym: Gym) -> None:
    await gym.says(f"{gym.mention} how low do i lower the sled")
    await gym.bob.send(gym.channel, f"{gym.mention} should my knees touch my chest")
    [answer] = await gym.says(f"{gym.mention} why?")
    assert "rolls the pelvis backwards" in text_of(answer)


async def test_a_full_question_changes_the_subject(gym: Gym) -> None:
    await gym.says(f"{gym.mention} how low do i lower the sled")
    await gym.says(f"{gym.mention} why does my lower back hurt after leg press")
    [answer] = await gym.says(f"{gym.mention} how do i fix that?")
    assert "Take less weight for a week" in text_of(answer)


async def test_after_ten_minutes_a_follow_up_goes_on_from_nothing(gym: Gym, handed: Handed) -> None:
    now = [1000.0]
    handed.seconds = lambda: now[0]
    await gym.says(f"{gym.mention} how low do i lower the sled")
    now[0] += 599
    [answer] = await gym.says(f"{gym.mention} why?")
    assert "rolls the pelvis backwards" in text_of(answer)
    now[0] += 601
    assert not any("rolls the pelvis backwards" in text_of(each) for each in await gym.says(f"{gym.mention} why?"))


async def test_two_questions_at_once_get_two_answers_in_one_message(gym: Gym) -> None:
    [answer] = await gym.says(
        f"{gym.mention} why does my lower back hurt after leg press, and should my knees touch my chest?"
    )
    said = text_of(answer)
    assert "A back that is sore after the leg press was worked" in said
    assert "Pulling the knees to the chest rolls the pelvis." in said
    assert said.endswith(gym.env.bot.desk.service().safety_line)  # type: ignore[attr-defined]


async def test_a_side_and_a_negation_do_not_hide_the_question(gym: Gym) -> None:
    [answer] = await gym.says(
        f"{gym.mention} my back does NOT hurt, only my left leg is tired. how low do i lower the sled?"
    )
    assert "Stop just before the hips roll off the pad" in text_of(answer)


async def test_what_nobody_has_answered_yet_is_told_with_the_nearest_to_tap(gym: Gym) -> None:
    [answer] = await gym.says(f"{gym.mention} leg press for opera singers after singing")
    assert "nobody has written me an answer yet" in text_of(answer)
    assert len([each for each in custom_ids(answer) if each.startswith("lp:show:")]) == 2
    assert "Suggest an answer" in labels(answer)


async def test_what_nobody_has_answered_yet_offers_nothing_where_nothing_is_near(gym: Gym) -> None:
    [answer] = await gym.says(f"{gym.mention} leg press for opera singers vocal cords")
    assert "nobody has written me an answer yet" in text_of(answer)
    assert [each for each in custom_ids(answer) if each.startswith("lp:show:")] == []
    assert "Suggest an answer" in labels(answer)
