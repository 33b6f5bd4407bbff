"""`legpress run`, `playground` and `sync`: the bot in Discord, or in a local browser."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import knowledge_folder, knowledge_option
from bot.config import Settings, load_settings
from bot.errors import ConfigError

if TYPE_CHECKING:
    from bot.bootstrap import Live
    from bot.service.workshop import Workshop


@click.command("run", short_help="Start the bot; without a token, the playground.")
@knowledge_option
def run_command() -> int:
    """Start the Discord bot with the token in DISCORD_TOKEN; without a token, the playground in a local browser."""
    settings = load_settings()
    if settings.discord_token is None:
        click.echo("DISCORD_TOKEN is not set, so this is the playground (see .env.example for a bot in Discord).\n")
        return _playground(settings, settings.playground_port)
    return _discord(settings)


@click.command("playground", short_help="The bot in a local browser: no token, no network.")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="Port of the page; 0 takes a free one.")
@knowledge_option
def playground_command(port: int | None) -> int:
    """Run the real bot in a local browser, on a simulated Discord. Ctrl-C ends it."""
    settings = load_settings()
    return _playground(settings, settings.playground_port if port is None else port)


@click.command("sync", short_help="Register the commands with Discord now.")
@knowledge_option
def sync_command() -> int:
    """Register the commands with Discord, whether they changed or not, and end. A running bot does it by itself."""
    from bot.client import LegPressBot, register_commands
    from bot.service import Conversations

    settings = load_settings()
    token = _needed_token(settings)
    live = _live(settings)
    bot = LegPressBot(Conversations(live.service), live.service, state_dir=_state_dir(settings))
    asyncio.run(register_commands(bot, token))
    click.echo("The commands are registered.")
    return 0


def _playground(settings: Settings, port: int) -> int:
    from bot.playground import run

    return run(knowledge_dir=_folder(settings), port=port, region=settings.region)


def _discord(settings: Settings) -> int:
    from bot.cli.logs import set_up
    from bot.client import LegPressBot, serve
    from bot.service import Conversations

    set_up(settings)
    live = _live(settings)
    bot = LegPressBot(
        Conversations(live.service),
        live.service,
        state_dir=_state_dir(settings),
        report_channel_id=settings.report_channel_id,
        message_content=settings.message_content,
    )
    live.on_fault.append(bot.knowledge_faulty)
    try:
        asyncio.run(serve(bot, _needed_token(settings), live.refresh, open_workshop=lambda: _workshop(settings, live)))
    except KeyboardInterrupt:
        click.echo("The bot has stopped.", err=True)
    return 0


async def _workshop(settings: Settings, live: "Live") -> "Workshop":
    from bot.bootstrap import open_workshop

    address = settings.database_url.get_secret_value() if settings.database_url else ""
    return await open_workshop(
        live,
        database_url=address,
        state_dir=_state_dir(settings),
        deleted_copy_days=settings.deleted_copy_days,
    )


def _live(settings: Settings) -> "Live":
    from bot.bootstrap import Live

    return Live(_folder(settings), region=settings.region)


def _needed_token(settings: Settings) -> str:
    if settings.discord_token is None:
        raise ConfigError(
            "DISCORD_TOKEN is not set; put the bot's token into the environment or .env (see .env.example)."
        )
    return settings.discord_token.get_secret_value()


def _folder(settings: Settings) -> Path | None:
    return knowledge_folder() or settings.knowledge_dir


def _state_dir(settings: Settings) -> Path:
    from platformdirs import user_data_path

    return settings.state_dir or user_data_path("legpress")
