"""Every command reads the same settings in the same way, as a host writes them into `.env`."""

import json
import shutil
from pathlib import Path

import pytest

from bot.bootstrap import default_cache
from bot.cli import main
from bot.config import Settings
from bot.store.cache import FOLDER
from tests.support.files import linked

ALARM = "numb between my legs since the leg press and i cannot pee"


@pytest.fixture(autouse=True)
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that a host starts from, with a cache that is filled already."""
    cache = tmp_path / "kept"
    cache.mkdir()
    filled = Settings().cache_folder()
    assert filled is not None
    if (filled / FOLDER).is_dir():
        shutil.copytree(filled / FOLDER, cache / FOLDER, copy_function=linked)
        (cache / FOLDER).chmod(0o700)
    for name in ("REGION", "KNOWLEDGE_DIR", "CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _own_knowledge(folder: Path, checkout: Path) -> Path:
    return shutil.copytree(checkout / "tests" / "support" / "knowledge", folder / "own")


@pytest.mark.parametrize("written", ["REGION=uk", 'REGION="UK"', "region = Uk"])
def test_ask_names_the_numbers_of_the_region_in_the_file(
    host: Path, written: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (host / ".env").write_text(f"CACHE_DIR=kept\n{written}\n")
    assert main(["ask", ALARM]) == 0
    assert b"999" in capfdbinary.readouterr().out


def test_a_region_given_by_hand_goes_before_the_file_in_any_case(
    host: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (host / ".env").write_text("CACHE_DIR=kept\nREGION=uk\n")
    assert main(["ask", "--region", "US", ALARM]) == 0
    assert b"911" in capfdbinary.readouterr().out


def test_an_alarm_typed_into_a_tool_names_the_numbers_of_the_region(
    host: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (host / ".env").write_text("CACHE_DIR=kept\nREGION=uk\n")
    assert main(["my-depth", "--machine", ALARM]) == 0
    assert "999" in capsys.readouterr().out


def test_every_command_answers_from_the_folder_in_the_file(
    host: Path, checkout: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    _own_knowledge(host, checkout)
    (host / ".env").write_text("CACHE_DIR=kept\nKNOWLEDGE_DIR=own\n")
    (host / "questions.jsonl").write_text('{"text": "how deep should i go", "label": "depth"}\n')

    assert main(["check"]) == 0
    assert b"own is valid" in capfdbinary.readouterr().out
    assert main(["eval", "questions.jsonl"]) == 0
    assert b", own\n" in capfdbinary.readouterr().out
    assert main(["ask", "--json", "how deep should i go on the leg press"]) == 0
    mine = json.loads(capfdbinary.readouterr().out)
    assert {match["topic"] for match in mine["candidates"]} <= {"depth", "lockout", "back-pain", "report"}
    assert main(["--knowledge", str(checkout / "knowledge"), "ask", "--json", "how do i use two legs up one down"]) == 0
    shipped = json.loads(capfdbinary.readouterr().out)
    assert "two-up-one-down" in {match["topic"] for match in shipped["candidates"]}


def test_start_up_work_is_kept_in_the_folder_in_the_file(
    host: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = _own_knowledge(host, checkout)
    monkeypatch.setenv("HOME", str(host))
    (host / ".env").write_text("CACHE_DIR=~/fresh\n")
    assert main(["ask", "--knowledge", str(own), "how deep"]) == 0
    assert any((host / "fresh" / FOLDER).iterdir())


@pytest.mark.parametrize("command", ["ask hi", "chat", "check", "checklist", "my-depth", "run", "playground", "sync",
                                     "db current", "eval x.jsonl"])  # fmt: skip
def test_every_command_tells_all_faults_and_ends_with_2(
    host: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (host / "x.jsonl").write_text('{"text": "how deep", "label": "depth"}\n')
    (host / ".env").write_text(
        "CACHE_DIR=kept\nLOG_LEVEL=LOUD\nREPORT_CHANEL_ID=5\nDISCORD_TOKEN: a.b.c\nREGION=narnia\n"
    )
    assert main(command.split()) == 2
    out, errors = capsys.readouterr()
    assert out == ""
    lines = errors.splitlines()
    assert all(line.startswith("legpress: ") for line in lines)
    assert len(lines) == 4
    for told in ("LOG_LEVEL: choose one of", "REPORT_CHANNEL_ID", ".env, line 4: DISCORD_TOKEN needs", "narnia"):
        assert told in errors
    assert "a.b.c" not in errors


def test_help_and_the_schema_need_no_settings(host: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (host / ".env").write_text("LOG_LEVEL=LOUD\n")
    assert main(["schema"]) == 0
    assert main(["ask", "--help"]) == 0


def test_a_cache_that_cannot_be_written_is_told_once_and_costs_no_answer(
    host: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    (host / "full").mkdir()
    (host / "full" / FOLDER).write_text("a file where a folder belongs: nobody can write there, root included")
    cache = default_cache(Settings(cache_dir=host / "full"))
    cache.put("one", b"1")
    cache.put("two", b"2")

    assert cache.get("one") is None
    (told,) = [record.getMessage() for record in caplog.records]
    assert "cannot be written" in told
    assert "set CACHE_DIR" in told
