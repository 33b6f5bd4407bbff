"""Buttons of the desks that somebody without rights gets hold of, or whose custom_id somebody made up."""

from typing import Any

import discord
import pytest

from bot.ui.buttons import Press
from bot.ui.desks.picks import values_row
from bot.ui.layout import Layout, box
from tests.support.discord_side import components
from tests.support.moderators import REFUSING, Club, told

pytestmark = REFUSING
PRESSES = (
    "settings:-", "setask:-", "setkeep:-", "setforget:-", "inbpage:0", "inbback:1", "inbfind:1", "inbnew:1", "inbout:1",
    "inbdrop:1", "inbdropyes:1", "revpage:0", "revyes:1", "revno:1", "revamend:1", "revas:1", "revdiff:find-depth",
    "revours:find-depth", "revtheirs:find-depth",
)  # fmt: skip
PICKS = ("setroles:edit", "setregion:-", "setdays:-", "setlog:-", "inbopen:0", "inbclaim:1", "revclaim:1")
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


@pytest.mark.parametrize("pick", PICKS)
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
