"""How long one answer takes from nothing: `python -m tests.benchmarks.start [RUNS]`.

Runs `python -m bot ask "..."` so many times (15), each a process of its own on filled caches, in turn with a process that
only imports what such a program cannot do without: `import yaml, rapidfuzz, numpy`. Prints each one's median time by the
clock and median processor time, and once what the very first start costs, when there is nothing in the cache.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
RUNS = 15
ASK = (sys.executable, "-m", "bot", "ask", "how deep should i go")
PEER = (sys.executable, "-c", "import yaml, rapidfuzz, numpy")

Cost = tuple[float, float]
"""Seconds by the clock, and of the processor."""


def cost(command: Sequence[str], cache: str) -> Cost:
    """Run a command to its end and return what it took. Raises CalledProcessError where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    surroundings = os.environ | {"CACHE_DIR": cache}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT, env=surroundings, timeout=120)
    clock = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return clock, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def line(name: str, costs: Sequence[Cost]) -> str:
    """Return a line of the table."""
    clock, processor = (1_000 * statistics.median(column) for column in zip(*costs, strict=True))
    return f"{name:<46} {clock:>8.0f} ms {processor:>8.0f} ms\n"


def main(runs: int = RUNS) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as cache:
        first = cost(ASK, cache)
        costs = [(cost(ASK, cache), cost(PEER, cache)) for _ in range(runs)]
    sys.stdout.write(f"{f'median of {runs}':<46} {'clock':>11} {'processor':>11}\n")
    sys.stdout.write(line("legpress ask", [asked for asked, _ in costs]))
    sys.stdout.write(line("python, only importing yaml, rapidfuzz, numpy", [peer for _, peer in costs]))
    sys.stdout.write(line("legpress ask, first start (once)", [first]))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
