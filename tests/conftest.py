"""What all tests share: those that need a program run where it is, and the closing lines say which did not run.

With pytest-xdist (`make test`) they run in several workers, which send what the closing lines need to the main process.
"""

import contextlib
import functools
import gc
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each worker rewrites the asserts of all tests each time

# What tests are made of stays, and a simulated Discord is many small objects, most of which go by themselves: a quarter of the
# collection's time and an eighth of the tests' went into looking for those that do not, every 700 new ones.
gc.set_threshold(50_000, 20, 50)

# After that: pytest rewrites Hypothesis too, whose plugin asks for it, and that takes seconds.
import hypothesis  # noqa: E402
import pytest  # noqa: E402

from tests.support.examples import soaks  # noqa: E402

if TYPE_CHECKING:
    from bot.service import Service

hypothesis.settings.register_profile(
    "same", max_examples=40, derandomize=True, deadline=None
)  # green today is green tomorrow
hypothesis.settings.register_profile("soak", max_examples=1_000, deadline=None)  # `make soak` looks for new examples
hypothesis.settings.load_profile("same")

pytest_plugins = (
    "tests.support.discord_side",
    "tests.support.postgres",
    "tests.support.workshop",
    "tests.support.moderators",
)

HERE = Path(__file__).resolve().parent
ON_SQLITE = (HERE / "cogs", HERE / "service")
"""The folders whose tests `make test` runs on SQLite alone, but for those marked `both_databases`."""
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
EVERYTHING = os.environ.get("LEGPRESS_TEST_EVERYTHING") == "1"
"""Set by .ci/run: there a missing program is a fault, not a reason to run fewer tests."""


def chromium_program() -> str | None:
    """Return the path of this machine's Chromium or Chrome, or None."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def postgres_programs() -> Path | None:
    """Return the folder of PostgreSQL's server programs (the newest, as Debian lays them out), or None."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return folders[-1].parent if folders else None


@functools.cache
def strace_program() -> str | None:
    """Return the path of this machine's strace, or None: some containers let nothing be traced."""
    found = shutil.which("strace")
    if found is None:
        return None
    tried = subprocess.run([found, "-o", os.devnull, sys.executable, "-c", ""], check=False, capture_output=True)
    return found if tried.returncode == 0 else None


def forbidden() -> set[str]:
    """Return what is installed and not allowed here: no installing helps, so that it is told and fails nothing."""
    return {"strace"} if shutil.which("strace") and strace_program() is None else set()


def out_of_reach() -> set[str]:
    """Return what no installing brings: what is forbidden, and the folder `shared`, which a fresh clone lacks, unless it is named."""
    return forbidden() if os.environ.get("LEGPRESS_SHARED") else forbidden() | {"shared"}


def shared_files() -> Path | None:
    """Return the folder `shared` beside the checkout, with verified sources and public data to test against, or None."""
    folder = Path(os.environ.get("LEGPRESS_SHARED", "") or Path(__file__).resolve().parents[2] / "shared")
    return folder if folder.is_dir() else None


SETTLE_SECONDS = 60.0
"""SimCord's bots may take so long to come to rest; its own 5 s of a clock on the wall say that a busy machine is wrong."""

_NEEDS: dict[str, tuple[Callable[[], object], str]] = {
    "shared": (shared_files, "the folder shared/ beside the checkout (verified sources, public data)"),
    "chromium": (chromium_program, "Chromium (Debian, Ubuntu: apt install chromium)"),
    "strace": (strace_program, "an strace that may trace (Debian, Ubuntu: apt install strace)"),
    "systemd": (
        lambda: shutil.which("systemd-analyze"),
        "systemd-analyze (Debian, Ubuntu: apt install systemd)",
    ),
    "promtool": (lambda: shutil.which("promtool"), "promtool (Debian, Ubuntu: apt install prometheus)"),
    "postgres": (postgres_programs, "PostgreSQL's server programs (Debian, Ubuntu: apt install postgresql)"),
}
_left_out: dict[str, int] = {}
_FITTED = "leg-press-fitted-"


def is_worker(config: pytest.Config) -> bool:
    """Say whether this is one of pytest-xdist's workers, not the process that was started."""
    return hasattr(config, "workerinput")


def pytest_configure(config: pytest.Config) -> None:
    """Give all tests, in every worker and every process that they start, one cache: each state is fitted once."""
    if is_worker(config):
        return
    folder = tempfile.mkdtemp(prefix=_FITTED)
    os.environ["CACHE_DIR"] = folder
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))


def draw_no_words_of_the_code() -> None:
    """Let Hypothesis draw none of the words and numbers in this code: each that is written would change what others' tests draw.

    To find them it also reads every module, in each worker, a second or two. `make soak` draws them.
    """
    with contextlib.suppress(ImportError):
        providers = importlib.import_module("hypothesis.internal.conjecture.providers")
        if hasattr(providers, "is_local_module_file"):
            vars(providers)["is_local_module_file"] = lambda _path: False


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Import this worker's share of the test files first: pytest rewrites their asserts, and all would do the same at once.

    What one worker has written the others read.
    """
    if not soaks():
        draw_no_words_of_the_code()
    given = getattr(session.config, "workerinput", None)
    if given is None or session.config.args != session.config.getini("testpaths"):
        return
    here = Path(__file__).parent
    names = sorted(".".join(path.relative_to(here.parent).with_suffix("").parts) for path in here.rglob("test_*.py"))
    for name in names[int(given["workerid"].removeprefix("gw")) :: given["workercount"]]:
        with contextlib.suppress(Exception):  # told where it is collected
            importlib.import_module(name)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "simcord_env" in getattr(item, "fixturenames", ()):
            chosen = item.get_closest_marker("simcord")
            options = {"settle_timeout": SETTLE_SECONDS, **(chosen.kwargs if chosen else {})}
            item.add_marker(pytest.mark.simcord(**options), append=False)
    _leave_to_soak(config, items)
    absent = {marker for marker, (find, _) in _NEEDS.items() if find() is None}
    if not absent:
        return
    needed = {item: absent & {mark.name for mark in item.iter_markers()} for item in items}
    left_out = [item for item in items if needed[item]]
    if not left_out:
        return
    for item in left_out:
        for marker in needed[item]:
            _left_out[marker] = _left_out.get(marker, 0) + 1
    if is_worker(config):
        config.workeroutput["left_out"] = dict(_left_out)  # type: ignore[attr-defined]  # pytest-xdist adds it
    _refuse_what_can_be_installed()
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not needed[item]]


def _refuse_what_can_be_installed() -> None:
    """Raise UsageError where every test must run and one lacks a program that could be had."""
    if EVERYTHING and (missing := [_NEEDS[marker][1] for marker in _left_out if marker not in out_of_reach()]):
        raise pytest.UsageError("Every test must run here, but this machine lacks " + " and ".join(missing) + ".")


def _leave_to_soak(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to `make soak`, and so to CI, what is marked `soak`, and what two folders show on SQLite too.

    What the store does is shown on both databases by tests/store, and whoever stands on it uses the same functions. Marked
    `both_databases` is what differs: one that is gone, what is done at the same moment, what one server may not see of
    another's, what is deleted, what is counted in SQL, and one whole walk.
    """
    left = [item for item in items if item.get_closest_marker("soak") or _is_shown_on_sqlite(item)]
    if soaks():
        for item in left:
            item.add_marker("loop")
    elif left:
        config.hook.pytest_deselected(items=left)
        left_out = set(left)
        items[:] = [item for item in items if item not in left_out]


def _is_shown_on_sqlite(item: pytest.Item) -> bool:
    on_postgres = item.get_closest_marker("postgres") is not None
    return (
        on_postgres
        and item.get_closest_marker("both_databases") is None
        and any(map(item.path.is_relative_to, ON_SQLITE))
    )


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist tells the order
def pytest_collection_finish(session: pytest.Session) -> None:
    """Let each worker begin with its share of the long files: begun last, one of them would keep one core busy alone."""
    given = getattr(session.config, "workerinput", None)
    if given is not None:
        session.items[:] = long_first(session.items, given["workercount"])
    gc.collect()
    gc.freeze()  # what is imported and collected stays until the end: no later collection need look at it


def long_first(items: Sequence[pytest.Item], workers: int) -> list[pytest.Item]:
    """Return `items` so that each of the even parts into which pytest-xdist cuts them begins with long files."""
    files: dict[str, list[pytest.Item]] = {}
    others = deque[pytest.Item]()
    for item in items:
        if item.get_closest_marker("long"):
            files.setdefault(item.nodeid.partition("::")[0], []).append(item)
        else:
            others.append(item)
    ordered: list[pytest.Item] = []
    for worker in range(workers):
        ends = len(items) * (worker + 1) // workers
        ordered += [item for file in list(files.values())[worker::workers] for item in file]
        ordered += [others.popleft() for _ in range(min(len(others), max(0, ends - len(ordered))))]
    return ordered + list(others)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker left out; each worker sees all tests, so one of them is enough.

    A worker's own UsageError is not shown, only that there is no worker left: so it is raised here once more.
    """
    _left_out.update(getattr(node, "workeroutput", {}).get("left_out", {}))
    _refuse_what_can_be_installed()


@pytest.hookimpl(wrapper=True, tryfirst=True)  # after the short summary of failures
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    result = yield
    for marker, words in zip(_left_out, _what_lacks(), strict=True):
        count = _left_out[marker]
        terminalreporter.write_line(
            f"Not run: {count} test{'s' if count > 1 else ''}, for want of {words}.", yellow=True
        )
    return result


def _what_lacks() -> list[str]:
    return [_NEEDS[marker][1] for marker in _left_out]


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; only tests marked `chromium` may ask for it."""
    program = chromium_program()
    assert program is not None
    return program


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The folder of the checkout that these tests stand in."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def service() -> "Service":
    """The service on the knowledge that comes with the project. It keeps no conversation, so that all tests of a run share it."""
    from bot.bootstrap import build_service  # late: many tests ask nothing

    return build_service()
