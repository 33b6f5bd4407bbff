"""What several commands share: the settings, and the options that go before them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.config import Settings, settings_and_faults
from bot.errors import ConfigError
from bot.sentences import say

if TYPE_CHECKING:  # late at run time: `run` starts without what the cache belongs to
    from bot.store.cache import FileCache

F = TypeVar("F", bound=Callable[..., Any])

_KNOWLEDGE, _SETTINGS, _CACHE = "bot.knowledge", "bot.settings", "bot.cache"


def settings() -> Settings:
    """Return the settings, read once for each command. Raises ConfigError with all their faults."""
    meta = click.get_current_context().meta
    if _SETTINGS not in meta:
        meta[_SETTINGS] = _without_faults()
    found = meta[_SETTINGS]
    assert isinstance(found, Settings)
    return found


def _without_faults() -> Settings:
    found, faults = settings_and_faults()
    if not faults:
        return found
    # The regions stand in the safety rules, which are read only to tell this fault together with the others.
    from bot.bootstrap import default_cache, load_rules, region_fault

    raise ConfigError(*faults, *region_fault(found.region, load_rules(default_cache(found))))


def _keep(ctx: click.Context, _param: click.Parameter, value: Path | None) -> None:
    if value is not None:
        ctx.meta[_KNOWLEDGE] = value


def knowledge_option(command: F) -> F:
    """Add `--knowledge DIR`, which counts wherever it stands on the command line; read it with `knowledge_folder`."""
    return click.option(
        "--knowledge",
        type=click.Path(path_type=Path),
        metavar="DIR",
        expose_value=False,
        is_eager=True,
        callback=_keep,
        help=say("terminal.options.knowledge"),
    )(command)


def _region(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
    return settings().region if value is None else value.strip().lower()


def region_option(command: F) -> F:
    """Add `--region NAME`, which falls back to the setting REGION."""
    return click.option(
        "--region",
        default=None,
        metavar="NAME",
        callback=_region,
        help=say("terminal.options.region"),
    )(command)


def given_knowledge() -> Path | None:
    """Return the folder given with `--knowledge`, or None."""
    folder = click.get_current_context().meta.get(_KNOWLEDGE)
    assert folder is None or isinstance(folder, Path)
    return folder


def knowledge_folder() -> Path | None:
    """Return the folder given with `--knowledge`, else that of KNOWLEDGE_DIR, else None: the shipped one."""
    return given_knowledge() or settings().knowledge_dir


def cache() -> "FileCache":
    """Return the cache in CACHE_DIR, else in the system's folder for caches."""
    from bot.bootstrap import default_cache

    meta = click.get_current_context().meta
    if _CACHE not in meta:
        meta[_CACHE] = default_cache(settings())
    kept: FileCache = meta[_CACHE]
    return kept
