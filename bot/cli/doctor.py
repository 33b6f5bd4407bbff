"""`legpress doctor`: one screen with what a host wants to know, and what must be mended."""

import asyncio
import http.client
import os
import platform
import shutil
import socket
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import __version__
from bot.bootstrap import default_cache, load_rules, region_fault, shipped_knowledge
from bot.cli.options import given_knowledge, knowledge_option
from bot.cli.terminal import is_fancy, width
from bot.config import SETTINGS, Secret, Settings, settings_and_faults
from bot.core.visible import visible
from bot.errors import BotError, ConfigError, KnowledgeError
from bot.private_files import is_open_to_others
from bot.sentences import say

if TYPE_CHECKING:
    from bot.client.inspecting import Inspection

GOOD, NOTE, MEND = "ok", "note", "mend"
_COLOURS = {GOOD: "green", NOTE: "yellow", MEND: "red"}
_SHOWN = ("discord.py", "PyYAML", "RapidFuzz", "numpy", "SQLAlchemy")
LEAST_FREE = 100_000_000
"""Bytes: what the start-up work and a database that grows for a while need, with room to spare."""
MOST_SECONDS_WRONG = 2.0
"""Discord takes an answer for three seconds, counted on its own clock."""
FIRST_YEAR = 2025
"""No clock that runs can be before this version was written."""
_FAULTS_SHOWN = 3
PORT_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the screen: GOOD, NOTE or MEND, about what, and what was found."""

    status: str
    about: str
    text: str


@click.command("doctor", short_help=say("terminal.doctor.doctor"))
@knowledge_option
@click.pass_context
def doctor_command(ctx: click.Context) -> None:
    """Look at Python, settings, knowledge, cache, database, disk and clock, and with a token at what Discord says.

    Nothing is changed, and no secret is shown. Exit code 1 where something must be mended.
    """
    settings, faults = settings_and_faults()
    findings: list[Finding] = []
    for finding in _examined(settings, faults, given_knowledge() or settings.knowledge_dir):
        findings.append(finding)
        click.echo("\n".join(_lines(replace(finding, text=visible(finding.text)))))
    wrong = sum(finding.status == MEND for finding in findings)
    if wrong:
        click.echo(f"\n{wrong} thing{'' if wrong == 1 else 's'} must be mended.")
        ctx.exit(1)
    click.echo(say("terminal.doctor.nothing_to_mend"))


def _lines(finding: Finding) -> list[str]:
    margin = " " * 18
    status = (
        click.style(f"{finding.status:<5}", fg=_COLOURS[finding.status], bold=True)
        if is_fancy()
        else (f"{finding.status:<5}")
    )
    body = textwrap.wrap(
        finding.text, max(40, width() - len(margin)), break_long_words=False, break_on_hyphens=False
    ) or [""]
    return [f"{status} {finding.about:<11} {body[0]}", *(f"{margin}{line}" for line in body[1:])]


def _examined(settings: Settings, faults: tuple[str, ...], knowledge_dir: Path | None) -> Iterator[Finding]:
    yield Finding(GOOD, "Python", f"{platform.python_version()} on {platform.system()} {platform.machine()}")
    yield _versions()
    yield from _settings(settings, faults)
    yield _knowledge(settings, knowledge_dir)
    yield _cache(settings)
    try:
        state = settings.state_folder()
    except ConfigError as error:
        yield Finding(MEND, "State", str(error))
    else:
        yield _state(state)
        yield _database(settings, state)
        yield _disk(state)
    yield _port(settings)
    now = datetime.now(UTC)
    if settings.discord_token is None:
        yield _clock(now, None)
        yield Finding(NOTE, "Discord", say("terminal.doctor.not_asked"))
        return
    yield from _discord(settings, settings.discord_token, knowledge_dir, now)


def _versions() -> Finding:
    found, missing = [f"legpress-bot {__version__}"], []
    for name in _SHOWN:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return Finding(MEND, "Versions", say("terminal.doctor.is_not_installed", missing=", ".join(missing)))
    return Finding(GOOD, "Versions", ", ".join(found))


def _settings(settings: Settings, faults: tuple[str, ...]) -> Iterator[Finding]:
    told = []
    for name, origin in settings.origins.items():
        value = getattr(settings, name.lower())
        shown = "is set" if isinstance(value, Secret) else f"= {value}"
        told.append(f"{name} {shown} ({origin})")
    others = len(SETTINGS) - len(told)
    rest = (
        say("terminal.doctor.all_at_their_defaults")
        if not told
        else say("terminal.doctor.other_at_their_defaults", others=others)
    )
    yield Finding(GOOD, "Settings", "; ".join([*told, rest]) + ".")
    for fault in faults:
        yield Finding(MEND, "Settings", fault)


def _knowledge(settings: Settings, knowledge_dir: Path | None) -> Finding:
    from bot.core.knowledge.folder import read_folder
    from bot.core.knowledge.loader import load_folder

    root = knowledge_dir or shipped_knowledge()
    try:
        unknown = region_fault(settings.region, load_rules(default_cache(settings)))
        loaded = load_folder(read_folder(root))
    except KnowledgeError as error:
        return Finding(MEND, "Knowledge", say("terminal.doctor.safety_faults", count=len(error.faults)))
    except ConfigError as error:
        return Finding(MEND, "Knowledge", str(error))
    if unknown:
        return Finding(MEND, "Region", unknown[0])
    if loaded.knowledge is None:
        first = "; ".join(str(fault) for fault in loaded.faults[:_FAULTS_SHOWN])
        more = len(loaded.faults) - _FAULTS_SHOWN
        rest = say("terminal.doctor.and_more", more=more) if more > 0 else ""
        return Finding(MEND, "Knowledge", f"{first}{rest}.")
    which = "the shipped one" if knowledge_dir is None else str(root)
    counts = f"{len(loaded.knowledge.claims)} claims in {len(loaded.knowledge.topics)} topics"
    return Finding(GOOD, "Knowledge", f"{which}: {counts}.")


def _cache(settings: Settings) -> Finding:
    folder = settings.cache_folder()
    if folder is None:
        return Finding(NOTE, "Cache", say("terminal.doctor.no_home"))
    if not _writable(folder):
        return Finding(
            NOTE,
            "Cache",
            say("terminal.doctor.cache_not_written", folder=folder),
        )
    kept = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
    return Finding(GOOD, "Cache", f"{folder}, {kept / 1e6:.1f} MB")


def _state(folder: Path) -> Finding:
    if not _writable(folder):
        return Finding(MEND, "State", say("terminal.doctor.state_not_written", folder=folder))
    if folder.is_dir() and is_open_to_others(folder):
        return Finding(NOTE, "State", say("terminal.doctor.open_to_others", folder=folder))
    return Finding(GOOD, "State", str(folder))


def _writable(folder: Path) -> bool:
    """Say whether files can be made in `folder`, or the folder itself, without making either."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), None)
    if there is None or not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        return False
    try:
        return not os.statvfs(there).f_flag & os.ST_RDONLY
    except (AttributeError, OSError):  # no such call on Windows
        return True


def _database(settings: Settings, state: Path) -> Finding:
    from bot.store import migrate
    from bot.store.database import FILE, connect, database_url, sqlite_path
    from bot.store.sqlite_file import look, require_permission

    if settings.database_url is None:
        try:
            require_permission(state / FILE)
        except BotError as error:
            return Finding(MEND, "Database", str(error))
    if settings.database_url is None and not (state / FILE).exists():
        return Finding(GOOD, "Database", say("terminal.doctor.no_sqlite_yet", state=state / FILE))
    address = settings.database_url.get_secret_value() if settings.database_url else ""

    async def step() -> str | None:
        database = connect(database_url(address, state))
        try:
            if (path := sqlite_path(database.engine.url)) is not None:
                await asyncio.to_thread(look, path)
            return await migrate.current(database)
        finally:
            await database.close()

    kind = "PostgreSQL" if address.startswith("postgres") else f"SQLite, {state / FILE}" if not address else "SQLite"
    try:
        at = asyncio.run(step())
    except BotError as error:
        return Finding(MEND, "Database", f"{kind}: {error}")
    newest = migrate.newest()
    if at == newest:
        return Finding(GOOD, "Database", say("terminal.doctor.at_step", kind=kind, at=at))
    if not migrate.is_known(at):
        return Finding(MEND, "Database", migrate.too_new(at or ""))
    where = say("terminal.doctor.has_no_tables_yet") if at is None else f"is at step {at}"
    if kind == "PostgreSQL":
        return Finding(MEND, "Database", say("terminal.doctor.upgrade_by_hand", kind=kind, where=where))
    return Finding(GOOD, "Database", say("terminal.doctor.upgraded_at_start", kind=kind, where=where, newest=newest))


def _disk(state: Path) -> Finding:
    there = next(each for each in (state, *state.parents) if each.exists())
    free = shutil.disk_usage(there).free
    if free < LEAST_FREE:
        return Finding(
            MEND,
            "Disk",
            say("terminal.doctor.little_room", free=free / 1e6, there=there, least_free=LEAST_FREE / 1e6),
        )
    return Finding(GOOD, "Disk", f"{free / 1e9:.1f} GB free at {there}")


def _port(settings: Settings) -> Finding:
    """Say whether METRICS_PORT can be opened, or what the bot says there that has it open."""
    if not settings.metrics_port:
        return Finding(GOOD, "Metrics", say("terminal.doctor.no_port"))
    where = (settings.metrics_host, settings.metrics_port)
    shown = f"{settings.metrics_host}, port {settings.metrics_port}"
    try:
        with socket.create_server(where, family=socket.AF_INET6 if ":" in where[0] else socket.AF_INET):
            return Finding(GOOD, "Metrics", say("terminal.doctor.port_free", shown=shown))
    except OSError as error:
        said = _said_at(where)
        if said is None:
            return Finding(MEND, "Metrics", say("terminal.doctor.port_taken", shown=shown, reason=error.strerror))
        return Finding(
            GOOD if said == "ready" else NOTE,
            "Metrics",
            say("terminal.doctor.port_says", shown=shown, said=said),
        )


def _said_at(where: tuple[str, int]) -> str | None:
    """Return what /readyz says in one line, None where no bot answers there."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(where[0], where[0])  # noqa: S104 -- asked for by the host
    asking = http.client.HTTPConnection(host, where[1], timeout=PORT_SECONDS)
    try:
        asking.request("GET", "/healthz")
        if asking.getresponse().read() != b"alive\n":
            return None
        asking.request("GET", "/readyz")
        return " ".join(asking.getresponse().read().decode("utf-8", "replace").split())
    except (OSError, http.client.HTTPException):
        return None
    finally:
        asking.close()


def _clock(now: datetime, seconds_ahead: float | None) -> Finding:
    shown = f"{now:%Y-%m-%d %H:%M:%S} UTC"
    if now.year < FIRST_YEAR:
        return Finding(MEND, "Clock", say("terminal.doctor.clock_cannot_be", shown=shown))
    if seconds_ahead is None:
        return Finding(GOOD, "Clock", say("terminal.doctor.not_compared_with_discords", shown=shown))
    if abs(seconds_ahead) > MOST_SECONDS_WRONG:
        way = "ahead of" if seconds_ahead > 0 else "behind"
        return Finding(
            MEND,
            "Clock",
            say("terminal.doctor.clock_off", shown=shown, seconds=abs(seconds_ahead), way=way),
        )
    return Finding(GOOD, "Clock", f"{shown}, as Discord's")


def _discord(settings: Settings, token: Secret, knowledge_dir: Path | None, now: datetime) -> Iterator[Finding]:
    from bot.bootstrap import Live
    from bot.client import LegPressBot
    from bot.client.inspecting import inspect
    from bot.service import Conversations

    try:
        live = Live(knowledge_dir, cache=default_cache(settings))
    except BotError:  # told above; the commands of the shipped knowledge are as good here
        live = Live(cache=default_cache(settings))

    async def ask() -> "Inspection":
        bot = LegPressBot(Conversations(live.service), live.service)
        return await inspect(bot, token.get_secret_value(), settings.report_channel_id)

    try:
        found = asyncio.run(ask())
    except BotError as error:
        yield _clock(now, None)
        yield Finding(MEND, "Login", str(error))
        return
    yield _clock(now, found.seconds_ahead)
    yield Finding(
        GOOD,
        "Login",
        say(
            "terminal.doctor.application_starts_left_today",
            name=found.name,
            application=found.application,
            starts_left=found.starts_left,
        ),
    )
    yield _intents(settings, wanted=found.message_content)
    if found.missing:
        yield Finding(
            NOTE,
            "Commands",
            say("terminal.doctor.not_registered", missing=", ".join(found.missing)),
        )
    else:
        yield Finding(GOOD, "Commands", f"Registered: {', '.join(found.commands)}")
    if found.report_channel:
        yield Finding(MEND, "Reports", say("terminal.doctor.report_channel", report_channel=found.report_channel))
    yield Finding(GOOD, "Invite", found.invitation)


def _intents(settings: Settings, *, wanted: bool) -> Finding:
    if settings.message_content and not wanted:
        return Finding(
            MEND,
            "Intents",
            say("terminal.doctor.intent_off"),
        )
    if wanted and not settings.message_content:
        return Finding(
            NOTE,
            "Intents",
            say("terminal.doctor.intent_not_needed"),
        )
    return Finding(
        GOOD, "Intents", say("terminal.doctor.message_content") if wanted else say("terminal.doctor.none_privileged")
    )
