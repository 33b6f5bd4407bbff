import functools
import io
import random
import struct
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from bot.errors import UserError
from bot.pictures import Kind, alt_text, checked, cleaned
from bot.pictures.upload import KEPT_BYTES, MAX_ALT, MAX_BYTES, MAX_SIDE, SHOWN_WIDE


def picture(kind: str, size: tuple[int, int] = (240, 160), mode: str = "RGB", **options: Any) -> bytes:
    image = Image.new(mode, size, "#C24E00" if mode != "L" else 90)
    image.paste(Image.new(mode, (size[0] // 2, size[1] // 2)))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def moving(kind: str) -> bytes:
    frames = [Image.new("RGB", (200, 200), colour) for colour in ("#000000", "#FFFFFF")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_that_claims(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 9)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


GOOD = {
    "png": (picture("PNG"), Kind.PNG),
    "png with alpha": (picture("PNG", mode="RGBA"), Kind.PNG),
    "png, grey": (picture("PNG", mode="L"), Kind.PNG),
    "jpeg": (picture("JPEG"), Kind.JPEG),
    "jpeg, progressive": (picture("JPEG", progressive=True), Kind.JPEG),
    "jpeg with more behind its end": (picture("JPEG") + b"a clip or a note" * 40, Kind.JPEG),
    "webp": (picture("WEBP"), Kind.WEBP),
    "webp, lossless": (picture("WEBP", lossless=True), Kind.WEBP),
    "webp with alpha": (picture("WEBP", mode="RGBA", lossless=False, exif=b"Exif\0\0"), Kind.WEBP),
}


@pytest.mark.parametrize(("data", "kind"), GOOD.values(), ids=GOOD)
def test_still_png_jpeg_and_webp_are_taken(data: bytes, kind: Kind) -> None:
    found = checked(data)
    assert (found.kind, found.width, found.height) == (kind, 240, 160)


def of_many_layers(many: int, behind: bytes = b"") -> bytes:
    """A JPEG with its last pass written down so many times, each of which costs as much as the whole."""
    out = io.BytesIO()
    Image.new("RGB", (400, 400)).save(out, "JPEG", progressive=True)
    whole = out.getvalue()[:-2]
    return whole + whole[whole.rfind(b"\xff\xda") :] * many + b"\xff\xd9" + behind


BAD = {
    "empty": (b"", "empty"),
    "text": (b"hello there", "no picture I can use"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', "SVG"),
    "svg, declared": (b'\n<?xml version="1.0"?><!-- x --><svg/>', "SVG"),
    "svg after a comment": (b"<!-- " + b"x" * 900 + b" --><SVG onload='x()'/>", "SVG"),
    "gif": (moving("GIF"), "GIF"),
    "png, animated": (moving("PNG"), "animated"),
    "webp, animated": (moving("WEBP"), "animated"),
    "png, cut off": (picture("PNG")[:-30], "broken"),
    "jpeg, cut off": (picture("JPEG")[:-40], "broken"),
    "webp, cut off": (picture("WEBP")[:-40], "broken"),
    "png, nothing but its name": (b"\x89PNG\r\n\x1a\n", "broken"),
    "jpeg, nothing but its name": (b"\xff\xd8\xff", "broken"),
    "webp, nothing but its name": (b"RIFF\x04\0\0\0WEBP", "broken"),
    "too small": (picture("PNG", (50, 50)), "each side"),
    "a JPEG of layers": (of_many_layers(200), "too many layers"),
    "a JPEG of layers behind a note of its end": (
        of_many_layers(200).replace(b"\xff\xda", b"\xff\xfe\x00\x04\xff\xd9\xff\xda", 1), "too many layers",
    ),
    "a bomb": (png_that_claims(60_000, 60_000), "each side"),
    "30 MB": (picture("JPEG") + b"\0" * 30_000_000, "30.0 MB"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "says"), BAD.values(), ids=BAD)
def test_anything_else_gets_one_sentence_that_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UserError, match=says) as caught:
        checked(data)
    text = str(caught.value)
    assert text.endswith(".")
    assert "\n" not in text


def test_a_jpeg_of_some_layers_with_a_clip_behind_it_is_taken() -> None:
    assert checked(of_many_layers(20, behind=b"\xff\xda" * 500)).kind is Kind.JPEG


def test_the_limits_are_met_exactly() -> None:
    exact = picture("PNG", (MAX_SIDE, 100))
    assert checked(exact).width == MAX_SIDE
    with pytest.raises(UserError, match="each side"):
        checked(picture("PNG", (MAX_SIDE + 1, 100)))
    jpeg = picture("JPEG")
    assert checked(jpeg + b"\0" * (MAX_BYTES - len(jpeg))).kind is Kind.JPEG


@pytest.mark.parametrize("data", [data for data, _ in GOOD.values()], ids=GOOD)
def test_a_cleaned_picture_looks_the_same_and_is_taken_again(data: bytes) -> None:
    fresh = cleaned(data)
    assert checked(fresh).kind in {Kind.PNG, Kind.JPEG}
    with Image.open(io.BytesIO(fresh)) as after, Image.open(io.BytesIO(data)) as before:
        assert after.size == before.size
        for spot in ((10, 10), (200, 140)):
            one, other = after.convert("RGB").getpixel(spot), before.convert("RGB").getpixel(spot)
            assert isinstance(one, tuple)
            assert isinstance(other, tuple)
            assert max(abs(left - right) for left, right in zip(one, other, strict=True)) < 12


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_cleaned_picture_no_longer_says_where_it_was_taken(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera maker"
    exif.get_ifd(0x8825)[2] = (48.0, 12.0, 30.0)
    exif[0x8825] = exif.get_ifd(0x8825)
    data = picture(kind, exif=exif.tobytes())
    assert b"A camera maker" in data
    fresh = cleaned(data)
    assert b"A camera maker" not in fresh
    with Image.open(io.BytesIO(fresh)) as after:
        assert not after.getexif()


def test_a_picture_taken_sideways_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    fresh = cleaned(picture("JPEG", (300, 200), exif=exif.tobytes()))
    assert (checked(fresh).width, checked(fresh).height) == (200, 300)


def test_a_large_picture_is_scaled_down() -> None:
    found = checked(cleaned(picture("PNG", (3000, 1500))))
    assert (found.width, found.height) == (SHOWN_WIDE, SHOWN_WIDE // 2)


@functools.cache
def busy(kind: str, mode: str = "RGB", **options: Any) -> bytes:
    """A picture of nothing but noise, which no format makes small."""
    image = Image.frombytes(mode, (900, 700), random.Random(5).randbytes(900 * 700 * len(mode)))
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "mode", "options"),
    [("PNG", "RGB", {}), ("JPEG", "RGB", {"quality": 95}), ("WEBP", "RGB", {"quality": 80}), ("PNG", "RGBA", {})],
    ids=["png", "jpeg", "webp", "alpha"],
)
def test_a_picture_full_of_detail_is_made_small_enough_to_send(kind: str, mode: str, options: dict[str, int]) -> None:
    data = busy(kind, mode, **options)
    fresh = cleaned(data)
    assert len(data) > KEPT_BYTES >= len(fresh)
    found = checked(fresh)
    assert found.width / found.height == pytest.approx(9 / 7, rel=0.02)


def test_a_drawing_keeps_its_sharp_edges_and_a_photograph_becomes_jpeg() -> None:
    assert checked(cleaned(picture("WEBP", (1000, 800), lossless=True))).kind is Kind.PNG
    assert checked(cleaned(busy("PNG"))).kind is Kind.JPEG
    assert checked(cleaned(busy("PNG", "RGBA"))).kind is Kind.PNG


def test_a_picture_that_lies_about_its_inside_is_refused_when_it_is_decoded() -> None:
    with pytest.raises(UserError, match="broken"):
        cleaned(png_that_claims(400, 400))


@given(
    st.binary(max_size=400), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF\xff\0\0\0WEBPVP8X"])
)
def test_no_bytes_raise_anything_but_a_sentence(data: bytes, start: bytes) -> None:
    with pytest.raises(UserError):
        cleaned(start + data)


@given(st.data())
def test_a_flipped_byte_never_raises_anything_but_a_sentence(data: st.DataObject) -> None:
    original = data.draw(st.sampled_from([sample for sample, _ in GOOD.values()]))
    spot = data.draw(st.integers(0, len(original) - 1))
    damaged = bytearray(original)
    damaged[spot] ^= data.draw(st.integers(1, 255))
    try:
        fresh = cleaned(bytes(damaged))
    except UserError:
        return
    assert checked(fresh).kind in {Kind.PNG, Kind.JPEG}


def test_alt_text_is_tidied() -> None:
    assert alt_text("  A person \n on a leg press.  ") == "A person on a leg press."


@pytest.mark.parametrize("text", ["", "   ", "pic", "x" * (MAX_ALT + 1)])
def test_alt_text_must_be_there_and_fit(text: str) -> None:
    with pytest.raises(UserError) as caught:
        alt_text(text)
    assert str(caught.value).endswith(".")
