"""What each idea of the matcher is worth: `python -m tests.benchmarks.ablation [CLINC150 FILE]`.

Each row leaves one idea out, fits anew and asks the development questions (`tests/questions/dev.jsonl`, red flags left
out); with CLINC150 also ten phrasings an intent, seeds 1 and 2. Columns: right topic first and among the first three,
AUROC of confidence, answered right, answered wrong, out of scope answered, expected calibration error (ten bins); acc@1 and
AUROC on CLINC150, and acc@1 of badly typed questions.
"""

import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.bootstrap import load_knowledge, shipped_knowledge
from bot.core.matching import build
from bot.core.matching.typos import Line
from bot.core.model import Knowledge
from bot.store.cache import FileCache
from tests.benchmarks import clinc

QUESTIONS = Path(__file__).parents[1] / "questions" / "dev.jsonl"
SEEDS = (1, 2)
AT = "bot.core.matching"


def _blocks(*without: int) -> list[tuple[str, Any]]:
    from bot.core.matching.vectors import BLOCKS

    left = tuple(1e-9 if i in without else share for i, share in enumerate(BLOCKS))
    return [(f"{AT}.features.BLOCKS", left), (f"{AT}.vectors.BLOCKS", left)]


def _unrepaired(_: Any, line: list[str], also: Any = ()) -> Line:
    return Line(line)


IDEAS: dict[str, list[tuple[str, Any]]] = {
    "everything": [],
    "no repair of typos": [(f"{AT}.typos.Speller.repair", _unrepaired)],
    "no vocabulary": [("vocabulary", ())],
    "no everyday synonyms": [(f"{AT}.concepts.groups", list)],
    "neither of both": [("vocabulary", ()), (f"{AT}.concepts.groups", list)],
    "no out-of-scope examples": [("out_of_scope", ())],
    "no ordered pairs": _blocks(1),
    "no near pairs": _blocks(2),
    "no character runs": _blocks(3),
    "no patterns": _blocks(4),
    "concepts alone": _blocks(1, 2, 3, 4),
    "strange words cost nothing": [(f"{AT}.features.UNSEEN", 0.0)],
    "no ridge on topics": [(f"{AT}.fitting.TOPIC_PENALTY", 1e9)],
    "no close calls": [(f"{AT}.closecalls.WEIGHT", 0.0)],
    "all weights kept": [(f"{AT}.learner.FAINT", 0.0)],
    "confidence not sharpened": [(f"{AT}.calibration.SHARPEN", 1.0)],
}


@contextmanager
def without(idea: str) -> Iterator[dict[str, Any]]:
    """Leave an idea out; give what of the knowledge is replaced."""
    replaced = {}
    with ExitStack() as stack:
        for target, value in IDEAS[idea]:
            if "." in target:
                stack.enter_context(patch(target, value))
            else:
                replaced[target] = value
        yield replaced


def on_questions(knowledge: Knowledge, replaced: dict[str, Any]) -> str:
    """Return the columns of the development questions."""
    matcher = build(
        knowledge.claims.values(),
        vocabulary=replaced.get("vocabulary", knowledge.vocabulary),
        out_of_scope=replaced.get("out_of_scope", knowledge.out_of_scope),
    )
    inside, outside, bins = [], [], dict[int, list[float]]()
    for line in QUESTIONS.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        if question["label"] == "red-flag":
            continue
        ranking = matcher.rank(question["text"])
        topics = list(dict.fromkeys(match.topic for match in ranking.matches))
        confidence = ranking.matches[0].confidence if ranking.matches else 0.0
        labels = {question["label"], *question["also"]}
        right = topics[:1] != [] and topics[0] in labels
        if question["label"] == "out-of-scope":
            right = False
            outside.append((confidence, ranking.sure))
        else:
            inside.append((right, bool(labels & set(topics[:3])), confidence, ranking.sure))
        bins.setdefault(min(int(10 * confidence), 9), []).append(confidence - right)
    shares = (
        sum(right for right, *_ in inside) / len(inside),
        sum(three for _, three, *_ in inside) / len(inside),
        clinc.auroc([confidence for _, _, confidence, _ in inside], [confidence for confidence, _ in outside]),
        sum(right and sure for right, _, _, sure in inside) / len(inside),
        sum(not right and sure for right, _, _, sure in inside) / len(inside),
        sum(sure for _, sure in outside) / len(outside),
        sum(abs(sum(each)) for each in bins.values()) / (len(inside) + len(outside)),
    )
    return "".join(f"{share:>9.3f}" for share in shares)


def on_clinc(data: clinc.Data) -> str:
    """Return the columns of CLINC150, on a third of its validation part."""
    part = clinc.Data(data.train, random.Random(1).sample(data.val, len(data.val) // 3), data.oos_val)
    figures = clinc.mean([clinc.measure(clinc.drawn(part.train, 10, seed), part, seed) for seed in SEEDS])
    return "".join(f"{share:>9.3f}" for share in (figures.first, figures.auroc, figures.typed_badly))


def main(arguments: Sequence[str], show: Callable[[str], None] = clinc.show) -> int:
    """Print the table."""
    path = clinc.find_data(Path(arguments[0]) if arguments else None)
    data = clinc.read(path) if path else None
    knowledge = load_knowledge(shipped_knowledge(), FileCache(None))
    heads = [
        "topic@1",
        "topic@3",
        "AUROC",
        "right",
        "wrong",
        "OOS",
        "ECE",
        *(["CLINC@1", "AUROC", "typos@1"] if data else []),
    ]
    show(f"{'':<28}" + "".join(f"{head:>9}" for head in heads))
    for idea in IDEAS:
        with without(idea) as replaced:
            show(f"{idea:<28}" + on_questions(knowledge, replaced) + (on_clinc(data) if data else ""))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
