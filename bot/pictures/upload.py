"""A moderator's own picture: is it one, is it small and still, and what it becomes before it is kept."""

import io
import re
import struct
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.sentences import say

if TYPE_CHECKING:
    from PIL import Image

MAX_BYTES = 10_000_000
"""What a phone's camera makes, and what Discord lets everybody upload."""
MAX_SIDE = 4_096
MIN_SIDE = 100
MAX_ALT = 1_024
MIN_ALT = 10
MOST_SCANS = 100
"""Passes over a JPEG: cameras and programs write about ten, and each one more costs as much as the whole picture."""
SHOWN_WIDE = 1_200
"""Pixels; larger pictures are scaled down to this width and height before they are kept."""
KEPT_BYTES = 60_000
"""At most so much of a picture is kept: what a phone in a cellar gym still loads at once."""
_SMALLER = (1.0, 0.8, 0.64, 0.5, 0.4, 0.3, 0.2)
_QUALITIES = (85, 72, 60)
"""JPEG's; below 60 a smaller picture looks better than a coarser one."""


class Kind(StrEnum):
    """The kinds of picture that are taken."""

    PNG = "png"
    JPEG = "jpg"
    WEBP = "webp"


@dataclass(frozen=True, slots=True)
class Checked:
    """What the bytes say of themselves."""

    kind: Kind
    width: int
    height: int


def require_size(size: int) -> None:
    """Raise UserError where a file of `size` bytes is more than is taken: to be asked before any of it is read."""
    if size > MAX_BYTES:
        raise UserError(say("pictures.upload.too_big", size=size / 1e6, max_bytes=MAX_BYTES / 1e6))


def checked(data: bytes) -> Checked:
    """Look at an uploaded file's bytes without decoding it; its name and declared type are never believed.

    Raises UserError with one sentence for a file that is too large, no PNG, JPEG or WebP, animated, broken, or of
    unusable dimensions.
    """
    if not data:
        raise UserError(say("pictures.upload.empty"))
    require_size(len(data))
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        found = _png(data)
    elif data.startswith(b"\xff\xd8\xff"):
        found = _jpeg(data)
    elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        found = _webp(data)
    elif b"<svg" in data[:4096].lower() or data.lstrip()[:5].lower() == b"<?xml":
        raise UserError(say("pictures.upload.no_svg"))
    elif data[:6] in {b"GIF87a", b"GIF89a"}:
        raise UserError(say("pictures.upload.no_gif"))
    else:
        raise UserError(say("pictures.upload.no_picture"))
    if min(found.width, found.height) < MIN_SIDE or max(found.width, found.height) > MAX_SIDE:
        raise UserError(
            say(
                "pictures.upload.wrong_size",
                width=found.width,
                height=found.height,
                min_side=MIN_SIDE,
                max_side=MAX_SIDE,
            )
        )
    return found


def alt_text(text: str) -> str:
    """Return the description that goes with a picture, tidied. Raises UserError where it is missing or too long."""
    tidy = " ".join(text.split())
    if len(tidy) < MIN_ALT:
        raise UserError(say("pictures.upload.words_needed"))
    if len(tidy) > MAX_ALT:
        raise UserError(say("pictures.upload.words_too_long", count=len(tidy), max_alt=MAX_ALT))
    return tidy


def cleaned(data: bytes) -> bytes:
    """Return the picture decoded, turned upright and written afresh as PNG or JPEG, as large as KEPT_BYTES allow.

    Whatever else was in the file (place, camera, owner) is gone. Takes up to two seconds: call it off the event loop.
    Raises UserError as `checked` does, and where the file breaks off or cannot be decoded.
    """
    from PIL import Image, ImageOps  # late: an idle bot is handed no picture

    found = checked(data)
    try:
        with (
            warnings.catch_warnings(action="error"),
            Image.open(io.BytesIO(data), formats=["PNG", "JPEG", "WEBP"]) as opened,
        ):
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((SHOWN_WIDE, SHOWN_WIDE))
            clear = upright.has_transparency_data
            fresh = upright.convert("RGBA" if clear else "RGB")
    except (OSError, SyntaxError, ValueError, Warning, struct.error) as error:
        raise UserError(say("pictures.upload.broken")) from error
    fresh.info.clear()
    for scale in _SMALLER:
        size = (max(1, round(fresh.width * scale)), max(1, round(fresh.height * scale)))
        fitting = _fitting(fresh if scale == 1 else fresh.resize(size), photo=found.kind is Kind.JPEG, clear=clear)
        if fitting is not None:
            return fitting
    raise UserError(say("pictures.upload.too_rich"))


def cleaned_kind(data: bytes) -> tuple[bytes, str]:
    """Return what `cleaned` does, and its ending. Raises UserError as `cleaned` does."""
    content = cleaned(data)
    return content, str(checked(content).kind)


def _fitting(picture: "Image.Image", *, photo: bool, clear: bool) -> bytes | None:
    """Return the best file of at most KEPT_BYTES that shows a picture in this size, None where none does.

    A drawing keeps its sharp edges, as PNG; a photograph is finer as JPEG, whatever it came as.
    """
    from PIL import Image

    if not photo:
        if len(exact := _png_of(picture)) <= KEPT_BYTES:
            return exact
        reduced = _png_of(picture.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE))
        if clear or len(reduced) <= min(KEPT_BYTES, len(_jpeg_of(picture, _QUALITIES[0]))):
            return reduced if len(reduced) <= KEPT_BYTES else None
    return next((made for quality in _QUALITIES if len(made := _jpeg_of(picture, quality)) <= KEPT_BYTES), None)


def _png_of(picture: "Image.Image") -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)
    return out.getvalue()


def _jpeg_of(picture: "Image.Image", quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


_BROKEN = say("pictures.upload.broken")
_ANIMATED = say("pictures.upload.animated")


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        if at + 12 + length > len(data):
            break
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _png(data: bytes) -> Checked:
    size: tuple[int, int] | None = None
    for name, body in _png_chunks(data):
        if name == b"IHDR" and len(body) >= 8:  # noqa: PLR2004 - two numbers of four bytes
            size = struct.unpack_from(">II", body)
        elif name == b"acTL":
            raise UserError(_ANIMATED)
        elif name == b"IEND" and size:
            return Checked(Kind.PNG, *size)
    raise UserError(_BROKEN)


_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, 0xD9
_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})


def _jpeg(data: bytes) -> Checked:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:  # noqa: PLR2004 - where a segment must start
            break
        marker = data[at + 1]
        if marker in _BARE or marker == 0xFF:  # noqa: PLR2004 - fill bytes
            at += 1 if marker == 0xFF else 2  # noqa: PLR2004
            continue
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            if _scans(data, at) > MOST_SCANS:
                raise UserError(say("pictures.upload.too_many_layers"))
            if data.find(b"\xff\xd9", at) < 0:  # phones write more behind the end: a clip, a second picture, notes
                break
            return Checked(Kind.JPEG, width, height)
        (length,) = struct.unpack_from(">H", data, at + 2)
        at += 2 + length
    raise UserError(_BROKEN)


def _scans(data: bytes, at: int) -> int:
    """Return how many passes over a JPEG there are from a marker on, to its end or until they are too many."""
    many = 0
    while many <= MOST_SCANS and (found := _MARKER.search(data, at)) and found[0][1] != _END:
        many += found[0][1] == _SCAN
        at = found.end() + int.from_bytes(data[found.end() : found.end() + 2], "big")
    return many


def _webp(data: bytes) -> Checked:
    (length,) = struct.unpack_from("<I", data, 4)
    if length + 8 > len(data) or len(data) < 30:  # noqa: PLR2004 - the shortest header with a size
        raise UserError(_BROKEN)
    kind = data[12:16]
    if kind == b"VP8X":
        if data[20] & 0x02:
            raise UserError(_ANIMATED)
        width = 1 + int.from_bytes(data[24:27], "little")
        height = 1 + int.from_bytes(data[27:30], "little")
    elif kind == b"VP8L" and data[20] == 0x2F:  # noqa: PLR2004 - its signature
        (bits,) = struct.unpack_from("<I", data, 21)
        width, height = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    elif kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = (side & 0x3FFF for side in struct.unpack_from("<HH", data, 26))
    else:
        raise UserError(_BROKEN)
    return Checked(Kind.WEBP, width, height)
