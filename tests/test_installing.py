"""`make` from nothing, on a checkout in small: the real Makefile and installer, packages made here, no network."""

import base64
import hashlib
import os
import runpy
import shutil
import stat
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import uv

pytestmark = pytest.mark.long

BACKEND = """
import base64, hashlib, pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    here = str(pathlib.Path(__file__).resolve().parent)
    files = {
        "tiny.pth": here + "\\n",
        "tiny-1.dist-info/METADATA": "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\n",
        "tiny-1.dist-info/WHEEL": "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }
    files["tiny-1.dist-info/RECORD"] = "".join(f"{name},,\\n" for name in [*files, "tiny-1.dist-info/RECORD"])
    with zipfile.ZipFile(pathlib.Path(folder) / "tiny-1-py3-none-any.whl", "w") as wheel:
        for name, text in files.items():
            wheel.writestr(name, text)
    return "tiny-1-py3-none-any.whl"
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "tiny"\nversion = "1"\n'
BOT = """
import sys, gym
if sys.argv[1:] != ["fit"]:
    print("bot with gym", gym.VERSION)
"""
UNREACHABLE = "http://127.0.0.1:9/simple"


class Checkout:
    """A folder with the real Makefile and installer, and `packages` that stand for a registry."""

    def __init__(self, folder: Path, real: Path, pip: Path) -> None:
        self.folder = folder / "leg day"
        self.pip: Path | None = pip
        self._packages = folder / "packages"
        (self.folder / "bot").mkdir(parents=True)
        (self.folder / "requirements").mkdir()
        self._packages.mkdir()
        shutil.copy(real / "Makefile", self.folder)
        shutil.copy(real / "requirements" / "install.py", self.folder / "requirements")
        (self.folder / "bot" / "__main__.py").write_text(BOT)
        (self.folder / "pyproject.toml").write_text(PROJECT)
        (self.folder / "backend.py").write_text(BACKEND)
        (self.folder / "hatch_build.py").touch()
        gym = self.offer("gym", "1", {"gym.py": "VERSION = 1\n"})
        rack = self.offer("rack", "1", {"rack.py": ""})
        self._uv_mark = folder / "uv ran"
        uv_here = f'#!/bin/sh\ntouch "{self._uv_mark}"\nexec "{uv.find_uv_bin()}" "$@"\n'
        self.lock("uv", self.offer("uv", "1", {"uv-1.data/scripts/uv": uv_here}))
        self.lock("run", gym)
        self.lock("test", gym, rack)
        self.lock("check", gym, rack)

    def offer(self, name: str, version: str, files: Mapping[str, str]) -> str:
        """Put a package into the registry and return its line for a lock file."""
        about = f"{name}-{version}.dist-info"
        files = {
            **files,
            f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
            f"{about}/WHEEL": "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        }
        rows = [f"{each},sha256={_digest(text)},{len(text)}\n" for each, text in files.items()]
        path = self._packages / f"{name}-{version}-py3-none-any.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            for each, text in {**files, f"{about}/RECORD": "".join(rows) + f"{about}/RECORD,,\n"}.items():
                entry = zipfile.ZipInfo(each)
                entry.external_attr = (stat.S_IFREG | 0o755) << 16  # pip lets only a plain file run
                wheel.writestr(entry, text)
        return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"

    def lock(self, level: str, *lines: str) -> None:
        (self.folder / "requirements" / f"{level}.txt").write_text("".join(lines))

    def make(self, *targets: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run make without this run's own settings, with `environment` besides."""
        theirs = ("MAKE", "MFLAGS", "PIP_", "UV_", "VIRTUAL_ENV", "PYTHON", "PYTEST")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(theirs)}
        registry = {
            "PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self._packages.as_uri(),
            "UV_OFFLINE": "1", "UV_NO_INDEX": "1", "UV_FIND_LINKS": str(self._packages),
        }  # fmt: skip
        pip = {"PYTHONPATH": str(self.pip)} if self.pip else {}
        return subprocess.run(
            ["make", "--no-print-directory", *targets],
            cwd=self.folder,
            env={**kept, **registry, **pip, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=250,
        )

    def uv_installed(self) -> bool:
        """Say whether uv, and not pip, has installed."""
        return self._uv_mark.exists()

    def has(self, module: str) -> bool:
        python = self.folder / ".venv" / "bin" / "python"
        return subprocess.run([str(python), "-c", f"import {module}"], check=False, capture_output=True).returncode == 0


def _digest(text: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


@pytest.fixture(scope="module")
def pip(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pip that this Python brings, unpacked: out of its wheel all of it is compiled at each start, which takes a second."""
    wheel: Path = runpy.run_path(str(checkout / "requirements" / "install.py"))["bundled_pip"]()
    folder = tmp_path_factory.mktemp("pip")
    unpacked = folder / "ensurepip" / "_bundled" / wheel.name
    unpacked.mkdir(parents=True)
    (folder / "ensurepip" / "__init__.py").touch()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    return folder


@pytest.fixture
def small(tmp_path: Path, checkout: Path, pip: Path) -> Checkout:
    return Checkout(tmp_path, checkout, pip)


@pytest.fixture(scope="session")
def explained(checkout: Path) -> Callable[[str], Exception]:
    found: Callable[[str], Exception] = runpy.run_path(str(checkout / "requirements" / "install.py"))["explained"]
    return found


def told(ran: subprocess.CompletedProcess[str]) -> str:
    """The one line that says what went wrong, without make's own and the one that says what is being done."""
    lines = [line for line in ran.stderr.splitlines() if not line.startswith(("make", "Setting up", "Bringing"))]
    assert ran.returncode, ran.stdout
    assert len(lines) == 1, ran.stderr
    return lines[0]


def test_a_checkout_sets_itself_up_once_and_again_where_its_lock_or_its_place_changed(small: Checkout) -> None:
    first = small.make("run")
    again = small.make("run")

    assert first.stdout == again.stdout == "bot with gym 1\n", first.stderr
    assert "Setting up .venv with Python" in first.stderr
    assert small.uv_installed()
    assert again.stderr == ""
    assert not small.has("rack")
    assert not (small.folder / ".venv" / "bin" / "uv").exists(), "it is large, and only installing needs it"

    assert "Bringing .venv up to date" in small.make("for-test").stderr
    assert small.has("rack")
    assert small.make("run").stderr == ""

    small.lock("run", small.offer("gym", "2", {"gym.py": "VERSION = 2\n"}))
    assert small.make("run").stdout == "bot with gym 2\n"

    small.folder = small.folder.rename(small.folder.with_name("leg day, moved"))
    moved = small.make("run")
    assert "Setting up .venv" in moved.stderr
    assert moved.stdout == "bot with gym 2\n", moved.stderr


def test_without_uv_pip_installs_the_same(small: Checkout) -> None:
    small.lock("uv", f"uv==2 --hash=sha256:{64 * '0'}\n")  # no file of it for this machine

    ran = small.make("run")

    assert ran.stdout == "bot with gym 1\n", ran.stderr
    assert not small.uv_installed()
    assert not (small.folder / ".venv" / "bin" / "uv").exists()


@pytest.mark.soak
def test_where_uv_cannot_run_pip_takes_over(small: Checkout) -> None:
    small.lock("uv", small.offer("uv", "2", {"uv-2.data/scripts/uv": "#!/nowhere/loader\n"}))

    assert small.make("run").stdout == "bot with gym 1\n"
    assert not small.uv_installed()


@pytest.mark.parametrize("left", [pytest.param("a file", marks=pytest.mark.soak), "a Python that is gone"])
def test_a_half_made_environment_is_made_anew_without_a_home(small: Checkout, left: str) -> None:
    place = small.folder / ".venv"
    if left == "a file":
        place.touch()
    else:
        (place / "bin").mkdir(parents=True)
        (place / "lib").touch()
        (place / "bin" / "python").symlink_to("/nowhere/python3")

    ran = small.make("run", HOME="/proc/nowhere")

    assert ran.stdout == "bot with gym 1\n", ran.stderr


def test_without_a_network_one_line_says_so_and_the_next_try_works(small: Checkout) -> None:
    gone = {"PIP_NO_INDEX": "0", "PIP_FIND_LINKS": "", "PIP_INDEX_URL": UNREACHABLE, "UV_INDEX_URL": UNREACHABLE}

    assert "cannot be downloaded: check the network" in told(small.make("run", **gone))
    assert small.make("run").stdout == "bot with gym 1\n"


@pytest.mark.parametrize("in_its_wheel", [False, pytest.param(True, marks=pytest.mark.soak)])  # as pip comes
def test_a_package_that_is_not_the_locked_one_is_refused(small: Checkout, in_its_wheel: bool) -> None:
    small.offer("gym", "1", {"gym.py": "VERSION = 'changed on the way'\n"})
    if in_its_wheel:
        small.pip = None

    assert "is not the one that the lock files name" in told(small.make("run"))


def test_a_python_that_is_too_old_is_told_and_nothing_is_made(small: Checkout) -> None:
    old = small.folder / "old python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)

    ran = small.make("run", f"PYTHON='{old}'")

    assert "Python 3.11 or newer with venv is needed" in told(ran)
    assert not (small.folder / ".venv").exists()


def test_a_folder_that_cannot_be_written_is_told(small: Checkout) -> None:
    place = small.folder / "plates"
    place.touch()

    ran = small.make("for-run", f"INTO='{place / 'env'}'")

    assert "cannot be written" in told(ran)


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device",
            "There is no room left",
        ),
        ("OSError: [Errno 30] Read-only file system: '/srv/x'", "cannot be written"),
        (
            "WARNING: Retrying (Retry(total=1)) after connection broken by 'ReadTimeoutError'\nERROR: none",
            "check the network",
        ),
        ("ERROR: No matching distribution found for numpy==2.4.6", "has no file for this machine"),
        ("ERROR: something else", "could not be installed (something else)"),
        ("", "no reason given"),
    ],
)
def test_what_pip_says_becomes_a_line_with_what_to_do(
    explained: Callable[[str], Exception], printed: str, words: str
) -> None:
    sentence = str(explained(printed))

    assert words in sentence
    assert "\n" not in sentence


def test_the_lock_files_name_hashes_and_no_registry(checkout: Path) -> None:
    for path in (checkout / "requirements").glob("*.txt"):
        entries = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
        for entry in entries:
            assert entry.lstrip().startswith("#") or "--hash=sha256:" in entry, f"{path.name}: {entry[:80]}"
            assert "://" not in entry, f"{path.name}: {entry[:80]}"


def test_each_lock_holds_the_one_before_it(checkout: Path) -> None:
    def packages(level: str) -> set[str]:
        lines = (checkout / "requirements" / f"{level}.txt").read_text(encoding="utf-8").splitlines()
        return {line.rstrip(" \\") for line in lines if "==" in line}

    assert packages("run") < packages("test") < packages("check")
