"""`legpress checklist`: the steps at the machine as text, or as a page for the gym's wall."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.files import write_file
from bot.cli.options import cache, knowledge_folder, knowledge_option
from bot.cli.screening import stop_for
from bot.cli.terminal import echo, wrapped
from bot.errors import ConfigError, UserError
from bot.sentences import say

if TYPE_CHECKING:
    from bot.core.checklist import Checklist

_PIXELS_WIDE = 1654
"""A4 at 200 dots an inch."""
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("checklist", short_help=say("terminal.checklist.checklist"))
@click.option("--machine", default="", metavar="NAME", help=say("terminal.checklist.checklist_machine"))
@click.option("--goal", default="", metavar="NAME", help=say("terminal.checklist.checklist_goal"))
@click.option("--pdf", type=_FILE, metavar="FILE", help=say("terminal.checklist.checklist_pdf"))
@click.option("--png", type=_FILE, metavar="FILE", help=say("terminal.checklist.checklist_png"))
@click.option("--invite", default="", metavar="URL", help=say("terminal.checklist.checklist_invite"))
@knowledge_option
def checklist_command(machine: str, goal: str, pdf: Path | None, png: Path | None, invite: str) -> int:
    """Print the checklist; with --pdf or --png write it as a page, with the picture of the two positions."""
    from bot.bootstrap import load_knowledge, shipped_knowledge
    from bot.core.checklist import checklist, goal_named, press_named

    if invite and not (pdf or png):
        raise ConfigError(say("terminal.checklist.invite_without_page"))
    knowledge = load_knowledge(knowledge_folder() or shipped_knowledge(), cache())
    try:
        found = checklist(knowledge, press_named(machine), goal_named(goal))
        if pdf or png:
            _print(found, pdf, png, invite)
        else:
            click.echo("\n".join(wrapped(_text(found).splitlines())))
    except UserError as error:
        if stop := stop_for(machine, goal):
            click.echo(stop)
            return 0
        raise ConfigError(*str(error).splitlines()) from error
    return 0


def _text(found: "Checklist") -> str:
    from itertools import groupby

    from bot.bootstrap import load_rules
    from bot.core.checklist import PAINFUL
    from bot.core.safety import safety_line

    lines = [found.title]
    for phase, items in groupby(found.items, key=lambda item: item.phase):
        lines += ["", phase.value, *(f"[ ] {item.text}" for item in items)]
    if found.goal in PAINFUL:
        lines += ["", safety_line(load_rules(cache()))]
    return "\n".join(lines)


def _print(found: "Checklist", pdf: Path | None, png: Path | None, invite: str) -> None:
    from bot.bootstrap import load_rules
    from bot.core.drawing.page import page, page_words
    from bot.core.safety import safety_line
    from bot.pictures import printed, rendered

    svg = page(found, invite=invite, safety_line=safety_line(load_rules(cache())))
    if pdf is not None:
        write_file(pdf, printed(svg, title=found.title, words=page_words(found)))
        echo(f"Page to print: {pdf}")
    if png is not None:
        write_file(png, rendered(svg, _PIXELS_WIDE))
        echo(say("terminal.checklist.picture_of_page", png=png))
