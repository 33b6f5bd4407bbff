"""The command `legpress`: arguments, printing, exit codes.

Subcommands import late what they need, so that `legpress ask` starts without discord, pydantic or YAML.
"""

import gc
import os
import sys
from collections.abc import Sequence

import click

from bot import __version__
from bot.cli.early import end_when_asked
from bot.cli.options import knowledge_option
from bot.core.visible import visible
from bot.errors import BotError, ConfigError, KnowledgeError

GOOD, FAILED, WRONG_USE = 0, 1, 2
_PROGRAM = object()
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
        if ctx.obj is _PROGRAM and args[0] == "run":
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
        if ctx.obj is _PROGRAM:
            end_when_asked()
        from bot.cli.run import run_command

        ctx.invoke(run_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 good, 1 faulty knowledge or failed check, 2 wrong usage."""
    try:
        code = legpress.main(
            args=list(sys.argv[1:] if arguments is None else arguments),
            prog_name="legpress",
            standalone_mode=False,
            obj=_PROGRAM if arguments is None else None,
        )
        _flush()
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.Abort:
        return _complain("stopped.", 130)
    except click.NoSuchOption as error:
        return _complain(f"{error.format_message()} See {_help_line(error)}.", WRONG_USE)
    except click.ClickException as error:
        return _complain(f"{error.format_message().rstrip('.')}. See {_help_line(error)}.", WRONG_USE)
    except ConfigError as error:
        return _complain("\n".join(error.faults), WRONG_USE)
    except KnowledgeError as error:
        return _complain(str(error), FAILED, prefix="")
    except BotError as error:
        return _complain(str(error), FAILED)
    except BrokenPipeError:
        # Whoever read our output has gone (`legpress ask | head`): nothing is left to say, and nowhere to say it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return GOOD
    return code if isinstance(code, int) else GOOD


def _flush() -> None:
    sys.stdout.flush()


def _help_line(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"`{context.command_path if context else 'legpress'} --help`"


def _complain(message: str, code: int, prefix: str = "legpress: ") -> int:
    """Write an error's lines to standard error, each complete in itself, and return the exit code."""
    for line in message.splitlines() or [message]:
        click.echo(visible(f"{prefix}{line}"), err=True)
    return code
