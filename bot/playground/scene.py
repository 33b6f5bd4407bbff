"""The places of the playground: a gym's channel with its people, and an outsider's direct messages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import discord
import simcord

from bot.playground.community import BOT, MEMBER, MODERATOR, OUTSIDER, Community, Person

BOT_NAME = "Leg Press Bot"
TYPED = f"@{BOT_NAME}"
"""What somebody types to mention the bot; in Discord its list of names turns that into a mention."""

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


@dataclass(slots=True)
class Scene:
    """A channel and its people, by key. `said` and `open_draft` are filled where something has happened there.

    `seats` are those through whose eyes a page can show it (the first one at the start); `open_draft` is the message
    with the draft that the slower of two moderators has not published yet.
    """

    channel: simcord.ChannelHandle
    seats: Mapping[str, simcord.MemberActor | simcord.UserHandle]
    others: Mapping[str, simcord.MemberActor] = field(default_factory=dict)
    said: list[discord.Message] = field(default_factory=list)
    open_draft: simcord.ResponseMessage | None = None

    @property
    def viewers(self) -> Sequence[simcord.MemberActor | simcord.UserHandle]:
        """Whoever has a seat, in order."""
        return list(self.seats.values())

    def member(self, key: str) -> simcord.MemberActor:
        """Return a member of the server by their key."""
        found = self.seats.get(key) or self.others[key]
        assert isinstance(found, simcord.MemberActor)
        return found

    def kind_of(self, kind: str, community: Community) -> str:
        """Return the key of the first seat of a kind."""
        return next(key for key in self.seats if community.people[key].kind == kind)


async def server_channel(env: simcord.Env, community: Community) -> Scene:
    """Return a text channel of a server with its members and two coaches, who may manage the server."""
    guild = env.create_guild(community.server)
    channel = guild.create_text_channel(community.channel, topic=community.about)
    coach = guild.create_role(
        community.role, permissions=discord.Permissions(manage_guild=True, manage_messages=True), color=0x2E8B57
    )

    def member(person: Person) -> Visitor:
        user = _user(env, person.name)
        guild.add_member(user, roles=[coach] if person.kind == MODERATOR else [])
        return Visitor(env, guild, user)

    seats = {key: member(each) for key, each in community.people.items() if each.kind in {MEMBER, MODERATOR}}
    others = {key: member(each) for key, each in community.others.items()}
    await env.settle()
    return Scene(channel, seats, others)


async def direct_messages(env: simcord.Env, community: Community) -> Scene:
    """Return the direct messages between the bot and somebody who is not on the server."""
    outsiders = {key: _user(env, each.name) for key, each in community.people.items() if each.kind == OUTSIDER}
    await env.settle()
    return Scene(next(iter(outsiders.values())).dm_channel, outsiders)


def mention(env: simcord.Env) -> str:
    """Return how Discord writes a mention of the bot."""
    user = env.bot.user
    assert user is not None
    return user.mention


def with_mention(env: simcord.Env, text: str) -> str:
    """Return a text of the community with the bot mentioned where it is named."""
    return text.replace(BOT, mention(env))


def _user(env: simcord.Env, name: str) -> simcord.UserHandle:
    return env.create_user(name.lower().replace(" ", "_"), global_name=name)
