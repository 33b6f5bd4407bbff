"""A running playground, as somebody starts it in a terminal."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Running:
    """A playground in a process of its own, and what it printed until it was ready."""

    process: subprocess.Popen[str]
    printed: str

    @property
    def address(self) -> str:
        """Its address on this computer."""
        found = re.search(r"http://127\S+", self.printed)
        assert found, self.printed
        return found[0]

    @property
    def port(self) -> int:
        """Where it listens."""
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#\S+", self.address)
        assert found, self.address
        return int(found[1])

    def wait_for(self, words: str) -> None:
        """Return when it has printed these words since it was ready."""
        _printed_until(self.process, words)

    def interrupt(self) -> tuple[int, str, str]:
        """Press Ctrl-C and return the exit code, the rest of what it printed, and its errors."""
        self.process.send_signal(signal.SIGINT)
        rest, errors = self.process.communicate(timeout=30)
        return self.process.returncode, rest, errors


@contextmanager
def running(checkout: Path, port: int = 0, *options: str, **environment: str) -> Iterator[Running]:
    """Start a playground and wait until it is ready; whatever happens, it has ended afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "playground", "--port", str(port), *options],
        cwd=checkout,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        yield Running(process, _printed_until(process, "Ctrl-C ends it."))
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate(timeout=30)


def _printed_until(process: subprocess.Popen[str], words: str) -> str:
    assert process.stdout is not None
    printed = ""
    while words not in printed:
        line = process.stdout.readline()
        if not line:
            _, errors = process.communicate(timeout=30)
            pytest.fail(f"the playground ended with {process.returncode}: {printed}{errors}")
        printed += line
    return printed


@pytest.fixture(scope="session")
def playground(checkout: Path) -> Iterator[Running]:
    with running(checkout) as started:
        yield started
