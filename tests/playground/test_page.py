"""The playground as a program: addresses, ports, and how it ends."""

import re
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import available_timezones

import pytest

from bot.cli import main
from bot.playground.page import local_timezone
from tests.playground.conftest import Running, running

pytestmark = pytest.mark.timeout(400)  # on a new machine the first start fits the matcher


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def test_it_prints_one_address_of_this_computer_that_answers(playground: Running) -> None:
    assert re.findall(r"http://\S+", playground.printed) == [playground.address]
    with urllib.request.urlopen(playground.address, timeout=60) as answer:
        assert answer.status == 200
    assert "Try this" in playground.printed


def test_ctrl_c_ends_it_cleanly_and_the_same_ports_can_be_used_again_at_once(checkout: Path) -> None:
    with running(checkout) as first:
        port = first.port
        code, rest, errors = first.interrupt()
    with running(checkout, port) as again:
        same = again.port

    assert (code, errors) == (0, "")
    assert "ended" in rest
    assert same == port


def test_a_taken_port_is_told_in_one_sentence_that_names_another(checkout: Path, taken_port: int) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "playground", "--port", str(taken_port)],
        cwd=checkout,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )

    assert ran.returncode == 2
    assert ran.stdout == ""
    (line,) = ran.stderr.splitlines()
    assert f"Port {taken_port} is taken" in line
    named = re.search(r"legpress playground --port (\d+)", line)
    assert named
    with socket.socket() as free:
        free.bind(("127.0.0.1", int(named[1])))


def test_a_broken_knowledge_folder_is_told_in_one_line_and_nothing_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "tempo.yaml").write_text("- {id: x, title: 5")

    assert main(["playground", "--port", "0", "--knowledge", str(tmp_path)]) == 1
    printed = capsys.readouterr()
    (line,) = printed.err.splitlines()
    assert line.startswith(f"{tmp_path}/claims/tempo.yaml:")
    assert "http://" not in printed.out


def test_without_room_for_temporary_files_one_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "gone"))

    assert main(["playground", "--port", "0"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "No such file or directory" in line
    assert "TMPDIR" in line


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "No/Such_Place", "/etc/passwd", ""])
def test_the_time_zone_is_one_that_exists_whatever_the_environment_says(
    zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)

    assert local_timezone() in available_timezones()
