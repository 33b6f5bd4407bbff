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
    figures = _killed(checkout, "--kills", "40", "--folder", str(tmp_path))
    assert figures["faults"] == []
    assert figures["kills"] == 40
    assert int(str(figures["acknowledged"])) > 20
    assert figures["restores"] == 4


@pytest.mark.postgres
@pytest.mark.parametrize("store_address", ["postgres"], indirect=True)
def test_on_postgresql_too(checkout: Path, store_address: str, store: object) -> None:
    figures = _killed(checkout, "--kills", "20", "--address", store_address)
    assert figures["faults"] == []
    assert int(str(figures["acknowledged"])) > 10
