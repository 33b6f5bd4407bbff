"""Options that several commands share. `--knowledge` counts wherever it stands on the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])

_KEY = "bot.knowledge"


def _keep(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.meta[_KEY] = value


def knowledge_option(command: F) -> F:
    """Add `--knowledge DIR`; read it with `knowledge_folder`."""
    return click.option(
        "--knowledge",
        type=click.Path(path_type=Path),
        metavar="DIR",
        expose_value=False,
        is_eager=True,
        callback=_keep,
        help="A knowledge folder instead of the one that is shipped.",
    )(command)


def region_option(command: F) -> F:
    """Add `--region NAME`, which falls back to the environment variable REGION."""
    return click.option(
        "--region",
        envvar="REGION",
        default="",
        metavar="NAME",
        help="Whose emergency numbers to name, such as uk or us.",
    )(command)


def knowledge_folder() -> Path | None:
    """Return the folder given with `--knowledge` before or after the subcommand, or None."""
    folder = click.get_current_context().meta.get(_KEY)
    assert folder is None or isinstance(folder, Path)
    return folder
