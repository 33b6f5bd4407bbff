"""`legpress db`, and what the terminal does without."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.store.migrate import newest


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))


def test_check_fails_until_upgrade_has_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db", "check"]) == 1
    assert "run `legpress db upgrade`" in capsys.readouterr().err
    assert main(["db", "current"]) == 0
    assert capsys.readouterr().out == f"The database is at no tables; this version needs step {newest()}.\n"
    assert main(["db", "upgrade"]) == 0
    assert capsys.readouterr().out == f"The database went from no tables to step {newest()}.\n"
    assert main(["db", "upgrade"]) == 0
    assert "already" in capsys.readouterr().out
    assert main(["db", "check"]) == 0


@pytest.mark.postgres
@pytest.mark.parametrize("store_address", ["postgres"], indirect=True)
def test_a_postgresql_address_is_taken_from_the_settings(
    store_address: str, store: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", store_address)
    assert main(["db", "check"]) == 0
    assert "has this version's tables" in capsys.readouterr().out


def test_a_database_out_of_reach_is_one_line_and_never_the_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://me:hunter2@127.0.0.1:1/legpress")
    assert main(["db", "upgrade"]) == 1
    told = capsys.readouterr().err
    assert "out of reach" in told
    assert "hunter2" not in told
    assert "Traceback" not in told


def test_a_foreign_address_is_a_fault_of_settings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://me:hunter2@host/legpress")
    assert main(["db", "upgrade"]) == 2
    told = capsys.readouterr().err
    assert "DATABASE_URL" in told
    assert "hunter2" not in told


def test_asking_in_the_terminal_loads_no_database(checkout: Path) -> None:
    code = (
        "import sys; from bot.cli import main; main(['ask', 'how deep']);"
        "print([name for name in ('sqlalchemy', 'alembic', 'aiosqlite', 'asyncpg', 'discord') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        check=True,
        capture_output=True,
        cwd=checkout,
        text=True,
        timeout=60,
        env=os.environ,
    )
    assert done.stdout.splitlines()[-1] == "[]"
