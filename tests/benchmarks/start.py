"""What a start costs, in time and memory: `python -m tests.benchmarks.start [RUNS]`.

Runs `python -m bot ask "..."` so many times (15), each a process of its own on the shipped state (`legpress fit`), in turn
with a process that only imports what such a program cannot do without: `import yaml, rapidfuzz, numpy`. Prints each one's
median time by the clock, median processor time, and highest resident memory. Then once:

- what a start costs on a knowledge of one's own, as large as the shipped one: the matcher is fitted, in a process of its own;
- what a start costs that finds nothing fitted, neither matcher nor gate. Either's memory is that of its largest process;
- the resident memory of the idle bot, on a database that is there already and connected to a stand-in for Discord on this
  machine, after `SETTLED` seconds.
"""

import asyncio
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.support.wire import Wire, serving
from tests.support.wire_bot import REDIRECTED

ROOT = Path(__file__).parents[2]
RUNS = 15
SETTLED = 20.0
ASK = (sys.executable, "-m", "bot", "ask", "how deep should i go")
PEER = (sys.executable, "-c", "import yaml, rapidfuzz, numpy")
ANEW = (
    sys.executable,
    "-c",
    (
        "import sys; from pathlib import Path; from bot import bootstrap; from bot.store.cache import Shipped; from bot.cli import main;"
        "bootstrap.shipped_state = lambda: Shipped(Path(sys.argv[1])); raise SystemExit(main(sys.argv[2:]))"
    ),
)
BOT = (sys.executable, "-m", "bot", "run")


class Cost(NamedTuple):
    """Seconds by the clock, seconds of the processor, and the highest resident memory in MB."""

    clock: float
    processor: float
    memory: float


def cost(command: Sequence[str], cache: str) -> Cost:
    """Run a command to its end and return what it took. Raises CalledProcessError where it fails."""
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=ROOT, env=os.environ | {"CACHE_DIR": cache})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Cost(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)


def own(folder: Path) -> Path:
    """Return a copy of the shipped knowledge without one of its wordings, so that nothing is fitted to it yet."""
    copied = Path(shutil.copytree(ROOT / "knowledge", folder))
    file = min((copied / "questions").glob("*.yaml"))
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines.remove(next(line for line in lines if line.startswith("    - ")))
    file.write_text("".join(lines), encoding="utf-8")
    return copied


def line(name: str, costs: Sequence[Cost]) -> str:
    """Return a line of the table."""
    clock, processor, memory = (statistics.median(column) for column in zip(*costs, strict=True))
    return f"{name:<46} {1_000 * clock:>8.0f} ms {1_000 * processor:>8.0f} ms {memory:>8.0f} MB\n"


def resident(pid: int) -> float:
    """Return the resident memory of a process in MB, as Linux tells it."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    (kilobytes,) = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(kilobytes) * 1024 / 1e6


async def idle(cache: str) -> float:
    """Return the resident memory, in MB, of the bot once it is connected and has drawn its pictures."""
    async with serving(Wire()) as wire:
        surroundings = os.environ | {"CACHE_DIR": cache, "STATE_DIR": f"{cache}/state", "DISCORD_TOKEN": "a.b.c"}
        subprocess.run((*ASK[:3], "db", "upgrade"), check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=surroundings)  # noqa: ASYNC221
        surroundings |= {"DISCORD_STAND_IN": wire.address, "PYTHONPATH": str(REDIRECTED)}
        process = await asyncio.create_subprocess_exec(*BOT, cwd=ROOT, env=surroundings)
        try:
            await wire.until_ready()
            await asyncio.sleep(SETTLED)
            return resident(process.pid)
        finally:
            process.terminate()
            await process.wait()


def main(runs: int = RUNS) -> None:
    """Print the table."""
    subprocess.run([sys.executable, "-m", "bot", "fit"], check=True, cwd=ROOT)
    with tempfile.TemporaryDirectory() as cache:
        costs = [(cost(ASK, cache), cost(PEER, cache)) for _ in range(runs)]
        mine = cost((*ASK, "--knowledge", str(own(Path(cache, "knowledge")))), cache)
        first = cost((*ANEW, f"{cache}/state", *ASK[3:]), f"{cache}/new")
        connected = asyncio.run(idle(cache))
    sys.stdout.write(f"{f'median of {runs}':<46} {'clock':>11} {'processor':>11} {'memory':>11}\n")
    sys.stdout.write(line("legpress ask", [asked for asked, _ in costs]))
    sys.stdout.write(line("python, only importing yaml, rapidfuzz, numpy", [peer for _, peer in costs]))
    sys.stdout.write(line("legpress ask, a knowledge of one's own (once)", [mine]))
    sys.stdout.write(line("legpress ask, nothing fitted (once)", [first]))
    sys.stdout.write(f"{'the idle bot, connected (once)':<70} {connected:>8.0f} MB\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
