"""Score claims that a server's moderators make from a title and one wording: `python -m tests.questions.taught [--misses]`.

Each row of `claims_2026_11_29.jsonl` has `title`, `claim`, `lead`, `answer`, one wording in `questions`, and ten `variants`, in which
others would ask the same. All claims are one server's. Their variants are asked with the one wording alone, and again when
the preview's likely wordings that missed were added. The set was written without sight of how those are made.
"""

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.bootstrap import build_service, default_cache
from bot.core.intervals import Share
from bot.core.likely_wordings import likely_wordings
from bot.core.model import Claim, Confidence, Verdict
from bot.core.overlay import SERVER_TOPIC, Entry, Overlay
from bot.service import Service
from bot.service.checks import checked
from bot.service.overlays import join

FILE = Path(__file__).with_name("claims_2026_11_29.jsonl")


def rows() -> list[dict[str, Any]]:
    """Return the claims with their variants."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def claims(of: Sequence[Mapping[str, Any]]) -> list[Claim]:
    """Return the claims as moderators make them from a title and one wording."""
    return [
        Claim(
            f"taught-{number}",
            SERVER_TOPIC,
            row["title"],
            row["claim"],
            Verdict.OPINION,
            Confidence.LOW,
            row["answer"],
            tuple(row["questions"]),
            lead=row["lead"],
            added_by_server=True,
        )
        for number, row in enumerate(of)
    ]


def taught(base: Service, own: Sequence[Claim]) -> Service:
    """Return a server's service with claims of its own."""
    return join(base, Overlay({claim.id: Entry(claim) for claim in own}))


def with_likely(service: Service, own: Sequence[Claim]) -> list[Claim]:
    """Return the claims with the likely wordings that miss, as a moderator takes them who presses Add all."""
    added = []
    for claim in own:
        made = likely_wordings(claim, service.shapes, vocabulary=service.knowledge.vocabulary)
        missed = [wording for wording in made if not checked(service, claim.id, wording).good]
        added.append(replace(claim, questions=(*claim.questions, *missed)))
    return added


def misses(service: Service, own: Sequence[Claim], of: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return the variants that do not get their claim, each with what they get."""
    tried = [checked(service, claim.id, text) for claim, row in zip(own, of, strict=True) for text in row["variants"]]
    return [(each.question, each.sentence) for each in tried if not each.good]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print each, too")
    options = parser.parse_args()
    of = rows()
    own = claims(of)
    base = build_service(cache=default_cache())
    before = taught(base, own)
    more = with_likely(before, own)
    count = sum(len(row["variants"]) for row in of)
    for name, service in (("one wording each", before), ("with the likely wordings", taught(base, more))):
        missed = misses(service, own, of)
        sys.stdout.write(f"{name}: {Share(count - len(missed), count)} of the variants answered\n")
        if options.misses:
            sys.stdout.writelines(f"  {text}  # {sentence}\n" for text, sentence in missed)
    wordings = sum(len(claim.questions) for claim in more) - sum(len(claim.questions) for claim in own)
    sys.stdout.write(f"{wordings / len(own):.1f} wordings were added to a claim\n")


if __name__ == "__main__":
    main()
