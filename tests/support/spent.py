"""`make slowest`: the tests that took most of the processor, their processes included; a busy machine makes none of them slower.

A fixture's seconds count for the test that asked for it first, and those of a process for the test meanwhile.
"""

import os
from collections import defaultdict
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

SHOWN = 30
_NAME = "processor seconds"
_spent: defaultdict[str, float] = defaultdict(float)


class _Watch:
    """What this process and all below it have spent so far."""

    def __init__(self) -> None:
        self._last = _seconds()

    def lap(self) -> float:
        """Return the seconds since the last time; a process that is gone without a trace takes none back."""
        now = _seconds()
        since, self._last = now - self._last, now
        return max(since, 0.0)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Begin to count once all is imported and collected."""
    session.config.stash[_WATCH] = _Watch()


_WATCH = pytest.StashKey[_Watch]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Write what a phase of a test took into its report, which pytest-xdist carries to the main process."""
    report = yield
    report.user_properties.append((_NAME, item.config.stash[_WATCH].lap()))
    return report


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add a phase up."""
    _spent[report.nodeid] += sum(float(str(value)) for name, value in report.user_properties if name == _NAME)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the most expensive."""
    most = sorted(_spent.items(), key=lambda test: -test[1])[:SHOWN]
    took, whole = sum(seconds for _, seconds in most), sum(_spent.values())
    terminalreporter.write_sep(
        "=", f"{len(most)} of {len(_spent)} tests took {took:.0f} of {whole:.0f} processor seconds"
    )
    for name, seconds in most:
        terminalreporter.write_line(f"{seconds:7.2f} {name}")


def _seconds() -> float:
    own = os.times()
    return own.user + own.system + own.children_user + own.children_system + sum(map(_of_process, _below(os.getpid())))


def _below(pid: int) -> Iterator[int]:
    """The living processes below this one, where /proc tells them (Linux); elsewhere a process counts once it has ended."""
    for told in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = told.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in map(int, children):
            yield child
            yield from _below(child)


def _of_process(pid: int) -> float:
    """What a process has spent, and what those of its children had that have ended."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0.0
    return sum(map(int, told.rpartition(")")[2].split()[11:15])) / os.sysconf("SC_CLK_TCK")
