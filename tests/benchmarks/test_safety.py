"""What the gate costs beside the matcher: at the median no more than the matcher's own time for the same message."""

import statistics
import time
from collections.abc import Callable
from functools import cache

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from bot.bootstrap import load_knowledge, shipped_knowledge
from bot.core import matching
from bot.core.matching import Matcher
from bot.store.cache import FileCache
from tests.safety.shipped import QUESTIONS, lines, shipped_gate

_TRIES = 5


@cache
def matcher() -> Matcher:
    knowledge = load_knowledge(shipped_knowledge(), FileCache(None))
    return matching.build(
        tuple(knowledge.claims.values()), vocabulary=knowledge.vocabulary, out_of_scope=knowledge.out_of_scope
    )


@cache
def messages() -> tuple[str, ...]:
    return tuple(row["text"] for row in lines(QUESTIONS / "dev.jsonl"))


def fastest(work: Callable[[str], object]) -> list[float]:
    """Return each message's shortest time in seconds over a few rounds."""
    times = [[0.0] * _TRIES for _ in messages()]
    for text in messages():
        work(text)
    for round_ in range(_TRIES):
        for index, text in enumerate(messages()):
            start = time.perf_counter()
            work(text)
            times[index][round_] = time.perf_counter() - start
    return [min(each) for each in times]


@pytest.mark.timeout(300)
def test_at_the_median_the_gate_costs_no_more_than_the_matcher() -> None:
    gate, ranker = shipped_gate(), matcher()
    assert statistics.median(fastest(gate.check)) <= statistics.median(fastest(ranker.rank))


@pytest.mark.timeout(300)
def test_speed_of_the_gate(benchmark: BenchmarkFixture) -> None:
    gate = shipped_gate()
    benchmark(lambda: [gate.check(text) for text in messages()])


@pytest.mark.timeout(300)
def test_speed_of_the_matcher(benchmark: BenchmarkFixture) -> None:
    ranker = matcher()
    benchmark(lambda: [ranker.rank(text) for text in messages()])
