"""Tells whether a service manager or a container started this process: then nobody sits before a playground."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

_MANAGERS = {
    "INVOCATION_ID": "systemd",
    "JOURNAL_STREAM": "systemd",
    "NOTIFY_SOCKET": "systemd",
    "SUPERVISOR_ENABLED": "supervisord",
    "RC_SVCNAME": "OpenRC",
}
"""What service managers put into the environment of what they start: systemd.exec(5), supervisord's manual, openrc-run(8)."""
_CONTAINERS = {
    "KUBERNETES_SERVICE_HOST": "Kubernetes",
    "container": "a container",
}
"""What container runtimes do: Kubernetes in every pod, and the `container` of systemd's Container Interface."""
_MARKS = {
    "/var/run/secrets/kubernetes.io": "Kubernetes",
    "/.dockerenv": "Docker",
    "/run/.containerenv": "Podman",
}
"""Files that runtimes put into a container, whoever works in it."""


def unattended_in(
    environment: Mapping[str, str],
    *,
    at_terminal: bool,
    is_containers_own: bool,
    exists: Callable[[str], bool],
) -> str | None:
    """Return what runs this process where nobody can open a page on it, such as "systemd"; None where somebody can.

    `at_terminal`: whether somebody types here. Desktops hand systemd's marks on to the shells in their windows, and
    developers work in shells inside containers: there a terminal tells. `is_containers_own`: whether the process
    belongs to what the container was started for, not to a shell or a job that was brought into it later.
    """
    if not at_terminal:
        for name, runs in (_MANAGERS | _CONTAINERS).items():
            if environment.get(name):
                return runs
    if is_containers_own:
        for path, runs in _MARKS.items():
            if exists(path):
                return runs
    return None


def unattended() -> str | None:
    """Return what `unattended_in` says of this process."""
    return unattended_in(
        os.environ,
        at_terminal=sys.stdin is not None and sys.stdin.isatty(),
        is_containers_own=_is_containers_own(),
        exists=lambda path: Path(path).exists(),
    )


def _is_containers_own() -> bool:
    """Say whether this process is in the session of process 1: what is brought into a container later has its own."""
    if os.name != "posix":
        return False
    return os.getpid() == 1 or os.getsid(0) == 1
