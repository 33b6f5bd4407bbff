"""How often an ordinary member is held for ten minutes by a false stop, and what else stands under ordinary answers.

    python -m tests.safety.false_holds [FILE.jsonl ...]

Reads the harmless messages of the labelled sets here, the questions that are no alarm, and each FILE (a `text` a line, all
harmless, such as a set of calm lookalikes or of everyday English). A stop of tier emergency or same day holds; one of tier
soon does not. Then: plain technique answers that end with the safety line, and alarms that end with nothing at all.
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.bootstrap import build_service, default_cache
from bot.core.intervals import Share
from bot.core.model import Outcome, Tier
from bot.core.safety import Gate
from bot.service import Service
from tests.safety.shipped import HERE, QUESTIONS, lines, shipped_gate

PAINFUL = frozenset({"back-pain", "knee-pain", "conditions"})
"""Topics that are about pain as a whole: their answers end with the line on purpose."""


def harmless(path: Path) -> list[str]:
    """Return the messages of a labelled set that must not stop; of a file of bare texts, all."""
    rows = lines(path) if path.suffix == ".jsonl" else _texts(json.loads(path.read_text(encoding="utf-8")))
    return [
        row["text"]
        for row in rows
        if "text" in row
        and not row.get("positive", row.get("label") == "red-flag" or row.get("tier", "none") != "none")
    ]


def _texts(parts: dict[str, list[list[str]]]) -> list[dict[str, Any]]:
    return [{"text": text} for rows in parts.values() for text, _ in rows]


def held(texts: Iterable[str], service: Service) -> Iterator[tuple[str, Tier]]:
    """Yield each message that the gate stops, with the tier."""
    for text in texts:
        stop = service.stop_in(text)
        if stop is not None:
            yield text, stop.tier


def hurts(gate: Gate, text: str) -> bool:
    """Say whether a message has a word of pain, whatever is made of it."""
    trace = gate.explain(text)
    return any(cue.startswith(("PAIN=", "HURT=")) for cue in (*trace.cues, *trace.suppressed))


def report(files: list[Path], service: Service) -> Iterator[str]:
    """Yield the lines of the report."""
    everything, stops = 0, 0
    for path in files:
        texts = harmless(path)
        found = list(held(texts, service)) if texts else []
        holding = [text for text, tier in found if tier is not Tier.SOON]
        everything, stops = everything + len(texts), stops + len(holding)
        if texts:
            yield f"{path.name}: held {Share(len(holding), len(texts))}, tier soon {len(found) - len(holding)}"
            yield from (f"  {text}" for text in holding)
    yield f"all: held for ten minutes {Share(stops, everything)}"
    questions = [row for path in sorted(QUESTIONS.glob("*.jsonl")) for row in lines(path) if "label" in row]
    plain = [row for row in questions if row["label"] not in PAINFUL | {"out-of-scope", "red-flag"}]
    answers = [service.ask(row["text"])[0] for row in plain]
    plain_answers = [one for one in answers if one.outcome is Outcome.ANSWER and one.topic not in PAINFUL]
    lined = [one for one in plain_answers if one.safety_line]
    yield f"technique answers that end with the safety line: {Share(len(lined), len(plain_answers))}"
    gate = shipped_gate()
    quiet = [one for one in plain_answers if not hurts(gate, one.question)]
    yield (
        f"  of those to questions without a word of pain: {Share(sum(one.safety_line for one in quiet), len(quiet))}"
    )
    alarms = [row["text"] for path in sorted(HERE.glob("*.jsonl")) for row in lines(path) if row.get("positive")]
    alarms += [row["text"] for row in questions if row["label"] == "red-flag"]
    told = [service.ask(text)[0] for text in alarms]
    covered = [one for one in told if one.stop or one.safety_line or service.texts.pointer in one.text]
    yield f"alarms that end with a stop, the line or the pointer: {Share(len(covered), len(told))}"
    yield from (f"  {one.question}" for one in told if one not in covered)


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    given = parser.parse_args()
    files = [*sorted(HERE.glob("*.jsonl")), *sorted(QUESTIONS.glob("*.jsonl")), *given.files]
    for line in report(files, build_service(cache=default_cache())):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
