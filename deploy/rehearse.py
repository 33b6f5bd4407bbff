"""Carries out deploy/Dockerfile without Docker: `python deploy/rehearse.py [FOLDER]`, as root on Debian or Ubuntu.

Each FROM is a clean Debian that debootstrap makes; each instruction is done in it, in the order of the file, with what
.dockerignore leaves of this checkout. Then the image is tried as a container would be: as its own user, as process 1, on
a read-only root, with only its volumes and /tmp to write to. Prints a line for each step with its seconds, and what the
image takes. FOLDER (a temporary one without it) keeps the clean Debian for the next time.

Needs debootstrap, unshare, chroot and setpriv (Debian, Ubuntu: apt install debootstrap), and a package mirror. It is no
builder: it knows the instructions that this Dockerfile uses, and ends at any other.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONTEXT = HERE.parent
DOCKERFILE = HERE / "Dockerfile"
IGNORED = HERE / "Dockerfile.dockerignore"
START_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
DEBOOTSTRAP_TRIES = 3
"""A name that is not found once makes it take two files of a mirror that are not of one moment."""
MACHINES_OWN = ("PIP_CERT", "http_proxy", "https_proxy", "no_proxy")
"""Variables of this machine that tell how it reaches the registries: a builder is given them as arguments."""


@dataclass(frozen=True)
class Instruction:
    """One instruction of a Dockerfile, and the line it starts on."""

    line: int
    name: str
    rest: str

    def words(self) -> list[str]:
        """Return its words, also where they are written as a JSON list."""
        text = re.sub(r"^(--\S+\s+)*", "", self.rest)
        return [str(word) for word in json.loads(text)] if text.startswith("[") else shlex.split(text)


@dataclass
class Stage:
    """An image while it is made: its files, and what the instructions have set for the next ones."""

    root: Path
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": START_PATH, "HOME": "/root"})
    folder: str = "/"
    user: str = "0:0"
    volumes: list[str] = field(default_factory=list)


class StepError(Exception):
    """An instruction that this script does not know, or that failed."""


def instructions(text: str) -> list[Instruction]:
    """Return the instructions of a Dockerfile, each on one line, without comments."""
    found: list[Instruction] = []
    waiting, first = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("#") or (not waiting and not line.strip()):
            continue
        first = first or number
        waiting += line.rstrip().removesuffix("\\") if line.rstrip().endswith("\\") else line
        if not line.rstrip().endswith("\\"):
            name, _, rest = waiting.strip().partition(" ")
            found.append(Instruction(first, name.upper(), rest.strip()))
            waiting, first = "", 0
    return found


def sent(context: Path, ignored: str) -> list[str]:
    """Return the files of `context` that .dockerignore lets through: of the patterns that match, the last one decides."""
    rules = [
        (line.startswith("!"), _pattern(line.removeprefix("!")))
        for line in map(str.strip, ignored.splitlines())
        if line and not line.startswith("#")
    ]
    found = []
    for path in sorted(context.rglob("*")):
        name = path.relative_to(context).as_posix()
        if path.is_dir():
            continue
        kept = True
        for keeps, pattern in rules:
            if pattern.fullmatch(name):
                kept = keeps
        if kept:
            found.append(name)
    return found


def _pattern(written: str) -> re.Pattern[str]:
    """Return a pattern that matches what Docker's does, and all below it."""
    parts = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    inner = re.sub(
        r"\*\*/|\*\*|\*|\?|[^*?]+", lambda found: parts.get(found[0], re.escape(found[0])), written.strip("/")
    )
    return re.compile(f"{inner}(?:/.*)?")


def run_in(
    stage: Stage, command: Sequence[str], more: Mapping[str, str] | None = None, *, as_container: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run a command in a stage and return its exit code and what it printed, errors too.

    `as_container`: as process 1 on a read-only root, with the volumes and /tmp to write to.
    """
    root = shlex.quote(str(stage.root))
    steps = [
        f"mount --bind {root} {root}",
        f"mount -t proc proc {root}/proc",
        f"mount --rbind /dev {root}/dev",
        f"touch {root}/etc/resolv.conf",
        f"mount --bind /etc/resolv.conf {root}/etc/resolv.conf",
    ]
    environment = {**stage.environment, **(more or {})}
    if as_container:
        steps += [f"mount -t tmpfs -o mode=1777 tmpfs {root}/tmp"]
        for volume in stage.volumes:
            steps += [f"mount -t tmpfs -o mode=0700,uid=10001,gid=10001 tmpfs {root}{volume}"]
        steps += [f"mount -o remount,bind,ro {root}"]
    elif certificates := environment.get("PIP_CERT"):
        steps += [f"mkdir -p {root}/run", f"cp {shlex.quote(certificates)} {root}/run/certificates.crt"]
        environment["PIP_CERT"] = "/run/certificates.crt"
    user, _, group = stage.user.partition(":")
    inside = shlex.join(
        ["chroot", str(stage.root), "setpriv", f"--reuid={user}", f"--regid={group or user}", "--clear-groups",
         "/usr/bin/env", "-C", stage.folder, "-i", *(f"{name}={value}" for name, value in environment.items()),
         *command]
    )  # fmt: skip
    script = " && ".join([*steps, f"exec {inside}"])
    return subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "/bin/sh", "-c", script],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )


def clean_debian(image: str, kept: Path) -> Path:
    """Return a folder with the Debian that `image` names, such as debian:trixie-slim, made once in `kept`."""
    found = re.fullmatch(r"debian:([a-z]+)-slim", image)
    if not found:
        raise StepError(f"FROM {image}: only debian:NAME-slim")
    root = kept / found[1]
    if not (root / "ready").exists():
        sites = subprocess.check_output(["apt-get", "indextargets", "--format", "$(SITE)"], text=True).split()
        mirror = next((site for site in sites if site.rstrip("/").endswith("/debian")), sites[0])
        _debootstrap(found[1], root, mirror)
        (root / "ready").touch()
    return root


def _debootstrap(name: str, root: Path, mirror: str) -> None:
    """Make a Debian in `root`. Raises StepError with what debootstrap said last."""
    said = ""
    for _ in range(DEBOOTSTRAP_TRIES):
        shutil.rmtree(root, ignore_errors=True)
        command = ["debootstrap", "--variant=minbase", name, str(root), mirror]
        try:
            ran = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        except FileNotFoundError as error:
            raise StepError("There is no debootstrap here (Debian, Ubuntu: apt install debootstrap).") from error
        if not ran.returncode:
            return
        lines = [line for line in ran.stdout.splitlines() if line.strip()]
        said = next(
            (line for line in reversed(lines) if line.startswith("E:")), lines[-1] if lines else "no word of why"
        )
    raise StepError(f"debootstrap could not make Debian {name} from {mirror} in {DEBOOTSTRAP_TRIES} tries: {said}")


def build(steps: Sequence[Instruction], work: Path, kept: Path) -> Stage:
    """Carry out all instructions and return the last stage. Raises StepError."""
    files = sent(CONTEXT, IGNORED.read_text(encoding="utf-8"))
    named: dict[str, Stage] = {}
    stage: Stage | None = None
    for step in steps:
        started = time.perf_counter()
        if step.name == "FROM":
            image, _, name = step.rest.partition(" AS ")
            stage = Stage(work / f"stage-{len(named)}")
            named[name.strip() or str(len(named))] = stage
            subprocess.run(["cp", "--archive", str(clean_debian(image.strip(), kept)), str(stage.root)], check=True)
            (stage.root / "ready").unlink()
        elif stage is None:
            raise StepError(f"line {step.line}: {step.name} before FROM")
        else:
            _carry_out(step, stage, named, files)
        shown = f"{step.name} {' '.join(step.rest.split())}"
        print(f"{time.perf_counter() - started:7.1f} s  {shown[:100]}", flush=True)
    assert stage is not None
    return stage


def _carry_out(step: Instruction, stage: Stage, named: Mapping[str, Stage], files: Sequence[str]) -> None:
    if step.name == "RUN":
        own = {name: os.environ[name] for name in MACHINES_OWN if name in os.environ}
        ran = run_in(stage, ["/bin/sh", "-c", step.rest], {"DEBIAN_FRONTEND": "noninteractive", **own})
        if ran.returncode:
            print(ran.stdout, flush=True)
            last = next((line for line in reversed(ran.stdout.splitlines()) if line.strip()), "nothing printed")
            raise StepError(f"line {step.line} of the Dockerfile ended with {ran.returncode}: {last}")
    elif step.name == "COPY":
        _copy(step, stage, named, files)
    elif step.name == "ENV":
        name, _, value = step.rest.partition("=")
        stage.environment[name] = value
    elif step.name == "WORKDIR":
        stage.folder = step.rest
        (stage.root / step.rest.lstrip("/")).mkdir(parents=True, exist_ok=True)
    elif step.name == "USER":
        stage.user = step.rest
    elif step.name == "VOLUME":
        stage.volumes = step.words()
    elif step.name not in {"STOPSIGNAL", "ENTRYPOINT", "CMD", "HEALTHCHECK"}:  # TRIALS has what these start
        raise StepError(f"line {step.line}: {step.name}")


def _copy(step: Instruction, stage: Stage, named: Mapping[str, Stage], files: Sequence[str]) -> None:
    *sources, target = step.words()
    if found := re.match(r"--from=(\S+)", step.rest):
        origin = named[found[1]].root / sources[0].lstrip("/")
        to = stage.root / target.lstrip("/")
        to.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "--archive", "--no-target-directory", str(origin), str(to)], check=True)
        return
    base = stage.root / (Path(stage.folder) / target).as_posix().lstrip("/")
    for source in sources:
        found_files = [name for name in files if name == source or name.startswith(f"{source}/")]
        if not found_files:
            raise StepError(f"line {step.line}: COPY {source}: nothing of that name is sent to the builder")
        for name in found_files:
            within = name.removeprefix(source).lstrip("/")
            to = base / within if within else base / Path(name).name if target.endswith("/") else base
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(CONTEXT / name, to)


@dataclass(frozen=True)
class Trial:
    """A command that the image must take as expected; a test holds what needs no image to this checkout."""

    what: str
    command: tuple[str, ...]
    exit_code: int
    words: str
    """Somewhere in what it prints. Of an answer, what no new wording of the knowledge changes."""
    environment: Mapping[str, str] = field(default_factory=dict)


WRITES_WHERE_IT_MAY = (
    "! touch /opt/legpress/x && ! touch /etc/x && ! touch /x && touch /state/x /cache/x /tmp/x && id -u"
)
LEGPRESS = "legpress"
TRIALS = (
    Trial("without a token it ends with 2", (LEGPRESS, "run"), 2, "Docker runs this"),
    Trial("in Kubernetes too", (LEGPRESS, "run"), 2, "Kubernetes runs this", {"KUBERNETES_SERVICE_HOST": "10.0.0.1"}),
    Trial("it answers", (LEGPRESS, "ask", "--json", "how deep should i go"), 0, '"topic": "depth"'),
    Trial(
        "a region in Docker's literal quotes counts",
        (LEGPRESS, "ask", "numb between my legs and i cannot pee"), 0, "999", {"REGION": '"UK"'},
    ),
    Trial("it finds nothing to mend", (LEGPRESS, "doctor"), 0, "Nothing must be mended"),
    Trial("it makes its tables in its volume", (LEGPRESS, "db", "upgrade"), 0, "went from no tables"),
    Trial("the health check tells that no bot runs", (LEGPRESS, "health"), 1, "No Discord bot runs"),
    Trial("it writes only where it may, and is not root", ("/bin/sh", "-c", WRITES_WHERE_IT_MAY), 0, "10001"),
)  # fmt: skip


def tried(stage: Stage) -> list[str]:
    """Run the image as a container runs it, and return what was not as it should be, one line each."""
    (stage.root / ".dockerenv").touch()  # Docker's mark
    wrong = []
    for trial in TRIALS:
        started = time.perf_counter()
        ran = run_in(stage, trial.command, trial.environment, as_container=True)
        first = next(iter(ran.stdout.splitlines()), "")
        print(
            f"{time.perf_counter() - started:7.1f} s  {trial.what}: exit code {ran.returncode}: {first[:100]}",
            flush=True,
        )
        if ran.returncode != trial.exit_code:
            wrong.append(f"not so: {trial.what} (exit code {ran.returncode} instead of {trial.exit_code})")
        elif trial.words not in ran.stdout:
            wrong.append(f"not so: {trial.what} (it does not say {trial.words!r})")
        else:
            continue
        print(ran.stdout, flush=True)
    return wrong


def main(folder: str | None = None) -> int:
    """Build, try, and say what came of it; 0 where all is as it should be."""
    if os.geteuid() != 0:
        print("This needs root: it mounts and changes root.", file=sys.stderr)
        return 2
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="legpress-image-") as work:
        kept = Path(folder or work)
        kept.mkdir(parents=True, exist_ok=True)
        try:
            image = build(instructions(DOCKERFILE.read_text(encoding="utf-8")), Path(work), kept)
        except StepError as error:
            print(error, file=sys.stderr)
            return 1
        size = _megabytes(image.root)
        print(f"The image is {size} MB, {size - _megabytes(next(kept.glob('*/ready')).parent)} MB of it not Debian's.")
        wrong = tried(image)
    print(f"{time.perf_counter() - started:.0f} s in all.")
    print("; ".join(wrong) or "All as it should be.")
    return 1 if wrong else 0


def _megabytes(folder: Path) -> int:
    return int(subprocess.check_output(["du", "--summarize", "--block-size=1M", str(folder)], text=True).split()[0])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
