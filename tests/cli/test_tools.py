"""`legpress my-depth` and `legpress checklist`."""

import errno
import io
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from bot.cli import main
from bot.service import Service

WRITES = ("my-depth", "--picture")
"""A command that writes a file and does little else."""


def run(*arguments: str) -> int:
    return main(list(arguments))


def test_my_depth_says_the_same_numbers_as_its_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    svg, png = tmp_path / "mine.svg", tmp_path / "mine.png"
    arguments = ["my-depth", "--machine", "sled", "--height", "5'11", "--roll", "hip 75", "--picture"]
    assert run(*arguments, str(svg)) == 0
    said = capsys.readouterr().out
    assert "75° left between trunk and thigh, knees bent 64°" in said
    assert f"Picture: {svg}" in said
    assert "Hips roll at 75°, knees bent 64°" in svg.read_text(encoding="utf-8")
    assert run(*arguments, str(png)) == 0
    with Image.open(io.BytesIO(png.read_bytes())) as picture:
        assert picture.format == "PNG"
        assert picture.width == 800


def test_my_depth_without_a_test_says_how_to_do_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("my-depth") == 0
    said = capsys.readouterr().out
    assert "Find your own stop: 45-degree sled with stops" in said
    assert "1. Lower slowly until the hips start to roll" in said
    assert "Remember the next one up: if they roll at stop 5, that is stop 4." in said
    assert not re.search(r"women|100 adults|\d+ cm down", said)


@pytest.mark.parametrize(
    ("machine", "said"),
    [("no stops", "Mark that spot on the rail with tape"), ("stack", "which seat notch do your hips")],
)
def test_my_depth_without_a_test_fits_the_machine(machine: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("my-depth", "--machine", machine) == 0
    assert said in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "with_line"),
    [
        (["my-depth"], True),
        (["my-depth", "--roll", "knee 85"], True),
        (["checklist", "--goal", "back"], True),
        (["checklist", "--goal", "knees"], True),
        (["checklist", "--goal", "glutes"], False),
    ],
)
def test_what_touches_pain_ends_with_the_safety_line_as_in_discord(
    arguments: list[str], *, with_line: bool, service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 0
    last = capsys.readouterr().out.rstrip("\n").rpartition("\n")[2]
    assert (last == service.safety_line) is with_line


@pytest.mark.parametrize("arguments", [["my-depth", "--roll"], ["my-depth", "--machine"], ["checklist", "--goal"]])
def test_an_alarm_typed_where_a_measure_belongs_gets_the_stop_as_in_discord(
    arguments: list[str], service: Service, capsys: pytest.CaptureFixture[str]
) -> None:
    alarm = "I can't feel between my legs and can't pee"
    assert run(*arguments, alarm) == 0
    out, err = capsys.readouterr()
    assert out.strip() == service.ask(alarm)[0].text.replace("**", "")
    assert err == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--height", "900"], "unit of that height"),
        (["--backrest", "purple"], "can't read that back rest"),
        (["--machine", "rowing"], "three machines"),
        (["--roll", "hip 5"], "At the hip I can use"),
        (["--picture", "x.gif"], ".svg nor in .png"),
        (["--picture", "nowhere/at/all.png"], "cannot be written"),
    ],
)
def test_what_my_depth_cannot_read_gets_one_line_and_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("my-depth", *arguments) == 2
    out, err = capsys.readouterr()
    assert words in err
    assert err.count("\n") == 1
    assert out == ""


def test_the_checklist_is_text_by_phase(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("checklist", "--machine", "horizontal", "--goal", "knees") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Leg press checklist: seated press with a weight stack, calm knees"
    phases = ["Before any weight", "Still empty: find and set your stop", "Then load", "Every rep", "After"]
    assert [line for line in lines if line and not line.startswith("[ ] ")][1:-1] == phases
    assert sum(line.startswith("[ ] ") for line in lines) == 11


def test_the_checklist_is_printed_on_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pdf, png = tmp_path / "wall.pdf", tmp_path / "wall.png"
    assert run("checklist", "--pdf", str(pdf), "--png", str(png), "--invite", "https://discord.gg/abc") == 0
    assert pdf.read_bytes().startswith(b"%PDF-1.7")
    assert pdf.read_bytes().count(b"/MediaBox") == 1
    with Image.open(png) as page:
        assert page.width == 1654
        assert page.height / page.width == pytest.approx(2**0.5, abs=0.01)
    said = capsys.readouterr().out
    assert str(pdf) in said
    assert str(png) in said


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--goal", "fame"], "these goals"),
        (["--machine", "rowing"], "three machines"),
        (["--invite", "https://discord.gg/abc"], "add --pdf FILE"),
        pytest.param(["--pdf", "nowhere/at/all.pdf"], "cannot be written", marks=pytest.mark.soak),
        (["--png", "-", "--invite", "javascript:alert(1)"], "web address"),
        (["--png", "-", "--invite", f"https://discord.gg/{'a' * 3000}"], "too long for a QR code"),
        (["--knowledge", "nowhere"], "nowhere"),
    ],
)
def test_what_the_checklist_cannot_use_gets_one_line_and_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("checklist", *arguments) == 2
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1


def test_neither_command_brings_in_discord() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from bot.cli import main; main(['my-depth']); main(['checklist']);"
        "sys.exit('discord' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=250, check=False).returncode == 0


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(["safety-page"], marks=pytest.mark.soak),
        ["schema", "claims", "--write"],
        ["checklist", "--pdf"],
        ["my-depth", "--picture"],
    ],
    ids=lambda command: command[0],
)
def test_what_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    (tmp_path / "a-file").write_text("mine")
    assert run(*command, str(tmp_path / "a-file" / "out.svg")) == 2
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith(f"legpress: {tmp_path}")
    assert "Not a directory" in told
    assert (tmp_path / "a-file").read_text() == "mine"


def test_a_full_disk_leaves_the_file_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.svg"
    page.write_text("the one from before")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        assert run(*WRITES, str(page)) == 2
    assert "No space left" in capsys.readouterr().err
    assert page.read_text() == "the one from before"
    assert [path.name for path in tmp_path.iterdir()] == ["page.svg"]


def test_a_file_that_is_written_anew_keeps_its_mode_and_a_pipe_stays_one(tmp_path: Path) -> None:
    page, pipe, read = tmp_path / "page.svg", tmp_path / "pipe.svg", b""
    page.touch(0o640)
    (tmp_path / "link.svg").symlink_to(page)
    assert run(*WRITES, str(tmp_path / "link.svg")) == 0
    assert (page.stat().st_mode & 0o777, (tmp_path / "link.svg").is_symlink()) == (0o640, True)
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as reader:
        reading = reader.submit(pipe.read_bytes)
        assert run(*WRITES, str(pipe)) == 0
        read = reading.result()
    assert read == page.read_bytes()
    assert pipe.is_fifo()
