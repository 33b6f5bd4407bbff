"""What the worst imports cost to read: `python -m tests.benchmarks.imports [BYTES]`.

For each kind of hostile file of that size (1,000,000), the processor's seconds and how many times those of an ordinary
export of the same size, read in the same run. The worst comes last.
"""

import sys
import time
from collections.abc import Sequence

from bot.bootstrap import load_knowledge, shipped_knowledge
from bot.core.model import Knowledge
from bot.core.server_file import read
from bot.store.cache import FileCache
from tests.support.hostile import WORST

ORDINARY = """\
  - id: our-claim-{0}
    title: Our claim number {0}
    claim: We found that our sled number {0} runs more easily than the others do.
    verdict: opinion
    confidence: low
    answer: {1}
    questions:
    - does sled number {0} run more easily
    - why is number {0} so light
    do:
    - Load ten kilos more than on the others.
"""


def ordinary(size: int) -> bytes:
    """Return an export of at most the claims that are taken, with as much text as makes it that long."""
    answer = " ".join(["It runs on newer rails, and that is all there is to it."] * 6)
    made = "claims:\n  this-server:\n"
    number = 0
    while len(made) < size and number < 300:
        made += ORDINARY.format(number, answer[:345])
        number += 1
    comment = "# A remark of whoever keeps this file, which a reader must skip.\n"
    return (made + comment * max(0, (size - len(made)) // len(comment))).encode()


def seconds(raw: bytes, base: Knowledge) -> float:
    """Return the processor's seconds for reading a file."""
    started = time.process_time()
    read(raw, "import.yaml", base, {})
    return time.process_time() - started


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    size = int(arguments[0]) if arguments else 1_000_000
    base = load_knowledge(shipped_knowledge(), FileCache(None))
    usual = min(seconds(ordinary(size), base) for _ in range(3))
    sys.stdout.write(f"{'ordinary export':28} {usual:6.2f} s\n")
    found = sorted((seconds(make(size), base), name) for name, make in WORST.items())
    for took, name in found:
        sys.stdout.write(f"{name:28} {took:6.2f} s  {took / usual:5.1f} times\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
