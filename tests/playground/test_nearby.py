"""What lets a phone in: a code that cannot be guessed, an address, and a picture of it."""

import io
import re
import socket

import click
import pytest
import segno

from bot.errors import ConfigError
from bot.playground.nearby import LETTERS, MOST_WRONG, Code, own_address, picture_of


def test_a_code_opens_however_it_is_typed() -> None:
    code = Code()
    shown = str(code)

    assert code.opens(shown)
    assert code.opens(f" {shown.lower().replace('-', ' ')} ")
    assert len(code.text) == 8
    assert set(code.text) <= set(LETTERS)


def test_two_starts_have_two_codes() -> None:
    assert len({Code().text for _ in range(50)}) == 50


def test_after_ten_wrong_codes_the_right_one_opens_nothing_either() -> None:
    code = Code()
    for _ in range(MOST_WRONG - 1):
        assert not code.opens("WRONG")
    assert code.opens(code.text)
    assert not code.opens("")
    assert code.is_spent
    assert not code.opens(code.text)


def test_without_a_network_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", _unreachable)

    with pytest.raises(ConfigError, match="in no network") as told:
        own_address()
    assert len(told.value.faults) == 1


def _unreachable(*_: object) -> None:
    raise OSError(101, "Network is unreachable")


def test_the_picture_is_drawn_for_a_terminal_and_differs_by_address() -> None:
    one, other = (picture_of(f"http://192.0.2.{host}:8765/#key") for host in (1, 2))
    lines = io.StringIO(click.unstyle(one)).read().splitlines()

    assert one != other
    assert len({len(line) for line in lines}) == 1
    assert len(lines) < 30
    assert set("".join(lines)) - set("█▀▄ ") == set()


def test_the_picture_is_dark_on_light_in_a_terminal_of_any_colours() -> None:
    address = "http://192.0.2.1:8765/#key"
    halves = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1)}
    rows: list[list[int]] = []
    for line in picture_of(address).splitlines():
        # All of a line is written in white on black, so that a block is light where the code is.
        drawn = re.fullmatch(r"\x1b\[38;5;231;48;5;16m(.*)\x1b\[0m", line)
        assert drawn
        pairs = [halves[each] for each in drawn[1]]
        rows += [[upper for upper, _ in pairs], [lower for _, lower in pairs]]

    code = segno.make(address, error="l")
    assert rows[: len(code.matrix) + 8] == [list(row) for row in code.matrix_iter(border=4)]
