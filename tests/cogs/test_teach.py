"""Teaching from messages: the menu "Teach this", "Teach me" under a decline, and the word of whoever wrote it."""

from typing import Any

import discord
import pytest
import simcord
from discord import ui

from bot.core.overlay import from_plain, print_of
from bot.service import harmless, teaching
from bot.service.access import Actor
from bot.store.tables import metadata
from bot.ui import wording
from bot.ui.curation import teaching as taught
from bot.ui.curation import words
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from tests.support.discord_side import Handed, custom_ids, labels, response, text_of
from tests.support.moderators import REFUSING, Club, attached, fields_of, publish, told

MENU = "Teach this"
REFUSED = "Editing knowledge is for moderators: you need Manage Server, or a role that /settings names."
ASKED = "is creatine any good for legs"
ANSWER = (
    "Creatine helps a little with heavy pressing. It takes weeks, and not one session.\n"
    "- take it any time of day\n- drink with it"
)
ALARM = "When I cant pee and my groin is numb after the press I just push on"
SAID = "said by a coach of this server"


async def mentioned(club: Club, text: str, who: simcord.MemberActor | None = None) -> discord.Message:
    """Somebody asks the bot in the channel, so that Discord shows it the words."""
    assert club.env.bot.user is not None
    return await (who or club.mia).send(club.channel, f"{club.env.bot.user.mention} {text}")


async def written(club: Club, text: str = ANSWER, to: discord.Message | None = None) -> discord.Message:
    """Eric, a coach, writes in the channel."""
    return await club.eric.send(club.channel, text, reply_to=to)


async def opened(club: Club, message: discord.Message) -> Any:
    """Dana teaches from a message; returns the form."""
    return await club.dana.context_menu(club.channel, MENU, message)


async def previewed(club: Club, message: discord.Message, **changed: str) -> Any:
    """Dana sends the form of a message in; returns the preview."""
    form = await opened(club, message)
    return await club.dana.submit_modal(form, {**fields_of(form), "questions": ASKED, **changed})


def public(club: Club) -> list[discord.Message]:
    return [
        each
        for each in club.channel.history(viewer=club.mia)
        if each.author == club.env.bot.user and not each.flags.ephemeral
    ]


async def test_a_reply_becomes_an_answer_and_what_it_replies_to_the_question(club: Club) -> None:
    question = await mentioned(club, ASKED)
    form = await opened(club, await written(club, to=question))
    assert fields_of(form) == {
        "title": "Is creatine any good for legs",
        "claim": "Creatine helps a little with heavy pressing.",
        "answer": "It takes weeks, and not one session.",
        "questions": ASKED,
        "do": "Take it any time of day.\nDrink with it.",
    }
    preview = await club.dana.submit_modal(form, fields_of(form))
    assert words.PREVIEW in told(preview)
    assert "It takes weeks" not in await club.asked(ASKED)
    await publish(club.dana, response(preview))
    assert "It takes weeks" in await club.asked(ASKED)


async def test_a_greeting_stays_out_and_a_list_is_stated_with_the_line_above_it(club: Club) -> None:
    said = "Hey Sam,\nHow we do it:\n- plates off, the big ones first\n- wipe the seat\nHope that helps!"
    assert fields_of(await opened(club, await written(club, said))) == {
        "title": "How we do it",
        "claim": "How we do it: Plates off, the big ones first.",
        "answer": "Plates off, the big ones first. Wipe the seat.",
        "questions": "",
        "do": "Plates off, the big ones first.\nWipe the seat.",
    }


async def test_where_discord_hides_the_question_the_form_asks_for_it(club: Club) -> None:
    question = await club.mia.send(club.channel, ASKED)
    form = await opened(club, await written(club, to=question))
    assert fields_of(form)["questions"] == ""
    assert fields_of(form)["claim"] == "Creatine helps a little with heavy pressing."


async def test_the_question_may_be_deleted_meanwhile(club: Club) -> None:
    question = await mentioned(club, ASKED)
    answer = await written(club, to=question)
    await club.mia.delete(question)
    assert fields_of(await opened(club, answer))["questions"] == ""


async def test_the_preview_tries_how_members_will_ask(club: Club) -> None:
    preview = await previewed(club, await written(club))
    assert "Members w" in told(preview)


async def test_nothing_is_kept_before_the_form_is_sent_in(club: Club) -> None:
    await opened(club, await written(club))
    async with club.workshop.store.database.reading() as connection:
        for table in metadata.sorted_tables:
            rows = (await connection.execute(table.select())).all()
            assert not any("reatine" in str(row) for row in rows), table.name


@REFUSING
async def test_a_moderator_who_lost_the_right_meanwhile_gets_the_text_back(club: Club) -> None:
    role = club.guild.create_role("Editor")
    zoe = club.guild.add_member(club.env.create_user("zoe"), roles=[role])
    admin = Actor(club.dana.id, manages=True)
    await club.workshop.settings.change(club.guild.id, admin, edit_roles=frozenset({role.id}))
    command = club.env.backend.find_command(MENU, club.guild.id, type=3)
    assert command is not None
    club.guild.set_command_permissions(int(command["id"]), {zoe: True})
    form = await zoe.context_menu(club.channel, MENU, await written(club))
    await club.workshop.settings.change(club.guild.id, admin, edit_roles=frozenset())
    result = await zoe.submit_modal(form, {**fields_of(form), "questions": ASKED})
    assert REFUSED in told(result)
    assert "It takes weeks" in (await attached(result))[1]


@REFUSING
@pytest.mark.parametrize(
    ("text", "files", "said"),
    [
        ("", [("press.png", b"x")], wording.NOTHING_TO_TEACH),
        ("https://example.org/clip", [], teaching.NO_WORDS),
        (ALARM, [], teaching.ALARM),
    ],
)
async def test_what_cannot_be_taught_gets_one_sentence(
    club: Club, text: str, files: list[tuple[str, bytes]], said: str
) -> None:
    message = await club.eric.send(club.channel, text, attachments=files)
    assert told(await opened(club, message)) == said


@REFUSING
async def test_what_is_refused_for_a_complaint_is_quoted_with_what_was_read_into_it(club: Club) -> None:
    said = told(await opened(club, await written(club, "Sí, se puede los lunes.")))
    assert said == f"“Sí, se puede los lunes.” (I read “puked”): {harmless.NOT_EVERYDAY}. {teaching.NOTHING_TAKEN}"
    said = told(await opened(club, await written(club, "Ringing ears go away by themselves.")))
    assert said.startswith("“ringing ears”: ")


@REFUSING
async def test_the_bots_own_messages_are_not_taught(club: Club) -> None:
    await mentioned(club, "how low do i lower the sled")
    assert told(await opened(club, public(club)[-1])) == taught.OWN


@REFUSING
async def test_a_member_who_gets_at_the_menu_is_refused(club: Club) -> None:
    message = await written(club)
    command = club.env.backend.find_command(MENU, club.guild.id, type=3)
    assert command is not None
    assert int(str(command["default_member_permissions"])) == discord.Permissions(manage_guild=True).value
    club.guild.set_command_permissions(int(command["id"]), {club.mia: True})
    assert told(await club.mia.context_menu(club.channel, MENU, message)) == REFUSED


async def test_a_long_message_makes_a_draft_that_says_what_is_left_out(club: Club) -> None:
    long = "Creatine helps a little with heavy pressing. " + "It takes some weeks and no session less. " * 47
    preview = await previewed(club, await written(club, long))
    assert "the end of it is left out" in told(preview)
    assert "Publish" in labels(preview.response)


async def test_a_message_of_four_thousand_characters_makes_a_draft_with_one_line_of_what_is_left_out(
    club: Club,
) -> None:
    message = await written(club)
    long = ("Creatine helps a little with heavy pressing. " + "It takes some weeks and no session less. " * 100)[:4000]
    club.env.backend.messages[club.channel.id][message.id].content = long  # its writer has Nitro
    preview = await previewed(club, message)
    assert told(preview).count("✂️") == 1
    assert "the end of it is left out" in told(preview)


async def test_a_webhooks_message_is_taught_and_one_line_says_that_nobody_is_asked(club: Club) -> None:
    message = await club.guild.create_webhook(club.channel, "Tips").send(ANSWER)
    preview = await previewed(club, message)
    assert told(preview).count(words.NOBODY_TO_ASK) == 1
    assert words.ASK_WRITER not in labels(preview.response)
    await publish(club.dana, response(preview))
    assert SAID not in await club.asked(ASKED)


async def test_another_bots_message_is_taught_and_one_line_says_that_nobody_is_asked(club: Club) -> None:
    other = club.guild.add_member(club.env.create_user("tipsbot", bot=True))
    preview = await previewed(club, await other.send(club.channel, ANSWER))
    assert told(preview).count(words.NOBODY_TO_ASK) == 1
    assert words.ASK_WRITER not in labels(preview.response)


@REFUSING
async def test_a_webhooks_message_without_text_gets_one_sentence(club: Club) -> None:
    message = await club.guild.create_webhook(club.channel, "Tips").send(embeds=[discord.Embed(title="A tip")])
    assert told(await opened(club, message)) == wording.NOTHING_TO_TEACH


async def test_a_message_that_is_deleted_while_the_form_is_open_can_still_be_taught(club: Club) -> None:
    message = await written(club)
    form = await opened(club, message)
    await club.eric.delete(message)
    preview = await club.dana.submit_modal(form, {**fields_of(form), "questions": ASKED})
    assert words.PREVIEW in told(preview)
    result = await club.dana.click(response(preview), label=words.ASK_WRITER)
    assert taught.MESSAGE_GONE in told(result)


class TestTheWriter:
    async def asked(self, club: Club) -> tuple[Any, discord.Message]:
        """Dana has Eric asked; returns the preview and the question in the channel."""
        message = await written(club)
        preview = await previewed(club, message)
        await club.dana.click(response(preview), label=words.ASK_WRITER)
        question = public(club)[-1]
        assert question.reference is not None
        assert question.reference.message_id == message.id
        return preview, question

    async def test_the_card_says_nothing_of_them_before_they_agree(self, club: Club) -> None:
        preview, question = await self.asked(club)
        assert "Creatine helps a little" in text_of(question)
        assert "> **What to do**\n> 1. Take it any time of day." in text_of(question)
        assert SAID not in text_of(preview.response)
        await publish(club.dana, response(preview))
        assert SAID not in await club.asked(ASKED)

    async def test_only_whoever_wrote_it_can_press(self, club: Club) -> None:
        _, question = await self.asked(club)
        assert told(await club.dana.click(question, label="Yes, say so")) == taught.NOT_YOURS
        assert told(await club.mia.click(question, label="No")) == taught.NOT_YOURS

    async def test_with_a_yes_the_card_says_so_and_names_nobody(self, club: Club) -> None:
        preview, question = await self.asked(club)
        await club.eric.click(question, label="Yes, say so")
        assert text_of(public(club)[-1]) == taught.SAID_YES
        await publish(club.dana, response(preview))
        said = await club.asked(ASKED)
        assert SAID in said
        assert "eric" not in said.lower()

    async def test_a_yes_after_publishing_counts_and_stands_in_the_history_without_a_name(self, club: Club) -> None:
        preview, question = await self.asked(club)
        await publish(club.dana, response(preview))
        await club.eric.click(question, label="Yes, say so")
        assert SAID in await club.asked(ASKED)
        [newest, _] = await club.workshop.history.revisions(club.guild.id)
        assert (newest.action, newest.author) == (teaching.ACTION, None)
        history = await club.run("history")
        assert words.ACTIONS[teaching.ACTION] in told(history)
        assert "Whose words" in told(await club.dana.click(response(history), custom_id="lp:krev:2.-"))

    async def test_a_yes_can_be_taken_back(self, club: Club) -> None:
        preview, question = await self.asked(club)
        await club.eric.click(question, label="Yes, say so")
        await publish(club.dana, response(preview))
        await club.eric.click(public(club)[-1], label="Take it back")
        assert SAID not in await club.asked(ASKED)
        assert text_of(public(club)[-1]) == taught.SAID_NO

    async def test_what_was_taken_back_no_way_back_brings_again(self, club: Club) -> None:
        preview, question = await self.asked(club)
        await club.eric.click(question, label="Yes, say so")
        await publish(club.dana, response(preview))
        await club.eric.click(public(club)[-1], label="Take it back")
        await publish(club.dana, response(await club.run("hide", claim="creatine-helps-a-little-with-heavy-p")))
        await publish(club.dana, response(await club.run("rollback", revision=1)))
        said = await club.asked(ASKED)
        assert "Creatine helps a little" in said
        assert SAID not in said

    async def test_a_no_is_told_to_the_moderator_and_leaves_them_out(self, club: Club) -> None:
        preview, question = await self.asked(club)
        await club.eric.click(question, label="No")
        form = await club.dana.click(response(preview), label="Edit")
        again = await club.dana.submit_modal(form, fields_of(form))
        assert words.SAID["n"] in text_of(again.response or preview.response)
        await publish(club.dana, response(preview))
        assert SAID not in await club.asked(ASKED)

    @REFUSING
    async def test_a_yes_is_for_the_text_that_was_shown_alone(self, club: Club) -> None:
        preview, question = await self.asked(club)
        form = await club.dana.click(response(preview), label="Edit")
        await club.dana.submit_modal(form, {**fields_of(form), "answer": "It does wonders in a day."})
        assert told(await club.eric.click(question, label="Yes, say so")) == teaching.CHANGED
        await publish(club.dana, response(preview))
        assert SAID not in await club.asked(ASKED)

    @REFUSING
    async def test_nobody_makes_up_a_word_that_was_never_asked_for(self, club: Club) -> None:
        await club.added()
        channel = club.env.bot.get_channel(club.channel.id)
        assert isinstance(channel, discord.TextChannel)
        [entry] = await club.workshop.store.revisions.entries(club.guild.id)
        claim = from_plain(entry.state).claim
        assert claim is not None
        for mark in (print_of(claim)[:12], "0" * 12):
            made_up = taught.Voice("y", taught.Question(club.mia.id, 0, claim.id, mark), "Forged")
            row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(made_up)
            message = await channel.send(view=Layout(box(0, row)).sealed())
            assert told(await club.mia.click(message, label="Forged")) == teaching.CHANGED
        assert SAID not in await club.asked("creatine timing for pressing")
        assert len(await club.workshop.history.revisions(club.guild.id)) == 1

    @REFUSING
    async def test_the_word_of_one_is_no_word_of_another(self, club: Club) -> None:
        preview, question = await self.asked(club)
        [theirs] = [each for each in custom_ids(question) if each.startswith("lp-said:y:")]
        mine = theirs.replace(f":{club.eric.id}:", f":{club.mia.id}:")
        channel = club.env.bot.get_channel(club.channel.id)
        assert isinstance(channel, discord.TextChannel)
        button: discord.ui.Button[Any] = discord.ui.Button(label="Forged", custom_id=mine)
        row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(button)
        message = await channel.send(view=Layout(box(0, row)).sealed())
        assert told(await club.mia.click(message, label="Forged")) == teaching.CHANGED
        await publish(club.dana, response(preview))
        assert SAID not in await club.asked(ASKED)

    async def test_they_are_shown_all_that_they_would_agree_to(self, club: Club) -> None:
        preview, question = await self.asked(club)
        for told_of in ("It takes weeks", "Take it any time of day", "Drink with it"):
            assert told_of in text_of(question), told_of
        form = await club.dana.click(response(preview), label="Edit")
        await club.dana.submit_modal(form, {**fields_of(form), "do": "Buy creatine at the shop of Dana."})
        await club.dana.click(response(preview), label=words.ASK_WRITER)
        assert "Buy creatine at the shop of Dana" in text_of(public(club)[-1])

    @REFUSING
    async def test_they_are_asked_once_about_a_text_and_never_after_a_no(self, club: Club) -> None:
        preview, question = await self.asked(club)
        asked = len(public(club))
        assert taught.ASKED_ALREADY in told(await club.dana.click(response(preview), label=words.ASK_WRITER))
        await club.eric.click(question, label="No")
        form = await club.dana.click(response(preview), label="Edit")
        await club.dana.submit_modal(form, {**fields_of(form), "answer": "It does a little, over weeks."})
        assert taught.SAID_NO_ALREADY in told(await club.dana.click(response(preview), label=words.ASK_WRITER))
        assert len(public(club)) == asked

    @REFUSING
    async def test_a_preview_that_was_open_shows_the_no_once_it_is_asked_again(self, club: Club) -> None:
        preview, question = await self.asked(club)
        await club.eric.click(question, label="No")
        assert words.SAID["asked"] in text_of(preview.response)
        await club.dana.click(response(preview), label=words.ASK_WRITER)
        assert words.SAID["n"] in text_of(preview.response)

    async def test_a_sentence_that_is_statement_and_answer_is_shown_to_them_once(self, club: Club) -> None:
        preview = await previewed(club, await written(club, "keep your heels down and do not lock out"))
        await club.dana.click(response(preview), label=words.ASK_WRITER)
        assert text_of(public(club)[-1]).count("Keep your heels down and do not lock out.") == 1

    async def test_other_words_are_no_longer_theirs(self, club: Club) -> None:
        preview, question = await self.asked(club)
        await club.eric.click(question, label="Yes, say so")
        await publish(club.dana, response(preview))
        [claim] = [each.id for each in await club.workshop.curation.listed(club.guild.id) if "reatine" in each.title]
        form = await club.run("edit", claim=claim)
        edited = await club.dana.submit_modal(form, {**fields_of(form), "answer": "It does wonders in a day."})
        await publish(club.dana, response(edited))
        assert SAID not in await club.asked(ASKED)

    async def test_a_moderators_own_words_need_no_question(self, club: Club) -> None:
        message = await club.dana.send(club.channel, ANSWER)
        preview = await previewed(club, message)
        before = len(public(club))
        await club.dana.click(response(preview), label=words.ASK_WRITER)
        assert SAID in text_of(preview.response)
        assert len(public(club)) == before
        await publish(club.dana, response(preview))
        assert SAID in await club.asked(ASKED)

    @REFUSING
    async def test_whoever_wants_to_be_ignored_is_not_asked(self, club: Club) -> None:
        preview = await previewed(club, await written(club))
        await club.workshop.privacy.ignore(club.eric.id)
        before = len(public(club))
        assert taught.NOT_TO_BE_ASKED in told(await club.dana.click(response(preview), label=words.ASK_WRITER))
        assert len(public(club)) == before

    @REFUSING
    async def test_of_a_deleted_message_nobody_is_asked(self, club: Club) -> None:
        message = await written(club)
        preview = await previewed(club, message)
        await club.eric.delete(message)
        assert taught.MESSAGE_GONE in told(await club.dana.click(response(preview), label=words.ASK_WRITER))

    async def test_nothing_that_is_stored_names_them(self, club: Club) -> None:
        preview, question = await self.asked(club)
        await club.eric.click(question, label="Yes, say so")
        await publish(club.dana, response(preview))
        async with club.workshop.store.database.reading() as connection:
            for table in metadata.sorted_tables:
                rows = (await connection.execute(table.select())).all()
                assert not any(str(club.eric.id) in str(row) for row in rows), table.name

    @REFUSING
    async def test_after_a_restart_it_is_not_known_who_wrote_it(self, club: Club, handed: Handed) -> None:
        preview = await previewed(club, await written(club))
        await club.env.restart_bot(handed.bot())
        said = told(await club.dana.click(response(preview), label=words.ASK_WRITER))
        assert said == taught.WRITER_FORGOTTEN

    async def test_delete_my_data_forgets_who_wrote_it(self, club: Club) -> None:
        bot: Any = club.env.bot
        preview = await previewed(club, await written(club))
        bot.desk.forget(club.eric.id)
        assert told(await club.dana.click(response(preview), label=words.ASK_WRITER)) == taught.WRITER_FORGOTTEN


class TestTeachMe:
    async def test_a_moderator_teaches_what_was_declined_in_three_presses(self, club: Club) -> None:
        await mentioned(club, ASKED)
        decline = public(club)[-1]
        form = await club.dana.click(decline, label="Teach me")
        assert fields_of(form)["questions"] == ASKED
        assert fields_of(form)["title"] == "Is creatine any good for legs"
        typed = {**fields_of(form), "claim": "Creatine helps a little.", "answer": "Over weeks, not in one session."}
        preview = await club.dana.submit_modal(form, typed)
        await publish(club.dana, response(preview))
        assert "Over weeks, not in one session." in await club.asked(ASKED)

    async def test_under_a_private_decline_moderators_alone_see_it(self, club: Club) -> None:
        mine = await club.dana.slash(club.channel, "legpress ask", question=ASKED)
        theirs = await club.mia.slash(club.channel, "legpress ask", question=ASKED)
        assert "Teach me" in labels(mine.response)
        assert "Teach me" not in labels(theirs.response)
        assert fields_of(await club.dana.click(response(mine), label="Teach me"))["questions"] == ASKED

    @REFUSING
    async def test_a_member_who_presses_it_is_refused_in_one_private_sentence(self, club: Club) -> None:
        await mentioned(club, ASKED)
        assert told(await club.mia.click(public(club)[-1], label="Teach me")) == REFUSED

    async def test_no_answer_and_no_stop_has_it(self, club: Club) -> None:
        await mentioned(club, "how low do i lower the sled")
        assert "Teach me" not in labels(public(club)[-1])
        await mentioned(club, "I cant pee and my groin is numb since the leg press")
        assert "Teach me" not in labels(public(club)[-1])

    async def test_direct_messages_have_no_such_button(self, club: Club) -> None:
        result = await club.env.create_user("carol").slash("legpress ask", question=ASKED)
        assert "Teach me" not in labels(result.response)

    async def test_what_waited_in_the_inbox_is_settled_with_it(self, club: Club) -> None:
        await club.workshop.settings.change(club.guild.id, Actor(club.dana.id, manages=True), keep_questions=True)
        for number in range(3):
            member = club.guild.add_member(club.env.create_user(f"lifter{number}"))
            await member.slash(club.channel, "legpress ask", question=ASKED)
        await club.workshop.recording.flush()
        await mentioned(club, ASKED)
        form = await club.dana.click(public(club)[-1], label="Teach me")
        typed = {**fields_of(form), "claim": "Creatine helps a little.", "answer": "Over weeks, not in one session."}
        await publish(club.dana, response(await club.dana.submit_modal(form, typed)))
        gaps = await club.workshop.inbox.groups(club.guild.id, Actor(club.dana.id, manages=True))
        assert gaps == []


@REFUSING
@pytest.mark.parametrize("about", ["k1", "k" + "9" * 60, "-", "m5", "x"])
async def test_a_forged_button_does_no_harm(club: Club, about: str) -> None:
    channel = club.env.bot.get_channel(club.channel.id)
    assert isinstance(channel, discord.TextChannel)
    row: ui.ActionRow[Any] = ui.ActionRow(Press("teach", about, "Forged"), Press("kvoice", about, "Voice"))
    message = await channel.send(view=Layout(box(0, row)).sealed())
    assert told(await club.mia.click(message, label="Forged")) == REFUSED
    assert fields_of(await club.dana.click(message, label="Forged"))["questions"] == ""
    assert told(await club.mia.click(message, label="Voice")) == REFUSED
    assert "\n" not in told(await club.dana.click(message, label="Voice"))
