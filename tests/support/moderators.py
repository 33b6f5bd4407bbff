"""A server with moderators and an open database; forms filled in, files read back."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import simcord

from bot.service.workshop import Workshop, put_together
from bot.store.engine import AsyncEngine, create_async_engine
from bot.store.store import Store
from tests.support.discord_side import Handed, components, labels, response, text_of
from tests.support.postgres import Clock, PostgresServer

REFUSING = pytest.mark.simcord(check_errors=False)
"""For tests in which a command ends in a sentence for the moderator: SimCord counts what a command raises as an error."""

GONE = "sqlite+aiosqlite:////proc/no/such/folder"
"""A file that cannot be reached, in the place of SQLite's."""

CREATINE = {
    "title": "Creatine and the sled",
    "claim": "Creatine helps a little with heavy pressing.",
    "answer": "It helps a little over weeks, not in one session.",
    "questions": "does creatine help my sled numbers\nshould i take creatine before legs\ncreatine timing for pressing",
    "do": "",
}


async def publish(who: simcord.MemberActor, preview: Any) -> simcord.InteractionResult:
    """Press Publish under a preview, and yes again where the bot asks whether somebody is sure."""
    result: simcord.InteractionResult = await who.click(preview, label="Publish")
    shown = result.response or preview
    if "Publish all the same" in labels(shown):
        result = await who.click(shown, label="Publish all the same")
    return result


async def more(who: simcord.MemberActor, preview: Any) -> Any:
    """Press More to do under a preview, and return it with all its buttons."""
    return (await who.click(preview, label="More to do")).response or preview


@pytest.fixture
async def moderated(store: Store, handed: Handed, clock: Clock) -> AsyncIterator[Workshop]:
    """The desks on an empty store, for the bot that is made from `handed`."""
    made = put_together(store, handed.service, regions=handed.service().regions, clock=clock)
    handed.workshop = made
    yield made
    await made.overlays.close()


@dataclass
class Club:
    """A server with two moderators and a member, another server with its own moderator, and the desks behind."""

    env: simcord.Env
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    dana: simcord.MemberActor
    eric: simcord.MemberActor
    mia: simcord.MemberActor
    elsewhere: simcord.ChannelHandle
    olga: simcord.MemberActor
    workshop: Workshop
    server: PostgresServer | None
    kept_engine: AsyncEngine | None = None

    async def run(self, command: str, /, **options: Any) -> Any:
        """Dana, a moderator, uses a subcommand of /knowledge."""
        return await self.dana.slash(self.channel, f"knowledge {command}", **options)

    async def added(self, **changed: str) -> Any:
        """Dana adds a claim and publishes it; returns what she is shown then."""
        form = await self.run("add")
        made = await self.dana.submit_modal(form, {**CREATINE, **changed})
        return await publish(self.dana, response(made))

    async def asked(self, question: str, who: simcord.MemberActor | None = None) -> str:
        """What a member gets for a question."""
        member = who or self.mia
        channel = self.elsewhere if member is self.olga else self.channel
        return text_of((await member.slash(channel, "legpress ask", question=question)).response)

    def mia_commands(self) -> list[str]:
        """What Discord offers to a member."""
        return list(self.mia.available_commands(self.channel))

    def let_in(self, *members: simcord.MemberActor) -> None:
        """Have Discord offer the commands to members who manage nothing, as a server's administrators can."""
        command = self.env.backend.find_command("knowledge", self.guild.id, type=1)
        assert command is not None
        self.guild.set_command_permissions(int(command["id"]), dict.fromkeys(members, True))

    def break_store(self) -> None:
        """Take the database away: PostgreSQL's server is stopped, SQLite's file cannot be reached."""
        database = self.workshop.store.database
        if self.server is not None:
            self.server.stop()
        else:
            self.kept_engine = database.engine
            database.engine = create_async_engine(GONE)

    def mend_store(self) -> None:
        """Give the database back; nothing happens where it is there."""
        if self.server is not None:
            self.server.start()
        elif self.kept_engine is not None:
            self.workshop.store.database.engine = self.kept_engine
            self.kept_engine = None


@pytest.fixture
def club(
    request: pytest.FixtureRequest, moderated: Workshop, store_address: str, simcord_env: simcord.Env
) -> Iterator[Club]:
    """Two servers with the bot in both; once on SQLite and once on PostgreSQL."""

    def server(name: str, *moderators: str) -> tuple[Any, Any, list[simcord.MemberActor]]:
        guild = simcord_env.create_guild(name)
        role = guild.create_role("Coach", permissions=discord.Permissions(manage_guild=True))
        found = [guild.add_member(simcord_env.create_user(each), roles=[role]) for each in moderators]
        return guild, guild.create_text_channel("leg-day"), found

    guild, channel, (dana, eric) = server("Gym", "dana", "eric")
    _, elsewhere, (olga,) = server("Other gym", "olga")
    mia = guild.add_member(simcord_env.create_user("mia"))
    server_of_it = request.getfixturevalue("postgres") if store_address else None
    made = Club(simcord_env, guild, channel, dana, eric, mia, elsewhere, olga, moderated, server_of_it)
    yield made
    made.mend_store()


async def at_once(*presses: tuple[simcord.MemberActor, simcord.ResponseMessage, str]) -> list[Any]:
    """Buttons (who, where, label) pressed before the bot has answered any of them.

    SimCord's own `click` lets one press end before the next; below it, each press is handed to the bot at once.
    """
    click: Any = simcord.MemberActor.click
    return await asyncio.gather(*(click.__wrapped__(who, message, label=label) for who, message, label in presses))


def fields_of(result: Any) -> dict[str, Any]:
    """What an opened form holds, by field: the text, or the value that is chosen."""
    assert result.modal is not None, text_of(result.response) if result.response else "nothing"
    held: dict[str, Any] = {}
    for each in result.modal["components"]:
        inner = each["component"]
        chosen = [option["value"] for option in inner.get("options", []) if option.get("default")]
        held[inner["custom_id"]] = chosen[0] if chosen else inner.get("value", "")
    return held


def told(result: Any) -> str:
    """All that a result says, in its first message and those after it; all of them are private."""
    messages = [result.response, *result.followups]
    said = [each for each in messages if each is not None]
    assert said, "nothing was said"
    assert all(each.ephemeral for each in said)
    return "\n".join(text_of(each) for each in said)


async def attached(result: Any) -> tuple[str, str]:
    """The name and the text of the one file that a result brings."""
    messages = [each for each in (result.response, *result.followups) if each is not None]
    [file] = [file for each in messages for file in each.attachments]
    return file.filename, (await file.read()).decode()


def button(message: Any, name: str) -> dict[str, Any]:
    """The one button with that label."""
    [found] = [each for each in components(message) if each.get("type") == 2 and each.get("label") == name]
    return found
