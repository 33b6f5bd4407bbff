"""The matcher on public files of labelled messages: `python -m tests.benchmarks.labelled TRAIN.csv TEST.csv [--each 10]`.

Two columns with a heading, text and label, as HINT3 (Arora et al. 2020, hellohaptik/HINT3: `dataset/v1/train/curekart_train.csv` and its like, whose
`NO_NODES_DETECTED` is out of scope) and BANKING77 (Casanueva et al. 2020, PolyAI-LDN/task-specific-datasets) have them. Each label is a claim and a
topic, nothing is known of what is out of scope. Printed: the right label first, among the first three, and the AUROC of confidence, in scope against
out of scope, where the file has such messages. `--each`: so many texts of a label, drawn by five seeds, and the mean.
"""

import argparse
import csv
import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.core.matching import build
from tests.benchmarks.clinc import Labelled, auroc, claims_of, drawn, show

OUTSIDE = "NO_NODES_DETECTED"
SEEDS = (1, 2, 3, 4, 5)


def read(path: Path) -> Labelled:
    """Return the rows of a file, without its heading."""
    with path.open(encoding="utf-8", newline="") as file:
        return [(row[0], row[1]) for row in list(csv.reader(file))[1:] if len(row) > 1]


def measure(train: Labelled, test: Labelled) -> tuple[float, float, float | None]:
    """Fit `train` and return the shares first and among three of what is in scope, and the AUROC."""
    matcher = build(claims_of([(text, label) for text, label in train if label != OUTSIDE]))
    inside: list[float] = []
    outside: list[float] = []
    first = three = 0
    for text, label in test:
        matches = matcher.rank(text).matches
        confidence = matches[0].confidence if matches else 0.0
        if label == OUTSIDE:
            outside.append(confidence)
            continue
        inside.append(confidence)
        topics = list(dict.fromkeys(match.topic for match in matches))
        first += topics[:1] == [label]
        three += label in topics[:3]
    return first / len(inside), three / len(inside), auroc(inside, outside) if outside else None


def row(name: str, figures: Sequence[float | None]) -> str:
    """Return one row of the table."""
    return f"{name:<16}" + "".join(f"{'-' if each is None else f'{each:.4f}':>10}" for each in figures)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Measure the matcher on two files of labelled messages.")
    parser.add_argument("train", type=Path)
    parser.add_argument("test", type=Path)
    parser.add_argument("--each", type=int, help="texts of each label, drawn by five seeds (default: all)")
    options = parser.parse_args(arguments)
    train, test = read(options.train), read(options.test)
    show(f"{'':<16}{'first':>10}{'three':>10}{'AUROC':>10}")
    if options.each is None:
        show(row("all", measure(train, test)))
        return 0
    found = [measure(drawn(train, options.each, seed), test) for seed in SEEDS]
    for seed, figures in zip(SEEDS, found, strict=True):
        show(row(f"seed {seed}", figures))
    show(row("mean", [statistics.mean(each[:2][i] for each in found) for i in range(2)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
