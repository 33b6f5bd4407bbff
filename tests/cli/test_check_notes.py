"""`legpress check --links --stale --reading`: notes on a small folder, never a failed check."""

import io
import shutil
import sys
from pathlib import Path

import pytest

from bot.cli import main, progress
from bot.cli.check import is_shipped


def test_what_to_look_at_again_is_listed_with_its_place(
    tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    folder = shutil.copytree(checkout / "tests" / "support" / "knowledge", tmp_path / "known")
    file = min((folder / "claims").iterdir())
    lines = file.read_text().split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("  title:"))
    file.write_text("\n".join([*lines[: at + 1], "  checked: 2001-02", "  lead: Press.", *lines[at + 1 :]]))
    assert main(["check", str(folder), "--links", "--stale", "12", "--reading"]) == 0
    out = capfd.readouterr().out
    assert f"{file}:{at + 2}:" in out
    assert "were last looked for in 2001-02; look again, and write the new month" in out
    assert "1 claim looked for more than 12 months ago." in out
    assert "with no lasting link." in out
    assert "Reading grade of `lead`: median" in out


def test_the_shipped_folder_is_known_however_it_is_named(
    tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(checkout)
    assert is_shipped(Path("knowledge"))
    assert is_shipped(Path("docs") / ".." / "knowledge")
    assert not is_shipped(tmp_path)


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_check_that_takes_long_says_so_in_one_line(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "LONG_SECONDS", 0.0)
    assert main(["check", str(checkout / "tests" / "support" / "knowledge")]) == 0
    assert capsys.readouterr().err == "Checking: this takes some seconds ...\n"


def test_on_a_terminal_a_check_says_how_far_it_is_and_leaves_nothing_of_it(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert main(["check", str(checkout / "tests" / "support" / "knowledge")]) == 0
    lines = [line.strip() for line in terminal.getvalue().split("\r")]
    for stage in ("Asking each wording", "Asking as members do"):
        assert {f"{stage}: 0%", f"{stage}: 50%"} & set(lines)
    assert lines[-2:] == ["", ""]
