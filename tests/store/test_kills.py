"""A process killed between any two steps: no acknowledged edit is lost, none is half applied."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


def _killed(checkout: Path, *arguments: str) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.kills", *arguments],
        check=False,
        capture_output=True,
        cwd=checkout,
        timeout=115,
        text=True,
    )
    assert done.stdout, done.stderr
    figures = json.loads(done.stdout)
    assert isinstance(figures, dict)
    return figures


def test_kills_lose_no_acknowledged_edit_and_leave_none_half_applied(checkout: Path, tmp_path: Path) -> None:
    figures = _killed(checkout, "--kills", "10", "--folder", str(tmp_path))  # hundreds: `make soak`
    assert figures["faults"] == []
    assert figures["kills"] == 10
    assert int(str(figures["acknowledged"])) > 5
    assert (figures["restores"], figures["upgrades"]) == (1, 1)


@pytest.mark.soak  # which then kills hundreds
@pytest.mark.postgres
def test_on_postgresql_too(checkout: Path) -> None:
    figures = _killed(checkout, "--kills", "10", "--postgres")
    assert figures["faults"] == []
    assert int(str(figures["acknowledged"])) > 5
    assert (figures["restores"], figures["upgrades"]) == (1, 1)
