"""What the next messages after a stop get: scored on labelled dialogues, and read as a transcript.

    python -m tests.safety.after_stops [FILE.jsonl] [--transcript]

A dialogue: `stop` (the alarming message), its `tier`, `route`, `proxy`, and five `next` messages with the `row` of the
specification (safety2.md 9.2) that fits each. Each next message is asked right after the stop, and again in a row with the
others before it; the row's text is what the specification's table says for the dialogue's tier and route.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.bootstrap import build_service, default_cache
from bot.core.after_stop import ROUTE, WAITING
from bot.core.conversation import NOTHING_SAID, LiveStop
from bot.core.intervals import Share
from bot.core.model import Answer, Outcome, Stop, Tier
from bot.core.safety import NextMessages, StopTexts, next_messages
from bot.service import Service
from tests.safety.shipped import HERE, bank_rules

OWN = HERE / "dialogues_2026_11_28.jsonl"
SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Next:
    """One message after a stop, the answer that it got, and whether that is the row's text."""

    stop: Stop
    text: str
    row: str
    answer: Answer
    fits: bool


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def labelled_stop(dialogue: dict[str, Any]) -> Stop:
    return Stop(Tier(dialogue["tier"]), (), dialogue["route"], dialogue["proxy"])


def fitting(row: str, stop: Stop, texts: StopTexts, messages: NextMessages, text: str) -> set[str]:
    """Return the texts that the table allows for a row: in the region that the message names, and in none."""
    forms = {stop, Stop(stop.tier, stop.rules, stop.route, proxy=True)}  # "it's for my friend" changes the form
    found = set()
    for form in forms:
        for region in ("", messages.region(text)):
            name = messages.says(row, stop.route, stop.tier.value)
            if row == "worse" and stop.tier is not Tier.EMERGENCY:
                found.add(texts.full(Stop(Tier.EMERGENCY, (), name or "emergency", form.proxy), region))
            elif name == ROUTE:
                found.add(texts.full(form, region))
            elif name == WAITING:
                found.add(texts.waiting(form, region))
            else:
                found.add(texts.said(name, form, region) if name else texts.again(form, region))
    return found


def run(dialogues: list[dict[str, Any]], service: Service) -> tuple[list[Next], int]:
    """Return every next message with its answer, and how many stops the gate found by itself."""
    rules = bank_rules()
    texts, messages = service.texts, next_messages(rules)
    done: list[Next] = []
    found = 0
    for dialogue in dialogues:
        stop = labelled_stop(dialogue)
        told, _ = service.ask(dialogue["stop"], NOTHING_SAID, now=0.0)
        found += told.stop is not None and (told.stop.tier, told.stop.route) == (stop.tier, stop.route)
        in_a_row = NOTHING_SAID.stopped(LiveStop(stop, 0.0))
        for number, one in enumerate(dialogue["next"]):
            alone, _ = service.ask(one["text"], NOTHING_SAID.stopped(LiveStop(stop, 0.0)), now=SECONDS)
            _, in_a_row = service.ask(one["text"], in_a_row, now=SECONDS * (number + 1))
            right = fitting(one["row"], stop, texts, messages, one["text"])
            # An alarm that the gate finds by itself gets its own whole text, as the first row of the table says.
            fits = alone.text in right or (one["row"] == "worse" and not alone.after_stop)
            done.append(Next(stop, one["text"], one["row"], alone, fits))
    return done, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=OWN)
    parser.add_argument("--transcript", action="store_true", help="print every message with its answer")
    options = parser.parse_args()
    dialogues = read(options.file)
    done, found = run(dialogues, build_service(cache=default_cache()))
    lines = transcript(dialogues, done) if options.transcript else []
    sys.stdout.write("\n".join([*lines, *figures(dialogues, done, found)]) + "\n")


def transcript(dialogues: list[dict[str, Any]], done: list[Next]) -> Iterator[str]:
    rest = iter(done)
    for dialogue in dialogues:
        yield f"\n=== {dialogue['stop']}\n    [{dialogue['route']}{', proxy' if dialogue['proxy'] else ''}]"
        for _ in dialogue["next"]:
            one = next(rest)
            yield f"  > {one.text}\n    [{one.row}{'' if one.fits else ', NOT the row'}] {one.answer.text}"


def figures(dialogues: list[dict[str, Any]], done: list[Next], found: int) -> Iterator[str]:
    held = sum(one.answer.outcome is Outcome.STOP for one in done)
    titles = sum(bool(one.answer.claim or one.answer.suggestions) for one in done)
    yield f"{len(dialogues)} stops, {len(done)} next messages"
    yield f"the gate gives the stop its labelled tier and route: {Share(found, len(dialogues))}"
    yield f"next messages that get the stop or a text of the table: {Share(held, len(done))}"
    yield f"next messages that get technique, titles or suggestions: {Share(titles, len(done))}"
    yield f"next messages that get the row that fits: {Share(sum(one.fits for one in done), len(done))}"
    for one in done:
        if not one.fits:
            yield f"  {one.row}: {one.text!r} after {one.stop.route} -> {one.answer.text[:70]!r}"


if __name__ == "__main__":
    main()
