"""The slowest regular expression of the bot: `python -m tests.benchmarks.patterns`.

Every pattern that the bot compiles while all of it is imported and its gate and matcher are made is run over hostile texts as
long as what it ever gets to see: 6,000 characters of a message, 1,000,000 of an import, 2,000 of a field, 300 of a wording that is scrubbed. The
texts are made from the pattern itself (beginnings of what it matches, over and over) and of what usually makes patterns slow.
Its time stands beside that of the slowest pattern on ordinary text of the same length, in the same run.
"""

import contextlib
import importlib
import inspect
import pkgutil
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from re import _constants as kind  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

MOST_TIMES = 20
MESSAGE, IMPORT, FIELD, WORDING, SHORT = 6_000, 1_000_000, 2_000, 300, 200
LONGEST_SECONDS = 5.0
LENGTHS = (
    ("bot.core.scrub", WORDING),
    ("bot.core.knowledge.folder", SHORT),
    ("bot.core.knowledge.honesty", FIELD),
    ("bot.core.knowledge.lints", FIELD),
    ("bot.core.references", FIELD),
    ("bot.core.knowledge", IMPORT),
    ("bot.core.visible", IMPORT),
    ("bot.core.server_file", SHORT),
    ("bot.core", MESSAGE),
    ("bot.service", MESSAGE),
    ("bot.ui.kit.desk", SHORT),
    ("bot.ui", MESSAGE),
    ("bot.cogs", MESSAGE),
)
"""What a module's patterns are given at most, the first that fits; all others see names, options and lines of a terminal."""
PIECES = (
    "a",
    " ",
    "\n",
    "<",
    "@",
    "0",
    "0:",
    ".",
    "a.",
    "-",
    "'",
    "`",
    "a ",
    "aA",
    "é",
    "a_",
    "((",
    "www.",
    "is ",
    "i am not ",
)
ORDINARY = "how deep should i go on the leg press, and does it hurt my lower back if my hips lift? 3 sets of 10. "


@dataclass(frozen=True, slots=True)
class Found:
    """How long a pattern takes over a text."""

    seconds: float
    module: str
    pattern: str
    piece: str


PROPERTIES: dict[tuple[str, int], str] = {}
"""The functions in which patterns were compiled: of a cached property, the name by which the pattern is used."""


def compiled() -> dict[tuple[str, int], str]:
    """Import and start all of the bot; return the patterns (with flags) that were compiled, and by which module."""
    found: dict[tuple[str, int], str] = {}
    compile_ = re.compile

    def noted(pattern: Any, flags: Any = 0) -> Any:
        module = str(sys._getframe(1).f_globals.get("__name__", ""))
        if module.startswith("bot.") and isinstance(pattern, str):
            found.setdefault((pattern, int(flags)), module)
            PROPERTIES[pattern, int(flags)] = sys._getframe(1).f_code.co_name
        return compile_(pattern, flags)

    re.compile = noted
    try:
        import bot

        for each in pkgutil.walk_packages(bot.__path__, "bot."):
            if not each.name.endswith("__main__") and ".migrations" not in each.name:
                importlib.import_module(each.name)
        from bot.bootstrap import build_service

        build_service().ask("does my lower back hurt?")
    finally:
        re.compile = compile_
    return found


def held(modules: Sequence[str]) -> dict[tuple[str, int], str]:
    """Return the patterns that modules hold by name, without looking for others."""
    return {
        (each.pattern, each.flags & ~int(re.UNICODE)): module
        for module in modules
        for name, value in vars(importlib.import_module(module)).items()
        for _, each in _patterns(name, value)
        if isinstance(each.pattern, str)
    }


def anchored(patterns: dict[tuple[str, int], str]) -> dict[tuple[str, int], str]:
    """Return the one method, `match` or `fullmatch`, of those patterns that are asked for the beginning of a text alone.

    A module's pattern by its name, those in its tables by the name `pattern`, those of a cached property by the property's.
    """
    found: dict[tuple[str, int], str] = {}
    for module in set(patterns.values()):
        loaded = sys.modules[module]
        source = inspect.getsource(loaded)
        named = [
            (used_as, (each.pattern, each.flags & ~int(re.UNICODE)))
            for name, value in vars(loaded).items()
            for used_as, each in _patterns(name, value)
        ]
        named += [
            (made_in, (pattern, flags))
            for (pattern, flags), made_in in PROPERTIES.items()
            if patterns.get((pattern, flags)) == module and made_in.isidentifier()
        ]
        for used_as, key in named:
            used = set(re.findall(rf"\b{used_as}\.([a-z]+)\(", source))
            if used and used <= {"match", "fullmatch"}:
                found[key] = "match" if "match" in used else "fullmatch"
    return found


def _patterns(name: str, value: Any) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _patterns("pattern", each)


def length(module: str) -> int:
    """Return how many characters a module's patterns are given at most."""
    return next((most for name, most in LENGTHS if module.startswith(name)), SHORT)


def samples(pattern: str, flags: int) -> Iterator[str]:
    """Yield texts that begin as what a pattern matches does: the whole, and each part of it from its beginning on."""
    with contextlib.suppress(RecursionError, OverflowError):
        whole = _sample(parser.parse(pattern, flags))
        for end in sorted({len(whole), len(whole) - 1, len(whole) // 2, 1} - {0, -1}):
            yield whole[:end]


def _sample(parsed: Any) -> str:
    return "".join(_piece(code, value) for code, value in parsed)


def _piece(code: Any, value: Any) -> str:
    if code is kind.LITERAL:
        return chr(value)
    if code is kind.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if code is kind.ANY:
        return "a"
    if code is kind.IN:
        return _one_of(value)
    if code in {kind.MAX_REPEAT, kind.MIN_REPEAT, getattr(kind, "POSSESSIVE_REPEAT", None)}:
        least, _, repeated = value
        return _sample(repeated) * max(int(least), 1)
    if code is kind.SUBPATTERN:
        return _sample(value[-1])
    if code is kind.BRANCH:
        return max((_sample(branch) for branch in value[1]), key=len)
    if code is getattr(kind, "ATOMIC_GROUP", None):
        return _sample(value)
    return ""


def _one_of(items: Any) -> str:
    negated = any(code is kind.NEGATE for code, _ in items)
    for code, value in items:
        if negated:
            break
        if code is kind.LITERAL:
            return chr(value)
        if code is kind.RANGE:
            return chr(value[0])
        if code is kind.CATEGORY:
            return "0" if value is kind.CATEGORY_DIGIT else " " if value is kind.CATEGORY_SPACE else "a"
    return "a"


def seconds(pattern: re.Pattern[str], text: str, method: str = "finditer") -> float:
    """Return the processor's seconds for looking through a text, LONGEST_SECONDS for more than that."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, LONGEST_SECONDS * 4)
    started = time.process_time()
    try:
        found = getattr(pattern, method)(text)
        if method == "finditer":
            deque(found, 0)
    except TimeoutError:
        return LONGEST_SECONDS
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return time.process_time() - started


def slowest(
    patterns: dict[tuple[str, int], str], most: int, *, at_most: int | None = None
) -> tuple[Found, list[Found]]:
    """Return the slowest pattern on ordinary text, and all on their worst, the slowest first, of those given `most` characters.

    `at_most`: how long the texts are instead.
    """
    size = at_most or most
    ordinary: list[Found] = []
    worst: list[Found] = []
    methods = anchored(patterns)
    for (source, flags), module in patterns.items():
        if length(module) != most:
            continue
        pattern = re.compile(source, flags)
        method = methods.get((source, flags & ~int(re.UNICODE)), "finditer")
        text = (ORDINARY * (size // len(ORDINARY) + 1))[:size]
        ordinary.append(Found(min(seconds(pattern, text, method) for _ in range(2)), module, source, "ordinary"))
        hostile = Found(0.0, module, source, "")
        for piece in filter(None, dict.fromkeys((*PIECES, *samples(source, flags)))):
            whole = (piece * (size // len(piece) + 1))[:size]
            took = seconds(pattern, whole, method)
            if took > hostile.seconds:
                hostile = Found(min(took, seconds(pattern, whole, method)), module, source, piece)
        worst.append(hostile)
    return max(ordinary, key=lambda each: each.seconds), sorted(worst, key=lambda each: -each.seconds)


def main(arguments: Sequence[str]) -> int:
    """Print the slowest for each length; the exit code is 1 where one takes more than MOST_TIMES as long."""
    shown = int(arguments[0]) if arguments else 3
    patterns = compiled()
    failed = False
    for most in (MESSAGE, IMPORT, FIELD, WORDING):
        ordinary, worst = slowest(patterns, most)
        times = worst[0].seconds / ordinary.seconds
        failed |= times > MOST_TIMES
        sys.stdout.write(
            f"{most:,} characters, {len(worst)} patterns: ordinary text {1e3 * ordinary.seconds:.2f} ms at most "
            f"({ordinary.module}), the worst {1e3 * worst[0].seconds:.2f} ms, {times:.1f} times\n"
        )
        for each in worst[:shown]:
            sys.stdout.write(
                f"  {1e3 * each.seconds:.2f} ms {each.module} {each.pattern[:70]!r} over {each.piece[:30]!r}\n"
            )
    times, piece = whole()
    sys.stdout.write(
        f"a whole question of {MESSAGE:,} characters: the worst (over {piece[:30]!r}) {times:.1f} times ordinary text\n"
    )
    return int(failed or times > MOST_TIMES)


def whole() -> tuple[float, str]:
    """Return how many times as long as ordinary text the worst hostile one takes to be answered, and of what it is made."""
    from bot.bootstrap import build_service

    service = build_service()

    def took(text: str) -> float:
        started = time.process_time()
        service.ask(text)
        return time.process_time() - started

    ordinary = min(took((ORDINARY * MESSAGE)[:MESSAGE]) for _ in range(3))
    found = {
        piece: max(
            min(took(f"how deep{piece * MESSAGE}"[: MESSAGE - len(end)] + end) for _ in range(2))
            for end in (" and why?", "what about knees?")
        )
        for piece in BETWEEN
    }
    worst = max(found, key=lambda piece: found[piece])
    return found[worst] / ordinary, worst


BETWEEN = (
    *PIECES,
    "\t",
    "\u3000",
    "\u200b",
    " \n",
    ", ",
    "and ",
    "what ",
    "1,",
    "[a, ",
    "```",
    "||",
    "!",
    "why? ",
    "not ",
)
"""What stands over and over between two ends of a question."""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
