"""The checklist as a page for the gym's wall, A4 upright."""

from itertools import groupby

from bot.core.checklist import Checklist, Press
from bot.core.drawing import style, svg
from bot.core.drawing.pictures import positions
from bot.errors import UserError
from bot.sentences import say

PAGE_WIDTH, PAGE_HEIGHT = 1000.0, 1414.0
"""Pixels; the proportions of A4."""

_MARGIN = 64.0
_PICTURE_TOP = 116.0
_PICTURE_WIDTH = 680.0
_STEPS_TOP = 588.0
_STEP_SIZES = (25.0, 23.5, 22.0, 20.5, 19.0, 17.5, 16.0, 14.5, 13.0)
_NOTE = say("pictures.page.note")
_NOTE_SIZE = 20.0
_QR_SIDE = 150.0
_QUIET = 4  # modules of white around a QR code, as its standard asks
_MAX_INVITE = 200

_NARROW, _WIDE = frozenset("fijlrt.,:;'|!()[] -"), frozenset("mwMW@%")


def page(checklist: Checklist, *, invite: str = "", safety_line: str = "") -> str:
    """Return the SVG of a printable checklist with the two positions, and a QR code where an invite is given.

    Long steps make the type smaller, until everything fits one page. Raises UserError for an invite that is no web
    address.
    """
    foot, foot_top = _foot(invite, safety_line)
    for size in _STEP_SIZES:
        steps, bottom = _steps(checklist, _STEPS_TOP, size)
        if bottom <= foot_top:
            break
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {PAGE_WIDTH:.0f} {PAGE_HEIGHT:.0f}" '
        f'width="{PAGE_WIDTH:.0f}" height="{PAGE_HEIGHT:.0f}" font-family="{style.FONT}">'
        f"{svg.box(0, 0, PAGE_WIDTH, PAGE_HEIGHT, '#FFFFFF')}"
        f"{svg.words(complex(_MARGIN, 88), checklist.title, size=_fitting(checklist.title, 46), bold=True)}"
        f"{_picture(checklist.press)}{steps}{foot}</svg>\n"
    )


def _picture(press: Press) -> str:
    """Return the two positions on the list's own machine; a nested SVG cuts off what runs over its edge."""
    height = _PICTURE_WIDTH * positions.HEIGHT / style.WIDTH
    parts = positions.scene_parts(press.machine.key, stops=press.stops)
    return (
        f'<svg x="{svg.number((PAGE_WIDTH - _PICTURE_WIDTH) / 2)}" y="{svg.number(_PICTURE_TOP)}" '
        f'width="{svg.number(_PICTURE_WIDTH)}" height="{svg.number(height)}" '
        f'viewBox="0 0 {style.WIDTH} {positions.HEIGHT}">{parts}</svg>'
    )


def _steps(checklist: Checklist, top: float, size: float) -> tuple[str, float]:
    """Return the items by phase in a type size, and where they end."""
    parts, y, row = [], top, size * 1.28
    for phase, items in groupby(checklist.items, key=lambda item: item.phase):
        parts.append(svg.words(complex(_MARGIN, y), phase, size=size * 1.12, bold=True, fill=style.GOOD))
        y += row * 1.2
        for item in items:
            parts.append(_square(complex(_MARGIN, y - size * 0.86), size))
            for line in wrapped(item.text, PAGE_WIDTH - 2 * _MARGIN - size * 1.9, size):
                parts.append(svg.words(complex(_MARGIN + size * 1.9, y), line, size=size))
                y += row
            y += size * 0.2
        y += size * 0.4
    return "".join(parts), y - row


def _foot(invite: str, safety_line: str) -> tuple[str, float]:
    """Return notes and QR code at the bottom of the page, and how far up they reach."""
    width = PAGE_WIDTH - 2 * _MARGIN - (_QR_SIDE + 30 if invite else 0)
    lines = [line for note in (safety_line, _NOTE) if note for line in wrapped(note, width, _NOTE_SIZE)]
    row, bottom = _NOTE_SIZE * 1.3, PAGE_HEIGHT - 44
    parts = [
        svg.words(complex(_MARGIN, bottom - row * up), line, size=_NOTE_SIZE, fill=style.MUTED)
        for up, line in enumerate(reversed(lines))
    ]
    top = bottom - row * len(lines)
    if invite:
        corner = complex(PAGE_WIDTH - _MARGIN - _QR_SIDE, PAGE_HEIGHT - 40 - _QR_SIDE)
        parts += [
            f'<g transform="translate({svg.number(corner.real)} {svg.number(corner.imag)}) scale({_QR_SIDE:.0f})">{_qr(invite)}</g>',
            svg.words(corner + complex(_QR_SIDE / 2, 6), "Ask us", size=22, bold=True, anchor="middle"),
        ]
        top = min(top, corner.imag - 20)
    return "".join(parts), top


def page_words(checklist: Checklist) -> list[str]:
    """Return the page's text in reading order, for search and for reading aloud."""
    lines = [checklist.title]
    for phase, items in groupby(checklist.items, key=lambda item: item.phase):
        lines += [phase.value, *(item.text for item in items)]
    return lines


def wrapped(text: str, width: float, size: float) -> list[str]:
    """`text` in lines that fit `width` pixels at a type size, by the usual widths of Source Sans's letters."""
    lines: list[str] = []
    current = ""
    for word in text.split():
        longer = f"{current} {word}" if current else word
        if current and text_width(longer, size) > width:
            lines.append(current)
            current = word
        else:
            current = longer
    return [*lines, current] if current else lines


def text_width(text: str, size: float) -> float:
    """About how wide a line is; a little too wide rather than too narrow."""
    ems = sum(
        0.31 if letter in _NARROW else 0.86 if letter in _WIDE else 0.64 if letter.isupper() else 0.52
        for letter in text
    )
    return ems * size


def _fitting(text: str, size: float) -> float:
    """Return the largest type size up to `size` in which `text` fits one line of the page."""
    room = PAGE_WIDTH - 2 * _MARGIN
    return min(size, size * room / (text_width(text, size) * 1.06))


def _square(corner: complex, size: float) -> str:
    extra = f'stroke="{style.INK}" stroke-width="2.5"'
    return svg.box(corner.real, corner.imag, size, size, "#FFFFFF", radius=size * 0.2, extra=extra)


def _qr(invite: str) -> str:
    """Return a QR code one unit wide, quiet zone included."""
    if len(invite) > _MAX_INVITE:
        raise UserError(say("pictures.page.invite_too_long", max_invite=_MAX_INVITE))
    if not invite.startswith(("https://", "http://")) or not invite.isprintable() or " " in invite:
        raise UserError(say("pictures.page.no_invite"))
    import segno  # late: few pages have a code, and an idle bot does without

    rows = segno.make(invite, error="m", micro=False).matrix
    modules = len(rows) + 2 * _QUIET
    runs = []
    for y, row in enumerate(rows):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                runs.append(f"M{x + _QUIET} {y + _QUIET}h{length}v1h-{length}z")
            x += length
    return (
        f'<g transform="scale({1 / modules:.6f})"><path d="M0 0h{modules}v{modules}h-{modules}z" fill="#FFFFFF"/>'
        f'<path d="{"".join(runs)}" fill="#000000" shape-rendering="crispEdges"/></g>'
    )
