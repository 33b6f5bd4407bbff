"""`legpress check --migrate`, on a small folder with its wordings inside the claims."""

import shutil
from pathlib import Path

import pytest

from bot.cli import main
from bot.core.knowledge.loader import load


@pytest.fixture
def folder(tmp_path: Path, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    return shutil.copytree(checkout / "tests" / "support" / "knowledge", tmp_path / "known")


def test_a_folder_is_split_says_the_same_and_is_split_once(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = load(folder)
    assert main(["check", "--migrate", str(folder)]) == 0
    assert "moved here" in capfd.readouterr().out
    assert load(folder) == before
    files = sorted((folder / "questions").iterdir())
    assert [file.name for file in files] == sorted(file.name for file in (folder / "claims").iterdir())
    assert all(file.stat().st_mode & 0o777 == (folder / "claims" / file.name).stat().st_mode & 0o777 for file in files)
    assert main(["check", "--migrate", str(folder)]) == 0
    assert "Nothing to move" in capfd.readouterr().out


def test_a_faulty_folder_is_left_as_it_is(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    file = next((folder / "claims").iterdir())
    file.write_text(file.read_text() + "- id: half\n")
    before = file.read_text()
    assert main(["check", "--migrate", str(folder)]) == 1
    assert "is missing" in capfd.readouterr().out
    assert (file.read_text(), (folder / "questions").exists()) == (before, False)


def test_what_cannot_be_written_is_told_and_nothing_is_lost(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "questions").write_text("a file in the way of the folder")
    before = {file: file.read_bytes() for file in (folder / "claims").iterdir()}
    assert main(["check", "--migrate", str(folder)]) == 2
    error = capfd.readouterr().err
    assert "cannot be written" in error
    assert "Nothing is lost" in error
    assert {file: file.read_bytes() for file in (folder / "claims").iterdir()} == before
