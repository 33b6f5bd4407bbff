"""`/knowledge hide`, `restore`, `remove`, `history` and `rollback`, on SQLite and on PostgreSQL."""

from typing import Any

from bot.service.access import Actor
from bot.ui.curation import words
from tests.support.discord_side import labels, response, text_of
from tests.support.moderators import REFUSING, Club, attached, fields_of, publish, told

QUESTION = "how low do i lower the sled"


async def published(club: Club, command: str, **options: Any) -> str:
    """Dana uses a command and publishes what it prepares; returns the preview."""
    preview = await club.run(command, **options)
    said = told(preview)
    await publish(club.dana, response(preview))
    assert "Published as revision" in text_of(preview.response)
    return said


async def edited(club: Club, answer: str) -> None:
    """Dana changes the answer of a shipped claim."""
    form = await club.run("edit", claim="find-depth")
    preview = await club.dana.submit_modal(form, {**fields_of(form), "answer": answer})
    await publish(club.dana, response(preview))


async def test_a_hidden_claim_is_not_answered_until_it_is_restored(club: Club) -> None:
    said = await published(club, "hide", claim="find-depth", why="we teach another way")
    assert "find-depth: hidden" in said
    assert "Reason: we teach another way" in said
    assert "Stop just before the hips roll off the pad" not in await club.asked(QUESTION)
    shown = await club.run("show", claim="find-depth")
    assert "hidden here" in told(shown)
    assert "Restore" in labels(shown.response)
    said = await published(club, "restore", claim="find-depth")
    assert "find-depth: shown" in said
    assert "Stop just before the hips roll off the pad" in await club.asked(QUESTION)


async def test_hiding_names_the_known_questions_that_go_elsewhere(club: Club) -> None:
    result = await club.run("hide", claim="find-depth")
    said = told(result)
    assert "known questions of **Find your own depth** would get no sure answer instead, such as “" in said
    name, content = await attached(result)
    assert name == "checks.txt"
    assert "“how low do i lower the sled”" in content
    assert "known questions of Find your own depth would get no sure answer instead: “" in content
    assert "**" not in content


async def test_a_replaced_claim_goes_back_to_what_is_shipped(club: Club) -> None:
    await edited(club, "Our own answer.")
    assert "replaced by this server" in told(await club.run("show", claim="find-depth"))
    await published(club, "restore", claim="find-depth")
    assert "Go as low as you can" in await club.asked(QUESTION)


async def test_a_removed_claim_is_gone_but_can_be_brought_back_by_undo(club: Club) -> None:
    await club.added()
    preview = await club.run("remove", claim="creatine-and-the-sled")
    assert "creatine-and-the-sled: removed" in told(preview)
    await publish(club.dana, response(preview))
    assert "It helps a little" not in await club.asked("creatine timing for pressing")
    await club.dana.click(response(preview), label="Undo")
    assert words.PREVIEW in text_of(preview.response)
    await publish(club.dana, response(preview))
    assert "It helps a little" in await club.asked("creatine timing for pressing")


@REFUSING
async def test_what_cannot_be_done_is_one_sentence(club: Club) -> None:
    assert told(await club.run("remove", claim="find-depth")).startswith("This claim comes with the bot")
    assert "neither hidden nor changed" in told(await club.run("restore", claim="find-depth"))
    await published(club, "hide", claim="find-depth")
    assert "hidden already" in told(await club.run("hide", claim="find-depth"))
    assert "There is no revision 99 here" in told(await club.run("rollback", revision=99))
    assert "nothing to roll back" in told(await club.run("rollback", revision=1))
    assert "There is no revision" in told(await club.run("history", older=7, newer=9))


async def test_the_history_names_who_what_and_why_newest_first(club: Club) -> None:
    await club.added()
    await published(club, "hide", claim="find-depth", why="we teach another way")
    said = told(await club.run("history"))
    assert said.index("**2** · Hide") < said.index("**1** · New claim")
    assert f"<@{club.dana.id}>" in said
    assert "`find-depth`" in said
    assert "we teach another way" in said
    alone = told(await club.run("history", claim="creatine-and-the-sled"))
    assert "**1**" in alone
    assert "**2**" not in alone


async def test_a_server_without_changes_has_no_history_nor_anybody_elses(club: Club) -> None:
    await club.added()
    said = told(await club.olga.slash(club.elsewhere, "knowledge history"))
    assert words.NO_HISTORY in said


async def test_a_long_history_is_turned_page_by_page(club: Club, clock: Any) -> None:
    dana = Actor(club.dana.id, manages=True)
    for number in range(10):
        which = club.workshop.curation.begin_restore if number % 2 else club.workshop.curation.begin_hide
        draft = await which(club.guild.id, dana, "find-depth", f"turn {number}")
        await club.workshop.curation.publish(club.guild.id, dana, draft.id)
        clock.forward(minutes=1)
    result = await club.run("history")
    assert "**10** · " in told(result)
    assert "**2** · " not in told(result)
    await club.dana.click(response(result), label="Older")
    assert "**2** · " in text_of(result.response)
    assert "Older" not in labels(result.response)
    await club.dana.click(response(result), label="Newest")
    assert "**10** · " in text_of(result.response)


async def test_the_difference_of_a_revision_and_the_way_back(club: Club) -> None:
    await edited(club, "Our first answer.")
    await edited(club, "Our second answer.")
    history = await club.run("history", claim="find-depth")
    shown = await club.dana.click(response(history), custom_id="lp:krev:2.find-depth")
    said = told(shown)
    assert "- Our first answer." in said
    assert "+ Our second answer." in said
    assert "```diff" in said
    preview = await club.dana.click(response(shown), label="Back to before it")
    assert "Our first answer." in told(preview)
    await publish(club.dana, response(shown))
    assert "Our first answer." in await club.asked(QUESTION)
    assert "**3** · Roll back" in told(await club.run("history"))


async def test_any_two_states_can_be_compared(club: Club) -> None:
    await edited(club, "Our first answer.")
    await club.added()
    await edited(club, "Our second answer.")
    said = told(await club.run("history", older=1, newer=3))
    assert "- Our first answer." in said
    assert "+ Our second answer." in said
    assert "@@ Creatine and the sled\n   (creatine-and-the-sled)\n   is new @@" in said
    alone = told(await club.run("history", older=1, newer=3, claim="find-depth"))
    assert "Creatine" not in alone
    backwards = told(await club.run("history", older=3, newer=0, claim="find-depth"))
    assert "From revision 0 to 3" in backwards
    assert words.NO_DIFFERENCE in told(await club.run("history", older=3))


async def test_rolling_back_all_goes_to_any_state_after_a_preview(club: Club) -> None:
    await edited(club, "Our first answer.")
    await club.added()
    said = await published(club, "rollback", revision=0, why="start anew")
    assert "creatine-and-the-sled: removed" in said
    assert "find-depth: answer" in said
    assert "Go as low as you can" in await club.asked(QUESTION)
    await published(club, "rollback", revision=2, claim="creatine-and-the-sled")
    assert "It helps a little" in await club.asked("creatine timing for pressing")
    assert "Go as low as you can" in await club.asked(QUESTION)


async def test_a_difference_too_long_for_a_message_comes_whole_as_a_file(club: Club) -> None:
    for number in range(3):
        lines = "\n".join(f"zebra {number} asks question {line} about ```code``` in the gym" for line in range(30))
        await club.added(title=f"Extra {number}", questions=lines)
    result = await club.run("history", older=0, newer=3)
    said = told(result)
    assert "more lines in the file" in said
    assert said.count("```") == 2
    name, content = await attached(result)
    assert name == "revisions-0-3.diff"
    assert "+ zebra 2 asks question 29 about ```code``` in the gym" in content
