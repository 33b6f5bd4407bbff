"""The real bot on the wire for so many minutes, with faults all the time: `make soak MINUTES=n` (Linux).

Members ask, type, draw and press, some of them in alarm, while answers are refused, limited, cut or slow, events are malformed and the socket
is dropped. Each minute a line tells what was answered, the memory, the descriptors and the threads; the last one says whether all is well: each
alarm got its stop, each question an answer, and the process still runs. Ends with 1 where not.
"""

import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.wire import ALARM, SERVER, SERVERS, questions
from tests.support.wire import Asked, Wire, serving
from tests.support.wire_bot import bot_process
from tests.support.wire_members import Members, guild, said

PAUSE = 0.08
SETTLING_SECONDS = 6.0
FAULTS: tuple[dict[str, Any], ...] = (
    {"reset": True},
    {"reset": True, "acts": True},
    {"status": 503},
    {"status": 429, "headers": {"Via": "1.1"}, "body": {"message": "", "retry_after": 0.2}},
    {"status": 400, "code": 50035},
    {"wait": 0.5},
)
OWN: dict[str, Any] = {"backrest": "30 degrees", "feet": "middle"}


async def _one(members: Members, choose: random.Random, number: int, texts: list[str]) -> tuple[str, Asked]:
    in_, by = SERVER + number % SERVERS * 100_000, 10_000 + number
    match number % 20:
        case 3:
            return "alarm", await members.slash("legpress ask", question=ALARM, by=by, in_=in_)
        case 7:
            return "typed", await members.type("legpress ask", "question", choose.choice(texts)[:20], by=by, in_=in_)
        case 11:
            return "drawn", await members.slash(
                "legpress my-depth", by=by, in_=in_, roll=f"hip {60 + number % 40}", **OWN
            )
        case 15:
            return "pressed", await members.press("lp:why:find-depth", by=by, in_=in_)
        case _:
            return "asked", await members.slash("legpress ask", question=choose.choice(texts), by=by, in_=in_)


async def soak(minutes: float) -> bool:
    """Run it, and say whether all was well."""
    texts, choose = questions(), random.Random(3)
    wire = Wire(guilds=[guild(SERVER + each * 100_000) for each in range(SERVERS)])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        async with serving(wire), bot_process(wire, path / "bot", path / "cache", knowledge=None) as bot:
            await wire.until_ready()
            members = Members(wire)
            await members.until_it_knows(texts[0])
            counts: dict[str, list[int]] = {}
            lost: list[str] = []
            pending: list[tuple[str, Asked]] = []
            ends, tells, number = time.monotonic() + 60 * minutes, time.monotonic() + 60, 0
            while time.monotonic() < ends:
                if number % 10 == 0:
                    wire.rules.clear()
                    wire.fault("POST", "/interactions/*/callback", **choose.choice(FAULTS))
                if number % 50 == 25:
                    await wire.dispatch(choose.choice(["GUILD_UPDATE", "CHANNEL_DELETE", "INTERACTION_CREATE"]), None)
                if number % 2_000 == 1_999:
                    resumes = wire.resumes
                    await wire.drop()
                    await _until_resumed(wire, resumes)
                pending.append(await _one(members, choose, number, texts))
                number += 1
                await asyncio.sleep(PAUSE)
                if time.monotonic() > tells:
                    tells += 60
                    _tell(number, counts, lost, bot)
                if len(pending) > 200:
                    _take(pending[:100], counts, lost, wire)
                    del pending[:100]
            await asyncio.sleep(SETTLING_SECONDS)
            _take(pending, counts, lost, wire)
            runs = bot.process.returncode is None
            _tell(number, counts, lost, bot)
            bot.signal()
            code = await bot.ended(30)
            traceback = any("Traceback" in line for line in bot.lines())
    well = runs and code == 0 and not traceback and not lost
    sys.stdout.write(
        f"{'All is well' if well else 'NOT WELL'}: exit code {code}, {len(lost)} lost{': ' if lost else ''}{', '.join(lost[:20])}\n"
    )
    return well


async def _until_resumed(wire: Wire, before: int) -> None:
    await wire.until(lambda: wire.resumes > before)


def _take(done: list[tuple[str, Asked]], counts: dict[str, list[int]], lost: list[str], wire: Wire) -> None:
    """Count what came of interactions, and forget them."""
    for kind, asked in done:
        answered = asked.answered and (kind != "alarm" or "emergency" in said(asked.response).lower())
        found = counts.setdefault(kind, [0, 0])
        found[0] += 1
        found[1] += answered
        if not answered and kind != "typed":  # offers that are refused cannot be said otherwise
            lost.append(kind)
        wire.asked.pop(asked.id, None)
    wire.told.clear()


def _tell(number: int, counts: dict[str, list[int]], lost: list[str], bot: Any) -> None:
    process = Path(f"/proc/{bot.process.pid}")
    sys.stdout.write(
        f"{number:6} sent; answered of {', '.join(f'{kind} {good}/{all_}' for kind, (all_, good) in sorted(counts.items()))}; lost {len(lost)}; "
        f"{bot.memory():.0f} MB, {len(list((process / 'fd').iterdir()))} descriptors, {len(list((process / 'task').iterdir()))} threads\n"
    )
    sys.stdout.flush()


def main() -> int:
    """Soak for so many minutes as the argument says."""
    return 0 if asyncio.run(soak(float(sys.argv[1]) if len(sys.argv) > 1 else 1.0)) else 1


if __name__ == "__main__":
    sys.exit(main())
