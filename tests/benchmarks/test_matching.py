"""What one question costs: 60 claims with 12 questions each, beside RapidFuzz over the same 720 phrasings.

`pytest tests/benchmarks/test_matching.py --benchmark-enable` shows both in one table; a slow machine slows both. The bars
of the tests that look at time are ten times what was measured: they fail where something grows out of bounds.
"""

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

import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from rapidfuzz import fuzz, process

from bot.bootstrap import load_knowledge, shipped_knowledge
from bot.core.matching import Matcher, build
from bot.core.text import clean
from bot.store.cache import FileCache
from tests.benchmarks import clinc, growth

CLAIMS, EACH = 60, 12
MOST_TIMES_AS_SLOW = 300
"""The worst text of 6,000 characters against an ordinary question at the median; `worst.py` looks for it."""
_TRIES = 3
QUESTIONS = Path(__file__).parents[1] / "questions" / "dev.jsonl"


@cache
def matcher_and_choices() -> tuple[Matcher, tuple[str, ...]]:
    knowledge = load_knowledge(shipped_knowledge(), FileCache(None))
    claims = [replace(claim, questions=claim.questions[:EACH]) for claim in list(knowledge.claims.values())[:CLAIMS]]
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


def test_one_question(benchmark: BenchmarkFixture) -> None:
    matcher, _ = matcher_and_choices()
    shares = [median(matcher.rank, questions()) / median(fuzzy, questions()) for _ in range(_TRIES)]
    benchmark.extra_info["of token_set_ratio, median over the development questions"] = round(min(shares), 3)
    assert benchmark(matcher.rank, "my lower back kills after leg press, why").matches


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


@pytest.mark.parametrize("kind", WILD)
def test_the_worst_text_is_bounded(kind: str) -> None:
    matcher, _ = matcher_and_choices()
    ordinary = median(matcher.rank, questions())
    text = WILD[kind][:6_000]
    assert min(median(matcher.rank, (text,) * 3) for _ in range(3)) <= MOST_TIMES_AS_SLOW * ordinary


def test_eleven_times_the_phrasings_do_not_cost_eleven_times_the_time() -> None:
    times = []
    for size in (600, 6_600):
        claims = growth.made_up(size)
        matcher = build(claims)
        texts = tuple(text for text, _ in growth.asked(claims, 100))
        median(matcher.rank, texts)
        times.append(min(median(matcher.rank, texts) for _ in range(3)))
    assert times[1] <= 6 * times[0]


def test_made_up_questions_find_their_claim() -> None:
    claims = growth.made_up(1_200)
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
def test_clinc150_stays_above_its_bars() -> None:
    path = clinc.find_data(None)
    assert path is not None
    data = clinc.read(path)
    part = clinc.Data(data.train, random.Random(1).sample(data.val, 1_000), data.oos_val)
    figures = clinc.measure(clinc.drawn(part.train, 10, 1), part, 1)
    assert figures.first >= 0.82
    assert figures.auroc >= 0.93
    assert figures.typed_badly >= figures.first - 0.03
