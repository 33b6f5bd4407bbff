"""Score second turns of conversations: `python -m tests.questions.followups [--misses] [--second]`.

Each row has a `kind` (README.md), `turns`, the claims that are `right` for the last one ("claim:why": that part of it; none where
no claim is wanted), and patterns of `want`, each of which must stand in the answer. Never right is an answer that says word for
word what was said the turn before.
"""

import argparse
import re
import sys
from collections import Counter
from typing import Any

from bot.bootstrap import build_service, default_cache
from bot.core.brief import brief_answer
from bot.core.conversation import NOTHING_SAID
from bot.core.model import Answer, Outcome
from bot.service import Service
from tests.questions.needed import rows

DEV, SECOND = "followups_dev", "followups_2026_11_29"


def answers(service: Service, row: dict[str, Any]) -> list[Answer]:
    """Return the answers of a conversation."""
    talk, found = NOTHING_SAID, []
    for number, text in enumerate(row["turns"]):
        answer, talk = service.ask(text, talk, now=20.0 * number)
        found.append(answer)
    return found


def shown(service: Service, answer: Answer) -> str:
    """Return what a member reads first."""
    return brief_answer(answer, service.knowledge, "", "")


def goes_on(service: Service, row: dict[str, Any]) -> bool:
    """Say whether the last turn of a conversation gets what is right for it, and nothing word for word again."""
    *before, last = answers(service, row)
    text = shown(service, last)
    if last.outcome is Outcome.STOP or any(text == shown(service, each) for each in before):
        return False
    named = {last.claim or "", *last.also}
    if last.outcome is Outcome.SUGGEST:  # the steps that are left of a claim
        named = {each.id for each in service.knowledge.claims.values() if any(step in last.said for step in each.do)}
    found = not row["right"] or any(
        each.partition(":")[0] in named
        and (each.partition(":")[2] in ("", last.focus) or last.outcome is Outcome.SUGGEST)
        for each in row["right"]
    )
    return found and all(re.search(pattern, text, re.IGNORECASE) for pattern in row["want"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print what is not right, too")
    parser.add_argument("--all", action="store_true", help="print every conversation, for reading")
    parser.add_argument("--second", action="store_true", help="score the set that nothing was built on")
    options = parser.parse_args()
    service = build_service(cache=default_cache())
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for row in rows(SECOND if options.second else DEV):
        held = goes_on(service, row)
        right[row["kind"]] += held
        of[row["kind"]] += 1
        if options.all or (options.misses and not held):
            lines = [f"--- {row['kind']} {'right' if held else 'WRONG'} {row['right']} {row['want']}"]
            for text, answer in zip(row["turns"], answers(service, row), strict=True):
                lines.append(
                    f"> {text}\n[{answer.outcome.value} {answer.claim or ''} {answer.focus}] {shown(service, answer)}"
                )
            sys.stdout.write("\n".join(lines) + "\n\n")
    by_kind = ", ".join(f"{kind} {right[kind]} of {of[kind]}" for kind in sorted(of))
    sys.stdout.write(f"{by_kind}; together {right.total()} of {of.total()}\n")


if __name__ == "__main__":
    main()
