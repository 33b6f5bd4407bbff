"""`legpress` as a shell calls it, in the tests' own process."""

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout

from bot.cli import main


def here(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Do what `legpress` would, in this process: where neither the shell, nor its letters, nor an end of it matter."""
    said, complained = _stream(), _stream()
    typed, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    try:
        with redirect_stdout(said), redirect_stderr(complained):
            code = main(list(arguments))
    finally:
        sys.stdin = typed
    return subprocess.CompletedProcess(arguments, code, _written(said), _written(complained))


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue()
