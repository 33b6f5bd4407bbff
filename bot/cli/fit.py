"""`legpress fit`: the work of a first start, done ahead of it."""

import click

from bot import words
from bot.cli.options import cache, knowledge_folder, knowledge_option
from bot.cli.progress import shown_progress
from bot.cli.terminal import echo
from bot.errors import ConfigError
from bot.sentences import say, to_ship


@click.command("fit", short_help=say("terminal.fit.fit"))
@knowledge_option
def fit_command() -> int:
    """Read the knowledge and fit the bot to it, so that no start has to; what is there already is left alone.

    What belongs to the shipped knowledge goes into the installed program, where every user of this machine finds it; a
    folder of one's own (`--knowledge`, KNOWLEDGE_DIR) into the cache.
    """
    from bot.bootstrap import build_service, shipped_state

    own = knowledge_folder()
    if own is not None:
        build_service(own, cache=cache(), progress=shown_progress())
        return 0
    shipped = shipped_state()
    try:
        build_service(cache=shipped, progress=shown_progress())
        for key, content in (*to_ship(), words.to_ship()):
            if shipped.get(key) is None:
                shipped.put(key, content)
        shipped.drop_unused()
        _draw()
    except OSError as error:
        raise ConfigError(
            say(
                "terminal.fit.not_written", filename=error.filename, reason=(error.strerror or "unknown reason").lower()
            )
        ) from error
    return 0


def _draw() -> None:
    """Draw what is not drawn yet, so that no first use waits for a picture. Raises OSError."""
    from bot.bootstrap import shipped_pictures
    from bot.core.drawing import PICTURES
    from bot.pictures import RenderError, rendered

    pictures = shipped_pictures()
    for svg in [picture.svg for picture in PICTURES.values()]:
        if pictures.get(svg) is None:
            try:
                pictures.put(svg, rendered(svg))
            except RenderError as fault:  # the bot then says the words of its pictures
                echo(str(fault), err=True)
                return
    pictures.drop_unused()
