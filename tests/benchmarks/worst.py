"""The text of 6,000 characters that takes longest: `python -m tests.benchmarks.worst [EXAMPLES]`.

Hypothesis makes up texts and goes on from those that took longest (`target`). Prints the worst found, and its time against
that of an ordinary question on the shipped knowledge.
"""

import random
import statistics
import sys
import time
from collections.abc import Sequence

from hypothesis import HealthCheck, given, settings, target
from hypothesis import strategies as st

from bot.bootstrap import load_knowledge, shipped_knowledge
from bot.core.matching import Matcher, build
from bot.store.cache import FileCache
from tests.benchmarks.test_matching import median, questions

LONGEST = 6_000
PIECES = [
    "how", "deep", "leg press", "lower back", "knees", "kness", "prees", "shuold", "legpress", "lockout", "locking my",
    "45", "3x10", "can't", "sooo", "zorblax", "x", "膝が", "привет", "ﷺ", "a\u0336", "💀", "?", "!", ".", ",", "\n", " and ",
    " also what ", ";", "-", "'", "`", "```", "<@1>", "https://a.b", ":x:", "how deep? ", "is it bad, or should i ",
]  # fmt: skip

repeated = st.tuples(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), st.sampled_from(["", " "])).map(
    lambda drawn: (drawn[1].join(drawn[0]) + drawn[1]) * (LONGEST // max(len(drawn[1].join(drawn[0])), 1) + 1)
)
shuffled = st.tuples(st.lists(st.sampled_from(PIECES), min_size=2, max_size=20), st.integers(0, 2**16)).map(
    lambda drawn: " ".join(random.Random(drawn[1]).choices(drawn[0], k=LONGEST))
)
slips = st.text("abcdefghiklmnoprstuw", min_size=4, max_size=9).map(
    lambda word: " ".join(word[:i] + letter + word[i:] for letter in "qxzjv" for i in range(len(word))) * LONGEST
)
texts = st.one_of(repeated, shuffled, slips, st.text(min_size=1, max_size=40).map(lambda text: text * LONGEST))


def seconds(matcher: Matcher, text: str) -> float:
    """Return the shortest of three times."""
    times = []
    for _ in range(3):
        started = time.process_time()
        matcher.rank(text)
        times.append(time.process_time() - started)
    return min(times)


def search(matcher: Matcher, examples: int) -> tuple[float, str]:
    """Return the longest time found, in seconds, and its text."""
    worst = (0.0, "")

    @settings(
        max_examples=examples, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(texts)
    def ask(text: str) -> None:
        nonlocal worst
        took = seconds(matcher, text[:LONGEST])
        target(took)
        worst = max(worst, (took, text[:LONGEST]))

    ask()
    return worst


def main(arguments: Sequence[str]) -> int:
    """Print what was found."""
    knowledge = load_knowledge(shipped_knowledge(), FileCache(None))
    matcher = build(knowledge.claims.values(), vocabulary=knowledge.vocabulary, out_of_scope=knowledge.out_of_scope)
    median(matcher.rank, questions())
    ordinary = statistics.median(median(matcher.rank, questions()) for _ in range(3)) / 1e9
    took, text = search(matcher, int(arguments[0]) if arguments else 400)
    sys.stdout.write(
        f"ordinary {1e3 * ordinary:.2f} ms, worst {1e3 * took:.1f} ms, {took / ordinary:.0f} times\n{text[:100]!r}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
