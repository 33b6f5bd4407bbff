"""`legpress safety-page`: what the safety gate stops and says, on one page for a clinician."""

from pathlib import Path

import click

from bot.cli.files import write_file
from bot.cli.options import cache, region_option
from bot.cli.terminal import echo
from bot.sentences import say


@click.command("safety-page", short_help=say("terminal.safety_page.safety_page"))
@click.argument("out", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar="[FILE]")
@region_option
def safety_page_command(out: Path | None, region: str) -> None:
    """Write the page as Markdown to FILE, or to the terminal.

    It lists every flag with its tier, the texts that members read, wordings that stop and wordings that do not.
    """
    from bot.bootstrap import load_gate
    from bot.core.safety import stop_texts
    from bot.core.safety.page import page

    gate = load_gate(cache())
    rules = gate.rules
    texts = stop_texts(rules)
    text = page(rules, gate, lambda stop, again: texts.again(stop, region) if again else texts.full(stop, region))
    if out is None:
        click.echo(text, nl=False)
        return
    write_file(out, text.encode())
    echo(f"{out}: {len(rules.rules)} flags, {len(text.splitlines())} lines.")
