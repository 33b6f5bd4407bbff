"""Memory goes back to the system when it is not needed any more."""

import platform
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
    memory.leave_room()
    memory.in_large_pages()


ROOM = """
import resource, sys
from bot import memory
memory.give_back_at_once()
if sys.argv[1:]:
    memory.leave_room()
def read():
    bytearray(256 * 1024)  # as much as asyncio takes for each reading from a socket
read()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(100):
    read()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries have no such bounds")
def test_with_room_left_what_is_read_takes_no_new_pages_each_time() -> None:
    def faults(*how: str) -> int:
        ran = subprocess.run([sys.executable, "-c", ROOM, *how], capture_output=True, text=True, check=True, timeout=60)
        return int(ran.stdout)

    assert faults() > 1_000
    assert faults("with room") < 100


KEPT = """
import gc
from bot import memory
memory.keep()
frozen = gc.get_freeze_count()
kept = [[number] for number in range(50_000)]
seen = []
gc.callbacks.append(lambda phase, found: seen.append(found["generation"]))
memory.keep_too()
print(gc.get_freeze_count() - frozen >= 50_000, 2 in seen)
"""


def test_what_came_since_is_spared_too_without_looking_through_it() -> None:
    ran = subprocess.run([sys.executable, "-c", KEPT], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout == "True False\n"


MADE = """
import gc
from bot import memory
memory.keep()
seen = []
gc.callbacks.append(lambda phase, found: seen.append(found["generation"]))
before = gc.get_threshold()
def make():
    seen.clear()
    made = [[number] for number in range(600_000)]
    return 2 in seen
print(make())
with memory.building():
    with memory.building():
        made = make()
    print(made, make())
print(gc.get_threshold() == before)
"""


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="there the collector looks through a part at a time")
def test_while_much_is_made_the_collector_does_not_look_through_everything() -> None:
    ran = subprocess.run([sys.executable, "-c", MADE], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.split() == ["True", "False", "False", "True"]


TOLD = """\
555555554000-555555574000 r--p 00000000 fe:00 260850                     /usr/bin/python3.11
Rss:                 128 kB
555555a00000-555556000000 rw-p 00000000 00:00 0                          [heap]
Size:               6144 kB
Rss:                6000 kB
Anonymous:          6000 kB
7f0000000000-7f0000800000 rw-p 00000000 00:00 0 \n\
Size:               8192 kB
Rss:                  64 kB
7f0000800000-7f0000c00000 rw-p 00000000 00:00 0 \n\
Rss:                4096 kB
7f0001000000-7f0001400000 rw-s 00000000 00:05 7                          /dev/zero (deleted)
Rss:                4096 kB
7ffe00000000-7ffe00021000 rw-p 00000000 00:00 0                          [stack]
Rss:                 132 kB
"""


def test_only_what_is_the_programs_own_and_in_memory_already_goes_into_large_pages() -> None:
    assert list(memory.full_mappings(TOLD)) == [(0x555555A00000, 0x555556000000), (0x7F0000800000, 0x7F0000C00000)]


LARGE = """
from bot import memory
def told(name):
    lines = open("/proc/self/smaps_rollup", encoding="ascii").read().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name))
kept = [str(number) * 10 for number in range(400_000)]
before = told("Rss:")
memory.in_large_pages()
print(told("AnonHugePages:"), told("Rss:") - before, kept[-1])
"""


def _has_large_pages() -> bool:
    enabled = Path("/sys/kernel/mm/transparent_hugepage/enabled")
    version = platform.release().split(".")
    is_on = enabled.exists() and "[never]" not in enabled.read_text(encoding="ascii")
    return is_on and tuple(int(part) for part in version[:2] if part.isdigit()) >= (6, 1)


@pytest.mark.skipif(not _has_large_pages(), reason="Linux has this since 6.1")
def test_what_is_in_memory_goes_into_large_pages_and_takes_no_more_of_it() -> None:
    ran = subprocess.run([sys.executable, "-c", LARGE], capture_output=True, text=True, check=True, timeout=60)
    large, grown, kept = ran.stdout.split()
    assert int(large) >= 10_000  # kB
    assert int(grown) < 8_000
    assert kept == "399999" * 10


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
    "sqlalchemy.orm",
]


def test_an_idle_bot_does_without_what_only_writing_and_drawing_need() -> None:
    ran = subprocess.run([sys.executable, "-c", IDLE, *LATE], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout == "[]\n"
