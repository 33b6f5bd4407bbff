"""`/knowledge add` and `edit`: forms, preview, publishing, conflicts, and that nothing typed is ever lost.

On SQLite and on PostgreSQL.
"""

import asyncio
import re
from dataclasses import replace
from typing import Any

import pytest
from discord import ui

from bot.core.fields import MOST
from bot.core.overlay import Standing
from bot.errors import StoreError, UserError
from bot.service import Service
from bot.service.access import Actor
from bot.ui.curation import words
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from tests.support.discord_side import Handed, components, custom_ids, labels, press, response, text_of
from tests.support.moderators import CREATINE, REFUSING, Club, attached, button, fields_of, more, publish, told

QUESTION = "does creatine help my sled numbers"


async def drafted(club: Club, **changed: str) -> Any:
    """Dana sends in the form of a new claim; returns the preview."""
    return await club.dana.submit_modal(await club.run("add"), {**CREATINE, **changed})


async def test_a_new_claim_is_previewed_published_and_answers(club: Club) -> None:
    form = await club.run("add")
    assert list(fields_of(form)) == ["title", "claim", "answer", "questions", "do"]
    preview = await club.dana.submit_modal(form, CREATINE)
    said = told(preview)
    assert words.PREVIEW in said
    assert CREATINE["claim"] in said
    assert "added by this server" in said
    assert "3 of 3 new wordings go where you want it." in said
    assert "No known question would go elsewhere." in said
    assert "It helps a little over weeks" not in await club.asked(QUESTION)
    await publish(club.dana, response(preview))
    assert "### Published as revision 1" in text_of(preview.response)
    assert "It helps a little over weeks" in await club.asked(QUESTION)


async def test_the_first_question_after_publish_gets_the_new_answer_without_waiting(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.overlays.WAIT_SECONDS", 0)
    monkeypatch.setattr("bot.service.overlays.RENEW_SECONDS", 0)
    await club.added()
    assert "It helps a little over weeks" in await club.asked(QUESTION)
    form = await club.run("edit", claim="creatine-and-the-sled")
    preview = await club.dana.submit_modal(form, {**fields_of(form), "answer": "Not in one session."})
    await publish(club.dana, response(preview))
    assert "Not in one session." in await club.asked(QUESTION)
    await publish(club.dana, response(await club.run("hide", claim="creatine-and-the-sled")))
    assert "Not in one session." not in await club.asked(QUESTION)


async def test_another_server_never_sees_it(club: Club) -> None:
    await club.added()
    assert "It helps a little over weeks" not in await club.asked(QUESTION, club.olga)
    seen = await club.olga.slash(club.elsewhere, "knowledge list", only="added")
    assert words.NO_LIST in told(seen)


async def test_mention_reply_menu_and_topic_answer_with_the_servers_own_knowledge(club: Club) -> None:
    await club.added(title="Our depth rule", questions="what is our own depth rule\nzebra depth rule here")
    message = await club.mia.send(club.channel, "zebra depth rule here")
    menu = await club.mia.context_menu(club.channel, "Answer this", message)
    assert CREATINE["claim"] in text_of(menu.response)
    assert club.env.bot.user is not None
    await club.mia.send(club.channel, f"{club.env.bot.user.mention} what is our own depth rule")
    answer = club.channel.history(viewer=club.mia)[-1]
    assert CREATINE["claim"] in text_of(answer)
    await publish(club.dana, response(await club.run("hide", claim="find-depth")))
    shown = await club.mia.slash(club.channel, "legpress depth")
    assert "Stop just before the hips roll off the pad" not in text_of(shown.response)
    alone = await club.mia.user.slash("legpress ask", question="what is our own depth rule")
    assert CREATINE["claim"] not in text_of(alone.response)


async def test_the_card_of_the_preview_is_the_one_members_get(club: Club) -> None:
    preview = await drafted(club, do="Warm up.\nPress.")
    frozen = text_of(preview.response)
    await publish(club.dana, response(preview))
    assert await club.asked("claim:creatine-and-the-sled") in frozen


async def test_the_preview_of_a_claim_about_pain_shows_the_safety_line(club: Club, fixed_service: Service) -> None:
    form = await club.run("edit", claim="why-sore")
    preview = await club.dana.submit_modal(form, {**fields_of(form), "title": "Sore backs"})
    assert fixed_service.safety_line in told(preview)


async def test_the_buttons_of_a_card_that_is_not_live_cannot_be_pressed(club: Club) -> None:
    preview = await drafted(club)
    for name in ("Why", "Sources", "More"):
        assert button(preview.response, name)["disabled"], name
    assert not button(preview.response, "Publish").get("disabled")


async def test_the_second_step_goes_on_from_the_first_and_loses_nothing(club: Club) -> None:
    preview = await drafted(club)
    second = await club.dana.click(await more(club.dana, response(preview)), label="Reasons")
    assert fields_of(second) == {"why": "", "unknown": "", "avoid": "", "sources": "", "verdict": "opinion/low"}
    typed = {
        "why": "Because.",
        "unknown": "A lot.",
        "avoid": "- Rushing",
        "sources": "hips1985",
        "verdict": ["mixed/low"],
    }
    await club.dana.submit_modal(second, typed)
    said = text_of(preview.response)
    assert "Partly, not sure" in said
    assert "- Rushing" in said
    third = await club.dana.click(await more(club.dana, response(preview)), label="Topic")
    assert fields_of(third) == {"lead": "", "topic": "this-server", "related": "", "not_": "", "checked": ""}
    await club.dana.submit_modal(
        third,
        {"lead": "Skip it.", "topic": ["depth"], "related": "find-depth", "not_": "creatine for beards", "checked": ""},
    )
    first = await club.dana.click(response(preview), label="Edit")
    assert fields_of(first) == CREATINE
    await club.dana.submit_modal(first, {**fields_of(first), "title": "Creatine"})
    await publish(club.dana, response(preview))
    [draft] = [each for each in await club.workshop.curation.listed(club.guild.id) if each.title == "Creatine"]
    claim = (await club.workshop.curation.show(club.guild.id, draft.id)).claim
    assert (claim.topic, claim.related, claim.decoys) == ("depth", ("find-depth",), ("creatine for beards",))
    assert claim.lead == "Skip it."
    assert (claim.why, claim.sources, claim.avoid) == ("Because.", ("hips1985",), ("Rushing",))


async def test_a_new_claim_can_begin_in_a_topic(club: Club) -> None:
    form = await club.run("add", topic="depth")
    preview = await club.dana.submit_modal(form, CREATINE)
    third = await club.dana.click(await more(club.dana, response(preview)), label="Topic")
    assert fields_of(third)["topic"] == "depth"


async def test_a_new_claim_can_bring_its_reason_into_the_history(club: Club) -> None:
    form = await club.run("add", topic="depth", why="asked every week")
    assert list(fields_of(form)) == ["title", "claim", "answer", "questions", "do"]
    preview = await club.dana.submit_modal(form, CREATINE)
    assert "Reason: asked every week" in told(preview)
    await publish(club.dana, response(preview))
    said = told(await club.run("history"))
    assert "`creatine-and-the-sled`" in said
    assert "asked every week" in said
    assert (await club.workshop.curation.show(club.guild.id, "creatine-and-the-sled")).claim.topic == "depth"


async def test_any_change_can_be_given_a_reason_before_it_is_published(club: Club) -> None:
    shown = await club.run("show", claim="find-depth")
    await club.dana.click(response(shown), label="Hide")
    form = await club.dana.click(await more(club.dana, response(shown)), label="Say why")
    await club.dana.submit_modal(form, {"why": "we teach\nanother way"})
    assert "Reason: we teach another way" in text_of(shown.response)
    again = await club.dana.click(await more(club.dana, response(shown)), label="Reason")
    assert fields_of(again) == {"why": "we teach another way"}
    await club.dana.submit_modal(again, {"why": "x" * 300})
    await publish(club.dana, response(shown))
    [revision] = await club.workshop.history.revisions(club.guild.id)
    assert revision.why == "x" * 300


async def test_the_name_of_a_new_claim_goes_with_its_title_until_it_is_published(club: Club) -> None:
    preview = await drafted(club, title="Working title")
    form = await club.dana.click(response(preview), label="Edit")
    await club.dana.submit_modal(form, CREATINE)
    await publish(club.dana, response(preview))
    edit = await club.run("edit", claim="creatine-and-the-sled")
    preview = await club.dana.submit_modal(edit, {**fields_of(edit), "title": "Chalk"})
    await publish(club.dana, response(preview))
    assert [each.id for each in await club.workshop.curation.listed(club.guild.id, standing=Standing.ADDED)] == [
        "creatine-and-the-sled"
    ]


async def test_a_title_that_exists_is_told_and_not_published_twice(club: Club) -> None:
    await club.added()
    preview = await drafted(club, answer="Another answer.", questions="creatine for calves")
    assert "has the same title to the eye; choose another one" in told(preview)
    found = await club.workshop.curation.listed(club.guild.id, standing=Standing.ADDED)
    assert [each.id for each in found] == ["creatine-and-the-sled"]


@REFUSING
async def test_a_topic_that_is_not_there_is_told_before_anything_is_typed(club: Club) -> None:
    assert "There is no topic 'nonsense'" in told(await club.run("add", topic="nonsense"))


async def test_faults_are_told_and_the_form_opens_again_with_what_was_typed(club: Club) -> None:
    preview = await drafted(club, questions="   ", claim="   ")
    said = told(preview)
    assert "Not ready yet" in said
    assert "**Statement:** write the statement in one sentence" in said
    assert "**Questions:** write at least one way" in said
    assert "Publish" not in labels(preview.response)
    form = await club.dana.click(response(preview), label="Edit")
    assert fields_of(form)["answer"] == CREATINE["answer"]
    await club.dana.submit_modal(form, CREATINE)
    assert words.PREVIEW in text_of(preview.response)


async def test_the_button_to_the_faulty_step_stands_out(club: Club) -> None:
    preview = await drafted(club)
    form = await club.dana.click(await more(club.dana, response(preview)), label="Reasons")
    typed = {"why": "", "unknown": "", "avoid": "", "sources": "no-such-source", "verdict": ["mixed/low"]}
    await club.dana.submit_modal(form, typed)
    assert "Sources:" in text_of(preview.response)
    assert button(preview.response, "Reasons")["style"] == 1
    assert button(preview.response, "Edit")["style"] == 2


async def test_answers_and_presses_are_counted_after_the_reply(club: Club) -> None:
    card = await club.mia.slash(club.channel, "legpress ask", question="how low do i lower the sled")
    await press(club.mia, response(card), "Helpful")
    assert club.env.bot.user is not None
    await club.mia.send(club.channel, f"{club.env.bot.user.mention} how low do i lower the sled")
    await club.workshop.recording.flush()
    stats = await club.workshop.statistics.stats(club.guild.id, Actor(club.dana.id, manages=True))
    assert (sum(stats.answered), sum(stats.helpful)) == (2, 1)


async def test_every_field_at_its_limit_is_previewed(club: Club) -> None:
    line = "how does one press at the longest of lengths "
    full = {
        "title": "T" * MOST["title"],
        "claim": ("A long statement. " * 20)[: MOST["claim"]],
        "answer": ("A long answer. " * 40)[:350],
        "questions": "\n".join(f"{line}{number}" for number in range(85))[:4000],
        "do": "\n".join(f"Step {number} is a short one." for number in range(8)),
    }
    preview = await drafted(club, **full)
    assert "T" * MOST["title"] in told(preview)
    second = await club.dana.click(await more(club.dana, response(preview)), label="Reasons")
    long = {"why": ("Why so. " * 200)[:1200], "unknown": ("Who knows. " * 90)[:600]}
    await club.dana.submit_modal(second, {**long, "avoid": "", "sources": "", "verdict": ["opinion/low"]})
    await publish(club.dana, response(preview))
    assert "Published as revision" in text_of(preview.response)


async def test_text_past_a_limit_is_told_and_kept(club: Club, moderated: Any) -> None:
    preview = await drafted(club)
    [about] = {each.rpartition(":")[2] for each in custom_ids(preview.response) if each.startswith("lp:kpublish:")}
    draft = await moderated.curation.draft(club.guild.id, Actor(club.dana.id, manages=True), int(about))
    forged = replace(draft.fields, answer="x" * 3000, questions="\n".join(f"q {n} " + "y" * 90 for n in range(150)))
    await moderated.curation.change(club.guild.id, Actor(club.dana.id, manages=True), draft.id, forged)
    form = await club.dana.click(response(preview), label="Edit")
    held = fields_of(form)
    assert len(held["questions"]) <= 4000
    await club.dana.submit_modal(form, {**held, "answer": "x"})
    assert "Not ready yet" in text_of(preview.response)
    kept = (await moderated.curation.draft(club.guild.id, Actor(club.dana.id, manages=True), int(about))).fields
    assert kept.questions == forged.questions


async def test_an_edit_replaces_a_shipped_claim_and_shows_the_difference(club: Club) -> None:
    form = await club.run("edit", claim="find-depth", why="clearer")
    held = fields_of(form)
    assert held["title"] == "Find your own depth"
    assert held["questions"].count("\n") == 10
    preview = await club.dana.submit_modal(form, {**held, "answer": "Stop when the hips move."})
    assert "find-depth: answer" in told(preview)
    assert "Reason: clearer" in told(preview)
    difference = told(await club.dana.click(await more(club.dana, response(preview)), label="Difference"))
    assert "- Go as low as you can\n-  while" in difference
    assert "+ Stop when the hips move." in difference
    await publish(club.dana, response(preview))
    assert "Stop when the hips move." in await club.asked("how low do i lower the sled")


async def test_questions_can_be_added_to_a_shipped_claim_which_stays_as_it_is(club: Club) -> None:
    shown = await club.run("show", claim="find-depth")
    form = await club.dana.click(response(shown), label="Add questions")
    preview = await club.dana.submit_modal(form, {"text": "where does the zebra turn around"})
    assert "questions (1 added)" in told(preview)
    await publish(club.dana, response(shown))
    said = await club.asked("where does the zebra turn around")
    assert "Stop just before the hips roll off the pad" in said
    assert "added by this server" not in said


async def test_an_edit_that_changes_nothing_cannot_be_published(club: Club) -> None:
    form = await club.run("edit", claim="find-depth")
    preview = await club.dana.submit_modal(form, fields_of(form))
    assert "This changes nothing" in told(preview)
    assert "Publish" not in labels(preview.response)


async def test_a_known_question_that_would_go_elsewhere_is_named_before(club: Club) -> None:
    preview = await drafted(club, questions="how low do i lower the sled\nhow deep should you go on the leg press")
    said = told(preview)
    assert "⚠️" in said
    assert "already stands under “Find your own depth”" in said


async def test_a_question_can_be_tried_against_what_is_not_live_yet(club: Club) -> None:
    preview = await drafted(club)
    form = await club.dana.click(await more(club.dana, response(preview)), label="Try")
    said = told(await club.dana.submit_modal(form, {"text": QUESTION}))
    assert "It helps a little over weeks" in said
    assert words.PREVIEW in text_of(preview.response)


async def test_the_buttons_of_a_preview_survive_a_restart(club: Club, handed: Handed) -> None:
    preview = await drafted(club)
    await club.env.restart_bot(handed.bot())
    form = await club.dana.click(response(preview), label="Edit")
    await club.env.restart_bot(handed.bot())
    await club.dana.submit_modal(form, {**fields_of(form), "claim": "After the restart."})
    await club.env.restart_bot(handed.bot())
    await publish(club.dana, response(preview))
    assert "After the restart." in await club.asked(QUESTION)


async def test_a_second_click_on_publish_is_told_that_it_is_done(club: Club) -> None:
    preview = await drafted(club)
    kinds = ("lp:kpublish:", "lp:kdoubt:")
    [pressed] = [each for each in custom_ids(preview.response) if each.startswith(kinds)]
    await publish(club.dana, response(preview))
    again = await press_old(club, club.dana, Press("kpublish", pressed.rpartition(":")[2]))
    assert "published or dropped already" in told(again)
    assert len(await club.workshop.history.revisions(club.guild.id)) == 1


async def press_old(club: Club, who: Any, item: Any) -> Any:
    """Somebody presses a button that a forged or old message carries."""
    channel = club.env.bot.get_channel((club.elsewhere if who is club.olga else club.channel).id)
    message = await channel.send(view=Layout(box(0, ui.ActionRow(item))))  # type: ignore[union-attr]
    return await who.click(message, custom_id=item.custom_id)


async def test_two_clicks_at_once_publish_once(club: Club) -> None:
    preview = await drafted(club)
    draft = int(next(each for each in custom_ids(preview.response) if "kpublish" in each).rpartition(":")[2])

    async def once() -> str:
        try:
            await club.workshop.curation.publish(club.guild.id, Actor(club.dana.id, manages=True), draft)
        except UserError as refused:
            return str(refused)
        return "published"

    outcomes = await asyncio.gather(once(), once())
    assert sorted(each == "published" for each in outcomes) == [False, True]
    assert len(await club.workshop.history.revisions(club.guild.id)) == 1


async def test_forged_buttons_give_a_member_one_private_sentence_and_change_nothing(club: Club) -> None:
    preview = await drafted(club)
    draft = next(each for each in custom_ids(preview.response) if "kpublish" in each).rpartition(":")[2]
    kinds = ["kpublish", "kdrop", "kfirst", "ksecond", "kthird", "kfourth", "kmine", "kdiff"]
    pressed = [Press(kind, draft) for kind in kinds]
    pressed += [
        Press(kind, "find-depth") for kind in ("kview", "kasks", "kedit", "khide", "krestore", "kremove", "kmore")
    ]
    pressed += [Press(kind, "1.-") for kind in ("khist", "krev", "know", "kback")] + [Press("klist", "0.any")]
    for item in pressed:
        said = told(await press_old(club, club.mia, item))
        assert said.startswith("Editing knowledge is for moderators"), item.kind
    assert told(await press_old(club, club.mia, Press("ksay", draft))).startswith("Editing knowledge is for moderators")
    trying = await press_old(club, club.mia, Press("ktry", draft))
    assert told(await club.mia.submit_modal(trying, {"text": QUESTION})).startswith("Editing knowledge")
    assert told(await press_old(club, club.olga, Press("kdrop", draft))) == words.DROPPED
    for item in [Press(kind, draft) for kind in kinds if kind != "kdrop"]:
        assert "This draft was published or dropped already" in told(await press_old(club, club.olga, item)), item.kind
    assert await club.workshop.history.revisions(club.guild.id) == []
    await publish(club.dana, response(preview))
    assert "It helps a little over weeks" in await club.asked(QUESTION)


async def test_buttons_that_nobody_was_given_get_one_sentence(club: Club) -> None:
    for kind, about in (
        ("kpublish", "x"), ("kpublish", "9" * 40), ("kfirst", "-1"), ("klist", "0.nonsense"), ("khist", "x.y"),
        ("krev", "99999999999.-"), ("krev", "77.-"), ("kback", "5"), ("know", "."), ("kview", "💥"), ("kdrop", "²"),
    ):  # fmt: skip
        said = told(await press_old(club, club.dana, Press(kind, about)))
        assert "\n" not in said
        assert "Something went wrong" not in said, (kind, about)


async def test_the_second_moderator_sees_both_changes_and_keeps_theirs_on_top(club: Club) -> None:
    mine = await club.run("edit", claim="find-depth")
    theirs = await club.eric.slash(club.channel, "knowledge edit", claim="find-depth")
    first = await club.eric.submit_modal(theirs, {**fields_of(theirs), "answer": "Erics answer."})
    second = await club.dana.submit_modal(mine, {**fields_of(mine), "claim": "Danas statement."})
    await publish(club.eric, response(first))
    await publish(club.dana, response(second))
    said = text_of(second.response)
    assert "Somebody was faster" in said
    assert f"revision 1 by <@{club.eric.id}>" in said
    assert "+ Erics answer." in said
    assert "+ Danas statement." in said
    assert "Danas statement." not in await club.asked("how low do i lower the sled")
    await club.dana.click(response(second), label="Keep mine on top")
    said = text_of(second.response)
    assert words.PREVIEW in said
    assert "Danas statement." in said
    assert "Erics answer." in said
    await publish(club.dana, response(second))
    said = await club.asked("how low do i lower the sled")
    assert "Danas statement." in said
    assert "Erics answer." in said


async def test_the_second_moderator_may_discard_their_change(club: Club) -> None:
    mine = await club.run("edit", claim="find-depth")
    second = await club.dana.submit_modal(mine, {**fields_of(mine), "claim": "Danas statement."})
    theirs = await club.eric.slash(club.channel, "knowledge edit", claim="find-depth")
    first = await club.eric.submit_modal(theirs, {**fields_of(theirs), "answer": "Erics answer."})
    await publish(club.eric, response(first))
    await publish(club.dana, response(second))
    await club.dana.click(response(second), label="Discard mine")
    assert text_of(second.response) == words.DROPPED
    assert "Stop just before the hips roll off the pad" in await club.asked("how low do i lower the sled")


async def test_what_was_typed_comes_back_where_it_cannot_be_kept(club: Club) -> None:
    form = await club.run("add")
    club.break_store()
    result = await club.dana.submit_modal(form, CREATINE)
    said = told(result)
    assert "database" in said
    assert words.GIVEN_BACK in said
    name, content = await attached(result)
    assert name == "typed.txt"
    assert CREATINE["questions"] in content
    club.mend_store()
    assert "find-depth" in told(await club.run("list"))


@REFUSING
async def test_a_database_that_is_gone_costs_no_answer_and_gets_one_sentence(club: Club) -> None:
    await club.added()
    assert "It helps a little over weeks" in await club.asked(QUESTION)
    club.break_store()
    assert "It helps a little over weeks" in await club.asked(QUESTION)
    for command, options in (("list", {}), ("edit", {"claim": "find-depth"}), ("export", {}), ("history", {})):
        said = told(await club.run(command, **options))
        assert "nothing was changed" in said, command
    assert await club.dana.autocomplete(club.channel, "knowledge show", "claim", "depth") == []
    club.mend_store()
    assert "### Claims" in told(await club.run("list"))


@REFUSING
async def test_without_any_database_questions_are_answered_and_moderators_told(club: Club, handed: Handed) -> None:
    handed.workshop = None
    await club.env.restart_bot(handed.bot())
    assert "Stop just before the hips roll off the pad" in await club.asked("how low do i lower the sled")
    said = told(await club.run("list"))
    assert "The database is out of reach" in said
    assert isinstance(club.env.errors[-1].__cause__, StoreError)


ONE_WORDING = {
    **CREATINE,
    "title": "Straight legs",
    "claim": "Straight knees are dangerous.",
    "answer": "Stop short of it in our gym.",
    "questions": "our rule on the end of the rep",
}
"""Some of its likely wordings are those of a shipped claim."""
AS_BEFORE = {**CREATINE, "title": "Creatine with the sled", "questions": "what does creatine do for us"}
"""Its likely wordings name what the claim of nearly the same title names."""


async def test_a_preview_tries_what_members_are_likely_to_type_and_adds_it(club: Club) -> None:
    preview = await club.dana.submit_modal(await club.run("add"), ONE_WORDING)
    said = told(preview)
    found = re.search(r"Members will type these; (\d+) of (\d+) miss. Add them\?", said)
    assert found
    missed = int(found[1])
    assert 0 < missed <= int(found[2]) <= 15
    assert f"Add all {missed}" in labels(preview.response)
    await club.dana.click(response(preview), label=f"Add all {missed}")
    assert f"{missed + 1} of {missed + 1} new wordings go where you want it." in text_of(preview.response)
    assert "Members will type these" not in text_of(preview.response)
    await publish(club.dana, response(preview))
    assert len(await club.workshop.history.revisions(club.guild.id)) == 1
    assert "Stop short of it in our gym" in await club.asked("our rule on the end of the rep")


async def test_one_likely_wording_can_be_added_alone(club: Club) -> None:
    preview = await club.dana.submit_modal(await club.run("add"), ONE_WORDING)
    [held] = [each for each in components(preview.response) if each.get("custom_id", "").startswith("lp-pick:kfind:")]
    value = held["options"][0]["value"]
    await club.dana.select(response(preview), [value], custom_id=held["custom_id"])
    assert "2 of 2 new wordings go where you want it." in text_of(preview.response)
    assert f"“{value}”:" not in text_of(preview.response)


async def test_a_claim_that_few_would_find_is_published_with_a_second_yes(club: Club) -> None:
    await club.added()
    before = len(await club.workshop.history.revisions(club.guild.id))
    preview = await club.dana.submit_modal(await club.run("add"), AS_BEFORE)
    await club.dana.click(response(preview), label="Publish")
    assert "### Are you sure?" in text_of(preview.response)
    assert re.search(
        r"Of \d+ ways in which members are likely to ask, \d+ would get this answer.", text_of(preview.response)
    )
    assert len(await club.workshop.history.revisions(club.guild.id)) == before
    await club.dana.click(response(preview), label="Back to the preview")
    assert words.PREVIEW in text_of(preview.response)
    await publish(club.dana, response(preview))
    assert len(await club.workshop.history.revisions(club.guild.id)) == before + 1


async def test_an_earlier_publish_button_asks_a_second_time_as_well(club: Club) -> None:
    """An edit may make a claim hard to find, and the message from before it stands still."""
    await club.added()
    before = len(await club.workshop.history.revisions(club.guild.id))
    preview = await club.dana.submit_modal(await club.run("add"), AS_BEFORE)
    [pressed] = [each for each in custom_ids(preview.response) if each.startswith("lp:kdoubt:")]
    again = await press_old(club, club.dana, Press("kpublish", pressed.rpartition(":")[2]))
    assert "### Are you sure?" in told(again)
    assert len(await club.workshop.history.revisions(club.guild.id)) == before


@REFUSING
async def test_only_editors_add_likely_wordings(club: Club) -> None:
    preview = await club.dana.submit_modal(await club.run("add"), ONE_WORDING)
    [pressed] = [each for each in custom_ids(preview.response) if each.startswith("lp:kfinds:")]
    again = await press_old(club, club.mia, Press("kfinds", pressed.rpartition(":")[2]))
    assert "2 new wordings" not in told(again)
    assert text_of(preview.response) == told(preview)
    draft = int(pressed.rpartition(":")[2])
    assert (
        await club.workshop.curation.draft(club.guild.id, Actor(club.dana.id, manages=True), draft)
    ).fields.questions == ONE_WORDING["questions"]  # type: ignore[union-attr]
