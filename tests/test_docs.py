"""What the documents say holds: links, commands, settings, make targets, and the answers that they show."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import discord
import pytest

from bot import __version__
from bot.cli.commands import legpress
from bot.client.invitation import PERMISSIONS, invitation
from bot.config import SETTINGS

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = sorted(
    path for pattern in ("*.md", "docs/**/*.md", "knowledge/**/*.md", "tests/**/*.md") for path in ROOT.glob(pattern)
)
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in DOCUMENTS}
EVERYTHING = "\n".join(TEXTS.values())

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def _links() -> Iterator[tuple[str, str]]:
    for name, text in TEXTS.items():
        for match in _LINK.finditer(_CODE.sub("", text)):
            if not match[1].startswith(("http://", "https://", "mailto:")):
                yield name, match[1]


def _shown_runs() -> Iterator[tuple[str, str, str]]:
    """Yield each `$ legpress ...` of the console blocks, with the output under it; a line of `...` leaves some out."""
    for name, text in TEXTS.items():
        for kind, block in _FENCE.findall(text):
            if kind != "console":
                continue
            for run in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, output = run.partition("\n")
                if command.startswith("legpress "):
                    yield name, command, output


def _commands() -> dict[str, click.Command]:
    context = click.Context(legpress)
    commands = {name: legpress.get_command(context, name) for name in legpress.list_commands(context)}
    return {name: command for name, command in commands.items() if command is not None}


def _flowing(text: str) -> str:
    """Return a text without its line breaks, which depend on the width of the terminal."""
    return " ".join(text.split())


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(("document", "link"), list(_links()))
def test_each_link_leads_to_a_file_and_a_heading(document: str, link: str) -> None:
    path, _, anchor = link.partition("#")
    target = (ROOT / document).parent / path if path else ROOT / document

    assert target.exists(), f"{document} links to {link}"
    if anchor:
        assert anchor in _anchors(target.read_text(encoding="utf-8")), f"{document} links to {link}"


@pytest.mark.parametrize("command", sorted(_commands()))
def test_each_command_is_described_in_a_document_and_in_its_own_help(command: str) -> None:
    assert re.search(rf"\blegpress {command}\b", EVERYTHING), f"no document tells of legpress {command}"
    assert (_commands()[command].help or "").strip()
    assert (_commands()[command].short_help or "").strip()


def test_no_document_tells_of_a_command_that_is_not_there() -> None:
    told = set(re.findall(r"`(?:\$ )?legpress (?:--knowledge \S+ )?([a-z-]+)", EVERYTHING))
    told |= set(re.findall(r"^\$ legpress (?:--knowledge \S+ )?([a-z-]+)", EVERYTHING, re.MULTILINE))

    assert told <= set(_commands())


@pytest.mark.parametrize("setting", sorted(SETTINGS))
def test_each_setting_is_described_with_its_default(setting: str) -> None:
    default = SETTINGS[setting].default
    row = re.search(rf"^\| `{setting}` \| ([^|]+) \|", TEXTS["docs/hosting.md"], re.MULTILINE)

    assert row, f"docs/hosting.md does not tell of {setting}"
    if default in (None, ""):
        assert "`" not in row[1]
    else:
        assert row[1].strip() == f"`{default}`"


def test_no_document_tells_of_a_setting_that_is_not_there() -> None:
    told = set(re.findall(r"^\| `([A-Z_]{4,})` \|", TEXTS["docs/hosting.md"], re.MULTILINE))

    assert told == set(SETTINGS)


def test_each_make_target_that_is_told_of_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = set(re.findall(r"(?:`|^)make ([a-z-]+)", EVERYTHING, re.MULTILINE))

    assert {"run", "test", "check"} <= told <= targets


def test_each_script_and_each_file_of_deploy_that_is_told_of_exists() -> None:
    scripts = set(re.findall(r"\bpython3? ([\w./-]+\.py)\b", EVERYTHING))
    modules = {name.replace(".", "/") for name in re.findall(r"\bpython3? -m ((?:tests|bot)[\w.]*\w)", EVERYTHING)}
    files = set(re.findall(r"`(deploy/[\w./-]*\w)`", EVERYTHING))
    missing = {name for name in scripts | files if not (ROOT / name).exists()}
    missing |= {name for name in modules if not (ROOT / f"{name}.py").is_file() and not (ROOT / name).is_dir()}

    assert {"deploy/rehearse.py", "deploy/schemas.py"} <= scripts
    assert "tests/benchmarks/start" in modules
    assert missing == set()


def test_the_invitation_asks_for_what_the_bot_uses_and_no_more() -> None:
    asked = re.search(r"&permissions=(\d+)", TEXTS["docs/hosting.md"])

    assert asked
    assert discord.Permissions(int(asked[1])) == PERMISSIONS
    assert invitation(4242).replace("4242", "APPLICATION_ID") in TEXTS["docs/hosting.md"]


def test_the_readme_shows_a_question_with_its_answer() -> None:
    assert any(document == "README.md" and " ask " in command for document, command, _ in _shown_runs())


@pytest.mark.parametrize(("document", "command", "output"), list(_shown_runs()))
def test_each_run_that_is_shown_gives_what_is_shown(document: str, command: str, output: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "bot", *shlex.split(command)[1:]],
        cwd=ROOT,
        env={**os.environ, "REGION": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=250,
    )

    assert ran.returncode == 0, ran.stderr
    rest = _flowing(ran.stdout)
    for i, passage in enumerate(re.split(r"^\.\.\.$", output, flags=re.MULTILINE)):
        before, found, rest = rest.partition(_flowing(passage))
        assert found, f"{document} shows what {command} does not say: {passage}"
        assert i or not before, f"{document} shows another beginning of what {command} says"
    assert not rest or output.rstrip().endswith("..."), f"{document} leaves out the end of what {command} says: {rest}"


KINDS_OF_CHANGE = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def test_the_changelog_names_the_version_and_keeps_its_form() -> None:
    versions = re.split(r"^## ", TEXTS["CHANGELOG.md"], flags=re.MULTILINE)[1:]
    unreleased, newest, *_ = [version.splitlines()[0] for version in versions]
    assert unreleased == "[Unreleased]"
    assert re.fullmatch(rf"\[{re.escape(__version__)}\] - \d{{4}}-\d\d-\d\d", newest)
    for version in versions:
        kinds = re.findall(r"^### (.+)$", version, re.MULTILINE)
        assert kinds == [kind for kind in KINDS_OF_CHANGE if kind in kinds]
