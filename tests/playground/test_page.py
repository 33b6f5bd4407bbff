"""The playground as a program: addresses, ports, and how it ends."""

import re
import socket
import subprocess
import sys
import tempfile
import urllib.error
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


def _port(address: str) -> int:
    found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#\S+", address)
    assert found, address
    return int(found[1])


def test_it_prints_two_addresses_of_this_computer_and_what_to_type(playground: Running) -> None:
    assert len(playground.addresses) == 2
    for address in playground.addresses:
        with urllib.request.urlopen(address, timeout=10) as answer:
            assert answer.status == 200
    assert "leg press" in playground.to_type


def test_it_listens_on_loopback_alone(playground: Running) -> None:
    for address in playground.addresses:
        with pytest.raises(OSError, match=r"refused|unreachable|assign"):
            # Where a server listens on every interface, this neighbour of 127.0.0.1 reaches it too.
            socket.create_connection(("127.0.0.2", _port(address)), timeout=10)


def _asked(address: str, **headers: str) -> int:
    """The status that a page's interface answers with, asked with the secret of its address."""
    page, _, secret = address.partition("#")
    sent = {"X-Simcord-Capability": secret, "Content-Type": "application/json", **headers}
    request = urllib.request.Request(f"{page}api/pages", data=b"{}", headers=sent)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_another_web_page_reaches_nothing_of_it(playground: Running) -> None:
    address = playground.addresses[0]
    port = _port(address)
    assert _asked(address) < 300
    assert _asked(address, Origin=f"http://127.0.0.1:{port}") < 300
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": f"http://evil.example:{port}"},
        {"Host": "evil.example"},  # a name of theirs that was made to lead to this computer
        {"Host": f"evil.example:{port}"},
        {"X-Simcord-Capability": "guessed"},
    ):
        assert _asked(address, **headers) in {401, 403}, headers
    page = urllib.request.Request(address.partition("#")[0], headers={"Host": f"evil.example:{port}"})
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(page, timeout=10)


def test_ctrl_c_ends_it_cleanly_and_the_same_ports_can_be_used_again_at_once(checkout: Path) -> None:
    with running(checkout) as first:
        port = _port(first.addresses[0])
        code, rest, errors = first.interrupt()
    with running(checkout, port) as again:
        ports = [_port(address) for address in again.addresses]

    assert (code, errors) == (0, "")
    assert "ended" in rest
    assert ports == [port, port + 1]


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
