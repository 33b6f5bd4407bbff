"""Hello to a server that the bot has just joined: once, where it may write, and never otherwise."""

from typing import Any

import discord

from bot.ui.desks import welcome
from tests.support.discord_side import Handed, labels, text_of
from tests.support.moderators import REFUSING, Club, told


def public(club: Club) -> list[discord.Message]:
    history = club.channel.history(viewer=club.dana)
    return [each for each in history if each.author == club.env.bot.user and not each.flags.ephemeral]


async def with_system_channel(club: Club) -> discord.Guild:
    """The server, whose system channel is the one in which people talk."""
    club.env.backend.get_guild(club.guild.id).system_channel_id = club.channel.id
    guild = club.env.bot.get_guild(club.guild.id)
    assert guild is not None
    guild._system_channel_id = club.channel.id
    return guild


async def joins(club: Club, guild: discord.Guild) -> None:
    """Discord says that the bot was added to a server."""
    bot: Any = club.env.bot
    cog = bot.get_cog("Welcome")
    await cog.on_guild_join(guild)
    await club.env.settle()


async def test_it_says_hello_once_with_how_to_teach_it(club: Club) -> None:
    await joins(club, await with_system_channel(club))
    [hello] = public(club)
    assert "I answer questions about the leg press" in text_of(hello)
    assert labels(hello) == ["How to teach me", "Hide"]
    assert "Teach this" in told(await club.mia.click(hello, label="How to teach me"))


async def test_never_twice_also_not_after_a_restart(club: Club, handed: Handed) -> None:
    guild = await with_system_channel(club)
    await joins(club, guild)
    await joins(club, guild)
    await club.env.restart_bot(handed.bot())
    again = club.env.bot.get_guild(club.guild.id)
    assert again is not None
    await joins(club, again)
    assert len(public(club)) == 1


async def test_coming_back_after_a_restart_is_no_joining(club: Club, handed: Handed) -> None:
    await with_system_channel(club)
    await club.env.restart_bot(handed.bot())
    assert public(club) == []


async def test_without_a_system_channel_it_is_silent(club: Club) -> None:
    guild = club.env.bot.get_guild(club.guild.id)
    assert guild is not None
    await joins(club, guild)
    assert public(club) == []


async def test_where_it_may_not_write_it_is_silent(club: Club) -> None:
    guild = await with_system_channel(club)
    for role in guild.roles:
        club.env.backend.edit_role(guild.id, role.id, {"permissions": 0})
    await club.env.settle()
    await joins(club, guild)
    assert not [each for each in club.env.http_requests if each.method == "POST" and each.path.endswith("/messages")]


async def test_without_a_database_it_is_silent(club: Club) -> None:
    guild = await with_system_channel(club)
    club.break_store()
    await joins(club, guild)
    club.mend_store()
    assert public(club) == []


@REFUSING
async def test_moderators_hide_it_and_members_do_not(club: Club) -> None:
    await joins(club, await with_system_channel(club))
    [hello] = public(club)
    assert told(await club.mia.click(hello, label="Hide")) == welcome.NOT_YOURS_TO_HIDE
    await club.dana.click(hello, label="Hide")
    assert public(club) == []


async def test_the_note_that_it_was_greeted_names_nobody(club: Club) -> None:
    await joins(club, await with_system_channel(club))
    assert dict(await club.workshop.store.servers.settings(club.guild.id)) == {"greeted": True}
    settings = await club.workshop.settings.certain(club.guild.id)
    assert not settings.keep_questions
