"""The bot as a process of its own, by its ordinary command, on a stand-in for Discord."""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import forked
from tests.support.wire import Wire

TOKEN = "MTIzNDU2.wire.secret"
ROOT = Path(__file__).resolve().parents[2]
REDIRECTED = Path(__file__).parent / "redirected"
KNOWLEDGE = Path(__file__).parent / "knowledge"
_PASSED_ON = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "LD_LIBRARY_PATH")


@dataclass
class BotProcess:
    """A running bot: its process, and where its output goes."""

    process: asyncio.subprocess.Process | forked.ForkedProcess
    output: Path

    def lines(self) -> list[str]:
        """Return what it has written so far, both to standard output and to standard error."""
        return self.output.read_text(encoding="utf-8", errors="replace").splitlines()

    def trouble(self) -> list[str]:
        """Return its lines without the one that tells of a long fit, which a busy machine brings about."""
        return [each for each in self.lines() if "bot.progress" not in each]

    def signal(self, number: int = signal.SIGTERM) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    async def ended(self, seconds: float = 10.0) -> int:
        """Wait for its end, and return its exit code. Raises TimeoutError."""
        return await asyncio.wait_for(self.process.wait(), seconds)

    async def until_logged(self, words: str, seconds: float = 60.0) -> str:
        """Wait for a line with these words, and return it. Raises TimeoutError with all lines."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            for line in self.lines():
                if words in line:
                    return line
            await asyncio.sleep(0.05)
        raise TimeoutError("\n".join(self.lines()))

    def used(self) -> float:
        """Return the processor time that it took so far, in seconds (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Return its resident memory in MB (Linux)."""
        return (
            int(Path(f"/proc/{self.process.pid}/statm").read_text(encoding="ascii").split()[1])
            * os.sysconf("SC_PAGE_SIZE")
            / 1e6
        )


@contextlib.asynccontextmanager
async def bot_process(
    wire: Wire,
    folder: Path,
    cache: Path,
    *command: str,
    knowledge: Path | None = KNOWLEDGE,
    imported: bool = False,
    **settings: str,
) -> AsyncIterator[BotProcess]:
    """Start `python -m bot run` (or another `command`) on `wire`; it is killed at the end where it still runs.

    `folder` gets its state and output, `cache` is shared with other processes so that only the first one fits;
    `settings` are environment variables. Where all that it would import is `imported`, it starts in a fifth of the time, by
    a fork, on systems that have it.
    """
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240 -- a test's own, and nobody waits
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_STAND_IN": wire.address,
        "PYTHONPATH": f"{REDIRECTED}{os.pathsep}{ROOT}",
        "STATE_DIR": str(folder / "state"),
        "CACHE_DIR": str(cache),
        **({"KNOWLEDGE_DIR": str(knowledge)} if knowledge else {}),
        **settings,
    }
    output = folder / "output"
    with output.open("wb") as file:
        process: asyncio.subprocess.Process | forked.ForkedProcess
        if imported and forked.CAN_FORK:
            process = await forked.start(["run"], environment, folder, file)
        else:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *(command or ("-m", "bot", "run")),
                env=environment,
                stdout=file,
                stderr=file,
                cwd=folder,
            )
    bot = BotProcess(process, output)
    try:
        yield bot
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
