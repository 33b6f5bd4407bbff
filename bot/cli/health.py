"""`legpress health`: does the bot that runs on these settings still work; for containers and monitors."""

import click

from bot.cli.options import knowledge_option, settings


@click.command("health", short_help="Exit code 0 where the running bot works, 1 where it hangs or is not there.")
@knowledge_option
@click.pass_context
def health_command(ctx: click.Context) -> None:
    """Look for the sign of life that a running bot leaves in STATE_DIR, and end with 0 where it is fresh, else with 1.

    A bot that waits for Discord works. No port is opened for this.
    """
    from bot.store.pulse import Pulse

    sign = Pulse(settings().state_folder()).sign()
    if sign is None:
        click.echo("No bot runs on these settings.", err=True)
        ctx.exit(1)
    if not sign.alive:
        click.echo(f"The bot hangs: its last sign of life is {sign.seconds:.0f} seconds old. Start it again.", err=True)
        ctx.exit(1)
    click.echo(f"The bot works, and is {'connected' if sign.connected else 'waiting for Discord'}.")
