"""Servers never see each other's overlay, pictures, drafts, history, suggestions, inbox, counts or settings.

One server fills all of them with a word that stands nowhere else; a moderator of another one uses every command, and
every button and list with every number and name of the first, and must never read that word nor change anything.
"""

import io
import json
from typing import Any

import discord
import pytest
from PIL import Image

from bot.service.access import Actor
from bot.service.draft_values import Draft
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.picks import values_row
from bot.ui.registry import HANDLERS
from tests.support.discord_side import custom_ids, press, response, text_of
from tests.support.examples import share
from tests.support.moderators import CREATINE, REFUSING, Club, fields_of, publish, told

SECRET = "zorblax"
CLAIM = "zorblax-on-leg-day"
ASKED = f"is {SECRET} any good for calves"
ALT = f"The {SECRET} machine in the corner of the gym."
OWN = ("k", "inb", "rev", "set", "orph")
"""How the kinds of the moderators' buttons begin."""


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (320, 240), (10, 120, 200)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
async def filled(club: Club) -> Club:
    """A server that has something of everything, and another one that has nothing but consent."""
    dana, mia = Actor(club.dana.id, manages=True), club.mia
    other = club.env.bot.get_channel(club.elsewhere.id)
    assert isinstance(other, discord.TextChannel)
    log = club.guild.create_text_channel(f"{SECRET}-log")
    await club.workshop.settings.change(club.guild.id, dana, keep_questions=True, log_channel=log.id)
    await club.workshop.settings.change(other.guild.id, Actor(club.olga.id, manages=True), keep_questions=True)
    wordings = (f"when do i take {SECRET}", f"does {SECRET} help my sled numbers", f"{SECRET} before legs or after")
    await club.added(title="Zorblax on leg day", answer=f"{SECRET} first.", questions="\n".join(wordings))
    preview = await club.run("picture", claim=CLAIM, alt=ALT, image=("a.png", picture()))
    await publish(club.dana, response(preview))
    edit = await club.run("edit", claim="find-depth", why=f"{SECRET} says so")
    preview = await club.dana.submit_modal(edit, {**fields_of(edit), "answer": f"Ask {SECRET}."})
    await publish(club.dana, response(preview))
    form = await mia.slash(club.channel, "legpress suggest")
    await mia.submit_modal(form, {"question": f"what is {SECRET}", "answer": SECRET, "link": "", "tell": ["yes"]})
    for number in range(3):
        member = club.guild.add_member(club.env.create_user(f"lifter{number}"))
        await member.slash(club.channel, "legpress ask", question="parallel or below for shorties")
        critic = club.guild.add_member(club.env.create_user(f"critic{number}"))
        card = await critic.slash(club.channel, "legpress ask", question=f"when do i take {SECRET}")
        assert f"{SECRET} first." in text_of(response(card))
        await press(critic, response(card), "Not helpful")
    await club.workshop.recording.flush()
    return club


async def everything(result: Any) -> str:
    """All that a result says, forms and files included."""
    said = [json.dumps(result.modal)] if result.modal is not None else []
    for message in (result.response, *result.followups):
        if message is not None:
            said.append(text_of(message) + " ".join(custom_ids(message)))
            said += [f"{file.filename} {file.description} {(await file.read())!r}" for file in message.attachments]
    return "\n".join(said).lower()


async def state(club: Club) -> tuple[Any, ...]:
    """All that the first server has."""
    guild, store = club.guild.id, club.workshop.store
    return (
        await store.revisions.entries(guild),
        await club.workshop.history.revisions(guild),
        await store.suggestions.open(guild),
        await store.inbox.all(guild),
        await club.workshop.settings.certain(guild),
    )


async def open_draft(club: Club) -> Draft:
    dana = Actor(club.dana.id, manages=True)
    return await club.workshop.curation.begin_questions(club.guild.id, dana, CLAIM, [f"how much {SECRET}"], SECRET)


@REFUSING
@pytest.mark.both_databases
async def test_a_moderator_elsewhere_reads_nothing_of_it_with_any_command(filled: Club) -> None:
    olga, there = filled.olga, filled.elsewhere
    await open_draft(filled)
    kept = await state(filled)
    lists: list[dict[str, Any]] = [
        {"only": "added"},
        {"topic": "this-server"},
        {"search": "leg day"},
        {"only": "never"},
    ]
    assert all([SECRET in told(await filled.run("list", **options)) for options in lists[:3]])
    for command, options in (
        *(("list", options) for options in lists), ("list", {}), ("list", {"only": "replaced"}),
        ("list", {"only": "worst"}), ("show", {"claim": CLAIM}),
        ("show", {"claim": "find-depth"}), ("try", {"question": "when do i take it"}), ("history", {}),
        ("history", {"claim": CLAIM}), ("history", {"older": 0, "newer": 2}), ("history", {"older": 1}),
        ("rollback", {"revision": 1}), ("rollback", {"revision": 2, "claim": CLAIM}), ("edit", {"claim": CLAIM}),
        ("hide", {"claim": CLAIM}), ("restore", {"claim": CLAIM}), ("restore", {"claim": "find-depth"}),
        ("remove", {"claim": CLAIM}), ("export", {}), ("export", {"topic": "this-server"}), ("review", {}),
        ("inbox", {}), ("stats", {}),
        ("picture", {"claim": CLAIM, "alt": "A sled in the corner of the gym.", "image": ("a.png", picture())}),
    ):  # fmt: skip
        result = await olga.slash(there, f"knowledge {command}", **options)
        assert SECRET not in (await everything(result)).replace(CLAIM, ""), command  # what she typed is repeated
    for command, field in (("show", "claim"), ("edit", "claim"), ("remove", "claim"), ("export", "topic")):
        assert SECRET not in str(await olga.autocomplete(there, f"knowledge {command}", field, "zorb")).lower()
    for result in (
        await olga.slash(there, "legpress ask", question=f"when do i take {SECRET}"),
        await olga.slash(there, "legpress ask", question=f"claim:{CLAIM}"),
        await olga.slash(there, "legpress depth"),
        await olga.slash(there, "settings"),
    ):
        said = await everything(result)
        assert f"{SECRET} first" not in said
        assert f"ask {SECRET}" not in said
        assert ALT.lower() not in said
    assert SECRET not in str(await olga.autocomplete(there, "legpress ask", "question", "depth of the sled")).lower()
    assert await state(filled) == kept


@REFUSING
@pytest.mark.loop
async def test_no_button_list_or_form_of_another_server_does_anything_there(filled: Club) -> None:
    olga = filled.olga
    draft = await open_draft(filled)
    [suggestion] = await filled.workshop.store.suggestions.open(filled.guild.id)
    [gap] = {row.group for row in await filled.workshop.store.inbox.all(filled.guild.id)}
    kept = await state(filled)
    channel = filled.env.bot.get_channel(filled.elsewhere.id)
    assert isinstance(channel, discord.TextChannel)
    numbers = dict.fromkeys(map(str, (draft.id, suggestion.id, gap)))
    abouts = [*numbers, CLAIM, "find-depth", f"2.{CLAIM}", "1.-"]
    kinds = [kind for kind in HANDLERS.buttons if kind.startswith(OWN)]
    assert len(kinds) > 30
    third = int(filled.workshop.store.database.is_postgres)
    for kind in share(kinds, 3, third):
        buttons = [Press(kind, about, str(number)) for number, about in enumerate(abouts)]
        rows: list[discord.ui.ActionRow[Any]] = [discord.ui.ActionRow(*buttons[:5]), discord.ui.ActionRow(*buttons[5:])]
        message = await channel.send(view=Layout(box(0, *rows)).sealed())
        for button in buttons:
            said = await everything(await olga.click(message, custom_id=button.item.custom_id))
            assert SECRET not in said.replace(CLAIM, ""), (kind, button.claim_id)
    for kind in share(HANDLERS.lists, 3, third):
        for about in numbers:
            message = await channel.send(view=Layout(box(0, values_row(kind, about, "x", [(CLAIM, "x")]))).sealed())
            result = await olga.select(message, [CLAIM], custom_id=f"lp-pick:{kind}:{about}")
            assert SECRET not in (await everything(result)).replace(CLAIM, ""), kind
    assert await state(filled) == kept
    assert (
        await filled.workshop.curation.draft(filled.guild.id, Actor(1, manages=True), draft.id)
    ).differences == draft.differences
    assert {"kfirst", "kreason", "suggest"} <= set(HANDLERS.forms)


@pytest.mark.both_databases
async def test_the_other_server_can_have_the_very_same_names(filled: Club) -> None:
    wordings = ("what about zorblax for gains", "zorblax timing for pressing", "should i take zorblax at noon")
    form = await filled.olga.slash(filled.elsewhere, "knowledge add")
    typed = {
        **CREATINE,
        "title": "Zorblax on leg day",
        "answer": "Never heard of it.",
        "questions": "\n".join(wordings),
    }
    made = await filled.olga.submit_modal(form, typed)
    await publish(filled.olga, response(made))
    assert "Never heard of it." in await filled.asked("what about zorblax for gains", filled.olga)
    assert f"{SECRET} first." in await filled.asked(f"when do i take {SECRET}")
