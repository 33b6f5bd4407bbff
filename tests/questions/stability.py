"""How many answers one more wording moves that has nothing to do with them: `python -m tests.questions.stability`.

Each of a few wordings is added to the shipped knowledge by itself, the matcher is fitted anew, and the labelled questions
beside this file are asked again. Printed is, for each wording, how many of them get another answer, and how many more or
fewer are right, file by file. Who adds a wording and looks at the figures of `legpress eval` must know this before a
difference says anything.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from bot import evaluation
from bot.bootstrap import build_service, load_knowledge, shipped_knowledge
from bot.core.matching import build
from bot.core.model import Claim
from bot.evaluation import Labelled
from bot.service import Service
from bot.store.cache import FileCache

HERE = Path(__file__).parent
FILES = (
    "dev",
    "frozen_2026_11_22",
    "frozen_2026_11_22_b",
    "frozen_2026_11_22_c",
    "frozen_2026_11_22_d",
    "frozen_2026_11_29",
)
MORE = (
    ("world-record", "who pressed the most plates in a circus tent a hundred years ago"),
    ("bands", "do purple bands pull harder than yellow ones at the top"),
    ("plates-left-on", "the last guy left six twenties on, is there a rule about it"),
    ("nausea", "ate a whole lasagne an hour ago and now the sled makes me queasy"),
)
"""Wordings of four claims, each about its claim, and about nothing that many of the labelled questions are about."""


class Asked(NamedTuple):
    """What a question got: how it ended, the claim, and whether that is right."""

    outcome: str
    claim: str | None
    right: bool


def asked(service: Service, rows: Sequence[tuple[str, Labelled]]) -> list[Asked]:
    """Return what each of `rows` (file, question) gets."""
    found = []
    for _, row in rows:
        answer, _ = service.ask(row.text)
        right = evaluation.score(row, answer, service.knowledge.claims).right
        found.append(Asked(answer.outcome.value, answer.claim, right))
    return found


def with_wording(claims: Mapping[str, Claim], claim: str, wording: str) -> list[Claim]:
    """Return the claims, one of them with a wording more."""
    return [
        replace(each, questions=(*each.questions, wording)) if each.id == claim else each for each in claims.values()
    ]


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="How many answers one more wording moves.")
    parser.add_argument("--wordings", type=int, default=len(MORE), help="how many are tried (default: all %(default)s)")
    chosen = parser.parse_args(arguments)
    cache = FileCache(None)
    service = build_service(cache=cache)
    knowledge = load_knowledge(shipped_knowledge(), cache)
    rows = [
        (name, row)
        for name in FILES
        for row in evaluation.read_rows((HERE / f"{name}.jsonl").read_text("utf-8"), name, knowledge.topics)
    ]
    before = asked(service, rows)
    total, moved = 0, 0
    for claim, wording in MORE[: chosen.wordings]:
        nothing = service.matcher
        matcher = build(
            with_wording(knowledge.claims, claim, wording),
            vocabulary=knowledge.vocabulary,
            out_of_scope=knowledge.out_of_scope,
            weightless=nothing.weightless,
            themes=nothing.themes,
        )
        after = asked(service.ready(matcher), rows)
        others = sum(old[:2] != new[:2] for old, new in zip(before, after, strict=True))
        change = dict.fromkeys(FILES, 0)
        for (name, _), old, new in zip(rows, before, after, strict=True):
            change[name] += new.right - old.right
        total += others
        moved += sum(map(abs, change.values()))
        by_file = " ".join(f"{each:+d}" for each in change.values())
        sys.stdout.write(f"{others:>4} of {len(rows):,} answers differ; right {by_file}: {claim}, {wording!r}\n")
    tried = max(len(MORE[: chosen.wordings]), 1)
    sys.stdout.write(
        f"{total / tried:.1f} answers differ for a wording; a file moves by {moved / tried / len(FILES):.2f}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
