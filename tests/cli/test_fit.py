"""`legpress fit`, and what a terminal shows while the bot is fitted."""

import io
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bot import bootstrap
from bot.cli import main, progress
from bot.core.drawing import PICTURES
from bot.pictures import ShippedPictures
from bot.store.cache import Shipped


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for shipped state of its own, with the real one in it."""
    folder = tmp_path / "_state"
    real = Path(bootstrap.__file__).parent / "_state"
    if not real.is_dir():
        assert main(["fit"]) == 0
    shutil.copytree(real, folder)
    monkeypatch.setattr(bootstrap, "shipped_state", lambda: Shipped(folder))
    monkeypatch.setattr(bootstrap, "shipped_pictures", lambda: ShippedPictures(folder / "pictures"))
    return folder


def test_what_is_there_is_left_alone_and_what_is_of_no_use_any_more_goes(
    shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.stat().st_mtime_ns for path in shipped.iterdir()}
    old = shipped / "matcher-0.sealed"
    old.write_bytes(b"of another version")
    assert main(["fit"]) == 0
    assert {path: path.stat().st_mtime_ns for path in shipped.iterdir()} == before
    assert capsys.readouterr() == ("", "")


def test_every_picture_is_drawn_with_it_and_only_what_is_missing(shipped: Path) -> None:
    assert main(["fit"]) == 0
    there = ShippedPictures(shipped / "pictures")
    assert [name for name, picture in PICTURES.items() if there.get(picture.svg) is None] == []
    kept = sorted((shipped / "pictures").iterdir())
    assert len(kept) == len(PICTURES)
    before = {path: path.stat().st_mtime_ns for path in kept[1:]}
    whole = kept[0].read_bytes()
    kept[0].unlink()
    (shipped / "pictures" / "0.sealed").write_bytes(b"of another version")
    assert main(["fit"]) == 0
    assert sorted((shipped / "pictures").iterdir()) == kept
    assert kept[0].read_bytes() == whole
    assert {path: path.stat().st_mtime_ns for path in kept[1:]} == before


def test_what_is_broken_is_made_anew_for_every_user(shipped: Path) -> None:
    broken = next(shipped.glob("safety-*"))
    whole = broken.read_bytes()
    broken.write_bytes(whole[:-1])
    assert main(["fit"]) == 0
    assert broken.read_bytes() == whole
    if os.name == "posix":
        assert broken.stat().st_mode & 0o777 == 0o644
        assert shipped.stat().st_mode & 0o777 == 0o755


def test_a_start_takes_what_is_shipped_and_leaves_the_cache_alone(shipped: Path, tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", "ask", "--json", "how deep should i go"],
        env=os.environ | {"CACHE_DIR": str(tmp_path / "cache")},
        capture_output=True,
        text=True,
        check=True,
        timeout=250,
    )
    assert '"outcome": "answer"' in ran.stdout
    assert not (tmp_path / "cache").exists()


def test_a_folder_of_ones_own_goes_into_the_cache(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(shipped.iterdir())
    own = tmp_path / "own"
    (own / "claims").mkdir(parents=True)
    (own / "claims" / "depth.yaml").write_text(
        "- {id: own-depth, title: A, claim: A., verdict: opinion, confidence: low, answer: A., questions: [how deep]}\n"
    )
    monkeypatch.setenv("CACHE_DIR", str(tmp_path / "cache"))
    assert main(["fit", "--knowledge", str(own)]) == 0
    assert sorted(shipped.iterdir()) == before
    assert any(path.name.startswith("matcher-") for path in (tmp_path / "cache").rglob("*"))


def test_a_folder_that_cannot_be_written_is_told_with_what_happens_then(
    shipped: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(shipped)
    shipped.write_text("no folder")
    assert main(["fit"]) == 2
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert "each user's first start then makes it" in line


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_how_far_it_is_and_is_clean_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    heard = progress.shown_progress()
    for share in (0.0, 0.42, 0.42, 1.0):
        heard.told(share)
    heard.done()
    lines = terminal.getvalue().split("\r")
    assert [line.strip() for line in lines] == [
        "",
        *(f"{progress.DOING}: {share}" for share in ("0%", "42%", "100%")),
        "",
        "",
    ]


def test_elsewhere_a_long_fit_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(progress, "LONG_SECONDS", 0.0)
    heard = progress.shown_progress()
    for share in (0.1, 0.5, 1.0):
        heard.told(share)
    heard.done()
    assert capsys.readouterr().err == f"{progress.DOING} ...\n"
