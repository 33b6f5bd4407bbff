"""`legpress health`: does the bot that runs on these settings still work; for containers and monitors."""

import os
from pathlib import Path

import click

from bot.cli.options import knowledge_option, settings
from bot.sentences import say


@click.command("health", short_help=say("terminal.health.health"))
@knowledge_option
@click.pass_context
def health_command(ctx: click.Context) -> None:
    """Look for the sign of life that a running bot leaves in STATE_DIR, and end with 0 where it is fresh, else with 1.

    A bot that waits for Discord works. The playground leaves no such sign. No port is opened for this.
    """
    from bot.store.pulse import Pulse

    folder = settings().state_folder()
    sign = Pulse(folder).sign()
    if sign is None:
        click.echo(_without_a_sign(folder, has_token=settings().discord_token is not None), err=True)
        ctx.exit(1)
    if not sign.alive:
        click.echo(say("terminal.health.hangs", seconds=sign.seconds), err=True)
        ctx.exit(1)
    click.echo(say("terminal.health.works", state="connected" if sign.connected else "waiting for Discord"))


def _without_a_sign(folder: Path, *, has_token: bool) -> str:
    """Return why no bot can be seen."""
    if folder.exists() and not os.access(folder, os.R_OK | os.X_OK):
        return say("terminal.health.not_read", folder=folder)
    said = say("terminal.health.none_runs", folder=folder)
    if has_token:
        return said
    return say("terminal.health.discord_token_is_not_set", said=said)
