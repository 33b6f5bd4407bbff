"""`legpress my-depth`: a member's own depth in the terminal, as text and as a picture."""

from pathlib import Path

import click

from bot.cli.files import write_file
from bot.cli.options import cache, knowledge_folder, knowledge_option
from bot.cli.screening import stop_for
from bot.cli.terminal import echo, wrapped
from bot.errors import ConfigError, UserError
from bot.sentences import say

SPOT_PICTURE = "setting-the-stop"
AFTER_THE_TEST = say("terminal.my_depth.after_the_test")
KINDS = (".svg", ".png")


def picture_path(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    """Return the path. Raises BadParameter where its ending is no kind of picture that is written."""
    if value is not None and value.suffix.lower() not in KINDS:
        raise click.BadParameter(say("terminal.my_depth.ends_neither_in", value=value))
    return value


@click.command("my-depth", short_help=say("terminal.my_depth.my_depth"))
@click.option("--machine", default="", metavar="NAME", help=say("terminal.my_depth.my_depth_machine"))
@click.option("--backrest", default="", metavar="NOTCH", help=say("terminal.my_depth.my_depth_backrest"))
@click.option("--feet", default="", metavar="WHERE", help=say("terminal.my_depth.my_depth_feet"))
@click.option("--height", default="", metavar="HEIGHT", help=say("terminal.my_depth.my_depth_height"))
@click.option("--roll", default="", metavar="WHERE", help=say("terminal.my_depth.my_depth_roll"))
@click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=picture_path,
    metavar="FILE",
    help=say("terminal.my_depth.my_depth_picture"),
)
@knowledge_option
def my_depth_command(  # noqa: PLR0917 -- click hands them over by name
    machine: str, backrest: str, feet: str, height: str, roll: str, picture: Path | None
) -> int:
    """Say how to find where your hips roll on your machine; with --roll, how far that is from knees to chest.

    Everything may be left out. With --roll it says what buys room as well. Nothing is kept.
    """
    from bot.bootstrap import load_rules
    from bot.core.safety import safety_line

    try:
        title, text, svg = _found(machine, backrest, feet, height, roll)
    except UserError as error:
        if stop := stop_for(machine, backrest, feet, height, roll):
            click.echo(stop)
            return 0
        raise ConfigError(*str(error).splitlines()) from error
    line = safety_line(load_rules(cache()))
    if picture is not None:
        write_picture(picture, svg)
    click.echo("\n".join(wrapped(f"{title}\n\n{text}\n\n{line}".splitlines())))
    if picture is not None:
        echo(f"\nPicture: {picture}")
    return 0


def _found(machine: str, backrest: str, feet: str, height: str, roll: str) -> tuple[str, str, str]:
    """Return title, text and SVG: of the member's own test where they did one, else of how to do it."""
    from bot.bootstrap import load_knowledge, shipped_knowledge
    from bot.core.checklist import PRESSES, press_named
    from bot.core.drawing import PICTURES
    from bot.core.my_depth import depth_request, my_depth, spot_test, spot_text

    try:
        press = press_named(machine)
        drawn = press.machine.key
    except UserError:  # `depth_request` tells it, together with whatever else cannot be read
        press, drawn = next(iter(PRESSES.values())), machine
    request = depth_request(drawn, backrest, feet, height, roll)
    if request.roll is not None:
        result = my_depth(request)
        return result.title, result.text, result.svg
    test = spot_test(load_knowledge(knowledge_folder() or shipped_knowledge(), cache()), press)
    text = say("terminal.my_depth.spot_test", spot_text=spot_text(test), after_the_test=AFTER_THE_TEST)
    return say("terminal.my_depth.spot_title", name=press.name), text, PICTURES[SPOT_PICTURE].svg


def write_picture(path: Path, svg: str) -> None:
    """Write `svg` as SVG or PNG, as the path's ending says. Raises ConfigError where the file cannot be written."""
    if path.suffix.lower() == ".svg":
        data = svg.encode()
    else:
        from bot.pictures import rendered

        data = rendered(svg)
    write_file(path, data)
