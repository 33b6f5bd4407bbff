"""What members meet who ask, type or draw much in a short time: when to come back, and never silence about an alarm."""

import pytest

from bot.client import LegPressBot
from bot.client.desk import CHOICES_AT_ONCE, QUESTIONS_AT_ONCE, SECONDS_A_QUESTION
from bot.service.allowance import Allowance, Pace, Paces
from bot.ui.kit.pictures import DRAWINGS_AT_ONCE
from tests.support.discord_side import Gym, text_of

ALARM = "I cant pee and my groin is numb since the leg press"
FIELDS = {"roll": "hip 75", "backrest": "30 degrees", "feet": "middle"}


def still() -> float:
    """A clock that stands, so that a busy machine gives nobody time."""
    return 0.0


def bot_of(gym: Gym) -> LegPressBot:
    assert isinstance(gym.env.bot, LegPressBot)
    return gym.env.bot


async def asked(gym: Gym, question: str, *, of: str = "alice") -> str:
    result = await getattr(gym, of).slash(gym.channel, "legpress ask", question=question)
    return text_of(result.response)


async def test_whoever_asks_too_fast_hears_when_to_come_back_and_others_are_answered(gym: Gym) -> None:
    bot_of(gym).desk._questions = Paces(Pace(QUESTIONS_AT_ONCE, SECONDS_A_QUESTION, still), Pace(300, 1.0, still))
    for _ in range(QUESTIONS_AT_ONCE):
        assert "Come back" not in await asked(gym, "claim:find-depth")
    said = await asked(gym, "how deep should i go")
    assert "You ask faster than I can read. Come back in 3 seconds." in said
    assert bot_of(gym).desk.service().safety_line.split("\n")[0] in said
    assert "The claim:" in await asked(gym, "claim:find-depth", of="bob")


async def test_an_alarm_is_stopped_however_fast_it_comes(gym: Gym) -> None:
    bot_of(gym).desk._questions = Paces(Pace(1, 60.0, still), Pace(100, 1.0, still))
    await asked(gym, "how deep should i go")
    assert "Come back in 60 seconds" in await asked(gym, "how deep should i go")
    assert "emergency" in (await asked(gym, ALARM)).lower()


async def test_where_a_whole_server_asks_too_fast_alarms_are_stopped_as_well(gym: Gym) -> None:
    bot_of(gym).desk._questions = Paces(Pace(100, 1.0, still), Pace(1, 60.0, still))
    await asked(gym, "how deep should i go")
    assert "More is asked here than I can read. Come back in 60 seconds." in await asked(gym, "feet high", of="bob")
    assert "emergency" in (await asked(gym, ALARM, of="bob")).lower()


async def test_a_channel_hears_nothing_of_a_flood_but_an_alarm(gym: Gym) -> None:
    bot = bot_of(gym)
    bot.desk._questions = Paces(Pace(1, 60.0, still), Pace(100, 1.0, still))
    assert bot.user is not None
    for text in ("how deep should i go", "feet high or low", ALARM):
        await gym.alice.send(gym.channel, f"<@{bot.user.id}> {text}")
    answers = [text_of(each) for each in gym.channel.history() if each.author.id == bot.user.id]
    assert len(answers) == 2
    assert any("emergency" in each.lower() for each in answers)


async def test_autocomplete_says_when_to_come_back_and_still_offers_the_stop(gym: Gym) -> None:
    assert CHOICES_AT_ONCE > 20  # nobody types as many letters at once
    bot_of(gym).desk._choices = Paces(Pace(1, 30.0, still), Pace(100, 1.0, still))
    assert len(await gym.alice.autocomplete(gym.channel, "legpress ask", "question", "depth")) > 1
    [choice] = await gym.alice.autocomplete(gym.channel, "legpress ask", "question", "depth")
    assert choice["name"] == "You ask faster than I can read. Come back in 30 seconds."
    assert choice["value"] == "depth"
    [stop] = await gym.alice.autocomplete(gym.channel, "legpress ask", "question", ALARM)
    assert str(stop["value"]).startswith("stop:")


@pytest.mark.simcord(check_errors=False)
async def test_drawings_have_a_pace_and_an_alarm_in_their_fields_is_stopped(gym: Gym) -> None:
    assert DRAWINGS_AT_ONCE >= 5
    pictures = bot_of(gym).desk.pictures
    pictures._pace = Pace(1, 20.0, still)
    first = await gym.alice.slash(gym.channel, "legpress my-depth", **FIELDS)
    assert "Come back" not in text_of(first.response)
    second = await gym.alice.slash(gym.channel, "legpress my-depth", **FIELDS)
    assert "Come back in 20 s" in text_of(second.response)
    others = await gym.bob.slash(gym.channel, "legpress my-depth", **FIELDS)
    assert "Come back" not in text_of(others.response)
    alarm = await gym.alice.slash(gym.channel, "legpress my-depth", height="cant pee, groin numb")
    assert "emergency" in text_of(alarm.response).lower()


@pytest.mark.simcord(check_errors=False)
async def test_a_server_sends_only_so_many_reports_a_day_and_gets_back_what_was_written(gym: Gym) -> None:
    bot_of(gym).desk.server_reports = Allowance(1, "reports from one server")
    said = ""
    for member in (gym.alice, gym.bob):
        report = await member.slash(gym.channel, "legpress report")
        said = text_of((await member.submit_modal(report, {"text": "the card is wrong"})).response)
    assert "That makes 1 reports from one server within a day" in said
    assert "the card is wrong" in said
