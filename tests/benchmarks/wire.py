"""What the real bot costs on the wire, beside a bare discord.py echo bot: `make bench-wire` (Linux).

Both run as processes of their own on stand-ins for Discord, and take turns, so that a busy machine slows both. Told are:
the processor time of one `/legpress ask`, stage by stage, and of a message addressed to nobody; the most questions a second, with
the bot on one core and its driver on another; how long answers take at half of that; the memory at rest and after many questions;
and the bytes a server, beside a client with default intents. `python -m tests.benchmarks.wire pauses` runs questions,
drawings, autocompletes, an import and a reload under a watch that tells what held the event loop longest; `... flood` tells how long others wait while
one member asks 10,000 questions. Arguments: ROUNDS and QUESTIONS (of the memory).
"""

import asyncio
import contextlib
import json
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from prometheus_client.parser import text_string_to_metric_families

from tests.support.wire import Asked, Wire, serving
from tests.support.wire_bot import ROOT, BotProcess, bot_process
from tests.support.wire_members import Members, command, guild, interaction

SERVER, SERVERS = 1 << 40, 100
QUESTIONS = ROOT / "tests" / "questions" / "dev.jsonl"
ROUNDS, EACH, TURN = 5, 200, 10
FLOOD_SECONDS, IN_FLIGHT = 6.0, 16
HALF_SECONDS = 8.0
FIRST_LOAD = 10_000_000
"""Members of one round begin at a multiple of it, so that nobody in it had an answer before."""
MANY = 20_000
PATIENCE = 10.0
"""Seconds after which a question counts as unanswered: the bot leaves alone what Discord would no longer take."""
ECHO = ("-m", "tests.benchmarks.wire_echo")
FLOOD, FLOODER = 10_000, 31_300
ALARM = "numb between my legs and i cannot pee since leg press"
GUILDS, CHANNELS, ROLES = 4_000, 20, 10
ORDINARY = str(1 << 10 | 1 << 11 | 1 << 31)
"""What most members may: see the channel, write, and use commands."""
IMPORTED, IMPORT_SECONDS, RELOAD_SECONDS = 200, 300.0, 600.0
IMPORTED_CLAIM = """\
    - id: ours-{number}
      title: Our sticker {number}
      claim: Stop at sticker {number}.
      verdict: opinion
      confidence: low
      answer: Sticker {number} on our sled marks a good first depth for row {number}.
      questions: [what is sticker {number} on the sled for, where is sticker {number} on our sled, what does mark {number} mean]
"""
STAGES = ("gate", "matching", "picture", "card")


class Driver(Wire):
    """A stand-in that tells when each interaction was answered, and keeps nothing of what it was told."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.waiting: dict[int, asyncio.Future[float]] = {}
        self.keeps = False
        """Whether interactions are kept after their first response."""

    def _callback(self, id_: int, body: Any) -> tuple[Any, int]:
        answer = super()._callback(id_, body)
        if (waiting := self.waiting.pop(id_, None)) is not None and not waiting.done():
            waiting.set_result(time.perf_counter())
        self.told.clear()
        if not self.keeps:
            self.asked.pop(id_, None)
        return answer


@dataclass
class Side:
    """One of the two bots on its own stand-in."""

    name: str
    wire: Driver
    bot: BotProcess
    port: int = 0
    asking: random.Random = field(default_factory=lambda: random.Random(7))

    async def ask(self, member: int, question: str, *, in_: int | None = None) -> float:
        """Ask one question, and return the seconds until Discord has its answer. Raises TimeoutError.

        `in_`: the server; None: one of many, since in one only so much may be asked.
        """
        server = SERVER + member % SERVERS * 100_000 if in_ is None else in_
        asked = command("legpress ask", {"question": question})
        made = interaction(self.wire, 2, asked, age=0.0, by=member, in_=server)
        made["member"]["permissions"] = ORDINARY
        id_ = int(made["id"])
        self.wire.asked[id_] = Asked(id_, made["token"], self.wire.now())
        done: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.wire.waiting[id_] = done
        started = time.perf_counter()
        await self.wire.dispatch("INTERACTION_CREATE", made)
        return await asyncio.wait_for(done, PATIENCE) - started

    def processor(self) -> float:
        """Return the seconds of the processor that its process and threads took so far."""
        total = 0
        for task in Path(f"/proc/{self.bot.process.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((task / "schedstat").read_text(encoding="ascii").split()[0])
        return total / 1e9


def questions() -> list[str]:
    """Return the questions that are asked, in an order of chance that is always the same."""
    texts = [json.loads(line)["text"] for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    random.Random(1).shuffle(texts)
    return texts


@contextlib.asynccontextmanager
async def running(
    name: str, folder: Path, *command: str, guilds: list[dict[str, Any]] | None = None, **settings: str
) -> AsyncIterator[Side]:
    """Run one of the bots until the context ends."""
    cache = folder / "cache"
    async with (
        serving(Driver(guilds=guilds or [guild(SERVER + each * 100_000) for each in range(SERVERS)])) as wire,
        bot_process(wire, folder / name, cache, *command, knowledge=None, imported=False, **settings) as bot,
    ):
        await wire.until_ready(seconds=60)
        side = Side(name, wire, bot, int(settings.get("METRICS_PORT", 0)))
        async with asyncio.timeout(60):
            while True:
                with contextlib.suppress(TimeoutError):
                    await side.ask(1, "how deep should i go")
                    break
        if guilds is None:  # what a server costs at its first question is no part of what a question costs
            for member in range(SERVERS):
                await side.ask(member, "how deep should i go")
        await asyncio.sleep(4)
        yield side
        bot.signal()
        await bot.ended(30)


async def per_question(side: Side, texts: Sequence[str], first: int) -> float:
    """Return the processor seconds of one question, asked one after the other by one member each."""
    before = side.processor()
    for number, text in enumerate(texts):
        await side.ask(first + number, text)
    return (side.processor() - before) / len(texts)


async def per_message(side: Side, count: int) -> float:
    """Return the processor seconds of one message that is addressed to nobody."""
    members = Members(side.wire)
    before = side.processor()
    for number in range(count):
        await members.say("three sets of ten tonight, who is in", by=1000 + number, in_=SERVER)
    await side.ask(999, "claim:find-depth")  # answered after all of them
    return (side.processor() - before) / (count + 1)


async def most_a_second(side: Side, texts: Sequence[str], first: int, seconds: float = FLOOD_SECONDS) -> float:
    """Return how many questions are answered a second, with IN_FLIGHT of them open all the time, by members from `first` on."""
    numbers = iter(range(10**9))
    until = time.perf_counter() + seconds

    async def keep_asking() -> int:
        answered = 0
        while time.perf_counter() < until:
            number = next(numbers)
            await side.ask(first + number, texts[number % len(texts)])
            answered += 1
        return answered

    started = time.perf_counter()
    answered = sum(await asyncio.gather(*(keep_asking() for _ in range(IN_FLIGHT))))
    return answered / (time.perf_counter() - started)


async def at_rate(
    side: Side, texts: Sequence[str], rate: float, first: int = 500_000, seconds: float = HALF_SECONDS
) -> list[float]:
    """Return how long answers take that members from `first` on ask for at `rate` a second, whatever becomes of those before.

    One that never came counts as PATIENCE: on a machine that does other things, that happens.
    """

    async def asked(number: int) -> float:
        try:
            return await side.ask(first + number, texts[number % len(texts)])
        except TimeoutError:
            return PATIENCE

    tasks = []
    started = time.perf_counter()
    for number in range(int(rate * seconds)):
        await asyncio.sleep(max(0.0, started + number / rate - time.perf_counter()))
        tasks.append(asyncio.create_task(asked(number)))
    return await asyncio.gather(*tasks)


async def stages(side: Side) -> dict[str, tuple[float, float]]:
    """Return for each stage the seconds that it took so far, and how often."""
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{side.port}/metrics") as response:
        text = await response.text()
    found: dict[str, list[float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == "legpress_stage_seconds_sum":
                found.setdefault(sample.labels["stage"], [0.0, 0.0])[0] = sample.value
            elif sample.name == "legpress_stage_seconds_count":
                found.setdefault(sample.labels["stage"], [0.0, 0.0])[1] = sample.value
    return {stage: (seconds, times) for stage, (seconds, times) in found.items()}


def pin(side: Side, cores: set[int]) -> None:
    """Hold a bot with all its threads to some cores."""
    for task in Path(f"/proc/{side.bot.process.pid}/task").iterdir():
        with contextlib.suppress(OSError):
            os.sched_setaffinity(int(task.name), cores)


def told(name: str, ours: Sequence[float], theirs: Sequence[float], unit: str, scale: float = 1.0) -> None:
    """Write one line of the table: medians, ranges, and the ratio of the medians."""

    def shown(values: Sequence[float]) -> str:
        scaled = [scale * value for value in values]
        return f"{statistics.median(scaled):,.0f} ({min(scaled):,.0f}-{max(scaled):,.0f})"

    ratio = statistics.median(ours) / statistics.median(theirs)
    sys.stdout.write(f"{name:<42} {shown(ours):>22} {shown(theirs):>22} {unit:<4} x {ratio:.2f}\n")
    sys.stdout.flush()


def p99(values: Sequence[float]) -> float:
    """Return the value that one in a hundred exceeds."""
    return sorted(values)[int(len(values) * 0.99)]


async def compare(rounds: int, many: int) -> None:
    """Print the table."""
    texts = questions()
    cores = sorted(os.sched_getaffinity(0))
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        async with (
            running("bot", folder) as ours,
            running("echo", folder, *ECHO) as theirs,
            running("seen", folder, METRICS_PORT="19464", STAGES_OF_PROCESSOR="1") as seen,
        ):
            at_rest = ours.bot.memory()
            sys.stdout.write(f"{'':<42} {'this bot':>22} {'echo':>22}\n")
            await _processor(ours, theirs, seen, texts, rounds)
            pin(ours, {cores[0]})
            pin(theirs, {cores[0]})
            os.sched_setaffinity(0, set(cores[1:]) or set(cores))
            await _load(ours, theirs, texts, rounds)
            os.sched_setaffinity(0, set(cores))
            sys.stdout.write(f"{'memory at rest':<42} {at_rest:>18.0f} MB {theirs.bot.memory():>19.0f} MB\n")
            numbers = iter(range(many))

            async def keep_asking() -> None:
                for number in numbers:
                    await ours.ask(2_000_000 + number, texts[number % len(texts)])

            await asyncio.gather(*(keep_asking() for _ in range(8)))
            sys.stdout.write(f"{f'after {many:,} questions more':<42} {ours.bot.memory():>18.0f} MB\n")
        await _servers(folder, ECHO)


async def _processor(ours: Side, theirs: Side, seen: Side, texts: Sequence[str], rounds: int) -> None:
    asked, echoed, messages, passed = [], [], [], []
    before = await stages(seen)
    for number in range(rounds):
        part = [texts[(number * EACH + each) % len(texts)] for each in range(EACH)]
        took = {"bot": 0.0, "echo": 0.0, "seen": 0.0}
        for start in range(0, EACH, TURN):  # in short turns, so that what else the machine does slows all of them alike
            turn = part[start : start + TURN]
            for side in (ours, theirs, seen):
                each = await per_question(side, turn, 10_000 * (number + 1) + start)
                took[side.name] += each * len(turn) / EACH
        asked.append(took["bot"])
        echoed.append(took["echo"])
        messages.append(await per_message(ours, 1_000))
        passed.append(await per_message(theirs, 1_000))
    told("processor of one /legpress ask", asked, echoed, "us", 1e6)
    after = await stages(seen)
    base, rest = statistics.median(echoed), statistics.median(asked)
    for stage in STAGES:
        spent = (after[stage][0] - before.get(stage, (0.0, 0.0))[0]) / (rounds * EACH)
        sys.stdout.write(f"  of which {stage:<31} {1e6 * spent:>22,.0f} {'':>22} us   x {spent / base:.2f}\n")
        rest -= spent
    sys.stdout.write(
        f"  all the rest, echo's own work included {1e6 * rest:>24,.0f} {'':>22} us   x {rest / base:.2f}\n"
    )
    told("processor of a message to nobody", messages, passed, "us", 1e6)


async def _load(ours: Side, theirs: Side, texts: Sequence[str], rounds: int) -> None:
    """Tell of members who had no answer yet, then of the same members again: what goes on from an answer is thought about for longer."""
    most: dict[str, list[float]] = {"bot": [], "echo": []}
    late: dict[str, list[float]] = {"bot": [], "echo": []}
    half: dict[str, list[float]] = {"bot": [], "echo": []}
    again: dict[str, list[float]] = {"bot": [], "echo": []}
    for number in range(min(3, rounds)):
        first = FIRST_LOAD * (number + 1)  # a question of somebody who had an answer would be another one
        for side in (ours, theirs):
            most[side.name].append(await most_a_second(side, texts, first))
        for side in (ours, theirs):
            again[side.name].append(await most_a_second(side, texts, first))
        for side in (ours, theirs):
            found = await at_rate(side, texts, statistics.median(most[side.name]) / 2, first + FIRST_LOAD // 2)
            late[side.name].append(p99(found))
            half[side.name].append(statistics.median(found))
    told("most first questions a second, on one core", most["bot"], most["echo"], "/s")
    told("most after an answer a second, on one core", again["bot"], again["echo"], "/s")
    told("half of the first: median", half["bot"], half["echo"], "us", 1e6)
    told("half of the first: 99th of a hundred", late["bot"], late["echo"], "us", 1e6)


async def _servers(folder: Path, echo: tuple[str, ...]) -> None:
    many = [guild(SERVER + number * 100_000, channels=CHANNELS, roles=ROLES) for number in range(GUILDS)]
    grown = {}
    for name, program in (("bot", ()), ("default", (*echo, "default"))):
        held = []
        for guilds in (many[:1], many):
            async with running(f"{name}-{len(guilds)}", folder, *program, guilds=guilds) as side:
                await _settled(side)
                held.append(side.bot.memory())
        grown[name] = (held[1] - held[0]) * 1e6 / (GUILDS - 1)
    ratio = grown["bot"] / grown["default"]
    sys.stdout.write(
        f"{f'bytes a server ({CHANNELS} channels, {ROLES} roles)':<42} {grown['bot']:>22,.0f} {grown['default']:>22,.0f} B    x {ratio:.2f}\n"
    )


async def _settled(side: Side) -> None:
    """Wait until the process does nothing any more."""
    before = -1.0
    while (now := side.processor()) - before > 0.05:
        before = now
        await asyncio.sleep(1.0)


async def pauses() -> None:
    """Print what held the loop longest while questions are asked, autocompleted and drawn, claims imported, and knowledge reloaded."""
    texts = questions()
    with tempfile.TemporaryDirectory() as folder_name:
        folder = Path(folder_name)
        found = folder / "pauses.json"
        knowledge = folder / "knowledge"
        shutil.copytree(ROOT / "knowledge", knowledge)
        async with running("bot", folder, LOOP_PAUSES=str(found), KNOWLEDGE_DIR=str(knowledge)) as side:
            side.bot.signal(signal.SIGUSR1)
            moderating = asyncio.create_task(_moderated(side, folder))
            changing = asyncio.create_task(_reloaded(side, knowledge))
            members = Members(side.wire)
            number = 0
            while number < 500 or not (moderating.done() and changing.done()):
                with contextlib.suppress(TimeoutError):
                    await side.ask(10_000 + number, texts[number % len(texts)])
                if number % 25 == 0 and number < 500:
                    own: dict[str, Any] = {
                        "roll": f"hip {70 + number // 25}",
                        "backrest": "30 degrees",
                        "feet": "middle",
                    }
                    await members.slash("legpress my-depth", by=number, in_=SERVER, **own)
                if number % 5 == 0:
                    await members.type(
                        "legpress ask", "question", texts[number % len(texts)][:20], by=number, in_=SERVER
                    )
                number += 1
                await asyncio.sleep(0 if number < 500 else 0.2)
            sys.stdout.write(f"{number} questions; {moderating.result()}; {changing.result()}\n")
            await asyncio.sleep(2)
        for each in json.loads(found.read_text(encoding="utf-8")):
            sys.stdout.write(
                f"{1e3 * each['processor']:7.1f} ms of the processor ({1e3 * each['collector']:.1f} of the garbage collector), "
                f"{1e3 * each['clock']:7.1f} by the clock: {each['what']}\n"
            )


async def _reloaded(side: Side, knowledge: Path) -> str:
    """Change a wording and a first line of the knowledge, and wait until the bot answers with them."""
    path = knowledge / "questions" / "depth.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("questions:\n", "questions:\n    - how far down before the zorb\n", 1), encoding="utf-8"
    )
    await side.bot.until_logged("The changed knowledge is in use", RELOAD_SECONDS)
    return "a reload"


async def _moderated(side: Side, folder: Path) -> str:
    """Import IMPORTED claims into a server, publish them, and wait until that is done."""
    claims = "".join(IMPORTED_CLAIM.format(number=number) for number in range(IMPORTED))
    content = f"claims:\n  depth:\n{claims}".encode()
    async with _serving(content) as address:
        members = Members(side.wire)
        side.wire.keeps = True
        file = {"id": "77", "filename": "ours.yaml", "size": len(content), "url": address, "proxy_url": address}
        data = command("knowledge import", {"file": "77"})
        data["options"][0]["options"][0]["type"] = 11
        asked = await members.send(2, {**data, "resolved": {"attachments": {"77": file}}}, by=5, in_=SERVER)
        await side.wire.until(lambda: bool(asked.followups), IMPORT_SECONDS)
        shown = asked.followups[-1]
        press = next(each for each in _buttons(shown) if each.get("label") == "Publish")
        pressed = await members.press(press["custom_id"], shown, by=5, in_=SERVER)
        await side.wire.until(lambda: bool(pressed.followups), IMPORT_SECONDS)
        side.wire.keeps = False
    return f"an import of {IMPORTED} claims"


def _buttons(part: Any) -> Iterator[dict[str, Any]]:
    """Yield all buttons of a message."""
    if isinstance(part, dict):
        if part.get("type") == 2 and "custom_id" in part:
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _buttons(each)


@contextlib.asynccontextmanager
async def _serving(content: bytes) -> AsyncIterator[str]:
    """Serve a file, and return its address."""

    async def give(_: web.Request) -> web.Response:
        return web.Response(body=content)

    application = web.Application()
    application.router.add_get("/ours.yaml", give)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0][:2]
    try:
        yield f"http://{host}:{port}/ours.yaml"
    finally:
        await runner.cleanup()


async def flooded(count: int) -> None:
    """Print how long others wait while one member asks `count` questions as fast as they can be sent."""
    texts = questions()
    with tempfile.TemporaryDirectory() as folder:
        async with running("bot", Path(folder)) as side:
            before = await at_rate(side, texts, 20.0, seconds=10.0)
            flood = asyncio.create_task(_flood(side, texts, count))
            started = time.perf_counter()
            meanwhile: list[float] = []
            alarms: list[float] = []
            while not flood.done():
                number = 700_000 + len(meanwhile)
                meanwhile.append(await side.ask(number, texts[number % len(texts)]))
                if len(meanwhile) % 20 == 0:
                    alarms.append(await side.ask(FLOODER, ALARM))
                await asyncio.sleep(0.05)
            seconds = time.perf_counter() - started
            for name, found in (
                ("without the flood", before),
                ("in the flood", meanwhile),
                ("the flooder's alarms", alarms),
            ):
                sys.stdout.write(
                    f"{name:<22} {len(found):5} answers: median {1e3 * statistics.median(found):7.1f} ms, "
                    f"99th of a hundred {1e3 * p99(found):7.1f} ms, longest {1e3 * max(found):7.1f} ms\n"
                )
            sys.stdout.write(f"{count} questions of one member in {seconds:.1f} s, {flood.result()} of them answered\n")


async def _flood(side: Side, texts: Sequence[str], count: int) -> int:
    """Ask as one member, with some hundred open at a time, and return how many were answered at all."""
    numbers = iter(range(count))

    async def keep_asking() -> int:
        answered = 0
        for number in numbers:
            with contextlib.suppress(TimeoutError):
                await side.ask(FLOODER, f"{texts[number % len(texts)]} {number}")
                answered += 1
        return answered

    return sum(await asyncio.gather(*(keep_asking() for _ in range(100))))


def main(arguments: Sequence[str]) -> None:
    """Run what `arguments` ask for."""
    if arguments[:1] == ["servers"]:
        with tempfile.TemporaryDirectory() as folder:
            asyncio.run(_servers(Path(folder), ECHO))
        return
    if arguments[:1] == ["flood"]:
        asyncio.run(flooded(int(arguments[1]) if len(arguments) > 1 else FLOOD))
        return
    if arguments[:1] == ["pauses"]:
        asyncio.run(pauses())
        return
    rounds, many = (*map(int, arguments), ROUNDS, MANY)[:2] if len(arguments) != 1 else (int(arguments[0]), MANY)
    asyncio.run(compare(rounds, many))


if __name__ == "__main__":
    main(sys.argv[1:])
