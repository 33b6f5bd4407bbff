"""Why an answer came out as it did: for moderators, and for nobody else."""

from typing import Any

import discord
import pytest

from bot.core.matching.ranking import SURE
from bot.service.access import Actor
from bot.ui.kit.asked import Asked
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from tests.support.discord_side import Handed, custom_ids, labels, response, text_of
from tests.support.moderators import REFUSING, Club, told

pytestmark = REFUSING
DEPTH = "how low do i lower the sled"
MENU = "Explain this answer"
BUTTON = "Explain the match"
REFUSED = "Editing knowledge is for moderators: you need Manage Server, or a role that /settings names."


def public(club: Club) -> list[discord.Message]:
    return [
        each
        for each in club.channel.history(viewer=club.dana)
        if each.author == club.env.bot.user and not each.flags.ephemeral
    ]


async def answered(club: Club, text: str, **more: Any) -> discord.Message:
    """Mia mentions the bot; returns its reply."""
    assert club.env.bot.user is not None
    before = len(public(club))
    await club.mia.send(club.channel, f"{club.env.bot.user.mention} {text}", **more)
    [reply] = public(club)[before:]
    return reply


async def test_the_menu_says_which_words_counted_what_was_mended_and_why_the_runner_up_lost(club: Club) -> None:
    answer = await answered(club, "how low do i lowre the sled")
    said = told(await club.dana.context_menu(club.channel, MENU, answer))
    assert "### Answered: Find your own depth" in said
    assert "lowre → **lower**" in said
    assert "For it: " in said
    assert "**lower** +" in said
    assert "**2. " in said
    assert "Behind" in said
    assert f"{SURE:.0%} is enough to answer" in said


async def test_the_menu_works_on_the_question_itself(club: Club) -> None:
    question = await club.mia.send(club.channel, DEPTH)
    said = told(await club.dana.context_menu(club.channel, MENU, question))
    assert "### Answered: Find your own depth" in said
    assert public(club) == []


@pytest.mark.parametrize(
    ("text", "heading"),
    [("what is the weather in paris today", "### Not answered"), ("lock low", "### Not sure enough")],
)
async def test_what_was_not_answered_is_explained_too(club: Club, text: str, heading: str) -> None:
    question = await club.mia.send(club.channel, text)
    said = told(await club.dana.context_menu(club.channel, MENU, question))
    assert heading in said
    assert "%" in said


async def test_an_answer_that_went_on_from_another_says_so(club: Club) -> None:
    await answered(club, DEPTH)
    answer = await answered(club, "why?")
    said = told(await club.dana.context_menu(club.channel, MENU, answer))
    assert "### Answered: Find your own depth" in said
    assert "going on from the answer before" in said


async def test_a_stop_is_named_and_what_alarmed_is_not(club: Club) -> None:
    answer = await answered(club, "I cant pee and my groin is numb since the leg press")
    result = await club.dana.context_menu(club.channel, MENU, answer)
    assert "The safety stop came first" in told(result)
    assert "groin" not in told(result)
    assert labels(result.response) == []


async def test_its_buttons_lead_to_the_claims(club: Club) -> None:
    answer = await answered(club, DEPTH)
    shown = await club.dana.context_menu(club.channel, MENU, answer)
    opened = await club.dana.click(response(shown), label="Open 1")
    assert "questions lead here" in told(opened)


async def test_discord_offers_the_menu_to_no_member(club: Club) -> None:
    command = club.env.backend.find_command(MENU, club.guild.id, type=3)
    assert command is not None
    assert int(str(command["default_member_permissions"])) == discord.Permissions(manage_guild=True).value


async def test_a_member_who_gets_at_the_menu_is_refused_in_one_private_sentence(club: Club) -> None:
    answer = await answered(club, DEPTH)
    command = club.env.backend.find_command(MENU, club.guild.id, type=3)
    assert command is not None
    club.guild.set_command_permissions(int(command["id"]), {club.mia: True})
    assert told(await club.mia.context_menu(club.channel, MENU, answer)) == REFUSED


@pytest.mark.parametrize("about", ["m1", "k1", "m" + "9" * 60, "x1", "-", "m²"])
async def test_a_forged_button_is_refused_to_a_member_and_harmless_to_a_moderator(club: Club, about: str) -> None:
    channel = club.env.bot.get_channel(club.channel.id)
    assert isinstance(channel, discord.TextChannel)
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(Press("explain", about, "Forged"))
    message = await channel.send(view=Layout(box(0, row)).sealed())
    assert told(await club.mia.click(message, label="Forged")) == REFUSED
    said = told(await club.dana.click(message, label="Forged"))
    assert "Something went wrong" not in said
    assert "\n" not in said


class TestThePrivateButton:
    async def test_a_moderator_who_asks_privately_gets_it(self, club: Club) -> None:
        card = await club.dana.slash(club.channel, "legpress ask", question=DEPTH)
        assert BUTTON in labels(card.response)
        said = told(await club.dana.click(response(card), label=BUTTON))
        assert "### Answered: Find your own depth" in said
        assert "**lower** +" in said

    async def test_a_member_does_not(self, club: Club) -> None:
        card = await club.mia.slash(club.channel, "legpress ask", question=DEPTH)
        assert BUTTON not in labels(card.response)

    async def test_a_role_that_settings_name_gets_it(self, club: Club) -> None:
        role = club.guild.create_role("Trainer")
        anna = club.guild.add_member(club.env.create_user("anna"), roles=[role])
        await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), edit_roles=frozenset({int(role.id)}))
        card = await anna.slash(club.channel, "legpress ask", question=DEPTH)
        assert "### Answered: Find your own depth" in told(await anna.click(response(card), label=BUTTON))

    async def test_it_stands_under_a_decline_and_under_nothing_that_stops(self, club: Club) -> None:
        declined = await club.dana.slash(club.channel, "legpress ask", question="what is the weather in paris today")
        assert "### Not answered" in told(await club.dana.click(response(declined), label=BUTTON))
        stopped = await club.dana.slash(club.channel, "legpress ask", question="I cant pee and my groin is numb")
        assert labels(stopped.response) == ["Report"]

    async def test_the_question_stands_in_no_button(self, club: Club) -> None:
        card = await club.dana.slash(club.channel, "legpress ask", question=DEPTH)
        assert not any("lower" in each for each in custom_ids(card.response))

    async def test_a_follow_up_is_explained_as_the_answer_it_got(self, club: Club) -> None:
        await club.dana.slash(club.channel, "legpress ask", question=DEPTH)
        card = await club.dana.slash(club.channel, "legpress ask", question="why?")
        said = told(await club.dana.click(response(card), label=BUTTON))
        assert "### Answered: Find your own depth" in said
        assert "going on from the answer before" in said

    async def test_a_choice_from_the_list_asks_nothing_that_could_be_explained(self, club: Club) -> None:
        card = await club.dana.slash(club.channel, "legpress ask", question="claim:find-depth")
        assert BUTTON not in labels(card.response)

    async def test_after_a_restart_it_says_that_the_question_is_forgotten(self, club: Club, handed: Handed) -> None:
        card = await club.dana.slash(club.channel, "legpress ask", question=DEPTH)
        await club.env.restart_bot(handed.bot())
        assert "I no longer have that question" in told(await club.dana.click(response(card), label=BUTTON))

    async def test_after_ten_minutes_too(self, club: Club) -> None:
        now = [0.0]
        club.env.bot.desk.asked = Asked(lambda: now[0])  # type: ignore[attr-defined]
        card = await club.dana.slash(club.channel, "legpress ask", question=DEPTH)
        now[0] = 601.0
        assert "I no longer have that question" in told(await club.dana.click(response(card), label=BUTTON))

    async def test_it_is_still_there_after_sharing(self, club: Club) -> None:
        card = await club.dana.slash(club.channel, "legpress ask", question=DEPTH)
        shared = await club.dana.click(response(card), label="Share")
        assert BUTTON in labels(response(shared))


class TestUnderAPublicAnswer:
    async def test_a_moderator_finds_it_behind_more(self, club: Club) -> None:
        answer = await answered(club, DEPTH)
        assert BUTTON not in labels(answer)
        panel = await club.dana.click(answer, label="More")
        said = told(await club.dana.click(response(panel), label=BUTTON))
        assert "### Answered: Find your own depth" in said

    async def test_a_member_does_not(self, club: Club) -> None:
        answer = await answered(club, DEPTH)
        panel = await club.mia.click(answer, label="More")
        assert BUTTON not in labels(panel.response)

    async def test_it_works_after_a_restart(self, club: Club, handed: Handed) -> None:
        panel = await club.dana.click(await answered(club, DEPTH), label="More")
        await club.env.restart_bot(handed.bot())
        assert "### Answered: Find your own depth" in told(await club.dana.click(response(panel), label=BUTTON))

    async def test_a_shared_card_has_no_question_to_explain(self, club: Club) -> None:
        card = await club.mia.slash(club.channel, "legpress ask", question=DEPTH)
        await club.mia.click(response(card), label="Share")
        shared = public(club)[-1]
        assert BUTTON not in labels((await club.dana.click(shared, label="More")).response)
        assert "cannot find the question" in told(await club.dana.context_menu(club.channel, MENU, shared))

    async def test_a_question_that_was_deleted_cannot_be_explained_and_it_says_so(self, club: Club) -> None:
        assert club.env.bot.user is not None
        question = await club.mia.send(club.channel, f"{club.env.bot.user.mention} {DEPTH}")
        answer = public(club)[-1]
        await club.mia.delete(question)
        assert "cannot find the question" in told(await club.dana.context_menu(club.channel, MENU, answer))


async def test_an_explanation_pings_nobody_and_keeps_markdown_plain(club: Club) -> None:
    question = await club.mia.send(club.channel, f"{club.eric.mention} @everyone **how** low do _i_ lower the `sled`")
    result = await club.dana.context_menu(club.channel, MENU, question)
    assert "@everyone" not in told(result)
    assert club.eric.mention not in told(result)


async def test_an_explanation_of_the_longest_text_fits(club: Club) -> None:
    text = " ".join(["my knes go to my chest when i press, is that bad?"] * 80)[:2000]
    question = await club.mia.send(club.channel, text)
    assert "1. " in told(await club.dana.context_menu(club.channel, MENU, question))


async def test_another_servers_moderator_sees_nothing_of_it(club: Club) -> None:
    card = await club.dana.slash(club.channel, "legpress ask", question=DEPTH)
    [about] = [each for each in custom_ids(card.response) if each.startswith("lp:explain:")]
    channel = club.env.bot.get_channel(club.elsewhere.id)
    assert isinstance(channel, discord.TextChannel)
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(Press("explain", about.rpartition(":")[2], "Forged"))
    message = await channel.send(view=Layout(box(0, row)).sealed())
    assert "I no longer have that question" in told(await club.olga.click(message, label="Forged"))


async def test_without_a_database_it_says_so(club: Club) -> None:
    answer = await answered(club, DEPTH)
    club.workshop.settings.forget(club.guild.id)
    club.break_store()
    said = told(await club.dana.context_menu(club.channel, MENU, answer))
    club.mend_store()
    assert "database" in said.lower()
    assert "\n" not in said
    assert text_of(answer)
