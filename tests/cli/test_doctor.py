"""`legpress doctor` and `legpress health`: what a host reads, with Discord on the loopback."""

import asyncio
import re
import socket
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.client import LegPressBot, serve
from bot.client.invitation import invitation
from bot.store.pulse import STILL_SECONDS, Pulse
from tests.support.discord_side import KNOWLEDGE, Handed
from tests.support.ports import free_port
from tests.support.wire import Wire, running

TOKEN = "MTIzNDU2.secret.token"
ALL_COMMANDS = ("legpress", "knowledge", "settings", "privacy", "Answer this", "Explain this answer", "Teach this")


class Portal(Wire):
    """Discord with what a developer portal sets: the application's flags, registered commands, channels, and a clock."""

    def __init__(
        self,
        *,
        flags: int = 0,
        registered: tuple[str, ...] = ALL_COMMANDS,
        channels: dict[str, int] | None = None,
        ahead: timedelta = timedelta(),
    ) -> None:
        """Answer a channel's id with the status in `channels`, and run `ahead` of this machine's clock."""
        super().__init__(skew=ahead.total_seconds())
        self.flags = flags
        self.registered = registered
        self.channels = channels or {}

    def _act(self, method: str, path: str, body: Any) -> tuple[Any, int]:
        data, status = super()._act(method, path, body)
        if path.endswith("applications/@me"):
            return {**data, "flags": self.flags}, status
        if path.endswith("/commands"):
            return [{"name": name, "id": "1", "type": 1} for name in self.registered], 200
        if path.startswith("/channels/"):
            last = path.rpartition("/")[2]
            return {"id": last, "code": 0, "message": "no"}, self.channels.get(last, 404)
        return data, status


@pytest.fixture(autouse=True)
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that a host starts from."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))
    for name in ("REGION", "KNOWLEDGE_DIR", "DISCORD_TOKEN", "DATABASE_URL", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


Examine = Callable[..., Any]


@pytest.fixture
def examine(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Examine:
    """Run the doctor with a token against a stand-in; return the exit code and what stood beside each word."""

    async def run(portal: Wire, **settings: str) -> tuple[int, dict[str, tuple[str, str]]]:
        monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
        monkeypatch.setenv("KNOWLEDGE_DIR", str(KNOWLEDGE))  # the shipped one takes a quarter of a second to read
        for name, value in settings.items():
            monkeypatch.setenv(name, value)
        async with running(portal, monkeypatch):
            code = await asyncio.to_thread(main, ["doctor"])
        return code, _screen(capsys)

    return run


def _screen(capsys: pytest.CaptureFixture[str]) -> dict[str, tuple[str, str]]:
    out, errors = capsys.readouterr()
    assert errors == ""
    assert TOKEN not in out
    found: dict[str, tuple[str, str]] = {}
    last = ""
    for line in out.splitlines():
        if match := re.match(r"(ok|note|mend)\s+(\w+)\s+(.+)", line):
            last = match[2]
            while last in found:
                last += " again"
            found[last] = (match[1], match[3])
        elif line.startswith(" "):
            status, text = found[last]
            found[last] = (status, f"{text} {line.strip()}")
    return found


def test_without_a_token_it_tells_all_that_this_machine_knows(host: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (host / ".env").write_text("REGION=UK\n")
    assert main(["doctor"]) == 0
    screen = _screen(capsys)
    assert list(screen) == [
        "Python", "Versions", "Settings", "Knowledge", "Cache", "State", "Database", "Disk", "Metrics", "Clock", "Discord",
    ]  # fmt: skip
    assert "REGION = uk (.env, line 1)" in screen["Settings"][1]
    assert "STATE_DIR = " in screen["Settings"][1]
    assert "not there yet" in screen["Database"][1]
    assert not (host / "state").exists()


def test_every_fault_is_shown_beside_what_is_well(host: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (host / ".env").write_text("LOG_LEVEL=LOUD\nREGION=narnia\nDISCORD_TOKEN: a.b.c\n")
    assert main(["doctor"]) == 1
    screen = _screen(capsys)
    assert screen["Settings"][0] == "ok"
    assert "line 3: DISCORD_TOKEN needs an equals sign" in screen["Settings again"][1]
    status, told = screen["Region"]
    assert status == "mend"
    assert told.startswith("The region 'narnia' is not known; choose one of neutral, ")


def test_faulty_knowledge_is_shown_with_its_places(host: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (host / "mine" / "claims").mkdir(parents=True)
    (host / "mine" / "claims" / "depth.yaml").write_text("- id: x\n")
    assert main(["doctor", "--knowledge", "mine"]) == 1
    status, text = _screen(capsys)["Knowledge"]
    assert status == "mend"
    assert "depth.yaml:1:" in text
    assert "legpress check" in text


def test_a_state_folder_that_cannot_be_made_is_to_be_mended(
    host: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (host / "file").touch()
    monkeypatch.setenv("STATE_DIR", str(host / "file" / "state"))
    assert main(["doctor"]) == 1
    assert _screen(capsys)["State"][0] == "mend"


def test_a_database_that_is_none_is_to_be_mended(host: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (host / "state").mkdir()
    (host / "state" / "legpress.sqlite3").write_text("this is no database, and never was one" * 100)
    assert main(["doctor"]) == 1
    assert _screen(capsys)["Database"][0] == "mend"


async def test_with_a_token_it_tells_what_discord_says(examine: Examine) -> None:
    code, screen = await examine(Portal(channels={"77": 200}), REPORT_CHANNEL_ID="77")
    assert code == 0, screen
    assert screen["Login"] == ("ok", "legpress, application 4242; 999 starts left today")
    assert screen["Clock"][1].endswith("as Discord's")
    assert screen["Intents"] == ("ok", "None privileged, as set")
    assert screen["Commands"][0] == "ok"
    assert "/" not in screen["Commands"][1]
    assert screen["Invite"] == ("ok", invitation(4242))
    assert "DISCORD_TOKEN is set (environment)" in screen["Settings"][1]


async def test_nothing_is_changed_at_discord(examine: Examine) -> None:
    portal = Portal(registered=())
    code, screen = await examine(portal)
    assert {each.method for each in portal.told} == {"GET"}
    assert code == 0
    assert screen["Commands"][0] == "note"
    assert "legpress sync" in screen["Commands"][1]


async def test_a_rejected_token_is_to_be_mended(examine: Examine) -> None:
    portal = Portal()
    portal.fault("GET", "/users/@me", status=401, times=None)
    code, screen = await examine(portal)
    assert code == 1
    assert screen["Login"][0] == "mend"
    assert "rejected the token" in screen["Login"][1]


async def test_an_intent_that_is_wanted_and_off_is_to_be_mended(examine: Examine) -> None:
    code, screen = await examine(Portal(), MESSAGE_CONTENT="yes")
    assert code == 1
    assert screen["Intents"][0] == "mend"
    assert "developer portal" in screen["Intents"][1]


@pytest.mark.parametrize(
    ("flags", "wanted", "status"), [(1 << 18, "yes", "ok"), (1 << 19, "yes", "ok"), (1 << 19, "no", "note")]
)
async def test_an_intent_that_is_on_is_told(examine: Examine, flags: int, wanted: str, status: str) -> None:
    code, screen = await examine(Portal(flags=flags), MESSAGE_CONTENT=wanted)
    assert (code, screen["Intents"][0]) == (0, status)


@pytest.mark.parametrize(("ahead", "words"), [(timedelta(seconds=-90), "ahead of"), (timedelta(hours=1), "behind")])
async def test_a_clock_that_is_not_discords_is_to_be_mended(examine: Examine, ahead: timedelta, words: str) -> None:
    code, screen = await examine(Portal(ahead=ahead))
    assert code == 1
    assert screen["Clock"][0] == "mend"
    assert words in screen["Clock"][1]


@pytest.mark.parametrize(("status", "words"), [(404, "no such channel"), (403, "may not see")])
async def test_a_report_channel_that_cannot_be_reached_is_to_be_mended(
    examine: Examine, status: int, words: str
) -> None:
    code, screen = await examine(Portal(channels={"77": status}), REPORT_CHANNEL_ID="77")
    assert code == 1
    assert words in screen["Reports"][1]


async def test_health_tells_a_bot_that_works_from_one_that_has_ended(
    handed: Handed, host: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bot: LegPressBot = handed.bot()
    async with running(Wire(), monkeypatch) as wire:
        task = asyncio.create_task(serve(bot, TOKEN, lambda: False, pulse=Pulse(host / "state")))
        await wire.until_ready()
        assert main(["health"]) == 0
        assert "The bot works" in capsys.readouterr().out
        await bot.close()
        await asyncio.wait_for(task, 10)
    assert main(["health"]) == 1
    assert "No Discord bot runs" in capsys.readouterr().err


def test_health_without_a_bot_names_the_folder_and_speaks_of_the_playground_where_no_token_is_set(
    host: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["health"]) == 1
    without = capsys.readouterr().err
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    assert main(["health"]) == 1
    said = f"No Discord bot runs on these settings: there is no sign of life in {host / 'state'}."
    assert capsys.readouterr().err.strip() == said
    assert without.startswith(said)
    assert "the playground, which runs without one, leaves no such sign" in without


def test_health_tells_a_bot_that_hangs(host: Path, capsys: pytest.CaptureFixture[str]) -> None:
    long_ago = datetime.now(UTC).timestamp() - STILL_SECONDS - 1
    Pulse(host / "state", clock=lambda: long_ago).beat(connected=True)
    assert main(["health"]) == 1
    assert "hangs" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "yesterday connected", "\x00"])
def test_a_sign_of_life_that_is_none_counts_as_none(host: Path, content: str) -> None:
    (host / "state").mkdir()
    (host / "state" / "legpress.alive").write_text(content)
    assert Pulse(host / "state").sign() is None


# The port


def test_a_port_that_is_free_is_told_and_none_is_opened_without_one(
    host: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    main(["doctor"])
    assert "No port is opened" in capsys.readouterr().out
    port = free_port()
    monkeypatch.setenv("METRICS_PORT", str(port))
    main(["doctor"])
    assert f"port {port}: free" in capsys.readouterr().out


def test_a_port_that_another_program_has_is_to_be_mended(
    host: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.doctor.PORT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("METRICS_PORT", str(taken.getsockname()[1]))
        assert main(["doctor"]) == 1
    assert "cannot be opened" in " ".join(capsys.readouterr().out.split())


def test_an_address_that_is_none_is_told(
    host: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICS_HOST", "everywhere")
    assert main(["doctor"]) == 1
    assert "METRICS_HOST" in capsys.readouterr().out
