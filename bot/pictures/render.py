"""SVG text to a small PNG: resvg draws, Pillow reduces the colours.

Both are imported late: the bot draws in a process of its own, and does without them itself.
"""

import io
from functools import cache
from pathlib import Path

from bot.errors import BotError
from bot.sentences import say
from bot.worker import DRAWER, WorkerError, WorkerTimeoutError

_FACES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")
_COLOURS = 256
_NEARLY, _OPAQUE = 200, 255
"""Reducing colours averages alpha too: what is nearly opaque was meant to be quite, and is made so again."""
MOST_SECONDS = 10.0
"""A picture takes a tenth of that; what takes longer is stopped."""


class RenderError(BotError):
    """A picture could not be drawn; the answer goes out without it, with its alt text."""


@cache
def fonts() -> tuple[str, ...]:
    """Paths of the fonts that the pictures are written in. Raises RenderError where they are missing.

    resvg drops text silently when it finds no font, so that a missing file must be an error here.
    """
    import font_source_sans_pro

    folder = Path(font_source_sans_pro.font_directory)
    paths = tuple(str(folder / face) for face in _FACES)
    for path in paths:
        if not Path(path).is_file():
            raise RenderError(say("pictures.render.font_missing", font=Path(path).name))
    return paths


def drawn(svg: str, width: int | None = None) -> bytes:
    """Return the PNG that resvg makes of SVG text, true colours. Raises RenderError where it is no SVG that can be drawn.

    `width` in pixels; without it the SVG's own. No file or address that the SVG names is read.
    """
    import resvg_py

    try:
        return bytes(
            resvg_py.svg_to_bytes(svg_string=svg, width=width, font_files=list(fonts()), skip_system_fonts=True)
        )
    except ValueError as error:
        raise RenderError(say("pictures.render.not_drawn", error=error)) from error


def rendered(svg: str, width: int | None = None) -> bytes:
    """Return a PNG of at most 256 colours, about a third of the size of resvg's own; flat drawings lose nothing to be seen.

    Takes tens of milliseconds: call it off the event loop. Raises RenderError as `drawn` does.
    """
    from PIL import Image

    with Image.open(io.BytesIO(drawn(svg, width))) as picture:
        reduced = picture.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = list(reduced.getpalette("RGBA") or [])
    palette[3::4] = [_OPAQUE if alpha >= _NEARLY else alpha for alpha in palette[3::4]]
    reduced.putpalette(palette, "RGBA")
    packed = io.BytesIO()
    reduced.save(packed, "PNG", compress_level=4)  # 6 is 7% smaller and takes twice the time
    return packed.getvalue()


def rendered_apart(svg: str) -> bytes:
    """Return what `rendered` does, from a process of its own: resvg holds the interpreter for as long as it draws.

    Blocks meanwhile. Raises RenderError, also where it takes longer than MOST_SECONDS.
    """
    try:
        return DRAWER.call(MOST_SECONDS, rendered, svg)
    except WorkerTimeoutError as error:
        raise RenderError(say("pictures.render.too_slow")) from error
    except WorkerError:
        return rendered(svg)  # a machine without room for a second process draws here
