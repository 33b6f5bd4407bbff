"""What a fresh machine pays, from nothing to the first page: `python -m tests.benchmarks.install [PYTHON...]`.

For each Python (the one that runs this, or those that are named, such as `python3.12`): clones this checkout into a new
folder whose name holds a space, runs `make run` there with the local playground on a free port, and notes when each of
its lines appears until the address is printed; then asks `make run` once more, now installed. Prints seconds by the clock
and of the processor, how they divide, and what was written to disk, in MB. Whether packages came from the network or
from a cache of uv's or pip's is up to the machine; where it has one, it is emptied by hand for a first-time figure.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"https?://(?:127\.0\.0\.1|localhost):\d+")
LONGEST = 900.0
"""Seconds after which a `make run` that prints no address is ended."""


class Line(NamedTuple):
    """A line of the terminal, and the seconds since the command began."""

    seconds: float
    text: str


class Record(NamedTuple):
    """What `make run` said until its address, and the seconds of the processor that it took, its children's too."""

    lines: list[Line]
    processor: float

    @property
    def address(self) -> float:
        """Seconds from the command to the printed address."""
        return self.lines[-1].seconds


def until_address(folder: Path, python: str) -> Record:
    """Run `make run` in `folder` until it prints its address, then end it as Ctrl-C does. Raises RuntimeError without one."""
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DISCORD_TOKEN", "CACHE_DIR"}}
    surroundings |= {"PLAYGROUND_PORT": "0", "PYTHONUNBUFFERED": "1", "BROWSER": "true"}
    command = ["make", "--no-print-directory", "run", f"PYTHON={python}" if python else "PYTHON="]
    began = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=surroundings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    lines: list[Line] = []
    try:
        for text in process.stdout:
            lines.append(Line(time.perf_counter() - began, text.rstrip()))
            if ADDRESS.search(text):
                break
            if lines[-1].seconds > LONGEST:
                break
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.stdout.close()
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    if not lines or not ADDRESS.search(lines[-1].text):
        said = "\n".join(line.text for line in lines[-20:])
        raise RuntimeError(f"make run printed no address:\n{said}")
    return Record(lines, used.ru_utime + used.ru_stime)


def megabytes(folder: Path) -> float:
    """Return what the files of a folder take on disk, in MB (millions of bytes)."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_blocks * 512 for path in files) / 1e6


def measure(python: str) -> None:
    """Install into a new clone with one Python, and print the record."""
    with tempfile.TemporaryDirectory(prefix="leg press ") as place:
        clone = Path(place) / "checkout"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        first = until_address(clone, python)
        sys.stdout.write(f"{python or sys.executable}\n  make run, from nothing:\n")
        for line in first.lines:
            sys.stdout.write(f"  {line.seconds:>7.1f} s  {line.text}\n")
        again = until_address(clone, "")
        state = megabytes(clone / "bot" / "_state")
        sys.stdout.write(
            f"  to the address: {first.address:.1f} s by the clock, {first.processor:.1f} s of the processor\n"
            f"  installed, make run to the address: {again.address:.1f} s by the clock, {again.processor:.1f} s of the processor\n"
            f"  on disk: .venv {megabytes(clone / '.venv'):.0f} MB, fitted state {state:.0f} MB\n"
        )


def main(pythons: list[str]) -> None:
    """Print the records."""
    for python in pythons or [""]:
        measure(python)


if __name__ == "__main__":
    main(sys.argv[1:])
