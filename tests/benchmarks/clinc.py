"""The matcher on CLINC150: `python -m tests.benchmarks.clinc [FILE] [--ten-only] [--seeds 1 2 3 4 5]`.

FILE is `data_full.json` of the repository clinc/oos-eval (Larson et al. 2019, "An Evaluation Dataset for Intent
Classification and Out-of-Scope Prediction", CC BY 3.0), or its training and validation parts alone. Each intent is a claim
and a topic of its own, nothing is known of what is out of scope; fitted on `train`, measured on `val` and `oos_val`.

- full: all 100 phrasings of each intent; ten: ten drawn at random by each seed;
- AUROC: of confidence, questions in scope against those out of scope;
- refused: the share of `oos_val` below the confidence that costs two points of accuracy in scope;
- typed badly: each word of three letters or more is hit with p = 0.15 by one random insertion, deletion, substitution or
  swap, two at even odds from five letters.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from bot.core.matching import Matcher, build
from bot.core.model import Claim, Confidence, Verdict
from tests.conftest import shared_files

Labelled = Sequence[tuple[str, str]]

HIT = 0.15
POINTS = 0.02
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Data:
    """The parts of CLINC150 that are used: pairs of text and intent."""

    train: Labelled
    val: Labelled
    oos_val: Labelled


@dataclass(frozen=True, slots=True)
class Figures:
    """What one fit reached. Shares from 0 to 1; `fit` in seconds of processor time, `query` in microseconds."""

    first: float
    three: float
    auroc: float
    refused: float
    typed_badly: float
    fit: float
    query: float


def find_data(given: Path | None) -> Path | None:
    """Return the data file: the one given, or the one in the folder of public data beside the checkout, or None."""
    folder = shared_files()
    path = given or (folder / "benchmarks" / "clinc150_dev.json" if folder else None)
    return path if path is not None and path.is_file() else None


def read(path: Path) -> Data:
    """Return the data of a file."""
    parts = json.loads(path.read_text(encoding="utf-8"))
    return Data(*([(text, intent) for text, intent in parts[name]] for name in ("train", "val", "oos_val")))


def claims_of(labelled: Labelled) -> list[Claim]:
    """Return a claim for each intent, with its texts as questions."""
    texts: dict[str, list[str]] = {}
    for text, intent in labelled:
        texts.setdefault(intent, []).append(text)
    return [
        Claim(name, name, name, name, Verdict.OPINION, Confidence.LOW, name, tuple(texts[name]))
        for name in sorted(texts)
    ]


def drawn(labelled: Labelled, each: int, seed: int) -> Labelled:
    """Return `each` texts of every intent, drawn by `seed`."""
    source = random.Random(seed)
    texts: dict[str, list[str]] = {}
    for text, intent in labelled:
        texts.setdefault(intent, []).append(text)
    return [(text, intent) for intent in sorted(texts) for text in source.sample(texts[intent], each)]


def typed_badly(text: str, source: random.Random) -> str:
    """Return a text with slips."""
    return " ".join(_slipped(word, source) for word in text.split())


def _slipped(word: str, source: random.Random) -> str:
    if len(word) < 3 or source.random() >= HIT:
        return word
    for _ in range(2 if len(word) >= 5 and source.random() < 1 / 2 else 1):
        place, letter = source.randrange(len(word)), source.choice(LETTERS)
        match source.randrange(4):
            case 0:
                word = word[:place] + letter + word[place:]
            case 1:
                word = word[:place] + word[place + 1 :]
            case 2:
                word = word[:place] + letter + word[place + 1 :]
            case _:
                place = min(place, len(word) - 2)
                word = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word


def auroc(inside: Sequence[float], outside: Sequence[float]) -> float:
    """Return how often one inside is above one outside; equals count half (Mann and Whitney 1947)."""
    ordered = sorted([(value, True) for value in inside] + [(value, False) for value in outside])
    above = below = equal = 0.0
    i = 0
    while i < len(ordered):
        j = i
        while j < len(ordered) and ordered[j][0] == ordered[i][0]:
            j += 1
        ins = sum(is_inside for _, is_inside in ordered[i:j])
        above += ins * below
        equal += ins * (j - i - ins)
        below += j - i - ins
        i = j
    return (above + equal / 2) / (len(inside) * len(outside))


def refused(right: Sequence[float], asked: int, outside: Sequence[float]) -> float:
    """Return the share of `outside` below the confidence under which `POINTS` of the `asked` are right answers."""
    threshold = sorted(right)[int(POINTS * asked)]
    return sum(value < threshold for value in outside) / len(outside)


def measure(train: Labelled, data: Data, seed: int) -> Figures:
    """Fit `train` and measure on the validation parts; `seed` draws the slips."""
    started = time.process_time()
    matcher = build(claims_of(train))
    fit = time.process_time() - started
    source = random.Random(1_000 + seed)
    clean = _ask(matcher, data.val)
    bad = _ask(matcher, [(typed_badly(text, source), intent) for text, intent in data.val])
    outside = [matcher.rank(text).matches[0].confidence for text, _ in data.oos_val]
    times = []
    for text, _ in data.val[:500]:
        started = time.perf_counter()
        matcher.rank(text)
        times.append(time.perf_counter() - started)
    right = [confidence for place, confidence in clean if place == 0]
    return Figures(
        first=len(right) / len(clean),
        three=sum(place < 3 for place, _ in clean) / len(clean),
        auroc=auroc([confidence for _, confidence in clean], outside),
        refused=refused(right, len(clean), outside),
        typed_badly=sum(place == 0 for place, _ in bad) / len(bad),
        fit=fit,
        query=1e6 * statistics.median(times),
    )


def _ask(matcher: Matcher, labelled: Labelled) -> list[tuple[int, float]]:
    """Return for each text the place of its intent (10 where it is not among the ten best) and the first's confidence."""
    found = []
    for text, intent in labelled:
        matches = matcher.rank(text).matches
        place = next((place for place, match in enumerate(matches) if match.topic == intent), 10)
        found.append((place, matches[0].confidence if matches else 0.0))
    return found


def row(name: str, figures: Figures) -> str:
    """Return one row of the table."""
    shares = (figures.first, figures.three, figures.auroc, figures.refused, figures.typed_badly)
    return f"{name:<16}" + "".join(f"{share:>12.4f}" for share in shares) + f"{figures.fit:>9.1f}{figures.query:>9.0f}"


def mean(rows: Sequence[Figures]) -> Figures:
    """Return the mean of each figure."""
    return Figures(*(statistics.mean(getattr(each, field.name) for each in rows) for field in fields(Figures)))


def show(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where the data is not there."""
    parser = argparse.ArgumentParser(description="Measure the matcher on CLINC150.")
    parser.add_argument("file", nargs="?", type=Path, help="data_full.json of clinc/oos-eval")
    parser.add_argument("--seeds", nargs="*", type=int, default=[1, 2, 3, 4, 5])
    parser.add_argument("--ten-only", action="store_true", help="leave the full set out")
    options = parser.parse_args(arguments)
    path = find_data(options.file)
    if path is None:
        sys.stderr.write("CLINC150 is not here. Give the path of data_full.json from github.com/clinc/oos-eval.\n")
        return 1
    data = read(path)
    heads = ("acc@1", "acc@3", "AUROC", "refused", "typed badly")
    show(f"{'':<16}" + "".join(f"{head:>12}" for head in heads) + f"{'fit s':>9}{'query us':>9}")
    if not options.ten_only:
        show(row("full", measure(data.train, data, 0)))
    rows = []
    for seed in options.seeds:
        rows.append(measure(drawn(data.train, 10, seed), data, seed))
        show(row(f"ten, seed {seed}", rows[-1]))
    if rows:
        show(row("ten, mean", mean(rows)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
