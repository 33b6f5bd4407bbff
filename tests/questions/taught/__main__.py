"""Score claims that a server's moderators make from a title and one wording: `python -m tests.questions.taught [--misses] [FILE]`.

Each row of a FILE has `title`, `claim`, `lead`, `answer`, one wording in `questions`, and ten `variants`, in which
others would ask the same. All claims are one server's. Their variants are asked with the one wording alone, and again when
the preview's likely wordings that missed were added. `claims_2026_11_29.jsonl`, the default, was written without sight of how those are
made, and scores; the `dev_*` sets were looked at while building. What it costs the shipped knowledge is told as well: how many
labelled questions about it are no longer answered right, and how many strange ones (`strangers.txt`) are answered.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.bootstrap import build_service, default_cache, load_knowledge, shipped_knowledge
from bot.core.intervals import Share
from bot.core.likely_wordings import likely_wordings
from bot.core.matching.english import EMPTY
from bot.core.model import Claim, Confidence, Outcome, Verdict
from bot.core.overlay import SERVER_TOPIC, Entry, Overlay
from bot.core.text import clean, stem, words
from bot.evaluation.rows import Labelled, read_rows
from bot.evaluation.scores import score
from bot.sentences import say
from bot.service import Service
from bot.service.checks import checked
from bot.service.overlays import join

HERE = Path(__file__).parent
FILE = HERE / "claims_2026_11_29.jsonl"
DEV = tuple(HERE / f"dev_{letter}.jsonl" for letter in "abcd")
STRANGERS = HERE / "strangers.txt"
OFFERED = say("moderators.checks.offered")
ABOUT_MATCHING = ("dev.jsonl", "frozen_*.jsonl", "uncovered_*.jsonl")


def rows(file: Path = FILE) -> list[dict[str, Any]]:
    """Return the claims with their variants."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


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


def offered(service: Service, own: Iterable[Claim]) -> list[Claim]:
    """Return the claims with the wordings that the preview offers, as a moderator takes them who presses Add all."""
    vocabulary = service.knowledge.vocabulary
    return [
        replace(claim, questions=(*claim.questions, *likely_wordings(claim, service.shapes, vocabulary=vocabulary)))
        for claim in own
    ]


def misses(service: Service, own: Sequence[Claim], of: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Return the variants that do not get their claim, each with what they get: `OFFERED`, where it is one of those to choose from."""
    tried = [checked(service, claim.id, text) for claim, row in zip(own, of, strict=True) for text in row["variants"]]
    return [(each.question, each.sentence) for each in tried if not each.good]


def wordless(service: Service, own: Sequence[Claim], of: Sequence[Mapping[str, Any]]) -> Share:
    """Return how many of the misses share no telling word with what their claim says, wordings and all: nothing that goes by words finds these."""
    small = service.shapes.small

    def telling(*texts: str) -> set[str]:
        return {stem(each) for text in texts for each in words(clean(text)) if each not in EMPTY and each not in small}

    said = [
        telling(claim.title, claim.claim, claim.lead, claim.answer, *claim.do, *claim.questions)
        for claim, row in zip(own, of, strict=True)
        for _ in row["variants"]
    ]
    tried = [checked(service, claim.id, text) for claim, row in zip(own, of, strict=True) for text in row["variants"]]
    missed = [(each, has) for each, has in zip(tried, said, strict=True) if not each.good]
    return Share(sum(telling(each.question).isdisjoint(has) for each, has in missed), len(missed))


def strangers() -> list[str]:
    """Return questions that no claim answers, though some have a word of one."""
    return STRANGERS.read_text(encoding="utf-8").splitlines()


def labelled(*names: str) -> list[Labelled]:
    """Return the rows of labelled files beside this folder, by name; of all that are about matching without one."""
    above = HERE.parent
    files = [above / name for name in names] or sorted(file for kind in ABOUT_MATCHING for file in above.glob(kind))
    topics = load_knowledge(shipped_knowledge(), default_cache()).topics
    return [row for file in files for row in read_rows(file.read_text(encoding="utf-8"), str(file), topics)]


def cost(base: Service, service: Service, own: Sequence[Claim]) -> str:
    """Return one line on what claims of its own cost a server: labelled questions that were right and are not any more."""
    ids = {claim.id for claim in own}
    lost: Counter[str] = Counter()
    rows = labelled()
    for row in rows:
        before, after = (score(row, each.ask(row.text)[0], each.knowledge.claims) for each in (base, service))
        if before.right and not after.right:
            kind = "in scope" if before.in_scope else "out of scope"
            lost[f"{kind}, {'answered with them' if after.claim in ids else after.outcome.value}"] += 1
    beside = sum(bool(ids.intersection(service.ask(row.text)[0].also)) for row in rows)
    got = Counter(service.ask(text)[0].outcome for text in strangers())
    said = "; ".join(f"{count} {kind}" for kind, count in sorted(lost.items())) or "none"
    return f"of {len(rows)} labelled questions lost: {said}; beside {beside} answers one of them stands; of {len(strangers())} strangers {got[Outcome.ANSWER]} answered, {got[Outcome.SUGGEST]} asked what they mean"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=FILE, metavar="FILE")
    parser.add_argument("--misses", action="store_true", help="print each, too")
    options = parser.parse_args()
    base = build_service(cache=default_cache())
    of = rows(options.file)
    own = claims(of)
    before = taught(base, own)
    more = offered(before, own)
    count = sum(len(row["variants"]) for row in of)
    after = taught(base, more)
    for name, service in (("one wording each", before), ("with the offered wordings", after)):
        missed = misses(service, own, of)
        asked = sum(sentence == OFFERED for _, sentence in missed)
        sys.stdout.write(
            f"{name}: {Share(count - len(missed), count)} of the variants answered, {asked} more find it offered; "
            f"{cost(base, service, own)}\n"
        )
        if options.misses:
            sys.stdout.writelines(f"  {text}  # {sentence}\n" for text, sentence in missed)
    sys.stdout.write(
        f"of the misses {wordless(after, more, of)} share no telling word with anything that their claim says\n"
    )
    wordings = sum(len(claim.questions) for claim in more) - sum(len(claim.questions) for claim in own)
    sys.stdout.write(f"{wordings / len(own):.1f} wordings were added to a claim\n")


if __name__ == "__main__":
    main()
