"""What the gate costs beside the matcher, over the same messages in the same run.

`pytest tests/benchmarks/test_safety.py --benchmark-enable` shows both in one table; a slow machine slows both.
"""

from functools import cache

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.bootstrap import fitted_matcher, load_knowledge, shipped_knowledge, shipped_state
from bot.core.matching import Matcher
from bot.store.cache import FileCache
from tests.safety.shipped import QUESTIONS, lines, shipped_gate


@cache
def matcher() -> Matcher:
    knowledge = load_knowledge(shipped_knowledge(), FileCache(None, shipped_state()))
    return fitted_matcher(knowledge, FileCache(None, shipped_state()))


@cache
def messages() -> tuple[str, ...]:
    return tuple(row["text"] for row in lines(QUESTIONS / "dev.jsonl"))


@pytest.mark.timeout(300)
def test_speed_of_the_gate(benchmark: BenchmarkFixture) -> None:
    gate = shipped_gate()
    benchmark(lambda: [gate.check(text) for text in messages()])


@pytest.mark.timeout(300)
def test_speed_of_the_matcher(benchmark: BenchmarkFixture) -> None:
    ranker = matcher()
    benchmark(lambda: [ranker.rank(text) for text in messages()])
