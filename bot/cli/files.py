"""Files that commands write."""

import stat
from pathlib import Path

from bot.errors import ConfigError
from bot.private_files import write_whole


def write_file(path: Path, data: bytes) -> None:
    """Write a file, whole or not at all; what is no ordinary file, such as a pipe, is written as it comes.

    Raises ConfigError, in words, where that cannot be done.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(data)
            return
        target = path.resolve()  # a link stays one
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else _as_readable_as(target.parent) & 0o644
        write_whole(target, data)
        target.chmod(mode)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or type(error).__name__}.") from error


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file, whole or not at all, readable by whoever could read it. Raises OSError.

    A new file, and its folder, is as readable as the folder that it comes into.
    """
    folder = path.parent
    folder.mkdir(exist_ok=True)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else _as_readable_as(folder)
    write_whole(path, data)
    path.chmod(mode)


def _as_readable_as(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode) & 0o666
