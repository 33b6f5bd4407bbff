"""What tells that a message is in scope where no example says it: `python -m tests.benchmarks.likeness TRAIN.csv TEST.csv [TRAIN.csv TEST.csv ...]`.

The files are those of `labelled.py`. Each row weighs differently what the score of the best claim is made of (`bot/core/matching/likeness.py`): how much
is added of what patterns around strange words gave, of what runs of characters gave, and of the likeness of the nearest phrasing. Printed is the AUROC
of confidence on each pair of files, and their mean. The first row is the score alone.
"""

import argparse
import statistics
from collections.abc import Sequence
from pathlib import Path
from unittest.mock import patch

from tests.benchmarks.clinc import show
from tests.benchmarks.labelled import measure, read

AT = "bot.core.matching.likeness"
WEIGHTS = (
    (0.0, 0.0, 0.0),
    (-0.5, 0.0, 0.0),
    (-1.0, 0.0, 0.0),
    (0.0, 1.0, 0.0),
    (-0.5, 1.0, 0.0),
    (-1.0, 1.0, 0.0),
    (-0.5, 1.0, 2.0),
    (-1.0, 1.0, 2.0),
    (-0.5, 2.0, 2.0),
)


def row(pairs: Sequence[tuple[Path, Path]], patterns: float, runs: float, nearest: float) -> str:
    """Return the AUROC on each pair of files with some weights."""
    with (
        patch(f"{AT}.OF_PATTERNS", patterns),
        patch(f"{AT}.OF_RUNS", runs),
        patch(f"{AT}.OF_NEAREST", nearest),
    ):
        found = [measure(read(train), read(test))[2] or 0.0 for train, test in pairs]
    shown = "".join(f"{each:>9.3f}" for each in (*found, statistics.mean(found)))
    return f"{patterns:>9}{runs:>9}{nearest:>9}" + shown


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    files = parser.parse_args().files
    if len(files) % 2:
        parser.error("each training file needs its test file")
    pairs = list(zip(files[::2], files[1::2], strict=True))
    heads = ("patterns", "runs", "nearest", *(train.stem[:8] for train, _ in pairs), "mean")
    show("".join(f"{head:>9}" for head in heads))
    for weights in WEIGHTS:
        show(row(pairs, *weights))


if __name__ == "__main__":
    main()
