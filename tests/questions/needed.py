"""Score whole answers on two sets that were written without sight of the bot: `python -m tests.questions.needed [--misses]`.

`needed.jsonl`: frequent questions in plain words, each with `want`, lists of patterns of which one each must stand in the
answer. `conditions.jsonl`: somebody names a condition, then asks about technique, in one message or two (`turns`); right is
an answer that names the condition or is its card, or a stop. `conditions_2026_11_29.jsonl`: the same (but for what is no
condition, `"heeds": false`), and each pattern of `want` must stand in the answer, none of `never`. README.md has the first scores.
"""

import argparse
import json
import re
import sys
from pathlib import Path
from typing import Any

from bot.bootstrap import build_service, default_cache
from bot.core.conditions import Conditions
from bot.core.conversation import NOTHING_SAID, Conversation
from bot.core.intervals import Share
from bot.core.model import Answer, Outcome
from bot.service import Service

FOLDER = Path(__file__).parent


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a set."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def holds_what_is_needed(service: Service, row: dict[str, Any]) -> bool:
    """Say whether a question is answered, in words of which each that is needed is one."""
    answer, _ = service.ask(row["text"])
    text = answer.text.lower()
    needed = all(any(re.search(pattern, text) for pattern in patterns) for patterns in row["want"])
    return answer.outcome is Outcome.ANSWER and needed


def heeds_the_condition(service: Service, row: dict[str, Any]) -> bool:
    """Say whether the last answer of a conversation heeds the condition that was named in it."""
    answer, talk = last_answer(service, row)
    own = answer.claim in set(
        map(
            Conditions(service.knowledge, service.lists.conditions).card,
            (condition for condition, _ in talk.conditions),
        )
    )
    return bool(answer.first or answer.caution) or own or answer.outcome is Outcome.STOP


def heeds_and_says_what_fits(service: Service, row: dict[str, Any]) -> bool:
    """Say whether the last answer heeds the condition, with what it must say and without what it must not; or is a stop."""
    answer, _ = last_answer(service, row)
    if answer.outcome is Outcome.STOP:
        return True
    if row.get("heeds", True) and not heeds_the_condition(service, row):
        return False
    fits = all(_stands(pattern, answer.text) for pattern in row.get("want", ()))
    return fits and not any(_stands(pattern, answer.text) for pattern in row.get("never", ()))


def last_answer(service: Service, row: dict[str, Any]) -> tuple[Answer, Conversation]:
    """Return the last answer of a conversation, and what is held after it."""
    talk, answer = NOTHING_SAID, None
    for number, text in enumerate(row["turns"]):
        answer, talk = service.ask(text, talk, now=20.0 * number)
    assert answer is not None
    return answer, talk


def _stands(pattern: str, text: str) -> bool:
    return re.search(pattern, text, re.IGNORECASE | re.MULTILINE) is not None


SETS = {
    "needed": holds_what_is_needed,
    "conditions": heeds_the_condition,
    "conditions_2026_11_29": heeds_and_says_what_fits,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print each, too")
    options = parser.parse_args()
    service = build_service(cache=default_cache())
    for name, is_right in SETS.items():
        of = rows(name)
        wrong = [row for row in of if not is_right(service, row)]
        sys.stdout.write(f"{name}: right {Share(len(of) - len(wrong), len(of))}\n")
        if options.misses:
            sys.stdout.writelines(f"  {row.get('text') or ' / '.join(row['turns'])}\n" for row in wrong)


if __name__ == "__main__":
    main()
