"""The ten minutes after a stop, at every door through which a member can come."""

import asyncio

import pytest
import simcord
from simcord.backend.models.message import Poll, PollAnswer

from bot.core.model import Stop, Tier
from bot.ui.answer.replies import notice, stop
from bot.ui.wording import STOP_COLOURS
from tests.support.discord_side import Gym, Handed, custom_ids, labels, press, response, text_of

ALARM = "I cant pee and my groin is numb since the leg press"
HEAD = "hit my head on the upright and now I keep being sick and can't think straight"
DEEP = "how low do i lower the sled"
TRAINING = (
    "###",
    "Find your own depth",
    "Is it one of these",
    "nearest to your words",
    "What to do",
    "Knees to your chest",
)
HELD = ("Call your emergency number", "your local emergency number")


def assert_held(said: str) -> None:
    assert not [word for word in TRAINING if word in said], said
    assert any(word in said for word in HELD), said


@pytest.fixture
def clock(handed: Handed) -> list[float]:
    now = [1000.0]
    handed.seconds = lambda: now[0]
    return now


async def test_every_next_mention_gets_the_stop_until_ten_minutes_are_over(gym: Gym, clock: list[float]) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    for text in (DEEP, "why?", "thanks", "feels better now", "it was a joke", "😂", "and calves?", "yes", "hi", "help"):
        clock[0] += 6
        [after] = await gym.says(f"{gym.mention} {text}")
        assert_held(text_of(after))
        assert labels(after) == ["Report"]
    clock[0] += 600
    [answer] = await gym.says(f"{gym.mention} {DEEP}")
    assert "Stop just before the hips roll off the pad" in text_of(answer)
    assert "Skip the tips and get medical help now" in text_of(answer)
    [second] = await gym.says(f"{gym.mention} should my knees touch my chest")
    assert "Pulling the knees to the chest rolls the pelvis." in text_of(second)


async def test_who_says_ten_times_that_it_was_a_joke_gets_the_stop_ten_times(gym: Gym, clock: list[float]) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    for text in (
        "it was a joke", "lol jk", "im joking", "it was a joke!!", "no really i was kidding", "just kidding, how deep do i go",
        "JOKE", "was only joking, now tell me how low to lower the sled", "i made it up", "it was a joke ok? " + DEEP,
    ):  # fmt: skip
        clock[0] += 6
        [after] = await gym.says(f"{gym.mention} {text}")
        assert_held(text_of(after))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("what number do i call", "It's for exactly this"),
        ("i called, they're on the way, what do i do until then", "Keep your phone on"),
        ("nobody here can drive me", "have them come to you"),
        ("would ibuprofen help", "anything about medicines"),
        ("i can't afford an ambulance", "ask about money after"),
        ("im so scared", "That sounds frightening"),
        ("lol jk", "leave training questions for ten minutes"),
        ("cheers", "Take care of yourself"),
        ("its easing off", "still needs the same check"),
        ("is it bad", "Still the same from me"),
        ("it happened again just now", "Pause on training questions"),
        (DEEP, "come back to training another time"),
        ("im in Perth", "Call 000."),
        ("was only messing about, it's fine", "leave training questions for ten minutes"),
        ("who pays for the ambulance", "ask about money after"),
        ("is it free in the uk", "ask about money after"),
        ("is my gran's balm any good", "anything about medicines"),
        ("operator put me on hold", "Keep your phone on"),
        ("just me and the cleaner in here", "have them come to you"),
        ("meanwhile how many plates", "come back to training another time"),
        ("why does it feel like that", "Still the same from me"),
    ],
)
async def test_what_people_ask_then_is_answered_from_fixed_texts(gym: Gym, text: str, says: str) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    [after] = await gym.says(f"{gym.mention} {text}")
    assert says in text_of(after)


async def test_a_named_country_stays_for_the_rest_of_the_state(gym: Gym, clock: list[float]) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    await gym.says(f"{gym.mention} i'm in Scotland, which number")
    clock[0] += 6
    [after] = await gym.says(f"{gym.mention} {DEEP}")
    assert "Call 999." in text_of(after)


async def test_slash_commands_are_held_and_the_report_is_not(gym: Gym) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    for command in (
        "legpress depth",
        "legpress warning-signs",
        "legpress about",
        "legpress checklist",
        "legpress my-depth",
    ):
        result = await gym.alice.slash(gym.channel, command)
        assert result.ephemeral
        assert_held(text_of(result.response))
    asked = await gym.alice.slash(gym.channel, "legpress ask", question=DEEP)
    assert_held(text_of(asked.response))
    opened = await gym.alice.slash(gym.channel, "legpress report")
    sent = await gym.alice.submit_modal(opened, {"text": "your numbers are wrong"})
    assert_held(text_of(sent.response))
    assert any("will read it" in text_of(each) for each in sent.followups)


async def test_buttons_of_older_cards_are_held(gym: Gym, clock: list[float]) -> None:
    [card] = await gym.says(f"{gym.mention} {DEEP}")
    await gym.says(f"{gym.mention} {ALARM}")
    for custom_id in custom_ids(card):
        if custom_id.split(":")[1] in {"steps", "why", "sources", "related", "extras", "show"}:
            result = await gym.alice.click(card, custom_id=custom_id)
            assert_held(text_of(result.response))
    await gym.bob.click(card, label="Why")
    [now] = [each for each in gym.public() if each.id == card.id]
    assert "Why ▴" in labels(now)


async def test_a_checklist_is_not_ticked_on(gym: Gym) -> None:
    made = await gym.alice.slash(gym.channel, "legpress checklist")
    await gym.says(f"{gym.mention} {ALARM}")
    ticked = await gym.alice.click(
        response(made), custom_id=next(each for each in custom_ids(made.response) if each.startswith("lp:tick:0:"))
    )
    assert_held(text_of(ticked.response))


async def test_a_form_that_was_open_is_held(gym: Gym) -> None:
    card = await gym.alice.slash(gym.channel, "legpress depth")
    opened = await press(gym.alice, response(card), "Ask more")
    await gym.says(f"{gym.mention} {ALARM}")
    sent = await gym.alice.submit_modal(opened, {"text": "why?"})
    assert_held(text_of(sent.response))


async def test_the_fields_of_my_depth_bring_a_stop_that_holds(gym: Gym) -> None:
    result = await gym.alice.slash(gym.channel, "legpress my-depth", height="cant pee, groin numb")
    assert "Pause on training questions" in text_of(result.response)
    [after] = await gym.says(f"{gym.mention} {DEEP}")
    assert_held(text_of(after))


async def test_a_report_that_is_an_alarm_holds(gym: Gym) -> None:
    opened = await gym.alice.slash(gym.channel, "legpress report")
    sent = await gym.alice.submit_modal(opened, {"text": ALARM})
    assert "Pause on training questions" in text_of(sent.response)
    [after] = await gym.says(f"{gym.mention} {DEEP}")
    assert_held(text_of(after))


async def test_autocomplete_offers_the_stop_with_its_number_and_choosing_it_shows_the_routes_text(gym: Gym) -> None:
    [choice] = await gym.alice.autocomplete(gym.channel, "legpress ask", "question", HEAD)
    assert "911" in choice["name"][:60]
    assert len(choice["value"]) <= 100
    result = await gym.alice.slash(gym.channel, "legpress ask", question=choice["value"])
    assert "A knock to the head" in text_of(result.response)
    [again] = await gym.alice.autocomplete(gym.channel, "legpress ask", "question", "depth")
    assert again["value"].startswith("stop:emergency:head_injury")
    after = await gym.alice.slash(gym.channel, "legpress ask", question="claim:find-depth")
    assert_held(text_of(after.response))


async def test_the_choice_of_an_older_version_still_shows_a_stop(gym: Gym) -> None:
    result = await gym.alice.slash(gym.channel, "legpress ask", question="stop:emergency")
    assert "Pause on training questions" in text_of(result.response)


async def test_direct_messages_are_held_after_a_stop_in_a_server(gym: Gym) -> None:
    await gym.says(f"{gym.mention} {HEAD}")
    await gym.alice.user.send_dm(DEEP)
    assert_held(text_of(gym.alice.user.dm_channel.last_message))


async def test_a_stop_in_direct_messages_is_not_told_in_public(gym: Gym) -> None:
    await gym.alice.user.send_dm(ALARM)
    [answer] = await gym.says(f"{gym.mention} {DEEP}")
    assert "Stop just before the hips roll off the pad" in text_of(answer)
    assert "Skip the tips and get medical help now" in text_of(answer)
    private = await gym.alice.slash(gym.channel, "legpress ask", question=DEEP)
    assert_held(text_of(private.response))


async def test_somebody_else_is_answered_as_ever(gym: Gym) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    await gym.bob.send(gym.channel, f"{gym.mention} {DEEP}")
    assert "Stop just before the hips roll off the pad" in text_of(gym.public()[-1])


@pytest.mark.parametrize("text", ["can he train?", "is she ok", "what should they do"])
async def test_somebody_else_who_asks_about_them_gets_the_stop_for_others(gym: Gym, text: str) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    await gym.bob.send(gym.channel, f"{gym.mention} {text}")
    said = text_of(gym.public()[-1])
    assert_held(said)
    assert "Still the same: they need help" in said


async def test_somebody_elses_reply_to_the_stop_gets_the_stop_for_others(gym: Gym) -> None:
    [told] = await gym.says(f"{gym.mention} {ALARM}")
    await gym.bob.send(gym.channel, f"{gym.mention} is it bad", reply_to=told)
    assert "they need help" in text_of(gym.public()[-1])
    await gym.bob.send(gym.channel, f"{gym.mention} {DEEP}")
    assert "Stop just before the hips roll off the pad" in text_of(gym.public()[-1])


async def test_a_reply_to_somebodys_alarm_reads_what_it_replies_to(gym: Gym) -> None:
    alarm = await gym.alice.send(gym.channel, f"{gym.mention} {ALARM}")
    await gym.bob.send(gym.channel, f"{gym.mention} can he train?", reply_to=alarm)
    assert "they need help" in text_of(gym.public()[-1])


async def test_a_reply_to_an_alarm_that_nobody_told_yet_gets_the_whole_stop(gym: Gym) -> None:
    robot = gym.guild.add_member(gym.env.create_user("carol"))
    alarm = await robot.send(gym.channel, f"{gym.mention} hi")
    await robot.edit(alarm, f"{gym.mention} thanks all")
    old = await robot.send(gym.channel, f"{gym.mention} my mate collapsed on the leg press and his face is drooping")
    assert "They need help now" in text_of(gym.public()[-1])
    await gym.bob.send(gym.channel, f"{gym.mention} what now", reply_to=old)
    assert "need help" in text_of(gym.public()[-1])


TITLE = "crushing chest pain after the leg press, arm numb"


def opened_by(gym: Gym, owner: simcord.MemberActor, title: str) -> simcord.ChannelHandle:
    """A thread in the gym's channel."""
    opened = gym.env.backend.create_thread(gym.channel.id, name=title, owner_id=owner.id)
    [thread] = [each for each in gym.channel.threads if each.id == opened.id]
    return thread


def said_in(gym: Gym, thread: simcord.ChannelHandle) -> list[str]:
    """What the bot has said in a thread."""
    return [text_of(each) for each in thread.history() if each.author == gym.env.bot.user]


@pytest.mark.parametrize("replies", [False, True])
async def test_the_title_of_ones_own_thread_is_read_also_in_a_reply_to_a_helper(gym: Gym, replies: bool) -> None:
    thread = opened_by(gym, gym.alice, TITLE)
    helper = await gym.bob.send(thread, "rest a bit and drink water")
    await gym.alice.send(thread, f"{gym.mention} {DEEP}", reply_to=helper if replies else None)
    await gym.bob.send(thread, f"{gym.mention} {DEEP}")
    own, others = said_in(gym, thread)
    assert_held(own)
    assert "Stop just before the hips roll off the pad" in others


@pytest.mark.parametrize("command", ["depth", "my-depth", "checklist"])
async def test_the_title_of_ones_own_thread_holds_commands_back(gym: Gym, command: str) -> None:
    thread = opened_by(gym, gym.alice, TITLE)
    result = await gym.alice.slash(thread, f"legpress {command}")
    assert_held(text_of(result.response))
    others = await gym.bob.slash(thread, f"legpress {command}")
    assert "emergency number" not in text_of(others.response)


async def test_the_title_of_ones_own_thread_comes_before_a_question_and_a_button(gym: Gym) -> None:
    result = await gym.alice.slash(opened_by(gym, gym.alice, TITLE), "legpress ask", question=DEEP)
    assert_held(text_of(result.response))
    other = opened_by(gym, gym.bob, TITLE)
    await gym.alice.send(other, f"{gym.mention} {DEEP}")
    [card] = [each for each in other.history() if each.author == gym.env.bot.user]
    pressed = await press(gym.bob, card, "Steps")
    assert_held(text_of(pressed.response))


async def test_naming_the_bot_alone_in_ones_own_thread_gets_the_stop_of_its_title(gym: Gym) -> None:
    thread = opened_by(gym, gym.alice, TITLE)
    await gym.alice.send(thread, gym.mention)
    [said] = said_in(gym, thread)
    assert "Pause on training questions" in said


async def test_who_asks_about_whoever_opened_a_thread_gets_the_stop_for_others(gym: Gym) -> None:
    thread = opened_by(gym, gym.alice, TITLE)
    await gym.bob.send(thread, f"{gym.mention} can she still train tomorrow?")
    [said] = said_in(gym, thread)
    assert "They need help now" in said


async def test_a_title_of_tier_soon_is_told_once_and_holds_nobody(gym: Gym) -> None:
    thread = opened_by(gym, gym.alice, "i leak a bit of pee on heavy presses")
    for _ in range(2):
        await gym.alice.send(thread, f"{gym.mention} {DEEP}")
    first, second = said_in(gym, thread)
    assert "pelvic-floor physio this week" in first
    assert "Stop just before the hips roll off the pad" in second
    assert "pelvic-floor physio this week" in second
    result = await gym.alice.slash(thread, "legpress depth")
    assert "Stop just before the hips roll off the pad" in text_of(result.response)


@pytest.mark.parametrize("words", ["", "look at this"])
async def test_what_a_poll_asks_is_read(gym: Gym, words: str) -> None:
    poll = Poll(ALARM, [PollAnswer(1, "rest"), PollAnswer(2, "train on")], "2026-12-24T00:00:00+00:00")
    gym.env.backend.create_message(gym.channel.id, gym.alice.id, f"{gym.mention} {words}", poll=poll)
    await gym.env.settle()
    assert "Pause on training questions" in text_of(gym.public()[-1])


async def test_a_reply_to_a_stop_counts_as_after_it_also_after_a_restart(
    gym: Gym, simcord_env: simcord.Env, handed: Handed
) -> None:
    [told] = await gym.says(f"{gym.mention} {HEAD}")
    await simcord_env.restart_bot(handed.bot())
    [after] = await gym.says(f"{gym.mention} {DEEP}", reply_to=told)
    assert_held(text_of(after))
    [again] = await gym.says(f"{gym.mention} is it serious", reply_to=told)
    assert "A knock to the head" in text_of(again)


async def test_an_edit_that_becomes_an_alarm_is_answered_and_holds(gym: Gym) -> None:
    message = await gym.alice.send(gym.channel, f"{gym.mention} hello")
    before = len(gym.public())
    await gym.alice.edit(message, f"{gym.mention} {ALARM}")
    assert "Pause on training questions" in text_of(gym.public()[before])
    [after] = await gym.says(f"{gym.mention} {DEEP}")
    assert_held(text_of(after))


async def test_a_graver_alarm_gets_its_whole_text_and_a_lesser_one_changes_nothing(gym: Gym) -> None:
    await gym.says(f"{gym.mention} one calf is hot, swollen and throbbing since the flight")
    [graver] = await gym.says(f"{gym.mention} {ALARM}")
    assert "Pause on training questions" in text_of(graver)
    [lesser] = await gym.says(f"{gym.mention} one calf is hot, swollen and throbbing since the flight")
    assert "Still the same from me" in text_of(lesser)


async def test_again_is_said_of_the_same_only(gym: Gym) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    [other] = await gym.says(f"{gym.mention} {HEAD}")
    assert "A knock to the head" in text_of(other)
    assert "Still the same" not in text_of(other)


async def test_a_stop_of_tier_soon_holds_nobody_and_its_caution_goes_with_the_next_answers(gym: Gym) -> None:
    [told] = await gym.says(f"{gym.mention} 20 weeks pregnant, is leg press ok for me")
    assert "midwife" in text_of(told)
    [answer] = await gym.says(f"{gym.mention} {DEEP}")
    assert "Stop just before the hips roll off the pad" in text_of(answer)
    assert "As I said: check with your midwife or doctor this week" in text_of(answer)


async def test_a_burst_gets_one_answer_and_never_silence_after(gym: Gym, clock: list[float]) -> None:
    # SimCord sends one message at a time, so the burst is of messages that came before, and come again all at once.
    for text in ("and calves?", "hello?", "which number"):
        await gym.alice.send(gym.channel, f"{gym.mention} {text}")
    burst = [each for each in gym.channel.history() if each.author.id == gym.alice.id]
    assert "which number" in burst[-1].content
    await gym.says(f"{gym.mention} {ALARM}")
    await gym.says(f"{gym.mention} {DEEP}")
    clock[0] += 4.9
    before = len(gym.public())
    cog = gym.env.bot.get_cog("Messages")  # type: ignore[attr-defined]
    await asyncio.gather(*(cog.on_message(each) for each in burst))
    [late] = gym.public()[before:]
    assert "It's for exactly this" in text_of(late)


async def test_an_alarm_in_a_burst_waits_for_nothing(gym: Gym) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    await gym.says(f"{gym.mention} {DEEP}")
    [told] = await gym.says(f"{gym.mention} {HEAD}")
    assert "A knock to the head" in text_of(told)


async def test_a_stop_says_on_its_button_what_it_is_and_no_more(gym: Gym) -> None:
    [told] = await gym.says(f"{gym.mention} {HEAD}")
    assert custom_ids(told) == ["lp:report:stop-emergency-head_injury-s"]


def test_a_stop_of_an_older_version_is_known_by_its_colour() -> None:
    old = notice("Old.", STOP_COLOURS[Tier.EMERGENCY])
    new = stop("New.", Stop(Tier.EMERGENCY, (), "heat", proxy=True))
    assert [each["custom_id"] for each in _buttons(old)] == ["lp:report:-"]
    assert [each["custom_id"] for each in _buttons(new)] == ["lp:report:stop-emergency-heat-p"]


def _buttons(layout: object) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def look(part: object) -> None:
        if isinstance(part, dict):
            if part.get("type") == 2:
                found.append(part)
            for each in part.values():
                look(each)
        elif isinstance(part, list):
            for each in part:
                look(each)

    look(layout.to_components())  # type: ignore[attr-defined]
    return found


@pytest.mark.parametrize(
    "text", ["it hasn't eased", "it's not easing", "not feeling better", "no it isn't ok", "still not woken"]
)
async def test_what_is_not_better_gets_no_text_that_is_glad(gym: Gym, text: str) -> None:
    await gym.says(f"{gym.mention} {ALARM}")
    [after] = await gym.says(f"{gym.mention} {text}")
    assert "glad" not in text_of(after)
    assert "Take care" not in text_of(after)
    assert "999" in text_of(after)
