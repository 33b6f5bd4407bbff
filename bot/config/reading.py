"""Reads the settings: from the environment, then from .env, then the defaults; every fault is found in one go."""

import io
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.config.names import meant_by
from bot.config.settings import SETTINGS, Settings
from bot.errors import ConfigError
from bot.sentences import say

ENV_FILE = Path(".env")
ENVIRONMENT = "environment"

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def load_settings(env_file: Path | None = ENV_FILE, environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of `environment` (None: this process's), then of `env_file`, then the defaults.

    An empty value counts as not set. Raises ConfigError with one sentence for each fault; a value is never repeated,
    since it may be a secret.
    """
    settings, faults = settings_and_faults(env_file, environment)
    if faults:
        raise ConfigError(*faults)
    return settings


def settings_and_faults(
    env_file: Path | None = ENV_FILE, environment: Mapping[str, str] | None = None
) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings, those that are faulty at their defaults, and one sentence for each fault."""
    faults: list[str] = []
    environment = os.environ if environment is None else environment
    given = _of_environment(environment, faults)
    for name, line, text in _of_file(env_file, environment, faults) if env_file is not None else ():
        given.setdefault(name, (f"{env_file}, line {line}", text))
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    for name, setting in SETTINGS.items():
        if name not in given:
            continue
        origin, text = given[name]
        try:
            values[name.lower()] = setting.read(text)
        except ValueError as error:
            where = "the environment" if origin == ENVIRONMENT else origin
            faults.append(say("host.reading.mend_it_in", name=name, error=error, where=where))
        else:
            origins[name] = origin
    settings = Settings(**values, origins=origins)
    if not faults:
        faults = [f"{name}: {fault} (see .env.example)." for name, fault in settings.faults_together().items()]
    return settings, tuple(faults)


def _of_environment(environment: Mapping[str, str], faults: list[str]) -> dict[str, tuple[str, str]]:
    """Return the settings that the environment holds, as origin and text; names like ours become faults."""
    given: dict[str, tuple[str, str]] = {}
    # The name in capitals goes before another spelling of it.
    for name in sorted(environment, key=str.isupper):
        text = _unquoted(environment[name].strip())
        if name.upper() in SETTINGS and text:
            given[name.upper()] = (ENVIRONMENT, text)
    for name in environment:
        if name.upper() in SETTINGS or not environment[name].strip():
            continue
        meant = meant_by(name, SETTINGS, strict=True)
        if meant and not given.keys() & set(meant):
            faults.append(say("host.reading.unknown_in_environment", name=name, meant=" or ".join(meant)))
    return given


def _of_file(path: Path, environment: Mapping[str, str], faults: list[str]) -> Iterator[tuple[str, int, str]]:
    """Yield name, line (from 1) and text of each setting in a .env file; whatever else is wrong with it is a fault."""
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return
    except IsADirectoryError:
        faults.append(say("host.reading.a_folder", path=path))
        return
    except OSError as error:
        faults.append(say("host.reading.file_cannot_be_read", path=path, reason=_reason(error)))
        return
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults.append(say("host.reading.not_utf_8", path=path))
        return
    seen: dict[str, tuple[int, str]] = {}
    for name, line, value in _assignments(text, str(path), environment, faults):
        if name.upper() in SETTINGS:
            if value:
                seen[name.upper()] = (line, value)
        elif meant := meant_by(name, SETTINGS):
            faults.append(say("host.reading.misspelt", path=path, line=line, name=name, meant=" or ".join(meant)))
        elif name.upper().startswith("LEGPRESS"):
            faults.append(say("host.reading.unknown", path=path, line=line, name=name))
    for name, (line, value) in seen.items():
        yield name, line, value


def _assignments(
    text: str, path: str, environment: Mapping[str, str], faults: list[str]
) -> Iterator[tuple[str, int, str]]:
    """Yield name, line and value of each `NAME=value`; a line that is none becomes a fault."""
    if not text.strip():
        return
    # Late, since most starts have no .env. The parser keeps the lines, which the library's own readers do not.
    from dotenv.parser import parse_stream
    from dotenv.variables import parse_variables

    known: dict[str, str | None] = dict(environment)
    for binding in parse_stream(io.StringIO(text)):
        written = binding.original.string
        line = binding.original.line + len(written[: len(written) - len(written.lstrip())].splitlines())
        if not binding.error and binding.key is None:
            continue  # a comment, or nothing
        if binding.error or binding.value is None or not _NAME.fullmatch(binding.key or ""):
            faults.append(f"{path}, line {line}: {_not_an_assignment(written)}")
            continue
        assert binding.key is not None
        value = "".join(atom.resolve(known) for atom in parse_variables(binding.value))
        known[binding.key] = value
        yield binding.key, line, value.strip()


def _not_an_assignment(written: str) -> str:
    """Return what to write instead of a line that is no `NAME=value`; of the line no more than a setting's name is told."""
    found = re.match(r"\s*(?:export\s+)?[\"']?([A-Za-z_][A-Za-z0-9_-]*)[\"']?\s*([:=]?)", written)
    name = found[1].upper().replace("-", "_") if found else ""
    meant = name if name in SETTINGS else " or ".join(meant_by(name, SETTINGS))
    if not meant:
        return say("host.reading.no_setting")
    if found is not None and found[2] == "=" and "-" in found[1]:
        return say("host.reading.hyphens", name=found[1], meant=meant)
    if found is not None and found[2] == "=":
        return say("host.reading.not_closed", name=meant)
    return say("host.reading.no_equals_sign", name=meant)


def _unquoted(text: str) -> str:
    """Return a text without the quotes around it, which Docker hands on from its --env-file as they are."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'":
        return text[1:-1].strip()
    return text


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or type(error).__name__
