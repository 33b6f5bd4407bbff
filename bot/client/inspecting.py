"""Asks Discord, without connecting to its gateway, whether the bot can run: for a host who looks for what is wrong."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import aiohttp
import discord

from bot.client.bot import LegPressBot
from bot.client.connecting import plain_errors
from bot.client.invitation import invitation
from bot.sentences import say


@dataclass(frozen=True, slots=True)
class Inspection:
    """What Discord said.

    `seconds_ahead`: by how much this machine's clock is ahead of Discord's, to the second, None where Discord told no
    time. `commands`: what is registered; `missing`: what this version would register besides. `starts_left`: how many
    more times the bot may identify itself today. `report_channel`: None where none is set, else "" or what is wrong.
    """

    name: str
    application: int
    message_content: bool
    commands: tuple[str, ...]
    missing: tuple[str, ...]
    invitation: str
    starts_left: int
    seconds_ahead: float | None
    report_channel: str | None


async def inspect(
    bot: LegPressBot, token: str, report_channel: int | None, clock: Callable[[], float] = time.time
) -> Inspection:
    """Log in over HTTP alone and return what Discord says; nothing is registered or changed.

    `bot` gives the commands of this version and is never connected. Raises ConfigError where the token is rejected,
    NetworkError where Discord is out of reach.
    """
    ahead: list[float] = []
    trace = aiohttp.TraceConfig()

    async def responded(_session: object, _context: object, ended: aiohttp.TraceRequestEndParams) -> None:
        told = ended.response.headers.get("Date")
        if told:
            # The header has whole seconds: on average half a second has passed since.
            ahead.append(clock() - parsedate_to_datetime(told).timestamp() - 0.5)

    trace.on_request_end.append(responded)
    client = discord.Client(intents=discord.Intents.none(), http_trace=trace)
    with plain_errors():
        async with client:
            await client.login(token)
            assert client.user is not None
            assert client.application is not None
            application = client.application
            registered = await client.http.get_global_commands(application.id)
            _, _, limits = await client.http.get_bot_gateway()
            channel = None if report_channel is None else await _fault_of(client, report_channel)
    names = tuple(command["name"] for command in registered)
    await bot.load_commands()
    flags = application.flags
    return Inspection(
        name=str(client.user),
        application=application.id,
        message_content=flags.gateway_message_content or flags.gateway_message_content_limited,
        commands=names,
        missing=tuple(sorted({command.name for command in bot.tree.get_commands()} - set(names))),
        invitation=invitation(application.id),
        starts_left=limits["remaining"],
        seconds_ahead=min(ahead, key=abs) if ahead else None,
        report_channel=channel,
    )


async def _fault_of(client: discord.Client, channel: int) -> str:
    try:
        await client.http.get_channel(channel)
    except discord.NotFound:
        return say("host.inspecting.there_is_no_such_channel")
    except discord.Forbidden:
        return say("host.inspecting.bot_may_not_see_that_channel")
    return ""
