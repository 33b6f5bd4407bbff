"""Logs of a running bot: for people or collectors, and never with the token."""

import io
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator

import pytest

from bot import way
from bot.cli.logs import ALIKE_SECONDS, HIDDEN, LEFT_OUT_LINES, MOST_ALIKE, Sparing, set_up
from bot.config import Settings, load_settings


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    hooks = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(capture=False)
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in ("discord", "alembic"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def logged(settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str, text: str, *, fails: bool = False) -> str:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up(settings)
    logging.getLogger(name).error("it said %s", text, exc_info=ValueError(text) if fails else None)
    return stream.getvalue()


@pytest.mark.parametrize("kind", ["text", "json"])
def test_the_token_is_hidden_in_messages_and_tracebacks(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = load_settings(None, {"DISCORD_TOKEN": "abc.def.ghi", "LOG_FORMAT": kind})
    text = logged(settings, monkeypatch, "bot", "abc.def.ghi", fails=True)
    assert "abc.def.ghi" not in text
    assert text.count(HIDDEN) >= 2


def test_json_is_one_object_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    text = logged(load_settings(None, {"LOG_FORMAT": "json"}), monkeypatch, "bot.x", "line\nbreak")
    found = json.loads(text)
    assert (found["levelname"], found["name"]) == ("ERROR", "bot.x")


def test_libraries_speak_only_of_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up(Settings())
    logging.getLogger("discord.gateway").info("hello")
    logging.getLogger("alembic.runtime.migration").info("hello")
    logging.getLogger("discord.client").warning("davey is not installed, voice will NOT be supported")
    assert stream.getvalue() == ""
    logging.getLogger("bot").info("hello")
    assert "hello" in stream.getvalue()


@pytest.mark.parametrize("kind", ["text", "json"])
def test_what_ends_the_program_is_a_line_like_every_other_without_its_own_words(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up(load_settings(None, {"LOG_FORMAT": kind}))

    def fail() -> None:
        raise ValueError(WORDS)

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    try:
        fail()
    except ValueError as fault:
        sys.excepthook(ValueError, fault, fault.__traceback__)
    text = stream.getvalue()
    assert WORDS not in text
    assert text.count("builtins.ValueError") == 2
    assert text.count("in fail") == 2
    if kind == "json":
        assert [json.loads(line)["levelname"] for line in text.splitlines()] == ["CRITICAL", "CRITICAL"]


def test_lines_bear_the_id_of_their_question(monkeypatch: pytest.MonkeyPatch) -> None:
    def lines(kind: str) -> list[str]:
        stream = io.StringIO()
        monkeypatch.setattr(sys, "stderr", stream)
        set_up(load_settings(None, {"LOG_FORMAT": kind}))
        way.begin()
        logging.getLogger("bot.x").info("with")
        way.end()
        logging.getLogger("bot.x").info("without")
        return stream.getvalue().splitlines()

    marked, bare = lines("text")
    assert re.search(r"INFO    bot\.x \[[0-9a-f]{8}\]: with$", marked)
    assert bare.endswith("INFO    bot.x: without")
    marked, bare = lines("json")
    assert len(json.loads(marked)["way"]) == 8
    assert "way" not in json.loads(bare)


MEMBER = 1456074443980800099
WORDS = "why does my bum go numb"


@pytest.mark.parametrize("level", ["DEBUG", "INFO"])
@pytest.mark.parametrize("kind", ["text", "json"])
def test_what_libraries_say_names_nobody_and_quotes_nothing(
    level: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up(load_settings(None, {"LOG_LEVEL": level, "LOG_FORMAT": kind}))
    said = logging.getLogger
    said("aiosqlite").debug("executing %s", ("INSERT INTO suggestions VALUES (?)", (WORDS, MEMBER)))
    said("discord.gateway").debug("WebSocket Event: %s", {"content": WORDS, "author": {"id": str(MEMBER)}})
    said("discord.http").warning("POST %s with %s", f"/webhooks/{MEMBER}/token", {"content": WORDS})
    try:
        int(f"{WORDS} {MEMBER}")
    except ValueError:
        said("discord.app_commands.tree").exception(
            "Ignoring exception in autocomplete for %r (Guild: %s, User: %s)", "legpress ask", 1, MEMBER
        )
        said("asyncio").error(
            f"Task exception was never retrieved\nfuture: <Task exception=ValueError('{WORDS} {MEMBER}')>"
        )
    said("discord.ui.view").error("Ignoring exception in view %r for item %(x)d", WORDS)
    said("somebody").error(f"could not read '{WORDS}' of {MEMBER}")
    said("somebody").error("%(what)s of %(who)d", {"what": WORDS, "who": MEMBER})
    text = stream.getvalue()
    assert WORDS not in text
    assert "bum" not in text
    assert str(MEMBER) not in text
    assert "Ignoring exception in autocomplete" in text
    assert "ValueError" in text
    assert "in test_what_libraries_say" in text
    assert "executing" not in text


def test_what_fails_a_thousand_times_at_once_is_twenty_lines_and_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    set_up(load_settings(None, {}))
    for _ in range(1_000):
        logging.getLogger("bot.ui.kit.faults").error("%s failed: %s", "answering", "TimeoutError")
        logging.getLogger("bot.reports").info("an ordinary line")
    logging.getLogger("bot.ui.kit.faults").error("%s failed: %s", "drawing", "TimeoutError")
    lines = stream.getvalue().splitlines()
    trouble = [line for line in lines if "answering failed" in line]
    assert len(trouble) == MOST_ALIKE
    assert [line for line in trouble if LEFT_OUT_LINES in line] == trouble[-1:]
    assert sum("drawing failed" in line for line in lines) == 1
    assert sum("an ordinary line" in line for line in lines) == 1_000


def test_after_a_minute_it_is_told_again() -> None:
    now = [0.0]
    sparing = Sparing(lambda: now[0])

    def told() -> int:
        made = [logging.LogRecord("bot", logging.ERROR, "", 0, "it failed", (), None) for _ in range(50)]
        return sum(map(sparing, made))

    assert (told(), told()) == (MOST_ALIKE, 0)
    now[0] += ALIKE_SECONDS + 1
    assert told() == MOST_ALIKE
