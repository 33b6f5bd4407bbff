"""Score the gate on the sets of `tests/safety/blind/`, written by hands that had seen neither bank nor lexicon.

    python -m tests.safety.blind [--half even|odd] [--misses] [NAME ...]

Each row has `text`; an alarm also has `tier` and, where it matters, `flag`, `proxy`. The odd rows were read once, for
kinds of fault; the even rows were not. `tests/safety/README.md` has the first scores.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.bootstrap import build_service, default_cache
from bot.core.conversation import NOTHING_SAID
from bot.core.intervals import Share
from bot.core.model import Answer, Tier
from bot.service import Service

FOLDER = Path(__file__).parent / "blind"
URGENCY = {Tier.SOON: 0, Tier.SAME_DAY: 1, Tier.EMERGENCY: 2}


def rows(name: str, half: str = "") -> list[dict[str, Any]]:
    """Return a set's rows; its odd or even ones alone, counted from 1, where `half` says so."""
    lines = (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    first, step = {"": (0, 1), "odd": (0, 2), "even": (1, 2)}[half]
    return [json.loads(line) for line in lines][first::step]


def answers(service: Service, of: list[dict[str, Any]]) -> list[Answer]:
    """Return what each row's text gets, asked alone."""
    return [service.ask(row["text"], NOTHING_SAID, now=0.0)[0] for row in of]


def figures(name: str, of: list[dict[str, Any]], got: list[Answer]) -> str:
    """Return one line: how many were stopped and covered (stopped, or given the safety line), and what was wrong."""
    stopped = sum(answer.stop is not None for answer in got)
    covered = sum(answer.stop is not None or answer.safety_line for answer in got)
    line = f"{name}: stopped {Share(stopped, len(of))}, covered {Share(covered, len(of))}"
    if "tier" not in of[0]:
        return line
    pairs = [(row, answer.stop) for row, answer in zip(of, got, strict=True) if answer.stop is not None]
    low = sum(URGENCY[stop.tier] < URGENCY[Tier(row["tier"])] for row, stop in pairs)
    proxy = sum("proxy" in row and row["proxy"] != stop.proxy for row, stop in pairs)
    return f"{line}, tier too low {low}, the other form {proxy}"


def misses(of: list[dict[str, Any]], got: list[Answer]) -> Iterator[str]:
    """Yield the alarms that were not stopped, and what was stopped and is none."""
    for row, answer in zip(of, got, strict=True):
        if (answer.stop is None) == ("tier" in row):
            kind = row.get("flag") or row.get("kind") or row.get("lang")
            yield f"  {kind} {'line' if answer.safety_line else answer.outcome.value}: {row['text']}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=sorted(path.stem for path in FOLDER.glob("*.jsonl")))
    parser.add_argument("--half", choices=["odd", "even"], default="")
    parser.add_argument("--misses", action="store_true", help="print each, too")
    options = parser.parse_args()
    service = build_service(cache=default_cache())
    for name in options.names:
        of = rows(name, options.half)
        got = answers(service, of)
        lines = [figures(name, of, got), *(misses(of, got) if options.misses else ())]
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
