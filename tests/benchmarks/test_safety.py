"""What the gate costs beside the matcher, over the same messages in the same run.

`pytest tests/benchmarks/test_safety.py --benchmark-enable` shows both in one table; a slow machine slows both.
"""

import itertools
import random
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


LONGEST = 6_000


@cache
def long_messages() -> tuple[str, ...]:
    """Texts of the greatest length: what people say and what alarms, with and without sentences, and random letters as words."""
    drawn, rules = random.Random(5), shipped_gate().rules
    letters = ["".join(drawn.choices("abcdefghiklmnoprstuw", k=drawn.randint(1, 9))) for _ in range(6_000)]
    pools = (rules.harmless, [phrasing.text for phrasing in rules.phrasings], letters, messages())
    return tuple(
        mark.join(drawn.choices(pool, k=LONGEST))[:LONGEST]
        for pool in pools
        for mark in (" ", ". ", ", ", "\n")
        for _ in range(4)
    )


@pytest.mark.timeout(300)
def test_speed_of_the_gate_on_the_longest_messages(benchmark: BenchmarkFixture) -> None:
    """One round is one text, so that the table's median and maximum are those of the spread."""
    gate, texts = shipped_gate(), itertools.cycle(long_messages())
    gate.check("leg press")
    benchmark.pedantic(gate.check, setup=lambda: ((next(texts),), {}), rounds=len(long_messages()))  # type: ignore[no-untyped-call]
