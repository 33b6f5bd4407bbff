"""A fit that takes long is told once, and a short one never."""

import logging

import pytest

from bot import progress
from bot.progress import LoggedProgress


def test_a_long_fit_is_one_line_in_the_log(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(progress, "LONG_SECONDS", 0.0)
    heard = LoggedProgress()
    with caplog.at_level(logging.INFO):
        for share in (0.0, 0.4, 1.0, 0.0, 0.9):
            heard.told(share)
        heard.done()
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == ["Reading the knowledge"]


def test_a_short_fit_is_not_told(caplog: pytest.LogCaptureFixture) -> None:
    heard = LoggedProgress()
    with caplog.at_level(logging.INFO):
        heard.told(0.5)
        heard.done()
    assert not caplog.records
