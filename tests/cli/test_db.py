"""`legpress db`, and what the terminal does without."""

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import main
from bot.store.database import FILE
from bot.store.migrate import newest


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("STATE_DIR", str(tmp_path / "state"))


def test_without_a_command_the_help_is_shown_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["db"]) == 2
    told = capsys.readouterr().err
    assert main(["db", "--help"]) == 0
    assert capsys.readouterr().out == told
    assert told.startswith("Usage: legpress db ")
    assert "legpress: " not in told


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


def _bound_by_permissions() -> None:
    """Take from a child what lets root read and write whatever the permissions say (CAP_DAC_OVERRIDE, _READ_SEARCH)."""
    if os.geteuid() == 0:
        for capability in (1, 2):
            ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)


COMMANDS = (["db", "current"], ["db", "check"], ["db", "upgrade"], ["db", "backup", "copy"], ["doctor"])
CASES = {
    (".", 0o500): "The folder of the database, {path}, cannot be written",
    (".", 0o000): "The folder of the database, {path}, cannot be read",
    (FILE, 0o400): "The database {path} cannot be written",
    (FILE, 0o000): "The database {path} cannot be read",
}
"""What may not be read or written in the folder of the database, and how that is told."""
BOUND = """
import contextlib, io, json, sys
from pathlib import Path
from bot.cli import main

commands, cases = json.load(sys.stdin)
found = []
for which, mode in cases:
    path, copy, said = Path("state", which), Path("copy"), io.StringIO()
    path.chmod(mode)
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        for command in commands:
            main(command)
    path.chmod(0o700)
    found.append([" ".join(said.getvalue().split()), copy.exists()])
    copy.unlink(missing_ok=True)
print(json.dumps(found))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="permissions are taken away with Linux's own call")
def test_what_may_not_be_read_or_written_is_named_with_what_to_do(tmp_path: Path, checkout: Path) -> None:
    assert main(["db", "upgrade"]) == 0
    done = subprocess.run(
        [sys.executable, "-c", BOUND],
        input=json.dumps([COMMANDS, list(CASES)]),
        check=True,
        capture_output=True,
        cwd=tmp_path,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(checkout)},
        preexec_fn=_bound_by_permissions,
    )
    for ((which, mode), told), (said, copied) in zip(CASES.items(), json.loads(done.stdout), strict=True):
        path = tmp_path / "state" / which
        assert copied == ((which, mode) == (FILE, 0o400)), "a file that can only be read is enough for a backup"
        assert said.count(told.format(path=path)) == len(COMMANDS) - copied, (which, mode, said)
        what_to_do = "let that user read and write it (chown, chmod u+rwX), or set STATE_DIR"
        assert said.count(what_to_do) == len(COMMANDS) - copied
        assert "out of reach" not in said


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
