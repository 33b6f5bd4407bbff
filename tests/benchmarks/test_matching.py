"""What one question costs: 60 claims with 12 questions each, beside RapidFuzz over the same 720 phrasings.

`pytest tests/benchmarks/test_matching.py --benchmark-enable` shows both in one table; a slow machine slows both. What must
stay bounded is counted, not timed: weights gathered, and words and phrasings compared. `worst.py` and `growth.py` time it.
"""

import itertools
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from rapidfuzz import fuzz, process

from bot.bootstrap import load_knowledge, shipped_knowledge, shipped_state
from bot.core.matching import Matcher, build, closecalls, typos
from bot.core.matching import matcher as matching
from bot.core.matching.lately import Lately
from bot.core.matching.vectors import Vector
from bot.core.matching.weights import Quick, Weights
from bot.core.text import clean
from bot.store.cache import FileCache
from tests.benchmarks import clinc, growth

pytestmark = pytest.mark.long

CLAIMS, EACH = 60, 12
MOST_TIMES_THE_WORK = 300
"""Of any text of 6,000 characters, against an ordinary question at the median."""
_TRIES = 3
QUESTIONS = Path(__file__).parents[1] / "questions" / "dev.jsonl"


@cache
def matcher_and_choices() -> tuple[Matcher, tuple[str, ...]]:
    knowledge = load_knowledge(shipped_knowledge(), FileCache(None, shipped_state()))
    many = [claim for claim in knowledge.claims.values() if len(claim.questions) >= EACH]
    claims = [replace(claim, questions=claim.questions[:EACH]) for claim in many[:CLAIMS]]
    choices = tuple(clean(question) for claim in claims for question in claim.questions)
    assert len(choices) == CLAIMS * EACH
    return build(claims, vocabulary=knowledge.vocabulary, out_of_scope=knowledge.out_of_scope), choices


@cache
def questions() -> tuple[str, ...]:
    lines = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return tuple(line["text"] for line in lines if line["label"] not in {"out-of-scope", "red-flag"})


def fuzzy(text: str) -> object:
    return process.extract(clean(text), matcher_and_choices()[1], scorer=fuzz.token_set_ratio, limit=10)


def median(ask: Callable[[str], object], texts: tuple[str, ...]) -> float:
    times = []
    for text in texts:
        started = time.process_time_ns()
        ask(text)
        times.append(time.process_time_ns() - started)
    return statistics.median(times)


def test_one_question(benchmark: BenchmarkFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching, "_LATELY", Lately(1))  # what was ranked lately is not ranked again
    matcher, _ = matcher_and_choices()
    if benchmark.enabled:
        shares = [median(matcher.rank, questions()) / median(fuzzy, questions()) for _ in range(_TRIES)]
        benchmark.extra_info["of token_set_ratio, median over the development questions"] = round(min(shares), 3)
    texts = itertools.cycle(questions())
    assert benchmark(lambda: matcher.rank(next(texts))).matches


def test_token_set_ratio_over_the_same_phrasings(benchmark: BenchmarkFixture) -> None:
    assert benchmark(fuzzy, "my lower back kills after leg press, why")


WILD = {
    "one word again and again": "press " * 1_000,
    "words that are all misspelt": " ".join(f"pr{chr(97 + i % 26)}ss{chr(97 + i // 26 % 26)}s" for i in range(750)),
    "one long word": "x" * 6_000,
    "questions without end": "how deep? " * 600,
    "piled-up marks": "a\u0336\u0335\u0360" * 1_500,
    "letters by themselves": "a b c d e f " * 500,
    "numbers": "45 90 3x10 " * 545,
    "right to left": "مرحبا كيف حالك " * 400,
    "wide letters": "ﷺ" * 6_000,
}


class Counter:
    """Counts what a matcher does: weights gathered, words compared for a repair, phrasings compared for a close call."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done = 0
        scores, quick_scores, extract, nearest = Weights.scores, Quick.scores, process.extract, process.extractOne

        def counted_scores(weights: Weights, vector: Vector) -> Any:
            self.done += int((weights.starts[vector.ids + 1] - weights.starts[vector.ids]).sum())
            return scores(weights, vector)

        def counted_wide(quick: Quick, vector: Vector) -> Any:
            self.done += int((quick._place[vector.ids] >= 0).sum()) * quick._rows.shape[1]
            return quick_scores(quick, vector)

        def counted_extract(query: str, choices: Any, **options: Any) -> Any:
            self.done += len(choices)
            return extract(query, choices, **options)

        def counted_nearest(query: str, choices: Any, **options: Any) -> Any:
            self.done += len(choices)
            return nearest(query, choices, **options)

        monkeypatch.setattr(matching, "_LATELY", Lately())  # what was ranked before would take no work
        monkeypatch.setattr(Weights, "scores", counted_scores)
        monkeypatch.setattr(Quick, "scores", counted_wide)
        monkeypatch.setattr(typos, "process", SimpleNamespace(extract=counted_extract))
        monkeypatch.setattr(closecalls, "process", SimpleNamespace(extractOne=counted_nearest))

    def of(self, matcher: Matcher, text: str) -> int:
        """Return what ranking a text took."""
        before = self.done
        matcher.rank(text)
        return self.done - before


@pytest.mark.parametrize("kind", WILD)
def test_the_worst_text_takes_a_bounded_amount_of_work(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    matcher, _ = matcher_and_choices()
    count = Counter(monkeypatch)
    ordinary = statistics.median(count.of(matcher, text) for text in questions()[:100])
    assert ordinary > 0
    assert count.of(matcher, WILD[kind][:6_000]) <= MOST_TIMES_THE_WORK * ordinary


@pytest.mark.soak
def test_six_times_the_phrasings_do_not_take_six_times_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    count = Counter(monkeypatch)
    work = []
    for size in (300, 1_800):
        claims = growth.made_up(size)
        matcher = build(claims)
        work.append(statistics.median(count.of(matcher, text) for text, _ in growth.asked(claims, 100)))
    assert 0 < work[1] <= 5 * work[0]


def test_made_up_questions_find_their_claim() -> None:
    claims = growth.made_up(300)
    matcher = build(claims)
    found = [matcher.rank(text).matches[0].claim == name for text, name in growth.asked(claims, 100)]
    assert sum(found) >= 95


def test_what_the_shell_shows_when_clinc150_is_not_there(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.clinc", str(tmp_path / "none.json")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert "clinc/oos-eval" in run.stderr


@pytest.mark.shared
@pytest.mark.soak  # the same bars of the questions here: tests/questions
def test_clinc150_stays_above_its_bars() -> None:
    path = clinc.find_data(None)
    assert path is not None
    data = clinc.read(path)
    part = clinc.Data(data.train, random.Random(1).sample(data.val, 1_000), data.oos_val)
    figures = clinc.measure(clinc.drawn(part.train, 10, 1), part, 1)
    assert figures.first >= 0.82
    assert figures.auroc >= 0.93
    assert figures.typed_badly >= figures.first - 0.03
