"""`legpress site`: the knowledge as pages for a browser, written to a folder or shown live while its YAML is edited."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import cache, knowledge_folder, knowledge_option
from bot.cli.terminal import echo
from bot.errors import ConfigError, KnowledgeError
from bot.sentences import say

if TYPE_CHECKING:
    from bot.core.model import Knowledge
    from bot.pictures import PictureCache

_HIGHEST_PORT = 65_535
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("site", short_help=say("terminal.site.site"))
@click.argument("out", required=False, type=click.Path(path_type=Path), metavar="[OUT]")
@click.option("--serve", is_flag=True, help=say("terminal.site.site_serve"))
@click.option(
    "--port",
    type=click.IntRange(0, _HIGHEST_PORT),
    default=8770,
    show_default=True,
    help=say("terminal.site.site_port"),
)
@click.option("--export", type=_FILE, metavar="FILE", help=say("terminal.site.site_export"))
@knowledge_option
def site_command(out: Path | None, *, serve: bool, port: int, export: Path | None) -> None:
    """Write the site to the folder OUT, which any web server, or a browser alone, can show.

    Nothing in it asks anybody else for anything, and no request leaves the page.
    """
    if serve and (out or export):
        raise ConfigError(say("terminal.site.serve_writes_nothing"))
    if not serve and out is None:
        raise ConfigError(say("terminal.site.no_folder"))
    from bot.bootstrap import load_knowledge, load_rules, shipped_knowledge
    from bot.core.safety import safety_line

    root = knowledge_folder() or shipped_knowledge()
    line = safety_line(load_rules(cache()))
    if serve:
        from bot.site.serving import serve as serve_site

        serve_site(root, line, pictures().png, port, echo)
        return
    assert out is not None
    from bot.site import build, write

    started = time.monotonic()
    knowledge = load_knowledge(root, cache())
    if export is not None:
        knowledge = _with_export(knowledge, export)
    site = build(knowledge, line, pictures().png)
    write(site, out)
    echo(
        say(
            "terminal.site.written",
            out=out,
            claims=len(knowledge.claims),
            files=len(site),
            size=sum(map(len, site.values())) / 1000000,
            seconds=time.monotonic() - started,
            index=out / "index.html",
        )
    )


def pictures() -> "PictureCache":
    """Return what draws, with the drawings that come with the program."""
    from bot.bootstrap import shipped_pictures
    from bot.pictures import PictureCache

    return PictureCache(shipped=shipped_pictures())


def _with_export(base: "Knowledge", export: Path) -> "Knowledge":
    """Return what a server sees that exported `export`. Raises KnowledgeError with every fault of the file."""
    from bot.core.overlay import Overlay
    from bot.core.server_file import read

    found = read(export.read_bytes(), export.name, base, {})
    if found.faults:
        raise KnowledgeError(found.faults)
    for note in found.notes:
        echo(note)
    return Overlay(found.entries).joined(base)
