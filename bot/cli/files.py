"""Files that commands write."""

import stat
from pathlib import Path

from bot.errors import ConfigError
from bot.private_files import write_whole


def write_file(path: Path, data: bytes) -> None:
    """Write a file. Raises ConfigError, in words, where that cannot be done."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or type(error).__name__}.") from error


def replace_file(path: Path, data: bytes) -> None:
    """Put `data` in the place of a file, whole or not at all, readable by whoever could read it. Raises OSError.

    A new file, and its folder, is as readable as the folder that it comes into.
    """
    folder = path.parent
    folder.mkdir(exist_ok=True)
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else stat.S_IMODE(folder.stat().st_mode) & 0o666
    write_whole(path, data)
    path.chmod(mode)
