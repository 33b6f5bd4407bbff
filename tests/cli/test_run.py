"""`legpress run`: where nobody could see a playground it does not start one."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from bot.cli.surroundings import unattended_in
from tests.support.examples import some

MANAGED = [
    ({"INVOCATION_ID": "0f1e"}, "systemd"),
    ({"NOTIFY_SOCKET": "/run/x"}, "systemd"),
    ({"JOURNAL_STREAM": "8:1"}, "systemd"),
    ({"KUBERNETES_SERVICE_HOST": "10.0.0.1"}, "Kubernetes"),
    ({"container": "podman"}, "a container"),
    ({"SUPERVISOR_ENABLED": "1"}, "supervisord"),
]


def _nothing(_: str) -> bool:
    return False


@pytest.mark.parametrize(("environment", "runs"), MANAGED)
def test_marks_in_the_environment_tell_a_service_unless_somebody_types(
    environment: Mapping[str, str], runs: str
) -> None:
    def found(*, at_terminal: bool) -> str | None:
        return unattended_in(environment, at_terminal=at_terminal, is_containers_own=False, exists=_nothing)

    assert found(at_terminal=False) == runs
    assert found(at_terminal=True) is None


@pytest.mark.parametrize(
    ("path", "runs"),
    [
        ("/.dockerenv", "Docker"),
        ("/run/.containerenv", "Podman"),
        ("/var/run/secrets/kubernetes.io", "Kubernetes"),
    ],
)
def test_marks_on_the_disk_count_for_what_the_container_was_started_for(path: str, runs: str) -> None:
    def found(*, is_containers_own: bool, at_terminal: bool = False) -> str | None:
        return unattended_in({}, at_terminal=at_terminal, is_containers_own=is_containers_own, exists=path.__eq__)

    assert found(is_containers_own=True) == runs
    assert found(is_containers_own=True, at_terminal=True) == runs  # docker run -it: its loopback is not the host's
    assert found(is_containers_own=False) is None


def test_a_desk_has_no_marks() -> None:
    assert unattended_in({"HOME": "/home/mia"}, at_terminal=False, is_containers_own=True, exists=_nothing) is None


@pytest.mark.parametrize("arguments", [["run"], []])
@some("environment", [environment for environment, _ in MANAGED], 3)
def test_under_a_manager_without_a_token_it_ends_with_2_and_one_line(
    arguments: list[str], environment: Mapping[str, str], tmp_path: Path, checkout: Path
) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(checkout), "DISCORD_TOKEN": "", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=250,
    )
    assert (ran.returncode, ran.stdout) == (2, "")
    (line,) = ran.stderr.splitlines()
    assert line.startswith("legpress: DISCORD_TOKEN is not set")
    assert "legpress playground" in line
