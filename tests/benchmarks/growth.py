"""How the matcher grows: `python -m tests.benchmarks.growth [100 1000 10000 100000]`.

Phrasings are made up from everyday words, twelve a claim: six words of the claim's own, filler, and a stray one now and
then. For each size, in a process of its own: seconds to fit and to load from the fitted state, size of that state, memory
of the process, median time of one question, and that of RapidFuzz's `token_set_ratio` over the same phrasings.
"""

import random
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.core.matching import build
from bot.core.matching.english import ordinary
from bot.core.model import Claim, Confidence, Verdict

SIZES = (100, 1_000, 10_000, 100_000)
EACH = 12
QUESTIONS = 200
FILLER = [
    "how",
    "do",
    "i",
    "the",
    "my",
    "is",
    "it",
    "a",
    "to",
    "on",
    "for",
    "when",
    "can",
    "what",
    "should",
    "with",
    "after",
]


def made_up(phrasings: int, seed: int = 1) -> list[Claim]:
    """Return claims with about `phrasings` questions in all."""
    source = random.Random(seed)
    words = sorted(word for word in ordinary() if 3 <= len(word) <= 9)
    found = []
    for number in range(max(phrasings // EACH, 1)):
        own = source.sample(words, 6)
        questions = []
        for _ in range(EACH):
            line = source.sample(own, source.randint(2, 4)) + source.sample(FILLER, source.randint(2, 5))
            line += source.sample(words, source.randint(0, 2))
            source.shuffle(line)
            questions.append(" ".join(line))
        name = f"claim-{number}"
        found.append(
            Claim(name, f"topic-{number % 17}", name, name, Verdict.OPINION, Confidence.LOW, name, tuple(questions))
        )
    return found


def asked(claims: Sequence[Claim], many: int, seed: int = 3) -> list[tuple[str, str]]:
    """Return questions that are no phrasing: the words of one in another order, one of them missing; and their claims."""
    source = random.Random(seed)
    found = []
    for _ in range(many):
        claim = source.choice(claims)
        line = source.choice(claim.questions).split()
        source.shuffle(line)
        found.append((" ".join(line[1:]), claim.id))
    return found


def measure(phrasings: int) -> str:
    """Return one row of the table."""
    claims = made_up(phrasings)
    started = time.process_time()
    matcher = build(claims)
    fit = time.process_time() - started
    data = matcher.dump()
    started = time.process_time()
    build(claims, fitted=data)
    load = time.process_time() - started
    times, right = [], 0
    for text, name in asked(claims, QUESTIONS):
        started = time.perf_counter()
        matches = matcher.rank(text).matches
        times.append(time.perf_counter() - started)
        right += matches[0].claim == name
    choices = [question for claim in claims for question in claim.questions]
    others = []
    for text, _ in asked(claims, 20):
        started = time.perf_counter()
        process.extract(text, choices, scorer=fuzz.token_set_ratio, limit=10)
        others.append(time.perf_counter() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"{len(choices):>10,}{len(claims):>8,}{fit:>8.1f}{load:>8.2f}{len(data) / 2**20:>8.1f}{memory:>8.0f}"
        f"{1e3 * statistics.median(times):>10.2f}{1e3 * statistics.median(others):>12.2f}{right / QUESTIONS:>8.2f}"
    )


def main(arguments: Sequence[str]) -> int:
    """Print the table: one process a size, so that memory is its own."""
    if arguments[:1] == ["--one"]:
        sys.stdout.write(measure(int(arguments[1])) + "\n")
        return 0
    heads = ("phrasings", "claims", "fit s", "load s", "MiB", "RSS MiB", "p50 ms", "fuzz p50 ms", "first")
    widths = (10, 8, 8, 8, 8, 8, 10, 12, 8)
    sys.stdout.write("".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)) + "\n")
    sys.stdout.flush()
    for size in [int(each) for each in arguments] or SIZES:
        subprocess.run([sys.executable, "-m", "tests.benchmarks.growth", "--one", str(size)], check=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
