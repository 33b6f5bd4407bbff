"""No character of a question, a file or its name speaks to the terminal."""

import io
import json
import logging
import re
import shutil
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli.logs import set_up
from bot.config import Settings

KNOWLEDGE = Path(__file__).parents[1] / "support" / "knowledge"
NASTY = "\x1b]0;owned\x07 \x1b[31mhow deep\x9b2J should \u202ei go\x08\x7f \x1bPq\x1b\\ on the leg press\x00"
SPEAKS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(KNOWLEDGE, tmp_path / "knowledge"))


def said(capfd: pytest.CaptureFixture[str]) -> str:
    out, err = capfd.readouterr()
    assert not SPEAKS.search(out), repr(out)
    assert not SPEAKS.search(err), repr(err)
    return out + err


class Typed(io.TextIOWrapper):
    """Standard input that was typed ahead."""

    def __init__(self, text: str) -> None:
        super().__init__(io.BytesIO(text.encode("utf-8", "surrogatepass")), "utf-8")


def test_a_question_with_controls_is_answered_and_explained_without_them(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = ["--knowledge", str(KNOWLEDGE)]
    for more in ([], ["--full"], ["--explain"], ["--json"]):
        question = NASTY.replace("\x00", "")  # no shell hands this one over
        assert main([*options, "ask", *more, question]) == 0
        assert "Stop just before the hips roll" in said(capfd)
    monkeypatch.setattr(
        sys, "stdin", Typed(f"{NASTY}\n\x1b[2Jwhy\x07?\n\x1b[31mchest pain\x1b[0m and my arm is numb\n")
    )
    assert main([*options, "chat"]) == 0
    assert "Pause on training questions" in said(capfd)


def test_what_a_file_says_and_is_called_reaches_the_terminal_without_controls(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = folder / "claims" / "depth.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("Find your own depth", '"\\e[31mFind\\a your own depth"'), encoding="utf-8")
    assert main(["--knowledge", str(folder), "ask", "--full", "how deep should i go"]) == 0
    said(capfd)
    file.write_text(text.replace("verdict: untested", "verdict: \x1b[31msurely"), encoding="utf-8")
    (folder / "claims" / "x\x1b[31m.yml").write_text("[]")
    assert main(["check", str(folder)]) == 1
    assert "depth.yaml" in said(capfd)


def test_a_wrong_option_file_or_command_is_told_without_controls(capfd: pytest.CaptureFixture[str]) -> None:
    for arguments in (["\x1b[31mask"], ["ask", "--\x1b[31m"], ["eval", "\x1b[31m.jsonl"], ["check", "no\x1b]0;a\x07"]):
        assert main(arguments) == 2
        assert "[31m" in (told := said(capfd)) or "]0;a" in told


def test_wrong_answers_of_an_evaluation_are_listed_without_controls(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rows = [{"text": NASTY, "label": "lockout"}, {"text": f"{NASTY} numb crotch", "label": "out-of-scope"}]
    file = tmp_path / "q.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["--knowledge", str(KNOWLEDGE), "eval", str(file), "--errors"]) in {0, 1}
    assert "how deep" in said(capfd)


def test_a_line_of_the_log_speaks_to_no_terminal(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    set_up(Settings())
    logging.getLogger("bot.test").error("The changed knowledge is not used:\n%s", NASTY)
    assert "how deep" in said(capfd)


def test_a_folder_with_faults_is_named_without_controls(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "pwn\x1b]0;owned\x07"
    (folder / "claims").mkdir(parents=True)
    (folder / "claims" / "depth.yaml").write_text("- id: x\n")
    assert main(["--knowledge", str(folder), "check"]) == 1
    assert "nothing of it is used until they are mended" in said(capfd)
