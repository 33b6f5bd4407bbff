"""Buttons of the desks that somebody without rights gets hold of, or whose custom_id somebody made up."""

from dataclasses import dataclass, replace
from typing import Any

import discord
import pytest
import simcord

from bot.core.fields import Fields
from bot.core.model import Answer, Outcome
from bot.service.access import Actor
from bot.ui.kit.buttons import Press
from bot.ui.kit.layout import Layout, box
from bot.ui.kit.picks import values_row
from bot.ui.registry import HANDLERS
from tests.support.discord_side import components, custom_ids, text_of
from tests.support.examples import share, soaks
from tests.support.moderators import REFUSING, Club, told

pytestmark = REFUSING
PRESSES = (
    "settings:-", "setask:-", "setkeep:-", "setforget:-", "inbpage:0", "inbback:1", "inbfind:1", "inbnew:1", "inbout:1",
    "inbdrop:1", "inbdropyes:1", "revpage:0", "revyes:1", "revno:1", "revamend:1", "revas:1", "revdiff:find-depth",
    "revours:find-depth", "revtheirs:find-depth",
)  # fmt: skip
FORGED_PICKS = ("setroles:edit", "setregion:-", "setdays:-", "setlog:-", "inbopen:0", "inbclaim:1", "revclaim:1")
REFUSED = ("Settings are for", "Editing knowledge is for", "Reviewing is for")


async def public(club: Club, row: discord.ui.ActionRow[Any]) -> discord.Message:
    """A message for all to see with what no member was ever given."""
    channel = club.env.bot.get_channel(club.channel.id)
    assert isinstance(channel, discord.TextChannel)
    return await channel.send(view=Layout(box(0, row)).sealed())


@pytest.mark.parametrize("press", PRESSES)
async def test_a_member_who_forges_a_button_is_refused_in_one_private_sentence(club: Club, press: str) -> None:
    kind, _, about = press.partition(":")
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(Press(kind, about, "Forged"))
    message = await public(club, row)
    said = told(await club.mia.click(message, label="Forged"))
    assert said.startswith(REFUSED)
    assert "\n" not in said


@pytest.mark.parametrize("pick", FORGED_PICKS)
async def test_a_member_who_forges_a_list_is_refused_in_one_private_sentence(club: Club, pick: str) -> None:
    kind, _, about = pick.partition(":")
    message = await public(club, values_row(kind, about, "Forged", [("1", "One")]))
    select = next(each for each in components(message) if each.get("type") == 3)
    said = told(await club.mia.select(message, ["1"], custom_id=select["custom_id"]))
    assert said.startswith(REFUSED)


@pytest.mark.parametrize("press", ["inbdrop:x", "inbdrop:" + "9" * 40, "revyes:-1", "inbpage:²"])
async def test_a_number_that_nobody_was_given_gets_one_sentence(club: Club, press: str) -> None:
    kind, _, about = press.partition(":")
    row: discord.ui.ActionRow[Any] = discord.ui.ActionRow(Press(kind, about, "Forged"))
    message = await public(club, row)
    assert "no such entry" in told(await club.dana.click(message, label="Forged"))


SECRET = "zorblax"
CLAIM = "zorblax-on-leg-day"
OF_MODERATORS = ("k", "inb", "rev", "set", "orph")
"""How the kinds of what is for moderators alone begin."""
DECIDES = ("rev", "orph")
"""What a reviewer may do: decide, and give back a place to what a release left over."""
ON_SQLITE = pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)
"""Rights are asked for before any database is: one is enough for so many presses."""


@dataclass
class Filled:
    """A server with one of everything, what stands where in it, and a moderator whose rights can be taken."""

    club: Club
    numbers: tuple[int, int, int]
    """Of a draft, a suggestion and a group of questions."""
    drafts: list[str]
    """Of all drafts: one that nothing speaks against, one that few would find, one that all would, a faulty one."""
    tom: simcord.MemberActor
    may_edit: simcord.RoleHandle

    async def state(self) -> tuple[Any, ...]:
        """All that the server has."""
        guild, store = self.club.guild.id, self.club.workshop.store
        draft = await store.drafts.get(guild, self.numbers[0])
        return (
            await store.revisions.entries(guild), await store.revisions.newest(guild), draft,
            await store.suggestions.open(guild), await store.inbox.all(guild),
            await self.club.workshop.settings.certain(guild), (await store.servers.usage(guild)).drafts,
        )  # fmt: skip

    def abouts(self, kind: str) -> list[str]:
        """What buttons, lists and forms of a kind may be about, with numbers and names that are there."""
        draft, suggestion, gap = map(str, self.numbers)
        paged = {
            "klist": "0.any",
            "khist": f"9.{CLAIM}",
            "krev": f"1.{CLAIM}",
            "know": "1.-",
            "kback": "0.-",
            "kundo": "1.-",
        }
        paged |= {"inbpage": "0", "revpage": "0", "setbroad": f"edit.{self.may_edit.id}"}
        if kind in paged:
            return [paged[kind]]
        by_number = {"inb": gap, "rev": suggestion}
        number = next((each for begin, each in by_number.items() if kind.startswith(begin)), draft)
        if kind.startswith(("set", "orph")):
            return ["edit" if kind.startswith("set") else "find-depth"]
        return [*(self.drafts if number == draft else [number]), CLAIM]


@pytest.fixture
async def filled(club: Club) -> Filled:
    dana, guild = Actor(club.dana.id, manages=True), club.guild.id
    work = club.workshop
    wordings = (f"when do i take {SECRET}", f"does {SECRET} help my sled numbers", f"{SECRET} before legs or after")
    fields = Fields(
        title="Zorblax on leg day", claim="It helps.", answer=f"{SECRET} first.", questions="\n".join(wordings)
    )
    for begun in (
        work.curation.begin_add(guild, dana, fields),
        work.curation.begin_questions(guild, dana, "find-depth", [f"how deep with {SECRET}"]),
    ):
        await work.curation.publish(guild, dana, (await begun).id)
    may_edit = club.guild.create_role("Trainer")
    tom = club.guild.add_member(club.env.create_user("tom"), roles=[may_edit])
    await work.settings.change(guild, dana, keep_questions=True, edit_roles=frozenset([may_edit.id]))
    made = await work.review.suggest(guild, Actor(5), f"what is {SECRET}", f"{SECRET} is a powder.")
    for member in range(3):
        work.recording.answered(guild, member, Answer("", Outcome.DECLINE, ""), f"is {SECRET} any good for calves")
    await work.recording.flush()
    [gap] = await work.inbox.groups(guild, dana)
    by = Actor(tom.id, frozenset([may_edit.id]))
    draft = await work.curation.begin_questions(guild, by, CLAIM, ["take it?"])
    again = replace(fields, title="Zorblax with the sled", questions=f"what does {SECRET} do for us")
    unfound = await work.curation.begin_add(guild, by, again)
    assert (await work.curation.preview(guild, by, unfound.id)).doubts
    other = replace(fields, title="Cold baths in our cellar", questions=f"our cold baths and {SECRET}")
    found = await work.curation.begin_add(guild, by, other)
    for _ in range(3):
        if missed := (await work.curation.preview(guild, by, found.id)).missed:
            await work.curation.add_wordings(guild, by, found.id, missed)
    assert not (await work.curation.preview(guild, by, found.id)).missed
    faulty = await work.curation.begin_add(guild, by, replace(other, answer=""))
    assert faulty.faults
    assert made.id is not None
    drafts = [str(each.id) for each in (draft, unfound, found, faulty)]
    return Filled(club, (draft.id, made.id, gap.id), drafts, tom, may_edit)


async def said_in(result: Any) -> str:
    """All that a result says or opens, files included."""
    parts = [str(result.modal)] if result.modal is not None else []
    for message in (result.response, *result.followups):
        if message is not None:
            parts.append(text_of(message) + " ".join(custom_ids(message)))
            parts += [f"{file.filename} {file.description} {(await file.read())!r}" for file in message.attachments]
    return "\n".join(parts).lower().replace(CLAIM, "")


def placed(pieces: list[Any]) -> list[list[discord.ui.ActionRow[Any]]]:
    """Rows of buttons, five by five, at most five rows a message."""
    rows = [discord.ui.ActionRow[Any](*pieces[at : at + 5]) for at in range(0, len(pieces), 5)]
    return [rows[at : at + 5] for at in range(0, len(rows), 5)]


async def forged(
    filled: Filled, who: simcord.MemberActor, where: simcord.ChannelHandle, skipped: tuple[str, ...], first: int
) -> dict[str, str]:
    """Use every button, list and form for moderators with ids that are there, or a third from `first` on; return what was said to each."""
    channel = filled.club.env.bot.get_channel(where.id)
    assert isinstance(channel, discord.TextChannel)
    said: dict[str, str] = {}
    kinds = [
        kind
        for kind in (*HANDLERS.buttons, *HANDLERS.lists)
        if kind.startswith(OF_MODERATORS) and not kind.startswith(skipped or ("-",))
    ]
    kinds = share(kinds, 3, first)
    presses = [Press(kind, about, "x") for kind in kinds if kind in HANDLERS.buttons for about in filled.abouts(kind)]
    for rows in placed(presses):
        message = await channel.send(view=Layout(box(0, *rows)).sealed())
        for press in [each for row in rows for each in row.children]:
            said[str(press.custom_id)] = await said_in(await who.click(message, custom_id=press.custom_id))  # type: ignore[attr-defined]
    for kind in [kind for kind in kinds if kind in HANDLERS.lists]:
        about = filled.abouts(kind)[0]
        message = await channel.send(view=Layout(box(0, values_row(kind, about, "x", [(CLAIM, "x")]))).sealed())
        said[kind] = await said_in(await who.select(message, [CLAIM], custom_id=f"lp-pick:{kind}:{about}"))
    for kind in share(
        (each for each in (*HANDLERS.texts, *HANDLERS.forms) if each.startswith(OF_MODERATORS)), 3, first
    ):
        if not kind.startswith(skipped or ("-",)):
            said[f"form {kind}"] = await said_in(await sent(filled, who, where, kind))
    return said


async def sent(filled: Filled, who: simcord.MemberActor, where: simcord.ChannelHandle, kind: str) -> Any:
    """Send in a form of a kind that was never shown: Discord lets whoever was shown one send in that alone, a forger does not ask."""
    shown = await who.slash(where, "legpress report")
    names = ("text", "title", "claim", "answer", "questions")
    fields = [
        {
            "type": 18,
            "id": 2 * at + 1,
            "label": name,
            "component": {"type": 4, "id": 2 * at + 2, "custom_id": name, "style": 2},
        }
        for at, name in enumerate(names)
    ]
    about = filled.abouts(kind)[0]
    shown._interaction.modal = {"custom_id": f"lp-form:{kind}:{about}:7", "title": "x", "components": fields}
    return await who.submit_modal(shown, dict.fromkeys(names, "something else here"))


FORGERS = ("member", "outsider", "other server's editor", "rights were taken", "reviewer")


@ON_SQLITE
@pytest.mark.loop
@pytest.mark.parametrize("who", FORGERS)
async def test_nobody_forges_any_button_list_or_form(filled: Filled, who: str) -> None:
    club = filled.club
    actor, where = club.mia, club.channel
    skipped: tuple[str, ...] = ()
    if who == "outsider":
        other = club.elsewhere.guild
        assert other is not None
        actor, where = other.add_member(club.env.create_user("nora")), club.elsewhere
    elif who == "other server's editor":
        actor, where = club.olga, club.elsewhere
    elif who == "rights were taken":
        await club.workshop.settings.change(club.guild.id, Actor(club.dana.id, manages=True), edit_roles=frozenset())
        actor = filled.tom
    elif who == "reviewer":
        role = club.guild.create_role("Reviewer")
        actor = club.guild.add_member(club.env.create_user("rita"), roles=[role])
        dana = Actor(club.dana.id, manages=True)
        await club.workshop.settings.change(club.guild.id, dana, approve_roles=frozenset([role.id]))
        skipped = DECIDES
    kept = await filled.state()
    said = await forged(filled, actor, where, skipped, FORGERS.index(who) % 3)
    assert await filled.state() == kept
    assert len(said) > (40 if skipped else 60) // (1 if soaks() else 3), list(said)
    assert all(said.values()), "somebody was left without a word"
    assert not [each for each in said.values() if "something went wrong" in each]
    if who != "reviewer":  # who may read the server's own knowledge
        assert not [each for each, words in said.items() if SECRET in words]
