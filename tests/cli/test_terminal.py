"""Lines on a terminal and in a pipe."""

import os
import sys

import pytest

from bot.cli.terminal import wrapped

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
