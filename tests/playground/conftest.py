"""A running playground, as somebody starts it in a terminal."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass
class Running:
    """A playground in a process of its own, and what it printed until it was ready."""

    process: subprocess.Popen[str]
    printed: str

    @property
    def addresses(self) -> list[str]:
        """The channel's address and that of the direct messages."""
        return re.findall(r"http://\S+", self.printed)

    @property
    def to_paste(self) -> str:
        """The line that it offers for pasting: a mention and a question."""
        found = re.search(r"<@\d+> .+", self.printed)
        assert found, self.printed
        return found[0]

    def interrupt(self) -> tuple[int, str, str]:
        """Press Ctrl-C and return the exit code, the rest of what it printed, and its errors."""
        self.process.send_signal(signal.SIGINT)
        rest, errors = self.process.communicate(timeout=30)
        return self.process.returncode, rest, errors


def start(checkout: Path, cache: Path, port: int = 0) -> Running:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "playground", "--port", str(port)],
        cwd=checkout,
        env={**os.environ, "CACHE_DIR": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    printed = ""
    while "Ctrl-C ends it." not in printed:
        line = process.stdout.readline()
        if not line:
            _, errors = process.communicate(timeout=30)
            pytest.fail(f"the playground ended with {process.returncode}: {printed}{errors}")
        printed += line
    return Running(process, printed)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def playground(checkout: Path, cache: Path) -> Iterator[Running]:
    running = start(checkout, cache)
    yield running
    if running.process.poll() is None:
        running.interrupt()
