"""Logging for a running bot: text for people or JSON for collectors, and neither the token nor anybody's words in it.

The bot's own lines are written with care. Libraries are not: at one level or another they write statements with their
values, events whole, and ids. So what they say passes through a sieve, whatever LOG_LEVEL is.
"""

import copy
import logging
import re
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType

from bot import way
from bot.config import Settings
from bot.core.visible import visible
from bot.sentences import say

log = logging.getLogger(__name__)

HIDDEN = "[token]"
LEFT_OUT = "[…]"
"""What stands in a library's line for what may be an id or somebody's words."""
OWN = "bot"
"""The logger whose lines are written with care, and those below it."""

_ID = re.compile(r"\d{15,}")
_PLAIN = re.compile(r"[A-Za-z_][\w.:-]{0,60}")
"""A name of code, such as an event, a command or a class: at least no sentence."""
_MOST = 300
LEFT_OUT_LINES = say("terminal.logs.left_out_lines")
MOST_ALIKE, ALIKE_SECONDS, MOST_KINDS = 20, 60.0, 1_000
"""How many lines of trouble of one kind are written within how many seconds, and of how many kinds this is counted."""


class _HideToken(logging.Formatter):
    """Another formatter's output with the token taken out, and what libraries say without ids and words."""

    def __init__(self, inner: logging.Formatter, token: str) -> None:
        super().__init__()
        self._inner = inner
        self._token = token

    def format(self, record: logging.LogRecord) -> str:
        text = self._inner.format(record if _is_own(record) else _sieved(record))
        return visible(text.replace(self._token, HIDDEN) if self._token else text)


def _is_own(record: logging.LogRecord) -> bool:
    return record.name == OWN or record.name.startswith(f"{OWN}.")


def _is_told(record: logging.LogRecord) -> bool:
    """Say whether a line is for the log: what libraries say for those who mend them is not, since it quotes everything."""
    return _is_own(record) or record.levelno >= logging.INFO


def _sieved(record: logging.LogRecord) -> logging.LogRecord:
    """Return a library's first line without each value that is no name or small number; of an error types and places."""
    from bot.ui.kit.faults import KNOWN, describe, kind

    sieved = copy.copy(record)
    given = record.args
    if isinstance(given, dict):
        sieved.args = {name: _harmless(value) for name, value in given.items()}
    elif given:
        sieved.args = tuple(_harmless(value) for value in given)
    try:
        said = sieved.getMessage() if given else _without_values(str(record.msg))
    except (TypeError, ValueError):  # a format for a number, of which only a sign is left
        said = str(record.msg)
    lines = [_ID.sub(LEFT_OUT, said.split("\n", 1)[0][:_MOST])]
    if record.exc_info and record.exc_info[1] is not None:
        fault = record.exc_info[1]
        if isinstance(fault, KNOWN):
            lines[0] += f" ({kind(fault)})"
        else:
            lines.append(describe(fault))
    sieved.msg, sieved.args, sieved.exc_info, sieved.exc_text, sieved.stack_info = (
        "\n".join(lines),
        (),
        None,
        None,
        None,
    )
    return sieved


def _without_values(said: str) -> str:
    """Return a message that was put together already without what stands in quotes or brackets in it."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|\{.*\}|\[.*\]|\(.*\)|<.*>", LEFT_OUT, said)


def _harmless(value: object) -> object:
    """Return a value as a library's line may show it."""
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < 10**12 else LEFT_OUT
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, str):
        return value if _PLAIN.fullmatch(value) and not _ID.search(value) else LEFT_OUT
    return f"<{type(value).__name__}>"


class _Text(logging.Formatter):
    """Lines for people: time, level, whose line, and which question it is about, where it is about one."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname:<7} {name}{of_way}: {message}", "%Y-%m-%d %H:%M:%S", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- the library's name
        id_ = getattr(record, "way", "")
        record.of_way = f" [{id_}]" if id_ else ""
        return super().formatMessage(record)


class Sparing:
    """A filter that lets MOST_ALIKE lines of trouble of one kind through within a minute, the last with a word about the rest.

    What fails a thousand times at once fills no disk. `clock` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since = float("-inf")
        self._seen: Counter[tuple[str, str, str]] = Counter()

    def __call__(self, record: logging.LogRecord) -> bool:
        """Say whether a line is to be written."""
        if record.levelno < logging.WARNING:
            return True
        if self._clock() - self._since > ALIKE_SECONDS:
            self._since = self._clock()
            self._seen.clear()
        kind = (record.name, str(record.msg), repr(record.args)[:_MOST])
        if len(self._seen) >= MOST_KINDS and kind not in self._seen:
            return True
        self._seen[kind] += 1
        if self._seen[kind] < MOST_ALIKE:
            return True
        if self._seen[kind] == MOST_ALIKE:
            record.msg = f"{record.msg} {LEFT_OUT_LINES}"
        return self._seen[kind] <= MOST_ALIKE


class _OneLine(logging.Formatter):
    """What is wrong in one line, for somebody who tries the bot: a traceback would look like their own mistake."""

    def format(self, record: logging.LogRecord) -> str:
        return " ".join(record.getMessage().split())


def _mark(record: logging.LogRecord) -> bool:
    """Give a line the id of the question that it is about."""
    if id_ := way.current():
        record.way = id_
    return True


def _fatal(kind: type[BaseException], fault: BaseException, _trace: TracebackType | None) -> None:
    """Log what ends the program as every other line, without its own words, which may quote somebody."""
    from bot.ui.kit.faults import describe

    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("The bot ended by a fault of its own\n%s", describe(fault))


def set_up(settings: Settings, *, for_a_visitor: bool = False) -> None:
    """Send all logging to standard error, as `settings` say.

    `for_a_visitor`: somebody only tries the bot in the terminal, so that unless LOG_LEVEL is DEBUG trouble alone is
    told, a line each.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(_is_told)
    handler.addFilter(Sparing())
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if for_a_visitor and settings.log_level != "DEBUG":
        handler.setFormatter(_HideToken(_OneLine(), token))
        logging.basicConfig(
            level="ERROR" if settings.log_level == "ERROR" else "WARNING", handlers=[handler], force=True
        )
        logging.getLogger("discord").setLevel(logging.ERROR)  # what it warns of is about the simulated Discord
        return
    handler.addFilter(_mark)
    handler.setFormatter(_HideToken(_formatter(settings.log_format), token))
    logging.captureWarnings(capture=True)
    sys.excepthook = _fatal
    threading.excepthook = lambda told: _fatal(told.exc_type, told.exc_value or told.exc_type(), None)
    logging.basicConfig(level=settings.log_level, handlers=[handler], force=True)
    if settings.log_level == "INFO":
        # The library tells of every shard's handshake at this level; a host wants to hear of trouble.
        # The same goes for each step of a database that is up to date. That voice is not installed is meant.
        logging.getLogger("discord").setLevel(logging.WARNING)
        logging.getLogger("discord.client").addFilter(lambda record: "voice will NOT" not in record.getMessage())
        logging.getLogger("alembic").setLevel(logging.WARNING)


def _formatter(kind: str) -> logging.Formatter:
    if kind == "json":
        from pythonjsonlogger.json import JsonFormatter

        return JsonFormatter("{asctime}{levelname}{name}{message}", style="{")
    return _Text()
