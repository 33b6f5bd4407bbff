"""The subcommands of `legpress`, each in the module that is imported when it is called."""

import gc

import click

from bot import __version__
from bot.cli.early import end_when_asked
from bot.cli.options import knowledge_option

PROGRAM = object()
"""Says that this is the program itself, whose signals are its own, and nobody's call of `main`."""


class _Commands(click.Group):
    """The subcommands by name; each lives in the module that is imported when it is called."""

    _homes = {  # noqa: RUF012 -- never changed
        "ask": "bot.cli.ask",
        "chat": "bot.cli.ask",
        "check": "bot.cli.check",
        "checklist": "bot.cli.checklist",
        "db": "bot.cli.db",
        "doctor": "bot.cli.doctor",
        "eval": "bot.cli.evaluate",
        "fit": "bot.cli.fit",
        "health": "bot.cli.health",
        "my-depth": "bot.cli.my_depth",
        "playground": "bot.cli.run",
        "run": "bot.cli.run",
        "safety-page": "bot.cli.safety_page",
        "schema": "bot.cli.check",
        "site": "bot.cli.site",
        "sync": "bot.cli.run",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(self._homes)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if ctx.obj is PROGRAM and args[0] == "run":
            end_when_asked()  # before all that is imported for it
        return super().resolve_command(ctx, args)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        from importlib import import_module

        if cmd_name not in self._homes:
            return None
        gc.disable()  # importing makes many small values and hardly any garbage
        try:
            home = import_module(self._homes[cmd_name])
        finally:
            gc.enable()
        command = getattr(home, f"{cmd_name.replace('-', '_')}_command")
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="legpress")
@knowledge_option
@click.pass_context
def legpress(ctx: click.Context) -> None:
    """Answers questions about the leg press and back pain, honestly and with sources.

    Without a command: the Discord bot where DISCORD_TOKEN is set, else the local playground.
    """
    if ctx.invoked_subcommand is None:
        if ctx.obj is PROGRAM:
            end_when_asked()
        from bot.cli.run import run_command

        ctx.invoke(run_command)
