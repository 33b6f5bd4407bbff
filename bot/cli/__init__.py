"""The command `legpress`: arguments, printing, exit codes.

Subcommands import late what they need, so that `legpress ask` starts without discord, pydantic or YAML.
"""

import os
import sys
from collections.abc import Sequence

import click

from bot.core.visible import visible
from bot.errors import BotError, ConfigError, KnowledgeError

GOOD, FAILED, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 good, 1 faulty knowledge or failed check, 2 wrong usage."""
    try:
        # Late, so that a file of sentences or words that is broken is told as any other fault is.
        from bot.cli.commands import PROGRAM, legpress

        code = legpress.main(
            args=list(sys.argv[1:] if arguments is None else arguments),
            prog_name="legpress",
            standalone_mode=False,
            obj=PROGRAM if arguments is None else None,
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
