"""Puts a site into a folder, and takes away only what an earlier build put there."""

import json
from pathlib import Path, PurePosixPath

from bot.errors import ConfigError
from bot.sentences import say
from bot.site.building import Site

LIST = "site.json"
"""In the folder: the files of the last build. A folder with other things in it and without this list is left alone."""


def write(site: Site, out: Path) -> None:
    """Write all files of `site` below `out`, which is made where it is missing; remove those of the build before.

    Raises ConfigError, with what to do, where `out` is a file, holds other things, or cannot be written.
    """
    try:
        before = _files_of_before(out)
        for name, content in site.items():
            path = out.joinpath(*PurePosixPath(name).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (out / LIST).write_text(json.dumps(sorted(site), indent=1) + "\n", encoding="utf-8")
        for name in before - site.keys():
            gone = out.joinpath(*PurePosixPath(name).parts)
            gone.unlink(missing_ok=True)
            if gone.parent != out and not any(gone.parent.iterdir()):
                gone.parent.rmdir()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ConfigError(say("terminal.writing.not_written", out=out, reason=reason)) from error


def _files_of_before(out: Path) -> set[str]:
    if out.exists() and not out.is_dir():
        raise ConfigError(say("terminal.writing.a_file", out=out))
    if not out.is_dir() or not any(out.iterdir()):
        return set()
    try:
        listed = json.loads((out / LIST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(say("terminal.writing.other_files", out=out)) from None
    except ValueError:
        listed = None
    if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
        raise ConfigError(say("terminal.writing.not_read", list_=out / LIST))
    return {name for name in listed if _is_below(name)}


def _is_below(name: str) -> bool:
    """Say whether a listed name stays in the folder, whoever wrote the list."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and ":" not in name
