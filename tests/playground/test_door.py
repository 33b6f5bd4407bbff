"""The playground's door: who gets in, and what another web page or a guesser gets."""

import contextlib
import json
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ConfigError
from bot.playground.nearby import own_address
from tests.playground.conftest import Running, running

pytestmark = pytest.mark.timeout(400)


def _asked(base: str, path: str, body: object = None, **headers: str) -> tuple[int, Any]:
    """The status and the JSON that a request gets; one with a body is a POST."""
    sent = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(
        f"{base}{path}", data=sent, headers={"Content-Type": "application/json", **headers}
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status), _json(answer.read())
    except urllib.error.HTTPError as refused:
        return refused.code, _json(refused.read())


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def _key(started: Running) -> str:
    return started.address.partition("#")[2]


def _base(started: Running) -> str:
    return started.address.partition("#")[0]


def test_it_listens_on_loopback_alone(playground: Running) -> None:
    others = ["127.0.0.2"]  # where a server listens on every interface, this neighbour of 127.0.0.1 reaches it too
    with contextlib.suppress(ConfigError):
        others.append(own_address())
    for other in others:
        with pytest.raises(OSError, match=r"refused|unreachable|assign"):
            socket.create_connection((other, playground.port), timeout=10)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("api/pages", {}),
        ("playground/state", None),
        ("playground/direct", None),
        ("playground/try", {"id": "ask"}),
        ("playground/menu", {"name": "Answer this", "message": "1"}),
    ],
)
def test_nothing_is_done_without_the_key_or_for_another_web_page(playground: Running, path: str, body: object) -> None:
    key = {"X-Simcord-Capability": _key(playground)}
    base, port = _base(playground), playground.port
    for headers in ({}, {"X-Simcord-Capability": "guessed"}, {"X-Simcord-Capability": ""}):
        assert _asked(base, path, body, **headers)[0] == 401, headers
    for headers in (
        {"Origin": "http://evil.example"},
        {"Origin": f"http://evil.example:{port}"},
        {"Origin": f"http://localhost:{port}"},  # another name than the one that it was opened by
        {"Origin": "null"},
        {"Host": "evil.example"},  # a name of theirs that was made to lead to this computer
        {"Host": f"evil.example:{port}"},
        {"Host": "127.0.0.1"},
    ):
        assert _asked(base, path, body, **key, **headers)[0] == 403, headers


def test_with_the_key_the_page_itself_is_let_in(playground: Running) -> None:
    key = {"X-Simcord-Capability": _key(playground)}
    for headers in ({}, {"Origin": f"http://127.0.0.1:{playground.port}"}):
        assert _asked(_base(playground), "api/pages", {}, **key, **headers)[0] == 200
        assert _asked(_base(playground), "playground/state", **key, **headers)[0] == 200
    status, state = _asked(_base(playground), "playground/state", **key)
    assert (status, state["here"]) == (200, "server")
    assert [each["kind"] for each in state["people"]] == ["member", "moderator", "moderator", "outsider"]


def test_other_names_get_no_page_either(playground: Running) -> None:
    for path in ("", "playground.js", "app.js"):
        assert _asked(_base(playground), path, Host=f"evil.example:{playground.port}")[0] == 403


def test_no_page_may_be_framed_or_load_from_elsewhere(playground: Running) -> None:
    for path in ("", "playground.js", "playground.css"):
        with urllib.request.urlopen(f"{_base(playground)}{path}", timeout=60) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in policy
            assert "default-src 'self'" in policy
            assert "unsafe" not in policy


@pytest.mark.parametrize("body", [[], "text", {"id": "nothing"}, {"id": ["ask"]}, {"id": "hello"}, {}])
def test_a_card_that_is_none_is_refused(playground: Running, body: object) -> None:
    status, _ = _asked(_base(playground), "playground/try", body, **{"X-Simcord-Capability": _key(playground)})
    assert status == 400


@pytest.mark.parametrize("message", ["", "x", "-1", 5, None, "1" * 400])
def test_a_menu_on_no_message_is_refused(playground: Running, message: object) -> None:
    status, _ = _asked(
        _base(playground),
        "playground/menu",
        {"name": "Answer this", "message": message},
        **{"X-Simcord-Capability": _key(playground), "X-Simcord-Context": "nobody's"},
    )
    assert status in {400, 409}


def test_without_lan_no_code_is_asked_for_or_taken(playground: Running) -> None:
    assert _asked(_base(playground), "playground/code", {"code": "AAAA-AAAA"})[0] == 404
    assert "code" not in playground.printed


@pytest.fixture(scope="module")
def open_to_phones(checkout: Path) -> Iterator[Running]:
    try:
        own_address()
    except ConfigError:
        pytest.skip("this computer is in no network")
    with running(checkout, 0, "--lan") as started:
        yield started


def test_with_lan_the_code_from_the_terminal_gives_the_key_and_another_does_not(open_to_phones: Running) -> None:
    printed = open_to_phones.printed
    found = re.search(r"network: (http://\S+) with the code (\S{4}-\S{4}),", printed)
    assert found, printed
    nearby, code = found.groups()
    assert nearby == f"http://{own_address()}:{open_to_phones.port}/"
    assert _key(open_to_phones) not in printed.replace(open_to_phones.address, "")
    assert "only in a network that you trust" in printed

    assert _asked(nearby, "playground/state")[0] == 401
    assert _asked(nearby, "playground/code", {"code": "AAAA-AAAA"}) == (
        403,
        {"error": "That is not the code on the terminal."},
    )
    assert _asked(nearby, "playground/code", {"code": code}, Origin="http://evil.example")[0] == 403
    assert _asked(nearby, "playground/code", {"code": code}) == (200, {"key": _key(open_to_phones)})
    assert _asked(nearby, "playground/state", **{"X-Simcord-Capability": _key(open_to_phones)})[0] == 200


def test_after_ten_wrong_codes_nobody_comes_in_by_one(open_to_phones: Running) -> None:
    code = re.search(r"the code (\S{9}),", open_to_phones.printed)
    assert code
    answers = [_asked(_base(open_to_phones), "playground/code", {"code": "wrong"}) for _ in range(10)]

    assert {status for status, _ in answers} == {403}
    assert _asked(_base(open_to_phones), "playground/code", {"code": code[1]})[0] == 403
    assert "Too many wrong codes" in answers[-1][1]["error"]
