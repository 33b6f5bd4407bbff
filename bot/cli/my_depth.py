"""`legpress my-depth`: a member's own depth in the terminal, as text and as a picture."""

from pathlib import Path

import click

from bot.cli.files import write_file
from bot.cli.options import cache, knowledge_option
from bot.cli.screening import stop_for
from bot.cli.terminal import wrapped
from bot.errors import ConfigError, UserError

KINDS = (".svg", ".png")


def picture_path(_ctx: click.Context, _param: click.Parameter, value: Path | None) -> Path | None:
    """Return the path. Raises BadParameter where its ending is no kind of picture that is written."""
    if value is not None and value.suffix.lower() not in KINDS:
        raise click.BadParameter(f"'{value}' ends neither in .svg nor in .png.")
    return value


@click.command("my-depth", short_help="Your own stopping depth, drawn for your machine.")
@click.option("--machine", default="", metavar="NAME", help="sled (45 degrees), horizontal or vertical.")
@click.option("--backrest", default="", metavar="NOTCH", help="A notch (1 is the most reclined) or an angle: 30deg.")
@click.option("--feet", default="", metavar="WHERE", help="low, middle or high on the plate.")
@click.option("--height", default="", metavar="HEIGHT", help="Yours: 178 cm, 1.78 m or 5'11.")
@click.option("--roll", default="", metavar="WHERE", help="Where your hips start to roll: hip 75, knee 85 or 30 cm.")
@click.option(
    "--picture",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=picture_path,
    metavar="FILE",
    help="Draw it too, as FILE.svg or FILE.png.",
)
@knowledge_option
def my_depth_command(  # noqa: PLR0917 -- click hands them over by name
    machine: str, backrest: str, feet: str, height: str, roll: str, picture: Path | None
) -> int:
    """Say where your hips reach their limit, how far that is from knees to chest, and what buys room.

    Everything may be left out; without --roll the spread of published figures is shown. Nothing is kept.
    """
    from bot.bootstrap import load_rules
    from bot.core.my_depth import depth_request, my_depth
    from bot.core.safety import safety_line

    try:
        result = my_depth(depth_request(machine, backrest, feet, height, roll))
    except UserError as error:
        if stop := stop_for(machine, backrest, feet, height, roll):
            click.echo(stop)
            return 0
        raise ConfigError(*str(error).splitlines()) from error
    line = safety_line(load_rules(cache()))
    if picture is not None:
        write_picture(picture, result.svg)
    click.echo("\n".join(wrapped(f"{result.title}\n\n{result.text}\n\n{line}".splitlines())))
    if picture is not None:
        click.echo(f"\nPicture: {picture}")
    return 0


def write_picture(path: Path, svg: str) -> None:
    """Write `svg` as SVG or PNG, as the path's ending says. Raises ConfigError where the file cannot be written."""
    if path.suffix.lower() == ".svg":
        data = svg.encode()
    else:
        from bot.pictures import rendered

        data = rendered(svg)
    write_file(path, data)
