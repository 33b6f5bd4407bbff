"""The wheel, installed alone and far from the checkout, and the ways to run a checkout."""

import ast
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import pytest
import uv
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from bot.core.drawing import PICTURES

pytestmark = pytest.mark.long

HOME_OF_EXTRA = {"playground": "playground", "store": "postgres"}
"""In which folder of the bot what an optional extra brings may be imported."""

SMALL = Path(__file__).parent / "support" / "knowledge"
QUESTION = "how deep should I go on the leg press"


@dataclass(frozen=True)
class Installed:
    """The wheel in a virtual environment that holds nothing else but what the wheel declares that it needs."""

    python: Path
    folder: Path

    def run(self, *arguments: str, code: str = "", text: str = "") -> subprocess.CompletedProcess[str]:
        first = [str(self.python), "-I", "-c", code] if code else [str(self.folder / "bin" / "legpress")]
        return subprocess.run(
            [*first, *arguments],
            cwd=self.folder,
            env={"PATH": os.defpath, "HOME": str(self.folder), "CACHE_DIR": str(self.folder / "cache")},
            input=text,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=250,
        )


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run([sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)], checkout)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("far away") / "env"
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    _run([uv.find_uv_bin(), "pip", "install", "--python", str(python), "--no-deps", "--no-index", str(wheel)], folder)
    (packages,) = folder.glob("lib/python*/site-packages")
    declared = metadata.Distribution.at(next(packages.glob("legpress_bot-*.dist-info"))).requires or []
    for distribution in _closure(declared):
        _borrow(distribution, packages)
    return Installed(python, folder)


def test_the_installed_wheel_answers_with_the_knowledge_it_carries(installed: Installed) -> None:
    ran = installed.run("ask", "--json", QUESTION)

    assert ran.returncode == 0, ran.stderr
    answer = json.loads(ran.stdout)
    assert answer["outcome"] == "answer"
    assert answer["topic"] == "depth"
    where = installed.run(code="import bot.bootstrap as b; print(b.__file__); print(b.shipped_knowledge())").stdout
    assert all(Path(line).is_relative_to(installed.folder) for line in where.splitlines()), where
    assert where.rstrip().endswith("_knowledge")


def test_the_wheel_carries_every_knowledge_file_and_nothing_of_the_tests(wheel: Path, checkout: Path) -> None:
    shipped = {
        f"bot/_knowledge/{path.relative_to(checkout / 'knowledge').as_posix()}": path.read_bytes()
        for path in _files(checkout / "knowledge")
    }
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert {name: archive.read(name) for name in names if name.startswith("bot/_knowledge/")} == shipped

    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"bot"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_wheel_carries_the_community_and_the_page_of_the_playground(wheel: Path, checkout: Path) -> None:
    folder = checkout / "bot" / "playground"
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]

    assert {path.suffix for path in files} == {".py", ".yaml", ".js", ".css", ".html", ".svg"}
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {path.relative_to(checkout).as_posix() for path in files} <= names


def test_the_wheel_carries_a_bill_of_materials(wheel: Path, checkout: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        bill = json.loads(archive.read("bot/bill-of-materials.cdx.json"))
    lock = (checkout / "requirements" / "run.txt").read_text(encoding="utf-8")
    locked = dict(re.findall(r"^([\w.-]+)==([^\s;]+)", lock, re.MULTILINE))
    assert {each["name"]: each["version"] for each in bill["components"]} == locked
    hashes = [each["content"] for part in bill["components"] for each in part["externalReferences"][0]["hashes"]]
    assert sorted(hashes) == sorted(re.findall(r"sha256:([0-9a-f]{64})", lock))
    assert (bill["bomFormat"], bill["metadata"]["component"]["name"]) == ("CycloneDX", "legpress-bot")


def test_the_wheel_carries_what_the_bot_learned_from_its_knowledge(wheel: Path, installed: Installed) -> None:
    shipped = [name for name in zipfile.ZipFile(wheel).namelist() if "_state/" in name]
    assert {name.split("/")[2].split("-")[0] for name in shipped} == {
        "gate",
        "knowledge",
        "language",
        "matcher",
        "pictures",
        "safety",
        "sentences",
        "words",
    }
    assert sum("/pictures/" in name for name in shipped) == len(PICTURES)
    installed.run("ask", QUESTION)
    assert not (installed.folder / "cache").exists(), "nothing was made anew"


@pytest.mark.soak  # a checkout does the same at each first start: tests/cli/test_ask.py
def test_a_wheel_without_its_state_makes_it_at_the_first_start(installed: Installed) -> None:
    (state,) = installed.folder.glob("lib/python*/site-packages/bot/_state")
    away = state.rename(installed.folder / "away")
    try:
        # Its own knowledge would take ten seconds more, on the same way.
        ran = installed.run("ask", "--json", "--knowledge", str(SMALL), QUESTION)
        assert json.loads(ran.stdout)["topic"] == "depth"
        assert (installed.folder / "cache").is_dir()
        assert len(ran.stderr.splitlines()) <= 1
        assert "Traceback" not in ran.stderr
    finally:
        away.rename(state)
        shutil.rmtree(installed.folder / "cache", ignore_errors=True)


def test_an_installed_check_passes(installed: Installed) -> None:
    # What the wheel carries is byte for byte what `make check` judges, which takes ten seconds.
    ran = installed.run("check", str(SMALL))

    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " is valid: " in ran.stdout


@pytest.mark.parametrize("arguments", [(), ("playground",)])
def test_without_the_extra_the_playground_names_the_line_that_installs_it(
    installed: Installed, arguments: Sequence[str]
) -> None:
    ran = installed.run(*arguments)

    assert ran.returncode == 2
    assert 'pip install "legpress-bot[playground]"' in ran.stderr
    assert "Traceback" not in ran.stderr


def test_all_that_the_bot_imports_is_declared(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    always = _names(project["dependencies"])
    extras = {name: _names(lines) for name, lines in project["optional-dependencies"].items()}
    owners = metadata.packages_distributions()
    undeclared = []
    for path in _files(checkout / "bot"):
        if path.suffix != ".py":
            continue
        allowed = always.union(*(extras[extra] for folder, extra in HOME_OF_EXTRA.items() if folder in path.parts))
        for module in _imported(path):
            if module in sys.stdlib_module_names or module == "bot":
                continue
            if not allowed & {_brought_by(canonicalize_name(owner)) for owner in owners.get(module, [module])}:
                undeclared.append(f"{path.relative_to(checkout)} imports {module}")

    assert undeclared == []


def test_make_runs_a_set_up_checkout_in_a_path_with_a_space(checkout: Path, tmp_path: Path) -> None:
    copy = tmp_path / "leg day"
    copy.mkdir()
    for name in ("Makefile", "pyproject.toml", "hatch_build.py"):
        shutil.copy(checkout / name, copy)
    shutil.copytree(checkout / "requirements", copy / "requirements")
    for name in ("bot", "knowledge"):
        (copy / name).symlink_to(checkout / name)
    (copy / ".venv" / "bin").mkdir(parents=True)
    (copy / ".venv" / "bin" / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (copy / ".venv" / "bin" / "python").chmod(0o755)
    made_from = runpy.run_path(str(copy / "requirements" / "install.py"))["made_from"]
    record = {"folder": str(copy / ".venv"), "python": "{}.{}".format(*sys.version_info), "run": made_from("run")}
    (copy / ".venv" / "installed.json").write_text(json.dumps(record))

    ran = subprocess.run(
        ["make", "run", f"ARGS=ask --json '{QUESTION}'"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
        timeout=250,
        env={name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))},
    )

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["topic"] == "depth"


def _run(command: Sequence[str], folder: Path) -> None:
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=250)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def _closure(requirements: Sequence[str]) -> list[metadata.Distribution]:
    """Return the installed distributions that these requirements name, and those that they need in turn."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [(Requirement(line), frozenset({""})) for line in requirements]
    while waiting:
        requirement, extras = waiting.pop()
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        name = canonicalize_name(requirement.name)
        if name in found:
            continue
        found[name] = metadata.distribution(name)
        wanted = frozenset({"", *requirement.extras})
        waiting += [(Requirement(line), wanted) for line in found[name].requires or []]
    return list(found.values())


def _borrow(distribution: metadata.Distribution, packages: Path) -> None:
    """Put a distribution that is installed here into another environment, by links."""
    for file in distribution.files or []:
        top = file.parts[0]
        if top in {"..", "__pycache__"}:
            continue
        target = packages / top
        if not target.exists():
            target.symlink_to(Path(str(distribution.locate_file(top))).resolve())


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _names(requirements: Sequence[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in requirements}


def _brought_by(name: str) -> str:
    """Return what must be declared for a distribution: pydantic pins its core to the very version."""
    return "pydantic" if name == "pydantic-core" else name


def _imported(path: Path) -> set[str]:
    """Return the top names of all modules imported anywhere in a file, late imports included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module.split(".")[0])
    return found
