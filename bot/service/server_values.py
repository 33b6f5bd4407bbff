"""A server's settings as values, and as the plain data that is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from typing import Any

LANGUAGES = ("en",)
"""The languages that answers come in."""

LONGEST_RETENTION = 30
"""Days; Discord calls thirty its gold standard for holding data."""

_SETS = ("suggest_roles", "edit_roles", "approve_roles", "channels")


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What a server chose; the defaults work as they are.

    `channels`: where the bot may answer unasked. `digest`: whether the log channel gets a weekly one. `keep_questions`: its consent to keep what nothing answered, scrubbed.
    """

    region: str = ""
    language: str = ""
    suggest_roles: frozenset[int] = frozenset()
    edit_roles: frozenset[int] = frozenset()
    approve_roles: frozenset[int] = frozenset()
    channels: frozenset[int] = frozenset()
    log_channel: int | None = None
    digest: bool = False
    retention_days: int = LONGEST_RETENTION
    keep_questions: bool = False
    consent_by: int | None = None
    consent_at: datetime | None = None


DEFAULTS = ServerSettings()
NAMES = tuple(field.name for field in fields(ServerSettings))


def to_plain(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as JSON can hold them."""
    plain: dict[str, Any] = {}
    for name, value in changes.items():
        if isinstance(value, frozenset | set | list | tuple):
            plain[name] = sorted(value)
        elif isinstance(value, datetime):
            plain[name] = int(value.timestamp())
        else:
            plain[name] = value
    return plain


def from_plain(plain: Mapping[str, Any]) -> ServerSettings:
    """Return the settings that `to_plain` made; what is unknown is left out."""
    values = {name: value for name, value in plain.items() if name in NAMES}
    for name in _SETS:
        values[name] = frozenset(values.get(name, ()))
    if values.get("consent_at") is not None:
        values["consent_at"] = datetime.fromtimestamp(values["consent_at"], UTC)
    values["digest"] = bool(values.get("digest"))  # before, the week of the last one stood in its place
    return ServerSettings(**values)
