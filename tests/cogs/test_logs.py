"""What the log of a running bot says at its most talkative: nobody's id, name or words, whatever goes wrong."""

import io
import logging
import re
import sys
from collections.abc import Iterator

import pytest

from bot.cli.logs import set_up
from bot.config import load_settings
from bot.service.service import Service
from tests.support.discord_side import response
from tests.support.moderators import REFUSING, Club, told

pytestmark = pytest.mark.both_databases

WORDS = "zebra stripes on the footplate"
TOKEN = "MTIzNDU2.secret.token"


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """All that would be written at LOG_LEVEL=DEBUG."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    stream = io.StringIO()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", stream)
        set_up(load_settings(None, {"LOG_LEVEL": "DEBUG", "DISCORD_TOKEN": TOKEN}))
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


@REFUSING
async def test_no_line_of_any_library_or_our_own_names_or_quotes_anybody(
    club: Club, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    await club.added(title="Zebra press", questions=WORDS)
    await club.asked(WORDS)
    await club.asked(f"{WORDS} and cannot pee since")
    await club.workshop.recording.flush()
    shown = response(await club.mia.slash(club.channel, "privacy"))
    await club.mia.click(shown, label="Ignore me")

    def broken(*_: object, **__: object) -> None:
        raise ValueError(f"{WORDS} by {club.mia.id}")

    with monkeypatch.context() as breaking:
        breaking.setattr(Service, "suggest_choices", broken)
        await club.mia.autocomplete(club.channel, "legpress ask", "question", WORDS)
    with monkeypatch.context() as breaking:
        breaking.setattr(Service, "ask", broken)
        await club.asked(WORDS)
    club.break_store()
    told(await club.mia.slash(club.channel, "privacy"))
    club.workshop.recording.pressed(club.guild.id, club.mia.id, "find-depth", "helpful")
    await club.workshop.recording.flush()
    club.mend_store()
    text = log.getvalue()
    assert "out of reach" in text or "failed" in text
    for secret in (WORDS, "zebra", "mia", "dana", TOKEN):
        assert not re.search(rf"\b{re.escape(secret)}\b", text, re.IGNORECASE), secret
    for secret_id in (club.mia.id, club.dana.id, club.guild.id, club.channel.id):
        assert str(secret_id) not in text
