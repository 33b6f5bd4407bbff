"""Logs of a running bot: for people or collectors, and never with the token."""

import io
import json
import logging
import sys
from collections.abc import Iterator

import pytest

from bot.cli.logs import HIDDEN, set_up
from bot.config import Settings, load_settings


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
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
