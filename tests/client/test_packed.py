"""Channels and roles that are packed until somebody looks: they are what discord.py itself would make of the same events."""

import asyncio
import contextlib
import copy
from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest

from bot.client import LegPressBot
from bot.client.packed import MOST_OPEN, Packed
from tests.client.test_connecting import served
from tests.support.discord_side import Handed
from tests.support.wire import APPLICATION, Wire, running
from tests.support.wire_members import Members, guild

SERVER = 1 << 40
OWN_ROLE = SERVER + 2


def server() -> dict[str, Any]:
    """A server whose channels differ: of several kinds, with what is allowed and denied in them."""
    made = guild(SERVER, channels=6, roles=4)
    for number, channel in enumerate(made["channels"]):
        channel["type"] = (0, 2, 4, 5, 13, 15)[number]
        channel |= {"topic": "what we lift " * 30, "bitrate": 64_000, "user_limit": 0, "available_tags": []}
    made["roles"][0]["permissions"] = str(discord.Permissions(view_channel=True, send_messages=True).value)
    for role in made["roles"][1:]:
        role["permissions"] = "0"
    made["roles"][2] |= {"tags": {"bot_id": str(APPLICATION)}, "managed": True}
    made["members"][0]["roles"] = [str(OWN_ROLE)]
    denied = str(discord.Permissions(send_messages=True).value)
    made["channels"][0]["permission_overwrites"] = [
        {"id": str(SERVER), "type": 0, "allow": "0", "deny": denied},
        {"id": str(OWN_ROLE), "type": 0, "allow": str(discord.Permissions(attach_files=True).value), "deny": "0"},
    ]
    return made


@contextlib.asynccontextmanager
async def connected(handed: Handed, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Wire, LegPressBot]]:
    bot = handed.bot()
    async with running(Wire(guilds=[server()]), monkeypatch) as wire, served(bot):
        await wire.until_ready()
        async with asyncio.timeout(10):
            await bot.wait_until_ready()
        yield wire, bot


async def plain(events: list[tuple[str, dict[str, Any]]]) -> discord.Guild:
    """What discord.py by itself makes of events."""
    client = discord.Client(intents=discord.Intents.default())
    state = client._connection
    state.user = discord.ClientUser(state=state, data={"id": str(APPLICATION), "username": "x", "discriminator": "0",
                                                       "avatar": None})  # type: ignore[typeddict-item]  # fmt: skip
    for event, data in events:
        state.parsers[event](copy.deepcopy(data))
    found = client.get_guild(SERVER)
    assert found is not None
    return found


def seen(of: discord.Guild) -> dict[str, Any]:
    return {
        "channels": sorted((c.id, c.name, str(c.type), c.position) for c in of.channels),
        "roles": [(role.id, role.name, role.permissions.value) for role in of.roles],
        "own role": of.self_role and of.self_role.id,
        "may": {c.id: c.permissions_for(of.me).value for c in of.channels},
    }


CHANGES: list[tuple[str, dict[str, Any]]] = [
    ("CHANNEL_CREATE", {**server()["channels"][0], "id": str(SERVER + 2000), "name": "new", "guild_id": str(SERVER)}),
    ("CHANNEL_UPDATE", {**server()["channels"][0], "name": "renamed", "guild_id": str(SERVER), "permission_overwrites": []}),
    ("CHANNEL_DELETE", {**server()["channels"][1], "guild_id": str(SERVER)}),
    ("GUILD_ROLE_CREATE", {"guild_id": str(SERVER), "role": {**server()["roles"][1], "id": str(SERVER + 50), "name": "x"}}),
    ("GUILD_ROLE_UPDATE", {"guild_id": str(SERVER), "role": {**server()["roles"][2], "permissions": "8"}}),
    ("GUILD_ROLE_DELETE", {"guild_id": str(SERVER), "role_id": str(SERVER + 3)}),
    ("GUILD_UPDATE", {**{name: value for name, value in server().items() if name != "channels"}, "name": "Other"}),
]  # fmt: skip


async def test_what_is_packed_is_what_discord_told_before_and_after_every_change(
    handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(handed, monkeypatch) as (wire, bot):
        found = bot.get_guild(SERVER)
        assert found is not None
        channels: Any = found._channels
        assert isinstance(channels, Packed)
        assert not channels.is_open
        told: list[tuple[str, dict[str, Any]]] = [("GUILD_CREATE", server())]
        assert seen(found) == seen(await plain(told))
        for event, data in CHANGES:
            told.append((event, data))
            await wire.dispatch(event, data)
            await wire.frame({"op": 1, "d": None})
            expected = seen(await plain(told))
            async with asyncio.timeout(5):
                while seen(found) != expected:  # noqa: ASYNC110 -- nothing tells when an event was read
                    await asyncio.sleep(0.02)


async def test_only_the_servers_that_were_looked_at_last_are_held_as_objects() -> None:
    many = [Packed([{"id": str(number)}], lambda _, data: data, None) for number in range(MOST_OPEN + 10)]
    for each in many:
        assert len(each) == 1
    assert sum(each.is_open for each in many) == MOST_OPEN
    assert not many[0].is_open
    assert many[0][0] == {"id": "0"}


async def test_a_message_for_nobody_is_a_sign_of_life_and_nothing_else(
    handed: Handed, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with connected(handed, monkeypatch) as (wire, bot):
        heard: list[Any] = []

        async def on_message(message: discord.Message) -> None:
            heard.append(message.content)

        async def on_server_alive(number: int) -> None:
            heard.append(number)

        bot.add_listener(on_message)
        bot.add_listener(on_server_alive)
        members = Members(wire)
        await members.say("three sets of ten tonight", in_=SERVER)
        await members.say(f"<@{APPLICATION}> how deep", in_=SERVER)
        await members.say("to a role", in_=SERVER, mention_roles=[str(OWN_ROLE)])
        await members.say("directly")
        async with asyncio.timeout(5):
            while len(heard) < 4:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert heard == [SERVER, f"<@{APPLICATION}> how deep", "to a role", "directly"]
        channels: Any = bot.get_guild(SERVER)._channels  # type: ignore[union-attr]
        assert channels.is_open  # for the one that was addressed
