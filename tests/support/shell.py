"""`legpress` as a shell calls it, in the tests' own process."""

import io
import subprocess
import sys
from typing import Any

from bot.cli import main

held: dict[str, Any] = {}
"""The test's `capsys` and `monkeypatch`, put here by the fixture `shell` of tests/cli/conftest.py."""


def here(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Do what `legpress` would, in this process: where neither the shell, nor its letters, nor an end of it matter."""
    with io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8") as typed:
        held["monkeypatch"].setattr(sys, "stdin", typed)
        code = main(list(arguments))
    said, complained = held["capsys"].readouterr()
    return subprocess.CompletedProcess(arguments, code, said.encode(), complained.encode())
