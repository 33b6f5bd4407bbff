"""What the playground shows first: a gym's server with a few members, or a member's direct messages."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord
import simcord

BOT_NAME = "Leg Press Bot"
SERVER = "Iron Corner Gym"
CHANNEL = "leg-day"
MEMBERS = ("Mia", "Sam")
COACH = "Coach Dana"
QUESTION = "why does my lower back hurt after leg press"


@dataclass(frozen=True, slots=True)
class Scene:
    """A channel, and through whose eyes the page shows it (the first one at the start)."""

    channel: simcord.ChannelHandle
    viewers: Sequence[simcord.MemberActor | simcord.UserHandle]


async def server_channel(env: simcord.Env) -> Scene:
    """Return a text channel of a server with two members and a coach, who may manage the server."""
    guild = env.create_guild(SERVER)
    channel = guild.create_text_channel(CHANNEL, topic="Ask the bot about the leg press")
    coach = guild.create_role(
        "Coach", permissions=discord.Permissions(manage_guild=True, manage_messages=True), color=0x2E8B57
    )
    members = [guild.add_member(_user(env, name)) for name in MEMBERS]
    members.append(guild.add_member(_user(env, COACH), roles=[coach]))
    await env.settle()
    there = env.bot.get_channel(channel.id)
    assert isinstance(there, discord.TextChannel)
    await there.send(
        "**Try me. Nothing that you write here leaves this computer.**\n"
        "- Type `/` and pick `/legpress depth` or another topic; `/legpress ask` takes your own words.\n"
        f"- Or paste this: `{mention(env)} {QUESTION}`\n"
        "- Then press the buttons under the answer.\n\n"
        f"You are {MEMBERS[0]}. *Viewing as*, at the top, makes you somebody else; "
        f"{COACH} has a moderator's commands too."
    )
    await env.settle()
    return Scene(channel, members)


async def direct_messages(env: simcord.Env) -> Scene:
    """Return the direct messages between one member and the bot."""
    member = _user(env, MEMBERS[0])
    there = await env.bot.fetch_user(member.id)
    await there.send(
        "**Ask me in your own words. Nothing that you write here leaves this computer.**\n"
        f"- For example: `{QUESTION}`\n"
        "- And then: `why?`, or press the buttons under the answer."
    )
    await env.settle()
    return Scene(member.dm_channel, [member])


def mention(env: simcord.Env) -> str:
    """Return what to paste to mention the bot; the page's composer turns no @name into a mention."""
    user = env.bot.user
    assert user is not None
    return user.mention


def _user(env: simcord.Env, name: str) -> simcord.UserHandle:
    return env.create_user(name.lower().replace(" ", "_"), global_name=name)
