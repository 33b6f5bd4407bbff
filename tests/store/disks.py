"""How the programs end that let a disk fail: without strace in one sentence, else with their figures as JSON."""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.conftest import EVERYTHING, forbidden, strace_program


def ended(run: Callable[[Path], Any], name: str, without: str) -> int:
    """Write what `run` made of a temporary folder, and return the exit code: 1 where it found `faults`.

    `without` says what is not done where no strace may trace: 2 where everything has to be run, else 0.
    """
    if strace_program() is None:
        sys.stderr.write(f"{without}: no strace that may trace is on this machine.\n")
        return 2 if EVERYTHING and not forbidden() else 0
    with tempfile.TemporaryDirectory(prefix=f"lp-{name}-") as folder:
        figures = run(Path(folder).resolve())
    sys.stdout.write(json.dumps(asdict(figures)) + "\n")
    return 1 if figures.faults else 0
