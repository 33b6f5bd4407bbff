"""Lines on a terminal and in a pipe."""

import os
import sys

import pytest

from bot.cli.terminal import show, wrapped
from bot.core.answering import LastLines, answer_with
from bot.service import Service

LONG = "     counted: " + "locking +6.97, " * 12


def on_a_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((columns, 24)))


def test_lines_fit_a_terminal_and_go_on_below_their_own_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch, 60)
    first, *rest = wrapped([LONG])
    assert rest
    assert first.startswith("     counted:")
    assert all(len(line) <= 60 for line in (first, *rest))
    assert all(line.startswith(("       locking", "       +")) for line in rest)


def test_entries_of_a_list_go_on_below_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    on_a_terminal(monkeypatch, 30)
    assert wrapped(["2. Use a weight that you can slow down."]) == ["2. Use a weight that you can", "   slow down."]


def test_in_a_pipe_lines_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert wrapped([LONG, ""]) == [LONG, ""]


def test_on_a_terminal_each_part_of_a_claim_has_a_bold_heading(
    monkeypatch: pytest.MonkeyPatch, fixed_service: Service
) -> None:
    on_a_terminal(monkeypatch, 80)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    knowledge = fixed_service.knowledge
    claim = next(each for each in knowledge.claims.values() if each.why and each.unknown and each.do)
    answer = answer_with(claim.id, knowledge, last=LastLines(""), touches=lambda _: False)
    shown = show(answer, knowledge)
    for heading in ("Why:", "Not known yet:", "Do:", "Sources:"):
        assert f"\x1b[1m{heading}\x1b[0m" in shown
