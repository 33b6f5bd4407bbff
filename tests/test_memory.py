"""Memory goes back to the system when it is not needed any more."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot import memory

HOLES = """
import sys
from bot import memory
def resident():
    lines = open("/proc/self/status", encoding="ascii").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
if sys.argv[1] == "at once":
    memory.give_back_at_once()
kept = []
for _ in range(40):
    large = [bytes(1_000_000) for _ in range(20)]
    kept.append(bytes(200_000))
    del large
if sys.argv[1] == "at the end":
    memory.give_back()
print(resident())
"""


def run(how: str) -> int:
    ran = subprocess.run([sys.executable, "-c", HOLES, how], capture_output=True, text=True, check=True, timeout=60)
    return int(ran.stdout)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells a process's memory there")
@pytest.mark.parametrize("how", ["at once", "at the end"])
def test_no_more_memory_stays_than_what_is_kept(how: str) -> None:
    assert run(how) < 40_000


def test_another_c_library_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda _: object())
    memory.give_back_at_once()
    memory.give_back()


IDLE = """
import importlib, pkgutil, sys
import bot.bootstrap, bot.cli.run, bot.client, bot.cogs, bot.service.workshop, bot.store.store
for cog in pkgutil.iter_modules(bot.cogs.__path__, "bot.cogs."):
    importlib.import_module(cog.name)
late = sys.argv[1:]
print([name for name in late if name in sys.modules])
"""
LATE = [
    "pydantic",
    "yaml",
    "jsonschema",
    "PIL",
    "resvg_py",
    "pydyf",
    "segno",
    "asyncpg",
    "sqlalchemy.dialects.postgresql",
]


def test_an_idle_bot_does_without_what_only_writing_and_drawing_need() -> None:
    ran = subprocess.run([sys.executable, "-c", IDLE, *LATE], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout == "[]\n"
