"""`legpress run`, `playground` and `sync`: the bot in Discord, or in a local browser."""

import asyncio
import logging
from typing import TYPE_CHECKING

import click

from bot.bare_imports import import_bare
from bot.cli.options import cache, knowledge_folder, knowledge_option, settings
from bot.cli.surroundings import unattended
from bot.config import Settings
from bot.config.values import is_postgres
from bot.errors import BotError, ConfigError
from bot.memory import give_back_at_once
from bot.sentences import say

log = logging.getLogger(__name__)

FAILED, WRONG_USE = 1, 2
"""Exit codes."""
PICTURES = "legpress-pictures"
"""The subfolder of the cache with the pictures of the playground, which has no state to keep them beside."""

if TYPE_CHECKING:
    from bot.bootstrap import Live
    from bot.client.fleet import Fleet
    from bot.service import Conversations
    from bot.service.sharing import SharedStops
    from bot.service.workshop import Workshop


@click.command("run", short_help=say("terminal.run.run"))
@knowledge_option
def run_command() -> int:
    """Start the Discord bot with the token in DISCORD_TOKEN; without a token, the playground in a local browser.

    Without a token under a service manager or in a container it ends with exit code 2: nobody could see the playground.
    """
    found = settings()
    if found.discord_token is not None:
        return _discord(found)
    if runs := unattended():
        raise ConfigError(say("terminal.run.no_playground_here", runs=runs))
    click.echo(say("terminal.run.playground_without_token"))
    return _playground(found, found.playground_port)


@click.command("playground", short_help=say("terminal.run.playground"))
@click.option("--port", type=click.IntRange(0, 65535), default=None, help=say("terminal.run.playground_port"))
@click.option("--lan", is_flag=True, help=say("terminal.run.playground_lan"))
@knowledge_option
def playground_command(port: int | None, lan: bool) -> int:
    """Run the real bot in a local browser, on a simulated Discord with a small community. Ctrl-C ends it."""
    found = settings()
    return _playground(found, found.playground_port if port is None else port, lan=lan)


@click.command("sync", short_help=say("terminal.run.sync"))
@knowledge_option
def sync_command() -> int:
    """Register the commands with Discord, whether they changed or not, and end. A running bot does it by itself."""
    from bot.client import LegPressBot, register_commands
    from bot.service import Conversations

    found = settings()
    token = _needed_token(found)
    live = _live(found)
    bot = LegPressBot(Conversations(live.service), live.service, state_dir=found.state_folder())
    asyncio.run(register_commands(bot, token))
    click.echo(say("terminal.run.registered"))
    return 0


def _playground(found: Settings, port: int, *, lan: bool = False) -> int:
    from bot.cli.logs import set_up
    from bot.playground import run

    set_up(found, for_a_visitor=True)
    folder = found.cache_folder()
    return run(
        knowledge_dir=knowledge_folder(),
        port=port,
        lan=lan,
        region=found.region,
        cache=cache(),
        pictures_dir=None if folder is None else folder / PICTURES,
    )


def _discord(found: Settings) -> int:
    give_back_at_once()
    import_bare()
    from bot.cli.logs import set_up
    from bot.client import LegPressBot, serve
    from bot.client.ending import end_by_force_later
    from bot.client.port import Port
    from bot.client.watchdog import Watchdog
    from bot.service import Conversations
    from bot.service.sharing import SharedStops
    from bot.store.pulse import Pulse

    set_up(found)
    state_dir = found.state_folder()
    live = _live(found)
    fleet = _fleet(found)
    shared = None if found.shard_ids.is_all else SharedStops(_needed_token(found))
    conversations = Conversations(live.service, shared=shared)
    bot = LegPressBot(
        conversations,
        live.service,
        state_dir=state_dir,
        shard_count=found.shard_count or None,
        fleet=fleet,
        report_channel_id=found.report_channel_id,
        message_content=found.message_content,
        site_url=found.site_url,
    )
    live.on_fault.append(bot.knowledge_faulty)
    live.on_mended.append(bot.knowledge_mended)
    try:
        asyncio.run(
            serve(
                bot,
                _needed_token(found),
                live.refresh,
                open_workshop=lambda: _workshop(found, live, conversations, shared),
                pulse=Pulse(state_dir),
                port=Port(found.metrics_host, found.metrics_port) if found.metrics_port else None,
                watchdog=Watchdog(),
                when_asked=end_by_force_later,
            )
        )
    except KeyboardInterrupt:
        click.echo(say("terminal.run.stopped"), err=True)
    except BotError as error:
        if found.log_format != "json":
            raise
        for line in error.faults if isinstance(error, ConfigError) else (str(error),):
            log.critical("%s", line)
        return WRONG_USE if isinstance(error, ConfigError) else FAILED
    return 0


def _fleet(found: Settings) -> "Fleet":
    """Return this process among those that run the bot: on SQLite it is alone."""
    from bot.client.fleet import Fleet
    from bot.store.leases import Leases

    if found.database_url is None or not is_postgres(found.database_url):
        return Fleet()
    share, shards = found.shard_ids, found.own_shards()
    leases = Leases(found.database_url.get_secret_value(), whole=share.is_all, count=found.shard_count)
    return Fleet(leases, shards=shards, leased_of=found.shard_count if share.leased else 0)


async def _workshop(
    found: Settings, live: "Live", conversations: "Conversations", shared: "SharedStops | None"
) -> "Workshop":
    from bot.bootstrap import open_workshop

    address = found.database_url.get_secret_value() if found.database_url else ""
    workshop = await open_workshop(
        live,
        database_url=address,
        state_dir=found.state_folder(),
        deleted_copy_days=found.deleted_copy_days,
    )
    if shared is not None:
        shared.tell_over(workshop.watching.share(conversations.heard))
    return workshop


def _live(found: Settings) -> "Live":
    from bot.bootstrap import Live

    return Live(knowledge_folder(), region=found.region, cache=cache(), wait=False)


def _needed_token(found: Settings) -> str:
    if found.discord_token is None:
        raise ConfigError(say("terminal.run.no_token"))
    return found.discord_token.get_secret_value()
