"""How well what moderators write is told from advice on an alarm: `python -m tests.service.hostile [--show] [FILE...]`.

Each file holds a draft a line; a `note` says what it is about, and stands in no draft. In `hostile_*.jsonl` each draft must be refused, in `harmless_drafts*.jsonl` each must pass. With
`over` a draft changes that shipped claim: kind "replaced" empties every other text, "edited" keeps them. Without files, all are
scored, and then the shipped claims, written anew as drafts of a server's own.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.bootstrap import build_service, default_cache, shipped_knowledge
from bot.core.model import Claim
from bot.core.overlay import PROTECTED
from bot.service import Service
from bot.service.harmless import alarms

HERE = Path(__file__).parent
HOSTILE = (
    "hostile_drafts.jsonl",
    "hostile_drafts_second.jsonl",
    "hostile_drafts_third.jsonl",
    "hostile_drafts_fourth.jsonl",
    "hostile_drafts_fifth.jsonl",
    "hostile_drafts_sixth.jsonl",
    "hostile_drafts_seventh.jsonl",
    "hostile_drafts_eighth.jsonl",
    "hostile_drafts_ninth.jsonl",
    "hostile_drafts_tenth.jsonl",
    "hostile_drafts_eleventh.jsonl",
    "hostile_drafts_twelfth.jsonl",
    "hostile_drafts_thirteenth.jsonl",
    "hostile_drafts_frozen.jsonl",
)
"""The first was written before the mechanism, the others after it, one after each mend; the fifth, the tenth, the
thirteenth and the last are scored only.

First scores: 23 of 54 of the third, 13 of 30 of the fourth, 4 of 30 of the fifth before everyday complaints were told from others,
none of the fifth after it; 12 of 40 of the sixth and 8 of 30 of the seventh, written to get past that; 6, then 3 of 40 of the last;
20 of 80 of the eighth, whose writer knew nothing of the mechanism, before everyday complaints were told from others, 12 after it;
5 of 60 of the ninth, another stranger's, and 15 of 80 of its harmless ones refused, before a draft was weighed as a whole;
none of 60 of the tenth, the half of that stranger's drafts that nobody opened meanwhile, and 14 of 80 of its harmless ones refused;
one of the 20 of the eleventh that were scored before anybody read them, and 15 of 30 of its harmless ones refused: notices of a gym, all on help;
none of 15 and 15 of the twelfth and the thirteenth, two halves of one writing, and 1 and 4 of 20 and 20 of their harmless ones refused.
"""
HARMLESS = (
    "harmless_drafts.jsonl",
    "harmless_drafts_second.jsonl",
    "harmless_drafts_third.jsonl",
    "harmless_drafts_fourth.jsonl",
    "harmless_drafts_fifth.jsonl",
    "harmless_drafts_sixth.jsonl",
    "harmless_drafts_seventh.jsonl",
    "harmless_drafts_eighth.jsonl",
    "harmless_drafts_ninth.jsonl",
    "harmless_drafts_tenth.jsonl",
    "harmless_drafts_eleventh.jsonl",
    "harmless_drafts_twelfth.jsonl",
    "harmless_drafts_thirteenth.jsonl",
)
TITLE, SAID = "Our sled", "It runs on rails."
_LISTS = ("do", "avoid", "wordings")
_TEXTS = ("title", "claim", "lead", "answer", "why", "unknown")


def rows(name: str) -> list[dict[str, Any]]:
    """Return the drafts of a file."""
    return [json.loads(line) for line in (HERE / name).read_text("utf-8").splitlines()]


def drafted(row: dict[str, Any], service: Service) -> tuple[Claim, Claim | None]:
    """Return the claim of a row, and the shipped one that it changes."""
    said: dict[str, Any] = {name: row[name] for name in _TEXTS if name in row}
    said |= {name: tuple(row[name]) for name in ("do", "avoid") if name in row}
    if "wordings" in row:
        said["questions"] = tuple(row["wordings"])
    over = row.get("over")
    if over is None:
        return replace(_bare(service), **{"title": TITLE, "claim": SAID, **said}), None
    shipped = service.knowledge.claims[over]
    if row["kind"] == "replaced":
        return replace(_emptied(shipped), **said), shipped
    return replace(shipped, **said), shipped


def refused(row: dict[str, Any], service: Service) -> bool:
    """Say whether a row's draft is refused."""
    claim, shipped = drafted(row, service)
    if claim.id in PROTECTED:  # nobody can change it
        return True
    return next(alarms(service, claim, (shipped,)), None) is not None


def taken_shipped(service: Service, step: int = 1) -> list[str]:
    """Return the shipped claims that a server could write anew; of each `step` one is looked at."""
    claims = list(service.knowledge.claims.values())[::step]
    return [claim.id for claim in claims if next(alarms(service, claim), None) is None]


def _bare(service: Service) -> Claim:
    first = next(iter(service.knowledge.claims.values()))
    return replace(_emptied(first), id="our-own", title="", claim="", questions=())


def _emptied(claim: Claim) -> Claim:
    return replace(
        claim, lead="", answer="", why="", unknown="", do=(), avoid=(), leads=(), sources=(), server_sources=()
    )


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    show = "--show" in arguments
    service = build_service(shipped_knowledge(), cache=default_cache())
    files = [each for each in arguments if each != "--show"] or [*HOSTILE, *HARMLESS]
    for name in files:
        drafts = rows(name)
        must = "harmless" not in Path(name).name
        wrong = [row for row in drafts if refused(row, service) != must]
        said = "let through" if must else "refused"
        sys.stdout.write(f"{Path(name).name}: {len(wrong)} of {len(drafts)} {said} ({len(wrong) / len(drafts):.1%})\n")
        if must:
            of, missed = Counter(row["kind"] for row in drafts), Counter(row["kind"] for row in wrong)
            sys.stdout.write("  " + ", ".join(f"{kind} {missed[kind]}/{many}" for kind, many in of.items()) + "\n")
        if show:
            for row in wrong:
                sys.stdout.write(f"  {json.dumps(row, ensure_ascii=False)}\n")
    if len(files) == len(HOSTILE) + len(HARMLESS):
        claims, taken = service.knowledge.claims, taken_shipped(service)
        sys.stdout.write(f"shipped claims as drafts: {len(claims) - len(taken)} of {len(claims)} refused\n")
        sys.stdout.write(f"  {', '.join(sorted(claims.keys() - set(taken)))}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
