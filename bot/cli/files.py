"""Files that commands write."""

from pathlib import Path

from bot.errors import ConfigError


def write_file(path: Path, data: bytes) -> None:
    """Write a file. Raises ConfigError, in words, where that cannot be done."""
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ConfigError(f"{path} cannot be written: {error.strerror or type(error).__name__}.") from error
