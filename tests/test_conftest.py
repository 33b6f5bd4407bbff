"""Tests that need a program which is not there are left out, and the closing lines say so."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = """
import pytest

def test_needs_nothing():
    pass

@pytest.mark.chromium
def test_needs_a_browser():
    pass
"""
CHECKOUT = Path(__file__).resolve().parent.parent
SETTINGS = "[pytest]\nmarkers =\n  chromium: needs Chromium\n"


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    text = (CHECKOUT / "tests" / "conftest.py").read_text()
    (tmp_path / "conftest.py").write_text(re.sub(r"(?s)^pytest_plugins = \(.*?^\)$", "", text, flags=re.MULTILINE))
    (tmp_path / "test_it.py").write_text(TESTS)
    (tmp_path / "pytest.ini").write_text(SETTINGS)
    return tmp_path


def test_the_last_lines_say_so_after_a_list_of_failures_too(suite: Path) -> None:
    with (suite / "test_it.py").open("a") as tests:
        tests.write("\ndef test_fails():\n    assert False\n")

    ran = _run(suite)

    assert ran.returncode == 1
    *_, said, closing = ran.stdout.strip().splitlines()
    assert said.startswith("Not run: 1 test")
    assert "1 failed, 1 passed, 1 deselected" in closing


def _run(suite: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the tests of `suite` where no program is found on the path."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "LEGPRESS_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
        cwd=suite,
        env={
            **inherited,
            "PATH": str(suite),
            "PYTHONPATH": str(CHECKOUT),
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=250,
    )


def test_a_test_without_its_program_is_left_out_and_the_last_lines_say_so(suite: Path) -> None:
    ran = _run(suite)

    assert ran.returncode == 0
    *_, said, closing = ran.stdout.strip().splitlines()
    assert said == "Not run: 1 test, for want of Chromium (Debian, Ubuntu: apt install chromium)."
    assert "1 passed, 1 deselected" in closing


def test_where_the_program_is_found_every_test_runs_and_nothing_is_said(suite: Path) -> None:
    browser = suite / "chromium"
    browser.write_text("#!/bin/sh\n")
    browser.chmod(0o755)

    ran = _run(suite, LEGPRESS_TEST_EVERYTHING="1")

    assert "2 passed" in ran.stdout.strip().splitlines()[-1]
    assert "Not run" not in ran.stdout


@pytest.mark.parametrize("options", [(), ("-p", "xdist.plugin", "--numprocesses=2", "--dist=worksteal")])
def test_where_everything_must_run_a_missing_program_is_a_fault(suite: Path, options: tuple[str, ...]) -> None:
    ran = _run(suite, *options, LEGPRESS_TEST_EVERYTHING="1")

    assert ran.returncode == 4
    assert "this machine lacks Chromium" in ran.stderr
    assert "INTERNALERROR" not in ran.stdout


@pytest.mark.parametrize(("named", "code"), [("", 0), ("nowhere", 4)])
def test_a_folder_that_nobody_can_install_is_a_fault_only_where_it_is_named(suite: Path, named: str, code: int) -> None:
    # conftest.py looks two folders above itself: so deep, it finds none.
    deep = suite / "one" / "checkout" / "tests"
    deep.mkdir(parents=True)
    (deep / "conftest.py").write_text((suite / "conftest.py").read_text())
    (deep / "test_it.py").write_text(TESTS.replace("chromium", "shared"))
    (deep / "pytest.ini").write_text(SETTINGS.replace("chromium: needs Chromium", "shared: needs the folder"))

    ran = _run(deep, LEGPRESS_TEST_EVERYTHING="1", LEGPRESS_SHARED=named)

    assert ran.returncode == code
    assert "Not run: 1 test, for want of the folder shared/" in ran.stdout
    assert ("this machine lacks the folder shared/" in ran.stderr) == (code == 4)


def test_the_tests_that_took_most_of_the_processor_are_listed_with_their_processes(suite: Path) -> None:
    work = "import subprocess, sys\n\ndef test_of_a_process():\n    subprocess.run([sys.executable, '-c', 'sum(range(10**7))'])\n"
    with (suite / "test_it.py").open("a") as tests:
        tests.write(work)

    ran = _run(suite, "-p", "tests.support.spent")

    listed = ran.stdout.partition("processor seconds =")[2].splitlines()[1:3]
    assert [line.split()[1] for line in listed] == ["test_it.py::test_of_a_process", "test_it.py::test_needs_nothing"]
    assert float(listed[0].split()[0]) > 0.0


SOAKED = """
import pytest

def test_always():
    pass

@pytest.mark.soak
def test_in_soak():
    pass

@pytest.mark.parametrize("row", [1, pytest.param(2, marks=pytest.mark.soak)])
def test_row(row):
    pass
"""


def test_what_is_marked_soak_runs_there_and_there_alone(suite: Path) -> None:
    (suite / "test_it.py").write_text(SOAKED)
    markers = "  soak: in make soak\n  loop: a long loop\n  hypothesis: wild input\n"
    (suite / "pytest.ini").write_text(SETTINGS + markers)
    plugin = ("-p", "_hypothesis_pytestplugin")  # _run loads none by itself

    usual = _run(suite, *plugin)
    soak = _run(suite, *plugin, "--hypothesis-profile=soak", "-m", "hypothesis or loop")

    assert "2 passed, 2 deselected" in usual.stdout.strip().splitlines()[-1]
    assert "2 passed, 2 deselected" in soak.stdout.strip().splitlines()[-1]


def test_each_worker_begins_with_a_long_file(tmp_path: Path) -> None:
    for name, count in (("test_a", 9), ("test_long", 2), ("test_other_long", 1)):
        mark = "pytestmark = pytest.mark.long" if "long" in name else ""
        tests = "".join(f"def test_{number}(): pass\n" for number in range(count))
        (tmp_path / f"{name}.py").write_text(f"import pytest\n{mark}\n{tests}")
    order = "import sys\nsys.path.insert(0, {!r})\nfrom tests.conftest import long_first\n{}"
    (tmp_path / "conftest.py").write_text(
        order.format(str(CHECKOUT), "def pytest_collection_modifyitems(items):\n    items[:] = long_first(items, 2)\n")
    )
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  long: long\n")

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--collect-only", "-q"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=250,
    )

    names = [line.replace(".py::test_", " ") for line in ran.stdout.splitlines() if "::" in line]
    assert len(set(names)) == 12, ran.stdout + ran.stderr
    assert names[:3] == ["test_long 0", "test_long 1", "test_a 0"]
    assert names[6:8] == ["test_other_long 0", "test_a 4"]
