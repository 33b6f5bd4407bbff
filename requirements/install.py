"""Makes the virtual environment that a command needs, from the lock files beside it: `install.py LEVEL [FOLDER]`.

LEVEL is `run` (what running needs), `test` (and what tests need) or `check` (and what judges the code). An environment
that is whole is left as it is; one that is half made, or made in another place, is made anew. uv installs, in a fifth
of the time, where it can be had; pip, which every Python brings, does elsewhere. Both take only files whose hash stands
in the lock, built already, so that nothing runs while it is installed. Needs nothing but Python 3.11's own library.
"""

import argparse
import contextlib
import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from pathlib import Path

LOCKS = Path(__file__).resolve().parent
ROOT = LOCKS.parent
LEVELS = ("run", "test", "check")
"""Each holds the one before it."""
STARTED = (
    "bot.cli.run",
    "bot.cli.logs",
    "bot.cli.ask",
    "bot.playground.bots",
    "bot.playground.door",
    "bot.playground.past",
    "simcord.preview",
)
"""The modules from which all are reached that a start imports, in Discord, in the browser or in the terminal."""
RECORD = "installed.json"
"""In the environment: what it was made from. Written last, so that without it nothing counts as installed."""
THIS_PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
EXIT_FAILED = 1
EXIT_INTERRUPTED = 130


class InstallError(Exception):
    """The one sentence that says what went wrong, and what to do."""


class NothingFitsError(InstallError):
    """The registry has no file of a package that fits this machine."""


class Environment:
    """The virtual environment in `folder`, for this checkout."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.programs / ("python.exe" if os.name == "nt" else "python")
        self._record = folder / RECORD
        self._uv_mark = folder / "uv.json"

    def is_ready(self, level: str) -> bool:
        """Say whether all of `level` is installed as the lock files say today."""
        return self.is_whole() and self._recorded().get(level) == made_from(level)

    def is_whole(self) -> bool:
        """Say whether an installation was ended in this very place, with this version of Python, which still runs."""
        recorded = self._recorded()
        if (recorded.get("folder"), recorded.get("python")) != (str(self.folder), THIS_PYTHON):
            return False
        try:
            return subprocess.run([str(self.python), "-c", ""], check=False, capture_output=True).returncode == 0
        except OSError:
            return False

    def create(self) -> None:
        """Make an empty environment; whatever stood in its place is gone."""
        if self.folder.is_symlink() or self.folder.is_file():
            self.folder.unlink()
        venv.EnvBuilder(clear=True, symlinks=os.name != "nt").create(self.folder)
        (self.folder / ".gitignore").write_text("*\n", encoding="utf-8")

    def install(self, level: str) -> None:
        """Install all of `level`, then the project itself. Raises InstallError."""
        self._record.unlink(missing_ok=True)
        lock = ["--require-hashes", "--no-deps", "--requirement", str(LOCKS / f"{level}.txt")]
        project = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
        if not (self._uv_is_here() and self._uv(*lock)):
            self._pip(*lock)
        if not (self._uv_is_here() and self._uv(*project, built=False)):
            self._pip(*project, built=False)
        self._compile()
        if level == LEVELS[0]:
            self._let_uv_go()
        held = LEVELS[: LEVELS.index(level) + 1]
        whole: dict[str, str] = {"folder": str(self.folder), "python": THIS_PYTHON} | {
            each: made_from(each) for each in held
        }
        self._record.write_text(json.dumps(whole), encoding="utf-8")

    def _compile(self) -> None:
        """Have the bytecode of what a start imports, and of nothing else: without it each start takes three times as long.

        Where PYTHONDONTWRITEBYTECODE is set, no start would ever write it.
        """
        surroundings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        command = [str(self.python), "-c", f"import {', '.join(STARTED)}"]
        subprocess.run(command, check=False, cwd=ROOT, env=surroundings, capture_output=True)

    def _uv_is_here(self) -> bool:
        """Install uv where it is missing or another than the lock names, and say whether that went well."""
        lock = LOCKS / "uv.txt"
        wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
        with contextlib.suppress(OSError):
            if self._uv_mark.read_text(encoding="utf-8") == wanted:
                return True
        try:
            self._pip("--require-hashes", "--no-deps", "--requirement", str(lock))
        except NothingFitsError:
            return False  # there is no uv for this machine
        self._uv_mark.write_text(wanted, encoding="utf-8")
        return True

    def _let_uv_go(self) -> None:
        """Take uv away again: a sixth of what running needs, and nothing that runs asks for it."""
        if self._uv_mark.exists():
            self._uv_mark.unlink()
            if not self._uv_runs("uninstall", "uv"):  # on Windows, no program takes itself away
                command = [str(self.python), str(bundled_pip() / "pip"), "uninstall", "--yes", "--quiet", "uv"]
                self._run([*command, "--disable-pip-version-check"])

    def _uv(self, *arguments: str, built: bool = True) -> bool:
        only_built = ["--only-binary", ":all:"] if built else []
        return self._uv_runs("install", "--no-cache", *only_built, *arguments)

    def _uv_runs(self, command: str, *arguments: str) -> bool:
        program = self.programs / ("uv.exe" if os.name == "nt" else "uv")
        try:
            ran = self._run([str(program), "pip", command, "--python", str(self.python), *arguments])
        except (PermissionError, FileNotFoundError):
            return False  # it was made for another system
        return ran.returncode == 0

    def _pip(self, *arguments: str, built: bool = True) -> None:
        only_built = ["--only-binary", ":all:"] if built else []
        command = [str(self.python), str(bundled_pip() / "pip"), "install", "--disable-pip-version-check", "--no-input"]
        ran = self._run(
            [*command, "--retries", "2", "--no-compile", "--no-warn-script-location", *only_built, *arguments]
        )
        if ran.returncode:
            raise explained(ran.stdout)

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        """Run `command` with its large temporary files in the environment's folder, not in memory as /tmp may be."""
        scratch = self.folder / "scratch"
        scratch.mkdir(exist_ok=True)
        try:
            return subprocess.run(
                command,
                check=False,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                env={**os.environ, "TMPDIR": str(scratch), "VIRTUAL_ENV": str(self.folder)},
                cwd=ROOT,
            )
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _recorded(self) -> dict[str, str]:
        try:
            found = json.loads(self._record.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}


def made_from(level: str) -> str:
    """Return a hash of all that decides what `level` installs."""
    parts = [LOCKS / f"{level}.txt", ROOT / "pyproject.toml", ROOT / "hatch_build.py"]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def bundled_pip() -> Path:
    """Return the wheel of pip that this Python brings: it runs as it is. Raises InstallError where there is none."""
    import ensurepip

    folders = [Path(ensurepip.__file__).parent / "_bundled", Path(sysconfig.get_config_var("WHEEL_PKG_DIR") or ".")]
    found = [wheel for folder in folders for wheel in sorted(folder.glob("pip-*.whl"))]
    if not found:
        raise InstallError(
            "This Python brings no pip: install its venv package (Debian, Ubuntu: apt install python3-venv)."
        )
    return found[-1]


def explained(printed: str) -> InstallError:
    """Return the sentence for what pip has `printed` as it failed."""
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    said = next(
        (line for line in reversed(lines) if line.startswith("ERROR:")), lines[-1] if lines else "no reason given"
    )
    said = said.removeprefix("ERROR:").strip()

    def has(*words: str) -> bool:
        return any(word.lower() in printed.lower() for word in words)

    if has("No space left on device", "Errno 28", "not enough space"):
        return no_room()
    if has("Permission denied", "Read-only file system"):
        return InstallError(
            f"{ROOT} cannot be written ({said}): use a folder of your own, then run the same command again."
        )
    if has("DO NOT MATCH THE HASHES"):
        return InstallError(
            "A package that arrived is not the one that the lock files name: something on the way changes downloads "
            "(a proxy, a mirror, a cut connection). Try once more, or elsewhere."
        )
    if has("Retrying (", "timed out", "ConnectionError", "SSLError", "ProxyError", "Connection broken"):
        return InstallError(
            "The packages cannot be downloaded: check the network, or the proxy (HTTPS_PROXY), then run the same command again."
        )
    if has("No matching distribution found"):
        return NothingFitsError(
            f"A package has no file for this machine and Python {sys.version.split()[0]} ({said}): "
            "try another Python of 3.11 to 3.14 (make setup PYTHON=python3.12)."
        )
    return InstallError(f"The packages could not be installed ({said}): run the same command again.")


def no_room() -> InstallError:
    """Return the sentence for a full disk."""
    return InstallError(
        f"There is no room left on the disk of {ROOT}: 400 MB are needed there (1 GB for make check). "
        "Make room, then run the same command again."
    )


def install(level: str, folder: Path) -> None:
    """Have an environment in `folder` that holds `level`. Raises InstallError."""
    environment = Environment(folder)
    if environment.is_ready(level):
        return
    begun = time.monotonic()
    version = sys.version.split()[0]
    try:
        if environment.is_whole():
            print(f"Bringing {folder.name} up to date for make {level} ...", file=sys.stderr, flush=True)
        else:
            print(
                f"Setting up {folder.name} with Python {version}, the first time only ...", file=sys.stderr, flush=True
            )
            environment.create()
        environment.install(level)
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise no_room() from error
        raise InstallError(
            f"{error.filename or folder} cannot be written ({error.strerror}): use a folder of your own, "
            "then run the same command again."
        ) from error
    print(f"Installed in {time.monotonic() - begun:.0f} s.", file=sys.stderr, flush=True)


def main() -> int:
    """Install as the command line says and return the exit code: 0, 1 after a fault that is told, 2 for wrong usage."""
    parser = argparse.ArgumentParser(description="Make the virtual environment that a command needs.")
    parser.add_argument("level", choices=LEVELS)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / ".venv", help="where; .venv unless it is given")
    asked = parser.parse_args()
    try:
        install(asked.level, Path.cwd() / asked.folder)
    except InstallError as error:
        print(error, file=sys.stderr)
        return EXIT_FAILED
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    return 0


if __name__ == "__main__":
    sys.exit(main())
