import re
import zlib

import numpy as np
import pytest

from bot.pictures import RenderError, printed
from bot.pictures.render import drawn
from tests.support.pixels import pixels

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="500" height="707" viewBox="0 0 500 707">'
    '<rect width="500" height="707" fill="#FFFFFF"/><rect x="50" y="100" width="200" height="80" fill="#0072B2"/></svg>'
)


def streams(pdf: bytes) -> list[tuple[bytes, bytes]]:
    """Every stream of a PDF: its dictionary, and its content decompressed."""
    found = re.findall(rb"<<((?:(?!endobj).)*?)>>\s*stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return [(head, zlib.decompress(body) if b"FlateDecode" in head else body) for head, body in found]


def test_a_page_is_one_a4_page_and_every_object_is_where_the_index_says() -> None:
    pdf = printed(SVG, title="A page")
    assert pdf.startswith(b"%PDF-1.7")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b(?!s)", pdf)) == 1
    assert b"/MediaBox [0 0 595.28 841.89]" in pdf
    table = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    assert pdf[table : table + 4] == b"xref"
    entries = re.findall(rb"(\d{10}) \d{5} n", pdf[table:])
    assert len(entries) >= 5
    for entry in entries:
        assert re.match(rb"\d+ 0 obj", pdf[int(entry) : int(entry) + 20])


def test_the_page_shows_the_picture() -> None:
    head, body = next((head, body) for head, body in streams(printed(SVG, title="A page")) if b"/Image" in head)
    width, height = (int(re.findall(rb"/" + side + rb" (\d+)", head)[0]) for side in (b"Width", b"Height"))
    palette = bytes.fromhex(re.findall(rb"<([0-9a-f]+)>", head)[0].decode())
    colours = np.frombuffer(palette, np.uint8).reshape(-1, 3).astype(np.int16)
    shown = colours[np.frombuffer(body, np.uint8).reshape(height, width)]
    wanted = pixels(drawn(SVG, width))[:, :, :3]
    assert shown.shape == wanted.shape
    assert (np.abs(shown - wanted).max(axis=2) > 24).mean() < 0.001


def test_the_words_of_the_page_can_be_searched() -> None:
    said = next(
        body
        for _, body in streams(printed(SVG, title="A page", words=["Sit tall (really)", "Seat \\ 3°"]))
        if b"BT" in body
    )
    assert rb"(Sit tall \(really\)) '" in said
    assert b"(Seat \\\\ 3\xb0) '" in said
    assert b"3 Tr" in said  # drawn in no ink


def test_the_title_is_that_of_the_document() -> None:
    assert b"/Title (Leg press)" in printed(SVG, title="Leg press")


def test_a_page_that_cannot_be_drawn_is_a_render_error() -> None:
    with pytest.raises(RenderError):
        printed("no svg", title="A page")
