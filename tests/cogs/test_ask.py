"""`/legpress`, its autocomplete and the menu "Answer this", as members use them."""

from dataclasses import replace

import pytest
import simcord

from bot.client import LegPressBot
from bot.cogs.ask import subcommand_topics
from bot.core.model import Knowledge, Topic
from bot.service import Service
from bot.store.tallies import TallyKey
from tests.support.discord_side import Gym, Handed, custom_ids, labels, response, text_of
from tests.support.moderators import Club
from tests.support.postgres import Clock

ALARM = "I cant pee and my groin is numb since the leg press"


def registered(env: simcord.Env) -> list[dict[str, object]]:
    bodies = [each.json for each in env.http_requests if each.method == "PUT" and each.path.endswith("/commands")]
    assert bodies
    assert isinstance(bodies[-1], list)
    return bodies[-1]


async def test_every_topic_is_a_subcommand_except_those_with_reserved_names(gym: Gym) -> None:
    available = gym.alice.available_commands(gym.channel)
    assert {"legpress depth", "legpress back-pain", "legpress lockout", "legpress ask"} <= set(available)
    assert available.count("legpress report") == 1
    result = await gym.alice.slash(gym.channel, "legpress report")
    assert result.modal is not None


MODERATORS = {"knowledge", "settings", "Explain this answer", "Teach this"}


async def test_commands_of_members_work_in_servers_direct_messages_and_where_a_user_installed_them(gym: Gym) -> None:
    for command in registered(gym.env):
        if command["name"] not in MODERATORS:
            assert sorted(command["contexts"]) == [0, 1, 2], command["name"]  # type: ignore[call-overload]
            assert sorted(command["integration_types"]) == [0, 1], command["name"]  # type: ignore[call-overload]


async def test_commands_of_moderators_are_for_servers_and_for_who_manages_them(gym: Gym) -> None:
    found = {str(command["name"]): command for command in registered(gym.env) if command["name"] in MODERATORS}
    assert set(found) == MODERATORS
    for command in found.values():
        assert (command["contexts"], command["integration_types"]) == ([0], [0]), command["name"]
        assert int(str(command["default_member_permissions"])) == 1 << 5, command["name"]


def test_topics_past_the_limit_get_no_subcommand() -> None:
    topics = [Topic(f"topic-{number}", "T", "D", "c") for number in range(40)]
    assert [topic.id for topic in subcommand_topics(topics)] == [f"topic-{number}" for number in range(18)]


def test_a_topic_that_is_no_command_name_gets_no_subcommand() -> None:
    topics = [Topic(name, "T", "D", "c") for name in ("Über", "a b", "ok", "about", "x" * 33)]
    assert [topic.id for topic in subcommand_topics(topics)] == ["ok"]


async def test_a_topic_shows_its_leading_claim_privately(gym: Gym) -> None:
    result = await gym.alice.slash(gym.channel, "legpress depth")
    assert result.ephemeral
    said = text_of(result.response)
    assert "Stop just before the hips roll off the pad" in said
    assert "**Makes sense, not tested**" in said
    assert labels(result.response) == ["Steps", "Why", "Sources", "Related", "Share", "More"]
    shown = response(result)
    await gym.alice.click(shown, label="Steps")
    assert "1. Take a light sled" in text_of(shown)
    assert "- Copying the depth" in text_of(shown)
    await gym.alice.click(shown, label="More")
    assert {"Ask more", "Report", "Helpful", "Not helpful"} <= set(labels(shown))
    assert not gym.public()


async def test_a_question_is_answered_privately(gym: Gym) -> None:
    result = await gym.alice.slash(gym.channel, "legpress ask", question="how low do i lower the sled")
    assert result.ephemeral
    assert "Stop just before the hips roll off the pad" in text_of(result.response)


async def test_the_first_line_for_the_question_stays_while_sections_open_and_close(gym: Gym, handed: Handed) -> None:
    service = handed.service()
    led = replace(
        service.knowledge.claims["find-depth"], lead="Stop there.", leads=("how_far: So low that no hip rolls.",)
    )
    knowledge = replace(service.knowledge, claims={**service.knowledge.claims, led.id: led})
    ours = service.over(knowledge, service.matcher)
    handed.service = handed.conversations_service = lambda: ours
    result = await gym.alice.slash(gym.channel, "legpress ask", question="how low do i lower the sled")
    shown = response(result)
    assert "**So low that no hip rolls.**" in text_of(shown)
    for label in ("Steps", "Why", "Why ▴"):
        await gym.alice.click(shown, label=label)
        assert "**So low that no hip rolls.**" in text_of(shown)
        assert led.lead not in text_of(shown)
    other = await gym.alice.slash(gym.channel, "legpress depth")
    assert "So low" not in text_of(other.response)


async def test_a_question_in_a_direct_message_is_answered_without_an_offer_to_share(gym: Gym) -> None:
    user = gym.env.create_user("carol")
    result = await user.slash("legpress ask", question="how low do i lower the sled")
    assert "Stop just before the hips roll off the pad" in text_of(result.response)
    assert "Share" not in labels(result.response)


async def test_what_a_member_typed_is_never_said_back(gym: Gym) -> None:
    question = "should my knees touch my chest zebrafish @everyone"
    result = await gym.alice.slash(gym.channel, "legpress ask", question=question)
    assert "zebrafish" not in str(gym.env.http_requests[-1].json)
    assert result.acknowledged


async def test_the_longest_question_is_answered(gym: Gym) -> None:
    question = ("how low do i lower the sled " * 250)[:6000]
    result = await gym.alice.slash(gym.channel, "legpress ask", question=question)
    assert result.ephemeral
    assert text_of(result.response)


@pytest.mark.parametrize("before", [0, 2000, 2980, 5900])
async def test_an_alarm_anywhere_in_the_longest_question_is_stopped(gym: Gym, before: int) -> None:
    alarm = " I cant pee and my groin is numb since the leg press. "
    chat = "how low do i lower the sled, and what about my seat? " * 120
    question = f"{chat[:before]}{alarm}{chat}"[:6000]
    result = await gym.alice.slash(gym.channel, "legpress ask", question=question)
    assert "Pause on training questions" in text_of(result.response)


@pytest.mark.parametrize(
    "question", ["😂😂😂", "https://example.org/", "@everyone", "**__~~", "¿qué pasa?", "\u200b", "."]
)
async def test_an_odd_question_still_gets_an_answer(gym: Gym, question: str) -> None:
    result = await gym.alice.slash(gym.channel, "legpress ask", question=question)
    assert result.ephemeral
    assert text_of(result.response)


async def test_thanks_by_command_are_answered_too(gym: Gym) -> None:
    result = await gym.alice.slash(gym.channel, "legpress ask", question="thanks!")
    assert "You're welcome" in text_of(result.response)


async def test_an_alarm_by_command_is_told_at_once_in_full_and_only_to_who_asked(gym: Gym) -> None:
    result = await gym.alice.slash(gym.channel, "legpress ask", question=ALARM)
    assert result.ephemeral
    said = text_of(result.response)
    assert "Pause on training questions" in said
    assert "now" in said
    assert labels(result.response) == ["Report"]
    assert not gym.public()


async def test_an_alarm_is_told_again_however_often_it_is_said(gym: Gym) -> None:
    for _ in range(4):
        result = await gym.alice.slash(gym.channel, "legpress ask", question=ALARM)
        assert text_of(result.response)
        assert labels(result.response) == ["Report"]


async def test_an_unknown_question_is_declined_with_topics_to_ask_about(gym: Gym) -> None:
    result = await gym.alice.slash(gym.channel, "legpress ask", question="what is the weather in paris today")
    assert "I don't know this one" in text_of(result.response)
    assert set(labels(result.response)) & {"How deep", "Back pain", "Locking out", "A topic with a reserved name"}
    shown = await gym.alice.click(response(result), custom_id=custom_ids(result.response)[0])
    assert shown.ephemeral
    assert "**The claim:**" in text_of(shown.response)


async def test_a_half_understood_question_gets_suggestions_that_can_be_pressed(gym: Gym) -> None:
    result = await gym.alice.slash(gym.channel, "legpress ask", question="my back sometimes")
    said = text_of(result.response)
    assert said.startswith("I'm not sure what you mean. Is it one of these?")
    assert said.endswith("`/legpress warning-signs`.")
    assert len(labels(result.response)) > 1  # each title is a button, and not listed a second time
    first = custom_ids(result.response)[0]
    shown = await gym.alice.click(response(result), custom_id=first)
    assert shown.ephemeral
    assert f"lp:why:{first.rpartition(':')[2]}" in custom_ids(shown.response)


async def test_autocomplete_offers_claims_and_a_choice_shows_its_claim(gym: Gym) -> None:
    choices = await gym.alice.autocomplete(gym.channel, "legpress ask", "question", "straight knees")
    assert 1 <= len(choices) <= 25
    assert choices[0]["value"] == "claim:straight-knees"
    result = await gym.alice.slash(gym.channel, "legpress ask", question=choices[0]["value"])
    assert "Straightening the knees at the top is wrong." in text_of(result.response)


async def test_autocomplete_on_nothing_offers_the_topics(gym: Gym) -> None:
    choices = await gym.alice.autocomplete(gym.channel, "legpress ask", "question", "")
    assert "claim:find-depth" in [choice["value"] for choice in choices]


async def test_autocomplete_on_an_alarm_offers_the_stop_alone(gym: Gym) -> None:
    choices = await gym.alice.autocomplete(gym.channel, "legpress ask", "question", ALARM)
    assert len(choices) == 1
    result = await gym.alice.slash(gym.channel, "legpress ask", question=choices[0]["value"])
    assert result.ephemeral
    assert "Pause on training questions" in text_of(result.response)


async def test_warning_signs_about_and_report_work(gym: Gym) -> None:
    signs = await gym.alice.slash(gym.channel, "legpress warning-signs")
    assert signs.ephemeral
    assert "Some signs need a person to look at them soon." in text_of(signs.response)
    about = await gym.alice.slash(gym.channel, "legpress about")
    assert about.ephemeral
    assert "not medical advice" in text_of(about.response)
    assert labels(about.response) == ["Report"]
    report = await gym.alice.slash(gym.channel, "legpress report")
    assert report.modal is not None


async def test_the_menu_answers_somebody_elses_message_privately(gym: Gym) -> None:
    message = await gym.bob.send(gym.channel, "how low do i lower the sled")
    result = await gym.alice.context_menu(gym.channel, "Answer this", message)
    assert result.ephemeral
    assert "Stop just before the hips roll off the pad" in text_of(result.response)
    assert not gym.public()


async def test_the_menu_on_an_alarming_message_tells_the_stop(gym: Gym) -> None:
    message = await gym.bob.send(gym.channel, ALARM)
    result = await gym.alice.context_menu(gym.channel, "Answer this", message)
    assert "They need help now" in text_of(result.response)


async def test_the_menu_on_ones_own_alarm_tells_it_to_oneself_and_holds(gym: Gym) -> None:
    message = await gym.alice.send(gym.channel, ALARM)
    result = await gym.alice.context_menu(gym.channel, "Answer this", message)
    assert "Pause on training questions" in text_of(result.response)
    after = await gym.alice.slash(gym.channel, "legpress ask", question="should my knees touch my chest")
    assert "come back to training another time" in text_of(after.response)


async def test_the_menu_on_a_message_without_text_says_so(gym: Gym) -> None:
    message = await gym.bob.send(gym.channel, "", attachments=[("a.png", b"x")])
    result = await gym.alice.context_menu(gym.channel, "Answer this", message)
    assert result.ephemeral
    assert "no text that I can read" in text_of(result.response)
    assert gym.env.errors  # a UserError passed through the command tree's door


async def test_what_the_menu_answered_is_no_part_of_the_members_own_conversation(gym: Gym, handed: Handed) -> None:
    message = await gym.bob.send(gym.channel, ALARM)
    await gym.alice.context_menu(gym.channel, "Answer this", message)
    result = await gym.alice.slash(gym.channel, "legpress ask", question="should my knees touch my chest")
    assert "Pulling the knees to the chest rolls the pelvis." in text_of(result.response)


async def test_a_follow_up_goes_on_from_a_command(gym: Gym) -> None:
    await gym.alice.slash(gym.channel, "legpress depth")
    result = await gym.alice.slash(gym.channel, "legpress ask", question="why?")
    assert "rolls the pelvis backwards" in text_of(result.response)
    assert isinstance(gym.env.bot, LegPressBot)


@pytest.mark.simcord(check_errors=False)
async def test_reports_beyond_five_a_day_are_handed_back(gym: Gym) -> None:
    for number in range(6):
        report = await gym.alice.slash(gym.channel, "legpress report")
        sent = await gym.alice.submit_modal(report, {"text": f"wrong {number}"})
        said = text_of(sent.response)
        if number < 5:
            assert "Come back" not in said
    assert "That makes 5 reports within a day" in said
    assert "wrong 5" in said


async def test_before_a_letter_is_typed_what_is_asked_most_here_comes_first(club: Club, clock: Clock) -> None:
    asked = {"straight-knees": 9, "find-depth": 6}
    day = clock().date().isoformat()
    counts = {TallyKey(club.guild.id, day, "claim", claim): times for claim, times in asked.items()}
    await club.workshop.store.tallies.add(counts)
    offered = await club.mia.autocomplete(club.channel, "legpress ask", "question", "")
    assert [choice["value"] for choice in offered[:2]] == ["claim:straight-knees", "claim:find-depth"]
    elsewhere = await club.olga.autocomplete(club.elsewhere, "legpress ask", "question", "")
    assert elsewhere[0]["value"] != "claim:straight-knees"
    declined = await club.mia.slash(club.channel, "legpress ask", question="what is the weather in paris today")
    assert "People here ask most about" in text_of(declined.response)


@pytest.mark.parametrize("question", ["claim:explosive-push", "what is the capital of australia"])
async def test_what_goes_out_again_is_what_went_out_first(
    gym: Gym, handed: Handed, fixed_service: Service, shipped: Knowledge, question: str
) -> None:
    serving = fixed_service.over(shipped, fixed_service.matcher)
    handed.service = handed.conversations_service = lambda: serving
    came = [await gym.alice.slash(gym.channel, "legpress ask", question=question) for _ in range(3)]
    assert all(each.ephemeral for each in came)
    shown = [response(each) for each in came]
    files = [[(file.filename, file.description, await file.read()) for file in each.attachments] for each in shown]
    assert files[0] == files[1] == files[2]
    assert bool(files[0]) == question.startswith("claim:")
    assert len({text_of(each) for each in shown}) == 1
    assert custom_ids(shown[0]) == custom_ids(shown[1]) == custom_ids(shown[2])
    assert shown[0].flags == shown[1].flags == shown[2].flags
