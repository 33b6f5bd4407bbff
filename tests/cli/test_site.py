"""`legpress site` through the front door."""

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from bot.cli import main
from tests.site.conftest import CLAIMS

EXPORT = """\
claims:
  setup:
    - id: our-sled
      title: Our own sled
      claim: Our sled weighs 40 kg empty.
      verdict: opinion
      confidence: low
      lead: Count 40 kg for the empty sled.
      answer: We weighed it.
      questions: [how heavy is our sled]
"""


def test_the_site_is_written_and_says_where_to_begin(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "site"
    assert main(["site", str(out)]) == 0
    said = capsys.readouterr().out
    assert f"Open {out / 'index.html'}." in said
    assert (out / "claims" / "knees-to-chest.html").is_file()
    assert (out / "pictures" / "positions.png").read_bytes().startswith(b"\x89PNG")


def test_a_servers_export_is_shown_over_the_shipped_knowledge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = tmp_path / "export.yaml"
    export.write_text(EXPORT, encoding="utf-8")
    assert main(["site", str(tmp_path / "site"), "--export", str(export)]) == 0
    page = (tmp_path / "site" / "claims" / "our-sled.html").read_text(encoding="utf-8")
    assert "Added by this server." in page
    assert (tmp_path / "site" / "claims" / "knees-to-chest.html").is_file()
    capsys.readouterr()


def test_a_faulty_export_is_told_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "export.yaml"
    export.write_text(EXPORT.replace("verdict: opinion", "verdict: hm"), encoding="utf-8")
    assert main(["site", str(tmp_path / "site"), "--export", str(export)]) == 1
    assert "export.yaml:6:" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


def test_a_broken_knowledge_folder_is_told_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "knowledge"
    (broken / "claims").mkdir(parents=True)
    (broken / "claims" / "depth.yaml").write_text("- id: [\n", encoding="utf-8")
    assert main(["site", str(tmp_path / "site"), "--knowledge", str(broken)]) == 1
    assert "depth.yaml:" in capsys.readouterr().err
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Name the folder to write the site to, or add --serve"),
        (["--serve", "out"], "--serve shows a knowledge folder and writes nothing"),
        (["--port", "70000", "out"], "70000"),
    ],
)
def test_wrong_use_is_told(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["site", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_served_pages_follow_the_files_until_ctrl_c(tmp_path: Path) -> None:
    claims = tmp_path / "claims" / "speed.yaml"
    claims.parent.mkdir()
    claims.write_text(
        CLAIMS.replace(" [smith2020]", "")
        .replace("  sources: [smith2020, other2021]\n", "")
        .replace(" [smith2020, other2021]", ""),
        encoding="utf-8",
    )
    (tmp_path / "topics.yaml").write_text(
        "- {id: speed, title: Speed, description: How fast., leading: slow-sled}\n", encoding="utf-8"
    )
    command = [sys.executable, "-u", "-m", "bot", "site", "--serve", "--port", "0", "--knowledge", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            first = process.stdout.readline()
            address = re.findall(r"http://127\.0\.0\.1:\d+/", first)
            assert address, first + (process.stderr.read() if process.stderr else "")
            assert "Ctrl-C ends it." in process.stdout.readline()
            for new, said in [
                ("lead: Mind the sled.", "Shown anew."),
                ("led: x", "1 fault: the last good text stays."),
            ]:
                claims.write_text(re.sub(r"lead: .+", new, claims.read_text(encoding="utf-8")), encoding="utf-8")
                assert process.stdout.readline().strip() == said
                with urlopen(f"{address[0]}claims/slow-sled.html") as got:
                    assert "Mind the sled." in got.read().decode()
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0


def test_a_port_in_use_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["site", "--serve", "--port", str(port)]) == 2
    assert f"Port {port} is in use" in capsys.readouterr().err
