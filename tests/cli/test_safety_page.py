"""`legpress safety-page` through the front door."""

from pathlib import Path

from click.testing import CliRunner

from bot.cli.safety_page import safety_page_command


def test_the_page_is_written_to_a_file(tmp_path: Path) -> None:
    out = tmp_path / "page.md"
    done = CliRunner().invoke(safety_page_command, [str(out)])
    assert done.exit_code == 0
    assert "flags" in done.output
    text = out.read_text(encoding="utf-8")
    assert "## R34 NAMED" in text
    assert "## R47 SELF_HARM_NOW" in text
    assert "**No clinician has reviewed any of it.**" in text
