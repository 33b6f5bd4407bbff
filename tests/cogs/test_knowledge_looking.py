"""`/knowledge list`, `show` and `try`, as moderators use them; and that nobody else can."""

from typing import Any

import pytest
import simcord

from bot.service.access import Actor
from bot.ui.curation import words
from bot.ui.curation.pages import NO_PAGE
from tests.support.discord_side import components, custom_ids, labels, press, response, text_of
from tests.support.moderators import REFUSING, Club, button, publish, told

NO_RIGHT = "Editing knowledge is for moderators"


async def test_the_list_shows_every_claim_and_where_it_stands(club: Club) -> None:
    await club.added()
    first = await club.run("list")
    said = told(first)
    await club.dana.click(response(first), label="Next")
    said += text_of(first.response)
    assert "- Find your own depth\n  -# `find-depth` · " in said
    assert "- Creatine and the sled\n  -# `creatine-and-the-sled` · This server · **added by this server**" in said


async def test_the_list_can_be_narrowed_to_what_the_server_added(club: Club) -> None:
    await club.added()
    said = told(await club.run("list", only="added"))
    assert "creatine-and-the-sled" in said
    assert "find-depth" not in said
    assert words.NO_LIST in told(await club.run("list", only="hidden"))


async def test_a_long_list_is_turned_page_by_page_in_one_message(club: Club) -> None:
    for number in range(8):
        await club.added(title=f"Extra number {number}", questions=f"zebra number {number} in the gym")
    first = await club.run("list")
    shown = response(first)
    last = int(told(first).partition("Page 1 of ")[2].split()[0])
    assert last >= 3
    assert told(first).count("\n  -# `") == 7
    assert "Back" not in labels(shown)
    await club.dana.click(shown, label="Next")
    assert f"Page 2 of {last}" in text_of(shown)
    await club.dana.click(shown, label="Back")
    assert f"Page 1 of {last}" in text_of(shown)
    for typed, page in (("3", 3), (" page 2!", 2), ("0", 1), ("999999999", last)):
        await club.dana.submit_modal(await club.dana.click(shown, label="To a page"), {"text": typed})
        assert f"Page {page} of {last}" in text_of(shown)
    assert "Next" not in labels(shown)


@REFUSING
async def test_what_is_no_page_gets_one_sentence_and_the_list_stays(club: Club) -> None:
    for number in range(8):
        await club.added(title=f"Extra number {number}", questions=f"zebra number {number} in the gym")
    shown = response(await club.run("list"))
    form = await club.dana.click(shown, label="To a page")
    assert NO_PAGE in told(await club.dana.submit_modal(form, {"text": "the last"}))
    assert "Page 1 of" in text_of(shown)


async def picked(club: Club, shown: Any, kind: str, value: str) -> Any:
    pick = next(each for each in custom_ids(shown) if each.startswith(f"lp-pick:{kind}:"))
    return await club.dana.select(shown, [value], custom_id=pick)


async def test_a_list_is_searched_narrowed_and_opened_where_it_stands(club: Club) -> None:
    await club.added()
    shown = response(await club.run("list"))
    form = await club.dana.click(shown, label="Search")
    await club.dana.submit_modal(form, {"text": "  creatine \u202e  sled with many words more than fit"})
    assert "with “creatine sled with”" in text_of(shown) or "with “creatine  sled" in text_of(shown)
    await club.dana.click(shown, label="Without search")
    await picked(club, shown, "klisttopic", "this-server")
    assert "### Claims (1)\n**This server**" in text_of(shown)
    await picked(club, shown, "klistview", "hidden")
    assert words.NO_LIST in text_of(shown)
    assert "**Hidden here · This server**" in text_of(shown)
    await picked(club, shown, "klistview", "any")
    opened = await picked(club, shown, "klistopen", "creatine-and-the-sled")
    assert "It helps a little over weeks" in told(opened)
    assert "### Claims (1)" in text_of(shown), "the list stays"


@pytest.mark.both_databases
async def test_what_members_made_of_claims_can_be_listed(club: Club) -> None:
    card = (
        await club.mia.slash(club.channel, "legpress ask", question="how deep is deep enough on the machine")
    ).response
    await press(club.mia, card, "Not helpful")
    worst = told(await club.run("list", only="worst"))
    assert "`find-depth`" in worst
    assert "👎\N{NO-BREAK SPACE}1 👍\N{NO-BREAK SPACE}0" in worst
    never = await club.run("list", only="never", search="find your own depth")
    assert words.NO_LIST in told(never)
    assert "in the last year" in told(never)


@REFUSING
async def test_what_was_missed_needs_the_servers_consent(club: Club) -> None:
    assert "does not keep questions" in told(await club.run("list", only="missed"))
    assert "There is no topic 'x.y'" in told(await club.run("list", topic="x.y"))


async def test_show_brings_the_card_and_all_that_can_be_done(club: Club) -> None:
    result = await club.run("show", claim="find-depth")
    said = told(result)
    assert "Stop just before the hips roll off the pad" in said
    assert "as shipped" in said
    assert "11 questions lead here" in said
    assert {"Questions", "Edit", "Add questions", "Hide", "Why"} <= set(labels(result.response))
    assert "Remove" not in labels(result.response)


async def test_the_questions_of_a_claim_can_be_read(club: Club) -> None:
    shown = await club.run("show", claim="find-depth")
    said = told(await club.dana.click(response(shown), label="Questions"))
    assert "- how deep is deep enough on the machine" in said
    assert said.count("\n- ") == 11


async def test_the_longest_claim_can_be_shown(club: Club) -> None:
    assert "The longest claim that the files allow" in told(await club.run("show", claim="huge"))


@REFUSING
async def test_the_warning_signs_can_be_shown_but_not_changed(club: Club) -> None:
    result = await club.run("show", claim="warning-signs")
    assert "Edit" not in labels(result.response)
    said = told(await club.run("hide", claim="warning-signs"))
    assert said == "The warning signs belong to the safety net: no server changes, hides or replaces them."


@REFUSING
async def test_a_claim_that_is_not_there_gets_one_sentence(club: Club) -> None:
    assert "There is no such claim" in told(await club.run("show", claim="nothing-of-the-kind"))


async def test_try_says_what_a_question_gets_and_shows_the_reply(club: Club) -> None:
    said = told(await club.run("try", question="how low do i lower the sled"))
    assert "### Answered: Find your own depth" in said
    assert "**1. Find your own depth**" in said
    assert "For it: " in said
    assert "**The claim:** Stop just before the hips roll off the pad" in said


async def test_try_of_an_alarming_text_shows_the_stop(club: Club) -> None:
    said = told(await club.run("try", question="I cant pee and my groin is numb since the leg press"))
    assert "The safety stop came first" in said
    assert "For it: " not in said


async def test_autocomplete_finds_claims_by_words_of_their_title(club: Club) -> None:
    found = await club.dana.autocomplete(club.channel, "knowledge show", "claim", "own depth")
    assert found[0] == {"name": "Find your own depth", "value": "find-depth"}
    every = await club.dana.autocomplete(club.channel, "knowledge show", "claim", "")
    assert "warning-signs" in [each["value"] for each in every]
    editable = await club.dana.autocomplete(club.channel, "knowledge edit", "claim", "")
    assert "warning-signs" not in [each["value"] for each in editable]
    for command in ("remove", "restore", "remove-picture"):
        assert await club.dana.autocomplete(club.channel, f"knowledge {command}", "claim", "") == []


async def test_autocomplete_offers_to_restore_what_is_hidden_and_to_hide_what_is_not(club: Club) -> None:
    await publish(club.dana, response(await club.run("hide", claim="find-depth")))
    for command, is_there in (("restore", True), ("hide", False)):
        offered = await club.dana.autocomplete(club.channel, f"knowledge {command}", "claim", "own depth")
        assert ("find-depth" in [each["value"] for each in offered]) is is_there


async def test_autocomplete_offers_topics(club: Club) -> None:
    found = await club.dana.autocomplete(club.channel, "knowledge add", "topic", "dep")
    assert [each["value"] for each in found] == ["depth"]


async def test_members_do_not_see_the_commands(club: Club) -> None:
    assert not [each for each in club.mia_commands() if each.startswith("knowledge")]
    with pytest.raises(simcord.SetupError):
        await club.mia.slash(club.channel, "knowledge list")


@REFUSING
async def test_a_member_whom_discord_lets_in_is_still_refused_by_every_command(club: Club) -> None:
    club.let_in(club.mia)
    for command, options in (
        ("list", {}),
        ("show", {"claim": "find-depth"}),
        ("try", {"question": "how deep"}),
        ("add", {}),
        ("edit", {"claim": "find-depth"}),
        ("hide", {"claim": "find-depth"}),
        ("restore", {"claim": "find-depth"}),
        ("remove", {"claim": "find-depth"}),
        ("history", {}),
        ("rollback", {"revision": 0}),
        ("export", {}),
        ("import", {"file": ("a.yaml", b"hidden: [find-depth]")}),
    ):
        result = await club.mia.slash(club.channel, f"knowledge {command}", **options)
        assert told(result).startswith(NO_RIGHT), command
    assert await club.mia.autocomplete(club.channel, "knowledge show", "claim", "depth") == []


@REFUSING
async def test_a_role_that_may_edit_needs_no_manage_server(club: Club) -> None:
    role = club.guild.create_role("Editors")
    await club.workshop.settings.change(club.guild.id, Actor(1, manages=True), edit_roles={role.id})
    nora = club.guild.add_member(club.env.create_user("nora"), roles=[role])
    club.let_in(club.mia, nora)
    assert "### Claims" in told(await nora.slash(club.channel, "knowledge list"))
    assert told(await club.mia.slash(club.channel, "knowledge list")).startswith(NO_RIGHT)


async def test_the_card_of_a_claim_that_was_removed_meanwhile_says_so(club: Club) -> None:
    await club.added()
    card = await club.mia.slash(club.channel, "legpress ask", question="does creatine help my sled numbers")
    assert "added by this server" in text_of(card.response)
    shown = await club.run("show", claim="creatine-and-the-sled")
    await publish(club.dana, response(await club.run("remove", claim="creatine-and-the-sled")))
    assert "no longer in my knowledge" in told(await club.mia.click(response(card), label="Why"))
    assert "There is no such claim" in told(await club.dana.click(response(shown), label="Hide"))
    assert button(shown.response, "Hide")
    assert components(shown.response)
