"""How long an alarm waits behind a flood that comes in one instant: `python -m tests.benchmarks.wire_burst [COUNT...]` (Linux).

One member (`members`: as many as there are events, of one server) asks, mentions, types or presses COUNT times; all of it
is handed to the socket at once, and behind it the alarm of somebody elsewhere. Beside it, in the same run and for the same
bytes, a bare discord.py client that answers that alarm and makes nothing of all else: less than reading it cannot cost.
Prints seconds from handing over the flood to the stop; exit code 1 where one took longer than a second or never came.
`--kind` does one kind alone, `--rounds` more than one of each.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.wire import ALARM, ECHO, SERVER, Side, running
from tests.support.floods import KINDS, made

COUNTS = (1_000, 2_000, 5_000, 10_000)
MOST_SECONDS = 1.0
NEVER = 10.0
REST_SECONDS = 4.0
MEMBERS = 1 << 30
FLOODED, ELSEWHERE = SERVER + 700_000, SERVER + 800_000


@dataclass(frozen=True)
class Waited:
    """Seconds from handing over the flood to the stop of an alarm elsewhere behind it, and of the flooder's own behind that.

    `processor`: what the bot's process worked until both had come; `answered`: how much of the flood was answered.
    """

    elsewhere: float
    own: float
    processor: float
    answered: int


async def waited(side: Side, kind: str, count: int, first: int) -> Waited:
    """Flood, and return how long alarms behind it waited."""
    frames, flood = made(side.wire, kind, count, by=first, in_=FLOODED)
    before = side.processor()
    started = time.perf_counter()

    async def stopped(member: int, server: int) -> float:
        try:
            await side.ask(member, ALARM, in_=server)
        except TimeoutError:
            return NEVER
        return time.perf_counter() - started

    handing_over = asyncio.create_task(side.wire.dispatch_at_once(frames))
    await asyncio.sleep(0)
    elsewhere, own = await asyncio.gather(stopped(first + 500_000, ELSEWHERE), stopped(first, FLOODED))
    worked = side.processor() - before
    await handing_over
    await asyncio.sleep(REST_SECONDS)
    return Waited(elsewhere, own, worked, sum(each.answered for each in flood))


async def measured(kinds: Sequence[str], counts: Sequence[int], rounds: int) -> bool:
    """Print the table, and say whether each stop came within a second."""
    good = True
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        async with running("bot", folder) as ours, running("reader", folder, *ECHO, "reads") as theirs:
            number = MEMBERS
            for kind in kinds:
                for count in counts:
                    for _ in range(rounds):
                        number += 1_000_000
                        ours_, bare = await waited(ours, kind, count, number), await waited(theirs, kind, count, number)
                        sys.stdout.write(
                            f"{count:6} {kind:9} stop elsewhere {ours_.elsewhere:5.2f} s, the flooder's own {ours_.own:5.2f} s, "
                            f"{ours_.processor:5.2f} s of the processor; merely read {bare.elsewhere:5.2f} s, "
                            f"{bare.processor:5.2f} s of the processor; {ours_.answered:4} answered\n"
                        )
                        sys.stdout.flush()
                        good = good and ours_.elsewhere <= MOST_SECONDS
    return good


def main(arguments: Sequence[str]) -> int:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("counts", type=int, nargs="*", default=list(COUNTS))
    parser.add_argument("--kind", choices=sorted(KINDS))
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args(arguments)
    kinds = [asked.kind] if asked.kind else list(KINDS)
    return 0 if asyncio.run(measured(kinds, asked.counts or COUNTS, asked.rounds)) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
