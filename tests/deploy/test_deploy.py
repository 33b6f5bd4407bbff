"""The files in deploy/: what they promise holds, and each is described."""

import ctypes
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from bot.cli import main
from bot.client.fleet import SETTLED_SECONDS
from bot.config import SETTINGS, load_settings

REFUSE_NEW_CODE = 65, 1
"""prctl's PR_SET_MDWE with PR_MDWE_REFUSE_EXEC_GAIN: what systemd's MemoryDenyWriteExecute= does."""


@pytest.fixture(scope="module")
def deploy(checkout: Path) -> Path:
    return checkout / "deploy"


@pytest.fixture(scope="module")
def rehearse(deploy: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("rehearse", deploy / "rehearse.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["rehearse"] = module  # dataclasses look there for their own names
    spec.loader.exec_module(module)
    return module


def _yaml(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def test_each_file_is_described_in_the_guide(deploy: Path, checkout: Path) -> None:
    guide = (checkout / "docs" / "hosting.md").read_text(encoding="utf-8")
    for path in deploy.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(checkout).as_posix() in guide, path.name


# The image


def test_only_what_the_image_is_made_of_is_sent_to_the_builder(rehearse: ModuleType, tmp_path: Path) -> None:
    for name in (
        "bot/__init__.py", "bot/core/x.py", "bot/core/__pycache__/x.pyc", "knowledge/claims/depth.yaml", "pyproject.toml",
        ".env", "bot/.env", ".git/config", "tests/test_x.py", "requirements/run.txt", "requirements/test.txt", "x.sqlite3",
    ):  # fmt: skip
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    sent = rehearse.sent(tmp_path, rehearse.IGNORED.read_text(encoding="utf-8"))

    assert sent == [
        "bot/__init__.py", "bot/core/x.py", "knowledge/claims/depth.yaml", "pyproject.toml", "requirements/run.txt",
    ]  # fmt: skip


def test_what_the_dockerfile_copies_is_there_and_is_sent(rehearse: ModuleType, checkout: Path) -> None:
    sent = rehearse.sent(checkout, rehearse.IGNORED.read_text(encoding="utf-8"))
    steps = rehearse.instructions(rehearse.DOCKERFILE.read_text(encoding="utf-8"))
    copies = [step for step in steps if step.name == "COPY" and not step.rest.startswith("--from")]
    assert copies
    for step in copies:
        for source in step.words()[:-1]:
            assert any(name == source or name.startswith(f"{source}/") for name in sent), source


def test_the_image_ends_as_a_user_with_a_health_check_and_known_settings(rehearse: ModuleType) -> None:
    steps = rehearse.instructions(rehearse.DOCKERFILE.read_text(encoding="utf-8"))
    last = {step.name: step.rest for step in steps}
    assert last["USER"] == "10001:10001"
    assert [step.name for step in steps if step.name == "FROM"] == ["FROM", "FROM"]
    assert last["HEALTHCHECK"].endswith('CMD ["legpress", "health"]')
    named = {step.rest.partition("=")[0] for step in steps if step.name == "ENV"}
    assert named - {"PATH", "PYTHONDONTWRITEBYTECODE"} <= set(SETTINGS)


def test_packages_go_into_the_image_with_their_hashes_alone(rehearse: ModuleType) -> None:
    installs = re.findall(r"pip install [^&\n]+", rehearse.DOCKERFILE.read_text(encoding="utf-8"))
    assert len(installs) == 2
    for line in installs:
        assert "--require-hashes" in line or "--no-deps --no-build-isolation" in line


def test_an_instruction_over_several_lines_is_one(rehearse: ModuleType) -> None:
    steps = rehearse.instructions('# so\nFROM a AS b\n\nRUN one \\\n# why\n && two\nCMD ["x", "y z"]\n')
    assert [(step.line, step.name) for step in steps] == [(2, "FROM"), (4, "RUN"), (7, "CMD")]
    assert " ".join(steps[1].rest.split()) == "one && two"
    assert steps[2].words() == ["x", "y z"]


def test_what_the_image_is_asked_for_is_what_the_bot_says_today(
    rehearse: ModuleType,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STATE_DIR", str(tmp_path))
    anywhere = [each for each in rehearse.TRIALS if each.command[1] in {"ask", "db", "health"}]
    assert len(anywhere) == 4
    for trial in anywhere:
        with monkeypatch.context() as of_the_trial:
            for name, value in trial.environment.items():
                of_the_trial.setenv(name, value)
            code = main(trial.command[1:])
        said = "".join(capsys.readouterr())
        assert (code, trial.words in said) == (trial.exit_code, True), f"{trial.what}: {said}"


def test_what_the_dockerfile_starts_is_tried(rehearse: ModuleType) -> None:
    steps = rehearse.instructions(rehearse.DOCKERFILE.read_text(encoding="utf-8"))
    last = {step.name: step for step in steps}
    tried = [each.command for each in rehearse.TRIALS]
    assert (*last["ENTRYPOINT"].words(), *last["CMD"].words()) in tried
    assert tuple(json.loads(last["HEALTHCHECK"].rest.partition("CMD ")[2])) in tried


def test_where_no_debian_can_be_made_one_line_says_why(
    rehearse: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "debootstrap"
    program.write_text(
        f"#!/bin/sh\necho tried >>'{tmp_path}/tries'\necho 'I: so far'\necho 'E: No mirror' >&2\nexit 1\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    with pytest.raises(rehearse.StepError) as told:
        rehearse._debootstrap("trixie", tmp_path / "root", "http://127.0.0.1:9/debian")
    assert str(told.value).endswith(": E: No mirror")
    assert "\n" not in str(told.value)
    assert (tmp_path / "tries").read_text().split() == ["tried"] * rehearse.DEBOOTSTRAP_TRIES


# Compose


@pytest.mark.parametrize("files", [["compose.yaml"], ["compose.yaml", "compose.postgres.yaml"]])
def test_each_service_of_ours_is_closed_and_names_what_is_there(deploy: Path, files: list[str]) -> None:
    services: dict[str, dict[str, Any]] = {}
    volumes: set[str] = set()
    for file in files:
        (document,) = _yaml(deploy / file)
        volumes |= set(document["volumes"])
        for name, service in document["services"].items():
            merged = services.setdefault(name, {})
            environment = {**merged.get("environment", {}), **service.get("environment", {})}
            merged.update(service, environment=environment)
    for name, service in services.items():
        for volume in service.get("volumes", []):
            assert volume.partition(":")[0] in volumes
        for needed in service.get("depends_on", {}):
            assert needed in services
        assert "no-new-privileges:true" in service["security_opt"]
        assert "ports" not in service
        if name != "postgres":
            assert service["read_only"] is True
            assert service["cap_drop"] == ["ALL"]
            assert set(service["environment"]) <= set(SETTINGS)
    assert ("postgres" in services) == (len(files) == 2)


# Kubernetes


def test_the_pod_may_run_where_only_restricted_ones_may(deploy: Path) -> None:
    documents = {each["kind"]: each for each in _yaml(deploy / "kubernetes.yaml")}
    deployment = documents["Deployment"]["spec"]
    pod = deployment["template"]["spec"]
    (container,) = pod["containers"]
    assert documents["Namespace"]["metadata"]["labels"]["pod-security.kubernetes.io/enforce"] == "restricted"
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
    assert container["securityContext"] == {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    assert (deployment["replicas"], deployment["strategy"]["type"]) == (1, "Recreate")
    assert container["livenessProbe"]["exec"]["command"] == ["legpress", "health"]
    settings = {each["name"]: each["value"] for each in container["env"]}
    assert set(settings) <= set(SETTINGS)
    (port,) = container["ports"]
    assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": port["name"]}
    assert settings["METRICS_PORT"] == str(port["containerPort"])
    annotations = deployment["template"]["metadata"]["annotations"]
    assert annotations["prometheus.io/port"] == settings["METRICS_PORT"]
    mounted = {each["name"] for each in container["volumeMounts"]}
    assert mounted == {each["name"] for each in pod["volumes"]}
    (claim,) = [
        each["persistentVolumeClaim"]["claimName"] for each in pod["volumes"] if "persistentVolumeClaim" in each
    ]
    assert documents["PersistentVolumeClaim"]["metadata"]["name"] == claim


def test_the_pods_that_share_the_shards_agree_on_them(deploy: Path) -> None:
    documents = {each["kind"]: each for each in _yaml(deploy / "kubernetes.processes.yaml")}
    processes = documents["StatefulSet"]["spec"]
    (container,) = processes["template"]["spec"]["containers"]
    settings = {each["name"]: each["value"] for each in container["env"]}
    assert set(settings) <= set(SETTINGS)
    share = load_settings(None, {**settings, "DATABASE_URL": "postgresql://user:password@host/database"})
    assert share.shard_ids.leased
    assert share.shard_count >= processes["replicas"]
    assert processes["serviceName"] == documents["Service"]["metadata"]["name"]
    assert documents["Service"]["spec"]["selector"] == processes["selector"]["matchLabels"]
    assert processes["minReadySeconds"] > SETTLED_SECONDS
    claims = {each["metadata"]["name"] for each in processes["volumeClaimTemplates"]}
    volumes = {each["name"] for each in processes["template"]["spec"]["volumes"]}
    assert {each["name"] for each in container["volumeMounts"]} == claims | volumes
    for kind in ("StatefulSet", "Job"):
        pod = documents[kind]["spec"]["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] is True
        (each,) = pod["containers"]
        assert each["securityContext"] == container["securityContext"]
        assert each["image"] == container["image"]


# systemd


@pytest.fixture
def unit(deploy: Path, tmp_path: Path) -> Path:
    """The unit, with a checkout where this machine has one."""
    text = (deploy / "legpress.service").read_text(encoding="utf-8")
    program = tmp_path / ".venv" / "bin" / "python"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    path = tmp_path / "legpress.service"
    path.write_text(text.replace("/srv/legpress-bot", str(tmp_path)))
    return path


@pytest.mark.systemd
def test_systemd_finds_nothing_wrong_in_the_unit(unit: Path) -> None:
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    ours = [line for line in ran.stderr.splitlines() if "legpress" in line]
    assert ours == []


@pytest.mark.systemd
def test_systemd_finds_the_unit_well_closed(deploy: Path) -> None:
    ran = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=30", str(deploy / "legpress.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-200:]
    exposure = re.search(r"exposure level for legpress.service: ([\d.]+)", ran.stdout)
    assert exposure
    assert float(exposure[1]) <= 3.0


def test_systemd_waits_for_the_bot_to_say_that_it_runs_and_watches_it(deploy: Path) -> None:
    lines = (deploy / "legpress.service").read_text(encoding="utf-8").splitlines()
    assert {"Type=notify", "WatchdogSec=60"} <= set(lines)


def test_the_settings_of_the_unit_are_known(deploy: Path) -> None:
    (line,) = re.findall(r"^Environment=(.+)$", (deploy / "legpress.service").read_text(encoding="utf-8"), re.MULTILINE)
    assert {each.partition("=")[0] for each in line.split()} - {"PYTHONDONTWRITEBYTECODE"} <= set(SETTINGS)


@pytest.mark.systemd
def test_the_bot_answers_where_no_memory_may_become_code() -> None:
    def refuse() -> None:
        ctypes.CDLL(None).prctl(*REFUSE_NEW_CODE, 0, 0, 0)

    ran = subprocess.run(
        [sys.executable, "-c", _EVERYTHING],
        preexec_fn=refuse,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip().isdigit()


_EVERYTHING = """
import asyncio, sqlite3, tempfile
from pathlib import Path
import asyncpg, discord
from bot.bootstrap import build_service
from bot.client import LegPressBot
from bot.core.drawing import PICTURES
from bot.pictures import rendered
from bot.store.store import open_store

build_service().ask("how deep should i go")
picture = rendered(next(iter(PICTURES.values())).svg)

async def store():
    await (await open_store("", Path(tempfile.mkdtemp()))).close()

asyncio.run(store())
print(len(picture))
"""
