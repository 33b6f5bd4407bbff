"""What the playground shows first: a gym's server with a few members, or a member's direct messages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord
import simcord

BOT_NAME = "Leg Press Bot"
SERVER = "Iron Corner Gym"
CHANNEL = "leg-day"
TYPED = f"@{BOT_NAME}"
"""What somebody types to mention the bot; in Discord its list of names turns that into a mention."""
MEMBERS = ("Mia", "Sam")
COACH = "Coach Dana"
QUESTION = "why does my lower back hurt after leg press"


_NAMED = re.compile(r"@leg[ _-]?press(?:[ _-]?bot)?\b", re.IGNORECASE)


class Visitor(simcord.MemberActor):
    """A member whose typed @Leg Press Bot is a mention: the page has no list of names to pick it from."""

    def __init__(self, env: simcord.Env, guild: simcord.GuildHandle, user: simcord.UserHandle) -> None:
        """Be `user` in `guild`, where they are a member."""
        super().__init__(env, guild, user)
        self._mention = mention(env)

    async def send(self, channel: simcord.ChannelHandle, content: str = "", **more: Any) -> discord.Message:
        """Send a message, as the base class does."""
        return await super().send(channel, _NAMED.sub(self._mention, content), **more)


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
    members = []
    for name, roles in (*((name, []) for name in MEMBERS), (COACH, [coach])):
        user = _user(env, name)
        guild.add_member(user, roles=roles)
        members.append(Visitor(env, guild, user))
    await env.settle()
    there = env.bot.get_channel(channel.id)
    assert isinstance(there, discord.TextChannel)
    await there.send(
        "**Try me. Nothing that you write here leaves this computer.**\n"
        "- Type `/` and pick `/legpress depth` or another topic; `/legpress ask` takes your own words.\n"
        f"- Or ask by name: `{TYPED} {QUESTION}`\n"
        "- Then press the buttons under the answer.\n\n"
        f"You are {MEMBERS[0]}. *Viewing as*, at the top, makes you somebody else; "
        f"{COACH} has a moderator's commands too.\n"
        "-# Not on this page: Discord's menu on a message (Apps, *Answer this*, *Explain this answer* and *Teach this*)."
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
    """Return how Discord writes a mention of the bot."""
    user = env.bot.user
    assert user is not None
    return user.mention


def _user(env: simcord.Env, name: str) -> simcord.UserHandle:
    return env.create_user(name.lower().replace(" ", "_"), global_name=name)
